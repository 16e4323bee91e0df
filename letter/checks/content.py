"""Checks of what a translation says against its English: addresses, numbers, markup, words.

Each check is a generator of what is wrong, in words for the translator, and what to do.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from letter.checks.texts import (
    PLACEHOLDER,
    Pair,
    compare_numbers,
    find_addresses,
    find_numbers,
    find_tags,
)
from letter.source.markdown import find_links, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MARKUP = re.compile(r"[*`\]]|__")
_COUNT = re.compile(r"\((?:\w*_)?(?:n|num|number|count|counter)(?:_\w*)?\)")
_LONGEST_NAME = 20  # words
_LONGEST_NUMBER = 15  # digits; a longer one stands for no word
_SMALL = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
    "first": "1", "second": "2", "third": "3", "once": "1", "twice": "2", "single": "1",
}  # fmt: skip
_MONTH = re.compile(
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# "250 thousand" for 250,000, in the languages that are checked most.
_MULTIPLIER = re.compile(
    r"ألف|آلاف|الف|مليون|ملايين|هەزار|ملیۆن|هزار|میلیون|\bhezar|\bmîlyon|\bmilyon|\bbin\b|"
    r"\bmil(?:le|ion|lion)?\b|\bthousand|\bTausend"
)
# Words of the English that a translator may write as a number, and which numbers those are.
_LARGE: tuple[tuple[re.Pattern[str], Callable[[int], bool]], ...] = (
    (re.compile(r"teen\b", re.IGNORECASE), lambda n: 13 <= n <= 19),
    (re.compile(r"(?:n|r|x|f|gh)ty\b", re.IGNORECASE), lambda n: 20 <= n <= 99),
    (re.compile(r"\bhundred", re.IGNORECASE), lambda n: n % 100 == 0),
    (re.compile(r"\bthousand", re.IGNORECASE), lambda n: n % 1_000 == 0),
    (re.compile(r"illion", re.IGNORECASE), lambda n: n >= 1_000),
    (re.compile(r"\bdozen", re.IGNORECASE), lambda n: n in (12, 24)),
    (re.compile(r"\bhalf\b", re.IGNORECASE), lambda n: n in (5, 50)),
    (re.compile(r"\bquarter", re.IGNORECASE), lambda n: n in (4, 15, 25)),
    (re.compile(r"\b(?:decade|century)", re.IGNORECASE), lambda n: n in (10, 100)),
    (re.compile(r"\b[ap]\.?m\b", re.IGNORECASE), lambda n: n <= 24),
    (_MONTH, lambda n: 1 <= n <= 12),
)
_SMALL_WORDS = frozenset(
    ["a", "an", "and", "are", "as", "at", "but", "by", "for", "from", "in", "into", "is", "it",
     "of", "on", "or", "the", "to", "via", "with"]
)  # fmt: skip
_IN_WORD = r"[\w\u064b-\u0655\u0670\u200c'’-]"  # vowel signs are not \w
_DOUBLED = re.compile(rf"(?<!{_IN_WORD})(\w{{2,}})[ \n\u00a0]+\1(?!{_IN_WORD})")
# Adverbs that are formed by saying a word twice ("one by one", "little by little").
_TWICE_ON_PURPOSE = frozenset(
    ["cuda", "hêdî", "yek", "gav", "kom", "rêz", "car", "dem", "zû", "bi", "jor",
     "کەم", "یەک", "بەش", "وردە", "هێدی", "جیا", "پۆل", "کۆمەڵ", "جار",
     "کم", "یک", "تک", "یکی", "آرام", "دانه", "جدا", "رويدا", "رويداً", "واحدا", "واحداً", "كلمة"]
)  # fmt: skip
_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_SPACE_BEFORE = re.compile(r"(?<=[^\W\d_])[ ]+[,.](?=\s|$)")
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("‹", "›"), ("⟨", "⟩"))
_CURLY = "“”„‟"
_AROUND_WORD = ".,;:!?()[]{}*_\"'“”‘’«»،؛؟…"
_GLOSS = re.compile(r"\([!-'*-~ ]*\)")  # the English word for a term, in brackets behind it
_CODE = re.compile(r"`[^`]*`")
_SMILEY_OR_LIST = re.compile(r"[:;]-?[()](?=\s|$)|^[ \t]*\w{1,3}\)", re.MULTILINE)


def find_changed_addresses(pair: Pair) -> Iterator[str]:
    """Find addresses of pages and mail that are not those of the English.

    The bare name of a site to which the English links is a word like others.
    """
    english, found = pair.english.addresses, find_addresses(pair.text)
    if english == found:
        return
    hosts = {address.split("/")[2] for address in english if "://" in address}
    for address in sorted(english - found - hosts):
        yield f"the address {address} of the English is missing: copy it from there unchanged"
    for address in sorted(found - english - hosts):
        yield f"the address {address} is not in the English: remove it, or copy the right one"


def find_changed_placeholders(pair: Pair, plural: Pair | None = None) -> Iterator[str]:
    """Find %(name)s that are not those of the English; a plural form may leave out the count."""
    if "%(" not in pair.text and not pair.english.placeholders:
        return
    found = frozenset(PLACEHOLDER.findall(pair.text))
    known = pair.english.placeholders | (plural.english.placeholders if plural else frozenset())
    for name in sorted(found - known):
        yield f"{name} is not in the English: write one of {', '.join(sorted(known)) or 'none'}"
    missing = sorted(known - found)
    if plural is not None:
        common = pair.english.placeholders & plural.english.placeholders
        missing = [n for n in missing if n in common and len(known) > 1 and not _COUNT.search(n)]
    for name in missing:
        yield f"{name} of the English is missing: copy it to where its value belongs"
    if pair.text.count("%(") == len(PLACEHOLDER.findall(pair.text)):
        return
    rest = PLACEHOLDER.sub("", pair.text)
    if "%(" not in PLACEHOLDER.sub("", pair.english.text):
        at = rest.index("%(")
        yield f"“{rest[at : at + 12]}” should be a name such as %(count)s: copy it from the English"


def find_html(pair: Pair) -> Iterator[str]:
    """Find HTML, which a page would show as text."""
    for name in sorted(find_tags(pair.text) - pair.english.tags):
        yield (
            f"the page would show <{name}> as it stands: write **bold** or *slanting*, "
            "or plain text"
        )


def find_changed_numbers(pair: Pair) -> Iterator[str]:
    """Find a number of the English in whose place another stands, in the digits of any script."""
    if not pair.english.numbers:
        return
    missing, extra = _find_other_numbers(pair)
    if missing and extra:
        yield (
            f"the English has the number {', '.join(missing)}, the translation has "
            f"{', '.join(extra)} instead: write the same number, in the digits you like"
        )


def _find_other_numbers(pair: Pair) -> tuple[list[str], list[str]]:
    """List the numbers that are missing, and the extra ones that no word of the English explains.

    Where a number above twelve is missing, nothing explains another in its place: "five rescue
    workers" doesn't turn "every 25 minutes" into every 5.
    """
    missing, extra = compare_numbers(pair.english.numbers, find_numbers(pair.text))
    if _MULTIPLIER.search(pair.text):
        for number in list(extra):
            larger = {number + "0" * zeros for zeros in (3, 6, 9)} & set(missing)
            for known in larger:
                missing.remove(known)
                extra.remove(number)
                break
    for number in list(extra):
        # A year of Iran's calendar, which the letter's readers may use.
        years = [
            m for m in missing if _YEAR.fullmatch(m) and int(m) - int(number[:9]) in (621, 622)
        ]
        if years:
            missing.remove(years[0])
            extra.remove(number)
    is_open = all(_is_small(number) or _YEAR.fullmatch(number) for number in missing)
    return missing, [n for n in extra if not (is_open and _is_explained(n, pair))]


def _is_explained(number: str, pair: Pair) -> bool:
    """Say whether a number can stand for a word of the English, a month, a year or an hour."""
    text = pair.english.text
    if number in {_SMALL[word] for word in pair.english.words if word in _SMALL}:
        return True
    if len(number) > _LONGEST_NUMBER:
        return False
    value = int(number)
    if _YEAR.fullmatch(number) and _MONTH.search(text):
        return True  # the year of a date, which the English leaves out
    return any(fits(value) and words.search(text) for words, fits in _LARGE)


def _is_small(number: str) -> bool:
    """Say whether a number is often written as a word."""
    return len(number) <= 2 and int(number) <= 12


def find_lost_numbers(pair: Pair) -> Iterator[str]:
    """Find numbers of two digits or more that are missing, or that the English doesn't have."""
    missing, extra = _find_other_numbers(pair)
    if missing and extra and pair.english.numbers:
        return  # find_changed_numbers tells
    for number in missing:
        if not _is_small(number):
            yield f"the number {number} of the English is missing: is it there as a word?"
    for number in extra:
        if not (_is_small(number) or number in pair.english.text or _is_explained(number, pair)):
            yield f"the number {number} is not in the English: is it right?"


def find_open_markup(pair: Pair) -> Iterator[str]:
    """Find marks of bold, slanting, code and links that the page would show as they stand."""
    if not _MARKUP.search(pair.text):
        return
    shown, known = plain_text(pair.text), _read_plain(pair.english.text)
    for mark in ("*", "`", "__"):
        if shown.count(mark) > known.count(mark):
            yield (
                f"{mark} doesn't close, so the page would show it: put one directly before the "
                "first and one directly after the last letter of the words"
            )
            return
    if shown.count("](") > known.count("](") or (
        "](" in pair.english.text
        and shown.count("]") > known.count("]")
        and len(find_links(pair.text)) < len(find_links(pair.english.text))
    ):
        yield "a link is broken: write it as [words](address), without a space in between"


@lru_cache(maxsize=4_096)
def _read_plain(text: str) -> str:
    return plain_text(text)


def find_no_words(pair: Pair) -> Iterator[str]:
    """Find a translation that has no word at all, where the English has several."""
    if len(pair.english.words) > 3 and not any(map(str.isalnum, pair.text)):
        yield "there is no word in this translation: translate it, or leave it empty"


def find_english(pair: Pair) -> Iterator[str]:
    """Find a text or a sentence left in English; names and short ones are so on purpose."""
    is_latin = pair.writing.script == "Latn"
    words = _list_plain_words(pair.text if is_latin else _GLOSS.sub(" ` ", pair.text))
    if pair.text == pair.english.text:
        common = [word for word in words if _is_common(word)]
        begins = next((char for char in pair.text if char.isalpha()), "").isupper()
        is_sentence = pair.text.rstrip("\"'”’»")[-1:] in (".", "!", "?")
        if begins and (
            (len(common) >= 2 and len(common) * 2 >= len(words)) or (is_sentence and common)
        ):
            yield "this is still in English: translate it, or leave it empty until someone does"
    elif found := _find_english_run(words, pair):
        yield f"“{found}” is still in English: translate it too"


def _list_plain_words(text: str) -> list[str]:
    """List the words between spaces, with "" for code, addresses, names of files and the like."""
    bare = (word.strip(_AROUND_WORD) for word in _CODE.sub(" ` ", text).split())
    return [word if word.replace("-", "").replace("’", "").isalpha() else "" for word in bare]


def _is_common(word: str) -> bool:
    return word.islower() and word not in _SMALL_WORDS


def _find_english_run(words: list[str], pair: Pair) -> str | None:
    """Find five words or more in a row, as they stand in the English, not all of them names."""
    english = f" {' '.join(_list_plain_words(pair.english.text))} "
    run: list[str] = []
    for word in words:
        if word and f" {' '.join([*run, word])} " in english:
            run.append(word)
            if len(run) >= 5 and sum(map(_is_common, run)) >= 3:
                return " ".join(run)
            run = run[-_LONGEST_NAME:]
        else:
            run = [word] if f" {word} " in english else []
    return None


def find_doubled_words(pair: Pair) -> Iterator[str]:
    """Find a word that stands twice in a row, which the English doesn't have."""
    for match in _DOUBLED.finditer(pair.text):
        twice_on_purpose = match[1] in _TWICE_ON_PURPOSE or match[1].isdigit()
        if match[0] not in pair.english.text and not twice_on_purpose:
            yield f"“{match[1]}” stands twice: delete one"
            return


def find_odd_spaces(pair: Pair) -> Iterator[str]:
    """Find two spaces in a row, at either end, or before a mark that stands at its word."""
    text, english = pair.text, pair.english.text
    if _SPACES.search(text) and not _SPACES.search(english):
        yield "there are two spaces in a row: delete one"
    if text != text.strip() and english == english.strip():
        yield "there is a space or an empty line at the beginning or end: delete it"
    found = _SPACE_BEFORE.search(text)
    if found and not _SPACE_BEFORE.search(english):
        yield f"there is a space before “{found[0].strip()}”: delete it"


def find_open_pairs(pair: Pair) -> Iterator[str]:
    """Find quotation marks and brackets that open and don't close, or the other way round."""
    text, english = _strip_lone(pair.text), _strip_lone(pair.english.text)
    for opening, closing in _PAIRS:
        if text.count(opening) != text.count(closing) and english.count(opening) == english.count(
            closing
        ):
            lone = opening if text.count(opening) > text.count(closing) else closing
            yield f"{lone} has no partner: add the other one, or delete it"
    for marks in (_CURLY, '"'):
        if sum(map(text.count, marks)) % 2 and not sum(map(english.count, marks)) % 2:
            found = next(char for char in text if char in marks)
            yield f"a quotation mark {found} has no partner: add the other one, or delete it"


def _strip_lone(text: str) -> str:
    return _SMILEY_OR_LIST.sub(" ", _CODE.sub(" ", text))
