"""What stands where on a language's desk: margins in order, and findings that no passage has."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from letter.checks.findings import Finding, Severity, find_line
from letter.desk.editor_links import Spot, make_spot
from letter.desk.margin import Margin
from letter.desk.worksheet import Worksheet
from letter.editions.catalogue import State
from letter.languages.language import ENGLISH, Language, find_language
from letter.po.model import shorten_text
from letter.source.blocks import list_blocks, make_anchor
from letter.source.letter import Letter


@dataclass(frozen=True, slots=True)
class Stray:
    """Findings on what is no passage: the file as a whole, or a word of the page.

    `text` is the msgid, in `language`; "" of a header.
    """

    name: str
    anchor: str
    text: str
    language: Language
    state: State
    spot: Spot
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """The margins and strays of a page by what they are for, each list in the order of the page."""

    also: Sequence[Margin]  # of what stands nowhere in the letter, and of names with a finding
    strays: Collection[Stray]
    names: Sequence[Margin]  # the other names
    names_notes: Sequence[str]  # the notes that all these names have
    todo: Sequence[Margin]
    found: Sequence[Margin | Stray]  # with findings
    wrong: Sequence[Margin | Stray]  # with errors


def order_margins(
    sheet: Worksheet, margins: Collection[Margin], strays: Collection[Stray]
) -> Order:
    """Order the margins of all messages, and the strays, as they stand on the page."""
    placed = _list_placed(sheet.edition.letter)
    also = [m for m in margins if m.passage.message.msgid not in placed or _is_odd_name(m)]
    last = {margin.anchor for margin in also}
    ordered = sorted(margins, key=lambda margin: margin.anchor in last)
    names = [m for m in margins if m.passage.message.is_name and m.anchor not in last]
    every: list[Margin | Stray] = [*ordered, *strays]
    return Order(
        also,
        strays,
        names,
        _find_shared_notes(names),
        todo=[margin for margin in ordered if margin.is_todo],
        found=[each for each in every if each.findings],
        wrong=[each for each in every if _has_error(each)],
    )


def _has_error(place: Margin | Stray) -> bool:
    return any(finding.severity is Severity.ERROR for finding in place.findings)


def _list_placed(letter: Letter) -> set[str]:
    return {block.message.msgid for block in list_blocks(letter.blocks) if block.message}


def _find_shared_notes(names: Sequence[Margin]) -> tuple[str, ...]:
    """Find the notes that all names have, which needn't be said of each."""
    notes = names[0].notes if names else ()
    return tuple(note for note in notes if all(note in margin.notes for margin in names))


def _is_odd_name(margin: Margin) -> bool:
    """Say whether a name has a margin of its own, since something is to be seen to."""
    is_waiting = margin.passage.state not in (State.FINISHED, State.UNTRANSLATED)
    return margin.passage.message.is_name and (is_waiting or bool(margin.findings))


def list_strays(sheet: Worksheet, editor: str = "") -> list[Stray]:
    """List what has findings and is no passage, in the language's files."""
    return [*_find_whole(sheet, editor), *_find_page_words(sheet, editor)]


def _find_whole(sheet: Worksheet, editor: str) -> Iterator[Stray]:
    """Find the findings of the header, and of what is no entry of the letter."""
    known = {entry.line for entry in sheet.entries.values()}
    others = (told for line, told in sheet.findings.items() if line not in known)
    if found := tuple(finding for told in others for finding in told):
        header = sheet.po.header if sheet.po else None
        spot = make_spot(sheet.path, find_line(header) if header else found[0].line, editor)
        source, anchor = sheet.edition.source, f"at-file-{make_anchor('')}"
        yield Stray("The file as a whole", anchor, "", source, State.FINISHED, spot, found)


def _find_page_words(sheet: Worksheet, editor: str) -> Iterator[Stray]:
    """Find the findings of the page's own words."""
    for text in sheet.interface.texts if sheet.interface else ():
        if text.findings:
            name = f"“{shorten_text(text.msgid)}”" if text.msgid else "the file as a whole"
            yield Stray(
                f"The page’s words: {name}",
                f"at-page-{make_anchor(f'{text.path} {text.msgid}')}",
                text.msgid,
                find_language(ENGLISH),
                text.state,
                make_spot(text.path, text.line, editor),
                text.findings,
            )
