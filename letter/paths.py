"""Which letter and which folder of catalogues a command means, and the options that say so."""

import argparse
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent
OWN_LETTER, OWN_LOCALES = PACKAGE / "letter.md", PACKAGE.parent / "locales"  # this project's

AnyPath = str | os.PathLike[str] | None


class _ShowVersion(argparse.Action):
    """Prints the version of this clone, and ends; "unknown" where only the programs were copied."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        import tomllib  # which takes 30 ms

        project = {"name": "one-letter", "version": "unknown"}
        with suppress(FileNotFoundError), (PACKAGE.parent / "pyproject.toml").open("rb") as file:
            project = tomllib.load(file)["project"]
        print(project["name"], project["version"])
        parser.exit()


class _Parser(argparse.ArgumentParser):
    """Parses a command line, and completes it with the letter and the catalogues that it means."""

    reads_locales = needs_letter = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse as the base class does; FileNotFoundError where one of the two lacks."""
        found, rest = super().parse_known_args(args, namespace)
        letter, locales = getattr(found, "letter", None), getattr(found, "locales", None)
        if self.needs_letter:
            found.letter, found.locales = default_paths(letter, locales)
        elif self.reads_locales:
            found.letter, found.locales = _find_catalogues(letter, locales)
        return found, rest


def make_parser(
    description: str | None, *, paths: bool = True, needs_letter: bool = True
) -> argparse.ArgumentParser:
    """Make the parser of a command, with the options that commands share.

    `description` is the docstring of the command's module. `paths` says whether the command reads a
    letter and a folder of catalogues; an option that did nothing would mislead. Without them, the
    letter and the catalogues are those of `default_paths`; but a command that can do without the
    letter is given None where none is found beside the catalogues.
    """
    parser = _Parser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.reads_locales, parser.needs_letter = paths, paths and needs_letter
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="print the version and end")
    if paths:
        parser.add_argument("--letter", type=shorten_path, help="another letter, in Markdown")
        parser.add_argument("--locales", type=shorten_path, help="another folder of catalogues")
    return parser


def default_paths(given_letter: AnyPath = None, given_locales: AnyPath = None) -> tuple[Path, Path]:
    """Say which letter and which catalogues are meant, below the current folder if they are there.

    What isn't given is taken from LETTER_SOURCE and LETTER_LOCALES. Where these name only one of
    the two, the other is looked for beside it; where they name neither, both are the project's own.
    FileNotFoundError, whose text says what to add, where the other can't be found: the messages of
    another letter must never get into the project's own catalogues.
    """
    letter, locales = _add_environment(given_letter, given_locales)
    if letter and not locales:
        locales = _find_locales(Path(letter))
    elif locales and not letter and (letter := _find_letter(Path(locales))) is None:
        lacks = "letter.md beside this" if Path(locales).is_dir() else "such"
        told = f"there is no {lacks} folder of catalogues"
        advice = "name their letter with --letter or LETTER_SOURCE"
        raise FileNotFoundError(f"{shorten_path(locales)}: {told}: {advice}")
    return shorten_path(letter or OWN_LETTER), shorten_path(locales or OWN_LOCALES)


def _find_catalogues(given_letter: AnyPath, given_locales: AnyPath) -> tuple[Path | None, Path]:
    """Find catalogues as `default_paths` does, and their letter, which may be missing."""
    letter, locales = _add_environment(given_letter, given_locales)
    if letter or not locales:
        return default_paths(letter, locales)
    return _find_letter(Path(locales)), shorten_path(locales)


def _add_environment(letter: AnyPath, locales: AnyPath) -> tuple[AnyPath, AnyPath]:
    """Take what isn't given from the environment, whose letter and catalogues are a pair."""
    own = os.environ.get("LETTER_SOURCE") or None, os.environ.get("LETTER_LOCALES") or None
    if not (letter or locales):
        return own
    return letter or (None if own[1] else own[0]), locales or (None if own[0] else own[1])


def _find_locales(letter: Path) -> Path:
    """Find a letter's catalogues, beside it or beside its folder, that no other letter has."""
    told = "there is no folder locales/ beside this letter"
    for folder in Path(os.path.abspath(letter)).parents[:2]:  # noqa: PTH100  "..", without links
        if (folder / "locales").is_dir():
            other = _find_letter(folder / "locales")
            if other is None or (letter.exists() and other.samefile(letter)):
                return folder / "locales"
            told = f"the catalogues beside this letter are those of {shorten_path(other)}"
    told = told if letter.exists() else "there is no such letter"
    advice = "name its folder of catalogues with --locales or LETTER_LOCALES"
    raise FileNotFoundError(f"{shorten_path(letter)}: {told}: {advice}")


def _find_letter(locales: Path) -> Path | None:
    """Find the letter beside a folder of catalogues, in its own folder or not."""
    beside = Path(os.path.abspath(locales)).parent  # noqa: PTH100
    paths = (beside / "letter" / "letter.md", beside / "letter.md")
    return next((path for path in paths if path.is_file()), None)


def shorten_path(text: str | os.PathLike[str]) -> Path:
    """Name a path as people do who stand in the current folder; errors then name it so too."""
    path = Path(text)
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
