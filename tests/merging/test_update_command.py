"""`scripts/update.py`, as a maintainer runs it after the letter changed."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from letter.po.header import header_fields
from letter.po.reader import read_po
from scripts import update
from tests.tools import run_gettext

if TYPE_CHECKING:
    from tests.conftest import Copy


def run(copy: Copy, *options: str) -> int:
    return copy.run(update, *options)


def snapshot(copy: Copy) -> dict[Path, tuple[bytes, int]]:
    files = [path for path in copy.locales.rglob("*") if path.is_file()]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture
def fresh(copy: Copy) -> Copy:
    """A copy whose references have been brought to its own place once."""
    assert run(copy) == 0
    return copy


def test_nothing_changed_means_no_byte_of_any_file(
    fresh: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(fresh)
    capsys.readouterr()
    assert run(fresh) == 0
    assert run(fresh, "--check") == 0
    assert capsys.readouterr().out == "Everything is up to date.\n" * 2
    assert snapshot(fresh) == before


def test_rewrapping_the_english_changes_nothing(fresh: Copy) -> None:
    before = snapshot(fresh)
    fresh.change("In the past week, the Assad regime", "In the past week,\nthe Assad regime")
    assert run(fresh) == 0
    assert snapshot(fresh) == before


def test_check_says_what_would_change_and_changes_nothing(
    fresh: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh.change("more than 200 civilians", "more than 210 civilians")
    before = snapshot(fresh)
    capsys.readouterr()
    assert run(fresh, "--check") == 1
    told = capsys.readouterr().out
    assert told.count("would change: 53 kept, 1 outdated; 96 words to translate") == 3
    assert "[-200-] {+210+}" in told
    assert snapshot(fresh) == before


def test_a_change_touches_its_own_entry_and_no_date_but_the_templates(fresh: Copy) -> None:
    old = {path: data.splitlines() for path, (data, _) in snapshot(fresh).items()}
    dates = header_fields(read_po(fresh.po("ar")))
    fresh.change("“We are being left to die as the world watches.”", "“We are left to die.”")
    assert run(fresh) == 0
    assert header_fields(read_po(fresh.po("ar"))) == dates
    for path, (data, _) in snapshot(fresh).items():
        if path.suffix == ".po":
            lost = [line for line in old[path] if line not in data.splitlines()]
            assert lost == [
                "msgid “We are being left to die as the world watches.”".encode()
            ] or all(b"We are being left" in line for line in lost)
            run_gettext("msgfmt", "-c", "-o", os.devnull, path)


def test_the_templates_date_stays_so_that_merges_do_not_fail_for_it(fresh: Copy) -> None:
    template = fresh.locales / "letter.pot"
    text = template.read_text(encoding="utf-8")
    template.write_text(re.sub(r"(POT-Creation-Date: )[^\\]*", r"\g<1>2020-01-01 00:00+0000", text))
    fresh.change("A person, who signed in his own name.", "A person.")
    assert run(fresh) == 0
    assert "2020-01-01" in template.read_text(encoding="utf-8")
    assert "A person.\n" in template.read_text(encoding="utf-8")
    fresh.change("Kurds House", "Kurds’ House")
    assert run(fresh) == 0
    assert "2020-01-01" in template.read_text(encoding="utf-8")


def test_a_page_never_shows_the_old_translation_of_a_changed_sentence(fresh: Copy) -> None:
    fresh.change("Help us save our Syria.", "Help us.")
    assert run(fresh) == 0
    page = fresh.client().get("/ar/").get_data(as_text=True)
    page, folded = page.split("<details", 1)
    assert "Help us. More lives need not be lost." in page
    assert "ساعدونا على إنقاذ سوريتنا" not in page
    assert "has changed in English" not in page, "the notice is in Arabic"
    assert "ساعدونا على إنقاذ سوريتنا" in folded, "the earlier translation is there, and named so"
    assert "Help <del>us save our Syria.</del> <ins>us.</ins>" in folded


def test_a_broken_catalogue_is_left_alone_and_the_others_are_updated(
    fresh: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh.po("ar").write_text('msgid "broken\n', encoding="utf-8")
    fresh.change("Kurds House", "The Kurds House")
    assert run(fresh) == 2
    assert "letter.po:1: " in capsys.readouterr().err
    assert fresh.po("ar").read_text(encoding="utf-8") == 'msgid "broken\n'
    assert "The Kurds House" in fresh.po("ku").read_text(encoding="utf-8")


def test_json_says_it_for_another_program(fresh: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    fresh.change("Kurds House", "The Kurds House")
    capsys.readouterr()
    assert run(fresh, "--json", "--check") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["ku"]["outdated"] == [
        {"msgid": "The Kurds House", "changed": "{+The+} Kurds House"}
    ]
    assert told["letter.pot"]["changed"] is True


def test_minor_keeps_a_correction_finished_and_names_it(
    fresh: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh.change("area—Dier Ezzor—receives", "area—Deir Ezzor—receives")
    assert run(fresh, "--minor") == 0
    assert "kept as finished: … " in capsys.readouterr().out
    health = fresh.client().get("/healthz").get_json()
    assert health["editions"]["ckb"]["finished"] == 24


def test_a_full_disk_leaves_the_files_as_they_were(
    fresh: Copy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real refusal by the system: the file size limit, which stands in for a full disk."""
    fresh.change("Kurds House", "The Kurds House")
    before = snapshot(fresh)
    script = Path(update.__file__)
    command = (
        "ulimit -f 2; trap '' XFSZ; exec "
        f"{sys.executable} {script} --letter={fresh.letter} --locales={fresh.locales}"
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.returncode == 2
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert snapshot(fresh) == before


def test_modes_and_links_survive(fresh: Copy) -> None:
    path = fresh.po("ku")
    path.chmod(0o664)
    real = path.rename(path.with_name("real.po"))
    path.symlink_to("real.po")
    fresh.change("Kurds House", "The Kurds House")
    assert run(fresh) == 0
    assert path.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o664
    assert "The Kurds House" in real.read_text(encoding="utf-8")
