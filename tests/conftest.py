"""What several tests share: a letter and catalogues of their own, and the app over them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from app import create_app
from letter.editions.library import Library
from tests.tools import ROOT, describe_missing, explain_failure, require_documents, require_tool

if TYPE_CHECKING:
    from types import ModuleType

    from flask.testing import FlaskClient
    from playwright.sync_api import Browser

    from letter.editions.shelf import Shelf

WriteSite = Callable[..., "Copy"]  # the type of the fixture `write_site`

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)
TAGS = ("en", "ar", "ckb", "ku")

# Documents are made by the tests that are about them; each app would make them all.
os.environ["LETTER_DOCUMENTS"] = "none"

# Where nothing is kept that was compiled, as in many containers, each of the hundreds of programs
# that tests start compiles the project anew: a quarter of a second, which is half of its time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Neither of hypothesis' limits of time, which are for a machine that does nothing else.
STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("default", STEADY)
# A quarter of hypothesis' own number, to keep the whole run under five minutes;
# `pytest --hypothesis-profile=default` takes all.
settings.register_profile("quick", STEADY, max_examples=25)
settings.load_profile("quick")


def pytest_report_header() -> list[str]:
    """Say before the first test what this machine lacks, and how to get it."""
    return describe_missing()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what drives browsers, editors, servers and installers out of `make quick`."""
    for item in items:
        if item.path.parent.name in ("browser", "editors", "hosts", "install"):
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Skip what fails for want of a program alone, and in CI fail what is skipped.

    .ci/run installs all programs, and nobody would miss a test that is skipped there.
    """
    report = yield
    if report.failed and call.excinfo and (missing := explain_failure(call.excinfo.value)):
        report.outcome, report.longrepr = "skipped", (str(item.path), 0, f"Skipped: {missing}")
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which fails in CI: {call.excinfo and call.excinfo.value}"
    # pytest-xdist sends text alone, and the log may have the name of a file that is none (PEP 383).
    encoded = [(name, text.encode(errors="backslashreplace")) for name, text in report.sections]
    report.sections = [(name, text.decode()) for name, text in encoded]
    return report


@dataclass(frozen=True)
class Copy:
    """A copy of the real letter and catalogues, for a test to change as it likes."""

    letter: Path
    locales: Path

    def po(self, folder: str) -> Path:
        return self.locales / folder / "LC_MESSAGES" / "letter.po"

    def edit(self, folder: str, old: str, new: str) -> None:
        """Replace text in a catalogue, as a text editor would; it must be there once."""
        _replace_once(self.po(folder), old, new)

    def change(self, old: str, new: str) -> None:
        """Replace text in the letter, as its authors would; it must be there once."""
        _replace_once(self.letter, old, new)

    def run(self, command: ModuleType, *arguments: str) -> int:
        """Run a command of scripts/ over this letter and these catalogues; give its exit code."""
        where = (f"--letter={self.letter}", f"--locales={self.locales}")
        return int(command.main([*arguments, *where]))

    def client(self, *site: str) -> FlaskClient:
        """Give a client of the app; `site` is its base URL, and where mistakes are reported."""
        return create_app(self.letter, self.locales, *site).test_client()

    def read_shelf(self) -> Shelf:
        return Library(self.letter, self.locales).read_shelf()


def _replace_once(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def copy_letter(folder: Path) -> Copy:
    """Copy the real letter and its catalogues into a folder."""
    shutil.copy(ROOT / "letter" / "letter.md", folder)
    shutil.copytree(ROOT / "locales", folder / "locales")
    return Copy(folder / "letter.md", folder / "locales")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as the system has it; without the parts around a page, it does half the work."""
    # A third of a second that the tests without a browser don't wait for.
    from playwright.sync_api import sync_playwright

    chromium = require_tool("chromium-headless-shell")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS.split())
        yield browser
        browser.close()


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """The real letter and its catalogues, copied."""
    return copy_letter(tmp_path)


@pytest.fixture
def documents() -> None:
    """For tests that make PDFs and share cards."""
    require_documents()


def write_copy(place: Path, letter: str, **entries: str) -> Copy:
    """Write a small letter and its catalogues: write_copy(place, "# Hi\\n", ar="msgid …")."""
    (place / "letter.md").write_text(letter, encoding="utf-8")
    site = Copy(place / "letter.md", place / "locales")
    for folder, text in entries.items():
        site.po(folder).parent.mkdir(parents=True, exist_ok=True)
        header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        site.po(folder).write_text(header + text, encoding="utf-8")
    return site


@pytest.fixture
def write_site(tmp_path: Path) -> WriteSite:
    """Write a small letter and its catalogues into the test's own folder."""
    return partial(write_copy, tmp_path)
