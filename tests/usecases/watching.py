"""Watch an archive in a test: in a thread, or as a process of its own."""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from archives import again

from dossier.archive import open_archive
from dossier.index import Filters, SearchOptions
from dossier.model import ComplianceReport
from dossier.scanner.watch import Observer, choose
from dossier.usecases.search import search
from dossier.usecases.watch import News, Watcher

# Wine 8 tells of no changes in folders that were there, below the watched one, before the watch began: there
# folders are listed instead. What Windows itself tells is looked at in tests/windows.
LISTS = sys.platform == "win32" and hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")
PATIENCE = 90.0  # seconds after which a test gives up waiting


def until(holds: Callable[[], object], what: str = "") -> None:
    """Wait for it."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"waited in vain {what}")
        time.sleep(0.05)


class Watched:
    """An archive that is being watched, and what was told of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.news: list[News] = []
        self.watcher = Watcher(open_archive(root), self.news.append, workers=1)
        self.failure: BaseException | None = None

    def work(self) -> None:
        try:
            self.watcher.run()
        except BaseException as error:  # noqa: BLE001
            self.failure = error

    def report(self) -> ComplianceReport:
        return again(open_archive(self.root))

    def names(self) -> list[str]:
        return sorted(d.path.removeprefix("mo-hinh/") for d in self.report().documents)

    def found(self, query: str) -> list[str]:
        hits = search(open_archive(self.root), query, Filters(), SearchOptions(limit=50)).hits
        return sorted(hit.path.removeprefix("mo-hinh/") for hit in hits)

    def told(self, what: str) -> list[News]:
        return [news for news in self.news if news.what == what]

    def until_names(self, *names: str) -> None:
        until(lambda: self.failure or self.names() == sorted(names), f"for {names}, have {self.names()}")
        assert self.failure is None


@contextmanager
def watched(root: Path) -> Iterator[Watched]:
    """Watch with one worker; what is there is catalogued first."""
    it = Watched(root)
    thread = threading.Thread(target=it.work)
    with pytest.MonkeyPatch.context() as patch:
        if LISTS:
            patch.setattr(choose, "_local", _listing)
        thread.start()
        try:
            until(lambda: it.failure or it.told("caught-up"))
            yield it
        finally:
            it.watcher.stop()
            thread.join(PATIENCE)
    assert it.failure is None


def _listing(folder: bytes, _mount: object) -> Observer:
    return choose.PollingObserver(folder, "", seconds=0.5, remote=False)


def start(root: Path, *options: str, under: Sequence[str] = ()) -> subprocess.Popen[str]:
    """The command in a process of its own; ``under``: started by this program."""
    command = [sys.executable, "-m", "dossier", "watch", str(root), "--log-json", "--workers", "1", *options]
    return subprocess.Popen(
        [*under, *command],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def lines_until(process: subprocess.Popen[str], event: str) -> list[dict[str, object]]:
    """What it tells, up to that event."""
    assert process.stdout is not None
    found: list[dict[str, object]] = []
    for line in process.stdout:
        found.append(json.loads(line))
        if found[-1]["event"] == event:
            return found
    pytest.fail(f"ended without {event}: {found}")
