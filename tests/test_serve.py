"""`scripts/serve.py`, which `make run` starts."""

import itertools
import os
import re
import signal
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest

from tests.conftest import WriteSite
from tests.tools import ROOT
from tests.waiting import DEADLINE

pytestmark = pytest.mark.slow

SERVE = [sys.executable, str(ROOT / "scripts" / "serve.py")]


def heed_ctrl_c() -> None:
    """Undo what the shell does to tests that run in its background: they ignore Ctrl+C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_it_prints_where_letter_and_desk_are_and_ends_at_ctrl_c(
    write_site: WriteSite,
) -> None:
    """The port asked for is taken, so the next free one is used."""
    site = write_site("Salut\n", fr='msgid "Salut"\nmsgstr "Bonjour"\n')
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [*SERVE, f"--port={port}", f"--letter={site.letter}", f"--locales={site.locales}"]
        environ = os.environ | {"LETTER_EDITOR": "ed"}
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, env=environ, stdout=pipe, stderr=pipe, text=True, preexec_fn=heed_ctrl_c
        ) as server:
            assert server.stdout
            assert server.stderr
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", server.stdout.readline())
            try:
                assert found
                assert int(found[1]) > port
                with urlopen(f"{found[0]}fr/", timeout=DEADLINE) as response:
                    assert "Bonjour" in response.read().decode()
                desk = server.stdout.readline()
                assert desk == f"See every save at the desk: {found[0]}desk/fr/\n"
                with urlopen(f"{found[0]}desk/fr/events", timeout=DEADLINE) as events:
                    assert "Bonjour" in "".join(map(bytes.decode, itertools.islice(events, 99)))
                    server.send_signal(signal.SIGINT)  # Ctrl+C, which nobody who reads holds up
                    assert server.wait(DEADLINE) == 0
                told = "LETTER_EDITOR=ed is none that the desk can open: use one of vscode, "
                assert told in server.stderr.read()
            finally:
                server.kill()


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
