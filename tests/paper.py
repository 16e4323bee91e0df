"""What is on the pages of a PDF, and how large its words are in print."""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from typing import Any

import pikepdf

from tests.tools import require_tool


def split_pages(pdf: bytes) -> list[str]:
    """Give the words on each page of a PDF file."""
    command = [require_tool("pdftotext"), "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return done.stdout.decode().removesuffix("\f").split("\f")


def measure_words(pdf: bytes) -> Counter[float]:
    """Count a PDF's glyphs by their size in points, as they are printed (ISO 32000-1 §9.4)."""
    sizes: Counter[float] = Counter()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            scale, outer, size, line = 1.0, [1.0], 0.0, 1.0
            for step in pikepdf.parse_content_stream(page):
                operands: Any = step.operands
                match str(step.operator):
                    case "q":
                        outer.append(scale)
                    case "Q":
                        scale = outer.pop()
                    case "cm":
                        scale *= abs(float(operands[3]))
                    case "Tf":
                        size = float(operands[1])
                    case "Tm":
                        line = abs(float(operands[3]))
                    case "Tj" | "TJ":
                        sizes[round(size * line * scale, 1)] += _count_glyphs(operands[0])
    return sizes


def _count_glyphs(shown: Any) -> int:
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    return sum(len(bytes(part)) // 2 for part in parts if isinstance(part, pikepdf.String))
