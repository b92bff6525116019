"""The power fails: what was confirmed is there, and the index knows nothing that the catalogue forgot."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import kills
import power
import pytest

from dossier.archive import Archive, open_archive
from dossier.catalogue import open_catalogue
from dossier.scanner import VERSION
from dossier.scanner.sandbox import Done
from dossier.usecases.indexing import catch_up, index_of
from dossier.usecases.scan import scan
from dossier.usecases.updating import Update, processor_for

_OPEN = ExitStack()  # never closed: the power is cut first


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[power.Disk]:
    try:
        disk = power.Disk(tmp_path)
    except OSError as error:
        pytest.skip(f"no file system can be mounted here: {error}")
    yield disk
    disk.unplug()


def _cut_after(disk: power.Disk, work: Callable[[], object]) -> None:
    """Do it in a process that stays as it is afterwards, then cut the power."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work()
            os.write(theirs, b"!")
            time.sleep(600)
        finally:
            os._exit(1)
    os.close(theirs)
    assert os.read(ours, 1)
    os.close(ours)
    disk.cut()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    disk.unplug()
    disk.plug()


def test_confirmed_decision_outlives_a_power_cut(tmp_path: Path, disk: power.Disk) -> None:
    trial = power.Trial(tmp_path, random.Random(0), kills.Outcome(), disk)
    for command in ("assign", "scan"):
        trial.cut(command, "12")
        trial.check(command)
    assert trial.outcome.lost == trial.outcome.wrong == []
    assert trial.outcome.faults.total() == 2


def _read_and_index(archive: Archive) -> None:
    """A scan that has not come to its end."""
    processor = processor_for(archive)
    catalogue = _OPEN.enter_context(open_catalogue(archive.state, VERSION))
    update = Update(archive, catalogue, processor)
    for change in update.begin().read:
        update.settle(change, Done(processor(update.task(change))))
    catch_up(archive, catalogue)


def test_index_never_knows_more_than_the_catalogue(tmp_path: Path, disk: power.Disk) -> None:
    kills.make(tmp_path / "kho")
    archive = open_archive(tmp_path / "kho", disk.folder / "state")
    kills.apart(lambda: scan(archive, workers=1))
    new = archive.root / "mo-hinh/Hồ sơ 1/mới.txt"
    kills.write(new, kills.text(5000))
    _cut_after(disk, lambda: _read_and_index(archive))
    new.unlink()
    kills.apart(lambda: scan(archive, workers=1))
    assert kills.apart(lambda: index_of(archive).count()) == 24
