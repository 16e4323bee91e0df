"""Checks of the words of a translation: none at all, the original's, doubled ones."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from letter.checks.texts import CODE, Pair
from letter.files import read_table
from letter.languages.language import is_english

_LONGEST_NAME = 20  # words
_LONGEST_QUOTE = 4  # words of the original that may stand in a translation, or any number of names
_WORDS = read_table("checks/words.csv")
# Words that names have in them: Center for Media and Freedom of Expression.
_SMALL_WORDS = frozenset(
    word for use, _, words in _WORDS if use == "in names" for word in words.split()
)
# Small words that nobody says twice, and words of which a language makes adverbs so ("kêm kêm").
_NEVER_TWICE, _TWICE_ON_PURPOSE = (
    {(language, word) for kind, language, words in _WORDS if kind == use for word in words.split()}
    for use in ("never twice", "said twice")
)
# In which languages it is a word, what was left, and what an English original has that means it.
_LEFTOVERS = read_table("checks/leftovers.csv")
_MEANT = {leftover: meant for _, leftover, meant in _LEFTOVERS if meant}
_SHORTEST_PHRASE = 4  # words
_SHORTEST_TWICE = 12  # characters without spaces: names and exclamations may stand twice
_AROUND_WORD = ".,;:!?()[]{}*_\"'“”‘’«»،؛؟۔।。、…"
_QUOTATION = re.compile(r'“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|"[^"]*"')
_IN_BRACKETS = re.compile(r"\([^()]*\)")
# A possessive repeat looks at each word once, however long the entry is.
_ACROSS = re.compile(r'(?<!\w)([^\W\d_]++) ?"[ \t\r]*\n[ \t]*" ?\1(?!\w)')
_GLOSS = re.compile(r"\([!-'*-~ ]*\)")  # the English word in brackets behind a translated term


def find_no_words(pair: Pair) -> Iterator[str]:
    """Find a translation that has no word at all, where the original has several."""
    if len(pair.original.words) > 3 and not any(map(str.isalnum, pair.text)):
        yield "there is no word in this translation: translate it, or leave it empty"


def find_english(pair: Pair) -> Iterator[str]:
    """Find a text or sentence left as in the original; names and short texts are so on purpose."""
    is_latin = pair.writing.script == "Latn"
    text = pair.text if is_latin else _GLOSS.sub(" ` ", pair.text)
    words = _list_plain_words(_drop_quotations(text, pair.original.text))
    if pair.text == pair.original.text:
        common = [word for word in words if _is_common(word)]
        begins = next((char for char in pair.text if char.isalpha()), "").isupper()
        ends = pair.text.rstrip("\"'”’»")[-1:] in (".", "!", "?")
        are_many = len(common) >= 2 and len(common) * 2 >= len(words)
        # "Skip to the letter": names have more capitals.
        is_phrase = len(words) >= _SHORTEST_PHRASE and all(map(str.islower, words[1:]))
        are_many = are_many or (is_phrase and bool(common))
        if begins and (are_many or (ends and common)):
            advice = "leave it empty until someone does, or write “# Meant so: english” above it"
            yield f"this is still as in the original: translate it, {advice}"
    elif found := _find_english_run(words, pair):
        yield f"“{found}” is still as in the original: translate it too"


def _drop_quotations(text: str, original: str) -> str:
    """Drop what stands in quotation marks, but for words that the original has in such marks, too.

    Only the latter may be left as they were: the translator has put marks around the others. The
    whole original in brackets goes as well, as behind a title in translation.
    """
    whole = _strip_marks(f"({original})")
    bare = _IN_BRACKETS.sub(
        lambda found: " ` " if _strip_marks(found[0]) == whole else found[0], text
    )
    known = {_strip_marks(found) for found in _QUOTATION.findall(original)}
    kept = _QUOTATION.sub(
        lambda found: found[0] if _strip_marks(found[0]) in known else " ` ", bare
    )
    return kept if any(map(str.isalpha, kept)) else text


def _strip_marks(quotation: str) -> str:
    return quotation[1:-1].strip(".,;:!? ").lower()


def _list_plain_words(text: str) -> list[str]:
    """List the words between spaces, with "" for code, an address, the name of a file and the like.

    >>> _list_plain_words("Read `this` (at once), or letter.md!")
    ['Read', '', 'at', 'once', 'or', '']
    """
    bare = (word.strip(_AROUND_WORD) for word in CODE.sub(" ` ", text).split())
    return [word if word.replace("-", "").replace("’", "").isalpha() else "" for word in bare]


@lru_cache(maxsize=4_096)
def _join_plain_words(msgid: str) -> str:
    """Join the words of an original, each between two spaces, once for all its translations."""
    return f" {' '.join(_list_plain_words(msgid))} "


def _is_common(word: str) -> bool:
    return word.islower() and word not in _SMALL_WORDS


def _find_english_run(words: Sequence[str], pair: Pair) -> str | None:
    """Find a row of words that stand so in the original, long enough, and not all of them names."""
    english = _join_plain_words(pair.original.text)
    run: list[str] = []
    for word in words:
        if word and f" {' '.join([*run, word])} " in english:
            run.append(word)
            if len(run) > _LONGEST_QUOTE and sum(map(_is_common, run)) >= 3:
                return " ".join(run)
            run = run[-_LONGEST_NAME:]
        else:
            run = [word] if f" {word} " in english else []
    return None


def find_text_twice(pair: Pair) -> Iterator[str]:
    """Find a text that is there twice, as when it was pasted into a field that had it already."""
    text, original = ("".join(each.split()) for each in (pair.text, pair.original.text))
    half = len(text) // 2
    is_twice = half >= _SHORTEST_TWICE and len(text) % 2 == 0 and text[:half] == text[half:]
    if is_twice and original[: len(original) // 2] != original[len(original) // 2 :]:
        yield "the whole text stands here twice: delete one of the two"


def find_leftovers(pair: Pair) -> Iterator[str]:
    """Find words that a tool or a person has put where a translation was to come.

    An original may speak of translations itself: "Here is the translation of the letter".
    """
    found = _compile_leftovers(pair.writing.language).search(pair.text)
    if found is None:
        return
    meant, original = _MEANT.get(found[0]), pair.original.text.lower()
    may_be_meant = meant and (meant in original or not is_english(pair.original.language))
    if not may_be_meant and found[0].lower() not in original:
        yield f"“{found[0]}” was left in: write what belongs there, or delete it"


@cache
def _compile_leftovers(language: str) -> re.Pattern[str]:
    """Compile what finds the words of leftovers.csv in a language: in their own case, and whole."""
    words = [word for others, word, _ in _LEFTOVERS if language not in others.split()]
    return re.compile(rf"(?<![\w@])(?:{'|'.join(map(re.escape, words))})(?![\w@])")


def find_doubled_words(pair: Pair, written: str = "") -> Iterator[str]:
    """Find a word that stands twice in a row by a slip, which the original doesn't have.

    Many languages say a word twice on purpose. A slip is a small word, or a word at the end of a
    line in the file and again at the start of the next. `written` is the entry as the file has it.
    """
    words = pair.text.replace("\u00a0", " ").split(" ")
    for one, two in pairwise(words):
        word = one.lstrip(_AROUND_WORD)
        if not word or two.rstrip(_AROUND_WORD) not in (word, word[:1].lower() + word[1:]):
            continue
        row = (pair.writing.language, word.lower())
        is_slip = row in _NEVER_TWICE
        is_across = row not in _TWICE_ON_PURPOSE and word in _list_words_across(written)
        if (is_slip or is_across) and f"{one} {two}" not in pair.original.text:
            place = "at the end of a line and again at the start of the next"
            meant = f"stands {place}: delete one, unless both are meant"
            yield f"“{word}” {'stands twice: delete one' if is_slip else meant}"
            return


@lru_cache(maxsize=4)  # each doubled word of a text asks for the same entry
def _list_words_across(written: str) -> frozenset[str]:
    """List the words at the end of a line of an entry that stand again at the start of the next."""
    return frozenset(_ACROSS.findall(written))
