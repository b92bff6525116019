"""Processes that work on one archive as machines do, and what must hold when they are done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from dossier.archive import Archive
from dossier.catalogue.server import server_of
from dossier.usecases.assess import digest
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from dossier.work import queue

TODAY = date(2026, 11, 24)
_WORK = """
import sys
from pathlib import Path
from dossier.archive import open_archive
from dossier.work.worker import Worker
worker = Worker(open_archive(Path(sys.argv[1]), Path(sys.argv[2])), slots=1, silence=3.0)
worker.run()
"""


class Workers:
    """Processes that work, each with a state folder of its own, as machines have."""

    def __init__(self, archive: Archive, folder: Path, programs: str = _WORK) -> None:
        self._archive, self._folder, self._program = archive, folder, programs
        server = server_of(archive)
        assert server is not None
        self._environment = {**os.environ, "DOSSIER_DATABASE": server.url}
        self._schema = server.schema
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, via: Sequence[str] = (), url: str = "") -> subprocess.Popen[bytes]:
        """One more machine; ``via``: the command that puts it into a network of its own, from which it sees
        the server at ``url``."""
        state = self._folder / f"machine {len(self.processes)}"
        patched = self._program.replace(
            "worker = Worker(",
            "from dataclasses import replace\n"
            "archive = open_archive(Path(sys.argv[1]), Path(sys.argv[2]))\n"
            f"there = replace(archive.config.catalogue, schema={self._schema!r})\n"
            "archive = replace(archive, config=replace(archive.config, catalogue=there))\n"
            "worker = Worker(",
        ).replace("open_archive(Path(sys.argv[1]), Path(sys.argv[2])), slots", "archive, slots")
        command = [*via, sys.executable, "-c", patched, str(self._archive.root), str(state)]
        environment = {**self._environment, "DOSSIER_DATABASE": url} if url else self._environment
        process = subprocess.Popen(command, env=environment, start_new_session=True)
        self.processes.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes], how: int = 9) -> None:
        """Everything of that machine at once."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)

    def end(self) -> None:
        for process in self.processes:
            self.kill(process, signal.SIGCONT)
            self.kill(process)
            process.wait()


def catalogued(archive: Archive) -> int:
    """How many files are in the catalogue now."""
    with open_known(archive) as catalogue:
        return len(catalogue.paths())


def wait_for(archive: Archive, condition: str, seconds: float = 200) -> None:
    """``some``: half of the files are read; ``done``: nothing is left in the queue."""
    files = sum(path.is_file() for path in archive.root.rglob("*"))
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(Exception):
            found = queue.progress(archive)
            if condition == "some" and catalogued(archive) > files / 3:
                return
            if condition == "done" and not found.waiting and not found.doing:
                return
        time.sleep(0.2)
    raise AssertionError(f"not {condition}: {queue.progress(archive)}")


def whole(archive: Archive, truth: str) -> None:
    """Nothing is lost, nothing doubled, and a scan finds nothing left to do."""
    with open_known(archive) as catalogue:
        paths = catalogue.paths()
        assert len(paths) == len(set(paths))
        assert not catalogue.orphans.count()
        assert not catalogue.feed.pending()
    assert digest(archive, TODAY) == truth
    counts = scan(archive)
    assert (counts.read, counts.gone, counts.placed_anew) == (0, 0, 0)
