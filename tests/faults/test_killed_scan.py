"""A scan that is killed at any moment loses nothing it said was done, and the next one makes good."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dossier.archive import Archive, open_archive
from dossier.index import Filters
from dossier.model import DossierReport
from dossier.usecases.assess import assess, open_known
from dossier.usecases.decide import assign
from dossier.usecases.indexing import index_of
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


def _scan_and_kill(root: Path, after: float) -> bool:
    """Start a scan and kill the process, not its workers, after so many seconds; whether it still ran."""
    command = [sys.executable, "-m", "dossier", "scan", str(root), "--workers", "2", "--json", "-"]
    running = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "COLUMNS": "120"}
    )
    try:
        running.wait(after)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
        return True
    return False


def _verdict(archive: Archive) -> tuple[DossierReport, ...]:
    return assess(archive).dossiers


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
    settled = 0
    for wait in (0.8, 1.0, 1.3, 1.6, 2.0, 2.5):
        _scan_and_kill(tmp_path, wait)
        if archive.was_scanned:
            with open_known(archive) as catalogue:
                settled = len(catalogue.known_files())
            if settled:
                break
    assert settled
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
