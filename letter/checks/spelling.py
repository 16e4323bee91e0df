"""Checks of spelling: letters of another keyboard, invisible ones, marks, spaces, open brackets."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from letter.checks.characters import is_idle_embedding
from letter.checks.texts import ARABIC_LETTERS, CODE, Pair, Writing, find_words
from letter.files import read_table
from letter.languages.header_facts import JOINERS
from letter.source.hidden_characters import EMBEDDINGS, name_character

# By language: the letters of another keyboard, and the letter that is meant.
_WRONG_LETTERS = read_table("checks/wrong_letters.csv")
# Sorani's ڕ ڵ ێ ۆ made of a letter and a mark look right, but no search finds them, and NFC doesn't
# join them.
_TWO_PARTS = re.compile("[\u0631\u0644\u06cc\u064a\u0648][\u0306\u030c\u0302\u02c7\u0655-\u065c]")
# At the end of a word and behind a consonant or ێ, ه stands for the vowel ە.
# Only the Arabic name of God has its own ه there: الله, عبدالله.
_HEH_FINAL = re.compile("(?<=[بپتجچحخدرڕزژسشعغفڤقکگلڵمنیێه])(?<!لل)ه(?![\\w\u200c\u200d])")
# Between two consonants, and behind the ئ that only vowels have, it does so as well: خهڵک.
_CONSONANT = "[بپتجچحخدرڕزژسشعغفڤقکگلڵمنه]"
_HEH_INSIDE = re.compile(f"(?<={_CONSONANT})ه(?={_CONSONANT})|ئه")
# Arabic words in a row, none with a letter of Sorani's own: most of those in a quotation begin so.
_ARABIC_ROW = re.compile("(?<!\\w)(?:[ء-غف-\u0652]+[\\s.,:!،؛]+){2,}[ء-غف-\u0652]+(?!\\w)")
_BEGINS_ARABIC = re.compile("(?<!\\w)[وفبكل]?(?:[أإ]|ال|لل)")
_SORANI_LETTER = re.compile("[پچژڤگڕڵێۆەیک]")
_FIXED_SHAPE = re.compile("[\ufb50-\ufd3d\ufd40-\ufdef\ufe70-\ufefc]")  # presentation forms
_STRETCHED = re.compile(f"(?<=[{ARABIC_LETTERS}])ـ+(?=[{ARABIC_LETTERS}])")

_WORD = re.compile(r"\w+")
_DIRECTION_MARKS = "\u200e\u200f"  # LRM, RLM
_HIDDEN = re.compile(
    f"[\u061c\u034f\ufe00-\ufe0f\u200b\u2060\ufeff\u00ad\u2028\u2029{_DIRECTION_MARKS}{JOINERS}]"
)

ARABIC_MARKS = {",": "،", ";": "؛", "?": "؟"}
LATIN_MARKS = {arabic: latin for latin, arabic in ARABIC_MARKS.items()}
_WRITTEN_ARABIC = f"{ARABIC_LETTERS}\u064b-\u0652"  # letters and the usual vowel signs
_LATIN_MARK = re.compile(
    rf"(?<=[{_WRITTEN_ARABIC}])[»”\")*_]?\s?([,;?])(?=[\s»”\")*_{_WRITTEN_ARABIC}]|$)"
)
_ARABIC_MARK = re.compile("(?<=[A-Za-zçêîşû])\\s?([،؛؟])")

_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_SPACE_BEFORE = re.compile(r"(?<=[^\W\d_])[ ]+[,.](?=\s|$)")

_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("‹", "›"), ("⟨", "⟩"))
# Low and high, curly and straight ones are partners in some language: „x“, ”x”, „x".
_QUOTES = '“”„‟"״'
# Before a word's last letter the mark is a gershayim for sure: ארה"ב.
_GERSHAYIM = re.compile('(?<=[א-ת])[\u0591-\u05c7]*["“”״](?=[א-ת][\u0591-\u05c7]*(?![א-ת"“”״]))')
_MAYBE_QUOTE = re.compile('(?<=[א-ת])[\u0591-\u05c7]*["“”„״](?=[א-ת])|(?<=[\\d′\'])["“”״](?!\\w)')
# Behind a word, where “ closes nothing: only „x“ ends so, and a text that has „ isn't looked at.
_WRONG_CLOSING = re.compile(r"(?<![\s(\[“])“(?=[\s.,;:!?)\]]|$)")
_LONE_BRACKET = re.compile(
    r"(?<!\()[:;]-?[()](?=\s|$)|^[ \t]*\w{1,3}\)", re.MULTILINE
)  # ":)", "a)"


def find_wrong_letters(pair: Pair) -> Iterator[str]:
    """Find letters of another language's keyboard, of two characters, or in a fixed shape."""
    if _is_decomposed(pair):  # the parts of ئ are ي and a mark
        pair = replace(pair, text=unicodedata.normalize("NFC", pair.text))
    own = _drop_arabic(pair)
    yield from _find_other_keyboard(own)
    yield from _find_sorani_heh(own)
    two_parts = _TWO_PARTS.search(pair.text) if pair.writing.language == "ckb" else None
    if two_parts:
        yield f"“{two_parts[0]}” is made of two characters: write the one letter ڕ, ڵ, ێ or ۆ"
    if found := _FIXED_SHAPE.search(pair.text):
        shape = f"is a letter in a fixed shape ({name_character(found[0])})"
        yield f"“{found[0]}” {shape}, as old programs and PDF files have it: type the word again"
    if pair.writing.is_arabic and _STRETCHED.search(pair.text):
        yield "a letter is stretched with ـ (U+0640): delete the ـ"


def find_decomposed(pair: Pair) -> Iterator[str]:
    """Find a letter that is written as two characters, where Unicode has one (NFC)."""
    is_sorani = pair.writing.language == "ckb"
    if _is_decomposed(pair) and not (is_sorani and _TWO_PARTS.search(pair.text)):
        mark = next((char for char in pair.text if unicodedata.combining(char)), "")
        at = pair.text.index(mark)
        letter = pair.text[at - 1 : at + 1] if mark else ""
        yield f"the letter “{letter}” is made of two characters: type it again as one"


def _drop_arabic(pair: Pair) -> Pair:
    """Drop what a Sorani text quotes in Arabic: three words or more, as of the Quran.

    Sorani typed on an Arabic keyboard has no letter of its own either, but hardly an article.
    """
    if pair.writing.language != "ckb":
        return pair
    text = pair.text
    for row in _ARABIC_ROW.findall(pair.text):
        if 2 * len(_BEGINS_ARABIC.findall(row)) >= len(row.split()):
            text = text.replace(row, " ")
    return replace(pair, text=text) if _SORANI_LETTER.search(text) else pair


def _find_other_keyboard(pair: Pair) -> Iterator[str]:
    """Find letters of another keyboard: all that a text has have one cause."""
    own = [row for row in _WRONG_LETTERS if row[0] == pair.writing.language]
    found: list[tuple[str, str, str]] = []
    for wrong, right in ((wrong, right) for _, letters, right in own for wrong in letters):
        if wrong in pair.text and wrong not in pair.original.text:
            word = next((word for word in find_words(pair.text) if wrong in word), wrong)
            if word not in pair.original.text:
                found.append((word, wrong, right))
    if len(found) > 1:
        pairs = ", ".join(f"{right} for {wrong} (“{word}”)" for word, wrong, right in found)
        yield f"letters of another keyboard are in this text: write {pairs}"
        return
    for word, wrong, right in found:
        yield f"“{word}” has {wrong} (U+{ord(wrong):04X}) in it: write {right}"


def _find_sorani_heh(pair: Pair) -> Iterator[str]:
    """Find Sorani's vowel ە written as the consonant ه, as on a keyboard that lacks ە."""
    if pair.writing.language != "ckb":
        return
    if "ه\u200c" in pair.text:
        yield "ه with an invisible character after it stands for ە: write ە (U+06D5)"
    elif found := _HEH_FINAL.search(pair.text):
        word = _read_word(pair.text, found.start())
        yield f"“{word}” ends in ه (U+0647): write ە (U+06D5)"
    elif found := _HEH_INSIDE.search(pair.text):
        word = _read_word(pair.text, found.start())
        yield f"“{word}” has ه (U+0647) where a vowel must be: write ە (U+06D5)"


def _read_word(text: str, at: int) -> str:
    """Read the word of which the letter at a place is part."""
    return next(word[0] for word in _WORD.finditer(text) if word.start() <= at < word.end())


def _is_decomposed(pair: Pair) -> bool:
    """Say whether a letter is written as two characters for which Unicode has one (NFC)."""
    if pair.writing.is_arabic:
        # NFC also puts several vowel signs in another order, which is no mistake.
        return len(unicodedata.normalize("NFC", pair.text)) < len(pair.text)
    return not unicodedata.is_normalized("NFC", pair.text)


def find_hidden_characters(pair: Pair) -> Iterator[str]:
    """Find invisible characters that do nothing good where they stand."""
    text = pair.text
    if text[0] in EMBEDDINGS and is_idle_embedding(text.split("\n")[0], pair):
        yield f"an invisible character ({name_character(text[0])}) does nothing here: delete it"
    told: set[str] = set()
    for match in _HIDDEN.finditer(text):
        char = match[0]
        is_known = char in told or char in pair.original.text
        if not (is_known or _is_useful(text, match.start(), pair.writing)):
            told.add(char)
            yield f"an invisible character ({name_character(char)}) has no use here: delete it"


def _is_useful(text: str, at: int, writing: Writing) -> bool:
    """Say whether an invisible character may do something between its neighbours."""
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char in JOINERS:
        joins = before.isalpha() or before == "ـ" or unicodedata.category(before or " ")[0] in "MN"
        # ZWJ also shows a letter in its middle shape alone, and joins emoji.
        shapes = char == "\u200d" and (after.isalpha() or ord(before or " ") > 0x2000)
        return joins or shapes
    if char in _DIRECTION_MARKS:
        is_inside = before.isalpha() and after.isalpha()
        return not (is_inside and _is_right_to_left(before) == _is_right_to_left(after))
    return not (writing.is_arabic or writing.script == "Latn")


def _is_right_to_left(char: str) -> bool:
    return unicodedata.bidirectional(char) in ("R", "AL")


def find_foreign_punctuation(pair: Pair) -> Iterator[str]:
    """Find commas, semicolons and question marks of the other script."""
    is_arabic, english = pair.writing.is_arabic, pair.original.text
    marks = ARABIC_MARKS if is_arabic else LATIN_MARKS
    pattern = _LATIN_MARK if is_arabic else _ARABIC_MARK
    for mark in dict.fromkeys(pattern.findall(pair.text)):
        # A mark that isn't followed by a space belongs to code, a list of values or the like.
        among_values = english.count(mark) - english.count(f"{mark} ") > 1
        if not (among_values or (mark in english and not is_arabic)):
            yield f"“{mark}” is not the mark of this script: write “{marks[mark]}”"


def find_odd_spaces(pair: Pair) -> Iterator[str]:
    """Find two spaces in a row, a space at either end, and a space before a comma or full stop."""
    text, english = pair.text, pair.original.text
    if _SPACES.search(text) and not _SPACES.search(english):
        yield "there are two spaces in a row: delete one"
    if text != text.strip() and english == english.strip():
        yield "there is a space or an empty line at the beginning or end: delete it"
    found = _SPACE_BEFORE.search(text)
    if found and not _SPACE_BEFORE.search(english):
        yield f"there is a space before “{found[0].strip()}”: delete it"


def find_open_pairs(pair: Pair) -> Iterator[str]:
    """Find quotation marks and brackets that open and don't close, or the other way round."""
    text, english = _strip_lone(pair.text), _strip_lone(pair.original.text)
    for opening, closing in _BRACKETS:
        more = text.count(opening) - text.count(closing)
        # Swedes and Finns write »x».
        if closing in "»›" and 0 in (text.count(opening), text.count(closing)):
            more *= more % 2
        if more and english.count(opening) == english.count(closing):
            lone = opening if more > 0 else closing
            yield f"{lone} has no partner: add the other one, or delete it"
    count, is_sure = _count_quotes(text)
    if count % 2 and is_sure and not _count_quotes(english)[0] % 2:
        found = next(char for char in text if char in _QUOTES)
        yield f"a quotation mark {found} has no partner: add the other one, or delete it"


def find_wrong_closing(pair: Pair) -> Iterator[str]:
    """Find a quotation whose end has the mark of its start: “x“."""
    if pair.text.count("“") < 2 or "”" not in pair.original.text:
        return
    if not any(char in pair.text for char in "„”‟‚") and _WRONG_CLOSING.search(pair.text):
        yield "a quotation ends in “, which opens one: write ” there"


def _count_quotes(text: str) -> tuple[int, bool]:
    """Count the double quotation marks, and say whether each of them must be one.

    Between two Hebrew letters the mark is a gershayim (מנכ"לית), or opens a quotation after a
    prefix (ב"הארץ"); after a digit it is of inches or seconds (5'10"), or closes a quotation.
    """
    plain = _MAYBE_QUOTE.sub("", text)
    return sum(map(plain.count, _QUOTES)), len(plain) == len(text)


def _strip_lone(text: str) -> str:
    return _LONE_BRACKET.sub(" ", _GERSHAYIM.sub("", CODE.sub(" ", text)))
