"""A file of which a comment hides messages is refused: writing it anew would throw them away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from letter.po.faults import PoError
from letter.po.reader import parse_po
from scripts import add_language, check, receive, sign_off, update
from tests.po.samples import GOOD, HEADER, parse_text
from tests.tools import ROOT

if TYPE_CHECKING:
    from tests.conftest import Copy

KU = (ROOT / "locales" / "ku" / "LC_MESSAGES" / "letter.po").read_bytes()
FUZZY = KU.replace(b'\nmsgid "', b'\n#, fuzzy\nmsgid "')


@pytest.mark.parametrize("data", [KU, FUZZY], ids=["plain", "fuzzy"])
@pytest.mark.parametrize("ending", ["\r", "\r\r", " ", "", "\v", "\u2028"])
def test_newlines_lost_from_any_line_on_hide_no_message(data: bytes, ending: str) -> None:
    """Either all is read as it was, or the file is refused."""
    whole = parse_po(data, "ku.po")
    said = {entry.key: (entry.msgstr, entry.fuzzy) for entry in whole.entries}
    lines = data.splitlines(keepends=True)
    refused = 0
    for n in range(0, len(lines), 7):
        rest = b"".join(lines[n:]).replace(b"\n", ending.encode())
        try:
            read = parse_po(b"".join(lines[:n]) + rest, "ku.po").entries
        except PoError:
            refused += 1
        else:
            assert {entry.key: (entry.msgstr, entry.fuzzy) for entry in read} == said, n
    assert refused > 30


MESSAGE = 'msgid "a" msgstr "b"'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# only a comment", "1: There is no message in this file, not even a header"),
        (HEADER + GOOD.replace("\nm", "\n# m") * 2, "1: No message of this file can be read"),
        ("# " + (HEADER + GOOD).replace("\n", "\n# "), "1: No message of this file can be read"),
        (f"# note\r#\r{HEADER}{GOOD}".replace("\n", "\r"), "1: The lines from here on end as on"),
        (f"{HEADER}\n# note\r#, fuzzy{GOOD}", "6: The lines from here on end as on old Macs"),
        (f"{HEADER}{GOOD}\n# {MESSAGE} {MESSAGE}", "9: This comment hides messages"),
        (f"{HEADER}\n#. note {MESSAGE}\n{GOOD}", "6: This comment hides messages"),
    ],
)
def test_what_surely_hides_messages_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(PoError) as caught:
        parse_text(text)
    assert str(caught.value).startswith(f"ku.po:{told}")


@pytest.mark.parametrize(
    "comment",
    [
        '# msgid "good"\n# msgstr "old"\n#\n# msgid "more"\n# msgstr "old"',
        '# It was: msgid "good" msgstr "old"',
        "#. The words msgid and msgstr stay.\r",
        "# one\rtwo\u2028three",
        '#| msgid "gone"',
        '#~ msgid "c" msgstr "d" #~ msgid "e" msgstr "f"',
        '#~ msgid "c"\r#~ msgstr "d"\r#~ msgid "e"\r#~ msgstr "f"',
    ],
)
def test_a_comment_that_only_quotes_messages_is_no_fault(comment: str) -> None:
    assert any(e.msgid == "good" for e in parse_text(f"{HEADER}\n{comment}{GOOD}").entries)


@pytest.mark.parametrize("ending", [b"\r", b" "], ids=["CR", "one line"])
def test_no_command_writes_such_a_file_and_readers_keep_their_text(
    copy: Copy, ending: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, client = copy.po("ku"), copy.client()
    sent = tmp_path / "sent.po"
    sent.write_bytes(KU.replace(b"Em ji", b"Hem ji", 1))
    before = client.get("/ku/").text
    broken = KU.replace(b"\n", ending)
    path.write_bytes(broken)
    signed = ("ku", "--reviewer=Z <z@example.org>")
    codes = [
        copy.run(update),
        copy.run(sign_off, *signed),
        copy.run(add_language, "ku"),
        check.main(["ku", f"--locales={copy.locales}"]),
        receive.main([str(sent), "--language=ku", f"--locales={copy.locales}"]),
    ]
    assert 0 not in codes
    assert path.read_bytes() == broken
    assert "letter.po:1: " in capsys.readouterr().err
    assert client.get("/ku/").text == before
    assert "ku/LC_MESSAGES/letter.po:1: " in client.get("/healthz").text
