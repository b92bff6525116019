"""A handwritten number that lies against the order of the archive's other numbers is shown for review."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from archives import DOUBTFUL, REPORT, again, paper, put, run, write

from dossier.archive import open_archive
from dossier.model import Document, FieldReading, FieldSource
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from reports import looks


def decision(number: int, day: str, name: str) -> str:
    return paper("QUYẾT ĐỊNH", f"{number}/QĐ-UBND", f"Thành lập mô hình {name}", day)


def by_hand(root: Path) -> Document:
    (found,) = (d for d in again(open_archive(root)).documents if d.path.endswith("A/qd.txt"))
    return found


def scanned(root: Path, sure: float = 0.97) -> None:
    """Make the paper of dossier A one whose number was written by hand."""
    archive = open_archive(root)
    with writing(archive, "scan"), open_known(archive) as catalogue:
        (each,) = (
            d for d in catalogue.circumstances.documents("mo-hinh/A") if d.document.path.endswith("qd.txt")
        )
        header = each.document.header
        reading = FieldReading(sure, FieldSource.HANDWRITING, (header.number_symbol, "45/QĐ-UBND"))
        fields = {**header.fields, "number_symbol": reading}
        catalogue.circumstances.reread([(each, replace(header, fields=fields))])


def test_neighbours_in_other_dossiers_make_a_number_doubtful_while_they_are_there(tmp_path: Path) -> None:
    put(tmp_path, qd_txt=decision(15, "20 tháng 3 năm 2024", "Camera an ninh"))
    run(tmp_path)
    scanned(tmp_path)
    assert by_hand(tmp_path).open_fields == ()
    write(tmp_path, "mo-hinh/B/qd.txt", decision(44, "01 tháng 3 năm 2024", "Tiếng kẻng an ninh"))
    write(tmp_path, "mo-hinh/C/qd.txt", decision(46, "09 tháng 4 năm 2024", "Xóm đạo bình yên"))
    run(tmp_path)
    doubted = by_hand(tmp_path)
    assert doubted.header.number_symbol == "/QĐ-UBND"
    assert doubted.open_fields == ("number_symbol",)
    (said,) = looks.open_fields(doubted)
    assert "trái thứ tự" in said and "15/QĐ-UBND, 45/QĐ-UBND" in said
    run(tmp_path)  # nothing changed
    assert by_hand(tmp_path) == doubted
    write(tmp_path, "mo-hinh/C/bc.txt", paper("BÁO CÁO", "7/BC-UBND", "Kết quả", "10 tháng 12 năm 2024"))
    os.remove(tmp_path / "mo-hinh/B/qd.txt")
    os.utime(tmp_path / "mo-hinh/C/qd.txt")
    run(tmp_path)
    assert by_hand(tmp_path).header.number_symbol == "15/QĐ-UBND"
    assert by_hand(tmp_path).open_fields == ()


def test_a_number_that_a_paper_of_its_dossier_cites_is_not_doubted(tmp_path: Path) -> None:
    cites = "Căn cứ Quyết định số 15/QĐ-UBND ngày 20/3/2024 về việc thành lập mô hình."
    put(
        tmp_path,
        qd_txt=decision(15, "20 tháng 3 năm 2024", "Camera an ninh"),
        bc_txt=paper("BÁO CÁO", "40/BC-UBND", "Kết quả mô hình", "05 tháng 12 năm 2024", cites),
    )
    run(tmp_path)
    scanned(tmp_path)
    write(tmp_path, "mo-hinh/B/qd.txt", decision(44, "01 tháng 3 năm 2024", "Tiếng kẻng an ninh"))
    write(tmp_path, "mo-hinh/C/qd.txt", decision(46, "09 tháng 4 năm 2024", "Xóm đạo bình yên"))
    run(tmp_path)
    assert by_hand(tmp_path).header.number_symbol == "15/QĐ-UBND"
    assert by_hand(tmp_path).open_fields == ()


def test_a_document_with_a_doubtful_number_keeps_the_place_that_its_dossier_gives_it(tmp_path: Path) -> None:
    put(tmp_path, qd_txt=DOUBTFUL.replace("02/PA-UBND", "15/PA-UBND"), bc_txt=REPORT)
    run(tmp_path)
    scanned(tmp_path)
    before = by_hand(tmp_path)
    assert before.placements[0].part == "1" and not before.review
    for folder, number, day in (("B", 44, "01 tháng 01"), ("C", 46, "19 tháng 02")):
        write(
            tmp_path,
            f"mo-hinh/{folder}/pa.txt",
            paper("PHƯƠNG ÁN", f"{number}/PA-UBND", "X", f"{day} năm 2023"),
        )
    os.utime(tmp_path / "mo-hinh/A/qd.txt")
    run(tmp_path)
    assert by_hand(tmp_path).open_fields == ("number_symbol",)
    assert by_hand(tmp_path).placements == before.placements and not by_hand(tmp_path).review
