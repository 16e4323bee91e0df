"""What the checks find in a catalogue of one message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letter.checks.catalogue_checks import check_catalogue
from letter.languages.language import find_language
from letter.po.model import Entry, PoFile

if TYPE_CHECKING:
    from collections.abc import Collection

    from letter.checks.allowed_links import AllowedLinks


def list_findings(
    msgid: str,
    msgstr: str,
    tag: str,
    source: str = "en",
    *,
    checks: Collection[str] = (),
    links: AllowedLinks = (),
    comments: tuple[str, ...] = (),
) -> list[tuple[str, str]]:
    """List the findings of some checks, of all but the header's without any: severity and text."""
    po = PoFile("x.po", entries=(Entry(msgid, (msgstr,), comments=comments),))
    found = check_catalogue(po, find_language(tag), None, source, links=links)
    asked = (f for f in found if (f.check in checks if checks else f.check != "header"))
    return [(f.severity.value, f.text) for f in asked]
