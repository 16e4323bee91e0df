"""The findings of check.py, each at the entry that it is about."""

from bisect import bisect
from collections.abc import Sequence

from letter.checks.findings import Finding
from letter.po.model import PoFile

Findings = dict[int, list[Finding]]  # by the first line of their entry


def split_findings(
    po: PoFile, now: PoFile, findings: Sequence[Finding]
) -> tuple[Findings, Findings]:
    """Split findings on a file into those that stay and those that go once the file is `now`.

    What goes is about a translation whose original is another by then, or has left the letter.
    """
    keys = {entry.line: entry.key for entry in now.entries if not entry.obsolete}
    moved = {e.line for e in po.entries if not e.obsolete and keys.get(e.line) != e.key}
    staying: Findings = {}
    going: Findings = {}
    for line, found in group_findings(po, findings).items():
        (going if line in moved else staying)[line] = found
    return staying, going


def group_findings(po: PoFile, findings: Sequence[Finding]) -> Findings:
    """Group findings by the first line of their entry; those of the header, or of none, by 0."""
    starts = sorted(entry.line for entry in po.as_read)
    grouped: Findings = {}
    for finding in findings:
        place = bisect(starts, finding.line) - 1
        line = starts[place] if place >= 0 else 0
        is_header = po.header is not None and line == po.header.line
        grouped.setdefault(0 if is_header else line, []).append(finding)
    return grouped
