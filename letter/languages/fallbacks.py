"""Which editions lend an edition the passages that its translators have left open."""

import re
from collections.abc import Collection, Iterator

from babel.core import get_global

from letter.languages.declared import list_known
from letter.languages.matching import fold_tag, guess_likely, read_subtags

_LONGEST_FIELD = 1_000  # characters of a header's field that are read


def list_fallbacks(tag: str, available: Collection[str], field: str = "") -> tuple[str, ...]:
    """List the available tags whose editions lend passages to `tag`, the nearest first.

    The letter's own language, which lends the rest, isn't counted. `field` is X-Letter-Fallback of
    the edition's catalogue: the tags to use in their order, or "none", which is no tag. Without a
    field, CLDR's parents lend (UTS #35, "Parent Locales"): the parent that CLDR names, else the tag
    without its last subtag. CLDR's chain ends where the script changes. An edition lends what was
    translated for it, never what it has borrowed.

    >>> list_fallbacks("es-MX", ["es", "es-419", "pt"]), list_fallbacks("pt-BR", ["pt"], "none")
    (('es-419', 'es'), ())
    """
    named = read_fallbacks(field)
    spelled = {fold_tag(each): each for each in available}
    wanted = map(fold_tag, named) if named else _list_parents(tag)
    found = dict.fromkeys(spelled[each] for each in wanted if each in spelled)
    return tuple(each for each in found if fold_tag(each) != fold_tag(tag))


def read_fallbacks(field: str) -> list[str]:
    """Read the tags in X-Letter-Fallback, in their order and as they are written."""
    return re.findall(r"[A-Za-z0-9_-]+", field[:_LONGEST_FIELD])


def _list_parents(tag: str) -> Iterator[str]:
    """List the folded tags of CLDR's parents of a tag that are written in its script."""
    folded = fold_tag(tag)
    own = read_subtags(folded)
    if own is None:
        return
    script = own.script.title()
    subtags = folded.split("-")
    # CLDR's locales say a script that the region has brought: zh-HK is zh_Hant_HK.
    if script.lower() not in subtags and script != guess_likely(own.language)[0]:
        subtags.insert(1, script.lower())
    folded = "-".join(subtags)
    parents = get_global("parent_exceptions")
    while folded:
        folder = list_known().get(folded, "")
        folded = fold_tag(parents.get(folder, "")) or folded.rpartition("-")[0]
        read = read_subtags(folded)
        if read is None or read.script != own.script:
            return
        yield folded
