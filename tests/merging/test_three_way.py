"""The three-way merge: what a translator and others changed meanwhile, entry by entry."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.merging.entry_merge import Verdict
from letter.merging.three_way import Outcome, reconcile_catalogues
from letter.merging.update import update_catalogue
from letter.po.reader import parse_po
from letter.po.writer import format_po
from tests.merging.test_update import HEADER, LONG, LONGER, catalogue, entry, template
from tests.tools import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from letter.po.model import Entry, PoFile


def merge(
    base: PoFile, ours: PoFile, theirs: PoFile
) -> tuple[dict[str, Entry], list[Outcome], str]:
    merged, outcomes = reconcile_catalogues(base, ours, theirs)
    data = format_po(merged)
    entries = parse_po(data, "letter.po").entries
    return {e.msgid: e for e in entries if not e.obsolete}, outcomes, data.decode()


ONE, TWO = entry("One", "Yek"), entry("Two", "Du")


def test_what_each_side_changed_is_in_the_result() -> None:
    entries, outcomes, _ = merge(
        catalogue(ONE, TWO),
        catalogue(entry("One", "Yêk"), TWO),
        catalogue(ONE, entry("Two", "Didu", "# my comment\n")),
    )
    assert entries["One"].msgstr == ("Yêk",)
    assert entries["Two"].msgstr == ("Didu",)
    assert entries["Two"].comments == ("my comment",)
    assert outcomes == [Outcome("Two", Verdict.TAKEN)]


def test_both_changed_is_a_conflict_with_both_texts() -> None:
    entries, outcomes, _ = merge(
        catalogue(ONE), catalogue(entry("One", "Yêk")), catalogue(entry("One", "Yekem"))
    )
    assert outcomes == [Outcome("One", Verdict.CONFLICT)]
    assert entries["One"].fuzzy
    assert entries["One"].msgstr == ("Yêk",)
    assert entries["One"].comments == ("Another translation: Yekem",)


def test_both_made_the_same_change_is_no_conflict() -> None:
    new = catalogue(entry("One", "Yekem"))
    entries, outcomes, _ = merge(catalogue(ONE), new, new)
    assert (entries["One"].msgstr, outcomes) == (("Yekem",), [])


def test_clearing_fuzzy_is_a_change() -> None:
    fuzzy = catalogue(entry("One", "Yek", "#, fuzzy\n"))
    entries, outcomes, _ = merge(fuzzy, fuzzy, catalogue(ONE))
    assert not entries["One"].fuzzy
    assert outcomes == [Outcome("One", Verdict.TAKEN)]


def test_a_translation_of_changed_english_arrives_as_outdated() -> None:
    base = catalogue(entry(LONG, ""))
    ours, _ = update_catalogue(base, template(LONGER))
    entries, outcomes, text = merge(base, ours, catalogue(entry(LONG, "Em bang dikin.")))
    assert entries[LONGER].fuzzy
    assert entries[LONGER].msgstr == ("Em bang dikin.",)
    assert entries[LONGER].previous_msgid == LONG
    assert outcomes == [Outcome(LONGER, Verdict.OUTDATED)]
    assert "[-every-] {+any+}" in text


def test_an_outdated_text_does_not_replace_a_finished_one_and_is_kept() -> None:
    base = catalogue(entry(LONG, "Kevn."))
    ours = catalogue(entry(LONGER, "Nû û temam."))
    entries, outcomes, text = merge(base, ours, catalogue(entry(LONG, "Kevn, lê baştir.")))
    assert not entries[LONGER].fuzzy
    assert entries[LONGER].msgstr == ("Nû û temam.",)
    assert "Kevn, lê baştir." in text
    assert [o.verdict for o in outcomes] == [Verdict.SUPERSEDED]


def test_a_translation_of_what_left_the_letter_is_kept_as_obsolete() -> None:
    base = catalogue(ONE, entry("Gone now", ""))
    entries, outcomes, text = merge(base, catalogue(ONE), catalogue(ONE, entry("Gone now", "Çû")))
    assert list(entries) == ["One"]
    assert '#~ msgid "Gone now"\n#~ msgstr "Çû"' in text
    assert outcomes == [Outcome("Gone now", Verdict.GONE)]


def test_an_emptied_translation_does_not_erase_a_better_one() -> None:
    entries, _, _ = merge(
        catalogue(ONE), catalogue(entry("One", "Yêk")), catalogue(entry("One", ""))
    )
    assert entries["One"].msgstr == ("Yêk",)


def test_clearing_fuzzy_counts_even_if_the_other_side_typed_the_same() -> None:
    ours = catalogue(entry("One", "Yek", "#, fuzzy\n"))
    entries, outcomes, _ = merge(catalogue(entry("One", "")), ours, catalogue(ONE))
    assert not entries["One"].fuzzy
    assert outcomes == [Outcome("One", Verdict.TAKEN)]


def test_a_confirmed_text_whose_english_changed_again_is_compared_with_what_was_confirmed() -> None:
    last = LONGER.replace("now", "today")
    base, _ = update_catalogue(catalogue(entry(LONG, "Em.")), template(LONGER))
    ours, _ = update_catalogue(base, template(last))
    entries, outcomes, text = merge(base, ours, catalogue(entry(LONGER, "Em.")))
    assert entries[last].fuzzy
    assert entries[last].previous_msgid == LONGER
    assert "[-every-]" not in text
    assert outcomes == [Outcome(last, Verdict.OUTDATED)]


def test_a_better_translation_of_a_sentence_with_a_minor_correction_is_taken() -> None:
    corrected = LONG.replace("now,", "now")
    ours, _ = update_catalogue(catalogue(entry(LONG, "Em.")), template(corrected), minor=True)
    entries, outcomes, _ = merge(
        catalogue(entry(LONG, "Em.")), ours, catalogue(entry(LONG, "Em gazî dikin."))
    )
    assert not entries[corrected].fuzzy
    assert entries[corrected].msgstr == ("Em gazî dikin.",)
    assert outcomes == [Outcome(corrected, Verdict.TAKEN)]


def test_plural_forms_of_another_number_wait_for_a_person() -> None:
    head = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\n'
    ours = catalogue(head + 'msgstr[0] "roj"\nmsgstr[1] "roj"\n')
    theirs = catalogue(head + 'msgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n')
    entries, outcomes, _ = merge(ours, ours, theirs)
    assert entries["%(n)s day"].msgstr == ("roj", "roj")
    assert entries["%(n)s day"].comments == ("Another translation: a / b / c",)
    assert [o.verdict for o in outcomes] == [Verdict.CONFLICT]


def test_who_has_chosen_between_two_texts_is_not_asked_again() -> None:
    told = "# Another translation: Yekem\n"
    ours = catalogue(entry("One", "Yêk", told))
    entries, outcomes, _ = merge(catalogue(ONE), ours, catalogue(entry("One", "Yekem")))
    assert not entries["One"].fuzzy
    assert outcomes == []


def test_a_comment_on_what_left_the_letter_is_kept() -> None:
    base = catalogue(ONE, entry("Gone now", ""))
    theirs = catalogue(ONE, entry("Gone now", "", "# Which hospital?\n"))
    _, _, text = merge(base, catalogue(ONE), theirs)
    assert "# Which hospital?" in text


states = st.sampled_from(["", "A.", "B.", "C."])
fuzzies = st.sampled_from(["", "#, fuzzy\n"])
sides = st.fixed_dictionaries(
    {"One": st.tuples(states, fuzzies), LONG: st.tuples(states, fuzzies)},
    optional={LONGER: st.tuples(states, fuzzies), "More": st.tuples(states, fuzzies)},
)


def build(side: dict[str, tuple[str, str]], who: str) -> PoFile:
    """A catalogue whose translations say who wrote them, unless all agree."""
    return catalogue(
        *(
            entry(msgid, text and f"{msgid[:4]}{text}{who if text == 'C.' else ''}", fuzzy)
            for msgid, (text, fuzzy) in side.items()
        )
    )


@given(base=sides, ours=sides, theirs=sides)
def test_nothing_that_anyone_changed_is_thrown_away(
    base: dict[str, tuple[str, str]],
    ours: dict[str, tuple[str, str]],
    theirs: dict[str, tuple[str, str]],
) -> None:
    before, mine, sent = build(base, ""), build(ours, "o"), build(theirs, "t")
    old = {(e.msgid, e.msgstr) for e in before.entries}
    _, _, text = merge(before, mine, sent)
    flat = "".join(text.split())
    for known in mine.entries + sent.entries:
        if known.msgstr != ("",) and (known.msgid, known.msgstr) not in old:
            assert "".join(known.msgstr[0].split()) in flat
    for known in parse_po(text.encode(), "letter.po").entries:
        if not known.fuzzy and not known.obsolete and known.msgstr != ("",):
            finished = [
                e for e in mine.entries + sent.entries if e.key == known.key and not e.fuzzy
            ]
            assert known.msgstr in {e.msgstr for e in finished}, "none is finished by the merge"


# --- git's merge driver --------------------------------------------------------------------------


def git(folder: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    identity = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", "T"), ("EMAIL", "t@example.org"))
    }
    environment = {**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(
        ["git", *arguments],
        cwd=folder,
        check=check,
        env=environment,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with the project's attributes and the driver that `make` configures."""
    git(tmp_path, "init", "-q", "-b", "main")
    shutil.copy(ROOT / ".gitattributes", tmp_path)
    lines = [
        line for line in (ROOT / "Makefile").read_text().splitlines() if "merge.letter-po" in line
    ]
    assert lines, "make configures the driver"
    driver = f"{sys.executable} {ROOT / 'scripts' / 'merge_driver.py'} %O %A %B %P"
    git(tmp_path, "config", "merge.letter-po.driver", driver)
    return tmp_path


NEIGHBOURS = [entry(f"Neighbour {n}", f"Cîran {n}") for n in range(6)]
TAIL = "held in the prisons of Damascus, of Homs and of every other town in Syria."
RELEASE = "We call on the government to release every prisoner " + TAIL
NOT = "We call on the government NOT to release any prisoner " + TAIL


def write_po(folder: Path, msgid: str, msgstr: str) -> None:
    text = "\n".join([HEADER, *NEIGHBOURS[:3], entry(msgid, msgstr), *NEIGHBOURS[3:]])
    wrapped = text.replace(msgid, msgid.replace(TAIL, '"\n"' + TAIL[:40] + '"\n"' + TAIL[40:]))
    (folder / "letter.po").write_text(wrapped)


@pytest.mark.parametrize("with_driver", [True, False])
def test_git_does_not_put_an_old_translation_under_the_opposite_sentence(
    repository: Path, with_driver: bool
) -> None:
    """Without the driver git merges the lines, in silence, and the letter says the opposite."""
    if not with_driver:
        (repository / ".gitattributes").unlink()
    write_po(repository, RELEASE, "")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "start")
    git(repository, "checkout", "-qb", "translator")
    write_po(repository, RELEASE, "Hemû girtî werin berdan.")
    git(repository, "commit", "-qam", "translate")
    git(repository, "checkout", "-q", "main")
    write_po(repository, NOT, "")
    git(repository, "commit", "-qam", "the English changed")
    done = git(repository, "merge", "--no-edit", "translator", check=False)
    merged = parse_po((repository / "letter.po").read_bytes(), "letter.po")
    found = next(e for e in merged.entries if e.msgid == NOT)
    if with_driver:
        assert done.returncode == 0, done.stderr
        assert found.fuzzy
        assert found.msgstr == ("Hemû girtî werin berdan.",)
        assert found.previous_msgid == RELEASE
    else:
        assert done.returncode == 0, "a line merge says nothing"
        assert not found.fuzzy
        assert found.msgstr == ("Hemû girtî werin berdan.",)


def translate_on_two_branches(repository: Path, theirs: str, ours: str) -> None:
    """Commit one translation on `other`, and leave another on main to be committed."""
    write_po(repository, RELEASE, "")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "start")
    git(repository, "checkout", "-qb", "other")
    write_po(repository, RELEASE, theirs)
    git(repository, "commit", "-qam", "one")
    git(repository, "checkout", "-q", "main")
    write_po(repository, RELEASE, ours)


def test_git_loses_neither_side_where_one_cannot_be_read(repository: Path) -> None:
    translate_on_two_branches(repository, "Theirs.", "Ours.")
    path = repository / "letter.po"
    path.write_text(path.read_text() + '\nmsgid "broken\n')
    git(repository, "commit", "-qam", "two")
    done = git(repository, "merge", "--no-edit", "other", check=False)
    assert done.returncode != 0
    assert "letter.po:" in done.stderr
    assert "Ours." in path.read_text()
    assert "Theirs." in path.read_text()


def test_git_stops_where_both_sides_translated(repository: Path) -> None:
    translate_on_two_branches(repository, "Yek.", "Du.")
    git(repository, "commit", "-qam", "two")
    done = git(repository, "merge", "--no-edit", "other", check=False)
    assert done.returncode != 0
    text = (repository / "letter.po").read_text()
    assert "<<<<<<<" not in text, "the file stays one that an editor opens"
    found = next(e for e in parse_po(text.encode(), "x").entries if e.msgid == RELEASE)
    assert found.fuzzy
    assert found.msgstr == ("Du.",)
    assert found.comments == ("Another translation: Yek.",)
