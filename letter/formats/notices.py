"""Parts of a page as lines of text: the notices above a letter, and the line with its date."""

from html.parser import HTMLParser

from letter.editions.edition import Edition
from letter.formats.rendering import render_template
from letter.source.hidden_characters import isolate

VOID = ("br", "hr", "img", "wbr")  # elements without an end (HTML, "Void elements")


def list_notices(edition: Edition) -> list[tuple[str, str]]:
    """List the notices that stand above an edition, each on one line with its language's tag.

    The first notice says who stands behind a translation that isn't all reviewed. The letter's own
    language has none, and neither has a translation that is finished and reviewed.
    """
    return _read_part("show_notices", edition)


def say_date_line(edition: Edition) -> tuple[str, str]:
    """Say when the letter was written and how many signed it, and give the language's tag.

    Both are "" where nothing is known.
    """
    return next(iter(_read_part("show_date_line", edition)), ("", ""))


def _read_part(macro: str, edition: Edition) -> list[tuple[str, str]]:
    """Read the paragraphs of a part of a page, each on one line with its language's tag.

    Only the phrases of a paragraph that aren't in the edition's language are isolated from its
    direction (UAX #9). A paragraph that is one such phrase has that phrase's tag.
    """
    reader = _ParagraphReader()
    reader.feed(render_template("part.html", macro=macro, edition=edition))
    found = [(" ".join(text.split()), tags) for text, tags in reader.paragraphs]
    return [
        (text, tags[0] if len(tags) == 1 and text == isolate(text[1:-1]) else edition.language.tag)
        for text, tags in found
    ]


class _ParagraphReader(HTMLParser):
    """Reads the words of each `<p>`, what is foreign between isolates, and the foreign tags."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[tuple[str, list[str]]] = []
        self._ends: list[str] = []  # what ends each of the open elements in the paragraph

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        if tag == "p":
            self.paragraphs.append(("", []))
            self._ends.clear()
        elif self.paragraphs:
            language = dict(attrs).get("lang")
            marks = isolate("") if language or tag == "bdi" else ""
            self._ends.append(marks[1:])
            self._add_words(marks[:1], language)

    def handle_endtag(self, tag: str) -> None:
        if self._ends and tag != "p":
            self._add_words(self._ends.pop())

    def handle_data(self, data: str) -> None:
        if self.paragraphs:
            self._add_words(data)

    def _add_words(self, words: str, language: str | None = None) -> None:
        text, tags = self.paragraphs[-1]
        self.paragraphs[-1] = (text + words, [*tags, language] if language else tags)
