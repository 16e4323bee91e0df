"""What an edition says of itself, as text: whether it is a draft, and what is shown in English."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from letter.editions.interface import isolate
from letter.formats.rendering import render_template

if TYPE_CHECKING:
    from letter.editions.edition import Edition

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def list_notices(edition: Edition) -> list[tuple[str, str]]:
    """List the notices that stand above an edition, each on one line with its language's tag.

    The first notice says who stands behind the translation. The letter's own language has none.
    A notice that isn't in the edition's language is isolated from its direction (UAX #9).
    """
    html = render_template("notices.html", edition=edition)
    return [_read_notice(found, edition) for found in _PARAGRAPH.findall(html)]


def _read_notice(html: str, edition: Edition) -> tuple[str, str]:
    isolated = re.sub(r"<bdi>(.*?)</bdi>", lambda match: isolate(match[1]), html)
    text = " ".join(unescape(re.sub(r"<[^>]+>", "", isolated)).split())
    if f'<span lang="{edition.source.tag}"' in html:
        return isolate(text), edition.source.tag
    return text, edition.language.tag
