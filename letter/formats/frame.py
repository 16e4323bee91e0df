"""The frame of editions on a page or in a document: how their words, links and ids are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from letter.addresses import SIGNATORIES
from letter.editions.edition import Edition
from letter.editions.passage import Passage
from letter.source.blocks import HEADINGS, Block, list_blocks
from letter.source.letter import Letter
from letter.source.markdown import Around, render_message


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page or a document does with the words of all the editions on it.

    `images` are those that can be shown, and `media` is put before their addresses. `own` is the
    tag of the edition whose ids are the passages' anchors; the ids of any other edition begin with
    its own tag, since ids are unique on a page. With `has_all_ids` every passage has an id, else
    only what the letter links to. `find_page` gives the address of the page, by its tag, on which
    an edition's headings and footnotes stand, where that is another page. A table `scrolls` within
    its own box on a screen.
    """

    letter: Letter
    images: frozenset[str]
    media: str = ""
    own: str = ""
    has_all_ids: bool = False
    scrolls: bool = True
    xhtml: bool = False
    find_page: Callable[[str], str] | None = None
    _firsts: Mapping[str, Block] = field(init=False)
    _lists: Mapping[int, int] = field(init=False)
    _links: dict[str, Mapping[str, str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        firsts: dict[str, Block] = {}
        lists: dict[int, int] = {}
        for block in list_blocks(self.letter.blocks):
            if block.message:
                firsts.setdefault(block.message.msgid, block)
            if block.signatories:
                lists[id(block)] = len(lists) + 1
        object.__setattr__(self, "_firsts", firsts)
        object.__setattr__(self, "_lists", lists)

    def start_ids(self, edition: Edition) -> str:
        """Give the beginning of an edition's ids on this page: "" or its tag."""
        tag = edition.language.tag
        return "" if tag == self.own else f"{tag}-"

    def name_id(self, edition: Edition, block: Block) -> str:
        """Name the id of a block's words; "" where they have none.

        A text that stands in the letter twice is one passage, whose address leads to the first.
        """
        message = block.message
        if message is None or message.is_name or self._firsts[message.msgid] is not block:
            return ""
        is_goal = self.has_all_ids or block.tag in HEADINGS
        return self.start_ids(edition) + message.anchor if is_goal else ""

    def name_list(self, edition: Edition, block: Block) -> str:
        """Name the id of a list of signatories, which old addresses of names lead to."""
        number = self._lists[id(block)]
        return f"{SIGNATORIES}{edition.language.tag}" + (f"-{number}" if number > 1 else "")

    def render_text(self, edition: Edition, passage: Passage, block: Block | None = None) -> Markup:
        """Render a passage of an edition, which stands in a block or elsewhere on the page."""
        text = passage.text
        around = self._look_around(edition, block) if "[^" in text or "](#" in text else None
        html = render_message(
            text,
            self.images,
            self.media,
            xhtml=self.xhtml,
            around=around,
            direction=passage.direction,
        )
        return Markup(html)

    def _look_around(self, edition: Edition, block: Block | None) -> Around:
        tag = edition.language.tag
        page = self.find_page(tag) if self.find_page else ""
        # On its own page an edition's ids begin with nothing.
        start = "" if page else self.start_ids(edition)
        message = block.message if block else None
        is_first = message is not None and self._firsts[message.msgid] is block
        caller = message.anchor if message and is_first else ""
        links = self._links.get(tag)
        if links is None:
            headings = self.letter.headings.items()
            links = {slug: f"{page}#{start}{found.anchor}" for slug, found in headings}
            self._links[tag] = links
        return Around(links, self.letter.notes, start, caller, page)
