"""Two letters in one process, by the file of scripts/deploy that people copy."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from letter.serving.negotiation import name_cookie
from tests.conftest import write_copy
from tests.hosts.live import Live, start_server
from tests.tools import ROOT
from tests.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Copy

pytestmark = pytest.mark.slow

AR = 'msgid "Text"\nmsgstr "نص"\n'


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Copy]:
    folder = tmp_path_factory.mktemp("letters")
    found = {}
    for name, entries in {"aleppo": {"ar": AR, "ku": ""}, "homs": {"ar": "", "fr": ""}}.items():
        (folder / name).mkdir()
        found[name] = write_copy(folder / name, f"# Of {name}\n\nText\n", **entries)
    return found


@pytest.fixture(scope="module")
def live(letters: dict[str, Copy]) -> Iterator[Live]:
    """The file, with the folder of the letters filled in, under the production server."""
    folder: Path = letters["aleppo"].letter.parents[1]
    text = (ROOT / "scripts" / "deploy" / "letters.py").read_text(encoding="utf-8")
    (folder / "letters.py").write_text(text.replace("/srv/letters", str(folder)), encoding="utf-8")
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    target = "letters:make_letters"
    with start_server(folder, environ, folder / "server.log", target=target) as started:
        yield started


def test_each_letter_is_published_below_its_own_path(live: Live) -> None:
    for name, tags in {"aleppo": ["en", "ar", "ku"], "homs": ["en", "ar", "fr"]}.items():
        for tag in tags:
            page = live.ask(f"/{name}/{tag}/")
            assert (page.status, page.headers["Content-Language"].split(", ")[0]) == (200, tag)
            assert f'rel="canonical" href="https://example.org/{name}/' in page.body.decode()
        packed = live.ask(f"/{name}/ar/", **{"Accept-Encoding": "br"})
        assert packed.headers["Content-Encoding"] == "br"
        assert list(json.loads(live.ask(f"/{name}/healthz").body)["editions"]) == sorted(tags)
    assert live.ask("/homs/ku/").status == 404
    for path in ("/", "/ar/", "/aleppox/ar/", "/healthz"):
        assert live.ask(path).status == 404, "no letter's path"


def test_each_letter_has_a_choice_of_language_of_its_own(live: Live) -> None:
    for name, tag in {"aleppo": "ku", "homs": "fr"}.items():
        assert live.ask(f"/{name}").headers["Location"] == f"{name}/"
        chosen = live.ask(f"/{name}/", **{"Accept-Language": "ku, fr"})
        assert (chosen.status, chosen.headers["Location"]) == (302, f"{tag}/")
        kept = live.ask(f"/{name}/ar/?choose").headers["Set-Cookie"]
        assert kept.startswith(f"{name_cookie('/' + name)}=ar; ")
        assert f"Path=/{name}/;" in kept
        assert kept.endswith("; Secure")


def test_each_letter_tells_wrong_addresses_in_its_own_languages(live: Live) -> None:
    for name, tag in {"aleppo": "ku", "homs": "fr"}.items():
        missing = live.ask(f"/{name}/nowhere", **{"Accept-Language": "ku, fr"})
        assert (missing.status, missing.headers["Content-Language"]) == (404, tag)
        assert f'href="/{name}/{tag}/?choose"' in missing.body.decode()


def test_an_edit_of_one_letter_shows_there_alone(live: Live, letters: dict[str, Copy]) -> None:
    before = live.ask("/homs/ar/").body
    assert "نص" in live.ask("/aleppo/ar/").body.decode()
    letters["aleppo"].edit("ar", "نص", "كلام")
    wait_for(lambda: all("كلام" in live.ask("/aleppo/ar/").body.decode() for _ in range(8)))
    assert live.ask("/homs/ar/").body == before
