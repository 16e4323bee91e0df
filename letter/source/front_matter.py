"""The front matter of a letter: its settings, in YAML between two lines of ---.

Every value is read as a string, so that `language: no` is Norwegian and `date: 2016-05` a month.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from urllib.parse import quote

from letter.addresses import IMAGE_SUFFIXES
from letter.languages.dates import is_date
from letter.languages.language import (
    ENGLISH,
    LanguageError,
    find_language,
    name_nearest,
    spell_new_tag,
)
from letter.source.hidden_characters import find_harmful, strip_blanks
from letter.source.letter_faults import LetterFault
from letter.source.links import is_image_address

MAX_LENGTH = 10_000  # characters of front matter
TEXTS = ("title", "description", "publisher")  # what readers see of it: messages like all others

_KEY = re.compile(r"""["']?[A-Za-z][\w-]*["']?[ \t]*:(?:[ \t]|$)""", re.MULTILINE)
_MAIL = re.compile(r"[^\s@<>()\"',:;/\\]+@[\w-]+(?:\.[\w-]+)+")
_HTTPS = re.compile(r"https://[\w.-]+(?::[0-9]+)?(?:[/?#][^\s<>\"\\]*)?")
# What the same thing is called in Hugo, Jekyll, Eleventy, Open Graph and HTML.
_OTHER_NAMES = {
    **dict.fromkeys(("lang", "locale", "languagecode", "inlanguage"), "language"),
    **dict.fromkeys(("headline", "name", "subject"), "title"),
    **dict.fromkeys(("summary", "abstract", "excerpt", "subtitle"), "description"),
    **dict.fromkeys(("published", "publishdate", "datepublished", "created"), "date"),
    **dict.fromkeys(("lastmod", "modified", "datemodified", "lastmodifiedat"), "updated"),
    **dict.fromkeys(("author", "authors", "organisation", "organization"), "publisher"),
    **dict.fromkeys(("email", "mail"), "contact"),
    **dict.fromkeys(("legal", "impressum"), "imprint"),
    **dict.fromkeys(("form", "petition", "signup"), "sign"),
    **dict.fromkeys(("image", "icon", "picture"), "logo"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a letter says of itself; "" for what the letter doesn't say.

    `title`, `description` and `publisher` are inline Markdown, and msgids. Dates are `YYYY`,
    `YYYY-MM` or `YYYY-MM-DD`. `contact` and `imprint` are a mail address or an https address.
    """

    language: str = ENGLISH  # the tag of the language in which the letter is written
    title: str = ""
    description: str = ""
    date: str = ""
    updated: str = ""
    publisher: str = ""
    contact: str = ""
    imprint: str = ""
    sign: str = ""  # the https address of a form where readers can sign
    logo: str = ""  # the address of a picture beside the letter, %20 for a space


KEYS = tuple(Settings.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The settings of a letter, the line of each that is given, and what is wrong with them."""

    settings: Settings = Settings()
    lines: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[LetterFault, ...] = ()


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Read the front matter, and give the letter with blank lines in its place.

    A letter without front matter may begin with a rule, ---, if it has no other such line.
    """
    lines = text.split("\n")
    mark = lines[0].rstrip()
    if mark not in ("---", "+++"):
        return FrontMatter(), text
    first = next((line for line in lines[1:] if line.strip(" \t") and line[0] != "#"), "")
    is_meant = mark == "+++" or _KEY.match(first) is not None
    ends = ("+++",) if mark == "+++" else ("---", "...")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ends), 0)
    if not is_meant and (not end or any(map(str.strip, lines[1:end]))):
        told = "a letter that begins with --- has settings below it, such as title: Our letter, "
        fault = LetterFault(1, f"{told}and --- again: write *** for a rule")
        return (FrontMatter(faults=(fault,)) if end else FrontMatter()), text
    if mark == "+++":
        fault = LetterFault(1, "this is TOML: write YAML, title: Our letter, between two lines ---")
        return FrontMatter(faults=(fault,)), "\n" * (end + 1) + "\n".join(lines[end + 1 :])
    if not end:
        told = "the front matter has no end: put --- below it, or *** for a rule in place of ---"
        return FrontMatter(faults=(LetterFault(1, told),)), text
    return _read_settings(lines[1:end]), "\n" * (end + 1) + "\n".join(lines[end + 1 :])


def _read_settings(lines: Sequence[str]) -> FrontMatter:
    if sum(map(len, lines)) > MAX_LENGTH:
        told = f"the front matter has more than {MAX_LENGTH:,} characters: shorten it"
        return FrontMatter(faults=(LetterFault(1, told),))
    values: dict[str, str] = {}
    places: dict[str, int] = {}
    faults = []
    for line, text in _split_pairs(lines):
        key, value, told = _read_pair(text)
        if key in places:
            told = f"{key} is given already in line {places[key]}: take one of the two out"
        places.setdefault(key, line)
        if told := told or _check_value(key, value):
            faults.append(LetterFault(line, told))
        elif value:
            values[key] = quote(value) if key == "logo" else value
    date, updated = values.get("date", ""), values.get("updated", "")
    shared = min(len(date), len(updated))  # 2016 isn't earlier than 2016-05
    if updated[:shared] < date[:shared]:
        told = f"updated {updated} is earlier than date {date}: correct one of the two"
        faults.append(LetterFault(places["updated"], told))
    return FrontMatter(Settings(**values), places, tuple(faults))


def _split_pairs(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Split front matter before each key, so that a fault in one hides no fault in another.

    What is indented, or begins with a hyphen, goes on with the value above (YAML 1.1 §4.2).
    Comments and `x-…` are left out.
    """
    pairs: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines, 2):
        if line.startswith((" ", "\t", "-")) and pairs:
            pairs[-1][1].append(line)
        elif line.strip() and not line.startswith("#"):
            pairs.append((number, [line]))
        elif pairs:
            pairs[-1][1].append("")
    for number, pair in pairs:
        if not pair[0].startswith("x-"):
            yield number, "\n".join(pair).rstrip()


def _read_pair(text: str) -> tuple[str, str, str]:
    """Read a key and its value, and say what is wrong with the two, or "".

    Only YAML's events are read, as far as the value: no alias is followed, and nothing is nested.
    """
    import yaml  # which takes 10 ms, and many letters have no front matter

    if _KEY.match(text) is None:
        words = text.partition("\n")[0][:40]
        return text, "", f"{words!r} is no setting: write a key and its value, title: Our letter"
    key, _, rest = text.partition(":")
    key, closed = key.strip(" \t\"'"), rest.lstrip()[:1] not in ('"', "'")
    if key not in KEYS:
        return key, "", f"there is no setting {key[:40]!r}: {_advise_key(key)}"
    advice = (
        f'put the words between quotation marks, {key}: "…"'
        if closed
        else 'close the quotation mark, and write \\" for one between "…"'
    )
    try:
        events = yaml.parse(text, Loader=yaml.BaseLoader)
        *_, value = (next(events) for _ in range(5))  # stream, document, mapping, key, value
        if isinstance(value, yaml.CollectionStartEvent):
            return key, "", f"{key} has several values: write one, on the same line"
        if not isinstance(value, yaml.ScalarEvent) or value.anchor or value.tag:
            return key, "", f"the value of {key} begins with a sign of YAML: {advice}"
        next(events)  # raises where anything stands behind the value
    except yaml.YAMLError:
        told = "write a space in place of each tab" if "\t" in text else advice
        return key, "", f"the value of {key} can't be read as YAML: {told}"
    if value.style is None and re.search(r"[ \t]#", text):  # YAML's comment
        return key, "", f"what stands behind # in {key} would be left out: {advice}"
    return key, strip_blanks(" ".join(value.value.split())), ""


def _check_value(key: str, value: str) -> str:
    """Say what is wrong with the value of a key, or ""; an empty value is none."""
    if not value:
        return ""
    if told := next((told for _, told in find_harmful(value)), ""):
        return told
    if key in ("date", "updated") and not is_date(value):
        return f"{key} {value!r} is no date: write it as 2016, 2016-05 or 2016-05-04"
    if key in ("contact", "imprint") and not (_MAIL.fullmatch(value) or _HTTPS.fullmatch(value)):
        wanted = "write a mail address, mail@example.org, or one that begins with https://"
        return f"{key} {value!r} is no address: {wanted}"
    if key == "sign" and not _HTTPS.fullmatch(value):
        return f"sign {value!r} is no address of a form: write one that begins with https://"
    if key == "logo" and not is_image_address(value):
        return f"logo {value!r} is no file beside the letter, one of {', '.join(IMAGE_SUFFIXES)}"
    if key == "language":
        try:
            find_language(value)
        except LanguageError as error:
            if not spell_new_tag(value):
                return f"language: {error}"
            must = "the letter's own language must be one that CLDR knows"
            return f"language: {must}, and {value} is none: use {name_nearest(value)}"
    return ""


def _advise_key(key: str) -> str:
    known = _OTHER_NAMES.get(key.lower().replace("-", "").replace("_", ""))
    nearest = known or next(iter(get_close_matches(key.lower(), KEYS, 1, 0.7)), "")
    own = "begin a key of your own with x-"
    return f"use {nearest}, or {own}" if nearest else f"use one of {', '.join(KEYS)}, or {own}"
