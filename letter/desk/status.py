"""How far each language has come: counted, as a table for a terminal, and as a picture.

The letter and the interface are counted apart. Signatories' names are nobody's work.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from letter.checks.allowed_links import LINKS, AllowedLinks, read_links
from letter.checks.header_checks import find_unmerged
from letter.desk.progress import (
    Part,
    Status,
    count_part,
    find_copies,
    make_status,
    merge_interface,
    split_messages,
)
from letter.editions.catalogue import Catalogue, State, make_catalogue, make_plain_catalogue
from letter.formats.rendering import render_template
from letter.languages.folders import INTERFACE, find_catalogues, list_interfaces, name_language
from letter.languages.header_facts import HeaderFacts
from letter.languages.language import ENGLISH, Language, find_language
from letter.po.faults import PoError
from letter.po.model import Key, shorten_text
from letter.po.reader import read_po
from letter.source.letter import Letter
from letter.source.template import make_interface_template

BAR = 24  # columns of a bar
INDENT = 8  # columns of a tag


def report_status(letter: Letter, locales: Path) -> list[Status]:
    """Report on every edition, in order of tags; a broken file is reported too."""
    texts = split_messages(letter, locales)
    source, links = letter.settings.language, read_links(locales / LINKS)
    statuses = []
    for tag, path in find_catalogues(locales, source).items():
        language = name_language(path)
        catalogue, copies, problem = _read_file(path, language, source, links)
        part, told = _report_interface(language, locales)
        problems = "\n".join(filter(None, (problem, told)))
        statuses.append(make_status(tag, texts, catalogue, copies, part, problems))
    return statuses


def report_interfaces(locales: Path, source: str) -> dict[str, Part]:
    """Report on the interface beside the letter where no translation is, by tag.

    These are languages that have no edition, and `source`, the letter's own.
    """
    editions, found = find_catalogues(locales, source), find_catalogues(locales, kind=INTERFACE)
    languages = {t: name_language(path) for t, path in found.items()}
    others = {tag: language for tag, language in languages.items() if tag not in editions}
    return {tag: _report_interface(language, locales)[0] for tag, language in others.items()}


def _report_interface(language: Language, locales: Path) -> tuple[Part, str]:
    """Count the interface of a language as its readers have it; say what is wrong with a file.

    The page is made in English.
    """
    paths = list_interfaces(locales, [language.tag])[language.tag]
    found = [_read_file(path, language, ENGLISH) for path in paths if path.exists()]
    merged = merge_interface(language, [catalogue for catalogue, _, _ in found])
    copies = frozenset(key for _, keys, _ in found for key in keys)
    problems = "\n".join(problem for _, _, problem in found if problem)
    return count_part(make_interface_template(), merged, copies), problems


def _read_file(
    path: Path, language: Language, source: str, links: AllowedLinks = ()
) -> tuple[Catalogue, frozenset[Key], str]:
    """Read a catalogue, which of its messages repeat the source, and what is wrong with it."""
    try:
        po = read_po(path)
    except PoError as error:
        return make_plain_catalogue(language), frozenset(), str(error)
    told = "\n".join(f"{path}:{line}: {text}" for line, text in find_unmerged(po))
    return make_catalogue(language, po, source, links), find_copies(po), told


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
