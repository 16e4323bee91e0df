"""The terms of a TBX file (ISO 30042): Weblate gives its glossaries in no other form."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from letter.languages.declared import find_same_language
from letter.merging.attachments import ReceiveError

_ENTRIES, _LANGUAGES, _TERMS = (  # in TBX of 2008 and of 2019
    ("termEntry", "conceptEntry"),
    ("langSet", "langSec"),
    ("tig", "ntig", "termSec"),
)
# ISO 12620: deprecatedTerm-admn-sts and supersededTerm-admn-sts; Weblate has a flag as well.
_WRONG = ("deprecated", "superseded", "forbidden", "obsolete")


def list_tbx_cells(path: Path, tag: str) -> Iterator[tuple[int, list[str]]]:
    """List the source and the target of each pair of terms, with its line.

    A term that is marked as one not to use is left out. ReceiveError for a file that can't be
    read, and for one without the language.
    """
    found = set()
    for entry in _list_elements(_read_tree(path), _ENTRIES):
        if "forbidden" in entry.get("weblate-flags", ""):
            continue
        terms: dict[bool, list[str]] = {True: [], False: []}
        for each in _list_elements(entry, _LANGUAGES):
            language = each.get("xml:lang", "").replace("_", "-")
            found.add(language)
            terms[find_same_language(language, [tag]) is not None] += _list_right_terms(each)
        for source in terms[False]:
            for target in terms[True] or [""]:
                yield int(entry.get("line", 0)), [source, target, ""]
    if found and not any(find_same_language(language, [tag]) for language in found):
        told = f"has terms in {', '.join(sorted(found))}, and none in {tag}"
        raise ReceiveError(f"{path}: {told}: name the right language")


def _list_elements(parent: Element, names: tuple[str, ...]) -> Iterator[Element]:
    return (each for each in parent.iter() if each.tag in names)


def _list_right_terms(language: Element) -> Iterator[str]:
    for each in _list_elements(language, _TERMS):
        status = [e.text or "" for e in each.iter() if e.get("type") == "administrativeStatus"]
        if not any(word in text.lower() for text in status for word in _WRONG):
            yield from ("".join(term.itertext()) for term in each.iter("term"))


def _read_tree(path: Path) -> Element:
    """Read the tree of an XML file, whose elements have their lines as an attribute.

    Entities of a file's own are refused: a few of them can stand for gigabytes.
    """
    builder, parser = TreeBuilder(), expat.ParserCreate()

    def begin_element(name: str, attributes: dict[str, str]) -> None:
        builder.start(name, {**attributes, "line": str(parser.CurrentLineNumber)})

    def refuse_entity(*_: object) -> None:
        wrong = "declares an entity, as no glossary does: don't use it"
        raise ReceiveError(f"{path}:{parser.CurrentLineNumber}: {wrong}")

    parser.StartElementHandler, parser.EndElementHandler = begin_element, builder.end
    parser.CharacterDataHandler, parser.EntityDeclHandler = builder.data, refuse_entity
    try:
        parser.Parse(path.read_bytes(), True)  # noqa: FBT003  expat names no arguments
    except expat.ExpatError as error:
        wrong = f"is no TBX that can be read ({expat.ErrorString(error.code)})"
        raise ReceiveError(f"{path}:{error.lineno}: {wrong}: ask for it again") from None
    return builder.close()
