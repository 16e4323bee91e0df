"""A real Weblate and the letter live together: `make weblate`."""

import sys

from tests.tools import ROOT

sys.path.append(str(ROOT / "scripts"))  # of what commands import beside themselves
