"""`scripts/check.py`, as a translator runs it."""

import json
import re
from collections.abc import Callable

import pytest

from scripts import check
from tests.conftest import Copy

Run = Callable[..., tuple[int, str]]

WRONG = ("250,000 شخص", "350,000 شخص")  # an error
DOUBTFUL = ("حماية من المجتمع", "حماية  من المجتمع")  # a warning


@pytest.fixture
def run(copy: Copy, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command on a copy of the catalogues; gives its exit code, and all that it printed."""

    def run(*options: str) -> tuple[int, str]:
        code = check.main([f"--locales={copy.locales}", *options])
        return code, "".join(capsys.readouterr())

    return run


def test_it_is_quiet_about_what_is_right_also_without_a_glossary(copy: Copy, run: Run) -> None:
    assert run() == run("--strict") == (0, "No errors, no warnings in ar, ckb, ku.\n")
    (copy.locales / "glossary.csv").unlink()
    assert run()[0] == 0


def test_an_error_has_its_line_and_words_and_exits_with_1(copy: Copy, run: Run) -> None:
    copy.edit("ar", *WRONG)
    code, out = run()
    line, summary = out.splitlines()
    found = re.fullmatch(
        r"(.*letter\.po):(\d+): error: the English has the number .* \[numbers\]", line
    )
    assert found
    lines = copy.po("ar").read_text(encoding="utf-8").splitlines()
    assert lines[int(found[2]) - 1].startswith("msgstr")
    assert (code, summary) == (1, "1 error, no warnings in ar, ckb, ku.")


def test_a_warning_counts_only_if_strict(copy: Copy, run: Run) -> None:
    copy.edit("ar", *DOUBTFUL)
    assert run()[0] == 0
    code, out = run("--strict")
    assert (code, out.splitlines()[-1]) == (1, "No errors, 1 warning in ar, ckb, ku.")


def test_only_the_languages_asked_for_are_checked(copy: Copy, run: Run) -> None:
    copy.edit("ar", *WRONG)
    assert run("ku", "ckb") == (0, "No errors, no warnings in ckb, ku.\n")
    assert run("ku", "ar")[0] == 1


def test_a_file_that_cannot_be_read_is_an_error_and_the_others_are_checked(
    copy: Copy, run: Run
) -> None:
    copy.po("ar").write_text('msgid "a"\nmsgstr "b\n', encoding="utf-8")
    copy.edit("ku", "Bangên me", "Bangên  me")
    code, out = run()
    assert code == 1
    assert re.search(r"ar/LC_MESSAGES/letter\.po:2: error: .* \[file\]", out)
    assert "ku/LC_MESSAGES/letter.po" in out


def test_json_has_the_same_findings(copy: Copy, run: Run) -> None:
    copy.edit("ar", *WRONG)
    code, out = run("--json")
    told = json.loads(out)
    assert (code, list(told), told["ku"]["findings"]) == (1, ["ar", "ckb", "ku"], [])
    (finding,) = told["ar"]["findings"]
    assert (finding["severity"], finding["check"]) == ("error", "numbers")


def test_unusable_arguments_exit_with_2(copy: Copy, run: Run) -> None:
    code, out = run("xx")
    assert code == 2
    assert "there is no catalogue of 'xx', only ar, ckb, ku" in out
    assert run(f"--locales={copy.locales / 'nowhere'}")[0] == 2
    (copy.locales / "glossary.csv").write_text("nonsense\n", encoding="utf-8")
    code, out = run()
    assert code == 2
    assert "glossary.csv:1: must begin with the columns term and note" in out
    with pytest.raises(SystemExit, match="2"):
        run("--no-such-option")
