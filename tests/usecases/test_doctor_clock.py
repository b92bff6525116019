"""``doctor`` says when the machine's clock is not that of Vietnam: days fall due by it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Windows knows no names of zones in TZ.
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="zones are named as POSIX does")


def _clock(folder: Path, zone: str) -> str:
    # A process that starts anew: a zone is read once.
    command = [sys.executable, "-m", "dossier", "doctor", str(folder)]
    told = {**os.environ, "TZ": zone, "COLUMNS": "300", "PYTHONUTF8": "1"}
    said = subprocess.run(command, capture_output=True, encoding="utf-8", env=told, check=False).stdout
    return said.partition("Giờ của máy")[2].partition("pypdfium2")[0]


def test_a_machine_with_the_time_of_vietnam_is_told_to_be_in_order(tmp_path: Path) -> None:
    assert "(UTC+07:00)" in (said := _clock(tmp_path, "Asia/Ho_Chi_Minh"))
    assert "Không phải giờ Việt Nam" not in said


def test_a_machine_with_another_time_is_told_with_the_way_out(tmp_path: Path) -> None:
    said = _clock(tmp_path, "America/St_Johns")
    assert "(UTC-0" in said and "Không phải giờ Việt Nam" in said
    assert "Asia/Ho_Chi_Minh" in said
