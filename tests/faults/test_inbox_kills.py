"""The process that moves a file out of the inbox, or back, is killed before and after every call that changes
the disk: the next one carries on, and the file is whole in exactly one place."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier.archive import open_archive
from dossier.usecases import audit
from dossier.usecases.inbox import filing
from dossier.usecases.inbox.journal import Journal
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from tests.usecases.archives import FOUNDING, SURVEY, write

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills with a POSIX signal")

A, NEW = "Mô hình/Camera an ninh", "Hộp thư đến/scan0007.txt"
_WORK = """
import hashlib, os, signal, sys
from pathlib import Path
from dossier.archive import open_archive
from dossier.usecases.inbox import filing
from dossier.usecases import decide, indexing, updating  # everything is loaded once, before the forks

def one(root, nth, back):
    archive = open_archive(root)
    calls = [0]
    def counted(real):
        def call(*args, **more):
            for when in (True, False):
                calls[0] += 1
                if calls[0] == nth:
                    os.kill(os.getpid(), signal.SIGKILL)
                if when:
                    made = real(*args, **more)
            return made
        return call
    # Not fsync: a process that is killed before it leaves what it leaves after it.
    for name in ("link", "unlink", "mkdir", "replace", "fchmod"):
        setattr(os, name, counted(getattr(os, name)))
    if back:
        filing.take_back(archive, 1, key="back")
    else:
        sha = hashlib.sha256((root / "Hộp thư đến/scan0007.txt").read_bytes()).hexdigest()
        wanted = filing.Filing("Hộp thư đến/scan0007.txt", sha, "Mô hình/Camera an ninh", {1: ("1",)})
        filing.file(archive, wanted, key="click")
    return calls[0]

for line in sys.stdin:
    nth, way, root = line.rstrip("\\n").split(" ", 2)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, b"%d" % one(Path(root), int(nth), way == "back"))
        os._exit(0)
    os.close(writing)
    _pid, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), os.read(reading, 20).decode() or 0, flush=True)
    os.close(reading)
"""


class Worker:
    """Files or takes back in processes of its own, and has them killed at the n-th moment; 0: never."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WORK], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def work(self, root: Path, nth: int, way: str) -> tuple[int, int]:
        """How the process ended, and at how many moments it could have been killed."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{nth} {way} {root}\n")
        process.stdin.flush()
        code, moments = process.stdout.readline().split()
        return int(code), int(moments)

    def close(self) -> None:
        """No more."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kill") / "kho"
    write(root, f"{A}/06 QĐ/qd.txt", FOUNDING)
    write(root, NEW, SURVEY)
    scan(open_archive(root), workers=1)
    return root


@pytest.fixture(scope="module")
def filed(sample: Path, worker: Worker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("filed") / "kho"
    shutil.copytree(sample, root)
    assert worker.work(root, 0, "there")[0] == 0
    return root


@pytest.mark.parametrize("way", ["there", "back"])
def test_kill_at_every_step_loses_nothing(
    way: str, sample: Path, filed: Path, worker: Worker, tmp_path: Path
) -> None:
    start = sample if way == "there" else filed
    counting = tmp_path / "0"
    shutil.copytree(start, counting)
    code, moments = worker.work(counting, 0, way)
    assert code == 0
    assert moments > 10
    for nth in range(1, moments + 1):
        root = tmp_path / str(nth)
        shutil.copytree(start, root)
        assert worker.work(root, nth, way)[0] == -signal.SIGKILL
        check(root, way, nth, worker)
        shutil.rmtree(root)


def check(root: Path, way: str, nth: int, worker: Worker) -> None:
    """Whole somewhere right after the kill; after the next start in one place, known, decided once."""
    assert copies(root), nth
    archive = open_archive(root)
    filing.recover(archive)
    with Journal(archive) as journal:
        assert not journal.unfinished(), nth
        planned = journal.by_key("back" if way == "back" else "click") is not None
    if not planned:  # killed before it was promised: the person clicks again
        assert worker.work(root, 0, way)[0] == 0
    [path] = copies(root)
    assert path == NEW if way == "back" else path.startswith(f"{A}/01 "), (nth, path)
    assert not list(root.rglob(".dossier-*.part"))
    with open_known(archive) as catalogue:
        assert path in catalogue.paths(), nth
        assert len(catalogue.paths()) == 2, nth
        decided = [decision.path for decision in catalogue.decisions.all()]
    assert decided == ([] if way == "back" else [path]), nth
    assert audit.verify(archive).broken == ""


def copies(root: Path) -> list[str]:
    """Where the paper lies whole."""
    found = [path for path in root.rglob("*.txt") if ".dossier" not in path.parts]
    return [str(path.relative_to(root)) for path in found if path.read_text() == SURVEY]
