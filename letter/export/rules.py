"""What a host has to know to answer for an export as the app does.

Hosts differ from the app in what doesn't matter to a reader: their own ETag, and no /healthz.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from letter.addresses import find_media_type
from letter.export.tag_patterns import TagPattern, list_tag_patterns
from letter.serving.publications import Publication, list_security_headers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from letter.editions.library import Shelf
    from letter.formats.site import Site

Published = tuple[str, str, Publication]  # path, query, and what stands there


@dataclass(frozen=True, slots=True)
class HostedFile:
    """A file of the export, by its path from the root, and what its headers say of it."""

    path: str
    media_type: str
    languages: str = ""
    compressible: bool = False
    policy: str = ""  # its own security policy, if the pages' one doesn't fit


@dataclass(frozen=True, slots=True)
class Rules:
    """A site as a host has to know it.

    `files` are by address below the prefix ("/ar/?with=ku"), `passages` are the anchors of the
    passages that have a page, `patterns` say which tags mean an edition, and `policy` is the
    security policy of the pages.
    """

    prefix: str
    tags: tuple[str, ...]
    patterns: tuple[TagPattern, ...]
    files: Mapping[str, HostedFile]
    passages: tuple[str, ...]
    policy: str
    codings: tuple[str, ...]

    def map_files(self, read: Callable[[HostedFile], str]) -> dict[str, str]:
        """Map each file's path to what is read of it, without those of which there is nothing."""
        return {file.path: value for file in self.files.values() if (value := read(file))}


def make_rules(
    shelf: Shelf, site: Site, published: Iterable[Published], codings: tuple[str, ...]
) -> Rules:
    """Make the rules of an export with compressed files for these codings, the best one first."""
    files = {
        f"{path}?{query}" if query else path: HostedFile(
            find_file(path, query),
            publication.media_type,
            ", ".join(publication.languages),
            not publication.is_compressed,
            publication.policy,
        )
        for path, query, publication in published
    }
    passages = tuple(message.anchor for message in shelf.letter.messages)
    for image in sorted(shelf.letter.images):
        path = f"/media/{unquote(image)}"
        files[path] = HostedFile(path, find_media_type(path))
    return Rules(
        site.prefix,
        tuple(shelf.editions),
        tuple(list_tag_patterns(shelf.editions)),
        files,
        passages,
        dict(list_security_headers())["Content-Security-Policy"],
        codings,
    )


def find_file(path: str, query: str) -> str:
    """Say in which file of an export a published address stands, from its root."""
    name = f"{path}with/{query.removeprefix('with=')}/" if query else path
    return f"{name}index.html" if name.endswith("/") else name
