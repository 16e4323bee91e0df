"""Files that came back from translators: each is taken into the catalogue of its language.

What one file brings is there for the next of the same language. A file that can't be used is told
of, and stops no other. Nothing is written here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from letter.errors import OneLetterError
from letter.files import explain_refusal
from letter.languages.folders import SHARED
from letter.languages.language import ENGLISH
from letter.merging.attachments import Attachment, ReceiveError, unpack_sent
from letter.merging.base_version import find_base, refuse_other_base
from letter.merging.entry_merge import NOTHING_TAKEN, Verdict
from letter.merging.header_merge import credit_translator, merge_header_comments
from letter.merging.message_decisions import list_active
from letter.merging.refused_letters import refuse_lost_letters
from letter.merging.sent_catalogue import fill_gaps, read_sent
from letter.merging.sent_language import choose_catalogue
from letter.merging.split_domains import split_domains
from letter.merging.standing_catalogues import (
    Standing,
    join_kinds,
    keep_additions,
    lend_interface,
    list_keys,
    read_domain_history,
)
from letter.merging.three_way import Outcome, reconcile_catalogues
from letter.merging.typed_over import keep_typed_over
from letter.merging.unknown_base import reconcile_unknown
from letter.po.marks import keeps_text
from letter.po.model import PoFile, is_empty, join_forms
from letter.po.reader import parse_po
from letter.po.writer import format_po
from letter.source.message_kinds import is_of_page
from letter.source.words import fold_text

_WRONG = "has no message of this letter: is it the right file?"


@dataclass(frozen=True, slots=True)
class Known:
    """What the person who receives files knows of them better than the files."""

    language: str | None = None  # whose they are
    base: PoFile | None = None  # the version that the translator started from
    letters_are_right: bool = False
    source: str = ENGLISH  # the tag of the letter's own language


@dataclass(frozen=True, slots=True)
class Replaced:
    """A finished translation that another one replaces, or that becomes fuzzy.

    Or any entry in which a second text comes to stand beside the first.
    """

    msgid: str
    before: str  # on one line, as `after`
    after: str
    becomes_fuzzy: bool
    line: int = 0  # of the entry in the catalogue as it is written
    beside: tuple[str, ...] = ()  # the comments that come to keep the other texts


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file; where there is a problem, nothing of the file was taken."""

    file: str
    language: str = ""  # a tag
    path: str = ""  # of the catalogue
    entries: tuple[Outcome, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""


def receive_files(
    paths: Sequence[Path], standing: Mapping[str, Standing], known: Known
) -> tuple[list[Received], dict[str, Standing]]:
    """Take in files one after the other; give what became of each, and the catalogues then.

    What a file says of the letter and of the page goes to two catalogues. ReceiveError where one
    language or one base is said of several files.
    """
    after, received = dict(standing), []
    opened = [(path, *_open_file(path)) for path in paths]
    if (known.language or known.base) and sum(len(found) for _, found, _ in opened) > 1:
        raise ReceiveError("--language and --base go with one file: receive the files one by one")
    for path, attachments, problem in opened:
        if problem:
            received.append(Received(str(path), problem=problem))
        for attachment in attachments:
            try:
                told, after = _take_in(attachment, after, known)
            except OneLetterError as error:
                problem = str(error)
                told = [Received(attachment.path, notes=attachment.notes, problem=problem)]
            received += told
    after = {name: keep_additions(each) for name, each in after.items()}
    return [_locate_entries(each, after) for each in received], after


def _open_file(path: Path) -> tuple[list[Attachment], str]:
    """Open what was sent; where that can't be done, no attachments, and why."""
    try:
        return unpack_sent(path.read_bytes(), str(path)), ""
    except OneLetterError as error:
        return [], str(error)
    except OSError as error:
        return [], f"{path}: this file cannot be opened ({explain_refusal(error)})"


def _take_in(
    attachment: Attachment, standing: Mapping[str, Standing], known: Known
) -> tuple[list[Received], dict[str, Standing]]:
    """Take one file that was sent into its catalogues; give what became of it, and all then."""
    meant = (known.language, f"{SHARED}{known.language}") if known.language else standing
    models = (each.stored for name, each in standing.items() if name in meant)
    sent, notes = read_sent(attachment.data, attachment.path, *models)
    own, shared = (list_keys(standing, shared=each) for each in (False, True))
    letter, page = split_domains(sent, own, shared)
    has_letter = bool(list_active(letter)) or not list_active(page)
    tags = {name.removeprefix(SHARED) for name in standing if not has_letter or SHARED not in name}
    stored = {tag: join_kinds(standing, tag) for tag in sorted(tags)}
    tag, warnings = choose_catalogue(sent, stored, known.language, known.source)
    if has_letter and any(map(is_of_page, standing[tag].stored.entries)):
        letter, page = sent, PoFile(sent.path)  # update.py parts the catalogue
    elif tag not in standing:
        letter, page = PoFile(sent.path), sent  # what is obsolete has nowhere else to go
    if not list_active(letter) and not list_active(page):
        raise ReceiveError(f"{sent.path}: {_WRONG}")
    if not known.letters_are_right:
        refuse_lost_letters(sent, stored[tag], tag)
    received, after = [], dict(standing)
    for name, part in ((tag, letter), (SHARED + tag, page)):
        if part.entries or (has_letter and name == tag):
            after = after if name == tag else lend_interface(after, tag)
            told, after[name] = _take_part(part, name, after, known)
            received.append(replace(told, file=attachment.path, language=tag))
    first, *others = [told for told in received if told.entries] or received[:1]
    notes = (*attachment.notes, *notes, *warnings, *first.notes)
    return [replace(first, notes=notes), *others], after


def _take_part(
    sent: PoFile, name: str, standing: Mapping[str, Standing], known: Known
) -> tuple[Received, Standing]:
    """Take what a file says of the letter, or of the page, into the catalogue of that name."""
    catalogue = standing[name]
    if catalogue.problem:
        raise ReceiveError(f"{catalogue.problem}; nothing of {sent.path} was taken")
    base, lack, versions = known.base, "", tuple[PoFile, ...]()
    if base is None:
        history = read_domain_history(standing, name, sent)
        versions = history.versions
        latest = history.versions[-1] if catalogue.versions else catalogue.stored
        base, lack = find_base(sent, history, latest)
    else:
        own, shared = (list_keys(standing, shared=each) for each in (False, True))
        refuse_other_base(base, sent, name.removeprefix(SHARED))
        base = split_domains(base, own, shared)[name.startswith(SHARED)]
    started = base or catalogue.current
    asked = list(list_active(started).values())
    sent, typed = keep_typed_over(sent, asked, (started, *versions) if base or versions else ())
    sent = fill_gaps(sent, base or PoFile(sent.path))
    merged, outcomes = receive_catalogue(catalogue.current, sent, base)
    told = Received(
        sent.path,
        path=str(catalogue.path),
        entries=tuple(outcomes),
        replaced=tuple(_list_replaced(catalogue.current, merged)),
        notes=(*(f"{sent.path}: {line}" for line in typed), *_tell_lack(sent, outcomes, lack)),
    )
    is_new = catalogue.signature is None and not outcomes
    return told, catalogue if is_new else replace(catalogue, current=merged)


def _tell_lack(sent: PoFile, outcomes: Sequence[Outcome], lack: str) -> tuple[str, ...]:
    """Tell why it is not known which version a file started from, where that matters."""
    if not lack or all(outcome.verdict is Verdict.TAKEN for outcome in outcomes):
        return ()
    why = f"the version it started from is not known: {lack}"
    return (
        f"{sent.path}: {why}: no finished text was replaced; give the version with --base FILE",
    )


def receive_catalogue(
    current: PoFile, sent: PoFile, base: PoFile | None
) -> tuple[PoFile, list[Outcome]]:
    """Merge what a translator sent into the current catalogue; give it and every changed entry.

    Without a base, whatever differs from a finished translation here is a conflict, or told.
    ReceiveError where the file has no message of the current catalogue or of the base.
    """
    known = (current, base) if base else (current,)
    here = {fold_text(entry.msgid) for po in known for entry in po.entries}
    said = {fold_text(entry.msgid) for entry in list_active(sent).values()}
    if said and here.isdisjoint(said):
        raise ReceiveError(f"{sent.path}: {_WRONG}")
    if base is None:
        merged, outcomes = reconcile_unknown(current, sent)
    else:
        merged, outcomes = reconcile_catalogues(base, current, sent)
    # Where no base is known, the file's own header is the start, so that none is changed.
    merged = merge_header_comments(base or sent, merged, sent)
    if any(outcome.verdict not in NOTHING_TAKEN for outcome in outcomes):
        merged = credit_translator(merged, sent)
    return parse_po(format_po(merged), current.path), outcomes


def _list_replaced(before: PoFile, after: PoFile) -> Iterator[Replaced]:
    now = list_active(after)
    for key, entry in list_active(before).items():
        new = now.get(key)
        if new is None:
            continue
        texts, is_shown = (join_forms(entry), join_forms(new)), not (entry.fuzzy or is_empty(entry))
        beside = [c for c in new.comments if keeps_text(c) and c not in entry.comments]
        if beside or (is_shown and (texts[0] != texts[1] or new.fuzzy)):
            yield Replaced(entry.msgid, *texts, is_shown and new.fuzzy, beside=tuple(beside))


def _locate_entries(received: Received, standing: Mapping[str, Standing]) -> Received:
    """Put the lines that entries have once all is written."""
    if received.problem:
        return received
    by_path = {str(each.path): each.current.entries for each in standing.values()}
    entries = by_path[received.path]
    lines = {entry.msgid: entry.line for entry in entries}
    lines |= {entry.msgid: entry.line for entry in entries if not entry.obsolete}
    return replace(
        received,
        entries=tuple(replace(each, line=lines.get(each.msgid, 0)) for each in received.entries),
        replaced=tuple(replace(each, line=lines.get(each.msgid, 0)) for each in received.replaced),
    )
