"""What stands at the addresses of the site."""

from __future__ import annotations

from pathlib import PurePosixPath

# The media types of all files that are published, by their suffix (IANA's registry). The machine's
# own table (mimetypes) is not asked: it differs from machine to machine, and may lack .webp.
MEDIA_TYPES = {
    ".avif": "image/avif",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".xml": "application/xml",
}
JSON = MEDIA_TYPES[".json"]
IMAGE_SUFFIXES = tuple(suffix for suffix, kind in MEDIA_TYPES.items() if kind.startswith("image/"))


def find_media_type(path: str) -> str:
    """Find the media type of a file, or of the page at an address that ends in a slash."""
    return MEDIA_TYPES[PurePosixPath(path).suffix.lower() or ".html"]
