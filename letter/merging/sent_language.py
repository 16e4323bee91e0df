"""Whose catalogue a file is that a translator sent: no language ever lands in another's.

The header decides. Without a header, a file belongs to the catalogue whose translations it shares
word for word. How the letters of two texts compare is a reason to warn, and never to choose.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import chain, pairwise
from math import sqrt

from letter.languages.declared import find_same_language, name_addition
from letter.languages.language import ENGLISH, LanguageError, spell_new_tag
from letter.languages.matching import fold_tag, read_subtags
from letter.merging.message_decisions import list_active
from letter.merging.own_letters import compose_text
from letter.po.header import header_fields
from letter.po.model import Key, PoFile, is_empty

# How much more alike two texts must be than the next best, as a cosine of their pairs of letters.
CLEARLY = 0.05
_ENOUGH = 300  # pairs of letters: a shorter text says nothing about its language
_SENTENCE = 50  # characters: shorter texts are names, and may be the same in two languages
_NONE = ("", "language", "none", "und")  # a header's Language that names none

Texts = Mapping[Key, tuple[str, ...]]


def choose_catalogue(
    sent: PoFile, catalogues: Mapping[str, PoFile], wanted: str | None = None, source: str = ENGLISH
) -> tuple[str, tuple[str, ...]]:
    """Choose the tag of the catalogue that a file belongs to; the notes say why, and warn.

    `wanted` is what a person says, and overrides the header. `source` is the letter's own language,
    a tag. LanguageError where there is no catalogue of the language, where nothing tells the
    language, or where the file's texts are another catalogue's, word for word: people translate
    into the file that they have at hand.
    """
    declared = header_fields(sent).get("Language", "").strip()
    if wanted:
        tag = find_same_language(wanted, catalogues)
        if tag is None:
            said = f"--language says {wanted}"
            raise LanguageError(_explain_missing(sent.path, said, wanted, source))
        return tag, _warn_of_letters(sent, tag, catalogues)
    if declared.lower() in _NONE:
        return _find_by_texts(sent, catalogues)
    tag = find_same_language(declared, catalogues)
    if tag is None:
        said = f"its header says {declared}"
        raise LanguageError(_explain_missing(sent.path, said, declared, source))
    _refuse_other_texts(sent, declared, tag, catalogues)
    warnings = (_warn_of_region(sent, tag, catalogues), _warn_of_letters(sent, tag, catalogues))
    return tag, tuple(chain.from_iterable(warnings))


def _explain_missing(path: str, said: str, declared: str, source: str) -> str:
    """Say that a language has no catalogue, and how to add it."""
    addition = name_addition(declared) or spell_new_tag(declared)
    if not addition:
        return f"{path}: {said}, which is no known language: say with --language which it is"
    if addition == source:
        return (
            f"{path}: {said}, which is the letter's own language: say with --language which it is"
        )
    add = f"add it with: python scripts/add_language.py {addition}"
    other = "" if said.startswith("-") else ", or say with --language which catalogue it is for"
    return f"{path}: {said}, and there is no catalogue of that language: {add}{other}"


def _find_by_texts(sent: PoFile, catalogues: Mapping[str, PoFile]) -> tuple[str, tuple[str, ...]]:
    """Find the one catalogue most of whose translations a file shares, of those both have.

    A catalogue of which the file shares half as many is another region's, perhaps: then none is.
    """
    if not catalogues:
        raise LanguageError(f"{sent.path}: there is no catalogue of the letter yet: add one first")
    texts = list_translations(sent)
    known = {tag: list_translations(po) for tag, po in catalogues.items()}
    shared = {tag: len(find_shared(texts, other)) for tag, other in known.items()}
    first, *others = sorted(shared, key=lambda tag: -shared[tag])
    both = len(texts.keys() & known[first].keys())
    if shared[first] * 2 > both and all(shared[first] > shared[tag] * 2 for tag in others):
        count = f"{shared[first]} of its {len(texts)} translations"
        return first, (f"{sent.path}: its header names no language: {count} are those of {first}",)
    raise LanguageError(
        f"{sent.path}: its header names no language: say which one with --language "
        f"({', '.join(catalogues)})"
    )


def _refuse_other_texts(
    sent: PoFile, declared: str, tag: str, catalogues: Mapping[str, PoFile]
) -> None:
    """Refuse a file whose texts are word for word another catalogue's rather than its own."""
    texts = list_translations(sent)
    own = find_shared(texts, list_translations(catalogues[tag]))
    # The catalogue of another region may say the same.
    others = {other: po for other, po in catalogues.items() if not _is_same_writing(tag, other)}
    for other, po in others.items():
        shared = find_shared(texts, list_translations(po)) - own
        has_sentence = any(len(texts[key][0]) >= _SENTENCE for key in shared)
        if len(shared) > len(own) and (has_sentence or len(shared) * 2 >= len(texts)):
            raise LanguageError(
                f"{sent.path}: its header says {declared}, but {len(shared)} of its {len(texts)} "
                f"translations are those of {other}, word for word: say with --language which it is"
            )


def _warn_of_region(sent: PoFile, tag: str, catalogues: Mapping[str, PoFile]) -> tuple[str, ...]:
    """Warn where most of a file's texts are those of another region, and its own has others."""
    texts = list_translations(sent)
    own = find_shared(texts, list_translations(catalogues[tag]))
    regions = [other for other in catalogues if other != tag and _is_same_writing(tag, other)]
    shared = {o: find_shared(texts, list_translations(catalogues[o])) - own for o in regions}
    likeliest = max(regions, key=lambda other: len(shared[other]), default=tag)
    count = len(shared.get(likeliest, ()))
    if count * 2 <= len(texts):
        return ()
    told = f"{count} of its {len(texts)} translations are those of {likeliest}, word for word"
    return (f"{sent.path}: {told}: is it the right file for {tag}?",)


def _is_same_writing(tag: str, other: str) -> bool:
    """Say whether two tags are of one language in one script."""
    read, known = (read_subtags(fold_tag(each)) for each in (tag, other))
    return read is not None and known is not None and read[:2] == known[:2]


def list_translations(po: PoFile) -> Texts:
    """List the finished translations of a file, but for those that are their source."""
    return {
        key: tuple(map(compose_text, entry.msgstr))
        for key, entry in list_active(po).items()
        if not (entry.fuzzy or is_empty(entry) or entry.msgstr[0] == entry.msgid)
    }


def find_shared(one: Texts, other: Texts) -> set[Key]:
    """Find the messages whose translations are the same, word for word, in two files."""
    return {key for key, text in one.items() if other.get(key) == text}


def _warn_of_letters(sent: PoFile, tag: str, catalogues: Mapping[str, PoFile]) -> tuple[str, ...]:
    """Warn where a file's letters are clearly more like those of another catalogue."""
    letters = {other: _count_pairs(po) for other, po in catalogues.items()}
    own = _count_pairs(sent)
    if min(own.total(), letters[tag].total()) < _ENOUGH:
        return ()
    scores = {
        other: _compare_counts(own, counted)
        for other, counted in letters.items()
        if counted.total() >= _ENOUGH
    }
    likeliest = max(scores, key=lambda other: scores[other])
    if scores[likeliest] - scores[tag] < CLEARLY:
        return ()
    looks = f"the text looks more like {likeliest}'s than {tag}'s"
    return (f"{sent.path}: {looks}: is it the right file?",)


def _count_pairs(po: PoFile) -> Counter[str]:
    """Count the translations' pairs of neighbouring letters, which differ even within a script."""
    pairs: Counter[str] = Counter()
    for forms in list_translations(po).values():
        for text in forms:
            pairs.update(a + b for a, b in pairwise(text.lower()) if a.isalpha())
    return pairs


def _compare_counts(one: Counter[str], other: Counter[str]) -> float:
    """Give the cosine of two counts, 0…1."""
    product = sum(count * other[pair] for pair, count in one.items())
    size = sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return product / size if size else 0.0
