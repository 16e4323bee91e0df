"""Exports of long letters, without PDFs: how long they take, how many files, and how large."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from letter.addresses import Address, Kind
from letter.editions.library import Library
from letter.formats.site import Site
from letter.serving.codings import CODINGS, encode_body
from letter.serving.publications import publish
from scripts.bench.letters import LongLetter, make_guides, make_names, write_letter
from scripts.bench.servers import ENVIRONMENT, ROOT

BASE = "https://letter.example.org"


def measure_exports(names: int, passages: int) -> None:
    """Export letters of so many names and passages, and print what that took."""
    for letter in (make_names(names), make_names(names, in_table=True), make_guides(passages)):
        with TemporaryDirectory() as folder:
            print(f"{letter.name} × {len(letter.languages) + 1} languages", flush=True)
            path, locales = write_letter(letter, Path(folder))
            _measure_export(path, locales, Path(folder, "public"))
            _measure_page(letter, path, locales)


def _measure_export(path: Path, locales: Path, public: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "export.py"), str(public)]
    command += [f"--base-url={BASE}", f"--letter={path}", f"--locales={locales}"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True)
    took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    files = [file for file in public.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"  export     {took:6.1f} s, {spent:.1f} s of them CPU time (goal ≤ 60 s)")
    print(f"  files      {len(files):6} (goal ≤ 4000), {size:.1f} MB (goal ≤ 60)", flush=True)


def _measure_page(letter: LongLetter, path: Path, locales: Path) -> None:
    """Make each edition's page, and compare the last with its words alone, both compressed."""
    shelf = Library(path, locales).read_shelf()
    times: list[float] = []
    for tag in shelf.editions:
        start = time.process_time()
        page = publish(shelf, Site(BASE), Address(Kind.EDITION, tag))
        times.append(time.process_time() - start)
    assert page
    edition = shelf.editions[tag]
    names = letter.table.splitlines()[1:]
    words = "\n".join([*(text.text for text in edition.texts.values()), *names]).encode()
    sizes = [len(encode_body(body, CODINGS[0])) for body in (page.body, words)]
    middle = sorted(times)[len(times) // 2] * 1000
    print(f"  one page   {middle:6.0f} ms of CPU time (goal ≤ 300), median of all editions")
    ratio = sizes[0] / sizes[1]
    print(f"  {CODINGS[0]:10} {sizes[0]:6} bytes, {ratio:.2f} × the words alone (goal ≤ 1.3)")
