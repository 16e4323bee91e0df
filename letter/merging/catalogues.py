"""The template and every catalogue as a changed letter wants them, before any is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from letter.files import Signature, sign_file
from letter.languages.folders import CATALOGUE, SOURCE_TAG, find_catalogues
from letter.languages.language import Language, LanguageError
from letter.merging.update import Update, update_catalogue
from letter.po.faults import PoError
from letter.po.header import make_header
from letter.po.model import Entry, PoFile
from letter.po.reader import read_po
from letter.po.writer import format_po
from letter.source.letter import Letter
from letter.source.template import TEMPLATE, make_template, read_template_date, update_template


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
        yield _plan_catalogue(tag, found, template, minor=minor)


def _plan_catalogue(tag: str, path: Path, template: Sequence[Entry], *, minor: bool) -> Planned:
    signature = sign_file(path)
    try:
        po, update = update_catalogue(read_po(path), template, minor=minor)
        data = format_po(po)
        return Planned(tag, path, signature, data, _differs(path, data), update)
    except PoError as error:
        return Planned(tag, path, signature, problem=str(error))


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
            **(asdict(plan.update) if plan.update else {}),
        }
        for plan in plans
    }
