"""An instance of the web that is served for a benchmark: server and worker as processes, persons who ask."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import tests.web.conftest as prepared
from django.conf import settings
from tests.web.world import World, make, use

from konvoi.gateways.database import ADDRESS
from konvoi.web.database_roles import make_application_role
from konvoi.web.instance import Instance

PASSWORD = "only-for-benchmarks"


def made(folder: Path, *, dsn: str = "") -> World:
    """Make the instance of the tests anew, in SQLite or in PostgreSQL in the role of the application."""
    os.environ.pop(ADDRESS, None)
    if dsn:
        os.environ[ADDRESS] = dsn
    make(folder, folder.parent / f"{folder.name}-files", prepared.migrate, dsn=dsn)
    if dsn:
        os.environ[ADDRESS] = make_application_role(dsn, "konvoi_bench", PASSWORD)
        use(folder)
    # Persons of a demonstration sign in without a second factor, which those of the benchmark do not have.
    Instance(folder).mark_demo()
    return World(folder)


def free_port() -> int:
    """Return a port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Served:
    """Server and worker of an instance, each in a group of processes of its own."""

    folder: Path
    port: int = field(default_factory=free_port)
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def start(self, *names: str) -> None:
        """Start what does not run of server and worker, or of those named, and wait until it answers."""
        # Sessions that this process makes hold in the server.
        (Instance(self.folder).own / "secret.key").write_text(settings.SECRET_KEY, encoding="utf-8")
        serving = ["granian", "konvoi.web.asgi:application", "--interface", "asginl", "--host", "127.0.0.1"]
        serving += ["--port", str(self.port), "--workers", "1", "--log-level", "warning", "--no-access-log"]
        for name, module in (("server", serving), ("worker", ["konvoi.web.work"])):
            if name not in self.running and name in (names or (name,)):
                self.running[name] = self._process(module)
        self.wait()

    def _process(self, module: list[str]) -> "subprocess.Popen[bytes]":
        root = Path(__file__).parents[1]
        environment = {**os.environ, "KONVOI_DIR": str(self.folder), "PYTHONPATH": str(root / "src")}
        return subprocess.Popen(
            [sys.executable, "-P", "-m", *module],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def wait(self, patience: float = 300) -> None:
        """Wait until the server answers."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if Person(self.port).get("/healthz")[0] == 200:
                    return
            time.sleep(0.1)
        raise TimeoutError("the server does not answer")

    def kill(self, *names: str) -> int:
        """Kill processes with all that they started; return how many."""
        killed = 0
        for name in names or tuple(self.running):
            with contextlib.suppress(KeyError, ProcessLookupError):
                child = self.running.pop(name)
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
                killed += 1
        if "worker" in names or not names:
            killed += _kill_jobs(self.folder)
        return killed


def _kill_jobs(folder: Path) -> int:
    """Kill the processes that do jobs of this instance: each has a group of its own."""
    killed = 0
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            ours = f"KONVOI_DIR={folder}\0".encode() in (entry / "environ").read_bytes() + b"\0"
            if ours and b"konvoi.web.do_job" in (entry / "cmdline").read_bytes():
                os.kill(int(entry.name), signal.SIGKILL)
                killed += 1
    return killed


@dataclass
class Person:
    """A browser without scripts. session: the cookie of somebody who is signed in; empty: nobody."""

    port: int
    session: str = ""
    patience: float = 60

    def get(self, path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
        """Ask for a page; return status, body and headers by their names in small letters."""
        return self._send("GET", path, b"", headers)

    def post(self, path: str, **values: str) -> tuple[int, bytes, dict[str, str]]:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._send("POST", path, urlencode(values).encode(), kind)

    def _send(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        token = "x" * 32
        cookies = f"csrftoken={token}" + (f"; konvoi_session={self.session}" if self.session else "")
        sent = {"Host": "localhost", "Cookie": cookies, "X-CSRFToken": token, **headers}
        try:
            connection.request(method, path, body or None, sent)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return response.status, response.read(), found
        finally:
            connection.close()


def session(world: World, name: str) -> str:
    """Return the session of a person who is signed in."""
    client = world.client(name)
    # The coordination cell states once why it exports; others find no such form.
    client.post("/purpose", {"for": "all", "purpose": "checking"})
    return client.cookies["konvoi_session"].value
