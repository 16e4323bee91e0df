"""From a save to new pixels in Chromium: our desk, beside tools that reload a page at each save.

All servers are up at the same time, each with its page open in one browser. Every file is saved in
turns, by writing over it, as most editors do. Then our server's memory is measured over many saves.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from letter.editions.library import Library
from scripts.bench import servers
from scripts.bench.serve import print_measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

PAUSE = 300  # milliseconds before each save, in which everybody comes to rest
WAIT = 10_000  # milliseconds for a save to be painted
STAMP = "stamp"  # what each save puts into the page, with its number
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Of an open page: says when a frame with a new stamp was painted, in milliseconds since 1970. The
# task comes after the frame for which the callback was called (HTML standard §8.1.7.3).
OBSERVE = """\
let seen = "";
new MutationObserver(() => {
  const found = /stamp\\d+ /.exec(document.body?.textContent ?? "");
  if (!found || found[0] === seen) return;
  seen = found[0];
  requestAnimationFrame(() => setTimeout(() => {
    console.debug(seen + (performance.timeOrigin + performance.now()));
  }));
}).observe(document, { subtree: true, childList: true, characterData: true });
"""
TEMPLATE = """\
<!doctype html>
<html lang="ar" dir="rtl"><head><title>{{ .Title }}</title></head><body>{{ .Content }}</body></html>
"""
# What people write themselves: Flask's reloader starts the app anew, and the page asks when.
RELOADED = """\
import sys, time
from html import escape
from pathlib import Path
from flask import Flask

app, started, text = Flask(__name__), str(time.time()), Path("letter.md").read_text("utf-8")
SCRIPT = '''
setInterval(async () => {
  const answer = await fetch("/started").catch(() => undefined);
  if (answer?.ok && await answer.text() !== "%s") location.reload();
}, 50);
''' % started
app.add_url_rule("/started", view_func=lambda: started)
page = f"<!doctype html><meta charset=utf-8><body><script>{SCRIPT}</script>{escape(text)}"
app.add_url_rule("/ar/", endpoint="page", view_func=lambda: page)
app.run("127.0.0.1", int(sys.argv[1]), debug=True, extra_files=["letter.md"])
"""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A tool that shows each save of a file; `word` is where the stamp goes."""

    name: str
    command: Callable[[int], list[str]]  # for a port
    file: Path
    text: str
    word: str
    path: str = "/ar/"

    def save(self, number: int) -> None:
        """Write over the file, with a new stamp."""
        stamped = self.text.replace(self.word, f"{self.word} {STAMP}{number} ", 1)
        self.file.write_text(stamped, encoding="utf-8")


def compare_desks(saves: int, many: int) -> None:
    """Save each contestant's file so many times in turns, and print the medians and the ratios."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        contestants = _write_contestants(Path(name))
        running = [
            stack.enter_context(servers.run_server(each.name, each.command, each.file.parent))
            for each in contestants
        ]
        times = _measure_paints(list(zip(contestants, running, strict=True)), saves)
        print(f"{saves} saves each: median, lowest … highest")
        for each, values in times.items():
            goal = "≤ 60" if each == "us" else ""
            print_measure(f"ms from a save to new pixels, {each}", values, goal)
        ours = statistics.median(times["us"])
        for each in list(times)[1:]:
            print(f"{each} / us: {statistics.median(times[each]) / ours:.1f}", flush=True)
        _measure_growth(contestants[0], running[0], many)


def _write_contestants(folder: Path) -> list[Contestant]:
    """Write the letter in Arabic for each tool that is on the PATH; for Flask if there is none."""
    shutil.copy(servers.ROOT / "letter" / "letter.md", folder)
    shutil.copytree(servers.ROOT / "locales", folder / "locales")
    edition = Library(folder / "letter.md", folder / "locales").read_shelf().editions["ar"]
    paragraphs = [passage.text for passage in edition.passages.values()]
    word = paragraphs[-1].split()[0]
    text = "\n\n".join([*paragraphs[:-1], paragraphs[-1]])
    catalogue = folder / "locales" / "ar" / "LC_MESSAGES" / "letter.po"
    serve = [sys.executable, str(servers.ROOT / "scripts" / "serve.py")]
    serve += [f"--letter={folder}/letter.md", f"--locales={folder}/locales"]
    po = catalogue.read_text(encoding="utf-8")
    us = Contestant("us", lambda port: [*serve, f"--port={port}"], catalogue, po, word, "/desk/ar/")
    makers = {"hugo": _write_hugo, "mdbook": _write_mdbook}
    made = [us]
    for name in [name for name in makers if shutil.which(name)] or ["Flask's reloader"]:
        place = folder / name
        made.append(makers.get(name, _write_reloaded)(place, text, word))
    return made


def _write_hugo(folder: Path, text: str, word: str) -> Contestant:
    file = folder / "content" / "ar.md"
    layout = folder / "layouts" / "_default" / "single.html"
    for path in (file, layout):
        path.parent.mkdir(parents=True)
    layout.write_text(TEMPLATE)
    (folder / "config.toml").write_text('disableKinds = ["home", "taxonomy", "term", "section"]\n')
    text = f"---\ntitle: Letter\n---\n{text}\n"
    file.write_text(text, encoding="utf-8")
    command = ["hugo", "server", "--bind=127.0.0.1", f"--source={folder}"]
    return Contestant("hugo server", lambda port: [*command, f"--port={port}"], file, text, word)


def _write_mdbook(folder: Path, text: str, word: str) -> Contestant:
    file = folder / "src" / "ar" / "index.md"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    (folder / "book.toml").write_text('[book]\ntitle = "Letter"\n')
    (folder / "src" / "SUMMARY.md").write_text("[Letter](ar/index.md)\n")
    command = ["mdbook", "serve", str(folder), "--hostname=127.0.0.1"]
    return Contestant("mdbook serve", lambda port: [*command, f"--port={port}"], file, text, word)


def _write_reloaded(folder: Path, text: str, word: str) -> Contestant:
    file = folder / "letter.md"
    folder.mkdir()
    file.write_text(text, encoding="utf-8")
    (folder / "reloaded.py").write_text(RELOADED)
    command = [sys.executable, "reloaded.py"]
    return Contestant("Flask's reloader", lambda port: [*command, str(port)], file, text, word)


def _measure_paints(
    pairs: list[tuple[Contestant, servers.Server]], saves: int
) -> dict[str, list[float]]:
    """Give the milliseconds from each save to its paint, of each contestant by its name."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        raise servers.BenchError("chromium is missing: apt-get install chromium")
    times: dict[str, list[float]] = {each.name: [] for each, _ in pairs}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        pages = []
        for each, server in pairs:
            page = browser.new_context().new_page()
            page.add_init_script(OBSERVE)
            page.goto(f"http://127.0.0.1:{server.port}{each.path}")
            pages.append(page)
        for number in range(saves + 1):
            for (each, _), page in zip(pairs, pages, strict=True):
                took = _time_save(each, page, number)
                if number:  # the first warms up
                    times[each.name].append(took)
        browser.close()
    return times


def _time_save(contestant: Contestant, page: Page, number: int) -> float:
    """Save once, and give the milliseconds until the page has painted that."""
    stamp = f"{STAMP}{number} "
    page.wait_for_timeout(PAUSE)
    with page.expect_console_message(
        lambda told: told.text.startswith(stamp), timeout=WAIT
    ) as painted:
        start = time.time() * 1000
        contestant.save(number)
    return float(painted.value.text.removeprefix(stamp)) - start


def _measure_growth(us: Contestant, server: servers.Server, saves: int) -> None:
    """Print what our server's memory grows by over many saves, each of which is waited for."""
    times, memory = [], [0.0]
    url = f"http://127.0.0.1:{server.port}{us.path}events"
    with servers.BROWSER.open(url, timeout=WAIT) as events:
        for number in range(10_000, 10_000 + saves):
            if number == 10_000 + saves // 10:  # the caches are full
                memory[0] = servers.measure_memory(server.pid)
            start, stamp = time.perf_counter(), f"{STAMP}{number} ".encode()
            us.save(number)
            while stamp not in events.readline():
                pass
            while events.readline() != b"\n":
                pass
            times.append((time.perf_counter() - start) * 1000)
    memory.append(servers.measure_memory(server.pid))
    print_measure(f"ms from a save to its page at a client, {saves:,} saves", times)
    told = f"MB more after {saves:,} saves than after a tenth of them"
    print_measure(told, [memory[1] - memory[0]], "≤ 2")
