"""The terms of a TBX file (ISO 30042): Weblate gives its glossaries in no other form."""

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from letter.languages.declared import find_same_language
from letter.merging.attachments import ReceiveError

_ENTRIES, _LANGUAGES, _TERMS = (  # in TBX of 2008 and of 2019
    ("termEntry", "conceptEntry"),
    ("langSet", "langSec"),
    ("tig", "ntig", "termSec"),
)
_DEEPEST = 20  # elements in elements; TBX has about ten, and each costs its own walk
_MOST_PAIRS = 1_000  # of an entry
_UNKNOWN = "which is the letter's own is not known: name the letter with --letter"
# ISO 12620: deprecatedTerm-admn-sts and supersededTerm-admn-sts; Weblate has a flag as well.
_WRONG = ("deprecated", "superseded", "forbidden", "obsolete")


def list_tbx_cells(path: Path, tag: str, source: str) -> Iterator[tuple[int, list[str]]]:
    """List the source and the target of each pair of terms, with its line.

    `source` is the tag of the letter's own language; where that is "", since nobody knows it, the
    only other language of the file is meant. An entry without a term in the source is left out, and
    so is a term that is marked as one not to use. ReceiveError for a file that can't be read, and
    for one without the two languages.
    """
    entries = [*_list_entries(path)]
    found = sorted({language for _, terms in entries for language in terms})
    sides = {each: find_same_language(each, list(filter(None, (tag, source)))) for each in found}
    others = [each for each in found if sides[each] is None]
    if not source and len(others) == 1:
        sides[others[0]] = source
    for side in (tag, source):
        if found and side not in sides.values():
            told = f"has terms in {', '.join(found)}, and "
            told += f"none in {side}: name the right language" if side else _UNKNOWN
            raise ReceiveError(f"{path}: {told}")
    for line, terms in entries:
        own, other = (
            [t for each in terms if sides[each] == s for t in terms[each]] for s in (source, tag)
        )
        if len(own) * len(other) > _MOST_PAIRS:
            wrong = f"has {len(own)} and {len(other)} terms in one entry: make it several"
            raise ReceiveError(f"{path}:{line}: {wrong}")
        yield from ((line, [term, target, ""]) for term in own for target in other or [""])


def _list_entries(path: Path) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """List the entries that may be used, each with its line, and with its terms by language."""
    for entry in _list_elements(_read_tree(path), _ENTRIES):
        if "forbidden" not in entry.get("weblate-flags", ""):
            terms: dict[str, list[str]] = {}
            for each in _list_elements(entry, _LANGUAGES):
                language = each.get("xml:lang", "").replace("_", "-")
                terms.setdefault(language, []).extend(_list_right_terms(each))
            yield int(entry.get("line", 0)), terms


def _list_elements(parent: Element, names: tuple[str, ...]) -> Iterator[Element]:
    return (each for each in parent.iter() if each.tag in names)


def _list_right_terms(language: Element) -> Iterator[str]:
    for each in _list_elements(language, _TERMS):
        status = [e.text or "" for e in each.iter() if e.get("type") == "administrativeStatus"]
        if not any(word in text.lower() for text in status for word in _WRONG):
            yield from ("".join(term.itertext()) for term in each.iter("term"))


def _read_tree(path: Path) -> Element:
    """Read the tree of an XML file, whose elements have their lines as an attribute.

    Entities of a file's own are refused: a few of them can stand for gigabytes. So is a tree of
    elements in elements, however deep: the time to read it would grow faster than the file.
    """
    builder, parser = TreeBuilder(), expat.ParserCreate()
    within: list[str] = []

    def refuse(wrong: str) -> NoReturn:
        raise ReceiveError(f"{path}:{parser.CurrentLineNumber}: {wrong}: don't use it")

    def begin_element(name: str, attributes: dict[str, str]) -> None:
        within.append(name)
        if len(within) > _DEEPEST:
            refuse("has elements in elements, deeper than any glossary")
        builder.start(name, {**attributes, "line": str(parser.CurrentLineNumber)})

    def end_element(name: str) -> None:
        builder.end(name)
        within.pop()

    def refuse_entity(*_: object) -> None:
        refuse("declares an entity, as no glossary does")

    parser.StartElementHandler, parser.EndElementHandler = begin_element, end_element
    parser.CharacterDataHandler, parser.EntityDeclHandler = builder.data, refuse_entity
    try:
        parser.Parse(path.read_bytes(), True)  # noqa: FBT003  expat names no arguments
    except expat.ExpatError as error:
        wrong = f"is no TBX that can be read ({expat.ErrorString(error.code)})"
        raise ReceiveError(f"{path}:{error.lineno}: {wrong}: ask for it again") from None
    return builder.close()
