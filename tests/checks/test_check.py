"""`scripts/check.py`, as a translator runs it."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from letter.editions.catalogue import State, make_catalogue
from letter.languages.language import find_language
from letter.po.reader import read_po
from scripts import check
from tests.conftest import Copy

TAGS = ("ar", "ckb", "ku")
# The page's words are there in more languages.
ALL = "ar, ckb, de, es, fa, fr, he, it, ku, pt-BR, ru, tr, ur, zh-Hans"
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
    assert run() == run("--strict") == (0, f"No errors, no warnings in {ALL}.\n")
    (copy.locales / "glossary.csv").unlink()
    assert run()[0] == 0


def test_an_error_has_its_line_and_words_and_exits_with_1(copy: Copy, run: Run) -> None:
    copy.edit("ar", *WRONG)
    code, out = run()
    line, summary = out.splitlines()
    found = re.fullmatch(
        r"(.*letter\.po):(\d+): error: “The people of Aleppo need the …”: "
        r"the original has the number .* \[numbers\]",
        line,
    )
    assert found
    lines = copy.po("ar").read_text(encoding="utf-8").splitlines()
    assert lines[int(found[2]) - 1].startswith("msgstr")
    assert (code, summary) == (1, f"1 error, no warnings in {ALL}.")


def test_a_warning_counts_only_if_strict(copy: Copy, run: Run) -> None:
    copy.edit("ar", *DOUBTFUL)
    assert run()[0] == 0
    code, out = run("--strict")
    assert (code, out.splitlines()[-1]) == (1, f"No errors, 1 warning in {ALL}.")


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
    assert (code, list(told)[:4], told["ku"]["findings"]) == (1, [*TAGS, "interface/ar"], [])
    (finding,) = told["ar"]["findings"]
    assert (finding["severity"], finding["check"]) == ("error", "numbers")


def test_unusable_arguments_exit_with_2(copy: Copy, run: Run) -> None:
    code, out = run("xx")
    assert code == 2
    assert "there is no catalogue of 'xx', only ar, " in out
    assert run(f"--locales={copy.locales / 'nowhere'}")[0] == 2
    (copy.locales / "glossary.csv").write_text("nonsense\n", encoding="utf-8")
    code, out = run()
    assert code == 2
    assert "glossary.csv:1: must begin with the columns term and note" in out
    with pytest.raises(SystemExit, match="2"):
        run("--no-such-option")


def test_a_text_left_in_english_is_told_with_the_line_that_says_it_is_meant_so(
    copy: Copy, run: Run
) -> None:
    english = "“We are being left to die as the world watches.”"
    copy.edit("ku", "“Em ji mirinê re tên hiştin û cîhan temaşe dike.”", english)
    code, out = run("ku")
    found = re.search(r"still as in the original: .*“(# Meant so: english)”", out)
    assert found
    assert code == 0
    copy.edit("ku", f'msgid "{english}"', f'{found[1]}\nmsgid "{english}"')
    assert run("ku") == (0, "No errors, no warnings in ku.\n")
    copy.edit("ku", f'msgstr "{english}"', f'msgstr "{english[:-1]} Now.”"')
    assert "still as in the original" in run("ku")[1], "another text is not what was meant"


def test_texts_that_msgcat_joined_are_an_error(copy: Copy, run: Run, tmp_path: Path) -> None:
    """msgcat marks them fuzzy; whoever takes the mark away publishes both."""
    title = "“Em ji mirinê re tên hiştin û cîhan temaşe dike.”"
    other = tmp_path / "b.po"
    text = copy.po("ku").read_text(encoding="utf-8")
    other.write_text(text.replace(title, "“Em dimirin.”"), encoding="utf-8")
    joined = subprocess.run(
        ["msgcat", str(copy.po("ku")), str(other)], capture_output=True, text=True, check=True
    ).stdout
    assert run("ku")[0] == 0
    copy.po("ku").write_text(joined.replace("#, fuzzy\n", ""), encoding="utf-8")
    code, out = run("ku")
    assert code == 1
    assert "the world …”: msgcat has joined the texts of several files here: keep one text" in out
    assert "1 error, " in out.splitlines()[-1]
    language = find_language("ku")
    found = make_catalogue(language, read_po(copy.po("ku"))).translations
    withheld = [msgid for (_, msgid), known in found.items() if known.state is State.WITHHELD]
    assert withheld == ["“We are being left to die as the world watches.”"]


def test_a_fallback_that_lends_nothing_is_told(copy: Copy, run: Run) -> None:
    copy.edit(
        "ckb",
        '"X-Letter-Status',
        '"X-Letter-Fallback: klingon, zz, ku, fr, EN\\n"\n"X-Letter-Status',
    )
    copy.edit("ku", '"X-Letter-Status', '"X-Letter-Fallback: none\\n"\n"X-Letter-Status')
    code, out = run()
    lines = out.splitlines()
    assert code == 0
    assert len(lines) == 4
    expected = ("klingon, which is no language", "zz, which", "fr, which is no edition")
    for line, words in zip(lines[:-1], expected, strict=True):
        assert re.match(
            r".*ckb/LC_MESSAGES/letter\.po:\d+: warning: X-Letter-Fallback names ", line
        )
        assert words in line
    copy.letter.unlink()
    assert run()[1].count("which is no edition") == 0, "whether fr is the letter's is not known"
