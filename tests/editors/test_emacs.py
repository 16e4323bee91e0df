"""Emacs and its po-mode, through the commands that its keys call, without a window."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.editors.conftest import PATIENCE
from tests.editors.returning import TYPED, check_confirmed, check_saved, check_typed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.editors.conftest import Desk

OPEN = """\
(set-language-environment "UTF-8")
(unless (require 'po-mode nil t) (kill-emacs 77))
(setq make-backup-files nil po-auto-replace-revision-date t)
(find-file (getenv "PO_FILE"))
(po-mode)
(goto-char (point-min))
"""
SAVE = "(set-buffer-modified-p t) (save-buffer)"


def edit(desk: Desk, home: Path, commands: str) -> None:
    """Open the file in po-mode, run commands in it, and save."""
    script = home / "edit.el"
    script.write_text(f"{OPEN}{commands}\n{SAVE}\n", encoding="utf-8")
    environment = {**os.environ, "HOME": str(home), "LANG": "C.UTF-8", "PO_FILE": str(desk.sent)}
    done = subprocess.run(
        ["emacs", "--batch", "--load", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    if done.returncode == 77:
        pytest.skip("Emacs' po-mode is not installed: apt-get install gettext-el")
    assert done.returncode == 0, done.stderr


def test_a_file_only_saved_says_what_it_said(desk: Desk, tmp_path: Path) -> None:
    edit(desk, tmp_path, "")
    check_saved(desk)


def test_a_typed_translation_is_all_that_changes(desk: Desk, tmp_path: Path) -> None:
    typed = f"""\
(po-next-translated-entry)
(po-edit-msgstr)
(goto-char (point-max))
(skip-chars-backward "<\\n")
(insert "{TYPED[desk.tag]}")
(po-subedit-exit)
"""
    edit(desk, tmp_path, typed)
    check_typed(desk)


def test_unfuzzying_makes_the_outdated_entry_finished(desk: Desk, tmp_path: Path) -> None:
    edit(desk, tmp_path, "(po-next-fuzzy-entry) (po-unfuzzy)")
    check_confirmed(desk)
