"""Runs of plain text that would turn around among words of the other direction.

A phone number, a hashtag, an address, a version or a name such as C++ begins or ends with a sign,
or has blanks between its digits. Among right-to-left words such a sign or blank takes the direction
of the words (UAX #9, N2), and the run is shown as `963+` or `SaveAleppo#`. A run that is right as
it is, such as 12:30 or 250,000, is left alone. So is a range, since 10–12 is read from the right.
"""

import re
from collections.abc import Iterator

from letter.languages.language import find_first_direction

_POINTS = "\u05b0-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u200c"  # in words, but no \w to `re`
_TAG = rf"[#@](?=\w)[\w{_POINTS}]+"
_NUMBER = "[0-9۰-۹](?:[0-9۰-۹.,]*[0-9۰-۹])?"  # with other digits a sign stands at the right (CLDR)
_DIGITS = r"(?:[ \u00a0./-]?(?:\(\d{1,5}\)|\d))+"
_SEVEN, _NINE = (rf"(?=(?:[ \u00a0()./+-]{{0,3}}\d){{{least}}})" for least in (7, 9))
_LATIN = "0-9A-Za-zÀ-ɏ"
# What is written together with the next word. The hyphen of `ב-5` joins; that of `و-5` is a minus.
_PREFIX = (
    r"(?<![\wـ])(?:[وفبكل]{1,2}ـ?|(?:[وفبك]?ال|[وف]?لل)ـ?(?![-−])"
    r"|[ושהכלבמ]{1,3}(?:-|(?![-−])))"
)
_ZERO = "[0٠۰]"
_YEAR = "(?:19|20|١٩|٢٠|۱۳|۱۴|۱۹|۲۰)\\d\\d"
_OPENING = r"(?<![^\s\"'«»“”„‘’(\[—–])(?:[#@+/\\~$€£&=_*^]|\.{1,2}(?=/)|\.(?=[A-Za-z]))+"
_CLOSING = r"(?:[#+/\\&=_*~$^]+(?!\w)|(?<=\.[A-Za-z])\.)"
# Signs within a phrase from left to right are right, so that a phrase is whole or no run at all.
_PHRASE = rf"[{_LATIN}](?:(?:(?![.!?][ ][#@])[ -~À-ɏ\u00a0’–—])*[{_LATIN}])?{_CLOSING}?"
_CANDIDATE = re.compile(
    rf"""
    (?P<address>https?://[!-~À-ɏ]*[^\W\x00-ɏ][^\s<>"“”«»،؛؟]*[^\s<>"“”«»،؛؟.,:;!?)])
    | (?P<date>(?:\d{{4}}[-./]\d\d?[-./]\d\d?|\d\d?[-./ ]\d\d?[-./ ]\d{{4}})(?!\d))
    | (?P<phone>(?<![\d.,:/-])(?:
        \+{_SEVEN}{_DIGITS}
        | (?={_ZERO}\d*[ (-]\(?\d|\(\+?\d+\)[ -]?\d){_SEVEN}(?:\(\+?\d{{1,5}}\)|\d){_DIGITS}
        | {_NINE}\d+(?P<gap>[ -])\d+(?:(?P=gap)\d+)+(?:[ -]\d+)*
        | \d{{1,3}}(?:[ ]\d{{3}})*[ ]{_ZERO}\d\d(?:[ ]\d{{3}})*
        | \d{{3}}[ \u00a0](?!{_YEAR})\d{{4}}(?![-.,:/]?\d)
      )(?!\w))
    | (?:{_PREFIX}|(?<![\w)\]]))(?P<amount>(?:
        (?:[-+−][$€£¥₪₺]?|[$€£¥₪₺][ ]?){_NUMBER}%?(?:[ ]?°[CF])? | {_NUMBER}[ ]?°[CF]
      )(?!\w)(?:[ ](?=[A-Za-z]){_PHRASE})?)
    | (?P<number>\d[\d.,:;%/()+°–-]*(?=\s|$))
    | (?P<phrase>[#@][{_LATIN}_]*[^\W\x00-ɏ][\w{_POINTS}]*
        | (?:[#@]|{_OPENING})?{_PHRASE})
    | {_PREFIX}(?P<joined>(?:[$€£+]|\.{{1,2}}/|\.(?=[A-Za-z])){_PHRASE})
    """,
    re.VERBOSE,
)
# No run is without one of these signs, or a sign or blank beside a digit: a search as fast as that
# for one character is all that most texts need.
_SIGN = re.compile(
    r"[-.0-9٠-٩۰-۹#@+/\\$€£¥₪₺°−*=~&_^](?:(?<=[^\w.-])"
    r"|(?<=\d)[ \u00a0():.-]+[0-9A-Za-z٠-٩۰-۹]|(?<=[-._])(?<!\d.)[0-9A-Za-z۰-۹])"
)
_BACK_TO_FRONT = re.compile(r"\d+(?:[.,:]\d+)*[^\w\s]+[A-Za-z]")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_OTHER_TAG = re.compile(_TAG)
# Groups of these digits go from right to left, unless all is overridden (UAX #9, LRO).
_ARABIC_DIGITS = re.compile("[٠-٩]")


def has_signs(text: str, direction: str) -> bool:
    """Say whether a text may have runs that turn around; most texts have none of their signs."""
    if direction == "ltr":
        return "#" in text or "@" in text
    return _SIGN.search(text) is not None


def find_runs(text: str, direction: str) -> Iterator[tuple[int, int, str]]:
    """Find what turns around in a text of a direction: begin, end and the direction of each run.

    >>> list(find_runs("و@whitehelmets.", "rtl")), list(find_runs("tag #حلب", "ltr"))
    ([(1, 14, 'ltr')], [(4, 8, 'rtl')])
    """
    if not has_signs(text, direction):
        return
    if direction == "ltr":
        for match in _OTHER_TAG.finditer(text):
            if find_first_direction(match[0]) == "rtl":
                yield match.start(), match.end(), "rtl"
        return
    for match in _CANDIDATE.finditer(text):
        kind = str(match.lastgroup)
        if kind not in ("date", "number") and (kind != "phrase" or _turns_around(match[0])):
            start, end = match.span(kind)
            yield start, end + _closes_bracket(text, start, end), "ltr"


def _closes_bracket(text: str, start: int, end: int) -> bool:
    """Say whether a bracket that opens within a run closes directly behind the run."""
    opening = _BRACKETS.get(text[end : end + 1], "")
    return text.count(opening, start, end) > text.count(text[end], start, end) if opening else False


def _turns_around(phrase: str) -> bool:
    """Say whether a phrase begins or ends with a sign, or its first word begins with a number."""
    is_whole = phrase[0].isalnum() and phrase[-1].isalnum()
    is_turned = not is_whole or _BACK_TO_FRONT.match(phrase) is not None
    return is_turned and find_first_direction(phrase) == "ltr"


def part_text(text: str, direction: str) -> Iterator[tuple[str, str]]:
    """Part a text where runs begin and end, each part with its own direction; "" for no run.

    >>> list(part_text("ب C++!", "rtl"))
    [('ب ', ''), ('C++', 'ltr'), ('!', '')]
    """
    done = 0
    for start, end, own in find_runs(text, direction):
        yield text[done:start], ""
        run = text[start:end]
        yield f"\u202d{run}\u202c" if _ARABIC_DIGITS.search(run) else run, own
        done = end
    yield text[done:], ""


def lay_runs(text: str, direction: str) -> str:
    """Put what turns around between isolates, in plain text (UAX #9, LRI and RLI).

    >>> ascii(lay_runs("ب C++", "rtl"))
    "'\\\\u0628 \\\\u2066C++\\\\u2069'"
    """
    begins = {"ltr": "\u2066", "rtl": "\u2067"}
    parts = part_text(text, direction)
    return "".join(f"{begins[own]}{part}\u2069" if own else part for part, own in parts)
