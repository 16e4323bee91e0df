"""What is wrong in a PO file is told by its line, with what to do."""

import re

import pytest

from letter.po.faults import MAX_FAULTS, PoError
from tests.po.samples import GOOD, HEADER, parse_text

WRONG = {
    'msgid "a\nmsgstr "b"': "9: This line has an opening quotation mark but no closing one",
    'msgid "a"\nmsgstr b"': "10: This line has a closing quotation mark but no opening one",
    'msgid ""\nwords"\nmsgstr ""': "10: This line has a closing quotation mark but no opening one",
    'msgid "a"\nmsgstr "say "no" now"': "10: There is a quotation mark inside this text",
    'msgid "a"\nmsgstr "b\\"': "10: The backslash before the last quotation mark",
    "msgid “a”\nmsgstr «b»": "9: The quotation marks around this text are curly",
    'msgid "a"\nmsgstr "b”': "10: The quotation marks around this text are curly",
    'msgid "a"\nmsgstr "b"\nhello there': "11: This text stands outside quotation marks",
    'msgid "a"\nmsgstr "b" c': "10: Text stands after the closing quotation mark",
    'msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> x': "10: Two versions",
    'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"': "12: The message that starts here is already"
    " in the file at line 9",
    'msgid "a"': '9: A message lacks its translation: add a line msgstr ""',
    'msgstr "a"': "9: This msgstr has no msgid of its own above it",
    'msgid "a"\nmsgstr "b"\nmsgstr "c"': "11: This msgstr has no msgid of its own above it",
    'msgid "a"\nmsgctxt "c"\nmsgstr "b"': "10: This msgctxt stands below its msgid",
    'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[2] "d"': "12: msgstr[2] stands where",
    'msgid "a"\nmsgid_plural "b"\nmsgstr "c"': "11: This message has a plural",
    'msgid "a"\nmsgstr[0] "c"': "10: msgstr[0] is for messages with a msgid_plural",
    'msgid "a"\nmsgstring "b"': "10: “msgstring” is not a word that belongs here",
    'msgid "a"\nmsgstr "50\\% b"': "10: There is a backslash before “%”",
    'msgid "a"\nmsgstr "b\x00c"': "10: This line has an invisible control character (number 0)",
    'msgid "a"\n# note\nmsgstr "b"': "10: This comment stands in the middle of a message",
    '#~ msgid "a"\nmsgstr "b"': "10: Some lines of this message start with #~",
    'msgid\nmsgstr "b"': "9: No text follows msgid",
}


def explain_text(text: str) -> str:
    with pytest.raises(PoError) as caught:
        parse_text(text)
    return str(caught.value)


@pytest.mark.parametrize("text", WRONG)
def test_each_fault_is_told_with_its_line_and_a_remedy(text: str) -> None:
    told = explain_text(f'{HEADER}\nmsgid "x"\nmsgstr "y"\n\n{text}\n{GOOD}').split("\n")
    assert told[0].startswith("ku.po:" + WRONG[text])
    assert len(told) == 1 + ("«" in text)


def test_faults_behind_a_fault_are_told_too() -> None:
    bad = 'msgid "a{n}"\nmsgstr "b\n\n'
    text = HEADER + "\n" + "".join(bad.replace("{n}", str(n)) for n in range(3)) + GOOD
    assert re.findall(r"ku\.po:(\d+): This line has an opening", explain_text(text)) == [
        *("7", "10", "13"),
    ]
    many = HEADER + "\n" + bad * 100
    assert len(explain_text(many).split("\n")) == MAX_FAULTS
