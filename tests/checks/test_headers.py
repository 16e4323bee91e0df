"""What is wrong with the header of a catalogue is found."""

from __future__ import annotations

import pytest

from letter.checks.catalogues import check_catalogue
from letter.checks.findings import Severity
from letter.po.header import header_fields, set_header_fields
from tests.checks.test_findings import LANGUAGES, read_draft


@pytest.mark.parametrize(
    ("field", "value", "severity"),
    [
        ("Content-Type", "text/plain; charset=windows-1256", Severity.WARNING),
        ("Language", None, Severity.WARNING),
        ("Language", "ar_SY", Severity.WARNING),
        ("Language", "ckb", Severity.ERROR),
        ("Plural-Forms", None, Severity.ERROR),
        ("Plural-Forms", "nplurals=2; plural=n != 1;", Severity.ERROR),
        ("Plural-Forms", "nplurals=6; plural=oops;", Severity.ERROR),
        ("Plural-Forms", "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && "
         "n%100<=10 ? 3 : n%100>=11 ? 5 : 4;", Severity.WARNING),
    ],
)  # fmt: skip
def test_a_fault_of_the_header_is_found(field: str, value: str | None, severity: Severity) -> None:
    po = set_header_fields(read_draft("ar"), {field: value})
    found = check_catalogue(po, LANGUAGES["ar"])
    assert (severity, "header") in {(finding.severity, finding.check) for finding in found}


def test_another_spelling_of_the_same_plural_rule_is_right() -> None:
    fields = header_fields(read_draft("ku"))
    po = set_header_fields(read_draft("ku"), {"Plural-Forms": "nplurals=2; plural=(n==1 ? 0 : 1);"})
    assert fields["Plural-Forms"] not in header_fields(po)["Plural-Forms"]
    assert check_catalogue(po, LANGUAGES["ku"]) == []
