"""Line wrapping, against the real msgcat."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letter.po.wrap import NO_WRAP, wrap_string
from tests.po.samples import HEADER, TEXTS, run_tool


@given(st.lists(TEXTS, min_size=1, max_size=30), st.sampled_from((79, 77, 60, 30, NO_WRAP)))
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
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
    data = (header + body).encode()
    assert run_tool(data, "msgcat", *options, "-") == data


@pytest.mark.parametrize(
    ("flag", "text"),
    [
        ("python-format", "word " * 13 + "%(first name)s and %(last-name)s"),
        ("no-wrap", "word " * 40),
    ],
)
def test_a_message_is_broken_as_its_flag_says(flag: str, text: str) -> None:
    entry = wrap_string("msgid", text, 79, flags=(flag,))
    assert entry != wrap_string("msgid", text, 79)
    data = f'{HEADER}\n#, {flag}\n{entry}msgstr ""\n'.encode()
    assert run_tool(data, "msgcat", "-") == data
