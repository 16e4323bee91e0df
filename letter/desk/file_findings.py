"""The findings of check.py, each at the entry that it is about."""

from bisect import bisect
from collections.abc import Sequence

from letter.checks.findings import Finding
from letter.po.model import PoFile


def group_findings(po: PoFile, findings: Sequence[Finding]) -> dict[int, list[Finding]]:
    """Group findings by the first line of their entry; those of the header, or of none, by 0."""
    starts = sorted(entry.line for entry in po.read)
    grouped: dict[int, list[Finding]] = {}
    for finding in findings:
        place = bisect(starts, finding.line) - 1
        line = starts[place] if place >= 0 else 0
        is_header = po.header is not None and line == po.header.line
        grouped.setdefault(0 if is_header else line, []).append(finding)
    return grouped
