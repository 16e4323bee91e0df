"""The desk's pages: what stands beside each passage, in real files and in words people read."""

from __future__ import annotations

import html
import re
import shutil
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from letter.checks.catalogue_checks import check_file
from letter.checks.glossary import GLOSSARY, read_glossary
from letter.desk.desk import Desk, make_desk_policy
from letter.desk.interface_sheet import make_interface_sheet
from letter.desk.preview import make_previews
from letter.editions.catalogue import make_catalogue
from letter.editions.library import Library
from letter.formats.policies import hash_inline
from letter.formats.site import Site
from letter.languages.language import find_language
from letter.merging.sent_files import Known
from letter.merging.update import update_catalogue
from letter.po.reader import read_po
from letter.source.blocks import make_anchor
from letter.source.letter import read_letter
from letter.source.template import make_template
from scripts import check, sign_off, update
from tests.french_letter import write_french_letter

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Copy, WriteSite

VOID = ("area", "br", "col", "hr", "img", "input", "link", "meta", "wbr")
FIRST, SECOND, FOURTH, LAST = "pbeox35z", "pfc7dzj6", "puhybuyh", "ppe4d6d4"


class Reader(HTMLParser):
    """Reads the words of each piece, by the anchor of its passage, and their marks."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pieces: dict[str, str] = {}
        self.marks: dict[str, dict[str, str | None]] = {}
        self.open: list[tuple[str, str]] = []  # elements around, each with its id
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = str(found.get("id") or "").removeprefix("at-")
        if found.get("class") == "piece":
            assert name not in self.pieces, "two places of one passage"
            self.pieces[name], self.marks[name] = "", found
        if tag not in VOID:
            self.open.append((tag, name))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, name in self.open:
            if name in self.pieces:
                self.pieces[name] += data


def make_desk(copy: Copy, editor: str = "") -> Desk:
    return Desk(Library(copy.letter, copy.locales), Site(), editor)


def render(copy: Copy, tag: str = "ar") -> str:
    page = make_desk(copy).render(tag)
    assert page is not None
    return page


def list_lines(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())


def read_top(page: str) -> str:
    return list_lines(page.partition("<main")[0].partition("<body")[2])


def find_rows(overview: str) -> dict[str, str]:
    return dict(re.findall(r'<tr id="row-(\w+)"[^>]*>(.*?)</tr>', overview, re.DOTALL))


def spoil(copy: Copy) -> None:
    """Put into the Arabic file what check.py finds, in its header, passages, a name, a stray."""
    path = copy.po("ar")
    text = path.read_text(encoding="utf-8")
    place = text.rindex("250,000")
    text = text[:place] + "260,000" + text[place + 7 :]
    text = text.replace("Language: ar\\n", "Language: \\n").replace("«إننا", "إننا")
    text = text.replace('msgstr "زاد"', 'msgstr "<b>زاد</b>"')
    path.write_text(f'{text}\nmsgid "It left."\nmsgstr "ذهب 7"\n', encoding="utf-8")


def test_every_finding_of_the_check_stands_beside_its_passage(copy: Copy) -> None:
    spoil(copy)
    path = copy.po("ar")
    glossary = read_glossary(copy.locales / GLOSSARY)
    found, _ = check_file(path, find_language("ar"), glossary, editions=("ar", "ckb", "ku", "en"))
    assert len(found) >= 5
    page = render(copy)
    for finding in found:
        assert f"line {finding.line}: {finding.text} [{finding.check}]" in list_lines(page)
    read = Reader(page)
    assert "the translation has 260000 instead" in read.pieces[FIRST]
    assert read.marks[FIRST]["data-finding"] == "1"
    assert read.marks[FIRST]["data-state"] == "withheld"
    assert "data-finding" not in read.marks[SECOND]
    assert "the header has no language" in read.pieces[f"file-{make_anchor('')}"]
    about = page.partition("<main")[0]
    assert "It left." in about, "what the letter no longer has"
    assert "1 warning, by the English of before" in about


@pytest.mark.parametrize("tag", ["ar", "fr"])
def test_every_message_has_a_place(tmp_path: Path, tag: str) -> None:
    copy = write_french_letter(tmp_path)
    page, letter = render(copy, tag), read_letter(copy.letter)
    read = Reader(page)
    passages = {message.anchor for message in letter.messages if not message.is_name}
    assert set(read.pieces) == passages
    if tag == "ar":
        for entry in read_po(copy.po("ar")).entries:
            assert list_lines(html.escape(entry.msgid)).split("*")[0] in list_lines(page)


def test_a_margin_says_state_place_notes_and_terms(copy: Copy) -> None:
    page = make_desk(copy, "vscode").render("ckb") or ""
    piece = Reader(page).pieces[SECOND]
    assert "Passage 2: Finished" in piece
    assert "“A death sentence”" in piece.replace('"', "“", 1).replace('"', "”", 1)
    assert '<dt>death sentence</dt><dd><bdi lang="ckb" dir="rtl">حوکمی مەرگ</bdi>' in page
    line = next(
        number
        for number, text in enumerate(copy.po("ckb").read_text("utf-8").splitlines(), 1)
        if "شکستی کۆمەڵگەی" in text
    )
    link = f"vscode://file{copy.po('ckb').absolute()}:{line - 1}:1"
    assert f'href="{link}"' in page
    assert page.count('<details class="original">') == 6
    assert list_lines(page).count("The international community’s failure to prioritize") == 1


def test_what_is_not_finished_says_why_and_what_the_file_has(copy: Copy) -> None:
    copy.edit("ku", 'msgid ""\n"We do not', '#, fuzzy\n#| msgid "Old."\nmsgid ""\n"We do not')
    assert copy.run(sign_off, "ku", "--reviewer", "Zîn <zin@example.org>") == 0
    copy.edit("ku", "Last-Translator: ", "Last-Translator: \u202e")  # which turns a name around
    copy.edit("ku", 'msgid ""\n"The people', '#, fuzzy\nmsgid ""\n"The people')
    page = render(copy, "ku")
    read = Reader(page)
    assert {read.marks[each]["data-state"] for each in (FIRST, LAST)} == {"unfinished", "outdated"}
    assert "Needs work: it is marked fuzzy. Readers see English" in list_lines(read.pieces[FIRST])
    assert "Pêwîstiya xelkê Helebê" in read.pieces[FIRST], "what waits in the file"
    assert "English\n" not in read.pieces[FIRST], "the English stands there already"
    assert "Finished, reviewed by Zîn on " in read.pieces[SECOND]
    assert "<del>Old.</del>" in page
    assert [name for name, marks in read.marks.items() if "data-todo" in marks] == [FIRST, LAST]
    strip = list_lines(page.partition("<main")[0])
    assert "4 of 6 passages done · " in strip
    assert "Next: Passage 1 · last 2026-11-26 by Unreviewed draft" in strip
    assert "Left to do: Passage 1 Passage 5" in strip


def test_a_broken_file_keeps_its_page_and_says_its_line(copy: Copy) -> None:
    desk = make_desk(copy)
    good = desk.render("ku") or ""
    whole = copy.po("ku").read_text("utf-8")
    copy.po("ku").write_text(whole.replace('msgstr ""\n"Tevî', 'msgstr ""\nTevî'), "utf-8")
    broken = desk.render("ku") or ""
    line = whole[: whole.index('"Tevî')].count("\n") + 1
    assert '<p class="broken" role="alert">' in broken
    assert f"LC_MESSAGES/letter.po:{line}: This line" in list_lines(broken)
    assert Reader(broken).pieces == Reader(good).pieces
    assert "Mend the file first." in broken
    late = list_lines(render(copy, "ku"))
    assert ": Finished" not in late, "a desk that began with the broken file knows no better"
    assert "Readers see English in its place. Notes" in late
    assert "Until then nothing of it can be shown" in late, "none was ever good"
    assert "Next: " not in late
    assert late.count(str(copy.po("ku"))) == 2, "the file, and what is wrong"
    assert late.count("letter.po") == 6 + 2, "the margins as well"
    copy.po("ku").write_text(whole, "utf-8")
    assert desk.render("ku") == good


def test_other_broken_files_are_told_and_change_nothing(copy: Copy) -> None:
    desk = make_desk(copy)
    good = Reader(desk.render("ar") or "").pieces
    (copy.locales / "links.csv").write_text("nonsense\n", encoding="utf-8")
    # A file that became shorter may be half-saved, and is left alone for a second.
    interface = copy.locales / "ar" / "LC_MESSAGES" / "interface.po"
    for path in (copy.locales / "glossary.csv", interface, copy.letter):
        path.write_text(f'" <script>\n{path.read_text("utf-8")}', encoding="utf-8")
    page = desk.render("ar") or ""
    told = list_lines(page.partition('<p class="now"')[0])
    for name in ("glossary.csv:", "links.csv:1: ", "interface.po:1: ", "letter.md:1: "):
        assert name in told
    assert Reader(page).pieces == good
    overview = desk.render("") or ""
    assert overview.count("glossary.csv:") == 1
    assert "interface.po can’t be read now" in list_lines(find_rows(overview)["ar"])


@pytest.mark.parametrize("name", ["glossary.csv", "links.csv", "ar/LC_MESSAGES/interface.po"])
def test_nothing_is_handed_in_while_a_file_that_is_checked_is_broken(copy: Copy, name: str) -> None:
    path = copy.locales / name
    good = path.read_text("utf-8") if path.exists() else ""
    path.write_text(f'" <script>\n{good}', encoding="utf-8")
    assert copy.run(check, "ar") > 0
    top = read_top(render(copy))
    assert "6 of 6 passages done · mend the file first" in top
    assert "Mend the file first. Every passage is translated" in top
    assert "no findings" not in top
    assert "Hand the file in" not in top
    copy.edit("ar", 'msgid "“We', '#, fuzzy\nmsgid "“We')
    assert "Left to do: Title" in read_top(render(copy)), "which nobody has to wait for"


def test_a_file_that_was_taken_away_is_to_be_put_back(copy: Copy) -> None:
    desk = make_desk(copy)
    desk.render("ar")
    copy.po("ar").unlink()
    top = read_top(desk.render("ar") or "")
    assert "6 of 6 passages done when letter.po was last good · put the file back first" in top
    assert "The file was taken away: put it back first." in top
    assert "mend the file" not in top
    assert "letter.po can’t be read now" in list_lines(find_rows(desk.render("") or "")["ar"])


def test_a_folder_of_catalogues_that_is_away_is_told_on_each_desk(copy: Copy) -> None:
    desk = make_desk(copy)
    desk.render("ar")
    copy.locales.rename(copy.locales.with_name("away"))
    for tag in ("ar", "en", ""):
        top = read_top(desk.render(tag) or "")
        assert f"{copy.locales}: there is no such folder of catalogues" in top
        assert "no findings" not in top
    assert "put the folder locales back first" in read_top(desk.render("ar") or "")


def test_a_letter_that_is_in_another_language_now_is_not_looked_for_in_a_folder(copy: Copy) -> None:
    desk = make_desk(copy)
    desk.render("ar")
    text = copy.letter.read_text(encoding="utf-8")
    copy.letter.write_text(f"---\nlanguage: fr\n---\n{text}", encoding="utf-8")
    assert f"{copy.letter} is in French now" in (desk.render_gone("en") or "")


def test_the_front_matter_is_counted_beside_the_passages(tmp_path: Path) -> None:
    page = render(write_french_letter(tmp_path))
    passages, front = re.findall(r"(\d+) of (\d+) ", read_top(page))[:2]
    assert f"passages and {front[0]} of {front[1]} texts of the front matter done" in read_top(page)
    left = sum(int(total) - int(done) for done, total in (passages, front))
    marks = Reader(page).marks.values()
    assert sum("data-todo" in each for each in marks) == left


def test_an_edit_of_the_letter_shows_at_once_and_writes_nothing(copy: Copy) -> None:
    desk = make_desk(copy)
    before = {tag: desk.render(tag) for tag in ("ar", "en", "")}
    files = {path: path.read_bytes() for path in copy.locales.rglob("*") if path.is_file()}
    copy.change("Our calls have gone unanswered.", "All our calls have gone unanswered.")
    copy.change(
        "Help us save our Syria. More lives need not be lost.",
        "Help us.\n\nMore lives need not be lost.",
    )
    page = desk.render("ar") or ""
    read = Reader(page)
    states = [marks["data-state"] for marks in read.marks.values()]
    assert states.count("finished") == 4
    assert set(states) == {"finished", "outdated", "untranslated"}
    assert "<del>Our</del> <ins>All our</ins>" in page
    strip = list_lines(page.partition("<main")[0])
    assert "This file and the letter differ: " in strip
    assert "scripts/update.py --letter " in strip
    quoted = '<bdi>Translation of that passage: </bdi></p>\n<p lang="ar" dir="rtl">لا نفهم'
    assert page.count(quoted) == page.count("# <bdi>Split from: We do not") == 2
    assert any("doesn’t have it yet" in words for words in read.pieces.values())
    source = list_lines(desk.render("en") or "")
    assert "Outdated: Arabic, Kurdish (Sorani), Kurdish (Kurmanji)." in source
    assert '<td><b data-sign="↻">update first</b></td>' in find_rows(desk.render("") or "")["ar"]
    assert files == {path: path.read_bytes() for path in files}
    path = copy.po("ar")
    template = make_template(read_letter(copy.letter), copy.locales)
    updated, _ = update_catalogue(read_po(path), template)
    outdated = sum(entry.fuzzy for entry in updated.entries)
    assert f"{outdated} outdated" in strip, "the same as scripts/update.py"
    copy.letter.write_text((copy.letter).read_text("utf-8"), encoding="utf-8")
    assert desk.render("ar") == page
    assert before["ar"] != page


def test_the_last_passage_is_followed_by_the_next_step(copy: Copy) -> None:
    copy.edit("ar", 'msgstr "زاد"', 'msgstr ""')
    page = list_lines(render(copy))
    assert "All is translated. What comes next:" in page, "a name is nobody's work"
    assert ".venv/bin/python scripts/check.py ar --letter " in page
    assert f"git add {copy.locales / 'ar'} && git commit -m Arabic" in page
    assert 'sign_off.py ar --reviewer "Name <mail@example.org>"' in page
    assert "Readers are told that it is a draft." in page
    assert copy.run(sign_off, "ar", "--reviewer", "Rim <rim@example.org>") == 0
    page = render(copy)
    assert "All is translated and reviewed: nothing is left to do." in list_lines(page)
    assert "told that" not in page
    assert "a draft" not in find_rows(make_desk(copy).render("") or "")["ar"]
    signed = copy.po("ar").read_text("utf-8")
    copy.po("ar").write_text(re.sub("(# Reviewed by .* on) ", r"\1\n# ", signed), "utf-8")
    wrapped = Reader(render(copy)).pieces[FIRST]  # as Babel does
    assert "reviewed by Rim on " in wrapped
    assert "# " not in list_lines(wrapped), "a review is no comment, in one line or two"


def test_the_words_of_the_page_are_in_a_list_with_their_places(copy: Copy) -> None:
    path = copy.locales / "ku" / "LC_MESSAGES" / "interface.po"
    text = path.read_text("utf-8")
    assert "The page’s" not in render(copy, "ku")
    start = text.index('msgid "Languages"')
    path.write_text(text[:start] + text[start:].replace('msgstr "', 'msgstr "#99 ', 1), "utf-8")
    shown = render(copy, "ku")
    line = text[: text.index("msgstr", start)].count("\n") + 1
    (anchor,) = re.findall(r'<a href="#at-(page-\w+)">1 warning</a>', shown)
    piece = list_lines(Reader(shown).pieces[anchor])
    assert f"Languages The page’s words: “Languages” Warning, line {line}: " in piece
    assert f"{path}:{line}" in piece
    # The project's own catalogue of the same language lends what another lacks.
    path.write_text(text[:start] + "#, fuzzy\n" + text[start:], "utf-8")
    language, po = find_language("ku"), read_po(path)
    sheet = make_interface_sheet(language, [make_catalogue(language, po)], [po])
    (found,) = sheet.texts
    assert (found.msgid, found.state, found.line) == ("Languages", "unfinished", line + 1)
    assert sheet.part.finished == sheet.part.total - 1


def test_the_overview_counts_as_the_status_does(copy: Copy) -> None:
    spoil(copy)
    copy.edit("ku", 'msgid ""\n"The people', '#, fuzzy\nmsgid ""\n"The people')
    desk = make_desk(copy)
    rows = find_rows(desk.render("") or "")
    assert list(rows) == ["en", "ar", "ckb", "ku"]
    assert '<a href="ku/">Kurdish (Kurmanji)</a>' in rows["ku"]
    cells = [list_lines(cell) for cell in re.findall(r"<td>(.*?)</td>", rows["ku"], re.DOTALL)]
    words = len(read_letter(copy.letter).passages[1].msgid.split())
    assert cells[:5] == ["5 of 6", "0", "1", "0", str(words)]
    assert cells[6] == "0 of 6, a draft"
    assert "2 errors, 2 warnings" in rows["ar"], "the other warning is of what the letter lacks"
    assert desk.render("nn") is None


def test_what_has_not_changed_is_kept(copy: Copy) -> None:
    desk = make_desk(copy)
    pages = {tag: desk.render(tag) for tag in ("ar", "ku", "")}
    assert all(desk.render(tag) is page for tag, page in pages.items())
    copy.edit("ar", "«إننا", "إننا")
    assert desk.render("ku") is pages["ku"]
    assert desk.render("ar") != pages["ar"]
    copy.edit("ar", 'msgid "“We', '# Meant so: pairs\nmsgid "“We')
    assert "# <bdi>Meant so: pairs</bdi>" in (desk.render("ar") or ""), "a comment alone"
    shutil.rmtree(copy.locales / "ku")
    assert desk.render("ku") is None
    assert '"ku/"' not in (desk.render("") or "")


def test_the_policy_lets_in_what_the_page_has_and_nothing_else(copy: Copy) -> None:
    page, policy = render(copy), make_desk_policy()
    inline = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", page, re.DOTALL)
    assert len(inline) == 3
    assert all(hash_inline(text) in policy for text in inline)
    assert " style=" not in page
    assert 'data-events="events" data-version=""' in page


def test_a_file_from_a_mail_is_a_page_without_server_and_script(copy: Copy) -> None:
    data = copy.po("ckb").read_bytes().replace("حوکمی مەرگ".encode(), "سزا".encode(), 1)
    path = copy.letter.parent / "from a mail.po"
    path.write_bytes(data)
    (preview,) = make_previews(path, copy.letter, copy.locales, Known(), Site())
    letter, page = read_letter(copy.letter), preview.html
    assert "<script" not in page
    assert "data-events" not in page
    assert set(re.findall(r'href="([^#"]*)', page)) == {"data:,", ""}
    assert "from a mail.po" in page
    assert "ئەم وەرگێڕانە ڕەشنووسە" in page, "the words of the page are those of its language"
    assert set(Reader(page).pieces) == {message.anchor for message in letter.passages}


def test_marks_that_a_letter_or_a_file_brings_stay_text(write_site: WriteSite) -> None:
    evil = '# <img src=x>"\\"\n#, fuzzy\nmsgid "Hi & bye"\nmsgstr "<script>alert(1)</script>"\n'
    page = render(write_site("# Hi & bye\n", ku=evil), "ku")
    body = page.partition("<body")[2].rpartition("<script>")[0]
    assert "<script" not in body
    assert "<img" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_words_of_the_letter_have_its_language_and_direction(write_site: WriteSite) -> None:
    """Words of an Arabic letter (WCAG 3.1.2); who wrote a note said nothing of its language."""
    letter = "---\nlanguage: ar\n---\n# ماء\n\n<!-- translators: هنا (X). -->\nماء الآن نريد.\n"
    pairs = {"ماء": "Water", "ماء الأمس نريد.": "We want water.", "رحل.": "It left."}
    entries = "\n".join(f'msgid "{one}"\nmsgstr "{two}"\n' for one, two in pairs.items())
    page = render(write_site(letter, en=entries), "en")
    assert '<p dir="auto">هنا (X).</p>' in page
    arabic = re.findall(r'<p lang="ar" dir="rtl">(.*?)</p>', page, re.DOTALL)
    assert "ماء الأمس الآن نريد." in [list_lines(words) for words in arabic], "what differs"
    assert "رحل." in arabic, "gone from the letter"
    assert "<p>It left.</p>" in page


def test_errors_that_no_passage_has_are_named_and_led_to_from_the_top(copy: Copy) -> None:
    interface = copy.locales / "ar" / "LC_MESSAGES" / "interface.po"
    text = interface.read_text("utf-8")
    start = text.index('msgid "Languages"')
    interface.write_text(text[:start] + text[start:].replace('"\n\n', '<b>"\n\n', 1), "utf-8")
    copy.edit("ar", "Language: ar\\n", "Language: de\\n")
    copy.edit("ar", 'msgstr "زاد"', 'msgstr "<b>زاد</b>"')
    page = render(copy)
    read = Reader(page)
    top = page.partition("<main")[0]
    led = dict(re.findall(r'<a href="#at-([^"]*)">([^<]*)</a>', top.partition("All is trans")[2]))
    assert list(led.values()) == [
        *("Name “Zaad”", "The file as a whole", "The page’s words: “Languages”"),
    ]
    assert all("data-finding" in read.marks[anchor] for anchor in led)
    assert '">3 errors</a>' in top
    for anchor in led:
        before = page[: page.index(f'id="at-{anchor}"')]
        assert before.count("<details") == before.count("</details"), "seen at once"


def test_findings_by_words_of_before_do_not_contradict_what_the_letter_says_now(
    copy: Copy,
) -> None:
    copy.change("across Aleppo, where 250,000", "across Aleppo, where 300,000")
    copy.edit("ar", "لا يزال فيها 250,000", "لا يزال فيها 300,000")
    page = render(copy)
    read = Reader(page)
    (anchor,) = [name for name, marks in read.marks.items() if marks["data-state"] == "outdated"]
    assert "data-finding" not in read.marks[anchor]
    told = list_lines(read.pieces[anchor])
    assert "1 error, by the English of before Error" in told
    top = list_lines(page.partition("<main")[0])
    assert "words left · First: update the file" in top
    assert "First run .venv/bin/python scripts/update.py" in top
    assert "Then to do: Passage 1" in top


def test_an_original_that_differs_is_updated_whoever_changed_it(copy: Copy) -> None:
    copy.edit("ar", '"We do not understand', '"We dont understand')
    page = render(copy)
    read = Reader(page)
    (anchor,) = [name for name, marks in read.marks.items() if "data-todo" in marks]
    told = list_lines(read.pieces[anchor])
    assert "Outdated: it was translated from other words than the letter’s." in told
    assert "What differs in the letter: We dont do not understand" in told
    assert "<del>dont</del> <ins>do not</ins>" in page
    assert "run scripts/update.py" not in told, "said once, at the top"
    top = read_top(page)
    assert "This file and the letter differ: 1 outdated. First run .venv/bin/python" in top
    assert "words left · First: update the file" in top
    assert "Then to do: Passage 5" in top


def test_words_of_before_that_an_editor_writes_back_are_nobodys_mistake(copy: Copy) -> None:
    before = copy.po("ar").read_text("utf-8")
    letter = copy.letter.read_text("utf-8")
    copy.change("Our calls have gone unanswered.", "All our calls have gone unanswered.")
    assert copy.run(update) == 0
    copy.po("ar").write_text(before, "utf-8")
    page = render(copy)
    assert "<del>Our</del> <ins>All our</ins>" in page
    assert "First run .venv/bin/python scripts/update.py" in read_top(page)
    copy.letter.write_text(letter, "utf-8")
    assert "All is translated." in read_top(render(copy)), "letter.pot alone is newer"
    copy.letter.write_text(letter.replace("Help us save our Syria.", "Help."), "utf-8")
    assert "data-finding" not in render(copy).partition("<script>")[0]


def test_every_margin_has_a_name_of_its_own(write_site: WriteSite) -> None:
    table = "| A | B |\n|---|---|\n| {} | {} |\n\n"
    notes = "[^1]: First part.\n\n    Second part.\n"
    letter = "# T\n\n" + table.format("C", "D") + table.format("E", "F") + "Why.[^1]\n\n" + notes
    page = render(write_site(letter, ku=""), "ku")
    names = re.findall(r'class="margin" role="group" aria-label="([^"]*)"', page)
    assert {"Footnote 1", "Footnote 1, part 2", "Row 2, cell 1", "Row 2, cell 1 (2)"} <= {*names}
    assert len(names) == len(set(names))


def test_what_is_noted_of_a_name_is_told(copy: Copy) -> None:
    page = list_lines(render(copy).partition('<details class="names">')[2])
    assert "organisation of Kurds" in page
    assert page.count("leave empty to show it as written") == 1, "once for all"


def test_one_thing_is_said_to_come_first(copy: Copy) -> None:
    """Update.py can't read a broken file, and what is reviewed isn't to be signed again."""
    assert copy.run(sign_off, "ar", "--reviewer", "Zîn <zin@example.org>") == 0
    letter = copy.letter.read_text("utf-8")
    copy.letter.write_text(re.sub("\nWe do not understand.*", "", letter), "utf-8")
    top = read_top(render(copy))
    assert "5 of 5 passages done · First: update the file" in top
    assert "1 gone. First run .venv/bin/python scripts/update.py" in top
    assert "then translate" not in top
    assert "No passage is to do then." in top
    assert "sign" not in top
    desk = make_desk(copy)
    for path in (copy.letter, copy.po("ar")):
        good = path.read_text("utf-8")
        desk.render("ar")
        path.write_text(f'" <script>\n{good}', encoding="utf-8")
        top = read_top(desk.render("ar") or "")
        assert "mend the file first" in top
        assert "This file and the letter differ: 1 gone. This page shows the file as" in top
        assert "First" not in top
        path.write_text(good, encoding="utf-8")
