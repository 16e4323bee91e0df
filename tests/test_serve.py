"""`scripts/serve.py`, which `make run` starts."""

import re
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest

from tests.conftest import WriteSite
from tests.tools import ROOT

pytestmark = pytest.mark.slow

SERVE = [sys.executable, str(ROOT / "scripts" / "serve.py")]


def test_it_prints_an_address_where_the_letter_can_be_read(write_site: WriteSite) -> None:
    """The port asked for is taken, so the next free one is used."""
    site = write_site("Salut\n", fr='msgid "Salut"\nmsgstr "Bonjour"\n')
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [*SERVE, f"--port={port}", f"--letter={site.letter}", f"--locales={site.locales}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", server.stdout.readline())
            try:
                assert found
                assert int(found[1]) > port
                with urlopen(f"{found[0]}fr/", timeout=10) as response:
                    assert "Bonjour" in response.read().decode()
            finally:
                server.terminate()


def test_a_letter_that_cannot_be_published_is_told_in_a_line_a_fault(
    write_site: WriteSite,
) -> None:
    site = write_site("Fine\n\n<b>raw\n\n{% include x %}\n")
    where = (f"--letter={site.letter}", f"--locales={site.locales}")
    done = subprocess.run([*SERVE, *where], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stdout == ""
    wanted = r".*letter\.md:3: raw HTML \(<b>\).*\n.*letter\.md:5: .*template tag.*\n"
    assert re.fullmatch(wanted, done.stderr)
