"""A real Weblate on this machine: PostgreSQL, Redis, and Weblate with its tasks run in requests.

The first start takes some minutes, and the next ones half a minute.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any

from tests.weblate.weblate_install import (
    CACHE,
    VERSION,
    find_program,
    install_programs,
    install_weblate,
    run_logged,
    tell_progress,
)

PATIENCE = 240  # seconds for a server to answer

SETTINGS = """
import sys
from weblate.settings_example import *
sys.setrecursionlimit(10_000)  # a cold cache of counts is filled by a call within a call
DEBUG = False
SITE_DOMAIN = "127.0.0.1:{web}"
SITE_URL = "http://" + SITE_DOMAIN
ENABLE_HTTPS = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
OTP_WEBAUTHN_RP_ID, OTP_WEBAUTHN_ALLOWED_ORIGINS = "localhost", ["https://localhost"]
SECRET_KEY = "of a Weblate that nobody but its tests can reach, on the loopback address"
ALLOWED_HOSTS = ["127.0.0.1"]
DATA_DIR = "{root}/data"
CACHE_DIR = DATA_DIR + "/cache"
STATIC_ROOT, MEDIA_ROOT = CACHE_DIR + "/static", DATA_DIR + "/media"
DATABASES["default"].update(NAME="weblate", USER="postgres", HOST="127.0.0.1", PORT="{postgres}")
CACHES["default"]["LOCATION"] = "redis://127.0.0.1:{redis}/1"
CACHES["avatar"]["LOCATION"] = CACHE_DIR + "/avatar"
CELERY_TASK_ALWAYS_EAGER, CELERY_TASK_EAGER_PROPAGATES = True, False
CELERY_BROKER_URL, CELERY_RESULT_BACKEND = "memory://", None
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
VCS_ALLOW_SCHEMES, VCS_RESTRICT_PRIVATE = {{"https", "ssh", "git"}}, False
WEBSITE_ALERTS_ENABLED = ENABLE_AVATARS = REGISTRATION_OPEN = False
API_RATELIMIT_ANON = API_RATELIMIT_USER = "1000000/hour"
REST_FRAMEWORK = get_drf_settings(require_login=REQUIRE_LOGIN)
DEFAULT_LOG, DEFAULT_LOGLEVEL = ["console"], "WARNING"
"""


class WeblateServer:
    """Starts Weblate for the time of a `with`, and speaks with its REST API as its administrator.

    `root` holds what was installed, the database, and in `data` what Weblate calls DATA_DIR.
    """

    def __init__(self, root: Path = CACHE / VERSION) -> None:
        self.root = root
        self.python = root / "venv" / "bin" / "python"
        self.token = ""
        self._ports = {name: _find_port() for name in ("web", "postgres", "redis", "git")}
        self._stack = ExitStack()
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "weblate_settings",
            "PYTHONPATH": str(root),
            "PATH": f"{self.python.parent}{os.pathsep}{os.environ['PATH']}",
        }
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)  # each command would compile anew

    def __enter__(self) -> WeblateServer:
        """Install what lacks, and start everything."""
        with self._stack as stack:
            (self.root / "logs").mkdir(parents=True, exist_ok=True)
            install_programs()
            install_weblate(self.root / "venv", self._open_log("install"))
            settings = SETTINGS.format(root=self.root, **self._ports)
            (self.root / "weblate_settings.py").write_text(settings, encoding="utf-8")
            self._start_database()
            redis = ["--port", str(self._ports["redis"]), "--bind", "127.0.0.1", "--save", ""]
            self._start("redis", [find_program("redis-server"), *redis])
            self._prepare()
            self._serve_repositories()
            static = self.root / "data" / "cache" / "static"
            where = ["--host", "127.0.0.1", "--port", str(self._ports["web"])]
            files = ["--static-path-route", "/static", "--static-path-mount", str(static)]
            granian = [str(self.python.with_name("granian")), "--interface", "wsgi", "--no-ws"]
            threads = ["--workers", "1", "--blocking-threads", "2"]
            self._start("web", [*granian, *where, *files, *threads, "weblate.wsgi:application"])
            self._wait_for_web()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """End everything that was started, the last first."""
        self._stack.close()

    @property
    def address(self) -> str:
        """The address of Weblate, without a slash at its end."""
        return f"http://127.0.0.1:{self._ports['web']}"

    def call(self, method: str, path: str, body: object = None, token: str = "") -> Any:
        """Ask the REST API; OSError, with what Weblate says, where it refuses."""
        data = None if body is None else json.dumps(body).encode()
        url = path if path.startswith("http") else f"{self.address}/api/{path}"
        headers = {
            "Authorization": f"Token {token or self.token}",
            "Content-Type": "application/json",
        }
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            told = error.read().decode(errors="replace")[:500]
            raise OSError(f"{method} {path}: {error.code} {told}") from error
        return json.loads(text) if text else None

    def list_all(self, path: str) -> list[Any]:
        """List what the REST API gives in pages."""
        found = []
        while path:
            page = self.call("GET", path)
            found += page["results"]
            path = page["next"]
        return found

    def run(self, *arguments: str) -> str:
        """Run a command of Weblate's own, such as `import_json`, and give what it prints."""
        command = [str(self.python.with_name("weblate")), *arguments]
        return run_logged(command, self._open_log("commands"), self.environment)

    def _start_database(self) -> None:
        """Start PostgreSQL, which refuses to run as root, with no care for a power cut."""
        folder, user = self.root / "postgres", "postgres" if os.geteuid() == 0 else None
        if not (folder / "PG_VERSION").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(mode=0o700)
            if user:
                shutil.chown(folder, user)
            made = [find_program("initdb"), "-D", str(folder), "-U", "postgres", "-A", "trust"]
            options = ["-E", "UTF8", "--locale=C.UTF-8"]
            run_logged([*made, *options], self._open_log("initdb"), user=user)
        fast = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        here = ["listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"]
        options = [part for each in (*fast, *here) for part in ("-c", each)]
        command = [find_program("postgres"), "-D", str(folder), "-p", str(self._ports["postgres"])]
        self._start("postgres", [*command, *options], user=user)
        _wait_for_port(self._ports["postgres"])

    def _prepare(self) -> None:
        """Make an empty Weblate; the first start makes the tables, which later ones copy."""
        for name in ("repositories", "data/vcs"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        (self.root / "repositories").mkdir()
        self.query("drop database if exists weblate", "postgres")
        if not self.query("select 1 from pg_database where datname = 'empty'", "postgres"):
            tell_progress("making Weblate's database, which takes a minute or two")
            self.query("create database weblate", "postgres")
            self.run("migrate", "--noinput")
            self.run("collectstatic", "--noinput")
            self.query("create database empty template weblate", "postgres")
        else:
            self.query("create database weblate template empty", "postgres")
        self.token = self.make_tokens({"admin": "Admin"})["admin"]

    def _serve_repositories(self) -> None:
        """Serve what lies in `repositories`: Weblate takes no path of its own machine."""
        place = self.root / "repositories"
        where = ["--listen=127.0.0.1", f"--port={self._ports['git']}", f"--base-path={place}"]
        options = ["--export-all", "--enable=receive-pack", "--reuseaddr"]
        self._start("git", [find_program("git"), "daemon", *where, *options])

    def find_repository(self, name: str) -> tuple[Path, str]:
        """Say where a bare repository lies, and at which address Weblate finds it."""
        path = self.root / "repositories" / f"{name}.git"
        return path, f"git://127.0.0.1:{self._ports['git']}/{path.name}"

    def find_head(self, project: str) -> str:
        """Find the commit that Weblate's own clone of the letter stands at."""
        head = self.root / "data" / "vcs" / project / "letter"
        git = [find_program("git"), "-C", str(head), "rev-parse", "HEAD"]
        return run_logged(git, self._open_log("git")).strip()

    def make_tokens(self, users: dict[str, str]) -> dict[str, str]:
        """Make users of their full names, by login; give their tokens for the REST API.

        All are administrators: who may do what is Weblate's own affair, and not tried here.
        """
        code = f"""
from weblate.auth.models import User
for login, name in {users!r}.items():
    values = dict(full_name=name, email=login + "@example.org", is_superuser=True)
    user, _ = User.objects.update_or_create(username=login, defaults=values)
    print("token", login, user.auth_token.key)
"""
        lines = [line.split() for line in self.run("shell", "-c", code).splitlines()]
        return {line[1]: line[2] for line in lines if line[:1] == ["token"]}

    def query(self, sql: str, database: str = "weblate") -> list[str]:
        """Ask a database; give its rows, with tabs between the columns."""
        where = ["-h", "127.0.0.1", "-p", str(self._ports["postgres"]), "-U", "postgres"]
        command = [find_program("psql"), *where, "-d", database, "-qtAX", "-F", "\t", "-c", sql]
        return run_logged(command, self._open_log("queries")).splitlines()

    def configure_driver(self, home: Path, driver: str) -> None:
        """Give Weblate's git our merge driver, or take it away."""
        git = [find_program("git"), "config", "--file", str(home)]
        section = "merge.letter-po"
        if driver:
            run_logged([*git, f"{section}.driver", driver], self._open_log("git"))
        elif section.partition(".")[2] in home.read_text(encoding="utf-8"):
            run_logged([*git, "--remove-section", section], self._open_log("git"))

    def _start(self, name: str, command: list[str], user: str | None = None) -> None:
        log = self._open_log(name)
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env=self.environment, cwd=self.root, user=user
        )
        self._stack.callback(_end, process)

    def _open_log(self, name: str) -> IO[bytes]:
        return (self.root / "logs" / f"{name}.log").open("ab")

    def _wait_for_web(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(OSError), urllib.request.urlopen(f"{self.address}/healthz/", timeout=30):
                return
            time.sleep(0.2)
        sys.exit(f"Weblate does not answer: {self.root}/logs/web.log says why")


def _find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for_port(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    sys.exit(f"nothing answers at port {port}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
