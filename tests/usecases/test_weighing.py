"""Doubtful documents follow what is certain in their dossier, and only that."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from archives import DOUBTFUL, REPORT, again, paper, put, run, write

from dossier.archive import Archive, open_archive
from dossier.catalogue import open_catalogue
from dossier.index import Filters
from dossier.model import Document, FieldReading, FieldSource
from dossier.scanner import VERSION
from dossier.scanner.sandbox import Done
from dossier.usecases.decide import assign, reset
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.reading import processor_for
from dossier.usecases.scan import scan
from dossier.usecases.search import search
from dossier.usecases.updating import Update


def doubtful(root: Path) -> Document:
    (found,) = (d for d in again(open_archive(root)).documents if d.path.endswith("x.txt"))
    return found


def test_a_report_that_is_there_settles_the_plan_and_its_going_unsettles_it(tmp_path: Path) -> None:
    put(tmp_path, x_txt=DOUBTFUL)
    run(tmp_path)
    assert doubtful(tmp_path).review
    put(tmp_path, r_txt=REPORT)
    counts, _report = run(tmp_path)
    assert counts.read == 1
    assert not doubtful(tmp_path).review and doubtful(tmp_path).placements[0].part == "1"
    settled = doubtful(tmp_path)
    run(tmp_path)
    run(tmp_path, full=True)
    assert doubtful(tmp_path) == settled
    os.remove(tmp_path / "mo-hinh/A/r.txt")
    run(tmp_path)
    assert doubtful(tmp_path).review


def test_search_follows_at_once(tmp_path: Path) -> None:
    put(tmp_path, x_txt=DOUBTFUL, r_txt=REPORT)
    run(tmp_path)
    found = search(open_archive(tmp_path), "khảo sát", Filters(item=1))
    assert [hit.path for hit in found.hits] == ["mo-hinh/A/x.txt"]


def test_a_decision_about_one_document_speaks_for_another_until_it_is_taken_back(tmp_path: Path) -> None:
    put(tmp_path, x_txt=DOUBTFUL, note_txt="Ghi chép của cán bộ.")
    run(tmp_path)
    assert doubtful(tmp_path).review
    assign(open_archive(tmp_path), "mo-hinh/A/note.txt", ["2"])
    assert not doubtful(tmp_path).review and doubtful(tmp_path).placements[0].part == "1"
    reset(open_archive(tmp_path), "mo-hinh/A/note.txt")
    assert doubtful(tmp_path).review


def test_a_declared_founding_counts_as_soon_as_it_is_written_down(tmp_path: Path) -> None:
    put(tmp_path, x_txt=DOUBTFUL)
    run(tmp_path)
    before = doubtful(tmp_path)
    put(tmp_path, hoso_toml="founded = 2020-05-01\n")
    run(tmp_path)
    assert any("01/05/2020" in said for place in doubtful(tmp_path).placements for said in place.evidence)
    assert doubtful(tmp_path) != before


def test_what_a_dead_scan_left_unweighed_is_weighed_by_the_next(tmp_path: Path) -> None:
    put(tmp_path, x_txt=DOUBTFUL, r_txt=REPORT)
    run(tmp_path)
    archive = open_archive(tmp_path)
    with open_catalogue(archive.state, VERSION) as catalogue:
        processor = processor_for(archive)
        update = Update(archive, catalogue, processor)
        for change in update.begin(full=True).read:
            update.settle(change, Done(processor(update.task(change))))
    assert doubtful(tmp_path).review  # it died before it finished
    run(tmp_path)
    assert not doubtful(tmp_path).review
    with open_known(archive) as catalogue:
        assert catalogue.circumstances.pending() == ([], [])


def test_a_number_by_hand_is_the_one_that_another_paper_cites_while_it_does(tmp_path: Path) -> None:
    put(
        tmp_path,
        qd_txt=paper("QUYẾT ĐỊNH", "17/QĐ-UBND", "Thành lập mô hình Camera an ninh", "05 tháng 3 năm 2023"),
    )
    run(tmp_path)
    archive = open_archive(tmp_path)
    by_hand = FieldReading(0.5, FieldSource.HANDWRITING, ("12/QĐ-UBND", "17/QĐ-UBND"))
    with writing(archive, "scan"), open_known(archive) as catalogue:  # as if it had been a scan
        (paper_by_hand,) = catalogue.circumstances.documents("mo-hinh/A")
        header = paper_by_hand.document.header
        fields = {**header.fields, "number_symbol": by_hand}
        as_read = replace(header, number_symbol="/QĐ-UBND", fields=fields)
        catalogue.circumstances.reread([(paper_by_hand, as_read)])

    def decision() -> Document:
        (found,) = (d for d in again(open_archive(tmp_path)).documents if d.path.endswith("qd.txt"))
        return found

    report = "Căn cứ Quyết định số 17/QĐ-UBND ngày 05/3/2023 về việc thành lập mô hình."
    put(
        tmp_path,
        bc_txt=paper("BÁO CÁO", "40/BC-UBND", "Kết quả mô hình năm 2023", "05 tháng 12 năm 2023", report),
    )
    run(tmp_path)
    assert decision().header.number_symbol == "17/QĐ-UBND"
    assert not decision().open_fields
    os.remove(tmp_path / "mo-hinh/A/bc.txt")
    run(tmp_path)
    assert decision().header.number_symbol == "/QĐ-UBND"
    assert decision().open_fields == ("number_symbol",)


def test_what_the_names_settle_speaks_for_the_rest(tmp_path: Path) -> None:
    name = "“Ngôi nhà ấm êm”"
    named = {
        f"n{count}_txt": paper(
            "THÔNG BÁO", f"{count}/TB-UBND", f"Lịch họp {name}", f"0{count} tháng 5 năm 2023"
        )
        for count in (1, 2, 3)
    }
    told = paper("BÁO CÁO", "03/BC-UBND", f"Kết quả khảo sát nơi làm {name}", "20 tháng 01 năm 2023")
    put(tmp_path, x_txt=DOUBTFUL, r_txt=told, **named)
    run(tmp_path)
    assert not doubtful(tmp_path).review and doubtful(tmp_path).placements[0].part == "1"


def test_what_the_names_settle_is_no_longer_certain_if_the_founding_day_then_known_speaks_against_it(
    tmp_path: Path,
) -> None:
    day = "14 tháng 4 năm 2023"
    founding = paper("QUYẾT ĐỊNH", "204/QĐ-BV", "Thành lập Nút bấm báo động khoa phòng", day,
                     "Điều 1. Thành lập Nút bấm báo động khoa phòng.")  # fmt: skip
    title = "Kiện toàn Ban Chỉ đạo an ninh kiêm Ban Chỉ đạo Nút bấm báo động khoa phòng"
    both = paper("QUYẾT ĐỊNH", "205/QĐ-BV", title, day, "Điều 1. Kiện toàn Ban Chỉ đạo gồm 9 ủy viên.")
    plan = paper(
        "KẾ HOẠCH", "55/KH-BV", "Triển khai mô hình Nút bấm báo động khoa phòng", "29 tháng 3 năm 2023"
    )
    report = paper(
        "BÁO CÁO", "9/BC-BV", "Kết quả năm 2023 của Nút bấm báo động khoa phòng", "4 tháng 11 năm 2023"
    )
    put(tmp_path, a_txt=plan, b_txt=founding, x_txt=both, y_txt=report)
    run(tmp_path)
    found = doubtful(tmp_path)
    assert [place.part for place in found.placements] == ["14"]
    assert found.review or found.placements[0].confidence < 0.9


def placed(archive: Archive) -> set[tuple[object, ...]]:
    return {(each.path, each.header, each.placements, each.review) for each in again(archive).documents}


def survey(number: int, title: str, code: str) -> str:
    return (
        "ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Số: {number}/{code}-UBND\nHàm Thắng, ngày 05 tháng 3 năm 2023\n{title}\n"
        f"Khảo sát xây dựng mô hình camera tu{number}\nNội dung thứ {number}.\n"
    )


@pytest.mark.parametrize("seed", [2, 3])
def test_what_documents_were_before_has_no_say_in_what_they_are(tmp_path: Path, seed: int) -> None:
    types = ("QUYẾT ĐỊNH", "QĐ"), ("KẾ HOẠCH", "KH"), ("BÁO CÁO", "BC"), ("TỜ TRÌNH", "TTr")
    chance, root = random.Random(seed), tmp_path / "kho"
    root.mkdir()
    archive = open_archive(root, tmp_path / "state")
    for step in range(24):
        title, code = chance.choice(types)
        name = str(chance.randrange(8))
        file = root / f"mo-hinh/A/{name}.txt"
        if file.exists() and chance.random() < 0.4:
            file.unlink()
            name = f"{name} {step}"
        write(root, f"mo-hinh/A/{name}.txt", survey(step, title, code))
        if step % 4 == 0:
            scan(archive, workers=1)
            clean = open_archive(root, tmp_path / str(step))
            scan(clean, workers=1)
            assert placed(archive) == placed(clean)
