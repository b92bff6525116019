"""Killed, cut off from power, out of space, out of time: nothing that was confirmed is lost."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import kills
import pytest

from dossier.archive import Archive, open_archive
from dossier.errors import DossierError
from dossier.usecases import night_folders
from dossier.usecases.assess import assess
from dossier.usecases.decide import assign, waive
from dossier.usecases.indexing import index_of
from dossier.usecases.nightly import nightly
from dossier.usecases.scan import scan


def test_nothing_is_lost_by_kills_at_random_points() -> None:
    """Six at least here; tests/faults/kills.py does 200."""
    command = [sys.executable, str(Path(kills.__file__)), "--kills", "6", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=250, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[1]) >= 6
    assert "lost: 0  wrong: 0" in done.stdout


def made(root: Path) -> Archive:
    kills.make(root)
    archive = open_archive(root)
    scan(archive, workers=1)
    waive(archive, "mo-hinh/Hồ sơ 0", "MH-04", reason="đang xin ý kiến")
    return archive


def equals_a_scan_from_nothing(archive: Archive, folder: Path) -> None:
    scan(archive, workers=1)
    clean = open_archive(archive.root, folder)
    scan(clean, workers=1)
    ours, theirs = (
        {(d.id, d.sha256, d.header) for d in assess(known, kills.TODAY).documents}
        for known in (archive, clean)
    )
    assert ours == theirs
    assert index_of(archive).count() == index_of(clean).count() == len(ours)


@pytest.mark.parametrize("seed", range(4))
def test_power_cut_that_loses_the_end_of_the_log(tmp_path: Path, seed: int) -> None:
    """What was written last may be cut off or torn; what was durable before is there."""
    rng = random.Random(seed)
    archive = made(tmp_path / "kho")
    for number in (6, 7):
        kills.put(archive.root, number, kills.text(2000 + number))
    cut = open_archive(archive.root, tmp_path / "cut")
    child = os.fork()  # ends without closing the catalogue: the log stays as a power cut leaves it
    if child == 0:
        try:
            _work_and_copy(archive, cut.state)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    log = cut.state / "catalogue.sqlite-wal"
    content = log.read_bytes()
    assert len(content) > 4096
    content = content[: rng.randrange(len(content))]
    if content and seed % 2:
        torn = rng.randrange(len(content))
        content = content[:torn] + rng.randbytes(len(content) - torn)
    log.write_bytes(content)
    (cut.state / "catalogue.sqlite-shm").unlink(missing_ok=True)
    assert [w.rule for d in _states(cut) for w in d.waivers] == ["MH-04"]
    equals_a_scan_from_nothing(cut, tmp_path / "clean")


def _work_and_copy(archive: Archive, target: Path) -> None:
    from dossier.usecases.known import open_known

    with open_known(archive) as catalogue:
        for number in range(3, 9):
            catalogue.placed_by(f"digest {number}")
            catalogue.feed.everything_pending()
        shutil.copytree(archive.state, target)


def _states(archive: Archive) -> list[object]:
    from dossier.usecases.known import open_known

    with open_known(archive) as catalogue:
        return list(catalogue.states())


def test_full_disk_is_told_and_loses_nothing(tmp_path: Path, small_disk: Path) -> None:
    kills.make(tmp_path / "kho")
    archive = open_archive(tmp_path / "kho", small_disk / "state")
    scan(archive, workers=1)
    assign(archive, str(archive.root / "mo-hinh/Hồ sơ 0/0.txt"), ["14"])
    nightly(archive, kills.TODAY, workers=1)
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as out, contextlib.suppress(OSError):
        while True:
            out.write(b"x" * 4096)
    for number in range(3, 24):
        kills.put(archive.root, number, kills.text(3000 + number))
    with pytest.raises(DossierError) as error:
        nightly(archive, date(2023, 5, 2), workers=1)
    assert error.value.exit_code == 4
    assert night_folders.latest(archive.state) == "2023-05-01"
    assert (night_folders.root_of(archive.state) / "2023-05-01/report.json").stat().st_size > 1000
    filler.unlink()
    equals_a_scan_from_nothing(archive, tmp_path / "clean")
    placed = {d.path: [p.part for p in d.placements] for d in assess(archive, kills.TODAY).documents}
    assert placed["mo-hinh/Hồ sơ 0/0.txt"] == ["14"]


def test_clock_set_back_prunes_nothing_it_should_keep(tmp_path: Path) -> None:
    archive = made(tmp_path / "kho")
    for day in (date(2023, 5, 3), date(2023, 5, 1), date(2022, 1, 1)):
        assert nightly(archive, day, workers=1).pruned == []
    assert sorted(f.name for f in night_folders.root_of(archive.state).iterdir() if f.is_dir()) == [
        "2022-01-01", "2023-05-01", "2023-05-03",
    ]  # fmt: skip
    for path in archive.root.rglob("*.txt"):
        os.utime(path, (10**9 * 2, 10**9 * 2))  # written in a future that the clock does not know yet
    equals_a_scan_from_nothing(archive, tmp_path / "clean")


def test_permission_lost_keeps_what_was_known(unprivileged: Path) -> None:
    archive = made(unprivileged / "kho")
    folder = archive.root / "mo-hinh/Hồ sơ 1"
    folder.chmod(0)
    night = nightly(archive, kills.TODAY, workers=1)
    assert night.report is not None and night.report.problems
    assert len(night.report.documents) == 24
    folder.chmod(0o755)
    equals_a_scan_from_nothing(archive, unprivileged / "clean")
