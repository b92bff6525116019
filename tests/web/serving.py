"""A real server on a real socket, and a visitor who speaks plain HTTP to it."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from dossier.archive import Archive, open_archive
from dossier.usecases.scan import scan
from dossier.web import server
from dossier.web.roles import Role
from dossier.web.services import Services

TODAY = date(2026, 11, 24)
_START_SECONDS = 300.0
PASSWORD = "bốn con trâu cày ruộng"


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Visit:
    """One browser: it keeps its cookie, and finds the session's token on a page."""

    port: int
    cookie: str = ""
    token: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, form: Mapping[str, str] | bytes | None = None, **headers: str
    ) -> Reply:
        """One request; header names with ``_`` for ``-``, and ``None``-like empty values left out."""
        body = urlencode(form) if isinstance(form, Mapping) else form
        sent = {"host": f"127.0.0.1:{self.port}", **self.extra}
        if self.cookie:
            sent["cookie"] = self.cookie
        if method != "GET":
            sent |= {
                "origin": f"http://127.0.0.1:{self.port}",
                "content-type": "application/x-www-form-urlencoded",
            }
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            with suppress(BrokenPipeError):  # a server that refuses a body answers before all of it was sent
                connection.request(method, path, body, {name: value for name, value in sent.items() if value})
            answer = connection.getresponse()
            reply = Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()
        if cookie := reply.headers.get("set-cookie"):
            self.cookie = cookie.split(";")[0]
        return reply

    def get(self, path: str, **headers: str) -> Reply:
        """A page; while the archive is judged for the first time, wait."""
        for _again in range(200):
            reply = self.ask("GET", path, **headers)
            if reply.status != 503:
                break
            threading.Event().wait(0.1)
        if found := re.search(r'name="csrf" value="([0-9a-f]{64})"', reply.text):
            self.token = found[1]
        return reply

    def post(self, path: str, **form: str) -> Reply:
        """A form of our own page; field names with ``_`` for ``-``."""
        fields = {name.replace("_", "-"): value for name, value in form.items()}
        return self.ask("POST", path, {"csrf": self.token, **fields})


@dataclass
class Running:
    """A server that answers."""

    services: Services
    port: int

    def owner(self) -> Visit:
        """Who started it."""
        visit = Visit(self.port)
        visit.ask("GET", f"/mo?khoa={self.services.sessions.launch_key()}")
        visit.get("/")
        return visit

    def signed_in(self, name: str) -> Visit:
        """Who has an account."""
        visit = Visit(self.port)
        reply = visit.ask("POST", "/dang-nhap", {"name": name, "password": PASSWORD})
        assert reply.status == 303, reply.text
        visit.get("/nhat-ky")
        return visit

    def account(self, name: str, role: Role, *units: str) -> None:
        """An account with the usual password."""
        self.services.accounts.put(name, role, units or None, PASSWORD)

    @property
    def archive(self) -> Archive:
        return self.services.cache.archive


@contextmanager
def running(archive: Archive, today: date | None = TODAY, *, follow: bool = False) -> Iterator[Running]:
    """A server in a thread of this process; ``follow``: it looks after new files."""
    services = Services(archive, today, follow=follow)
    listening = server.bound("127.0.0.1", 0)
    up = threading.Event()
    made = server.server_for(services, listening, server.LOOPBACK, None, up.set)
    thread = threading.Thread(target=made.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    assert up.wait(30)
    try:
        yield Running(services, listening.getsockname()[1])
    finally:
        made.should_exit = True
        thread.join(15)
        with_socket(listening)


def with_socket(listening: socket.socket) -> None:
    """Let go of it, whoever closed it first."""
    listening.close()


def scanned(root: Path) -> Archive:
    """The archive there, read."""
    archive = open_archive(root)
    scan(archive, workers=1)
    return archive


class Server:
    """``dossier serve`` as a process of its own, killed and started again on the same port."""

    def __init__(self, root: Path, port: int) -> None:
        self._root, self.port = root, port
        self.kills = 0  # of servers that ran
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Wait until it answers; one that runs is left alone."""
        if self._process is not None and self._process.poll() is None:
            return
        command = [sys.executable, "-m", "dossier", "serve", str(self._root), "--no-browser"]
        self._process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            try:
                if Visit(self.port).ask("GET", "/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("the server does not start")

    def kill(self) -> None:
        """As a power cut would."""
        assert self._process is not None and self._process.poll() is None, "there is none to kill"
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self.kills += 1


def free_port() -> int:
    """One that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
