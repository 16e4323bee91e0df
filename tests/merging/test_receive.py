"""`scripts/receive.py`: a file that a translator sent back, in whatever state."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from letter.languages.language import LanguageError
from letter.merging.sent_files import find_base, find_sent_language, read_sent
from letter.po.header import header_fields
from letter.po.reader import parse_po, read_po
from letter.po.writer import format_po
from scripts import receive, update
from tests.git import commit, start_repository

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Copy

TITLE = "“Em ji mirinê re tên hiştin û cîhan temaşe dike.”"
BETTER = "“Em li ber çavên cîhanê ji mirinê re tên hiştin.”"


@pytest.fixture
def repository(copy: Copy) -> Copy:
    """The letter and its catalogues under git, with one version committed."""
    start_repository(copy.letter.parent)
    commit(copy.letter.parent)
    return copy


def run(copy: Copy, path: Path, *options: str) -> int:
    return receive.main([str(path), f"--locales={copy.locales}", *options])


def sent_file(copy: Copy, old: str, new: str, folder: str = "ku", encoding: str = "utf-8") -> Path:
    """The catalogue as the translator sends it, under another name."""
    path = copy.letter.parent / "final version (2).po"
    text = copy.po(folder).read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_bytes(text.replace(old, new).encode(encoding))
    return path


def test_what_the_translator_changed_is_taken_but_not_in_a_dry_run(
    repository: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    before = repository.po("ku").read_bytes()
    sent = sent_file(repository, TITLE, BETTER)
    for options, after in (
        (("--dry-run",), before),
        ((), before.replace(TITLE.encode(), BETTER.encode())),
    ):
        assert run(repository, sent, *options) == 0
        assert capsys.readouterr().out.endswith("letter.po: 1 taken\n")
        assert repository.po("ku").read_bytes() == after


def test_a_file_months_old_keeps_what_others_did_meanwhile(
    repository: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    """The version it started from is found in git's history, so others' work is not undone."""
    sent = sent_file(repository, TITLE, BETTER)
    repository.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
    repository.change("more than 200 civilians", "more than 210 civilians")
    assert repository.run(update) == 0
    commit(repository.letter.parent)
    capsys.readouterr()
    assert run(repository, sent) == 0
    text = repository.po("ku").read_text(encoding="utf-8")
    assert BETTER in text
    assert "Mala Kurdan" in text
    assert "[-200-] {+210+}" in text


def test_a_translation_of_english_that_has_changed_arrives_as_outdated(
    repository: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = sent_file(repository, "zêdetirî 200 sivîl", "bêtir ji 200 sivîlan")
    repository.change("more than 200 civilians", "more than 210 civilians")
    assert repository.run(update) == 0
    commit(repository.letter.parent)
    capsys.readouterr()
    assert run(repository, sent) == 1
    told = capsys.readouterr().out
    assert "1 outdated" in told
    line = next(line for line in told.splitlines() if "the English has changed since" in line)
    number = int(line.split("letter.po:")[1].split(":")[0])
    po = read_po(repository.po("ku"))
    found = next(e for e in po.entries if "210 civilians" in e.msgid and not e.obsolete)
    assert found.fuzzy
    assert "bêtir ji 200 sivîlan" in found.msgstr[0]
    assert found.line == number


def test_both_changed_is_a_conflict_that_a_person_resolves(
    repository: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = sent_file(repository, TITLE, BETTER)
    repository.edit("ku", TITLE, "“Em tên kuştin û cîhan temaşe dike.”")
    commit(repository.letter.parent)
    assert run(repository, sent) == 1
    assert "both texts are in the entry" in capsys.readouterr().out
    text = repository.po("ku").read_text(encoding="utf-8")
    assert f"# Another translation: {BETTER}" in text
    assert "“Em tên kuştin û cîhan temaşe dike.”" in text


@pytest.mark.parametrize(
    ("encoding", "charset", "is_converted"),
    [
        ("cp1256", "UTF-8", True),
        ("utf-16", "UTF-8", True),
        ("utf-8-sig", "UTF-8", False),
        ("utf-8", "windows-1256", False),  # read as what the file is
    ],
)
def test_another_encoding_is_recognised_and_said(
    repository: Copy,
    encoding: str,
    charset: str,
    capsys: pytest.CaptureFixture[str],
    *,
    is_converted: bool,
) -> None:
    text = repository.po("ar").read_text(encoding="utf-8").replace("زاد", "مؤسسة زاد")
    sent = repository.letter.parent / "arabic.po"
    sent.write_bytes(
        text.replace("charset=UTF-8", f"charset={charset}").encode(encoding, "replace")
    )
    assert run(repository, sent) == 0
    assert ("converted" in capsys.readouterr().out) is is_converted
    now = repository.po("ar").read_text(encoding="utf-8")
    assert "مؤسسة زاد" in now
    assert "charset=UTF-8" in now


def test_a_file_with_another_languages_header_is_asked_about(
    repository: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = sent_file(repository, "Language: ckb", "Language: ar", "ckb")
    assert run(repository, sent) == 2
    assert "its text looks like ckb" in capsys.readouterr().err


def test_the_language_is_found_from_the_text_when_the_header_is_wrong(repository: Copy) -> None:
    catalogues = {tag: read_po(repository.po(tag)) for tag in ("ar", "ckb", "ku")}
    for tag in catalogues:
        text = repository.po(tag).read_text(encoding="utf-8")
        for wrong in ("", "xx", "fr_FR"):
            data = text.replace(f'"Language: {tag}\\n"', f'"Language: {wrong}\\n"').encode()
            assert find_sent_language(parse_po(data, "x.po"), catalogues) == tag
    with pytest.raises(LanguageError, match="--language"):
        find_sent_language(parse_po(b'msgid "a"\nmsgstr ""\n', "x.po"), catalogues)


def test_the_base_is_the_version_that_was_sent_out(repository: Copy) -> None:
    path = repository.po("ku")
    versions = [path.read_bytes()]
    for number in range(3):
        repository.edit(
            "ku", TITLE if number == 0 else f"{number - 1}. {TITLE}", f"{number}. {TITLE}"
        )
        commit(repository.letter.parent)
        versions.append(path.read_bytes())
    for version in versions:
        sent = parse_po(version.replace(b"Kurds House" + b'"\n\n', b'Mala Kurdan"\n\n'), "x")
        base = find_base(sent, path, read_po(path))
        assert base is not None
        assert base.entries[0].msgstr == parse_po(version, "x").entries[0].msgstr


def test_who_translated_comes_along_with_the_translation(repository: Copy) -> None:
    sent = sent_file(repository, TITLE, BETTER)
    text = sent.read_text(encoding="utf-8")
    text = text.replace("Language-Team: Kurmanji Kurdish", "Language-Team: C <kde@example.org>")
    text = text.replace(
        "Last-Translator: Unreviewed draft", "Last-Translator: Zîn <zin@example.org>"
    )
    sent.write_text(
        text.replace("Language-Team:", 'X-Generator: Poedit\\n"\n"Language-Team:'), encoding="utf-8"
    )
    assert run(repository, sent) == 0
    fields = header_fields(read_po(repository.po("ku")))
    assert fields["Last-Translator"] == "Zîn <zin@example.org>"
    assert "X-Generator" not in fields
    assert fields["Language-Team"] == "Kurmanji Kurdish", "an editor's, not the translator's"
    assert fields["X-Letter-Status"] == "draft"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<<<<<<< ours\n", "put together"),
        ("\x89PNG\r\n\x1a\n\0\0", ":1:"),
        ("", ":1:"),
        ('msgid "Open file"\nmsgstr "Pelê veke"\n', "is it the right file?"),
    ],
)
def test_an_unusable_file_is_explained_and_changes_nothing(
    repository: Copy, content: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {tag: repository.po(tag).read_bytes() for tag in ("ar", "ckb", "ku")}
    sent = repository.letter.parent / "sent.po"
    sent.write_text(content, encoding="utf-8" if "ê" in content else "latin-1")
    assert run(repository, sent, "--language=ku") == 2
    error = capsys.readouterr().err
    assert "sent.po" in error
    assert words in error
    assert {tag: repository.po(tag).read_bytes() for tag in before} == before


def test_without_git_the_file_started_from_what_is_here_unless_a_base_is_given(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = sent_file(copy, TITLE, BETTER)
    base = copy.letter.parent / "base.po"
    base.write_bytes(copy.po("ku").read_bytes())
    assert run(copy, sent, "--dry-run") == 0
    assert "1 taken" in capsys.readouterr().out
    for verdict, code in (("taken", 0), ("conflict", 1)):
        assert run(copy, sent, f"--base={base}", "--dry-run", "--json") == code
        told = json.loads(capsys.readouterr().out)
        assert told["language"] == "ku"
        assert [e["verdict"] for e in told["entries"]] == [verdict]
        if code == 0:
            copy.edit("ku", TITLE, "“Em tên kuştin û cîhan temaşe dike.”")


def test_the_notes_of_a_good_file_are_none(repository: Copy) -> None:
    data = repository.po("ku").read_bytes()
    po, notes = read_sent(data, "x.po")
    assert notes == ()
    assert format_po(po) == data
