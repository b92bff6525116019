"""A paper that got another name, and another paper that got its old name: both are there after one scan."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dossier.model import ComplianceReport
from tests.usecases.archives import FOUNDING, paper, put, run

_PLAN = paper("KẾ HOẠCH", "31/KH-UBND", "Tổ chức ra mắt mô hình “Camera an ninh”")


def _papers(report: ComplianceReport) -> dict[str, str | None]:
    return {Path(paper.path).name: paper.header.type for paper in report.dossiers[0].documents}


@pytest.mark.parametrize(("name", "new"), [("a.txt", "b.txt"), ("b.txt", "a.txt")])
def test_paper_of_an_old_name_does_not_hide_the_renamed_one(tmp_path: Path, name: str, new: str) -> None:
    put(tmp_path, **{name.replace(".", "_"): FOUNDING})
    run(tmp_path)
    folder = tmp_path / "mo-hinh" / "A"
    (folder / name).rename(folder / new)
    (folder / name).write_text(_PLAN, "utf-8")
    counts, report = run(tmp_path)
    assert counts.files == 2 and counts.gone == 0
    assert _papers(report) == {new: "quyet-dinh", name: "ke-hoach"}


@pytest.mark.parametrize(("name", "new"), [("a.txt", "b.txt"), ("b.txt", "a.txt")])
def test_copy_of_a_paper_whose_dossier_is_of_another_kind_now_is_there(
    tmp_path: Path, name: str, new: str
) -> None:
    put(tmp_path, **{name.replace(".", "_"): FOUNDING})
    run(tmp_path)
    folder = tmp_path / "mo-hinh" / "A"
    (folder / new).write_bytes((folder / name).read_bytes())
    shutil.copystat(folder / name, folder / new)
    (folder / "hoso.toml").write_text('kind = "dien-hinh-ca-nhan"\n', "utf-8")
    counts, report = run(tmp_path)
    assert counts.files == 2
    assert _papers(report) == {"a.txt": "quyet-dinh", "b.txt": "quyet-dinh"}
