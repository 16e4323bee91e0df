"""What is left to do in the words of the page around a letter, in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from letter.checks.catalogue_checks import check_catalogue
from letter.checks.findings import Finding, find_line
from letter.checks.glossary import Glossary
from letter.desk.file_findings import group_findings
from letter.desk.progress import Part, count_part, find_copies, merge_interface
from letter.editions.catalogue import Catalogue, State
from letter.languages.language import ENGLISH, Language
from letter.po.model import Entry, PoFile
from letter.source.template import make_interface_template


@dataclass(frozen=True, slots=True)
class InterfaceText:
    """A text of the interface with something to do; `line` is 0 where the file lacks the text."""

    msgid: str  # "" of the header
    state: State
    path: str
    line: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class InterfaceSheet:
    """How far the interface has come, and what there is to do in its files."""

    part: Part
    texts: tuple[InterfaceText, ...] = ()
    problem: str = ""

    @property
    def findings(self) -> list[Finding]:
        """All that check.py finds in the files."""
        return [finding for text in self.texts for finding in text.findings]


def make_interface_sheet(
    language: Language,
    catalogues: Sequence[Catalogue],
    files: Sequence[PoFile],
    glossary: Glossary | None = None,
    known: PoFile | None = None,
    *,
    missing: Path = Path(),
    problem: str = "",
) -> InterfaceSheet:
    """Make the sheet of an interface.

    `catalogues` are all that lend texts, and `files` the language's own, both the nearest first.
    What they lack belongs into the first of the files, or into the `missing` one, which lies beside
    the template `known`.
    """
    template = make_interface_template()
    merged = merge_interface(language, catalogues)
    copies = frozenset(key for po in files for key in find_copies(po))
    open_texts = {e.key: e for e in template if _find_state(merged, e) is not State.FINISHED}
    texts = []
    for po in files:
        beside = known if po.path == str(missing) else None
        found = group_findings(po, check_catalogue(po, language, glossary, ENGLISH, (), (), beside))
        if told := found.get(0):
            line = find_line(po.header) if po.header else 1
            texts.append(InterfaceText("", State.FINISHED, po.path, line, tuple(told)))
        for entry in po.entries:
            is_open = not entry.obsolete and open_texts.pop(entry.key, None) is not None
            told = found.get(entry.line, [])
            if told or is_open:
                state, line = _find_state(merged, entry), find_line(entry)
                texts.append(InterfaceText(entry.msgid, state, po.path, line, tuple(told)))
    path = files[0].path if files else str(missing)
    texts += (InterfaceText(e.msgid, State.UNTRANSLATED, path, 0, ()) for e in open_texts.values())
    return InterfaceSheet(count_part(template, merged, copies), tuple(texts), problem)


def _find_state(merged: Catalogue, entry: Entry) -> State:
    return merged.find_translation(entry.msgid, entry.msgctxt).state
