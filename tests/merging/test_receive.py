"""`scripts/receive.py`: files that translators sent back, in whatever state."""

import json
import os
import re
from pathlib import Path
from threading import Thread

import polib
import pytest

from letter.po.header import header_fields
from letter.po.reader import read_po
from scripts import receive, update
from tests.conftest import Copy
from tests.git import commit
from tests.merging.examples import run_command
from tests.merging.sending import BETTER, NAME, NAMED, OTHER, TITLE, refuse_and_keep, send


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
    for options, data in (["--dry-run"], before), ([], after):
        code, told = run_command(receive, repository, sent, *options)
        assert (code, told.split("\n")[0]) == (0, f"{path}: 1 taken")
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
    number = re.search(r"letter\.po:(\d+): .* the original has changed since", told)
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
        ("\x89PNG\r\n\x1a\n\0\0", "ask for the .po"),
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


def test_a_base_that_is_given_is_the_version_that_the_translator_started_from(copy: Copy) -> None:
    sent = send(copy, TITLE, BETTER)
    base = copy.letter.parent / "base.po"
    base.write_bytes(copy.po("ku").read_bytes())
    code, told = run_command(receive, copy, sent, f"--base={base}", "--dry-run")
    assert (code, "1 taken" in told) == (0, True), told
    copy.edit("ku", TITLE, OTHER)
    code, told = run_command(receive, copy, sent, f"--base={base}", "--json")
    assert code == 1
    (received,) = json.loads(told)["files"]
    assert received["language"] == "ku"
    assert [entry["verdict"] for entry in received["entries"]] == ["conflict"]
    assert [each["becomes_fuzzy"] for each in received["replaced"]] == [True]


def test_a_dry_run_shows_each_text_above_the_one_that_replaces_it(repository: Copy) -> None:
    """Each is isolated (UAX #9), so that the sign before a right-to-left text stays there."""
    sent = send(repository, NAME, 'msgstr "ماڵی کوردان"', "ckb")
    code, told = run_command(receive, repository, sent, "--dry-run")
    path = repository.po("ckb")
    line = next(e.line for e in read_po(path).entries if e.msgid == "Kurds House")
    assert told.split("\n") == [
        f"{path}: 1 taken",
        f"{path}:{line}: Kurds House: would be replaced",
        "- \u2068Kurds House\u2069",
        "+ \u2068ماڵی کوردان\u2069",
        "",
    ]
    assert code == 0


def test_a_dry_run_shows_what_would_become_fuzzy(repository: Copy) -> None:
    sent = send(repository, TITLE, BETTER)
    repository.edit("ku", TITLE, OTHER)
    commit(repository.letter.parent)
    told = run_command(receive, repository, sent, "--dry-run")[1]
    assert f"would become fuzzy\n- \u2068{OTHER}\u2069\n" in told


def test_several_files_are_received_each_into_its_own_catalogue(repository: Copy) -> None:
    first = send(repository, TITLE, BETTER, name="a.po")
    second = send(repository, NAME, NAMED, name="b.po")
    sorani = send(repository, NAME, 'msgstr "ماڵی کوردان"', "ckb", name="c.po")
    before = repository.po("ku").read_bytes()
    assert run_command(receive, repository, first, second, sorani, "--dry-run")[0] == 0
    assert repository.po("ku").read_bytes() == before
    code, told = run_command(receive, repository, first, second, sorani)
    assert code == 0
    assert told == "".join(
        f"{sent} → {repository.po(tag)}: 1 taken\n"
        for sent, tag in ((first, "ku"), (second, "ku"), (sorani, "ckb"))
    )
    text = repository.po("ku").read_text(encoding="utf-8")
    assert BETTER in text
    assert NAMED in text
    assert "ماڵی کوردان" in repository.po("ckb").read_text(encoding="utf-8")


def test_two_files_of_one_language_that_differ_are_a_conflict(repository: Copy) -> None:
    sent = [send(repository, TITLE, new, name=f"{n}.po") for n, new in enumerate((BETTER, OTHER))]
    code, told = run_command(receive, repository, *sent)
    assert code == 1, told
    text = repository.po("ku").read_text(encoding="utf-8")
    assert f'msgstr "{BETTER}"' in text
    assert f"# Another translation: {OTHER}" in text
    line = int(re.findall(r"letter\.po:(\d+):", told)[0])
    assert "Another translation" in "".join(text.split("\n")[line - 1 : line + 9])


def test_a_file_that_is_refused_stops_no_other(repository: Copy) -> None:
    taken = send(repository, TITLE, BETTER, name="a.po")
    refused = send(repository, "Language: ckb", "Language: tr", "ckb", name="b.po")
    missing = str(repository.letter.parent / "missing.po")
    code, told = run_command(receive, repository, missing, refused, taken)
    assert code == 2
    assert "add_language.py tr" in told
    assert "missing.po" in told
    assert f"{taken} → {repository.po('ku')}: 1 taken\n" in told
    assert BETTER in repository.po("ku").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", ["--language=ku", "--base"])
def test_what_is_said_of_one_file_is_not_said_of_several(repository: Copy, option: str) -> None:
    sent = [send(repository, TITLE, BETTER, name=name) for name in ("a.po", "b.po")]
    said = option if "=" in option else f"{option}={sent[0]}"
    assert "one file" in refuse_and_keep(repository, *sent, said)


def test_a_catalogue_that_is_saved_meanwhile_is_not_overwritten(repository: Copy) -> None:
    """An editor saves one catalogue while the file, a pipe, is waited for: neither is written."""
    sent = [Path(send(repository, NAME, NAMED, tag, f"{tag}.po")) for tag in ("ckb", "ku")]
    before = repository.po("ckb").read_bytes()
    pipe = repository.letter.parent / "pipe.po"
    os.mkfifo(pipe)

    def save_and_send() -> None:
        with pipe.open("wb") as file:  # which waits for the command to open it
            repository.edit("ku", TITLE, OTHER)
            file.write(sent[1].read_bytes())

    editor = Thread(target=save_and_send)
    editor.start()
    code, told = run_command(receive, repository, str(sent[0]), str(pipe))
    editor.join()
    assert code == 2
    assert "saved by someone else" in told
    assert OTHER in repository.po("ku").read_text(encoding="utf-8")
    assert repository.po("ckb").read_bytes() == before


OLD, NEW = "more than 200 civilians", "more than 210 civilians"


@pytest.mark.parametrize("is_straightened", [False, True])
def test_a_copy_of_the_english_of_then_does_not_replace_the_text_that_waits(
    repository: Copy, *, is_straightened: bool
) -> None:
    """As platforms fill in what they lack, here from the English before it changed."""
    path = repository.po("ku")
    old = next(e for e in read_po(path).entries if OLD in e.msgid)
    copied = old.msgid.replace("“", '"').replace("”", '"') if is_straightened else old.msgid
    sent = repository.letter.parent / "old.po"
    polished = polib.pofile(str(path))
    next(e for e in polished if e.msgid == old.msgid).msgstr = copied
    polished.save(str(sent))
    publish_edit(repository, OLD, NEW)
    before = path.read_bytes()
    code, told = run_command(receive, repository, str(sent))
    assert (code, "1 copied" in told) == (1, True), told
    assert path.read_bytes() == before
    assert next(e for e in read_po(path).entries if NEW in e.msgid).msgstr == old.msgstr


def mark_fuzzy(text: str) -> str:
    """Mark every entry but the header as fuzzy, as who withdraws a whole file does."""
    return re.sub(r'(?m)^(?=msgid (?!""\nmsgstr))', "#, fuzzy\n", text)


def test_what_is_withdrawn_is_said(repository: Copy) -> None:
    path = repository.po("ku")
    sent = Path(send(repository, f'msgid "{NAME[8:-1]}"', f'#, fuzzy\nmsgid "{NAME[8:-1]}"'))
    code, told = run_command(receive, repository, str(sent))
    assert (code, "1 withdrawn" in told) == (1, True), told
    assert "Kurds House: withdrawn: marked fuzzy" in told
    assert next(e for e in read_po(path).entries if e.msgid == "Kurds House").fuzzy
    path.write_bytes(path.read_bytes().replace(b"#, fuzzy\n", b""))
    sent.write_text(mark_fuzzy(path.read_text(encoding="utf-8")), encoding="utf-8")
    code, told = run_command(receive, repository, str(sent))
    count = sum(e.fuzzy for e in read_po(path).entries)
    assert (code, f": {count} withdrawn\n" in told) == (1, True), told
    assert f"{count - 5} more: withdrawn" in told


def test_a_dry_run_shows_the_text_that_would_stand_beside(repository: Copy) -> None:
    sent = send(repository, TITLE, BETTER)
    repository.edit("ku", TITLE, OTHER)
    commit(repository.letter.parent)
    told = run_command(receive, repository, sent, "--dry-run")[1]
    shown = f"- \u2068{OTHER}\u2069\n# \u2068Another translation: {BETTER}\u2069\n"
    assert f"would become fuzzy\n{shown}" in told


def test_two_domains_in_one_file_are_refused_in_place_and_as_sent(repository: Copy) -> None:
    """The messages of the second would stand as those of the first, and its header as obsolete."""
    path = repository.po("ku")
    head, title, *_ = path.read_text(encoding="utf-8").split("\n\n")
    second = f'\ndomain "other"\n\n{head}\n\n{title.replace(TITLE, OTHER)}\n'
    sent = repository.letter.parent / "two.po"
    sent.write_bytes(path.read_bytes() + second.encode())
    line = sent.read_text(encoding="utf-8").split("\n").index('domain "other"') + 1
    assert f"two.po:{line}: Another text domain" in refuse_and_keep(repository, str(sent))
    path.write_bytes(sent.read_bytes())
    code, told = run_command(update, repository)
    assert (code != 0, f"letter.po:{line}: Another text domain" in told) == (True, True), told
    assert path.read_bytes() == sent.read_bytes()


def test_what_tools_write_above_a_header_replaces_nothing(repository: Copy) -> None:
    path = repository.po("ku")
    draft = path.read_text(encoding="utf-8").partition('msgid ""')[0]
    boilerplate = (
        "# Kurdish translations for letter package.\n"
        "# Copyright (C) YEAR Kurds House\n"
        "# This file is distributed under the same license as the letter package.\n"
        "# Zîn <zin@example.org>, 2026.\n"
    )
    sent = Path(send(repository, TITLE, BETTER))
    text = sent.read_text(encoding="utf-8").replace(draft, boilerplate)
    text = text.replace("Unreviewed draft", "Your Name <you@example.com>")
    sent.write_text(text, encoding="utf-8")
    assert run_command(receive, repository, str(sent))[0] == 0
    now = path.read_text(encoding="utf-8")
    assert now.startswith(f"{draft}# Zîn <zin@example.org>, 2026.\nmsgid")
    assert '"Last-Translator: Unreviewed draft\\n"' in now
