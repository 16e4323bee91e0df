"""How far each language has come: counted, as a table for a terminal, and as a picture.

The letter and the interface are counted apart. Signatories' names are nobody's work.
"""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from letter.checks.allowed_links import LINKS, AllowedLinks, read_links
from letter.editions.catalogue import (
    Catalogue,
    State,
    Translation,
    make_catalogue,
    make_plain_catalogue,
)
from letter.formats.rendering import render_template
from letter.languages.folders import INTERFACE, find_catalogues, list_interfaces, name_language
from letter.languages.header_facts import HeaderFacts
from letter.languages.language import ENGLISH, Language, find_language, is_english
from letter.po.faults import PoError
from letter.po.header import is_placeholder
from letter.po.model import Entry, Key, PoFile, shorten_text
from letter.po.reader import read_po
from letter.po.untranslated import Worth, measure_worth
from letter.source.letter import Letter
from letter.source.message_kinds import is_name
from letter.source.template import make_interface_template, make_template

BAR = 24  # columns of a bar
INDENT = 8  # columns of a tag


@dataclass(frozen=True, slots=True)
class Part:
    """How far one part has come, the letter, its front matter or the interface, in messages."""

    total: int
    finished: int
    copies: int  # finished ones that are the source again, as platforms export untranslated ones
    outdated: int
    unfinished: int
    untranslated: int
    withheld: int
    reviewed: int
    words_to_do: int  # words of the source in the messages that are not finished
    lapsed: tuple[str, ...]  # msgids of reviews that no longer hold


@dataclass(frozen=True, slots=True)
class Status:
    """How far one language has come."""

    tag: str
    name: str
    letter: Part  # its passages, and its title
    front_matter: Part  # what the letter says of itself and nowhere else
    interface: Part
    last_translator: str
    revision_date: str
    problem: str | None  # why a file can't be read; all in the file then counts as untranslated


def report_status(letter: Letter, locales: Path) -> list[Status]:
    """Report on every edition, in order of tags; a broken file is reported too."""
    own = [entry for entry in make_template(letter, locales) if not is_name(entry)]
    counted = {message.msgid for message in letter.passages}
    passages = [entry for entry in own if entry.msgid in counted]
    front = [entry for entry in own if entry.msgid not in counted]
    source, links = letter.settings.language, read_links(locales / LINKS)
    statuses = []
    for tag, path in find_catalogues(locales, source).items():
        language = name_language(path.parent.parent)
        catalogue, copies, problem = _read_file(path, language, source, links)
        part, told = _report_interface(language, locales)
        status = Status(
            tag,
            language.name,
            _count_part(passages, catalogue, copies),
            _count_part(front, catalogue, copies),
            part,
            _read_field(catalogue, "Last-Translator"),
            _read_field(catalogue, "PO-Revision-Date"),
            "\n".join(filter(None, (problem, told))) or None,
        )
        statuses.append(status)
    return statuses


def report_interfaces(locales: Path, source: str) -> dict[str, Part]:
    """Report on the interface beside the letter where no translation is, by tag.

    These are languages that have no edition, and `source`, the letter's own.
    """
    editions, found = find_catalogues(locales, source), find_catalogues(locales, kind=INTERFACE)
    languages = {t: name_language(path.parent.parent) for t, path in found.items()}
    others = {tag: language for tag, language in languages.items() if tag not in editions}
    return {tag: _report_interface(language, locales)[0] for tag, language in others.items()}


def _report_interface(language: Language, locales: Path) -> tuple[Part, str]:
    """Count the interface of a language as its readers have it; say what is wrong with a file.

    The page is made in English.
    """
    template = make_interface_template()
    made = (entry.msgid for entry in template if is_english(language.tag))
    paths = list_interfaces(locales, [language.tag])[language.tag]
    found = [_read_file(path, language, ENGLISH) for path in paths if path.exists()]
    translations: dict[Key, Translation] = {}
    for each in (*(catalogue for catalogue, _, _ in found), make_plain_catalogue(language, made)):
        for key, known in each.translations.items():
            before = translations.get(key)
            if before is None or before.state is not State.FINISHED:
                translations[key] = known
    merged = replace(make_plain_catalogue(language), translations=translations)
    copies = frozenset(key for _, keys, _ in found for key in keys)
    problems = "\n".join(problem for _, _, problem in found if problem)
    return _count_part(template, merged, copies), problems


def _read_file(
    path: Path, language: Language, source: str, links: AllowedLinks = ()
) -> tuple[Catalogue, frozenset[Key], str]:
    """Read a catalogue, which of its messages repeat the source, and what is wrong with it."""
    try:
        po = read_po(path)
    except PoError as error:
        return make_plain_catalogue(language), frozenset(), str(error)
    return make_catalogue(language, po, source, links), _find_copies(po), ""


def _read_field(catalogue: Catalogue, name: str) -> str:
    """Read a field of a catalogue's header; "" where nobody has filled in the field."""
    value = catalogue.headers.get(name, "")
    return "" if is_placeholder(value) else value


def _find_copies(po: PoFile) -> frozenset[Key]:
    """Find the messages that repeat the source without a word that it is meant so."""
    worths = ((entry.key, measure_worth(entry)) for entry in po.entries if not entry.obsolete)
    return frozenset(key for key, worth in worths if worth is Worth.COPY)


def _count_part(entries: Sequence[Entry], catalogue: Catalogue, copies: Set[Key]) -> Part:
    found = [(e.key, catalogue.find_translation(e.msgid, e.msgctxt)) for e in entries]
    counts = Counter(known.state for _, known in found)
    todo = [msgid for (_, msgid), known in found if known.state is not State.FINISHED]
    finished = {key for key, known in found if known.state is State.FINISHED}
    return Part(
        total=len(found),
        **{state.value: counts[state] for state in State},
        copies=len(finished & copies),
        reviewed=sum(bool(known.reviews) for _, known in found),
        words_to_do=sum(len(msgid.split()) for msgid in todo),
        lapsed=tuple(msgid for (_, msgid), known in found if known.has_lapsed),
    )


def draw_status(statuses: Sequence[Status]) -> str:
    """Draw a row for each language, as an SVG that needs no font, script or style sheet."""
    facts = [(status, HeaderFacts(status.tag, status.name)) for status in statuses]
    rows = [(status, find_language(status.tag, known)) for status, known in facts]
    return render_template("status.svg", rows=rows) + "\n"


def show_status(statuses: Sequence[Status]) -> str:
    """Show the languages as a table, with a bar for the letter of each."""
    lines = []
    for status in statuses:
        letter, parts = status.letter, _name_parts(status)
        counts = "  ".join(f"{name} {part.finished}/{part.total}" for name, part in parts.items())
        counts += f"  reviewed {letter.reviewed}"
        total = max(letter.total, 1)
        bar = "█" * (BAR * letter.reviewed // total)
        bar = bar.ljust(BAR * letter.finished // total, "▒").ljust(BAR, "·")
        lines.append(f"{status.tag:<{INDENT}} {bar}  {counts}")
        lines += [f"{'':<{INDENT}} {line}" for line in _list_details(status)]
    return "\n".join([*lines, "█ reviewed  ▒ finished  · not translated yet"])


def _name_parts(status: Status) -> dict[str, Part]:
    """Name the parts that there are; many letters have no front matter to translate."""
    front = {"front matter": status.front_matter} if status.front_matter.total else {}
    return {"letter": status.letter, **front, "interface": status.interface}


def _list_details(status: Status) -> Iterator[str]:
    """List what there is to do, who translated last, which reviews lapsed, and what is broken."""
    parts = _name_parts(status)
    todo = [f"{name}: {told}" for name, part in parts.items() if (told := _count_todo(part))]
    yield "; ".join(todo) or "nothing to do"
    if copies := [f"{name} {part.copies}" for name, part in parts.items() if part.copies]:
        yield f"copies of the original: {', '.join(copies)}"
    if words := sum(part.words_to_do for part in parts.values()):
        yield f"{words} words to do"
    if status.last_translator:
        yield f"{status.revision_date or 'no date'}, {status.last_translator}"
    for part in parts.values():
        yield from (f"review lapsed: {shorten_text(msgid)}" for msgid in part.lapsed)
    if status.problem:
        yield status.problem


def _count_todo(part: Part) -> str:
    counts = [(getattr(part, state), state) for state in State if state is not State.FINISHED]
    return ", ".join(f"{count} {name}" for count, name in counts if count)
