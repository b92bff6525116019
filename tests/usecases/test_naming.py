"""Dossiers and files are named as people call them."""

from __future__ import annotations

from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, run, write

from dossier.archive import Archive, open_archive
from dossier.errors import UsageError
from dossier.usecases.naming import archive_path, dossier_path

CAMERA, FENCE = "Mô hình/Mũi Né - Camera an ninh", "Mô hình/Cổng rào an ninh"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    write(tmp_path, f"{CAMERA}/06/QĐ thành lập.txt", FOUNDING)
    write(tmp_path, f"{CAMERA}/scan0007.txt", SURVEY)
    write(tmp_path, f"{FENCE}/bao cao.txt", SURVEY)
    write(tmp_path, "rời/cong van.txt", SURVEY)
    run(tmp_path)
    return open_archive(tmp_path)


@pytest.mark.parametrize(
    "said", [CAMERA, "Mũi Né - Camera an ninh", "mui ne", "camera", "CAMERA AN NINH", "né - camera"]
)
def test_dossier_is_named_by_path_name_or_part(archive: Archive, said: str) -> None:
    assert dossier_path(archive, said) == archive_path(archive, said) == CAMERA


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("scan0007.txt", f"{CAMERA}/scan0007.txt"),
        ("scan0007", f"{CAMERA}/scan0007.txt"),
        ("qd thanh lap", f"{CAMERA}/06/QĐ thành lập.txt"),
        ("thành lập", f"{CAMERA}/06/QĐ thành lập.txt"),
        ("06/QĐ thành lập.txt", f"{CAMERA}/06/QĐ thành lập.txt"),
        ("cong rao an ninh/bao cao.txt", f"{FENCE}/bao cao.txt"),
        ("công văn", "rời/cong van.txt"),
    ],
)
def test_file_is_named_by_name_or_part(archive: Archive, said: str, path: str) -> None:
    assert archive_path(archive, said) == path


def test_name_that_fits_several_lists_them(archive: Archive) -> None:
    with pytest.raises(UsageError) as refused:
        dossier_path(archive, "an ninh")
    assert CAMERA in refused.value.message and FENCE in refused.value.message


def test_part_of_a_word_is_no_name(archive: Archive) -> None:
    assert dossier_path(archive, "came") == "came"


def test_path_of_a_dossier_that_is_gone_stays_as_given(archive: Archive) -> None:
    assert dossier_path(archive, "Mô hình/Đã mất") == "Mô hình/Đã mất"


def test_folder_of_dossiers_is_named_by_its_whole_name_before_parts_of_theirs(tmp_path: Path) -> None:
    write(tmp_path, "Phước Hội/Mô hình/Mô hình Camera/qd.txt", FOUNDING)
    write(tmp_path, "Phước Hội/Mô hình/Mô hình Cổng rào/qd.txt", FOUNDING)
    run(tmp_path)
    archive = open_archive(tmp_path)
    assert archive_path(archive, "mo hinh") == dossier_path(archive, "Mô hình") == "Phước Hội/Mô hình"
    write(tmp_path, "Mũi Né/Mô hình/Tổ tự quản/qd.txt", FOUNDING)
    run(tmp_path)
    with pytest.raises(UsageError, match="2 thứ trong kho") as refused:
        archive_path(archive, "mô hình")
    assert "  Mũi Né/Mô hình\n  Phước Hội/Mô hình" in refused.value.message
