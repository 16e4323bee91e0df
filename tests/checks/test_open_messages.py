"""What check.py says of a file as a whole: what is open in it, and originals that were changed."""

import json
import re
from collections.abc import Callable

import pytest

from letter.po.reader import read_po
from scripts import check, update
from tests.conftest import Copy

Run = Callable[..., tuple[int, list[str]]]
TITLE = "“We are being left to die as the world watches.”"


@pytest.fixture
def tell(copy: Copy, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command on a copy of the catalogues; gives its exit code, and the printed lines."""

    def tell(*options: str) -> tuple[int, list[str]]:
        code = check.main([f"--locales={copy.locales}", *options])
        return code, capsys.readouterr().out.splitlines()

    return tell


def empty_messages(copy: Copy, tag: str, count: int, above: str = "") -> None:
    """Empty the first translations of a letter that have one line, with comments above them."""
    lines = copy.po(tag).read_text(encoding="utf-8").split("\n")
    places = [
        n for n, line in enumerate(lines) if line.startswith('msgid "') and line != 'msgid ""'
    ]
    for place in reversed(places[:count]):
        lines[place + 1] = 'msgstr ""'
        lines[place:place] = [above] if above else []
    copy.po(tag).write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("tag", ["ar", "ckb", "ku"])
def test_what_is_open_is_counted_by_language(copy: Copy, tell: Run, tag: str) -> None:
    empty_messages(copy, tag, 1)
    summary = f"No errors, no warnings in {tag}."
    assert tell(tag) == (0, [f"{tag}: 1 passage isn't translated.", summary])
    copy.edit(tag, "#. Written in the first days", "#, fuzzy\n#. Written in the first days")
    told = f"{tag}: 1 passage isn't translated, 1 needs work."
    assert tell(tag, "--strict") == (0, [told, summary])
    found = json.loads("".join(tell(tag, "--json")[1]))[tag]
    assert (found["untranslated"], found["unfinished"], found["emptied"]) == (1, 1, 0)


@pytest.mark.parametrize(
    "above",
    ["# Reviewed by Zîn <zin@example.org> on 2026-11-01 (0123456789ab)", "#, fuzzy",
     '#| msgid "We are being left to die"', "# Earlier translation: Em dimirin."],
)  # fmt: skip
def test_a_text_that_was_emptied_is_told_apart(copy: Copy, tell: Run, above: str) -> None:
    empty_messages(copy, "ku", 1, above)
    assert tell("ku")[1][0] == "ku: 1 passage was emptied."


def test_messages_that_a_file_lacks_are_counted_and_names_are_not(copy: Copy, tell: Run) -> None:
    text = copy.po("ku").read_text(encoding="utf-8")
    first, title, *others = text.split("\n\n")
    copy.po("ku").write_text("\n\n".join([first, title]) + "\n", encoding="utf-8")
    passages = sum("signatory" not in other for other in others if "msgid" in other)
    assert tell("ku")[1][0] == f"ku: {passages} passages aren't translated."
    (copy.locales / "letter.pot").unlink()
    assert tell("ku") == (0, ["No errors, no warnings in ku."])


@pytest.mark.parametrize("tag", ["ar", "ckb", "ku"])
def test_an_original_with_other_words_is_an_error(copy: Copy, tell: Run, tag: str) -> None:
    copy.edit(tag, f'msgid "{TITLE}"', f'msgid "{TITLE.replace("watches", "watch")}"')
    code, (line, summary) = tell(tag)
    assert (code, summary) == (1, f"1 error, no warnings in {tag}."), "it is translated"
    assert line.endswith(
        "error: “We are being left to die as the world …”: letter.pot has other words here, “… the "
        "world [-watch.”-] {+watches.”+}”, so that readers aren't shown this translation: run "
        "scripts/update.py, which marks it as unfinished [original]"
    )


def test_no_advice_puts_a_translation_under_other_words(copy: Copy, tell: Run) -> None:
    """The letter now says the opposite, and the file isn't brought up to it."""
    template = copy.locales / "letter.pot"
    text = template.read_text(encoding="utf-8")
    assert "to a death sentence" in text
    template.write_text(text.replace("to a death sent", "to no death sent"), encoding="utf-8")
    line = tell("ku")[1][0]
    assert "[-a-] {+no+} death sentence" in line
    assert "run scripts/update.py" in line
    assert not re.search(r"put .*back|change|write|own words", line)
    told = update.main([f"--letter={copy.letter}", f"--locales={copy.locales}"])
    assert (told, tell("ku")[0]) == (0, 0), "update.py follows the letter, which didn't change"


@pytest.mark.parametrize(
    "other", [TITLE.replace("the world", "the  world"), f'\\"{TITLE[1:-1]}\\"']
)
def test_other_spaces_or_quotes_in_an_original_are_mended_by_an_update(
    copy: Copy, tell: Run, other: str
) -> None:
    copy.edit("ku", f'msgid "{TITLE}"', f'msgid "{other}"')
    (line, *_) = tell("ku")[1]
    assert "has other spaces or quotes in this msgid, so that" in line
    assert "run scripts/update.py, which mends the msgid [original]" in line
    update.main([f"--letter={copy.letter}", f"--locales={copy.locales}"])
    assert tell("ku")[1][-1] == "No errors, no warnings in ku."


def test_a_translation_in_the_place_of_its_original_is_an_error(copy: Copy, tell: Run) -> None:
    entry = next(e for e in read_po(copy.po("ku")).entries if e.msgid == TITLE)
    (text,) = entry.msgstr
    copy.edit("ku", f'msgid "{TITLE}"\nmsgstr "{text}"', f'msgid "{text}"\nmsgstr ""')
    code, lines = tell("ku")
    assert (code, lines[1]) == (1, "ku: 1 passage isn't translated.")
    assert "this msgid isn't in letter.pot, which has “We are being left to die as" in lines[0]
    assert "(the text is kept as fuzzy if it is a translation" in lines[0]


def test_a_file_of_another_letter_is_one_error(copy: Copy, tell: Run) -> None:
    template = copy.locales / "letter.pot"
    text = template.read_text(encoding="utf-8")
    head, *_ = text.split("\n\n")
    others = [f'msgid "Message number {n}"\nmsgstr ""\n' for n in range(300)]
    template.write_text("\n\n".join([head, *others]), encoding="utf-8")
    code, (line, *_) = tell("ku")
    assert code == 1
    assert "messages of this file aren't in letter.pot, and this is the first: run scr" in line


def test_a_message_of_another_time_is_no_changed_original(copy: Copy, tell: Run) -> None:
    """An old passage may stand beside the new one, and the letter may be ahead of all files."""
    old = TITLE.replace("watches", "watched")
    for path in (copy.po("ku"), copy.po("ar")):
        with path.open("a", encoding="utf-8") as file:
            file.write(f'\nmsgid "{old}"\nmsgstr "“Em dimirin, û cîhan temaşe dike.”"\n')
    assert tell("ku") == (0, ["No errors, no warnings in ku."])
    letter = copy.letter.read_text(encoding="utf-8")
    copy.letter.write_text(letter.replace("the world watches", "all watch"), encoding="utf-8")
    assert tell("ckb") == (0, ["No errors, no warnings in ckb."])


def test_first_words_in_arabic_do_not_turn_the_line(copy: Copy, tell: Run) -> None:
    """The isolates stand outside of the quotes: what is copied from inside can be searched for."""
    msgid = "أوقفوا القنابل على حلب الآن من فضلكم أيها الناس"
    letter = f'msgid "{msgid}"\nmsgstr "Stop  the bombs, please"\n'
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: ku\\n"\n\n'
    copy.po("ku").write_text(head + letter, encoding="utf-8")
    lines = tell("ku")[1]
    assert any(
        ": \u2068“أوقفوا القنابل على حلب الآن من فضلكم …”\u2069: there are two" in e for e in lines
    )
