"""An edit of the letter, and the addresses that were given out before it: by update and by git."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from letter.editions.library import Library
from letter.source.letter import read_letter
from letter.source.moved_passages import read_moves
from scripts import check, export, receive, sign_off, status, update
from tests.git import commit, git, start_repository
from tests.merging.examples import run_command
from tests.tools import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Copy, WriteSite

FIRST = "The people of Aleppo need the protection of all the world."
SECOND = "They have waited for it since the spring of last year. Nobody came to help them."
THIRD = "The last doctor for children was killed in April."
FOURTH = "Ten people died on the market."
TEXTS = (FIRST, SECOND, THIRD, FOURTH)
NOTICE = "This passage was changed after its address was given out"
NOTICES = {"en": NOTICE, "ku": "Ev beş piştî belavkirina navnîşana wê hatiye guhertin"}


@pytest.fixture
def site(write_site: WriteSite) -> Copy:
    """A letter whose catalogue is up to date, under git and with the project's attributes."""
    letter = "# A title\n\n" + "\n\n".join(TEXTS) + "\n\n<!-- signatories -->\n\n- Zaad\n"
    site = write_site(letter, ku=f'msgid "{FIRST}"\nmsgstr "Gel"\n')
    assert site.run(update) == 0
    start_repository(site.letter.parent)
    shutil.copy(ROOT / ".gitattributes", site.letter.parent)
    commit(site.letter.parent)
    return site


def find_anchor(site: Copy, beginning: str) -> str:
    passages = read_letter(site.letter).passages
    return next(each.anchor for each in passages if each.msgid.startswith(beginning))


def find_moved(site: Copy) -> Path:
    return site.locales / "moved.csv"


@pytest.mark.parametrize("has_catalogue", [True, False])
@pytest.mark.parametrize(
    ("old", "texts", "options"),
    [
        (FIRST, {FIRST: "The people of Idlib need the protection of all the world."}, ()),
        (THIRD, {THIRD: "The last docter for children was killed in April."}, ("--minor",)),
        (SECOND, {SECOND: SECOND.replace(". ", ".\n\n")}, ()),
        (THIRD, {f"{THIRD}\n\n": f"{THIRD} "}, ()),
        (FOURTH, {f"{THIRD}\n\n": f"{THIRD} "}, ()),
    ],
    ids=["changed", "mended", "split", "joined", "joined to another"],
)
def test_an_old_address_leads_to_the_changed_passage(
    site: Copy, old: str, texts: dict[str, str], options: tuple[str, ...], *, has_catalogue: bool
) -> None:
    if not has_catalogue:
        shutil.rmtree(site.locales / "ku")
    anchor = find_anchor(site, old)
    for before, after in texts.items():
        site.change(before, after)
    text = next(iter(texts.values())).split("\n")[0]
    run_command(update, site, "--check", *options)
    assert not find_moved(site).exists()
    code, told = run_command(update, site, *options)
    assert code == 0
    assert f"{find_moved(site)}: changed\n" in told
    for tag, notice in NOTICES.items() if has_catalogue else (("en", NOTICE),):
        page = site.client().get(f"/{tag}/{anchor}/").text
        assert notice in page
        assert text in page
        is_unknown = "noindex" in site.client().get(f"/{tag}/").text
        assert ("noindex" in page) == is_unknown, "a canonical page that isn't to be read"
        now = find_anchor(site, text)
        assert f'rel="canonical" href="/{tag}/{now}/"' in page
        assert notice not in site.client().get(f"/{tag}/{now}/").text
    assert run_command(update, site) == (0, "Everything is up to date.\n")


def test_a_deleted_passage_and_a_name_leave_no_row(site: Copy) -> None:
    anchor = find_anchor(site, FOURTH)
    site.change(f"{FOURTH}\n\n", "")
    site.change("- Zaad", "- Zad")
    assert site.run(update) == 0
    assert not find_moved(site).exists()
    assert site.client().get(f"/en/{anchor}/").status_code == 404


@pytest.mark.parametrize("is_known", [True, False])
def test_a_template_that_pybabel_made_first_takes_no_address_away(
    site: Copy, *, is_known: bool
) -> None:
    """The catalogues, too, know the letter as it was."""
    if not is_known:
        shutil.rmtree(site.letter.parent / ".git")
    anchor = find_anchor(site, FIRST)
    template = site.locales / "letter.pot"
    site.change("Aleppo", "Idlib")
    template.write_text(template.read_text("utf-8").replace("Aleppo", "Idlib"), "utf-8")
    assert site.run(update) == 0
    assert [move.old for move in read_moves(find_moved(site))] == [anchor]


@pytest.mark.parametrize("is_known", [True, False])
def test_a_msgid_that_was_edited_in_one_catalogue_was_no_address(
    site: Copy, *, is_known: bool
) -> None:
    shutil.copytree(site.locales / "ku", site.locales / "ar")
    if not is_known:
        shutil.rmtree(site.letter.parent / ".git")
    for old, new in (("Aleppo", "Halab"), ("Nobody came", "Nobody ever came")):
        site.edit("ku", old, new)
    assert site.run(update) == 0
    assert not find_moved(site).exists()


def test_an_edit_that_is_taken_back_leads_home(site: Copy) -> None:
    first, others = find_anchor(site, FIRST), []
    for old, new in (("Aleppo", "Idlib"), ("Idlib", "Homs"), ("Homs", "Aleppo")):
        site.change(old, new)
        assert site.run(update) == 0
        others.append(find_anchor(site, "The people of"))
    client = site.client()
    assert others.pop() == first
    assert NOTICE not in client.get(f"/en/{first}/").text
    for anchor in others:
        assert f'canonical" href="/en/{first}/"' in client.get(f"/en/{anchor}/").text
    rows = read_moves(find_moved(site))
    assert [(move.old, move.new) for move in rows] == [(others[0], others[1]), (others[1], first)]


def test_two_branches_that_changed_passages_are_merged_by_git(site: Copy) -> None:
    folder = site.letter.parent
    old = [find_anchor(site, text) for text in (FIRST, FOURTH)]
    git(folder, "checkout", "-qb", "other")
    for change, branch in ((("Aleppo", "Idlib"), "main"), (("Ten", "Twelve"), "other")):
        site.change(*change)
        assert site.run(update) == 0
        commit(folder)
        git(folder, "checkout", "-q", branch)
    merge = git(folder, "merge", "--no-edit", "main", check=False)
    assert "CONFLICT" not in merge.stdout.replace("letter.po", ""), "but for catalogues"
    git(folder, "checkout", "--theirs", ".")
    assert all(NOTICE in site.client().get(f"/en/{anchor}/").text for anchor in old)
    assert site.client().get("/healthz").get_json()["problems"] == []


def test_a_broken_file_is_told_and_what_was_good_stays(
    site: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    anchor = find_anchor(site, FIRST)
    site.change("Aleppo", "Idlib")
    assert site.run(update) == 0
    path, library = find_moved(site), Library(site.letter, site.locales)
    assert anchor in library.read_shelf().moved
    good = path.read_bytes()
    path.write_bytes(good + b">>>>>>> other\n")
    shelf = library.read_shelf()
    assert anchor in shelf.moved
    assert shelf.report_health()["status"] == "degraded"
    assert any("moved.csv:3: is no row" in problem for problem in shelf.unusable)
    site.change("Ten", "Twelve")
    before = {each: each.read_bytes() for each in site.locales.rglob("*") if each.is_file()}
    code, told = run_command(update, site)
    assert (code, "moved.csv:3: is no row" in told) == (2, True)
    assert {each: each.read_bytes() for each in before} == before
    assert site.run(export, str(site.letter.parent / "public"), "--disk") == 2
    assert "moved.csv:3: is no row" in capsys.readouterr().err
    path.write_bytes(good)
    assert site.run(update) == 0
    assert library.read_shelf().report_health()["problems"] == []


def test_no_other_command_takes_the_file_for_a_catalogue(site: Copy) -> None:
    def run_all() -> list[tuple[int, str]]:
        zin = ("ku", "--reviewer", "Zîn <zin@example.org>")
        return [
            run_command(check, site),
            run_command(status, site, "--json"),
            run_command(sign_off, site, *zin),
            run_command(receive, site, str(sent)),
        ]

    sent = site.letter.parent / "ku.po"
    shutil.copy(site.po("ku"), sent)
    run_all()
    before = run_all()
    find_moved(site).write_text("old,new,date\npaaaaaaa,pbbbbbbb,2026-11-26\n", "utf-8")
    assert run_all() == before
