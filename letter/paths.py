"""Which letter and which folder of catalogues a command means, and the options that say so."""

import argparse
import os
from pathlib import Path

PACKAGE = Path(__file__).parent
DISTRIBUTION = "one-letter"  # the project's name in pyproject.toml


class _ShowVersion(argparse.Action):
    """Prints the version of the project, and ends; "unknown" where it was copied, not installed."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        from importlib import metadata  # which takes 50 ms

        try:
            version = metadata.version(DISTRIBUTION)
        except metadata.PackageNotFoundError:
            version = "unknown"
        print(DISTRIBUTION, version)
        parser.exit()


def make_parser(
    description: str | None, *, letter: bool = True, locales: bool = True
) -> argparse.ArgumentParser:
    """Make the parser of a command, with the options that commands share.

    `description` is the docstring of the command's module. `letter` and `locales` say whether the
    command reads a letter and a folder of catalogues; an option that did nothing would mislead.
    Without them, the letter and the catalogues are those of `default_paths`.
    """
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    own_letter, own_locales = default_paths()
    parser.set_defaults(letter=own_letter, locales=own_locales)
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="print the version and end")
    if letter:
        parser.add_argument("--letter", type=shorten_path, help="another letter, in Markdown")
    if locales:
        parser.add_argument("--locales", type=shorten_path, help="another folder of catalogues")
    return parser


def default_paths(
    letter: str | os.PathLike[str] | None = None, locales: str | os.PathLike[str] | None = None
) -> tuple[Path, Path]:
    """Say which letter and which catalogues are meant, below the current folder if they are there.

    What isn't given is taken from LETTER_SOURCE and LETTER_LOCALES, then from the project's own.
    """
    return (
        shorten_path(letter or os.environ.get("LETTER_SOURCE") or PACKAGE / "letter.md"),
        shorten_path(locales or os.environ.get("LETTER_LOCALES") or PACKAGE.parent / "locales"),
    )


def shorten_path(text: str | os.PathLike[str]) -> Path:
    """Name a path as people do who stand in the current folder; errors then name it so too."""
    path = Path(text)
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
