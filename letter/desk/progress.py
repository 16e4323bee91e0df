"""How far a language has come, counted: its letter, its front matter, and the page around them.

Signatories' names are nobody's work.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from letter.desk.message_names import name_messages
from letter.editions.catalogue import Catalogue, State, Translation, make_plain_catalogue
from letter.languages.header_facts import drop_controls
from letter.languages.language import Language, is_english
from letter.po.header import is_placeholder
from letter.po.model import Entry, Key, PoFile
from letter.po.untranslated import Worth, measure_worth
from letter.source.letter import Letter
from letter.source.message_kinds import is_name
from letter.source.template import make_interface_template, make_template


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
    # Why a file can't be read, all in which then counts as untranslated, or what a merge left out.
    problem: str | None


@dataclass(frozen=True, slots=True)
class Texts:
    """What there is to translate in a letter; names are in the template alone."""

    template: tuple[Entry, ...]  # all
    passages: tuple[Entry, ...]
    front_matter: tuple[Entry, ...]
    names: Mapping[str, str]  # of the messages, by msgid


def split_messages(letter: Letter, locales: Path) -> Texts:
    """Split the messages of a letter into those that count as passages and the front matter's."""
    template = make_template(letter, locales)
    own = [entry for entry in template if not is_name(entry)]
    counted = {message.msgid for message in letter.passages}
    passages = tuple(entry for entry in own if entry.msgid in counted)
    front = tuple(entry for entry in own if entry.msgid not in counted)
    return Texts(template, passages, front, name_messages(letter))


def make_status(
    tag: str,
    texts: Texts,
    catalogue: Catalogue,
    copies: Set[Key],
    interface: Part,
    problem: str | None = None,
) -> Status:
    """Say how far a language has come; `copies` are the messages that repeat the source."""
    return Status(
        tag,
        catalogue.language.name,
        count_part(texts.passages, catalogue, copies),
        count_part(texts.front_matter, catalogue, copies),
        interface,
        _read_field(catalogue, "Last-Translator"),
        _read_field(catalogue, "PO-Revision-Date"),
        problem or None,
    )


def merge_interface(language: Language, catalogues: Sequence[Catalogue]) -> Catalogue:
    """Merge the interface's catalogues, the nearest first, as readers of a language have them."""
    made = (entry.msgid for entry in make_interface_template() if is_english(language.tag))
    translations: dict[Key, Translation] = {}
    for each in (*catalogues, make_plain_catalogue(language, made)):
        for key, known in each.translations.items():
            before = translations.get(key)
            if before is None or before.state is not State.FINISHED:
                translations[key] = known
    return replace(make_plain_catalogue(language), translations=translations)


def _read_field(catalogue: Catalogue, name: str) -> str:
    """Read a field of a catalogue's header; "" where nobody has filled in the field."""
    value = drop_controls(catalogue.headers.get(name, ""))
    return "" if is_placeholder(value) else value


def find_copies(po: PoFile) -> frozenset[Key]:
    """Find the messages that repeat the source without a word that it is meant so."""
    worths = ((entry.key, measure_worth(entry)) for entry in po.entries if not entry.obsolete)
    return frozenset(key for key, worth in worths if worth is Worth.COPY)


def count_part(entries: Sequence[Entry], catalogue: Catalogue, copies: Set[Key]) -> Part:
    """Count how far a catalogue has come with these messages."""
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
