"""A file that is checked after each edit has the findings that it has when it is checked anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from letter.checks.catalogue_checks import check_catalogue, gather_findings
from letter.checks.checked_entries import check_entries
from letter.checks.glossary import parse_glossary
from letter.editions.catalogue import make_catalogue
from letter.languages.language import find_language
from letter.po.reader import parse_po

if TYPE_CHECKING:
    from collections.abc import Mapping

    from letter.po.model import PoFile

KU, LINKS = find_language("ku"), (("https://example.org/", "https://example.com/"),)
GLOSSARIES = (None, *map(parse_glossary, ("term,note,ku\nCity,,Bajar|Şar\n", "term,note,ku\n")))
PLURALS = ("nplurals=2; plural=(n != 1);", "nplurals=1; plural=0;")
# Each message with its translations: right ones, and such that other entries, comments or tables
# make right or wrong.
MESSAGES = {
    "City halls open for 250 people. Each of them waits there. Nobody knows how long.": (
        "Salonên bajarê ji bo 250 kesan vedibin. Her yek li wir dimîne. Kes nizane çiqas.",
        "Salonên Şar ji bo 270 kesan kesan vedibin û her yek li wir dimîne",
        "City halls open for 250 people. Each of them waits there. Nobody knows how long.",
    ),
    "The City writes to https://example.org/ at once, and all of us wait for an answer.": (
        "Şar ji https://example.org/ re dinivîse, û em hemû li bersivekê dimînin.",
        "Bajar ji https://example.com/ re dinivîse, û em hemû li bersivekê dimînin.",
        "",
    ),
    "All who signed this letter live in a City, and they write in their own name.": (
        "Hemû kesên ku ev name îmze kirine li bajarekî dijîn, û bi navê xwe dinivîsin.",
        "Salonên bajarê ji bo 250 kesan vedibin. Her yek li wir dimîne. Kes nizane çiqas.",
        "Li bajarekî dijîn.",
    ),
    "%(count)s person of the City has signed this letter": (
        "%(count)s kesî ji bajarê ev name îmze kiriye",
        "kesekî ji Şar ev name îmze kiriye",
        "",
    ),
}
COMMENTS = ("# fuzzy", "#, fuzzy", "# Meant so: english", "# Meant so: numbers (250 → 270)")
TABLES = ("glossary", "source", "links")
REVIEW = "# Reviewed by Zîn <zin@example.org> on 2026-01-01 (0123456789ab)"


# What may be another at each save, and how: of the tables beside a file, and of its messages.
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "glossary": st.sampled_from(GLOSSARIES),
    "plural": st.sampled_from(PLURALS),
    "source": st.sampled_from(("en", "de")),
    "links": st.sampled_from(((), LINKS)),
}
for msgid, texts in MESSAGES.items():
    FIELDS[f"forms {msgid}"] = st.tuples(st.sampled_from(texts), st.sampled_from(texts))
    FIELDS[f"comment {msgid}"] = st.sampled_from(("", *COMMENTS, REVIEW))
    FIELDS[f"wrap {msgid}"] = st.sampled_from(("", '"\n"'))  # in the file, behind each "kesan"
    FIELDS[f"is there {msgid}"] = st.booleans()


def write_file(state: Mapping[str, Any]) -> PoFile:
    parts = [f'msgid ""\nmsgstr "Language: ku\\nPlural-Forms: {state["plural"]}\\n"']
    for msgid in MESSAGES:
        if state[f"is there {msgid}"]:
            wrap = f"kesan {state[f'wrap {msgid}']}"
            forms = ['"' + form.replace("kesan ", wrap) + '"' for form in state[f"forms {msgid}"]]
            lines = [*filter(None, [state[f"comment {msgid}"]]), f'msgid "{msgid}"']
            if "%(" in msgid:
                lines.append(f'msgid_plural "{msgid}s"')
                lines += [f"msgstr[{number}] {form}" for number, form in enumerate(forms)]
            else:
                lines.append(f"msgstr {forms[0]}")
            parts.append("\n".join(lines))
    return parse_po("\n\n".join(parts).encode(), "x.po")


edits = st.one_of([st.tuples(st.just(name), values) for name, values in FIELDS.items()])


@given(st.fixed_dictionaries(FIELDS), st.lists(edits, min_size=20, max_size=40))
@settings(max_examples=30)
def test_what_is_kept_of_a_file_changes_no_finding_and_no_state(
    state: dict[str, Any], done: list[tuple[str, Any]]
) -> None:
    checked = catalogue = None
    for name, value in [("plural", state["plural"]), *done]:
        state[name] = value
        po, glossary, source, links = write_file(state), *(state[key] for key in TABLES)
        checked = check_entries(po, KU, glossary, source, links, checked)
        found = gather_findings(po, KU, checked.values())
        assert found == check_catalogue(po, KU, glossary, source, (), links)
        catalogue = make_catalogue(KU, po, source, links, catalogue)
        assert catalogue == make_catalogue(KU, po, source, links)
        assert len(checked) <= len(po.entries), "nothing is kept of what is gone"
