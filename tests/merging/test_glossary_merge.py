"""The glossary of a language goes out to translators' tools and comes back, and nothing is lost."""

import csv
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from letter.checks.glossary import GlossaryError, parse_glossary, read_glossary
from letter.errors import OneLetterError
from letter.merging.attachments import ReceiveError
from letter.merging.csv_table import format_csv_table, list_row_lines, parse_csv_table, read_cell
from letter.merging.glossary_merge import list_terms, merge_forms, merge_terms
from letter.merging.term_tables import format_terms, read_terms
from letter.source.csv_rows import read_csv_rows
from scripts import glossary
from tests.conftest import Copy
from tests.git import commit, start_repository
from tests.merging.examples import run_command
from tests.processor_time import limit_time

ENTRY = """\
<termEntry%s>
<langSet xml:lang="en"><tig><term>%s</term></tig></langSet>
<langSet xml:lang="kmr">%s</langSet>
</termEntry>
"""
TBX = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif PUBLIC "ISO 12200:1999A//DTD MARTIF core (DXFcdV04)//EN" "TBXcdv04.dtd">
<martif type="TBX" xml:lang="en"><text><body>
%s</body></text></martif>
"""
WORD = st.text("aبکê'\"=+-@|,;\t\n\u200c\u2028 ", max_size=6)
ROWS = st.lists(
    st.tuples(WORD.filter(str.strip), WORD, WORD, WORD),
    max_size=4,
    unique_by=lambda r: r[0].strip(),
)
FORMS = st.lists(st.sampled_from("abcd"), unique=True).map(tuple)


@pytest.fixture
def terms(copy: Copy) -> Path:
    """The real glossary, committed once."""
    start_repository(copy.letter.parent)
    commit(copy.letter.parent)
    return copy.locales / "glossary.csv"


def take(copy: Copy, name: str, text: str, *options: str, tag: str = "ar") -> tuple[int, str]:
    """Take a file back that has that name and that text."""
    path = copy.letter.parent / name
    path.write_text(text, encoding="utf-8", newline="")
    return run_command(glossary, copy, tag, str(path), *options)


def replace_once(path: Path, old: str, new: str) -> None:
    data = path.read_bytes()
    assert data.count(old.encode()) == 1
    path.write_bytes(data.replace(old.encode(), new.encode()))


ABOVE = ("", "\n,;\r\n", "sep={0}\n\n", '\n"SEP={0}"{0}{0}\r\n')


@example(
    rows=[("Homs", "", "حمص|حمص", "")],
    mark=",",
    newline="\n",
    above="",
    has_bom=False,
    is_cut=False,
)
@given(
    ROWS,
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(ABOVE),
    st.booleans(),
    st.booleans(),
)
def test_what_goes_out_comes_back_as_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, ...]],
    mark: str,
    newline: str,
    above: str,
    has_bom: bool,
    is_cut: bool,
) -> None:
    file = StringIO(newline="")
    writer = csv.writer(
        file,
        delimiter=mark,
        lineterminator=newline,
        quoting=csv.QUOTE_ALL if is_cut else csv.QUOTE_MINIMAL,
    )
    writer.writerows([("term", "note", "ar", "ckb"), *rows])
    text = "\ufeff" * has_bom + above.format(mark)
    text += file.getvalue().rstrip("\r\n") if is_cut else file.getvalue()
    try:
        parse_glossary(text.removeprefix("\ufeff"))
    except GlossaryError:
        return
    table = parse_csv_table(text)
    assert format_csv_table(table) == text
    read = read_csv_rows(text.removeprefix("\ufeff"), "x", OneLetterError)
    assert [[read_cell(c) for c in row] for row in table.rows] == [row or [""] for _, row in read]
    assert list_row_lines(table)[: len(read)] == [line for line, _ in read]
    folder = tmp_path_factory.mktemp("out")
    for name in ("out.csv", "out.utf8"):
        sent = [term for term in list_terms(table, "ar") if term.forms]
        if sent:
            (folder / name).write_bytes(format_terms(sent, folder / name))
            back = read_terms(folder / name, "ar", "en")
            assert [(t.name, t.forms) for t in back] == [(t.name, t.forms) for t in sent]
            for base in (None, {term.name: term.forms for term in sent}):
                assert merge_terms(table, "ar", back, base) == (table, [])


@given(st.none() | FORMS, FORMS, FORMS)
def test_no_form_is_lost_that_a_side_added_or_only_one_side_knows(
    base: tuple[str, ...] | None, here: tuple[str, ...], there: tuple[str, ...]
) -> None:
    merged, told, _ = merge_forms(base, here, there)
    assert {*merged} >= ({*here, *there} - {*(base or ())})
    assert {*merged} <= {*here, *there}
    assert bool(told) or merged == here
    if base is None:
        assert {*merged} == {*here, *there}


def test_each_side_keeps_what_it_changed_and_a_person_chooses_between_both(
    copy: Copy, terms: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy.letter.parent)
    assert copy.run(glossary, "ar") == 0
    assert capsys.readouterr().out == "glossary-ar.csv: 21 terms, 21 translated\n"
    out = Path("glossary-ar.csv")
    replace_once(terms, "حومس", "حمص")  # Homs in ckb, which is nobody's business there
    replace_once(terms, "حماة", "حماه")  # Hama: here alone
    replace_once(terms, "مقطع|مقاطع", "فقرة")  # passage: here and there
    replace_once(out, "مقطع|مقاطع", "مقطع")
    replace_once(out, "الأتارب", "أتارب")  # there alone
    replace_once(out, '"إدلب"', '""')
    replace_once(out, '"Syria","سوريا|سوريتنا","The country"\r\n', "")
    out.write_bytes(out.read_bytes() + '"ceasefire, now","هدنة","Since ""Feb"""\r\n'.encode())
    before = terms.read_bytes()
    code, told = run_command(glossary, copy, "ar", str(out))
    assert code == 1
    path = "locales/glossary.csv"
    assert told.splitlines() == [
        f"{path}:5: Idlib: was emptied there, and stays: \u2068إدلب\u2069",
        f"{path}:6: Atareb: \u2068الأتارب\u2069 became \u2068أتارب\u2069",
        f"{path}:22: passage: both are kept, since the glossary changed here, too: choose: "
        "\u2068فقرة|مقطع\u2069",
        f"{path}:23: ceasefire, now: is a new term, nothing yet for ckb, ku: \u2068هدنة\u2069",
        f"{path}: 1 term is not in glossary-ar.csv, and stays",
    ]
    wanted = before.decode().replace("الأتارب", "أتارب").replace("فقرة", "فقرة|مقطع")
    assert terms.read_bytes().decode() == f'{wanted}"ceasefire, now","Since ""Feb""",هدنة,,\n'
    assert run_command(glossary, copy, "ar", str(out))[0] == 1  # Idlib is still empty there
    assert terms.read_bytes().decode().count("هدنة") == 1


def test_without_its_version_in_git_no_translation_is_replaced(copy: Copy) -> None:
    code, told = take(copy, "x.csv", "source,target\nsiege,حصر\nHoms,حمص\n")
    assert code == 1
    assert "its earlier version is unknown: choose: \u2068الحصار|محاصرة|حصر\u2069" in told
    assert "x.csv: which version it was written from is not known: the glossary is in no" in told


def test_a_table_stays_as_its_program_writes_it(copy: Copy, terms: Path) -> None:
    rows = ["term;note;ar", '"siege";;"حصار"', "town;a\u2028b;", "", "end;;نهاية"]
    terms.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(rows).encode())
    text = "source,target,notes\nsiege,حصار|طوق,\ntown,مدينة;بلدة,\nnew,جديد,why\n"
    code, told = take(copy, "x.csv", text)
    assert (code, told.count("\n")) == (0, 4), told
    rows[1:3] = ['"siege";;"حصار|طوق"', 'town;a\u2028b;"مدينة;بلدة"']
    rows.append("new;why;جديد")
    assert terms.read_bytes() == b"\xef\xbb\xbf" + "\r\n".join(rows).encode()


def test_a_language_gets_a_column_when_someone_asks(copy: Copy, terms: Path) -> None:
    before = terms.read_text(encoding="utf-8")
    text = "source,target,notes\nsiege,محاصره,\n"
    code, told = take(copy, "fa.csv", text, tag="fa")
    assert (code, told) == (2, f"{terms}:1: has no column fa: add it with --add\n")
    assert take(copy, "fa.csv", text, "--add", "--dry-run", tag="fa")[0] == 0
    assert terms.read_text(encoding="utf-8") == before
    assert take(copy, "fa.csv", text, "--add", tag="fa")[0] == 0
    lines = [line + (",محاصره" if line[:5] == "siege" else ",") for line in before.splitlines()]
    lines[0] = "term,note,ar,ckb,ku,fa"
    assert terms.read_text(encoding="utf-8").splitlines() == lines
    assert read_glossary(terms)["siege"]["fa"] == ["محاصره"]


def test_the_glossary_of_all_languages_is_never_the_file_of_one(copy: Copy) -> None:
    terms = copy.locales / "glossary.csv"
    before = terms.read_bytes()
    code, told = run_command(glossary, copy, "ar", "--output", str(terms))
    assert (code, terms.read_bytes()) == (2, before)
    assert "is the glossary of all languages: name another file" in told


def test_a_language_without_a_column_is_told_and_found_in_either_spelling(copy: Copy) -> None:
    out = copy.letter.parent / "out.csv"
    code, told = run_command(glossary, copy, "pt_BR", "--output", str(out))
    assert (code, "has no column pt-BR yet: take the file back with --add" in told) == (0, True)
    assert take(copy, "x.csv", "source,target\nsiege,cerco\n", "--add", tag="pt_BR")[0] == 0
    told = run_command(glossary, copy, "pt_BR", "--output", str(out))[1]
    assert told == f"{out}: 21 terms, 1 translated\n"


def test_a_new_column_is_of_a_language_that_may_have_an_edition(copy: Copy, terms: Path) -> None:
    before, text = terms.read_bytes(), "source,target\nsiege,محاصره\n"
    code, told = take(copy, "en.csv", text, "--add", tag="en")
    assert (code, terms.read_bytes()) == (2, before)
    assert told.startswith("en is the letter's own language")
    code, told = take(copy, "fa.csv", text, "--add", tag="fa_IR")
    assert (code, "no edition is called fa-IR yet" in told) == (0, True)
    terms.write_bytes(before)
    copy.po("ku").rename(copy.locales / "fa" / "LC_MESSAGES" / "letter.po")
    code, told = take(copy, "fa.csv", text, "--add", tag="fa")
    assert (code, "no edition" in told) == (0, False)


def test_a_capital_of_a_spreadsheet_makes_no_second_term(copy: Copy, terms: Path) -> None:
    told = take(copy, "x.csv", "source,target\nSiege,طوق\nhoms,حمص\n")[1]
    assert "siege: \u2068الحصار|محاصرة\u2069 became \u2068طوق\u2069" in told
    assert "is a new term" not in told
    told = take(copy, "x.csv", "source,target\nSiege,طوق\nSIEGE,طوق\n")[1]
    assert told.count("is a new term") == 2  # since it isn't clear which is meant


@pytest.mark.parametrize(
    "data",
    [
        "source,target\nend,نهاية\n".encode("utf-16-le"),
        "source,target\nend,نهاية\n".encode("utf-16"),
        "\ufeff\ufeffsource,target\nend,نهاية\n".encode(),
        "\ufeffsep=;\r\nsource;target\r\nend;نهاية\r\n".encode(),
        'sep=;;\nsource;target;"notes, of us, and, of all"\nend;نهاية;\n'.encode(),
        '\n"SEP=|"\rsource|target\rend|نهاية\r'.encode(),
        '"sep=;",,\r\nsource,target,notes\r\nend,نهاية,\r\n'.encode(),
    ],
)
def test_what_spreadsheets_write_is_read(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.csv").write_bytes(data)
    assert [(term.name, term.forms) for term in read_terms(tmp_path / "x.csv", "ar", "en")] == [
        ("end", ("نهاية",))
    ]


def test_what_waits_is_told_and_what_looks_odd_is_asked_about(copy: Copy, terms: Path) -> None:
    heading = "source,target,fuzzy\n"
    code, told = take(copy, "x.csv", f"{heading}siege,طوق,TRUE\nHoms,حمص,\n")
    assert "1 term waits for editing there (fuzzy), and nothing of it is taken" in told
    assert "19 terms are not in" in told
    code, told = take(copy, "x.csv", f"{heading}siege,طوق,TRUE\n")
    assert (code, "all its terms wait for editing (fuzzy)" in told) == (2, True)
    rows = "a,end\nb,\u200fنهاية\nc,نهاية، ختام\nd,نهاية\n"
    code, told = take(copy, "x.csv", f"source,target\n{rows}")
    assert code == 1
    for doubt in (
        "x.csv:2: a: “end” has no letter of the language",
        "x.csv:3: b: has signs that nobody sees (U+200F)",
        "x.csv:4: c: \u2068نهاية، ختام\u2069 may be several: part them with |",
    ):
        assert doubt in told
    assert "x.csv:5" not in told


def test_many_new_terms_cost_as_much_as_they_are(copy: Copy, terms: Path) -> None:
    rows = "".join(f"term{n},كلمة\n" for n in range(5_000))
    with limit_time(3):
        assert take(copy, "x.csv", f"source,target\n{rows}")[0] == 0


def test_what_weblate_and_omegat_write_is_read(copy: Copy, terms: Path) -> None:
    heading = "location,source,target,id,fuzzy,context,translator_comments,developer_comments"
    rows = (",siege,الحصار,,False,,,", ",siege,طوق,,False,2,,", ",town,بلدة,,True,,,")
    lines = ['"{}"'.format(row.replace(",", '","')) for row in (heading, *rows)]
    code, told = take(copy, "weblate.csv", "\n".join(lines))
    assert (code, "town" in told) == (0, False)
    assert "siege: \u2068الحصار|محاصرة\u2069 became" in told
    assert ",siege,," not in terms.read_text(encoding="utf-8")
    text = "# Glossary in tab-separated format\nciv\tسلمي\tadded\nsiege\tالحصار\r\n"
    code, told = take(copy, "glossary.txt", text)
    assert "civ: is a new term" in told
    assert read_glossary(terms)["civ"]["ar"] == ["سلمي"]


def test_a_glossary_comes_from_weblate_in_its_own_form(copy: Copy, terms: Path) -> None:
    tig, old = "<tig><term>%s</term></tig>", "<tig><term>%s</term>%s</tig>"
    status = '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>'
    entries = (
        ENTRY % ("", "siege", tig % "dorpêç" + tig % "gemaro" + old % ("abluqe", status)),
        ENTRY % ("", "Homs", tig % ""),
        ENTRY % ("", "truce", tig % "agirbest"),
        ENTRY % (' weblate-flags="forbidden"', "airdrop", tig % "bombe"),
    )
    text = TBX % "".join(entries)
    code, told = take(copy, "ku.tbx", text, tag="ku")
    now = read_glossary(terms)
    assert (now["siege"]["ku"], now["truce"]["ku"]) == (["dorpêç", "gemaro"], ["agirbest"])
    assert (code, now["Homs"]["ku"]) == (1, ["Hums"])
    assert "Homs: was emptied there, and stays" in told
    assert "airdrop" not in told
    code, told = take(copy, "ku.tbx", text, tag="ckb")
    assert (code, "has terms in en, kmr, and none in ckb" in told) == (2, True)


def test_terms_are_of_the_letters_own_language_alone(
    copy: Copy, terms: Path, tmp_path: Path
) -> None:
    part = '<langSet xml:lang="%s"><tig><term>%s</term></tig></langSet>'
    three = [("en-GB", "truce"), ("ar", "هدنة"), ("ku", "agirbest")]
    entries = (three, three[1:], [("en", "cold"), ("ar", "برد")])
    made = ["".join(part % each for each in entry) for entry in entries]
    text = TBX % "".join(f"<termEntry>{each}</termEntry>\n" for each in made)
    code, told = take(copy, "x.tbx", text, tag="ku")
    assert (code, "truce: is a new term" in told) == (0, True)
    now = read_glossary(terms)
    assert now["truce"] == {"ku": ["agirbest"]}
    assert now.keys().isdisjoint(["هدنة", "cold"]), "words of another language, and none at all"
    assert "x.tbx:6: cold: is new and has no translation: not taken" in told

    (tmp_path / "x.tbx").write_text(text.replace("en-GB", "en"), encoding="utf-8")
    with pytest.raises(ReceiveError, match="the letter's own is not known: name the letter with"):
        read_terms(tmp_path / "x.tbx", "ku", "")
    (tmp_path / "x.tbx").write_text(TBX % f"<termEntry>{made[2]}</termEntry>", encoding="utf-8")
    assert [term.name for term in read_terms(tmp_path / "x.tbx", "ar", "")] == ["cold"]
    with pytest.raises(ReceiveError, match="has terms in ar, en, and none in de: name the right"):
        read_terms(tmp_path / "x.tbx", "ar", "de")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "x.tbx",
            "<termEntry><langSet xml:lang='ku'>" * 3_000 + "</langSet></termEntry>" * 3_000,
        ),
        (
            "x.tbx",
            TBX % (ENTRY % ("", "a</term><term>" * 3_000, "<tig><term>b</term></tig>" * 999)),
        ),
        ("x.csv", "source,target\n" + "".join(f"a,b{n}\n" for n in range(20_000))),
    ],
    ids=["elements in elements", "an entry of many terms", "a term in many rows"],
)
def test_a_file_costs_as_much_time_as_it_is_long(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with limit_time(3), suppress(ReceiveError):
        read_terms(tmp_path / name, "ku", "en")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("x.csv", "", "x.csv:1: lacks the columns source and target"),
        ("x.csv", "source,context\na,b\n", "x.csv:1: lacks the columns source and target"),
        ("x.csv", "source,target\na,b\nc,d,e\n", "x.csv:3: has 3 cells"),
        ("x.csv", 'source,target\n"a\n', "x.csv:2: is not CSV"),
        ("x.csv", "source,target\n,b\n", "x.csv:2: the source is missing"),
        ("x.csv", "source,target\n", "x.csv: has no term"),
        ("x.csv", 'source,target\na,"=HYPERLINK(""x"")"\n', "x.csv:2: “=HYPERLINK"),
        ("x.csv", "source,target,notes\na,b,@SUM(1)\n", "x.csv:2: “@SUM(1)” begins as a formula"),
        (
            "x.csv",
            "source,target\n\na,<script>x</script>\n",
            "x.csv:3: “<script>x</script>” has HTML",
        ),
        ("x.csv", "source,target\na,b\x1b[2J\n", "x.csv:2: “b�[2J” has control"),
        ("x.csv", "source,target\na,#NAME?\n", "x.csv:2: “#NAME?” is what a spreadsheet writes"),
        ("x.csv", "source,target\nErr:508,b\n", "x.csv:2: “Err:508” is what a spreadsheet"),
        ("x.csv", "source,target\na,TRUE\n", "x.csv:2: “TRUE” is what a spreadsheet writes"),
        ("x.csv", "source,target\nHoms,حومس\n", "its one translation is that of ckb"),
        ("x.utf8", "a\tb\tc\td\n", "x.utf8:1: has 4 cells"),
        ("x.tbx", "<martif>\n<text>", "x.tbx:2: is no TBX that can be read"),
        ("x.tbx", "<x>\n" * 30, "x.tbx:21: has elements in elements, deeper than any glossary"),
        ("x.tbx", '<!DOCTYPE x [\n<!ENTITY a "aa">]><x/>', "x.tbx:2: declares an entity"),
        (
            "x.csv",
            "source,target\nHoms,حومس\nHama,حەما\n",
            "2 of its 2 translations are those of ckb",
        ),
    ],
)
def test_a_bad_file_is_refused_whole_with_its_line(
    copy: Copy, name: str, text: str, words: str
) -> None:
    terms = copy.locales / "glossary.csv"
    before = terms.read_bytes()
    code, told = take(copy, name, text)
    assert (code, terms.read_bytes()) == (2, before)
    assert words in told
