"""The templates and every catalogue as a changed letter wants them, before any is written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from letter.files import Signature, sign_file
from letter.languages.folders import (
    CATALOGUE,
    INTERFACE,
    SHARED,
    choose_both_kinds,
    find_catalogues,
    is_broken_link,
)
from letter.languages.language import Language, LanguageError
from letter.merging.lent_interface import leave_lent, list_lent
from letter.merging.made_elsewhere import complete_header
from letter.merging.message_decisions import list_active
from letter.merging.moved_addresses import list_texts, plan_moves
from letter.merging.moved_messages import move_messages, read_both_histories
from letter.merging.split_domains import split_domains
from letter.merging.three_way import explain_outcomes
from letter.merging.typed_over import keep_typed_over
from letter.merging.update import Update, update_catalogue
from letter.paths import OWN_LOCALES
from letter.po.faults import PoError
from letter.po.header import DRAFT, OF_LETTER, OF_PAGE, make_header, write_title
from letter.po.model import Entry, Key, PoFile, is_empty
from letter.po.reader import read_po
from letter.po.writer import format_po
from letter.source.letter import Letter
from letter.source.message_kinds import is_name
from letter.source.moved_passages import MOVED
from letter.source.template import (
    INTERFACE_TEMPLATE,
    TEMPLATE,
    make_interface_template,
    make_template,
    read_template,
    read_template_date,
    update_template,
)

FEW = 3  # translations; fewer may leave a letter without anybody asking


@dataclass(frozen=True, slots=True)
class Planned:
    """What one file should hold, and what was done to bring it there.

    The signature is of the file that the plan was made from.
    """

    name: str  # the language's tag, that behind `SHARED`, or the template's file name
    path: Path
    signature: Signature | None
    data: bytes = b""  # what the file should hold; nothing if it can't be read
    is_changed: bool = False  # whether the file holds anything else
    update: Update | None = None  # of a catalogue
    problem: str | None = None  # why the file can't be read
    doubt: str | None = None  # why a person should be asked before the file is written
    pruned: tuple[Entry, ...] = ()  # the obsolete entries that go
    moved: int = 0  # messages of the page that left the letter's catalogue for the interface's
    told: tuple[str, ...] = ()  # what a person should look at, in a line for each message
    texts: tuple[str, ...] = ()  # the msgids that a catalogue of the letter had


def plan_update(
    letter: Letter, locales: Path, now: datetime, *, minor: bool = False
) -> Iterator[Planned]:
    """Plan, file by file, what brings the templates and every catalogue up to the letter.

    A catalogue that can't be read is left alone and named; the others are brought up all the same.
    With `minor`, minor edits of the source leave translations finished. Messages of the page leave
    the letter's catalogue, where they stood once, for the interface's catalogue beside it.
    """
    template = make_template(letter, locales)
    first = _plan_template(locales / TEMPLATE, template, now)
    paths = [locales / name for name in (TEMPLATE, INTERFACE_TEMPLATE)]
    once, page = (read_template(path) or PoFile(str(path)) for path in paths)
    yield first
    catalogues = find_catalogues(locales, letter.settings.language)
    interfaces = find_catalogues(locales, kind=INTERFACE)
    plans = []
    for tag in sorted({**catalogues, **interfaces}):
        moved = None
        if path := catalogues.get(tag):
            moved, plan = _plan_catalogue(tag, path, letter, template, once, minor=minor)
            plans.append(plan)
        beside = interfaces.get(tag) or catalogues[tag].with_name(INTERFACE.name)
        if tag in interfaces or moved:
            plans.append(_plan_interface(tag, beside, moved, list_lent(locales, tag), page))
    if any(plan.path.name == INTERFACE.name for plan in plans):
        yield _plan_template(locales / INTERFACE_TEMPLATE, make_interface_template(), now)
    yield from plans
    before = list_texts(once) if first.is_changed else ()
    yield from _plan_moves(locales / MOVED, before, [p.texts for p in plans], letter, now)


def _plan_template(path: Path, template: Sequence[Entry], now: datetime) -> Planned:
    signature = sign_file(path)
    data = update_template(template, path, now)
    return Planned(path.name, path, signature, data, _differs(path, data))


def _plan_moves(
    path: Path, once: Sequence[str], others: Iterable[Sequence[str]], letter: Letter, now: datetime
) -> Iterator[Planned]:
    """Plan the file of moved passages, if an address has moved."""
    signature = sign_file(path)
    data, count = plan_moves(path, once, others, letter, now)
    if count:
        one = ("1 old address leads", "its changed passage")
        old, passages = one if count == 1 else (f"{count} old addresses lead", "their passages")
        told = (f"{old} on to {passages}",)
        yield Planned(path.name, path, signature, data, _differs(path, data), told=told)


def _plan_catalogue(
    tag: str,
    path: Path,
    letter: Letter,
    template: Sequence[Entry],
    once: PoFile,
    *,
    minor: bool,
) -> tuple[PoFile | None, Planned]:
    """Plan the letter's catalogue; give what goes to the interface's, if anything does.

    `once` is the template before.
    """
    signature = sign_file(path)
    try:
        before, moved = split_domains(read_po(path), {entry.key for entry in template})
        if moved.entries and path.with_name(INTERFACE.name).exists():
            read_po(path.with_name(INTERFACE.name))  # nothing moves to where it can't go
        before, told = keep_typed_over(before, template, (once,))
        po, update = update_catalogue(before, template, minor=minor)
        data = format_po(complete_header(po, path, OF_LETTER))
    except PoError as error:
        return None, Planned(tag, path, signature, problem=str(error))
    doubt, count = _find_doubt(before, update, letter), len(moved.entries)
    is_changed = _differs(path, data)
    texts = list_texts(before)
    plan = Planned(tag, path, signature, data, is_changed, update, doubt=doubt, told=told)
    plan = replace(plan, moved=count, texts=texts)
    worth = tuple(entry for entry in moved.entries if entry.comments or not is_empty(entry))
    return (replace(moved, entries=worth) if worth else None), plan


def _plan_interface(
    tag: str, path: Path, moved: PoFile | None, lent: Set[Key], once: PoFile
) -> Planned:
    """Plan a catalogue of the interface, and make one where there is none for what is moved.

    What its readers have from elsewhere, `lent`, is nobody's work, and isn't added. `once` is the
    template before.
    """
    name, signature = SHARED + tag, sign_file(path)
    try:
        new = PoFile(str(path), moved.header if moved else None)
        po = read_po(path) if signature else new
        before, told = po, tuple[str, ...]()
        if moved:
            source = Path(moved.path)
            before, outcomes = move_messages(
                po, moved.entries, lambda: read_both_histories(source, path)
            )
            told = tuple(explain_outcomes(outcomes, str(path)))
        template = make_interface_template()
        typed, lines = keep_typed_over(before, template, (once,))
        after, update = update_catalogue(typed, template)
        po, update = leave_lent(before, after, update, lent)
        data = format_po(complete_header(po, path, OF_PAGE))
    except PoError as error:
        return Planned(name, path, signature, problem=str(error))
    return Planned(name, path, signature, data, _differs(path, data), update, told=(*told, *lines))


def _find_doubt(before: PoFile, update: Update, letter: Letter) -> str | None:
    """Say why a catalogue is probably that of another letter: most of its translations would go.

    Signatories' names don't count.
    """
    own = {message.msgid for message in letter.messages if not message.is_name}
    active = list_active(before).values()
    known = {entry.msgid for entry in active if not (is_empty(entry) or is_name(entry))}
    gone = len(known.intersection(update.gone))
    stay = len(known & own) + len(update.outdated) + len(update.split) + len(update.corrected)
    if gone < FEW or gone <= stay:
        return None
    told = f"{gone} of the letter's {gone + stay} translations would become obsolete"
    return f"{before.path}: {told}: add --yes if this is a catalogue of {letter.path}"


def plan_prune(locales: Path, source: str) -> Iterator[Planned]:
    """Plan, catalogue by catalogue, what removes its obsolete entries and changes no other byte.

    The comments of an obsolete entry go with it; loose comments stay.
    """
    for name, path in choose_both_kinds(locales, source=source).items():
        signature = sign_file(path)
        try:
            po = read_po(path)
            pruned = tuple(entry for entry in po.entries if entry.obsolete)
            kept = tuple(entry for entry in po.entries if not entry.obsolete)
            data = format_po(replace(po, entries=kept))
        except PoError as error:
            yield Planned(name, path, signature, problem=str(error))
        else:
            yield Planned(name, path, signature, data, bool(pruned), pruned=pruned)


def _differs(path: Path, data: bytes) -> bool:
    return not path.exists() or path.read_bytes() != data


def make_new_catalogue(
    letter: Letter, locales: Path, language: Language, plural_forms: str = ""
) -> bytes:
    """Make the catalogue of a language that has none yet: every message, nothing translated.

    The header says what CLDR doesn't. LanguageError where the catalogue is there already, where the
    language is the letter's own, or where there is no folder of catalogues.
    """
    if language.tag == letter.settings.language:
        raise LanguageError(f"{language.tag} is the letter's own language: it needs no catalogue")
    if path := find_catalogues(locales).get(language.tag):
        if is_broken_link(path):
            wrong = "is a link to a file that is not there: put the file there, or remove the link"
            raise LanguageError(f"{path}: {wrong}")
        raise LanguageError(f"{path}: is there already: translators can go on in it")
    header = _make_new_header(OF_LETTER, locales / TEMPLATE, language, plural_forms)
    empty = PoFile(str(CATALOGUE), header)
    return format_po(update_catalogue(empty, make_template(letter, locales))[0])


def make_new_interface(
    language: Language, plural_forms: str = "", lent: Set[Key] = frozenset()
) -> bytes:
    """Make the interface's catalogue of a language: all that isn't lent, nothing translated."""
    path = OWN_LOCALES / INTERFACE_TEMPLATE
    header = _make_new_header(OF_PAGE, path, language, plural_forms)
    empty = PoFile(str(INTERFACE), header)
    template = [entry for entry in make_interface_template() if entry.key not in lent]
    return format_po(update_catalogue(empty, template)[0])


def _make_new_header(what: str, template: Path, language: Language, plural_forms: str) -> Entry:
    fields = {
        "POT-Creation-Date": read_template_date(template),
        "Language-Team": language.english_name,
        "Language": language.folder,
        "Plural-Forms": plural_forms or language.plural_forms,
        **DRAFT,
        **language.facts.write_fields(),
    }
    return make_header(write_title(language.english_name, what), fields)


def summarise_updates(plans: Sequence[Planned]) -> Mapping[str, object]:
    """Give what an update of all files did, as data for other programs, by tag."""
    return {
        plan.name: {
            "path": str(plan.path),
            "changed": plan.is_changed,
            "problem": plan.problem,
            "doubt": plan.doubt,
            "pruned": [entry.msgid for entry in plan.pruned],
            "moved": plan.moved,
            "told": plan.told,
            **(asdict(plan.update) if plan.update else {}),
        }
        for plan in plans
    }
