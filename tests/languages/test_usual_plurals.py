"""Catalogues with the plural rules of gettext, Weblate and CLDR are right as they are."""

import pytest
from babel import Locale

from letter.checks.catalogue_checks import check_catalogue
from letter.checks.findings import Severity
from letter.editions.catalogue import State, make_catalogue
from letter.editions.interface import Interface
from letter.languages.language import find_language
from letter.languages.plural_rules import parse_plural_forms
from letter.languages.usual_plurals import list_usual_forms
from letter.po.header import header_fields, set_header_fields
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po
from tests.tools import ROOT, run_gettext

MSGINIT = ("--no-translator", "-o", "-", "-i", ROOT / "locales" / "interface.pot")
GETTEXTS = (
    "ja vi ko en de nl sv da no nb nn fo es pt it bg el fi et he eo hu tr pt_BR fr lv ga ro lt ru "
    "uk be sr hr cs sk pl sl"
)
TWO, MORE = "nplurals=2; plural=n != 1;", "nplurals=2; plural=n > 1;"
MILLIONS = "nplurals=3; plural=(n==1 ? 0 : n!=0 && n%1000000==0 ? 1 : 2);"
POLISH = "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2;"
LATVIAN = (
    "nplurals=3; plural=(n%10==0 || n%100>=11 && n%100<=19 ? 0 : n%10==1 && n%100!=11 ? 1 : 2);"
)
FRENCH = "nplurals=3; plural=(n<=1 ? 0 : n!=0 && n%1000000==0 ? 1 : 2);"


def fill_plurals(po: PoFile) -> PoFile:
    """Translate every plural, each form in words of its own."""
    count = parse_plural_forms(header_fields(po)["Plural-Forms"]).nplurals
    entries = []
    for entry in po.entries:
        if entry.msgid_plural is not None:
            form = entry.msgid_plural.replace("the letter", "…")
            msgstr = tuple(f"{form}{'!' * i}" for i in range(count))
            entry = Entry(entry.msgid, msgstr, entry.msgctxt, entry.msgid_plural)
        entries.append(entry)
    return PoFile(po.path, po.header, tuple(entries))


@pytest.mark.parametrize(
    "name", ["fr", "es", "it", "he", "pt", "pt_BR", "sl", "pl", "ga", "lv", "ar", "ja", "ru", "ro"]
)
def test_what_msginit_makes_is_right_and_shown_as_it_is(name: str) -> None:
    po = parse_po(run_gettext("msginit", *MSGINIT, "-l", name), f"{name}.po")
    language = find_language(name)
    if "Plural-Forms" not in header_fields(po):  # gettext has no Arabic
        po = set_header_fields(po, {"Plural-Forms": language.plural_forms})
    po = fill_plurals(po)
    assert [f for f in check_catalogue(po, language) if f.check in ("header", "plural")] == []
    catalogue = make_catalogue(language, po)
    plurals = [entry for entry in po.entries if entry.msgid_plural is not None]
    assert plurals
    assert {catalogue.translations[e.key].state for e in plurals} == {State.FINISHED}
    rule = parse_plural_forms(catalogue.headers["Plural-Forms"])
    new = language.choose_plural_rule()
    interface = Interface(language, (catalogue,))
    one, many = str(plurals[0].msgid), str(plurals[0].msgid_plural)
    for n in (0, 1, 2, 3, 5, 11, 21, 100, 101, 1_000):
        assert rule.index(n) == new.index(n)
        shown = interface.ngettext(one, many, n).text
        assert len(shown) - len(shown.rstrip("!")) == rule.index(n)


@pytest.mark.parametrize(
    ("tag", "header"),
    [
        *((tag, TWO) for tag in ("es", "it", "ca", "he", "pt", "pt-PT", "ht", "nds", "sa", "ja")),
        *((tag, MORE) for tag in ("fr", "fr-CA", "pt", "pt-BR", "pt-PT", "oc", "fil")),
        *((tag, MILLIONS) for tag in ("es", "it", "ca", "es-AR", "ca-ES-valencia", "lld")),
        *(("fr", FRENCH), ("pt-BR", FRENCH), ("lv", LATVIAN)),
        ("he", "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);"),
        ("he", "nplurals=4; plural=(n==1 ? 0 : n==2 ? 1 : n>10 && n%10==0 ? 2 : 3);"),
        ("ga", "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n<7 ? 2 : n<11 ? 3 : 4);"),
        # Transifex numbers a form for fractions as well, which no count of things reaches.
        ("pl", "nplurals=4; plural=" + POLISH),
        ("cs", "nplurals=4; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : n%1!=0 ? 2 : 3);"),
        ("sl", "nplurals=4; plural=(n%100==1 ? 1 : n%100==2 ? 2 : n%100==3 || n%100==4 ? 3 : 0);"),
        ("ka", "nplurals=1; plural=0;"),
    ],
)
def test_a_usual_or_finer_rule_has_no_finding(tag: str, header: str) -> None:
    assert find_plural_faults(tag, header) == []


@pytest.mark.parametrize(
    ("tag", "header", "words"),
    [
        ("ar", TWO, "the header says nplurals=2, the language needs 6: write"),
        ("ru", TWO, "the header says nplurals=2, the language needs 3: write"),
        ("sl", TWO, "the language needs 4: write"),
        ("fr", "nplurals=1; plural=0;", "the language needs 2: write"),
        ("lv", "nplurals=3; plural=" + POLISH, "the plural rule is wrong for the number 5: write"),
        ("fr", TWO, "the plural rule is wrong for the number 0: write"),
        ("en", "nplurals=2; plural=n == 1;", "the plural rule is wrong for the number 0: write"),
    ],
)
def test_a_rule_that_lumps_counts_together_is_told(tag: str, header: str, words: str) -> None:
    (severity, text), *others = find_plural_faults(tag, header)
    assert words in text
    assert not others
    assert severity == (Severity.WARNING if "number" in words else Severity.ERROR)


def find_plural_faults(tag: str, header: str) -> list[tuple[Severity, str]]:
    """Check a catalogue of one plural that has all the forms of its header."""
    language = find_language(tag)
    count = int(header[len("nplurals=")])
    forms = "".join(f'msgstr[{i}] "{i + 1}"\n' for i in range(count))
    fields = f"Content-Type: text/plain; charset=UTF-8\\nLanguage: {language.folder}\\n"
    head = f'msgid ""\nmsgstr "{fields}Plural-Forms: {header}\\n"\n\n'
    po = parse_po(f'{head}msgid "a"\nmsgid_plural "b"\n{forms}'.encode(), "x.po")
    return [(finding.severity, finding.text) for finding in check_catalogue(po, language)]


def test_gettexts_own_rules_are_those_of_new_catalogues() -> None:
    """The names are those of gettext's table (gettext 0.21, plural-table.c)."""
    for name in GETTEXTS.split():
        header = header_fields(parse_po(run_gettext("msginit", *MSGINIT, "-l", name), "x.po"))
        rule, new = parse_plural_forms(header["Plural-Forms"]), find_language(name).plural_forms
        written = parse_plural_forms(new)
        assert all(rule.index(n) == written.index(n) for n in range(1001)), name


def test_the_table_holds_only_usable_rules_that_add_something() -> None:
    table = (ROOT / "letter" / "languages" / "usual_plurals.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in table.splitlines()[1:]]
    assert rows == sorted(rows, key=lambda row: row[0])
    for name, use, count, plural, _ in rows:
        header = f"nplurals={count}; plural={plural};"
        assert use in ("new", "also")
        assert parse_plural_forms(header).nplurals == int(count)
        headers = list_usual_forms(Locale.parse(name))
        assert header in headers
        assert (headers[0] == header) == (use == "new")


def test_a_form_for_nothing_is_told_by_the_rule_of_its_file() -> None:
    po = parse_po(
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: lv\\n'
        f'Plural-Forms: {LATVIAN}\\n"\n\nmsgid "%(count)s of %(total)s"\nmsgid_plural "%(total)s"\n'
        'msgstr[0] "%(total)s"\nmsgstr[1] "%(total)s"\nmsgstr[2] "neviens"\n'.encode(),
        "lv.po",
    )
    language = find_language("lv")
    assert [f.check for f in check_catalogue(po, language)] == ["placeholders"]
    assert make_catalogue(language, po).translations[po.entries[0].key].state is State.WITHHELD
