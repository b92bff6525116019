"""A scan that is killed at any moment loses nothing it said was done, and the next one makes good."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from dossier.archive import Archive, open_archive
from dossier.errors import DossierError
from dossier.index import Filters
from dossier.model import DossierReport
from dossier.usecases.assess import assess
from dossier.usecases.decide import assign
from dossier.usecases.indexing import index_of
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from dossier.usecases.search import search

_TYPES = {"QUYẾT ĐỊNH": "QĐ", "KẾ HOẠCH": "KH", "BÁO CÁO": "BC", "TỜ TRÌNH": "TTr"}
_FILES = 80


def _text(number: int) -> str:
    title, code = list(_TYPES.items())[number % 4]
    return (
        "ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Số: {number}/{code}-UBND\nHàm Thắng, ngày 05 tháng 3 năm 2023\n{title}\n"
        f"Khảo sát xây dựng mô hình camera tu{number}\n" + f"Nội dung thứ {number}. " * 400
    )


def _make(root: Path) -> None:
    for number in range(_FILES):
        file = root / f"mo-hinh/Hồ sơ {number % 4}/{number}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_text(number), "utf-8")


def _scanning(root: Path) -> subprocess.Popen[bytes]:
    """A scan that runs in a process of its own."""
    command = [sys.executable, "-m", "dossier", "scan", str(root), "--workers", "2", "--json", "-"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _scan_and_kill(root: Path, after: float) -> bool:
    """Start a scan and kill the process, not its workers, after so many seconds; whether it still ran."""
    with _scanning(root) as running:
        try:
            running.wait(after)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            return True
    return False


def _settled(archive: Archive) -> int:
    """Files that the catalogue says are done; none while there is no catalogue to ask."""
    try:
        with open_known(archive) as catalogue:
            return len(catalogue.known_files())
    except DossierError:
        return 0


# What became of files since they were first seen: a scan from nothing cannot know.
_OF_THE_PAST = ("TV-16", "TV-17")


def _verdict(archive: Archive) -> tuple[DossierReport, ...]:
    return tuple(
        replace(dossier, findings=tuple(f for f in dossier.findings if f.rule not in _OF_THE_PAST))
        for dossier in assess(archive).dossiers
    )


def _rescan(archive: Archive) -> None:
    """A scan; the workers of a killed one may take a moment to let go."""
    scan(archive, workers=2)


@pytest.mark.parametrize("seed", range(3))
def test_rescan_after_kills_equals_a_scan_from_nothing(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    root = tmp_path / "kho"
    _make(root)
    archive = open_archive(root)
    clean = open_archive(root, tmp_path / "tu-dau")
    kills = 0
    for _round in range(4):
        kills += _scan_and_kill(root, rng.uniform(0.1, 1.2))
        changed = root / f"mo-hinh/Hồ sơ 1/{rng.randrange(0, _FILES // 4) * 4 + 1}.txt"
        changed.write_text(_text(1000 + _round), "utf-8")
    _rescan(archive)
    _rescan(clean)
    assert kills
    assert _verdict(archive) == _verdict(clean)
    assert index_of(archive).count() == index_of(clean).count() == _FILES
    for number in (2, 1003):
        hits = search(archive, f"tu{number}", Filters()).hits
        assert [hit.path for hit in hits] == [h.path for h in search(clean, f"tu{number}", Filters()).hits]
        assert len(hits) == 1


def test_files_settled_before_the_kill_are_not_read_again(tmp_path: Path) -> None:
    _make(tmp_path)
    past = time.time() - 100
    for path in tmp_path.rglob("*.txt"):
        os.utime(path, (past, past))
    archive = open_archive(tmp_path)
    with _scanning(tmp_path) as running:
        settled = 0
        while running.poll() is None and settled < 5:
            time.sleep(0.01)
            settled = _settled(archive)
        running.send_signal(signal.SIGKILL)
    settled = _settled(archive)
    assert 5 <= settled <= _FILES
    counts = scan(archive, workers=1)
    assert (counts.unchanged, counts.read) == (settled, _FILES - settled)


def test_decision_outlives_a_killed_scan(tmp_path: Path) -> None:
    _make(tmp_path)
    archive = open_archive(tmp_path)
    scan(archive, workers=2)
    assign(archive, "mo-hinh/Hồ sơ 0/0.txt", ["14"])
    (tmp_path / "mo-hinh/Hồ sơ 0/0.txt").rename(tmp_path / "mo-hinh/Hồ sơ 1/khac.txt")
    for wait in (0.3, 0.6, 0.9):
        _scan_and_kill(tmp_path, wait)
    _rescan(archive)
    moved = [d for r in _verdict(archive) for d in r.documents if d.path.endswith("khac.txt")]
    assert [p.part for p in moved[0].placements] == ["14"]
