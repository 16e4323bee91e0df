"""Catalogues in which the page's messages stood once are parted, and lose nothing on the way."""

import pytest

from letter.po.marks import find_reviews, make_digest
from letter.po.model import Entry, PoFile
from letter.po.reader import read_po
from scripts import update
from tests.conftest import Copy, WriteSite
from tests.merging.examples import run_command

LETTER = "# Hi\n\nContact\n"
PAGE = "#: letter/formats/templates/parts.html\n"
DIGEST = make_digest(Entry("Signatories", ("Îmzekar",)))
REVIEW = f"# Reviewed by Zîn <zin@example.org> on 2026-11-22 ({DIGEST})\n"
OWN = """\
# mine
#: letter.md
msgid "Hi"
msgstr "Sil"
"av"

#: letter.md letter/formats/templates/parts.html
msgid "Contact"
msgstr "Têkilî"
"""
SIGNATORIES = f'# a word\n{REVIEW}{PAGE}msgid "Signatories"\nmsgstr "Îmzekar"\n'
ONCE = f'{PAGE}msgid "A word of the page as it was."\nmsgstr "Gotinek."\n'
OLD = f'{OWN}\n{SIGNATORIES}\n{ONCE}\n{PAGE}msgid "Imprint"\nmsgstr ""\n\n'
OLD += '# of once\n#~ msgid "Plain text"\n#~ msgstr "Nivîs"\n'


def interface_of(site: Copy) -> dict[str, Entry]:
    return {entry.msgid: entry for entry in read_page(site).entries}


def read_page(site: Copy) -> PoFile:
    return read_po(site.po("ku").with_name("interface.po"))


def write_interface(site: Copy, text: str) -> None:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    site.po("ku").with_name("interface.po").write_text(header + text, encoding="utf-8")


FUZZY = '#, fuzzy\nmsgid "Signatories"\nmsgstr "Nav"\n\n'
OBSOLETE = '#~ msgid "Signatories"\n#~ msgstr "Kevn"\n'


def test_what_is_of_the_page_goes_and_the_letters_own_keeps_every_byte(
    write_site: WriteSite,
) -> None:
    site = write_site(LETTER, ku=OLD)
    code, told = run_command(update, site)
    assert code == 0
    assert f"{site.po('ku')}: changed: 2 kept; 0 words to translate\n  5 messages of the" in told
    own = OWN.replace(" letter/formats/templates/parts.html", "")
    assert site.po("ku").read_text(encoding="utf-8").endswith(f'\\n"\n\n{own}')
    found = interface_of(site)
    assert found["Signatories"].msgstr == ("Îmzekar",)
    assert found["Signatories"].comments[0] == "a word"
    assert [review.name for review in find_reviews(found["Signatories"])[0]] == ["Zîn"]
    once = found["A word of the page as it was."]
    assert (once.msgstr, once.obsolete) == (("Gotinek.",), True)
    assert (found["Plain text"].msgstr, found["Plain text"].obsolete) == (("Nivîs",), False)
    assert found["Plain text"].comments == ("of once",)
    assert found["Contact"].msgstr == ("Têkilî",), "it is of both"
    assert run_command(update, site) == (0, "Everything is up to date.\n")


@pytest.mark.parametrize(
    ("there", "text", "comments"),
    [
        ('msgid "Signatories"\nmsgstr ""\n', "Îmzekar", ["a word"]),
        ('#, fuzzy\nmsgid "Signatories"\nmsgstr "Nav"\n', "Îmzekar", ["Earlier translation: Nav"]),
        ('# own\nmsgid "Signatories"\nmsgstr "Nav"\n', "Nav", ["own", "Another translation: Îmz"]),
        (FUZZY + OBSOLETE, "Îmzekar", ["Earlier translation: Nav", "Earlier translation: Kevn"]),
        ('#~ msgid "Signatories"\n#~ msgstr "Nav"\n', "Îmzekar", ["Earlier translation: Nav"]),
    ],
)
def test_a_text_of_the_interface_stays_if_finished_and_no_text_is_lost(
    write_site: WriteSite, there: str, text: str, comments: list[str]
) -> None:
    site = write_site(LETTER, ku=OLD)
    write_interface(site, there)
    assert site.run(update) == 0
    entry = interface_of(site)["Signatories"]
    is_choice = text == "Nav"
    assert (entry.msgstr, entry.fuzzy, entry.obsolete) == ((text,), is_choice, False)
    for comment in (*comments, "a word", "Reviewed by Zîn"):
        assert any(line.startswith(comment) for line in entry.comments), entry.comments


def test_without_a_text_of_the_page_there_is_no_interface_beside_a_letter(
    write_site: WriteSite,
) -> None:
    own = OWN.replace(" letter/formats/templates/parts.html", "")
    site = write_site(LETTER, ku=f'{own}\n{PAGE}msgid "Imprint"\nmsgstr ""\n')
    assert site.run(update) == 0
    assert "Imprint" not in site.po("ku").read_text(encoding="utf-8")
    assert sorted(path.name for path in site.locales.rglob("*.po*")) == ["letter.po", "letter.pot"]


def test_nothing_goes_where_the_interface_is_broken(write_site: WriteSite) -> None:
    site = write_site(LETTER, ku=OLD)
    write_interface(site, 'msgid "broken\n')
    before = site.po("ku").read_bytes()
    code, told = run_command(update, site)
    assert code == 2
    assert "interface.po:4: " in told
    assert site.po("ku").read_bytes() == before


def test_a_name_that_changes_is_another_and_nobodys_work(write_site: WriteSite) -> None:
    letter = "# Hi\n\n<!-- signatories -->\n- Syrian Society of Kent\n- Zaad\n"
    site = write_site(letter, ku='msgid "Syrian Society of Kent"\nmsgstr "Civak"\n')
    assert site.run(update) == 0
    site.change("Society of Kent\n- Zaad", "Society in Kent\n- Zaad\n- SAY")
    code, told = run_command(update, site)
    assert code == 0
    assert "changed: 1 kept, 2 names new, 1 name gone; 1 words to translate" in told
    text = site.po("ku").read_text(encoding="utf-8")
    assert "fuzzy" not in text
    assert '#~ msgstr "Civak"' in text
    site.change("# Hi\n", "# Hi\n\nA text of no name.\n")
    assert site.run(update) == 0
    site.po("ku").write_text(
        site.po("ku").read_text("utf-8").replace('name."\nmsgstr ""', 'name."\nmsgstr "Nivîs."')
    )
    site.change("\nA text of no name.\n", "")
    site.change("- SAY", "- A text of no names")
    assert "1 gone, 1 name new, 1 name gone" in run_command(update, site)[1]
    site.change("in Kent", "of Kent")
    assert site.run(update) == 0
    assert '\nmsgstr "Civak"' in site.po("ku").read_text(encoding="utf-8")
