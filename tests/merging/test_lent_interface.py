"""An interface beside a letter holds what someone wrote there, and the project's own the rest."""

import json
from pathlib import Path

import pytest

from letter.po.reader import read_po
from scripts import add_language, sign_off, status, update
from tests.conftest import Copy, WriteSite
from tests.merging.examples import run_command

HEADER = 'msgid ""\nmsgstr "Language: fr\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
CONTACT = '#: letter/formats/templates/parts.html\nmsgid "Contact"\nmsgstr "Nous écrire"\n'
OTHER = '\n#: letter/formats/templates/parts.html\nmsgid "Gone"\nmsgstr "Parti"\n'
REVIEWER = "--reviewer=Z <z@example.org>"


@pytest.fixture
def site(write_site: WriteSite) -> Copy:
    return write_site("# Hi\n", fr='#: letter.md\nmsgid "Hi"\nmsgstr "Salut"\n')


def find_page(site: Copy, folder: str = "fr") -> Path:
    return site.po(folder).with_name("interface.po")


def list_active(path: Path) -> list[str]:
    return [entry.msgid for entry in read_po(path).entries if not entry.obsolete]


def test_one_word_of_ones_own_stays_one_word(site: Copy) -> None:
    find_page(site).write_text(HEADER + CONTACT + OTHER, encoding="utf-8")
    code, told = run_command(update, site)
    assert (code, "0 words to translate" in told) == (0, True)
    assert "new" not in told
    assert list_active(find_page(site)) == ["Contact"]
    assert "#~ msgstr" in find_page(site).read_text(encoding="utf-8"), "nothing is lost"
    assert run_command(update, site, "--check")[0] == 0
    (found,) = json.loads(run_command(status, site, "--json")[1])
    assert found["interface"]["finished"] == found["interface"]["total"]
    code, told = run_command(sign_off, site, "fr", "--interface", REVIEWER)
    assert (code, "1 text signed off" in told) == (0, True)


def test_of_an_old_catalogue_only_what_it_says_moves(site: Copy) -> None:
    text = site.po("fr").read_text(encoding="utf-8")
    empty = '\n#: letter/formats/templates/parts.html\nmsgid "Imprint"\nmsgstr ""\n'
    site.po("fr").write_text(f"{text}\n{CONTACT}{empty}", encoding="utf-8")
    assert run_command(update, site)[0] == 0
    assert list_active(find_page(site)) == ["Contact"]


def test_what_nobody_else_has_is_added_and_told_where_it_is_missing(
    site: Copy,
) -> None:
    assert run_command(add_language, site, "cy")[0] == 0
    page = find_page(site, "cy")
    whole = list_active(page)
    assert len(whole) > 20
    page.write_text(HEADER.replace("fr", "cy") + CONTACT, encoding="utf-8")
    code, told = run_command(sign_off, site, "cy", "--interface", REVIEWER)
    assert (code, "1 text signed off" in told) == (0, True)
    assert f"{len(whole) - 1} texts aren't in the file: run scripts/update.py" in told
    assert run_command(update, site)[0] == 0
    assert list_active(page) == whole


def test_nothing_is_left_to_do_behind_a_new_language(site: Copy) -> None:
    assert run_command(update, site)[0] == 0
    assert run_command(add_language, site, "cy")[0] == 0
    assert run_command(update, site, "--check") == (0, "Everything is up to date.\n")


def test_an_empty_interface_of_a_parent_lends_nothing(site: Copy) -> None:
    page = find_page(site, "no")
    page.parent.mkdir(parents=True)
    page.write_text(HEADER.replace("fr", "no"), encoding="utf-8")
    assert run_command(add_language, site, "nb")[0] == 0
    assert len(list_active(find_page(site, "nb"))) > 20
    page.write_text(HEADER.replace("fr", "no") + CONTACT, encoding="utf-8")
    site.po("nb").unlink()
    find_page(site, "nb").unlink()
    assert run_command(add_language, site, "nb")[0] == 0
    assert "Contact" not in list_active(find_page(site, "nb"))


def test_the_interface_of_the_letters_own_language_is_listed(write_site: WriteSite) -> None:
    letter = "---\nlanguage: fr\n---\n# Salut\n"
    site = write_site(letter, fr='msgid "Salut"\nmsgstr ""\n', ar="")
    find_page(site).write_text(HEADER + CONTACT, encoding="utf-8")
    assert "interface alone: fr " in run_command(status, site)[1]
