"""What dossier itself wrote into an archive is not read as a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from archives import FOUNDING, run, write
from click.testing import CliRunner

from dossier.archive import open_archive
from dossier.cli import root as cli
from dossier.usecases.new_folder import new_folder


def scanned(kho: Path, result: Path) -> dict[str, Any]:
    CliRunner().invoke(cli, ["scan", str(kho), "--json", str(result)])
    told: dict[str, Any] = json.loads(result.read_text("utf-8"))
    return told


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    kho = tmp_path / "kho"
    write(kho, "Mô hình/Chợ/qd.txt", FOUNDING)
    run(kho)
    return kho


@pytest.mark.parametrize(
    "words",
    [
        ["report", "KHO", "--format", "html", "-o", "KHO/báo cáo.html"],
        ["units", "KHO", "-o", "KHO/đơn vị.xlsx"],
        ["backup", "KHO/kho.zip", "--archive", "KHO"],
    ],
    ids=lambda words: words[0],
)
def test_own_output_in_the_archive_is_left_out(kho: Path, tmp_path: Path, words: list[str]) -> None:
    done = CliRunner().invoke(cli, [word.replace("KHO", str(kho)) for word in words])
    assert done.exit_code in (0, 1), done.output
    told = scanned(kho, tmp_path / "k.json")
    assert [document["path"] for document in told["documents"]] == ["Mô hình/Chợ/qd.txt"]
    assert {entry["why"] for entry in told["ignored"]} == {"tệp do dossier ghi ra"}


def test_the_copies_in_an_own_folder_are_no_second_copies(kho: Path, tmp_path: Path) -> None:
    with new_folder(kho / "gói", open_archive(kho)) as folder:
        (folder / "data").mkdir()
        (folder / "data" / "qd.txt").write_text(FOUNDING, "utf-8")
    told = scanned(kho, tmp_path / "k.json")
    assert [document["path"] for document in told["documents"]] == ["Mô hình/Chợ/qd.txt"]


def test_own_output_that_was_changed_is_a_file_like_others(kho: Path, tmp_path: Path) -> None:
    report = kho / "báo cáo.html"
    CliRunner().invoke(cli, ["report", str(kho), "--format", "html", "-o", str(report)])
    report.write_text("<p>Ghi chép của văn thư</p>", "utf-8")
    told = scanned(kho, tmp_path / "k.json")
    assert "báo cáo.html" in {document["path"] for document in told["documents"]}


def test_a_damaged_list_of_own_output_stops_no_scan(kho: Path, tmp_path: Path) -> None:
    (kho / ".dossier" / "written.jsonl").write_bytes(b'\xff\xfe["a"\n[1,2,3]\n{}\n["x"]\n')
    assert len(scanned(kho, tmp_path / "k.json")["documents"]) == 1
