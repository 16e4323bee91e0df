"""`scripts/receive.py`: a file that a translator sent back, in whatever state."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from letter.languages.language import LanguageError
from letter.merging.sent_files import find_base, find_sent_language
from letter.po.header import header_fields
from letter.po.reader import parse_po, read_po
from scripts import receive, update
from tests.conftest import Copy
from tests.git import commit, start_repository
from tests.merging.examples import run_command

TITLE = "“Em ji mirinê re tên hiştin û cîhan temaşe dike.”"
BETTER = "“Em li ber çavên cîhanê ji mirinê re tên hiştin.”"
OTHER = "“Em tên kuştin û cîhan temaşe dike.”"


@pytest.fixture
def repository(copy: Copy) -> Copy:
    """The letter and its catalogues under git, with one version committed."""
    start_repository(copy.letter.parent)
    commit(copy.letter.parent)
    return copy


def send(copy: Copy, old: str, new: str, folder: str = "ku") -> str:
    """Write a catalogue as its translator sends it, under another name; give the file's path."""
    path = copy.letter.parent / "final version (2).po"
    text = copy.po(folder).read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return str(path)


def publish_edit(repository: Copy, old: str, new: str) -> None:
    """Change the letter, bring the catalogues up to it, and commit."""
    repository.change(old, new)
    assert repository.run(update) == 0
    commit(repository.letter.parent)


def test_what_the_translator_changed_is_taken_but_not_in_a_dry_run(repository: Copy) -> None:
    path = repository.po("ku")
    before = path.read_bytes()
    sent = send(repository, TITLE, BETTER)
    after = before.replace(TITLE.encode(), BETTER.encode())
    for options, data in ((["--dry-run"], before), ([], after)):
        assert run_command(receive, repository, sent, *options) == (0, f"{path}: 1 taken\n")
        assert path.read_bytes() == data


def test_a_file_months_old_keeps_what_others_did_meanwhile(repository: Copy) -> None:
    """The version it started from is found in git's history, so others' work is not undone."""
    sent = send(repository, TITLE, BETTER)
    repository.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
    publish_edit(repository, "more than 200 civilians", "more than 210 civilians")
    assert run_command(receive, repository, sent)[0] == 0
    text = repository.po("ku").read_text(encoding="utf-8")
    assert BETTER in text
    assert "Mala Kurdan" in text
    assert "[-200-] {+210+}" in text


def test_a_translation_of_english_that_has_changed_arrives_as_outdated(repository: Copy) -> None:
    sent = send(repository, "zêdetirî 200 sivîl", "bêtir ji 200 sivîlan")
    publish_edit(repository, "more than 200 civilians", "more than 210 civilians")
    code, told = run_command(receive, repository, sent)
    assert code == 1
    assert "1 outdated" in told
    number = re.search(r"letter\.po:(\d+): .* the English has changed since", told)
    entries = read_po(repository.po("ku")).entries
    (found,) = (e for e in entries if "210 civilians" in e.msgid and not e.obsolete)
    assert found.fuzzy
    assert "200 civilians" in str(found.previous_msgid)
    assert "bêtir ji 200 sivîlan" in found.msgstr[0]
    assert number
    assert found.line == int(number[1])


def test_both_changed_is_a_conflict_that_a_person_resolves(repository: Copy) -> None:
    sent = send(repository, TITLE, BETTER)
    repository.edit("ku", TITLE, OTHER)
    commit(repository.letter.parent)
    code, told = run_command(receive, repository, sent)
    assert code == 1
    assert "both texts are in the entry" in told
    text = repository.po("ku").read_text(encoding="utf-8")
    assert f"# Another translation: {BETTER}" in text
    assert OTHER in text


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
    repository: Copy, encoding: str, charset: str, *, is_converted: bool
) -> None:
    text = repository.po("ar").read_text(encoding="utf-8").replace("زاد", "مؤسسة زاد")
    sent = repository.letter.parent / "arabic.po"
    text = text.replace("charset=UTF-8", f"charset={charset}")
    sent.write_bytes(text.encode(encoding, "replace"))
    code, told = run_command(receive, repository, str(sent))
    assert code == 0
    assert ("converted" in told) is is_converted
    now = repository.po("ar").read_text(encoding="utf-8")
    assert "مؤسسة زاد" in now
    assert "charset=UTF-8" in now


def test_a_file_with_another_languages_header_is_asked_about(repository: Copy) -> None:
    sent = send(repository, "Language: ckb", "Language: ar", "ckb")
    code, told = run_command(receive, repository, sent)
    assert code == 2
    assert "its text looks like ckb" in told


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
    for old, new in pairwise((TITLE, BETTER, OTHER, "“Em dimirin.”")):
        repository.edit("ku", old, new)
        commit(repository.letter.parent)
        versions.append(path.read_bytes())
    for version in versions:
        sent = parse_po(version.replace(b"Kurds House" + b'"\n\n', b'Mala Kurdan"\n\n'), "x")
        base = find_base(sent, path, read_po(path))
        assert base is not None
        assert base.entries[0].msgstr == parse_po(version, "x").entries[0].msgstr


def test_who_translated_comes_along_with_the_translation(repository: Copy) -> None:
    sent = Path(send(repository, TITLE, BETTER))
    text = sent.read_text(encoding="utf-8")
    for old, new in (
        ("Language-Team: Kurmanji Kurdish", "Language-Team: C <kde@example.org>"),
        ("Last-Translator: Unreviewed draft", "Last-Translator: Zîn <zin@example.org>"),
        ("Language-Team:", 'X-Generator: Poedit\\n"\n"Language-Team:'),
    ):
        text = text.replace(old, new)
    sent.write_text(text, encoding="utf-8")
    assert run_command(receive, repository, str(sent))[0] == 0
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
    repository: Copy, content: str, words: str
) -> None:
    before = repository.po("ku").read_bytes()
    sent = repository.letter.parent / "sent.po"
    sent.write_text(content, encoding="utf-8" if "ê" in content else "latin-1")
    code, told = run_command(receive, repository, str(sent), "--language=ku")
    assert code == 2
    assert "sent.po" in told
    assert words in told
    assert repository.po("ku").read_bytes() == before


def test_without_git_the_file_started_from_what_is_here_unless_a_base_is_given(copy: Copy) -> None:
    sent = send(copy, TITLE, BETTER)
    base = copy.letter.parent / "base.po"
    base.write_bytes(copy.po("ku").read_bytes())
    code, told = run_command(receive, copy, sent, "--dry-run")
    assert code == 0
    assert "1 taken" in told
    copy.edit("ku", TITLE, OTHER)
    code, told = run_command(receive, copy, sent, f"--base={base}", "--json")
    assert code == 1
    assert json.loads(told)["language"] == "ku"
    assert [entry["verdict"] for entry in json.loads(told)["entries"]] == ["conflict"]
