"""Letters of many passages, names or languages: which addresses they have, in export and app."""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from app import create_app
from scripts import export

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Copy, WriteSite

BASE = "https://letter.example.org"
SIX, SEVEN = ("ar", "de", "es", "fr", "ku"), ("ar", "de", "es", "fr", "ku", "tr")
PASSAGE = re.compile(r"[a-z]+/p[a-z2-7]{7}/index\.html")
SIGNED = "\n\n<!-- signatories -->\n\n- One\n- Two\n"


def write_passages(count: int) -> str:
    return "\n\n".join(["# Title", *(f"Text {number}" for number in range(1, count))])


def run_export(site: Copy, public: Path, *options: str) -> set[str]:
    """Export; give the names of all files but the compressed forms."""
    assert site.run(export, str(public), "--disk", "--documents=none", *options) == 0
    names = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}
    return {name for name in names if not name.endswith((".br", ".gz"))}


@pytest.mark.parametrize(("count", "pages"), [(100, 100), (101, 0)])
def test_passages_have_pages_in_letters_of_up_to_a_hundred(
    write_site: WriteSite, tmp_path: Path, count: int, pages: int
) -> None:
    """Names aren't counted, and have none."""
    site = write_site(write_passages(count) + SIGNED, ar="")
    names = run_export(site, tmp_path / "public")
    assert len([name for name in names if PASSAGE.fullmatch(name)]) == 2 * pages


def test_every_link_within_a_long_letters_page_has_a_place_there(
    write_site: WriteSite, tmp_path: Path
) -> None:
    text = re.sub(r"\n(Text \d*[05])\n", r"\n## \1\n", write_passages(103))
    site = write_site(text + SIGNED, ar='msgid "Text 7"\nmsgstr "نص ٧"\n')
    run_export(site, tmp_path / "public")
    passages = site.read_shelf().letter.passages
    client = create_app(site.letter, site.locales, BASE).test_client()
    for tag in ("en", "ar"):
        page = (tmp_path / "public" / tag / "index.html").read_text(encoding="utf-8")
        places = set(re.findall(r' id="([^"]+)"', page))
        linked = set(re.findall(r' href="#([^"]+)"', page))
        assert len([anchor for anchor in places if anchor.startswith("p")]) == 103
        marks = re.findall(r'class="at" href="#p\w+">(\d+)<', page)
        assert marks == [str(number) for number in range(5, 83, 5)], "headings have none"
        assert linked <= places
        for anchor in sorted(linked & {message.anchor for message in passages})[:20]:
            for path in (f"/{tag}/{anchor}/", f"/{tag}/{anchor}"):
                answer = client.get(path)
                assert answer.status_code == 301
                assert urljoin(path, answer.location) == f"/{tag}/#{anchor}"


def test_a_names_old_page_leads_to_the_list_of_signatories(copy: Copy) -> None:
    client = copy.client()
    names = [message for message in copy.read_shelf().letter.messages if message.is_name]
    assert len(names) == 18
    for message in names:
        for path in (f"/ckb/{message.anchor}/", f"/ckb/{message.anchor}"):
            answer = client.get(path)
            assert answer.status_code == 301
            assert urljoin(path, answer.location) == "/ckb/#signatories-ckb"
    kurmanji = client.get(f"/kmr/{names[0].anchor}/")
    assert kurmanji.location == "../../ku/#signatories-ku"
    assert ' id="signatories-ku"' in client.get("/ku/").text


@pytest.mark.parametrize(
    ("languages", "options"), [(SIX, []), (SEVEN, ["--pairs=all"]), (SEVEN, [])]
)
def test_which_editions_stand_beside_each_other(
    write_site: WriteSite,
    tmp_path: Path,
    languages: tuple[str, ...],
    options: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Up to six all beside all, of more only each beside the source, unless all are asked for."""
    site = write_site("# Title\n\nText\n", **dict.fromkeys(languages, ""))
    names = run_export(site, tmp_path / "public", *options)
    pairs = {*permutations(("en", *languages), 2)}
    is_all = len(languages) < 6 or bool(options)
    wanted = {pair for pair in pairs if is_all or "en" in pair}
    assert {tuple(n.split("/")[:3:2]) for n in names if "/with/" in n} == wanted
    monkeypatch.setenv("LETTER_PAIRS", "all" if options else "")
    client = create_app(site.letter, site.locales, BASE).test_client()
    for one, other in pairs:
        is_there = (one, other) in wanted
        assert client.get(f"/{one}/with/{other}/").status_code == (200 if is_there else 404)
        assert (f'href="with/{other}/"' in client.get(f"/{one}/").text) is is_there


def test_pairs_are_all_or_the_usual_ones(
    write_site: WriteSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = write_site("# Title\n", ar="")
    assert site.run(export, str(tmp_path / "public"), f"--base-url={BASE}", "--pairs=some") == 2
    assert "'some' are no pairs of editions: write all" in capsys.readouterr().err
