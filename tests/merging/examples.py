"""Small catalogues and templates, a sentence that changes, and commands run, each in one line."""

from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from types import ModuleType

from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po
from scripts import check, receive
from tests.conftest import Copy

HEADER = """\
msgid ""
msgstr ""
"Language: ku\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=n != 1;\\n"
"""
LONG = "We appeal to every government to act now, and to stop the bombs that fall on Aleppo."
LONGER = LONG.replace("every", "any")


def catalogue(*entries: str) -> PoFile:
    """A catalogue of entries as they stand in a file."""
    return parse_po("\n".join([HEADER, *entries]).encode(), "letter.po")


def entry(msgid: str, msgstr: str, before: str = "") -> str:
    """An entry as it stands in a file; `before` are whole lines of comments and flags."""
    return f'{before}msgid "{msgid}"\nmsgstr "{msgstr}"\n'


def template(*msgids: str) -> list[Entry]:
    return [Entry(msgid, references=("letter/letter.md",)) for msgid in msgids]


def run_command(command: ModuleType, copy: Copy, *options: str) -> tuple[int, str]:
    """Run a command over a letter and catalogues; give its exit code and all that it printed."""
    where = [f"--locales={copy.locales}"]
    if command not in (check, receive):  # which read no letter
        where.append(f"--letter={copy.letter}")
    with redirect_stdout(StringIO()) as told, redirect_stderr(told):
        code = command.main([*options, *where])
    return code, told.getvalue()
