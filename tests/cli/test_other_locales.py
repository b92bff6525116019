"""Commands under a locale whose encoding is not UTF-8: names and words stay what they are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LATIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}  # Python reads names as ASCII


@pytest.mark.skipif(sys.platform == "win32", reason="file names are Unicode there whatever the locale")
def test_folders_with_diacritics_are_found_under_any_locale(tmp_path: Path) -> None:
    (tmp_path / "Xã An Bình" / "Mô hình" / "Tiếng kẻng an ninh").mkdir(parents=True)
    note = tmp_path / "Xã An Bình" / "Mô hình" / "Tiếng kẻng an ninh" / "ghi chú.txt"
    note.write_text("Đã nhận đủ hồ sơ của xã An Bình.", "utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "dossier", "scan", str(tmp_path)],
        env={**os.environ, **LATIN}, capture_output=True, check=False,
    )  # fmt: skip
    assert "Tiếng kẻng an ninh" in told.stdout.decode("utf-8"), told.stderr.decode("utf-8", "replace")
