"""Where numbers of rows are known: in the archive that was shown, wherever the command was typed."""

from __future__ import annotations

from pathlib import Path

from tests.commands import dossier
from tests.usecases.archives import FOUNDING, put


def _archive(folder: Path) -> Path:
    (folder / "kho").mkdir()
    put(folder / "kho", qd_txt=FOUNDING)
    return folder / "kho"


def test_a_scan_from_another_folder_says_where_its_numbers_are_known(tmp_path: Path) -> None:
    kho = _archive(tmp_path)
    said = dossier("scan", "kho", cwd=tmp_path).stderr
    assert f"cd {kho}" in said
    assert dossier("show", "1", cwd=kho).returncode == 0
    assert "cd " not in dossier("scan", cwd=kho).stderr


def test_a_scan_with_a_state_of_its_own_says_how_its_numbers_are_known(tmp_path: Path) -> None:
    kho, state = _archive(tmp_path), tmp_path / "st"
    said = dossier("scan", "--state", state, cwd=kho).stderr
    assert f"--state {state}" in said
    assert dossier("show", "1", "--state", state, cwd=kho).returncode == 0


def test_a_number_typed_in_a_folder_that_is_no_archive_is_not_blamed_on_the_disk(tmp_path: Path) -> None:
    done = dossier("show", "1", cwd=tmp_path)
    assert "chưa được quét" in done.stderr and "không ghi được" not in done.stderr
    assert done.returncode == 4
