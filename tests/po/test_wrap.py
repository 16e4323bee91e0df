"""Line wrapping, against the real msgcat."""

import subprocess

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letter.po.wrap import NO_WRAP, escape_string, find_breaks, wrap_string

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
WORDS = """
a the word Syria Rojava Kurdî çêîşû ئەم نامەیە؟ حرية الشعب، حُرِّيَّة ٢٠١١ـەوە ۲۷ نیسان؛ 日本語
。 「引用」 한국어 кириллица e\u0301 — - / ' " “ ” « » ‘ ’ … . , : ; ! ? ( ) [ ] <b> </b>
%(name)s {count} 50% \\ $5 3.14 * _ | \u200b \u200f
\u2068 \u2069 https://example.org/a-very/long/path?x=1&y=2#z
www.example.org
"""
PIECES = (*WORDS.split(), *" " * 4, " – ", ": ", "\n", "\t", "\xa0", "a" * 90, "字" * 50)
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map("".join)


def run_msgcat(data: str, *options: str) -> str:
    done = subprocess.run(
        ["msgcat", *options, "-"], input=data.encode(), capture_output=True, check=True
    )
    return done.stdout.decode()


@given(st.lists(texts, min_size=1, max_size=30), st.sampled_from((79, 77, 60, 30, NO_WRAP)))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_msgcat_changes_no_line_of_ours(strings: list[str], width: int) -> None:
    body = "".join(
        "\n" + wrap_string("msgid", f"{number} {text}", width) + wrap_string("msgstr", text, width)
        for number, text in enumerate(strings)
    )
    body += "".join(
        "\n#~| "
        + wrap_string("msgid", str(number), width)
        + wrap_string("msgid", f"old {number} {text}", width, "#~ ")
        + wrap_string("msgstr", text, width, "#~ ")
        for number, text in enumerate(strings)
    )
    options = ("--no-wrap",) if width == NO_WRAP else (f"--width={width}",)
    header = wrap_string("msgid", "", width)
    header += wrap_string("msgstr", "Content-Type: text/plain; charset=UTF-8\n", width)
    assert run_msgcat(header + body, *options) == header + body


def test_a_directive_of_a_format_is_not_broken() -> None:
    text = "word " * 13 + "%(first name)s and %(last-name)s"
    entry = "\n#, python-format\n" + wrap_string("msgid", text, 79, flags=("python-format",))
    entry += 'msgstr ""\n'
    assert run_msgcat(HEADER + entry) == HEADER + entry
    assert wrap_string("msgid", text, 79) != wrap_string("msgid", text, 79, "", ("python-format",))


def test_a_message_flagged_no_wrap_is_not_wrapped() -> None:
    entry = wrap_string("msgid", "word " * 40, 79, flags=("no-wrap",))
    data = HEADER + "\n#, no-wrap\n" + entry + 'msgstr ""\n'
    assert run_msgcat(data) == data


def test_breaks_are_where_unicode_allows_them() -> None:
    assert find_breaks("Ev name — ji gelê Sûriyê re.") == [3, 8, 10, 13, 18, 25]
    assert find_breaks("ئەم نامەیە؟ بەڵێ") == [4, 12]
    assert find_breaks("日本語。「引用」") == [1, 2, 4, 6]
    assert find_breaks("約五％") == [1]


def test_escapes_are_those_of_gettext() -> None:
    assert escape_string('a"\\\n\t\r') == r"a\"\\\n\t\r"
