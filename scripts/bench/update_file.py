"""Bring one catalogue up to a template, as msgmerge does: update_file.py OLD.po NEW.pot OUT.po."""

from __future__ import annotations

import sys
from pathlib import Path

from letter.merging.update import update_catalogue
from letter.po.reader import read_po
from letter.po.writer import format_po

if __name__ == "__main__":
    old, new, out = map(Path, sys.argv[1:])
    updated, _ = update_catalogue(read_po(old), read_po(new).entries)
    out.write_bytes(format_po(updated))
