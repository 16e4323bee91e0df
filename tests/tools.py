"""The programs of the system that tests use, how to get them, and what a test does without one."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from letter.formats.fonts import NO_PANGO, MissingLibraryError, explain_missing
from letter.languages.language import find_language

ROOT = Path(__file__).parent.parent
CHECKERS = ROOT / ".ci" / "node_modules"

# The Debian package that each program comes from. Some have another name elsewhere.
PACKAGES = {
    "apache2": "apache2-bin",
    "caddy": "caddy",
    "chromium": "chromium",
    "chromium-headless-shell": "chromium-headless-shell",
    "dbus-daemon": "dbus",
    "emacs": "emacs-nox gettext-el",
    "firefox-esr": "firefox-esr",
    "git": "git",
    "import": "imagemagick",
    "java": "default-jre-headless",
    "lokalize": "lokalize",
    "msgcat": "gettext",
    "msgfmt": "gettext",
    "msginit": "gettext",
    "msgmerge": "gettext",
    "nginx": "nginx-light",
    "npm": "nodejs npm",
    "openbox": "openbox",
    "pdftotext": "poppler-utils",
    "poedit": "poedit",
    "setxkbmap": "x11-xkb-utils",
    "systemd-analyze": "systemd",
    "wrk": "wrk",
    "xdotool": "xdotool",
    "WebKitWebDriver": "webkit2gtk-driver",
    "Xvfb": "xvfb",
}
_CHROMIUM = ("chromium-browser", "google-chrome")
_OTHER_NAMES = {
    "chromium": _CHROMIUM,
    "chromium-headless-shell": ("chromium", *_CHROMIUM),
    "firefox-esr": ("firefox",),
}


def find_tool(name: str) -> str | None:
    """Find a program's path, also where only root looks for programs."""
    folders = f"{os.environ['PATH']}{os.pathsep}/usr/sbin"
    names = (name, *_OTHER_NAMES.get(name, ()))
    return next(filter(None, (shutil.which(each, path=folders) for each in names)), None)


def require_tool(name: str) -> str:
    """Give a program's path; where it is missing, skip the test and say what to install."""
    found = find_tool(name)
    if found is None:
        pytest.skip(f"{name} is not installed: apt-get install {PACKAGES[name]}")
    return found


def run_gettext(*command: str | Path) -> bytes:
    """Give what one of gettext's programs prints; skip the test where gettext is missing."""
    require_tool(str(command[0]))
    return subprocess.run([str(part) for part in command], capture_output=True, check=True).stdout


def require_checkers() -> Path:
    """Give the folder of the page checkers; where it is missing, skip the test."""
    require_tool("java")
    if not CHECKERS.is_dir():
        pytest.skip("the page checkers are not installed: npm ci --prefix .ci")
    return CHECKERS


@cache
def explain_missing_documents() -> str:
    """Say what PDFs and share cards lack on this machine; "" if they lack nothing."""
    for form in ("pdf", "card"):
        for tag in ("ar", "en"):
            if missing := explain_missing(form, find_language(tag)):
                return missing
    try:
        import weasyprint  # noqa: F401  which opens Pango
    except OSError:
        return NO_PANGO
    return ""


def require_documents() -> None:
    """Skip the test where PDFs and share cards can't be made."""
    if missing := explain_missing_documents():
        pytest.skip(missing)


def explain_failure(error: BaseException) -> str | None:
    """Say what to install if a test failed for nothing but a program or library of the system."""
    if isinstance(error, FileNotFoundError) and error.filename in PACKAGES:
        return f"{error.filename} is not installed: apt-get install {PACKAGES[error.filename]}"
    return str(error) if isinstance(error, MissingLibraryError) else None


def describe_missing() -> list[str]:
    """Say in lines for people what will be skipped on this machine, and how to get it."""
    names = [name for name in PACKAGES if find_tool(name) is None]
    lines = []
    if names:
        packages = dict.fromkeys(" ".join(PACKAGES[name] for name in names).split())
        lines.append(f"not installed, so what needs them is skipped: {', '.join(names)}")
        lines.append(f"  to get them: apt-get install {' '.join(packages)}")
    if missing := explain_missing_documents():
        lines.append(f"documents are skipped: {missing}")
    if not CHECKERS.is_dir():
        lines.append("no page checkers, so what needs them is skipped: npm ci --prefix .ci")
    if lines:
        lines.append("  .ci/run installs all of it (Debian, as root)")
    return lines
