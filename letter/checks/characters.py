"""Checks of the characters of a translation that make a text unreadable or turn it around."""

import re
import unicodedata
from collections.abc import Iterator

from letter.checks.texts import ARABIC_LETTERS, CODE, PLACEHOLDER, Pair, compile_letters, find_words
from letter.source.hidden_characters import CONTROLS, OVERRIDES, find_lone_control, name_character

# Controls, the replacement character, noncharacters, private use, lone surrogates; blanks that
# count as letters; invisible operators and tags.
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ufff9-\ufffb\ufffe\uffff\ue000-\uf8ff\ud800-\udfff"
    "\u115f\u1160\u3164\uffa0\u180e\u2061-\u2064\u206a-\u206f"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)

# UTF-8 read as cp1256 (ط§ظ„) or as cp1252 (Ø§Ù„, Ã®, ÅŸ, â€œ). `_ODD` are the characters that
# cp1252 has for the second byte of a letter, 0x80 to 0xBF.
_ODD = "\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
_MOJIBAKE = re.compile(
    f"(?:[طظ][^ء-غف-ي\\s]){{2}}|(?:[ØÙÚÛ][{_ODD}]){{2}}|(?<=[a-z])[ÃÅÄ][{_ODD}]|[ÃÅÄ][{_ODD}](?=[a-z])|â€[{_ODD}]"
)
# One class first, which makes the search fast: a text that this doesn't find isn't mojibake.
_MAY_BE_MOJIBAKE = re.compile("[طظØÙÚÛÃÅÄâ][^ء-غف-ي\\sa-z]")
# The letters ş, ı, ğ, Ş, İ and Ğ of Turkish Windows (cp1254) read as cp1252.
_MANGLED_KURMANJI = re.compile(r"[þðýÞÐÝ]")

# Cyrillic, Greek and Armenian letters that look like Latin ones, and Latin letters like theirs.
_LIKE_LATIN = frozenset("аАВсСԁеЕһНіІјЈКМоОрРԛѕЅТуУԝхХΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινρՏՍօս")
_LIKE_SCRIPTS = ("Cyrl", "Grek", "Armn")
_LIKE_OTHERS = frozenset("aAeEoOpPcCxXyYiIjJsSTKMHBZNv")
_LETTER_INSIDE = re.compile(f"(?<=[{ARABIC_LETTERS}])[A-Za-z\u0370-\u05ff](?=[{ARABIC_LETTERS}])")
_MAY_MIX = re.compile(f"[\u0370-\u0587\uff21-\uff5a\U0001d400-\U0001d7ff]|{_LETTER_INSIDE.pattern}")

# Code, HTML and automatic links, and the destinations of links.
_NO_WORDS = re.compile(CODE.pattern + r"|<[^<>]*>|\]\([^()\s]*\)")
# A letter that an encoding lacks, as a program writes it: inside a word of small letters.
_LOST = re.compile(r"[^\W\d_]+\?[^\W\d_][^\W_]*")
_QUESTION = re.compile("[?؟？]")
_FOREIGN_LETTERS = 12  # below so many letters, and
_FOREIGN_WORDS = 3  # so many words, a text of another script can be a name


def find_bidi_controls(pair: Pair) -> Iterator[str]:
    """Find invisible direction controls that are not in pairs, and all overrides (UAX #9)."""
    for line in pair.text.split("\n"):
        found = find_lone_control(line)
        if found and found in OVERRIDES:
            wrong = "turns the text around so that it says something else than it shows"
            yield f"an invisible character ({name_character(found)}) {wrong}: type this part again"
        elif found and not is_idle_embedding(line, pair):
            what = f"an invisible character that sets the direction ({name_character(found)})"
            advice = "delete it, or type the line again"
            yield f"{what} has no partner, and moves what comes after it: {advice}"


def is_idle_embedding(line: str, pair: Pair) -> bool:
    """Say whether a line's only control opens, at its start, the language's own direction.

    Some editors put such a control before each line: it changes nothing, since it ends with the
    line.
    """
    own = "\u202b" if pair.writing.script in ("Arab", "Hebr") else "\u202a"
    return line[0] == own and len(CONTROLS.findall(line)) == 1


def find_unreadable_characters(pair: Pair) -> Iterator[str]:
    """Find control, private and replacement characters, which no reader can read."""
    for char in dict.fromkeys(_UNREADABLE.findall(pair.text)):
        if char == "\ufffd" and char not in pair.original.text:
            yield "a letter was lost and became “\ufffd”: type it again"
        elif char not in pair.original.text:
            yield f"the character {name_character(char)} can't be read or seen: delete it"


def find_question_marks(pair: Pair) -> Iterator[str]:
    """Find a question mark between two letters, which stands for a letter that was lost.

    Only a space is missing before a capital, in a script without capitals, and where the original
    asks as often: "Pourquoi?parce que".
    """
    if pair.text.count("?") <= len(_QUESTION.findall(pair.original.text)):
        return
    words = (word for word in _NO_WORDS.sub(" ", pair.text).split() if "/" not in word)
    for found in filter(None, map(_LOST.search, words)):
        if found[0].rpartition("?")[2][0].islower() and found[0] not in pair.original.text:
            yield f"“{found[0]}” has lost a letter, in whose place “?” stands: type the word again"
            return


def find_mojibake(pair: Pair) -> Iterator[str]:
    """Find text that was read in the wrong encoding and saved so (mojibake)."""
    found = _MOJIBAKE.search(pair.text) if _MAY_BE_MOJIBAKE.search(pair.text) else None
    if found is None and pair.writing.language == "ku":
        found = _MANGLED_KURMANJI.search(pair.text)
    if found and found[0] not in pair.original.text:
        advice = "take the text from an older copy, or type it again, and save as UTF-8"
        yield f"“{found[0]}” looks like text opened in the wrong encoding and saved: {advice}"


def find_look_alikes(pair: Pair) -> Iterator[str]:
    """Find letters of another alphabet inside a word that look like the right letters."""
    if not _MAY_MIX.search(pair.text):
        return
    for word in dict.fromkeys(find_words(pair.text)):
        if word in pair.original.text or word.isascii():
            continue
        styled = [char for char in word if char >= "\uff21" and _MAY_MIX.match(char)]
        if strange := styled or _find_mixed_letters(word, pair.writing.script):
            letter = f"a letter in it that only looks right ({name_character(strange[0])})"
            yield f"“{word}” has {letter}: type the word again"


def _find_mixed_letters(word: str, script: str) -> list[str]:
    """List the letters of a word that are of another alphabet than the word; [] if none are.

    Where each letter may be the wrong one, the language's own letters are right.

    >>> _find_mixed_letters("sivil\u0430n", "Latn"), _find_mixed_letters("URLы", "Latn")
    (['\u0430'], [])
    >>> _find_mixed_letters("H\u0430\u0441", "Cyrl"), _find_mixed_letters("H\u0430\u0441", "Latn")
    (['H'], ['а', 'с'])
    """
    if inside := _LETTER_INSIDE.search(word):
        return [inside[0]]
    alphabets = {char: unicodedata.name(char, "").split(" ")[0] for char in word}
    latin = [char for char in word if alphabets[char] == "LATIN"]
    others = [char for char in word if alphabets[char] in ("CYRILLIC", "GREEK", "ARMENIAN")]
    if latin and all(char in _LIKE_LATIN for char in others):
        is_strange = script in _LIKE_SCRIPTS and _LIKE_OTHERS.issuperset(latin)
        return latin if others and is_strange else others
    return latin if len(latin) < len(others) and _LIKE_OTHERS.issuperset(latin) else []


def find_wrong_script(pair: Pair) -> Iterator[str]:
    """Find a text whose words are in another script than the language's."""
    own_letters, foreign = compile_letters(pair.writing.script)
    if not foreign.search(pair.text):
        return
    own = sum(map(len, own_letters.findall(pair.text)))
    if own * 2 > len(pair.text):
        return
    text = _NO_WORDS.sub(" ", PLACEHOLDER.sub(" ", pair.text))
    text = " ".join(part for part in text.split() if "@" not in part and "://" not in part)
    words = [w for w in find_words(text) if w.lower() not in pair.original.words]
    letters = sum(map(len, foreign.findall(" ".join(words))))
    is_text = letters >= _FOREIGN_LETTERS and len(words) >= _FOREIGN_WORDS
    if is_text and letters > 2 * own:
        advice = "is it the translation of another language? Put the right one here"
        yield f"this is not in the script of the language: {advice}"
