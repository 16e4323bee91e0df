"""What is wrong with a catalogue's header: its charset, language, plural rule and fallbacks."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from letter.checks.findings import Finding, Severity, find_line
from letter.languages.declared import find_same_language, list_known
from letter.languages.fallbacks import read_fallbacks
from letter.languages.language import Language
from letter.languages.matching import fold_tag
from letter.languages.plural_rules import COUNTS, PluralError, PluralRule, parse_plural_forms
from letter.languages.usual_plurals import list_usual_rules
from letter.po.header import FALLBACK, header_fields, is_placeholder
from letter.po.model import Entry, PoFile, is_empty, shorten_text
from letter.po.unmerged import UNREAD, list_words, split_blocks
from letter.po.untranslated import is_joined

Fault = tuple[Severity, str]


def find_header_faults(
    po: PoFile, language: Language, editions: Collection[str]
) -> Iterator[Finding]:
    """Find what is wrong with the header of a catalogue, by its language and all editions' tags."""
    if po.header:
        yield from _find_comments_to_delete(po, po.header)
    line = find_line(po.header) if po.header else 1
    faults = (*_find_missing_facts(po, language), *_find_lost_fallbacks(po, editions))
    yield from (Finding(line, severity, text, "header") for severity, text in faults)


def _find_comments_to_delete(po: PoFile, header: Entry) -> Iterator[Finding]:
    """Find comments of tools that wait for a person: an author's place, and what wasn't merged."""
    told = list(find_unmerged(po))
    if any(not is_empty(entry) for entry in po.entries):
        said = list_words(header.comments)
        names = (c for c in said if "EMAIL@ADDRESS" in c and is_placeholder(c))
        advice = "write your name, or delete the line"
        told += [(_find_comment(header, c), f"“{c}” names nobody: {advice}") for c in names]
    yield from (Finding(line, Severity.WARNING, text, "header") for line, text in told)


def find_unmerged(po: PoFile) -> Iterator[tuple[int, str]]:
    """Find what a merge left out of a file, by its line, until a person deletes all of it."""
    advice = "put what is missing into this file, then delete this line and those behind > below it"
    for block in split_blocks(po.header.comments) if po.header else ():
        if po.header and block[0].startswith((UNREAD, ">1 ", ">2 ")):
            text = f"a side of a merge isn't in this file (“{shorten_text(block[0])}”): {advice}"
            yield _find_comment(po.header, block[0]), text


def _find_comment(header: Entry, comment: str) -> int:
    return header.line + header.source.text.partition(comment)[0].count("\n")


def _find_missing_facts(po: PoFile, language: Language) -> Iterator[Fault]:
    """Find what is wrong with what the header says: charset, language, plural rule, names."""
    if po.header is None:
        text = "the file has no header: copy the first message of locales/letter.pot to its top"
        yield Severity.ERROR, text
        return
    if is_joined(po.header):
        yield Severity.WARNING, "msgcat has joined several headers here: keep the lines of one"
    fields = header_fields(po)
    if any(not is_empty(entry) for entry in po.entries):
        yield from _find_leftover_name(fields)
    yield from _find_field_faults(fields, language, Path(po.path).parent.parent.name)
    header = fields.get("Plural-Forms", "")
    if not declares_other(po, language):
        yield from _find_plural_faults(header, language, _count_plural_forms(po))


def _find_leftover_name(fields: Mapping[str, str]) -> Iterator[Fault]:
    """Find the name that gettext's tools write for a translator to fill in.

    The team's name is left out: Weblate keeps the template's.
    """
    value = fields.get("Last-Translator", "")
    if "FULL NAME" in value or "EMAIL@ADDRESS" in value:
        wrong = f"the header has “Last-Translator: {value}”"
        yield Severity.WARNING, f"{wrong}: write a name, or nothing behind the colon"


def _find_field_faults(
    fields: Mapping[str, str], language: Language, folder: str
) -> Iterator[Fault]:
    """Find another charset than UTF-8, and another language than the folder's.

    The header may spell the language as the folder's name does: Weblate writes kmr in both.
    """
    declared = fields.get("Language")
    if "charset=utf-8" not in fields.get("Content-Type", "").lower().replace(" ", ""):
        text = "the header doesn't say UTF-8: write “Content-Type: text/plain; charset=UTF-8”"
        yield Severity.WARNING, text
    wanted = f"write “Language: {language.folder}”"
    if not declared:
        yield Severity.WARNING, f"the header has no language: {wanted}"
    elif _is_other(declared, language):
        text = f"the header says that this is {declared}: {wanted}, or move the file"
        yield Severity.ERROR, text
    elif declared not in (language.tag, language.folder, folder):
        yield Severity.WARNING, f"the header has “Language: {declared}”: {wanted}"


def _is_other(declared: str, language: Language) -> bool:
    return find_same_language(declared, [language.tag]) is None


def declares_other(po: PoFile, language: Language) -> bool:
    """Say whether a header names another language than the folder does."""
    declared = header_fields(po).get("Language", "")
    return declared != "" and _is_other(declared, language)


def _find_lost_fallbacks(po: PoFile, editions: Collection[str]) -> Iterator[Fault]:
    """Find the tags in X-Letter-Fallback whose edition can lend nothing, since there is none."""
    there = set(map(fold_tag, editions))
    for tag in read_fallbacks(header_fields(po).get(FALLBACK, "")):
        folded, told = fold_tag(tag), f"{FALLBACK} names {tag[:40]}, which is"
        if folded in there or folded == "none":
            continue
        advice = "write the tags of other editions, or none"
        if folded not in list_known():
            yield Severity.WARNING, f"{told} no language that is known here: {advice}"
        elif there:
            yield Severity.WARNING, f"{told} no edition of this letter: {advice}"


def _count_plural_forms(po: PoFile) -> frozenset[int]:
    """Give how many forms the plurals of a catalogue have: one number, unless some lack a form."""
    plurals = (entry for entry in po.entries if entry.msgid_plural is not None)
    return frozenset(len(entry.msgstr) for entry in plurals if not entry.obsolete)


def choose_own_rule(po: PoFile, language: Language) -> PluralRule:
    """Choose the rule by which a catalogue's plurals are checked.

    It is the language's own where the header asks for a number of forms that neither the language
    nor any message has: that is a fault of the header alone.
    """
    rule = language.choose_plural_rule(header_fields(po).get("Plural-Forms", ""))
    usual = {each.nplurals for each in list_usual_rules(language.locale)}
    counts = _count_plural_forms(po)
    if rule.nplurals in usual | counts or not usual & counts:
        return rule
    return language.choose_plural_rule()


def _find_plural_faults(
    header: str, language: Language, counts: Collection[int]
) -> Iterator[Fault]:
    """Compare a plural rule with the usual ones by the form of each count, not by its spelling.

    `counts` are the numbers of forms that the messages have.
    """
    wanted = f"write “Plural-Forms: {language.plural_forms}”"
    serious = Severity.ERROR if counts else Severity.WARNING
    if not header:
        if counts:
            yield serious, f"the header has no plural rule: {wanted}"
        return
    try:
        rule = parse_plural_forms(header)
    except PluralError as error:
        yield serious, f"{error}, or {wanted}"
        return
    usual = list_usual_rules(language.locale)
    alike = [each for each in usual if each.nplurals == rule.nplurals]
    strays = [_find_stray(rule, each) for each in alike]
    is_used = rule.nplurals in counts or not {each.nplurals for each in usual} & set(counts)
    is_finer = any(rule.refines(each) for each in usual if each not in alike)
    if None in strays or (is_used and is_finer):
        return  # more forms than are needed, or forms for fractions, do no harm
    if strays:
        yield Severity.WARNING, f"the plural rule is wrong for the number {strays[0]}: {wanted}"
    elif usual:
        needed = " or ".join(str(count) for count in sorted({each.nplurals for each in usual}))
        text = f"the header says nplurals={rule.nplurals}, the language needs {needed}"
        yield serious, f"{text}: {wanted}"


@lru_cache(maxsize=256)  # asked at each save of a file, and 2,000 counts long
def _find_stray(one: PluralRule, other: PluralRule) -> int | None:
    """Find the first count to which two plural rules give different forms."""
    return next((n for n in COUNTS if one.index(n) != other.index(n)), None)
