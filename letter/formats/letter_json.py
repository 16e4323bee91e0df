"""The letter as data that partners can build on: passages, states, languages and credits."""

from collections.abc import Iterable, Iterator

from letter.addresses import MEDIA, SCHEMA, Kind
from letter.editions.catalogue import State
from letter.editions.edition import Edition
from letter.editions.passage import Passage
from letter.editions.shelf import Shelf
from letter.editions.signatory_names import count_names
from letter.formats.site import Site
from letter.po.marks import Review
from letter.source.blocks import HEADINGS, Block, Place, list_blocks
from letter.source.front_matter import Settings
from letter.source.letter import Letter
from letter.source.markdown import plain_line, plain_text

VERSION = 2  # goes up when programs would have to change
PLAIN_SETTINGS = ("date", "updated", "contact", "imprint", "sign")  # which no one translates


def make_letter_data(shelf: Shelf, site: Site) -> dict[str, object]:
    """Make letter.json, as static/letter.schema.json describes it (JSON Schema 2020-12)."""
    letter = shelf.letter
    walked = reversed(list(letter.walk()))  # where a message stands twice, the first counts
    places = {place.block.message.msgid: place for place in walked if place.block.message}
    source = shelf.source
    editions = shelf.editions.items()
    return {
        "$schema": site.join(SCHEMA),
        "version": VERSION,
        "title": plain_line(source.title.text),
        "address": site.join(Kind.CHOICE),
        "source": source.language.tag,
        **_describe_settings(letter.settings, site),
        "languages": [_describe_edition(edition, site) for _, edition in editions],
        "passages": [
            {
                "anchor": message.anchor,
                "number": letter.numbers[message.msgid],
                **_describe_place(places[message.msgid]),
                "source_text": message.msgid,
                "languages": {
                    tag: _describe_passage(edition.texts[message.msgid], letter)
                    for tag, edition in editions
                },
            }
            for message in letter.passages
        ],
        "signatories": [
            {
                "heading": block.heading.anchor if block.heading else "",
                "count": count_names(block),
                "names": [*_list_own_names(block, shelf), *_list_file_names(block)],
            }
            for block in list_blocks(letter.blocks)
            if block.signatories
        ],
    }


def _describe_settings(settings: Settings, site: Site) -> dict[str, str]:
    """Describe what the front matter gives; the texts of it are in the letter's own language."""
    given = {key: getattr(settings, key) for key in PLAIN_SETTINGS}
    given |= {key: plain_line(getattr(settings, key)) for key in ("description", "publisher")}
    if settings.logo:
        given["logo"] = site.join(MEDIA + settings.logo)
    return {key: value for key, value in given.items() if value}


def _list_own_names(block: Block, shelf: Shelf) -> Iterator[dict[str, object]]:
    """List the names in the items of a list, each with its translations by language."""
    for message in (found.message for found in list_blocks(block.children)):
        if message is None:
            continue
        passages = {tag: edition.texts[message.msgid] for tag, edition in shelf.editions.items()}
        names = {
            tag: plain_text(passage.text)
            for tag, passage in passages.items()
            if passage.text != message.msgid
        }
        yield {"name": plain_text(message.msgid), "names": names}


def _list_file_names(block: Block) -> Iterator[dict[str, object]]:
    """List the names from a file, each with what is told of it there."""
    for name in block.names:
        details = {key: getattr(name, key) for key in ("affiliation", "country", "date")}
        told = {key: value for key, value in details.items() if value}
        yield {"name": name.name, "names": dict(name.own), **told}


def _describe_place(place: Place) -> dict[str, object]:
    tag = place.block.tag
    level = HEADINGS.index(tag) + 1 if tag in HEADINGS else 0
    kinds = {
        "heading": level > 0,
        "cell": place.is_cell,
        "footnote": place.is_footnote,
        "item": place.is_item,
        "quote": place.is_quote,
    }
    return {
        "kind": next((kind for kind, holds in kinds.items() if holds), "paragraph"),
        "level": level,
    }


def _describe_edition(edition: Edition, site: Site) -> dict[str, object]:
    return {
        "tag": edition.language.tag,
        "name": edition.language.name,
        "english_name": edition.language.english_name,
        "direction": edition.language.direction,
        "address": site.join(Kind.EDITION.write_path(edition.language.tag)),
        **_describe_texts(edition),
        "status": edition.standing.value,
        "day": edition.day,
        "translators": list(edition.catalogue.translators),
        "reviewers": _list_credits(edition.reviews),
        "passages": {
            "total": len(edition.passages),
            "reviewed": edition.reviewed,
            **{state.value: edition.count_passages(state) for state in State},
        },
    }


def _describe_texts(edition: Edition) -> dict[str, str]:
    """Give the title, and what else readers see of the front matter, as the edition shows them."""
    given = {key: getattr(edition.letter.settings, key) for key in ("description", "publisher")}
    told = {key: plain_line(edition.texts[text].text) for key, text in given.items() if text}
    return {"title": plain_line(edition.title.text), **told}


def _describe_passage(passage: Passage, letter: Letter) -> dict[str, object]:
    return {
        "text": passage.text,
        "plain": plain_text(passage.text, letter.notes),
        "language": passage.language.tag,
        "state": passage.state.value,
        "stands_in": passage.stands_in,
        "borrowed": passage.is_borrowed,
        "reviewed_by": _list_credits(passage.translation.reviews),
    }


def _list_credits(reviews: Iterable[Review]) -> list[dict[str, str]]:
    return [{"name": review.name, "day": review.day.isoformat()} for review in reviews]
