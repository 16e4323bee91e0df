"""The bench: its commands say what they measured, and fail where they can't measure."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from app import create_app
from scripts.bench.__main__ import main
from scripts.bench.history import UNKNOWN, follow_paragraphs
from scripts.bench.peer import write_peer
from scripts.bench.servers import BenchError, load_server, run_server
from tests.tools import ROOT, require_tool


def test_serve_prints_every_goal_in_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    require_tool("wrk")
    require_tool("nginx")
    assert main(["serve", "--rounds", "1", "--seconds", "1", "--languages", "6"]) == 0
    told = capsys.readouterr().out
    goals = re.findall(r"(us / \S+|cold worker|MB with 6)\b.* ([≥≤] [\d.]+)", told)
    assert [" ".join(goal) for goal in goals] == [
        *("us / nginx ≥ 0.6", "us / Flask-Babel ≥ 50", "us / nginx ≤ 1.5"),
        *("cold worker ≤ 250", "cold worker ≤ 1.5", "MB with 6 ≤ 120"),
    ]


def test_desk_prints_the_time_of_each_tool_and_what_memory_grew_by(
    capsys: pytest.CaptureFixture[str],
) -> None:
    require_tool("chromium")
    with ThreadPoolExecutor() as thread:  # in ours runs the browser of the tests, if one is open
        assert thread.submit(main, ["desk", "--saves", "1", "--many", "10"]).result() == 0
    told = capsys.readouterr().out
    assert re.search(r"^ms from a save to new pixels, us +[\d.]+ .* ≤ 60", told, re.MULTILINE)
    assert re.search(r"^.* / us: [\d.]+$", told, re.MULTILINE)
    assert re.search(r"^MB more after 10 saves .* ≤ 2", told, re.MULTILINE)


def test_export_prints_the_time_the_files_and_the_weight_of_each_letter(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.bench.letters.LANGUAGES", ("ar",))
    assert main(["export", "--names", "20", "--passages", "101"]) == 0
    told = capsys.readouterr().out
    assert re.findall(r"^(.+) × (\d) languages$", told, re.MULTILINE) == [
        *(("20 names", "2"), ("20 names in a CSV", "2"), ("101 passages", "2"))
    ]
    goals = re.findall(r"^  (export|files|one page|br) +[\d.]+ .*\(goal ≤ ", told, re.MULTILINE)
    assert goals == ["export", "files", "one page", "br"] * 3


def test_merge_prints_the_time_of_each_tool_and_says_which_was_stopped(
    capsys: pytest.CaptureFixture[str],
) -> None:
    require_tool("msgmerge")
    assert main(["merge", "--sizes", "30", "300", "--limit", "1"]) == 0
    told = capsys.readouterr().out
    runs = re.findall(r"(\d+) messages, (\w+) +(>?) ?[\d.]+ \([\d.]+ ×\)\n", told)
    few, many = "30us 30msgmerge 30pybabel", "300us 300msgmerge 300pybabel>"
    assert " ".join(map("".join, runs)) == f"{few} {many}", "pybabel needs eleven seconds"


@pytest.mark.parametrize(("command", "tool"), [("serve", "wrk"), ("merge", "msgmerge")])
def test_a_missing_tool_is_named(command: str, tool: str, tmp_path: Path) -> None:
    words = [sys.executable, str(ROOT / "scripts" / "bench.py"), command]
    done = subprocess.run(words, env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    told = f"{tool} is missing: apt-get install wrk nginx-light gettext git\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_a_load_with_errors_fails(tmp_path: Path) -> None:
    require_tool("wrk")
    (tmp_path / "ar").mkdir()  # Python's server shows an empty folder as a page
    command = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1"]
    with (
        run_server("a server", lambda port: [*command, str(port)], tmp_path) as server,
        pytest.raises(BenchError, match=r"(?s)a server: .* (\d+) requests in .*responses: \1\n"),
    ):
        load_server(replace(server, path="/missing"), 1, 4)


def test_the_peer_calls_gettext_for_each_text_of_our_page(tmp_path: Path) -> None:
    write_peer(tmp_path, create_app(documents="none").test_client().get("/ar/").text)
    template = (tmp_path / "templates" / "letter.html").read_text(encoding="utf-8")
    assert 30 < template.count("{{ _(") < 70
    assert "حلب" not in template.partition("</style>")[2]


def test_a_paragraph_comes_from_the_one_that_it_replaced_alone() -> None:
    before = [("One stays.", "One stays."), ("Two was edited.", "Two."), ("Three.", "Three.")]
    now = ["One stays.", "Two was edited again.", "Three.", "Four is new."]
    origins = [origin for _, origin in follow_paragraphs(before, now)]
    assert origins == ["One stays.", "Two.", "Three.", None]
    assert follow_paragraphs(before, ["Two: what?", "Unlike"])[0] == ("Two: what?", UNKNOWN)
