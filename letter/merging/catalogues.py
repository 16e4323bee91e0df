"""The template and every catalogue as a changed letter wants them, before any is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from letter.files import Signature, sign_file
from letter.languages.folders import CATALOGUE, SOURCE_TAG, find_catalogues, is_broken_link
from letter.languages.language import Language, LanguageError
from letter.merging.message_decisions import list_active
from letter.merging.update import Update, update_catalogue
from letter.po.faults import PoError
from letter.po.header import make_header
from letter.po.model import Entry, PoFile, is_empty
from letter.po.reader import read_po
from letter.po.writer import format_po
from letter.source.letter import Letter
from letter.source.template import TEMPLATE, make_template, read_template_date, update_template

FEW = 3  # translations; fewer may leave a letter without anybody asking


@dataclass(frozen=True, slots=True)
class Planned:
    """What one file should hold, and what was done to bring it there.

    The signature is of the file that the plan was made from.
    """

    name: str  # the language's tag, or the template's file name
    path: Path
    signature: Signature | None
    data: bytes = b""  # what the file should hold; nothing if it can't be read
    is_changed: bool = False  # whether the file holds anything else
    update: Update | None = None  # of a catalogue
    problem: str | None = None  # why the file can't be read
    doubt: str | None = None  # why a person should be asked before the file is written
    pruned: tuple[Entry, ...] = ()  # the obsolete entries that go


def plan_update(
    letter: Letter, locales: Path, now: datetime, *, minor: bool = False
) -> Iterator[Planned]:
    """Plan, file by file, what brings the template and every catalogue up to the letter.

    A catalogue that can't be read is left alone and named; the others are brought up all the same.
    With `minor`, minor edits of the English leave translations finished.
    """
    template = make_template(letter, locales)
    path = locales / TEMPLATE
    signature = sign_file(path)
    data = update_template(template, path, now)
    yield Planned(TEMPLATE, path, signature, data, _differs(path, data))
    for tag, found in find_catalogues(locales).items():
        yield _plan_catalogue(tag, found, letter, template, minor=minor)


def _plan_catalogue(
    tag: str, path: Path, letter: Letter, template: Sequence[Entry], *, minor: bool
) -> Planned:
    signature = sign_file(path)
    try:
        before = read_po(path)
        po, update = update_catalogue(before, template, minor=minor)
        data = format_po(po)
    except PoError as error:
        return Planned(tag, path, signature, problem=str(error))
    doubt = _find_doubt(before, update, letter)
    return Planned(tag, path, signature, data, _differs(path, data), update, doubt=doubt)


def _find_doubt(before: PoFile, update: Update, letter: Letter) -> str | None:
    """Say why a catalogue is probably that of another letter: most of its translations would go.

    Translations of the page's own words, which all letters share, don't count.
    """
    own = {message.msgid for message in letter.messages}
    known = {entry.msgid for entry in list_active(before).values() if not is_empty(entry)}
    gone = len(known.intersection(update.gone))
    stay = len(known & own) + len(update.outdated) + len(update.split) + len(update.corrected)
    if gone < FEW or gone <= stay:
        return None
    told = f"{gone} of the letter's {gone + stay} translations would become obsolete"
    return f"{before.path}: {told}: add --yes if this is a catalogue of {letter.path}"


def plan_prune(locales: Path) -> Iterator[Planned]:
    """Plan, catalogue by catalogue, what removes its obsolete entries and changes no other byte.

    The comments of an obsolete entry go with it; loose comments stay.
    """
    for tag, path in find_catalogues(locales).items():
        signature = sign_file(path)
        try:
            po = read_po(path)
            pruned = tuple(entry for entry in po.entries if entry.obsolete)
            kept = tuple(entry for entry in po.entries if not entry.obsolete)
            data = format_po(replace(po, entries=kept))
        except PoError as error:
            yield Planned(tag, path, signature, problem=str(error))
        else:
            yield Planned(tag, path, signature, data, bool(pruned), pruned=pruned)


def _differs(path: Path, data: bytes) -> bool:
    return not path.exists() or path.read_bytes() != data


def make_new_catalogue(letter: Letter, locales: Path, language: Language) -> bytes:
    """Make the catalogue of a language that has none yet: every message, nothing translated.

    LanguageError where the catalogue is there already, where the language is the letter's own, or
    where there is no folder of catalogues.
    """
    if language.tag == SOURCE_TAG:
        raise LanguageError(f"{language.tag} is the letter's own language: it needs no catalogue")
    if path := find_catalogues(locales).get(language.tag):
        if is_broken_link(path):
            wrong = "is a link to a file that is not there: put the file there, or remove the link"
            raise LanguageError(f"{path}: {wrong}")
        raise LanguageError(f"{path}: is there already: translators can go on in it")
    fields = {
        "POT-Creation-Date": read_template_date(locales / TEMPLATE),
        "Language-Team": language.english_name,
        "Language": language.folder,
        "Plural-Forms": language.plural_forms,
        "X-Letter-Status": "draft",
    }
    header = make_header(f"{language.english_name} translation of the letter.", fields)
    empty = PoFile(str(CATALOGUE), header)
    return format_po(update_catalogue(empty, make_template(letter, locales))[0])


def summarise_updates(plans: Sequence[Planned]) -> Mapping[str, object]:
    """Give what an update of all files did, as data for other programs, by tag."""
    return {
        plan.name: {
            "path": str(plan.path),
            "changed": plan.is_changed,
            "problem": plan.problem,
            "doubt": plan.doubt,
            "pruned": [entry.msgid for entry in plan.pruned],
            **(asdict(plan.update) if plan.update else {}),
        }
        for plan in plans
    }
