"""The letter as data that partners can build on: passages, states, languages and credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letter.addresses import CHOICE, edition_path
from letter.addresses import SCHEMA as SCHEMA_PATH
from letter.editions.state import State
from letter.source.markdown import plain_line, plain_text

if TYPE_CHECKING:
    from letter.editions.edition import Edition, Passage
    from letter.editions.library import Shelf
    from letter.formats.site import Site
    from letter.source.letter import Place

VERSION = 1

_STATES = [state.value for state in State]
_KINDS = ["heading", "item", "paragraph", "quote"]
_DAY = {"type": "string", "pattern": r"^(\d{4}-\d\d-\d\d)?$"}
_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}


def _make_object(**properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def _make_list(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


_CREDIT = _make_object(name=_TEXT, day={**_DAY, "minLength": 10})
_TRANSLATION = _make_object(
    text={"type": "string", "description": "Inline Markdown, as it is shown"},
    plain={"type": "string", "description": "The same, without markup"},
    language={"type": "string", "description": "The language that `text` really is in"},
    state={
        "enum": _STATES,
        "description": "Of the translation; in all but finished, English stands in. Outdated: the "
        "English has changed since. Withheld: the translation has a mistake",
    },
    stands_in={"type": "boolean", "description": "English stands here for want of a translation"},
    reviewed_by=_make_list(_CREDIT),
)
_LANGUAGE = _make_object(
    tag={"type": "string", "description": "BCP 47"},
    name={"type": "string", "description": "In the language itself"},
    english_name=_TEXT,
    direction={"enum": ["ltr", "rtl"]},
    address={"type": "string", "description": "Relative to the site, where it has no address"},
    title=_TEXT,
    status={"enum": ["source", "unreadable", "draft", "unreviewed", "partly reviewed", "reviewed"]},
    day={**_DAY, "description": "Of the last revision; empty where the file doesn't tell"},
    translators=_make_list(_TEXT),
    reviewers=_make_list(_CREDIT),
    passages=_make_object(
        total=_COUNT, reviewed=_COUNT, **{state.value: _COUNT for state in State}
    ),
)
_PASSAGE = _make_object(
    anchor={"type": "string", "pattern": "^p[a-z2-7]{7}$"},
    number={"type": "integer", "minimum": 1},
    kind={"enum": _KINDS},
    level={"type": "integer", "minimum": 0, "maximum": 6, "description": "Of a heading, or 0"},
    signatory={"type": "boolean", "description": "It is in the list of those who signed"},
    english={"type": "string", "description": "Inline Markdown"},
    languages={"type": "object", "additionalProperties": _TRANSLATION},
)
SCHEMA: dict[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "An open letter in many languages",
    **_make_object(
        **{"$schema": {"type": "string", "description": "The address of this schema"}},
        version={"const": VERSION, "description": "Goes up when programs would have to change"},
        title=_TEXT,
        address=_TEXT,
        source={"type": "string", "description": "The tag of the letter's own language"},
        languages=_make_list(_LANGUAGE),
        passages=_make_list(_PASSAGE),
    ),
}


def make_letter_data(shelf: Shelf, site: Site) -> dict[str, object]:
    """Make letter.json, as SCHEMA has it.

    `languages` stand in the order of the switcher and `passages` in that of the letter, each once,
    by where it stands for the first time. A passage's `state` is that of its translation:
    finished, outdated (the English has changed since), unfinished, untranslated or withheld (its
    translation has a mistake). In all but the first English stands in, as it does on the page. A
    finished text may still be in English: a name that a translator copied.
    """
    places: dict[str, Place] = {}
    for place in shelf.letter.walk():
        if place.block.message:
            places.setdefault(place.block.message.msgid, place)
    source = next(edition for edition in shelf.editions.values() if edition.is_source)
    return {
        "$schema": site.join(SCHEMA_PATH),
        "version": VERSION,
        "title": source.title.line,
        "address": site.join(CHOICE),
        "source": source.language.tag,
        "languages": [_describe_edition(edition, site) for edition in shelf.editions.values()],
        "passages": [
            {
                "anchor": message.anchor,
                "number": number,
                **_describe_place(places[message.msgid]),
                "english": message.msgid,
                "languages": {
                    tag: _describe_passage(edition.passages[message.msgid])
                    for tag, edition in shelf.editions.items()
                },
            }
            for number, message in enumerate(shelf.letter.messages, 1)
        ],
    }


def _describe_place(place: Place) -> dict[str, object]:
    tag = place.block.tag
    level = int(tag[1]) if tag[:1] == "h" and tag[1:].isdigit() else 0
    kind = "item" if place.is_item else "quote" if place.is_quote else "paragraph"
    return {
        "kind": "heading" if level else kind,
        "level": level,
        "signatory": place.is_signatory,
    }


def _describe_edition(edition: Edition, site: Site) -> dict[str, object]:
    return {
        "tag": edition.language.tag,
        "name": edition.language.name,
        "english_name": edition.language.english_name,
        "direction": edition.language.direction,
        "address": site.join(edition_path(edition.language.tag)),
        "title": plain_line(edition.title.text),
        "status": _describe_status(edition),
        "day": edition.day,
        "translators": list(edition.catalogue.translators),
        "reviewers": [
            {"name": review.name, "day": review.day.isoformat()} for review in edition.reviews
        ],
        "passages": {
            "total": len(edition.passages),
            "reviewed": edition.reviewed,
            **{state.value: edition.count_passages(state) for state in State},
        },
    }


def _describe_status(edition: Edition) -> str:
    """Say how far to trust an edition, as the note on its page does."""
    if edition.is_source:
        return "source"
    if edition.is_unreadable:
        return "unreadable"
    if edition.reviewed:
        return "reviewed" if edition.reviewed == len(edition.passages) else "partly reviewed"
    return "draft" if edition.is_draft else "unreviewed"


def _describe_passage(passage: Passage) -> dict[str, object]:
    return {
        "text": passage.text,
        "plain": plain_text(passage.text),
        "language": passage.language.tag,
        "state": passage.state.value,
        "stands_in": passage.stands_in,
        "reviewed_by": [
            {"name": review.name, "day": review.day.isoformat()}
            for review in passage.translation.reviews
        ],
    }
