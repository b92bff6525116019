"""The process that moves a file out of the inbox, or back, is killed before and after every call that changes
the disk: the next one carries on, and the file is whole in exactly one place."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
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
root, nth, back = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "back"
from dossier.archive import open_archive
from dossier.usecases.inbox import filing
archive = open_archive(root)
calls = [0]
def counted(real):
    def call(*args, **more):
        calls[0] += 1
        if calls[0] == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        made = real(*args, **more)
        calls[0] += 1
        if calls[0] == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return made
    return call
for name in ("link", "unlink", "mkdir", "fsync", "replace", "fchmod"):
    setattr(os, name, counted(getattr(os, name)))
if back:
    filing.take_back(archive, 1, key="back")
else:
    sha = hashlib.sha256((root / "Hộp thư đến/scan0007.txt").read_bytes()).hexdigest()
    wanted = filing.Filing("Hộp thư đến/scan0007.txt", sha, "Mô hình/Camera an ninh", {1: ("1",)})
    filing.file(archive, wanted, key="click")
print(calls[0])
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kill") / "kho"
    write(root, f"{A}/06 QĐ/qd.txt", FOUNDING)
    write(root, NEW, SURVEY)
    scan(open_archive(root), workers=1)
    return root


@pytest.fixture(scope="module")
def filed(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("filed") / "kho"
    shutil.copytree(sample, root)
    assert work(root, 0, "there").returncode == 0
    return root


def work(root: Path, nth: int, way: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _WORK, str(root), str(nth), way], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("way", ["there", "back"])
def test_kill_at_every_step_loses_nothing(way: str, sample: Path, filed: Path, tmp_path: Path) -> None:
    start = sample if way == "there" else filed
    counting = tmp_path / "0"
    shutil.copytree(start, counting)
    whole = work(counting, 0, way)
    assert whole.returncode == 0, whole.stderr
    for nth in range(1, int(whole.stdout) + 1):
        root = tmp_path / str(nth)
        shutil.copytree(start, root)
        killed = work(root, nth, way)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        check(root, way, nth)
        shutil.rmtree(root)


def check(root: Path, way: str, nth: int) -> None:
    """Whole somewhere right after the kill; after the next start in one place, known, decided once."""
    assert copies(root), nth
    archive = open_archive(root)
    filing.recover(archive)
    with Journal(archive) as journal:
        assert not journal.unfinished(), nth
        planned = journal.by_key("back" if way == "back" else "click") is not None
    if not planned:  # killed before it was promised: the person clicks again
        assert work(root, 0, way).returncode == 0
    there = f"{A}/01 "
    [path] = copies(root)
    assert path == NEW if way == "back" else path.startswith(there), (nth, path)
    assert not list(root.rglob(".dossier-*.part"))
    with open_known(archive) as catalogue:
        assert path in catalogue.paths(), nth
        assert len(catalogue.paths()) == 2, nth
        decided = [decision.path for decision in catalogue.people.decisions()]
    assert decided == ([] if way == "back" else [path]), nth
    assert audit.verify(archive).broken == ""


def copies(root: Path) -> list[str]:
    """Where the paper lies whole."""
    found = [path for path in root.rglob("*.txt") if ".dossier" not in path.parts]
    return [str(path.relative_to(root)) for path in found if path.read_text() == SURVEY]
