"""The pages that readers see, as HTML: an edition, two side by side, one passage, or none."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from markupsafe import Markup, escape

from letter.addresses import MEDIA, Kind, relate
from letter.editions.edition import Edition
from letter.editions.interface import Phrase
from letter.editions.shelf import Shelf
from letter.formats.frame import Frame
from letter.formats.notices import list_notices
from letter.formats.policies import make_page_policy
from letter.formats.rendering import read_styles, render_template
from letter.formats.site import Site, has_passage_pages, list_beside
from letter.formats.text import lay_lines
from letter.source.blocks import Block, Message
from letter.source.hidden_characters import isolate
from letter.source.letter import Letter
from letter.source.markdown import plain_text
from letter.source.moved_passages import Move
from letter.source.plain_runs import lay_runs

_STYLES = ("style.css", "pair.css")  # the second for pages with two editions side by side
NAME = 60  # characters of a passage without a number that name its page
CARD_SIZE = (1200, 630)  # pixels: the 1.91 : 1 that Open Graph's readers cut to


def render_edition(edition: Edition, shelf: Shelf, site: Site) -> str:
    """Render an edition's own page."""
    here = Kind.EDITION.write_path(edition.language.tag)
    numbers = _choose_numbers(edition.letter)
    former: dict[str, list[Move]] = {}
    for move in () if has_passage_pages(edition.letter) else shelf.moved.values():
        former.setdefault(move.new, []).append(move)
    return render_page(
        "edition.html",
        edition,
        shelf,
        site,
        here,
        headline=edition.title.line,
        numbers=numbers,
        former=former,
    )


def _choose_numbers(letter: Letter) -> dict[str, int]:
    """Give the numbers that stand beside passages, by msgid.

    In a long letter each fifth is shown, as of the lines of old texts: the numbers are a tenth of
    the page's weight.
    """
    step = 1 if has_passage_pages(letter) else 5
    return {msgid: number for msgid, number in letter.numbers.items() if number % step == 0}


def render_pair(edition: Edition, beside: Edition, shelf: Shelf, site: Site) -> str:
    """Render two editions side by side, in the frame of the first."""
    here = Kind.PAIR.write_path(edition.language.tag, beside.language.tag)
    blocks = list(_list_rows(edition.letter.blocks))
    languages = (edition.language.name, isolate(beside.language.name))
    return render_page(
        "pair.html",
        edition,
        shelf,
        site,
        here,
        beside=beside,
        headline=" · ".join((edition.title.line, *languages)),
        blocks=blocks,
        former={},
        own=read_styles("pair.css"),
    )


def _list_rows(blocks: Sequence[Block]) -> Iterator[Block]:
    """List what stands side by side: the letter's blocks, and each item of a list as a list."""
    for block in blocks:
        if block.tag in ("ul", "ol") and not block.signatories:
            for number, item in enumerate(block.children):
                start = block.start + number if block.tag == "ol" else 1
                yield replace(block, children=(item,), start=start)
        else:
            yield block


def render_passage(
    edition: Edition, message: Message, shelf: Shelf, site: Site, move: Move | None = None
) -> str:
    """Render the page of one passage: in this language, then in the others, with its report.

    `move` is that of the old address at which the page stands, if it stands at one.
    """
    letter = edition.letter
    number = letter.numbers[message.msgid]
    passage = edition.texts[message.msgid]
    tag = edition.language.tag
    here = Kind.PASSAGE.write_path(tag, message.anchor)
    title, is_title = edition.title.line, not number and message.msgid == letter.title.msgid
    is_own = number or is_title  # else the passage's words name the page
    name = title if is_own else f"{passage.cut_line(NAME)} · {title}"
    passages = [None, *letter.passages, None]
    place = passages.index(message)
    words = lay_lines(lay_runs(plain_text(passage.text), passage.direction), passage.language)
    body = f"{site.join(here)}\n\n{words}\n\n"
    return render_page(
        "passage.html",
        edition,
        shelf,
        site,
        here,
        find_page=lambda tag: site.link(here, Kind.EDITION.write_path(tag)),
        turn_to=partial(Kind.PASSAGE.write_path, name=message.anchor),
        message=message,
        number=number,
        title=Phrase(name, escape(name), edition.title.attributes if is_own else Markup()),
        heading=passage.cut_line(NAME),
        is_title=is_title,
        move=move,
        before=passages[place - 1],
        after=passages[place + 1],
        shown=[edition, *(other for other in shelf.editions.values() if other is not edition)],
        report_link=site.report_link(
            f"{tag} {number} {message.anchor}", body, letter.settings.contact
        ),
    )


def render_missing(edition: Edition, shelf: Shelf, site: Site, prefix: str) -> str:
    """Render the page of an address at which nothing stands, in the language of `edition`.

    The page may stand at any path, so its links are whole. All of them begin with `prefix`: the
    path of the site on its host, or with the host before the path; without a slash at its end.
    """
    link = prefix.__add__
    return render_page("missing.html", edition, shelf, site, Kind.CHOICE, current=None, link=link)


def render_chooser(shelf: Shelf, site: Site) -> str:
    """Render the page at / of a host that can't choose a language by itself."""
    edition = shelf.source
    return render_page("chooser.html", edition, shelf, site, Kind.CHOICE, current=None)


def make_security_policy() -> str:
    """Give the Content-Security-Policy of every page of the letter."""
    return make_page_policy(*_STYLES)


def render_page(
    template: str,
    edition: Edition,
    shelf: Shelf,
    site: Site,
    here: str,
    *,
    find_page: Callable[[str], str] | None = None,
    **values: object,
) -> str:
    """Render a page around an edition, which stands at the path `here`; values add to its own."""
    tag, letter = edition.language.tag, edition.letter
    media, page = relate(here, MEDIA), "" if find_page else tag
    has_all_ids = template in ("edition.html", "desk.html")
    context = {
        "edition": edition,
        "language": edition.language,
        "editions": list(shelf.editions.values()),
        "current": tag,
        "gettext": edition.interface.gettext,
        "ngettext": edition.interface.ngettext,
        "list_notices": list_notices,
        "frame": Frame(
            letter, letter.images, media, page, has_all_ids=has_all_ids, find_page=find_page
        ),
        "link": lambda path: site.link(here, path),
        "has_passage_pages": has_passage_pages(shelf.letter),
        "list_beside": lambda: list_beside(edition, shelf, site),
        "whole": site.join,
        "has_address": bool(site.base_url) or not site.disk,
        "report": site.report_edition,
        "share": site.share(tag),
        "turn_to": Kind.EDITION.write_path,
        "choose": "" if site.disk else "?choose",
        "style": read_styles("style.css"),
        "documents": shelf.documents.get(tag, {}),
        "card_size": CARD_SIZE,
        "slash": "",
    }
    return render_template(template, **context | values)
