"""What each command imports first: its own clone's letter/, and a word where packages lack.

A Python without packages would else end a command with a traceback. One that has the modules of
another clone would read and write that clone's files. Python finds this module beside a command
that it runs by its path; with -m, with -I and from an import, since each command adds its folder.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("babel", "flask", "markdown_it", "mdit_py_plugins", "polib", "segno", "yaml")

sys.path.insert(0, str(ROOT))
if lacking := [name for name in PACKAGES if find_spec(name) is None]:
    advice = f"call “make run” in {ROOT} once, and take {ROOT}/.venv/bin/python"
    print(f"{sys.executable}: lacks {', '.join(lacking)}: {advice}", file=sys.stderr)
    sys.exit(2)
