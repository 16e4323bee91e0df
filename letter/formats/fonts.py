"""The fonts and libraries that PDFs and share cards are made with, and what to install for them."""

import importlib.util
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel import Locale

from letter.errors import OneLetterError
from letter.languages.language import Language

INSTALL = ".venv/bin/pip install --no-deps --require-hashes -r"
NO_WEASYPRINT = f"a PDF needs WeasyPrint: install it with {INSTALL} requirements-documents.txt"
NO_PANGO = (
    "a PDF needs the library Pango: install it "
    "(on Debian the packages libpango-1.0-0 and libpangoft2-1.0-0)"
)
NO_PILLOW = f"a share card needs Pillow: install it with {INSTALL} requirements-documents.txt"

FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("~/.fonts"),
    Path("/Library/Fonts"),
    Path("~/Library/Fonts"),
)
# Noto's fonts by script (ISO 15924); other scripts have fonts named after them.
_FONTS = {
    "Arab": ("NotoNaskhArabic",),
    **dict.fromkeys(("Cyrl", "Grek", "Latn"), ("NotoSerif",)),
    **dict.fromkeys(("Hans", "Hant", "Jpan", "Kore"), ("NotoSerifCJK", "NotoSansCJK")),
}


class MissingLibraryError(OneLetterError):
    """A document can't be made here; the text says what is missing and how to install it."""


def explain_missing(form: str, language: Language | None = None) -> str:
    """Say what a form, "pdf" or "card", lacks here and how to install that; "" if nothing.

    The font of a language is looked for too. No library is loaded: whether WeasyPrint finds Pango
    shows when the first PDF is printed.
    """
    if form == "pdf" and importlib.util.find_spec("weasyprint") is None:
        return NO_WEASYPRINT
    if form == "card" and importlib.util.find_spec("PIL") is None:
        return NO_PILLOW
    try:
        if language:
            find_font(language)
            find_font(language, "Bold")
    except MissingLibraryError as error:
        return str(error)
    return ""


def find_font(language: Language, weight: str = "Regular") -> Path:
    """Find the Noto font for a language's script; MissingLibraryError if there is none.

    Only static fonts are taken: from a variable font, WeasyPrint writes text that doesn't copy out.
    """
    script = language.script
    name = (Locale("en").scripts.get(script) or script).replace(" ", "")
    bases = _FONTS.get(script, (f"NotoSerif{name}", f"NotoSans{name}"))
    fonts = _index_fonts(FONT_FOLDERS)
    for base in bases:
        for suffix in (".ttf", ".otf", ".ttc"):
            if found := fonts.get(f"{base}-{weight}{suffix}"):
                return found
    package = "fonts-noto-cjk" if "CJK" in bases[0] else "fonts-noto-core"
    raise MissingLibraryError(
        f"there is no font for {language.english_name}: install {bases[0]}-{weight}.ttf "
        f"(on Debian the package {package})"
    )


@cache
def _index_fonts(folders: tuple[Path, ...]) -> Mapping[str, Path]:
    """Index Noto's files in all folders by name; the first folder that has a name counts."""
    found: dict[str, Path] = {}
    for folder in folders:
        top = os.path.expanduser(folder)  # noqa: PTH111  Path's own fails for a user without a home
        for place, below, names in os.walk(top):
            below.sort()
            for name in sorted(names):
                if name.startswith("Noto"):
                    found.setdefault(name, Path(place, name))
    return found
