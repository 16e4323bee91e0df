"""A translation beside its original, how its language is written, and what checks read from both.

A check is a generator of sentences for the translator: what is wrong, and what to do.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from letter.checks.allowed_links import AllowedLinks
from letter.files import read_table
from letter.languages.language import ENGLISH, Language

# Arabic letters that join others in a word, for a regular expression's class.
ARABIC_LETTERS = "ء-غف-يٱ-ۓە"
VOWEL_SIGNS = "\u064b-\u0655\u0670"  # of Arabic script; in a regular expression they are not \w


# By script, for a regular expression's class: its letters (Unicode blocks, without digits and
# signs), and the characters beside `_COMMON` that every text of the script has, and that are part
# of no error. The letters that a wrong decoding produces (Ã, Ø, Ù …; Urdu's ٹ) are left out of
# these, so that a text with them is checked.
_SCRIPTS = {
    script: (letters, harmless) for script, letters, harmless in read_table("checks/scripts.csv")
}
_OTHER_LETTERS = "\u0531-\U0003ffff"  # for scripts that have no row
_COMMON = r" \n.,;:!?'\"()0-9«»“”‘’–—…\-"
_NEVER = "\ud800"  # in no text, so that every text of a script with nothing harmless is checked

PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*\d*[a-zA-Z]")  # of Python: %(count)s, %(share)03d
CODE = re.compile(r"`[^`]*`")
# Placeholders, entities, footnotes' marks and code: their digits are no numbers of the text.
_NO_TEXT = re.compile(
    r"%\(\w+\)\S|%(?:\d+\$)?[-#0+]*[A-Za-z]|\{[^{}\s]*\}|&#?\w+;|\[\^[\w-]+\]|" + CODE.pattern
)
# Addresses with all that could belong to them: their digits are no numbers either.
_ADDRESS_LIKE = re.compile(
    r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+|(?:https?|ftp|mailto|tel):[!-~]+"
)

# The URL characters of RFC 3986 without brackets, which a pair of brackets may stand for. A name
# without a scheme is an address only in a common domain: "e.g." and "letter.md" are none.
_COMMON_DOMAIN = r"\.(?:com|edu|gov|info|int|net|org)(?![A-Za-z0-9-])"
_URL_CHAR = r"""[!#$%&'*+,./0-9:;=?@A-Z\\^_a-z|~-]"""
_ADDRESS = re.compile(
    rf"(?:https?|ftp)://(?:{_URL_CHAR}|\({_URL_CHAR}*\))+"
    r"|(?<![\w.+-])[A-Za-z0-9_][A-Za-z0-9_.+-]*+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<![A-Za-z0-9./@-])(?:www\.[A-Za-z0-9-]+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)"
    rf"{_COMMON_DOMAIN}(?:/{_URL_CHAR}*)?"
)
_DOMAIN = re.compile(_COMMON_DOMAIN)
_DESTINATION = re.compile(r"\]\(\s*+<?([^\s<>()]++)")
# The whole address of a link or automatic link, also with letters of other scripts.
_WHOLE = re.compile(r"(?<=[(<])(?:https?|ftp)://(?:[^\s<>()]++|\([^\s<>()]*+\))+")
# Digits with separators between them, of thousands or decimals in any language, or of a date. A
# single class stands first, since the search skips to a class much faster than to a repeat.
_NUMBER = re.compile(
    r"\d\d*(?:[.,٬٫،⹁'’]\d+|[ \u00a0\u2009\u202f](?=\d{3}(?!\d))\d{3})*(?:[ \u00a0]?[½¼¾])?"
)
_NO_WHOLE = (" .", "(.", ".", "$.")  # before digits: .5 is 0.5
_TAG = re.compile(r"<(?:!--|/?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])[^<>]*>)")
_CALL = re.compile(r"(?<!\\)\[\^([\w-]+)\]")  # of a footnote
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language is written, as far as the checks of errors need to know.

    A text in which `suspicious` finds no character has no error of characters, script or markup:
    that one search spares most texts the checks.
    """

    tag: str
    language: str  # the language subtag alone: `fa` of `fa-AF`
    script: str  # ISO 15924
    suspicious: re.Pattern[str]

    @property
    def is_arabic(self) -> bool:
        """Whether the language is written in Arabic script."""
        return self.script == "Arab"


@dataclass(frozen=True, slots=True)
class Original:
    """A msgid, and what the checks hold a translation against."""

    text: str
    addresses: frozenset[str]
    placeholders: frozenset[str]
    numbers: tuple[str, ...]  # as `find_numbers` writes them
    tags: frozenset[str]  # names of HTML elements
    words: frozenset[str]  # in lower case
    calls: tuple[str, ...]  # the names of the footnotes that it calls, sorted
    language: str  # the tag of the msgid's language


@dataclass(frozen=True, slots=True)
class Pair:
    """One string of a translation beside its original, and how its language is written.

    `links` are the links that may stand in another's place.
    """

    original: Original
    text: str
    writing: Writing
    links: AllowedLinks = ()


@cache
def find_writing(language: Language) -> Writing:
    """Say how a language is written; the script is CLDR's likely script."""
    harmless = _SCRIPTS.get(language.script, ("", ""))[1]
    suspicious = re.compile(f"[^{_COMMON + harmless if harmless else _NEVER}]")
    return Writing(language.tag, language.tag.partition("-")[0], language.script, suspicious)


@cache
def compile_letters(script: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile what finds runs of letters of a script, and of all others that have a row."""
    others = "".join(letters for name, (letters, _) in _SCRIPTS.items() if name != script)
    own = _SCRIPTS.get(script, (_OTHER_LETTERS, ""))[0]
    return re.compile(f"[{own}]+"), re.compile(f"[{others}]+")


@lru_cache(maxsize=4_096)
def read_original(msgid: str, language: str = ENGLISH) -> Original:
    """Read a msgid, once for all the catalogues that translate it."""
    return Original(
        msgid,
        find_addresses(msgid),
        frozenset(PLACEHOLDER.findall(msgid)) if "%(" in msgid else frozenset(),
        find_numbers(msgid),
        find_tags(msgid),
        frozenset(word.lower() for word in _WORD.findall(msgid)),
        find_calls(msgid),
        language,
    )


def find_addresses(text: str) -> frozenset[str]:
    """List the addresses of pages and mail, in Markdown links and outside of them.

    >>> sorted(find_addresses("See [it](/a), https://A.org/B/ or mail@a.org."))
    ['/a', 'https://a.org/B', 'mail@a.org']
    """
    if not ("@" in text or "://" in text or "](" in text or _DOMAIN.search(text)):
        return frozenset()
    whole = [found for found in _WHOLE.findall(text) if not found.isascii()]
    text = _WHOLE.sub(lambda found: found[0] if found[0].isascii() else " ", text)
    destinations = (found for found in _DESTINATION.findall(text) if not _ADDRESS.match(found))
    addresses = (match[0] for match in _ADDRESS.finditer(text))
    return frozenset((*destinations, *map(_trim_address, (*whole, *addresses))))


def names_site(address: str) -> bool:
    """Say whether an address without a scheme begins with a site's name: "a.org/x", not "/x"."""
    return "://" not in address and "@" not in address and _ADDRESS.match(address) is not None


def _trim_address(address: str) -> str:
    """Take off what the sentence adds to an address's end; write its host in lower case."""
    address = address.rstrip(".,;:!?'*_|\\").removesuffix("/")
    host, slash, path = address.removeprefix("http://").removeprefix("https://").partition("/")
    scheme = address[: len(address) - len(host + slash + path)]
    return scheme + host.lower() + slash + path  # RFC 3986 §3.2.2: a host has no case


def find_numbers(text: str) -> tuple[str, ...]:
    """List the numbers of a text in Latin digits, with their separators.

    Digits of a name (H264), an address, a placeholder or code are no numbers.

    >>> find_numbers("٢٥٠٬٠٠٠ in 2016, not H264")
    ('250٬000', '2016')
    """
    if "@" in text or "://" in text or "tel:" in text:
        text = _ADDRESS_LIKE.sub("\n", text)
    if "%" in text or "{" in text or "`" in text or "&" in text or "[^" in text:
        text = _NO_TEXT.sub("\n", text)
    found = (
        (text[max(match.start() - 2, 0) : match.start()], match[0])
        for match in _NUMBER.finditer(text)
    )
    return tuple(
        ("0." if before in _NO_WHOLE else "")
        + "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in number)
        for before, number in found
        if not _ends_name(before)
    )


def _ends_name(before: str) -> bool:
    """Say whether digits belong to a name, by the two characters before: H264, x86_64, UTF-8."""
    before = before.removesuffix("-") if len(before) == 2 else before
    if before[-1:] == "h" and before[:1].isdecimal():  # an hour in French: 15h30
        return False
    return before.isascii() and (before[-1:].isalpha() or before.endswith("_"))


def find_tags(text: str) -> frozenset[str]:
    """List the names of HTML tags outside of code, in lower case; "!--" for a comment."""
    if "<" not in text:
        return frozenset()
    text = CODE.sub(" ", text)
    return frozenset((match[1] or "!--").lower() for match in _TAG.finditer(text))


def find_calls(text: str) -> tuple[str, ...]:
    """List the names of the footnotes that a text calls, sorted.

    >>> find_calls("One,[^b] two[^a][^b] and `[^c]`.")
    ('a', 'b', 'b')
    """
    return tuple(sorted(_CALL.findall(CODE.sub(" ", text)))) if "[^" in text else ()


def find_words(text: str) -> list[str]:
    """List the words of a text: runs of letters."""
    return _WORD.findall(text)
