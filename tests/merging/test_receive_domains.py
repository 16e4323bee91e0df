"""What a file says of the letter and of the page is received in a catalogue for each."""

import re
from pathlib import Path

import pytest

from letter.languages.folders import INTERFACE
from letter.paths import OWN_LOCALES
from letter.po.reader import read_po
from scripts import add_language, receive, update
from tests.conftest import Copy, WriteSite
from tests.git import commit, start_repository
from tests.merging.examples import run_command
from tests.merging.sending import BETTER, TITLE, refuse_and_keep

PAGE = "#: letter/formats/templates/parts.html\n"
HEADER = 'msgid ""\nmsgstr "Language: %s\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'


def make_old(copy: Copy) -> str:
    """Make the text of a catalogue as it was when both domains stood in it."""
    letter = copy.po("ku").read_text(encoding="utf-8")
    page = copy.po("ku").with_name("interface.po").read_text(encoding="utf-8")
    return letter + "\n" + page.partition("\n\n")[2].partition("#~")[0].rstrip() + "\n"


def save_sent(copy: Copy, text: str) -> str:
    path = copy.letter.parent / "sent.po"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_file_of_the_old_kind_goes_to_both_and_is_compared_with_its_own_version(
    copy: Copy,
) -> None:
    new, old = copy.po("ku").read_text(encoding="utf-8"), make_old(copy)
    page = copy.po("ku").with_name("interface.po")
    now = page.read_text(encoding="utf-8")
    page.unlink()
    copy.po("ku").write_text(old, encoding="utf-8")
    start_repository(copy.letter.parent)
    commit(copy.letter.parent)
    copy.po("ku").write_text(new, encoding="utf-8")
    page.write_text(now.replace('msgstr "Têkilî"', 'msgstr "Pêwendî"'), encoding="utf-8")
    commit(copy.letter.parent)
    changed = old.replace(TITLE, BETTER).replace('msgstr "Naverok"', 'msgstr "Tê de"')
    code, told = run_command(receive, copy, save_sent(copy, changed))
    assert code == 0, told
    assert f"→ {copy.po('ku')}: 1 taken\n" in told
    assert f"→ {page}: 1 taken\n" in told
    assert BETTER in copy.po("ku").read_text(encoding="utf-8")
    assert "Naverok" not in copy.po("ku").read_text(encoding="utf-8")
    after = page.read_text(encoding="utf-8")
    assert 'msgstr "Tê de"' in after
    assert 'msgstr "Pêwendî"' in after, "changed meanwhile, and not by this file"


def test_an_interface_that_is_sent_alone_goes_to_the_interface(copy: Copy) -> None:
    path = copy.locales / "fr" / "LC_MESSAGES" / "interface.po"
    text = path.read_text(encoding="utf-8")
    sent = save_sent(copy, text.replace('msgstr "Sommaire"', 'msgstr "Table"'))
    before = {other: other.read_bytes() for other in copy.locales.rglob("letter.po")}
    assert run_command(receive, copy, sent, "--dry-run")[0] == 1, "no version in git: a conflict"
    start_repository(copy.letter.parent)
    commit(copy.letter.parent)
    sent = save_sent(copy, text.replace('msgstr "Signataires"', 'msgstr "Signatures"'))
    assert run_command(receive, copy, sent) == (0, f"{path}: 1 taken\n")
    assert {other: other.read_bytes() for other in copy.locales.rglob("letter.po")} == before
    letter = f'{HEADER % "fr"}#: letter/letter.md\nmsgid "“We are being left to die as the world '
    refuse_and_keep(copy, save_sent(copy, f'{letter}watches.”"\nmsgstr "Nous"\n'))
    assert not (path.with_name("letter.po")).exists(), "no edition comes by itself"


def test_beside_another_letter_only_what_the_project_says_otherwise_is_kept(
    write_site: WriteSite, tmp_path: Path
) -> None:
    site = write_site("# Hi\n", fr='#: letter.md\nmsgid "Hi"\nmsgstr ""\n')
    assert site.run(update) == 0
    own = '#: letter.md\nmsgid "Hi"\nmsgstr "Salut"\n\n'
    page = f'{PAGE}msgid "Contact"\nmsgstr "%s"\n\n{PAGE}msgid "Imprint"\nmsgstr "Mentions"\n'
    sent = tmp_path / "sent.po"
    sent.write_text(HEADER % "fr" + own + page % "Contact", encoding="utf-8")
    shown = run_command(receive, site, str(sent))[1]
    path = site.po("fr").with_name("interface.po")
    assert 'msgstr "Salut"' in site.po("fr").read_text(encoding="utf-8")
    assert f"{path}: " in shown
    (entry,) = read_po(path).entries
    assert entry.msgid == "Imprint", "of Contact the project says the same"
    assert entry.msgstr == ("Mentions",), "what the project says is what it is compared with"


def test_a_language_is_added_with_the_pages_words_only_where_the_project_lacks_them(
    write_site: WriteSite,
) -> None:
    site = write_site("---\nlanguage: fr\n---\n# Salut\n", ku="")
    for tag, has_page in (("ar", False), ("en", False), ("es-MX", False), ("cy", True)):
        code, told = run_command(add_language, site, tag)
        path = site.po(tag.replace("-", "_")).with_name("interface.po")
        assert (code, path.exists(), str(path) in told) == (0, has_page, has_page)
    assert run_command(add_language, site, "fr")[0] == 2
    assert run_command(update, site)[0] == 0
    assert (site.locales / "interface.pot").exists()


OLDER = '\n#~ msgid "A word of once."\n#~ msgstr "Parole"\n'


@pytest.mark.parametrize("more", [OLDER, OLDER.replace("#~ ", "")])
@pytest.mark.parametrize("folder", ["ku", "de"])
def test_a_word_that_the_page_had_once_stops_no_file_of_the_page(
    copy: Copy, folder: str, more: str
) -> None:
    path = copy.po(folder).with_name("interface.po")
    text = path.read_text(encoding="utf-8")
    pruned = text.partition("\n\n#~")[0].partition("\n\n#, python-format\n#~")[0] + "\n"
    path.write_text(pruned, encoding="utf-8")
    start_repository(copy.letter.parent)
    commit(copy.letter.parent)
    before = {other: other.read_bytes() for other in copy.locales.rglob("letter.po")}
    sent = pruned.replace('msgid "Contact"\nmsgstr "', 'msgid "Contact"\nmsgstr "X')
    code, told = run_command(receive, copy, save_sent(copy, sent + more))
    assert (code, f"{path}: 1 taken, 1 gone" in told) == (1, True), told
    after = path.read_text(encoding="utf-8")
    assert '\nmsgid "Contact"\nmsgstr "X' in after
    assert '#~ msgstr "Parole"' in after
    assert {other: other.read_bytes() for other in copy.locales.rglob("letter.po")} == before


def test_the_former_interface_may_come_back_after_it_was_pruned(repository: Copy) -> None:
    path = repository.po("ku").with_name("interface.po")
    former = path.read_text(encoding="utf-8")
    assert "\n#~ " in former
    assert update.main(["--prune", f"--locales={repository.locales}"]) == 0
    commit(repository.letter.parent)
    sent = save_sent(repository, former.replace('msgstr "Têkilî"', 'msgstr "Pêwendî"'))
    assert run_command(receive, repository, sent) == (0, f"{path}: 1 taken\n")


def test_what_is_obsolete_goes_to_the_letter_or_the_page_that_had_it(
    write_site: WriteSite,
) -> None:
    site = write_site("# Hi\n\nBye.\n", ar="")
    assert site.run(update) == 0
    page, letter = (
        (OWN_LOCALES / "ar" / "LC_MESSAGES" / name).read_text(encoding="utf-8")
        for name in ("interface.po", "letter.po")
    )
    own = '\n#: letter.md\nmsgid "Hi"\nmsgstr "مرحبا"\n\n#~ msgid "Bye."\n#~ msgstr "وداعا"\n'
    run_command(receive, site, save_sent(site, page + letter.partition("\n\n")[2] + own))
    text = site.po("ar").read_text(encoding="utf-8")
    assert "مرحبا" in text
    assert "وداعا" in text
    assert "Changed in English since it was translated" not in text


def test_beside_another_letter_files_of_the_projects_words_come_one_after_the_other(
    write_site: WriteSite, tmp_path: Path
) -> None:
    site = write_site("---\nlanguage: fr\n---\n# Salut\n", ar="")
    assert site.run(update) == 0
    start_repository(tmp_path)
    text = (OWN_LOCALES / "ar" / INTERFACE).read_text(encoding="utf-8")
    path = site.po("ar").with_name("interface.po")
    for names in (["Plain text"], ["Plain text", "Contact"]):
        commit(tmp_path)
        sent = text
        for name in names:
            line = f'\nmsgid "{name}"\nmsgstr "'
            assert sent.count(line) == 1
            sent = sent.replace(line, f"{line}X")
        told = run_command(receive, site, save_sent(site, sent))
        assert told == (0, f"{path}: 1 taken\n")
        assert [(e.msgid, e.obsolete) for e in read_po(path).entries] == [(n, False) for n in names]
        again = path.read_bytes()
        assert site.run(update) == 0
        assert run_command(receive, site, save_sent(site, text))[0] == 0
        assert path.read_bytes() == again, "the project's own words undo nothing"
    commit(tmp_path)
    sent = again.decode().replace('msgid "Contact"\nmsgstr "X', 'msgid "Contact"\nmsgstr "Y')
    assert run_command(receive, site, save_sent(site, sent)) == (0, f"{path}: 1 taken\n")


@pytest.mark.parametrize(("tag", "folder"), [("pt", "pt_BR"), ("es-MX", "es"), ("ar-EG", "ar")])
def test_another_regions_words_are_taken_with_a_note(copy: Copy, tag: str, folder: str) -> None:
    assert run_command(add_language, copy, tag)[0] == 0
    path = copy.po(folder).with_name("interface.po")
    text, new = path.read_text(encoding="utf-8"), f'"Language: {tag.replace("-", "_")}\\n"'
    sent = save_sent(copy, text.replace(f'"Language: {folder}\\n"', new))
    told = run_command(receive, copy, sent, "--dry-run")[1]
    of = folder.replace("_", "-")
    word_for_word = rf"(\d+) of its \1 translations are those of {of}, word for word: is it the "
    assert re.search(word_for_word, told), told
    with_own = run_command(receive, copy, save_sent(copy, text), "--dry-run")[1]
    assert "word for word" not in with_own
