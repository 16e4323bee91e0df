"""`scripts/check.py`, as a translator runs it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from scripts import check

if TYPE_CHECKING:
    from tests.conftest import Copy

WRONG = ("250,000 شخص", "350,000 شخص")  # an error
DOUBTFUL = ("حماية من المجتمع", "حماية  من المجتمع")  # a warning


def run(copy: Copy, *options: str) -> int:
    return check.main([f"--locales={copy.locales}", *options])


def test_it_is_quiet_about_what_is_right(copy: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(copy) == run(copy, "--strict") == 0
    assert capsys.readouterr().out == "No errors, no warnings in ar, ckb, ku.\n" * 2


def test_an_error_has_its_line_and_words_and_exits_with_1(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    copy.edit("ar", *WRONG)
    assert run(copy) == 1
    line, summary = capsys.readouterr().out.splitlines()
    found = re.fullmatch(
        r"(.*letter\.po):(\d+): error: the English has the number .* \[numbers\]", line
    )
    assert found
    lines = copy.po("ar").read_text(encoding="utf-8").splitlines()
    assert lines[int(found[2]) - 1].startswith("msgstr")
    assert summary == "1 error, no warnings in ar, ckb, ku."


def test_a_warning_counts_only_if_strict(copy: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    copy.edit("ar", *DOUBTFUL)
    assert run(copy) == 0
    assert run(copy, "--strict") == 1
    assert "No errors, 1 warning in ar, ckb, ku." in capsys.readouterr().out


def test_only_the_languages_asked_for_are_checked(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    copy.edit("ar", *WRONG)
    assert run(copy, "ku", "ckb") == 0
    assert capsys.readouterr().out == "No errors, no warnings in ckb, ku.\n"
    assert run(copy, "ku", "ar") == 1


def test_a_file_that_cannot_be_read_is_an_error_and_the_others_are_checked(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    copy.po("ar").write_text('msgid "a"\nmsgstr "b\n', encoding="utf-8")
    copy.edit("ku", "Bangên me", "Bangên  me")
    assert run(copy) == 1
    out = capsys.readouterr().out
    assert re.search(r"ar/LC_MESSAGES/letter\.po:2: error: .* \[file\]", out)
    assert "ku/LC_MESSAGES/letter.po" in out


def test_json_has_the_same_findings(copy: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    copy.edit("ar", *WRONG)
    assert run(copy, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["ar", "ckb", "ku"]
    assert told["ku"]["findings"] == []
    (finding,) = told["ar"]["findings"]
    assert finding["severity"] == "error"
    assert finding["check"] == "numbers"


def test_unusable_arguments_exit_with_2(copy: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(copy, "xx") == 2
    assert "there is no catalogue of 'xx', only ar, ckb, ku" in capsys.readouterr().err
    assert check.main([f"--locales={copy.locales / 'nowhere'}"]) == 2
    (copy.locales / "glossary.csv").write_text("nonsense\n", encoding="utf-8")
    assert run(copy) == 2
    assert "glossary.csv:1: must begin with the columns term and note" in capsys.readouterr().err
    with pytest.raises(SystemExit) as caught:
        check.main(["--no-such-option"])
    assert caught.value.code == 2


def test_no_glossary_is_no_fault(copy: Copy) -> None:
    (copy.locales / "glossary.csv").unlink()
    assert run(copy) == 0
