"""Which messages are of the front matter, a signatory's name, or of the page around the letter.

The template's notes and references say so, and stand in every catalogue. Nothing here reads a
letter or a template: a merge on a server has catalogues alone.
"""

from letter.po.model import Entry

FRONT_NOTE = "Front matter: "  # how the note of a text of the front matter begins
NAME_NOTE = "A signatory's name: leave empty to show it as written."
PAGES = "formats/templates/"  # in the references of the page's messages


def is_name(entry: Entry) -> bool:
    """Say whether a message is a signatory's name, which is nobody's work."""
    return NAME_NOTE in entry.extracted


def is_of_page(entry: Entry) -> bool:
    """Say whether a reference of an entry names a template of the page."""
    return any(PAGES in reference for reference in entry.references)
