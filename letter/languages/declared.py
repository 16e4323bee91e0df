"""Which language a file from elsewhere says it is in, among those at hand or in all of CLDR.

A reader is content with a language that readers of another one read (`match_language`). A file
must never land in the catalogue of such a language.
"""

import re
from collections.abc import Collection, Mapping
from functools import cache

from babel import Locale, localedata
from babel.core import get_global

from letter.languages.matching import Subtags, fold_tag, guess_likely, read_subtags

# The first subtag of "zh-yue" is there for old software alone (RFC 5646 §4.5).
_BEFORE_EXTLANG = re.compile(r"^[a-z]{2,3}-(?:[a-z]{3}-)*(?=[a-z]{3}(?:-|$))")


def find_same_language(declared: str, available: Collection[str]) -> str | None:
    """Find the available tag of the language that a file's `Language:` header declares, or None.

    Language and script must be the same, by CLDR's aliases and likely scripts. The region must be
    the same, or one side has none. The variants must be the same, or the file has none. A tag that
    is spelled alike comes first, then the same variants, the same region, no region. The answer is
    None where several regions or variants fit equally well, and for what is no tag.

    >>> find_same_language("zh_TW", ["zh", "zh-Hant"]), find_same_language("apc", ["ar"])
    ('zh-Hant', None)
    """
    folded = _fold_declared(declared)
    wanted = read_subtags(folded)
    return _choose_fitting(wanted, folded, available) if wanted else None


def name_addition(declared: str) -> str | None:
    """Name the tag by which a declared language can be added; None where CLDR has no such tag.

    The likeliest region is left out, but of a language that CLDR has several standards of.

    >>> name_addition("de_DE"), name_addition("pt_BR"), name_addition("sr_RS@latin")
    ('de', 'pt-BR', 'sr-Latn')
    """
    folded = _fold_declared(declared)
    wanted = read_subtags(folded)
    if wanted is None:
        return None
    language, script, region, _ = wanted
    likeliest = guess_likely(language, script=script)[1].lower()
    if region == likeliest and language not in _list_many_standards():
        wanted, folded = wanted._replace(region=""), folded.partition("-")[0]
    return _choose_fitting(wanted, folded, [spell_tag(each) for each in list_known().values()])


def _fold_declared(declared: str) -> str:
    return _BEFORE_EXTLANG.sub("", fold_tag(declared.strip()))


def _choose_fitting(wanted: Subtags, folded: str, available: Collection[str]) -> str | None:
    """Choose the tag that fits best; `folded` is what was asked for, word for word."""
    known = {tag: read for tag in available if (read := read_subtags(fold_tag(tag)))}

    def rank(tag: str) -> tuple[bool, bool, int, bool, bool, int]:
        read, own = known[tag], tag.partition("-")[0]
        distance = 0 if read.region == wanted.region else 2 if read.region else 1
        other = own != folded.partition("-")[0]
        is_other_variant = read.variants != wanted.variants
        is_alias = own != wanted.language
        return fold_tag(tag) != folded, is_other_variant, distance, other, is_alias, len(tag)

    fitting = [tag for tag, read in known.items() if _fits(wanted, read)]
    best = min(fitting, key=rank, default="")
    equal = {known[tag][2:] for tag in fitting if rank(tag)[:3] == rank(best)[:3]}
    return best if len(equal) == 1 else None


def _fits(wanted: Subtags, read: Subtags) -> bool:
    return (
        wanted[:2] == read[:2]
        and (wanted.region == read.region or not (wanted.region and read.region))
        and wanted.variants in ("", read.variants)
    )


@cache
def list_known() -> Mapping[str, str]:
    """Map every CLDR locale from its folded tag to its folder."""
    # en_US_POSIX is the C library's locale: no page is written in it, and BCP 47 has no such tag.
    folders = (folder for folder in localedata.locale_identifiers() if folder != "en_US_POSIX")
    return {fold_tag(folder): folder for folder in folders}


def find_locale(tag: str) -> Locale | None:
    """Find the locale of a tag, or of a folder's name; None for a language that CLDR lacks."""
    folder = list_known().get(fold_tag(tag))
    return Locale.parse(folder) if folder else None


def spell_tag(folder: str) -> str:
    """Spell a folder's name as a BCP 47 tag, whose variants are in lower case."""
    return "-".join(part.lower() if len(part) > 4 else part for part in folder.split("_"))


def spell_subtags(folded: str) -> str:
    """Spell a tag in lower case as BCP 47 does (RFC 5646 §2.1.1).

    >>> spell_subtags("pt-br"), spell_subtags("sr-latn")
    ('pt-BR', 'sr-Latn')
    """
    first, *others = folded.split("-")
    spell = {2: str.upper, 4: str.title}
    return "-".join([first, *(spell.get(len(part), str)(part) for part in others)])


@cache
def _list_many_standards() -> frozenset[str]:
    """List the languages some of whose regions follow another region in CLDR (pt-AO: pt-PT)."""
    parents = get_global("parent_exceptions").items()
    pairs = ((child.split("_")[0], parent.split("_")) for child, parent in parents)
    return frozenset(parent[0] for start, parent in pairs if parent[0] == start and parent[1:])
