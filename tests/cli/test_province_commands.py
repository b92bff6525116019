"""``dossier migrate-to`` and ``dossier work`` as people call them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from postgres_server import Cluster

from dossier.usecases.demo import write_sample
from tests.commands import dossier


def test_an_archive_moves_and_is_worked_on(tmp_path: Path, cluster: Cluster) -> None:
    root = tmp_path / "kho tỉnh"
    write_sample(root, dossiers=1, seed=2, today=date(2026, 11, 24), scans=False)
    alone = dossier("work", str(root), "--status")
    assert alone.returncode == 2
    assert "dossier migrate-to postgresql://" in alone.stderr
    dossier("scan", str(root))
    moved = dossier("migrate-to", cluster.url(), str(root), "--json")
    assert moved.returncode == 0, moved.stderr
    told = json.loads(moved.stdout)
    assert Path(told["kept"]).exists()
    assert told["where"].endswith("/hoso/kho_kho_mau")
    (root / "thêm.txt").write_text("Biên bản kiểm kê xe đạp", encoding="utf-8")
    assert dossier("work", str(root), "--plan").returncode == 0
    worked = dossier("work", str(root), "--once", "--slots", "1")
    assert worked.returncode == 0, worked.stderr
    status = json.loads(dossier("work", str(root), "--status", "--json").stdout)
    assert (status["waiting"], status["doing"], status["failed"], status["left"]) == (0, 0, 0, 0.0)
    found = dossier("search", "kiem ke xe dap", "--archive", str(root), "--json")
    assert "thêm.txt" in found.stdout


def test_a_wrong_address_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    dossier("scan", str(tmp_path))
    for address in ("postgresql://nobody@127.0.0.1:1/x", "mysql://a/b"):
        refused = dossier("migrate-to", address, str(tmp_path))
        assert refused.returncode in (2, 4)
        assert "Traceback" not in refused.stderr
        assert "cơ sở dữ liệu" in refused.stderr
