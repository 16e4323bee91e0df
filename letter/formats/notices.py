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
    """List the notices that stand above an edition, each with the tag of its language.

    The first notice says who stands behind the translation. The letter's own language has none.
    """
    html = render_template("notices.html", edition=edition)
    return [_read_notice(found, edition) for found in _PARAGRAPH.findall(html)]


def _read_notice(html: str, edition: Edition) -> tuple[str, str]:
    source, own = edition.source.tag, edition.language.tag
    isolated = re.sub(r"<bdi>(.*?)</bdi>", lambda match: isolate(match[1]), html)
    text = " ".join(unescape(re.sub(r"<[^>]+>", "", isolated)).split())
    return text, source if f'<span lang="{source}"' in html else own
