"""Measure us beside the tools that people would use otherwise: `bench.py --help` says how."""

import runpy
from pathlib import Path

runpy.run_path(str(Path(__file__).with_name("bench")), run_name="__main__")
