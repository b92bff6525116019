"""``dossier close`` and ``dossier package`` from outside."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from dossier.archive import open_archive
from dossier.usecases.scan import scan
from tests import commands

pytestmark = pytest.mark.slow  # several processes for each test


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    folder = tmp_path / "kho" / "mo-hinh" / "Camera an ninh"
    folder.mkdir(parents=True)
    (folder / "ke hoach.txt").write_text("KẾ HOẠCH\nKhảo sát địa bàn\n", "utf-8")
    scan(open_archive(tmp_path / "kho"), workers=1)
    return tmp_path / "kho"


def dossier(*arguments: object) -> subprocess.CompletedProcess[str]:
    return commands.dossier(*map(str, arguments))


def test_close_tells_what_stands_in_the_way_and_writes_the_set(kho: Path, tmp_path: Path) -> None:
    done = dossier("close", "camera", "--archive", kho, "-o", tmp_path / "bo")
    assert done.returncode == 1 and "Còn thiếu: Báo cáo kết quả khảo sát" in done.stdout
    assert len(list((tmp_path / "bo").iterdir())) == 5
    told = json.loads(dossier("close", "camera", "--archive", kho, "--json").stdout)
    assert told["ready"] is False and told["written"] == []


def test_package_is_refused_with_the_reasons(kho: Path, tmp_path: Path) -> None:
    done = dossier("package", "camera", "--archive", kho, "-o", tmp_path / "goi")
    assert done.returncode == 2 and "Chưa có ngày kết thúc" in done.stderr
    assert not (tmp_path / "goi").exists()


@pytest.mark.parametrize("arguments", [["package", "camera"], ["package", "a", "b", "-o", "x"]])
def test_package_says_what_it_needs(kho: Path, arguments: list[str]) -> None:
    done = dossier(*arguments, "--archive", kho)
    assert (done.returncode == 2 and "Thêm: -o" in done.stderr) or "ngoặc kép" in done.stderr


def test_verify_of_no_package_is_refused(tmp_path: Path) -> None:
    done = dossier("package", "verify", tmp_path)
    assert done.returncode == 2 and "không phải thư mục gói" in done.stderr
