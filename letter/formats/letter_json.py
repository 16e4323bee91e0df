"""The letter as data that partners can build on: passages, states, languages and credits."""

from collections.abc import Iterable

from letter.addresses import SCHEMA, Kind
from letter.editions.catalogue import State
from letter.editions.edition import Edition, Passage
from letter.editions.library import Shelf
from letter.formats.site import Site
from letter.po.marks import Review
from letter.source.blocks import Place
from letter.source.markdown import plain_line, plain_text

VERSION = 1  # goes up when programs would have to change


def make_letter_data(shelf: Shelf, site: Site) -> dict[str, object]:
    """Make letter.json, as static/letter.schema.json describes it (JSON Schema 2020-12)."""
    walked = reversed(list(shelf.letter.walk()))  # where a message stands twice, the first counts
    places = {place.block.message.msgid: place for place in walked if place.block.message}
    source = next(edition for edition in shelf.editions.values() if edition.is_source)
    return {
        "$schema": site.join(SCHEMA),
        "version": VERSION,
        "title": source.title.line,
        "address": site.join(Kind.CHOICE),
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
            for number, message in enumerate(shelf.letter.passages, 1)
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
        "address": site.join(Kind.EDITION.write_path(edition.language.tag)),
        "title": plain_line(edition.title.text),
        "status": _describe_status(edition),
        "day": edition.day,
        "translators": list(edition.catalogue.translators),
        "reviewers": _list_credits(edition.reviews),
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
        "reviewed_by": _list_credits(passage.translation.reviews),
    }


def _list_credits(reviews: Iterable[Review]) -> list[dict[str, str]]:
    return [{"name": review.name, "day": review.day.isoformat()} for review in reviews]
