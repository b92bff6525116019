"""Doubtful documents follow what is certain in their dossier, and only that."""

from __future__ import annotations

import os
from pathlib import Path

from archives import again, paper, put, run

from dossier.archive import open_archive
from dossier.catalogue import open_catalogue
from dossier.index import Filters
from dossier.model import Document
from dossier.scanner.pipeline import VERSION
from dossier.scanner.sandbox import Done
from dossier.usecases.decide import assign, reset
from dossier.usecases.known import open_known
from dossier.usecases.reading import processor_for
from dossier.usecases.search import search
from dossier.usecases.updating import Update

DOUBTFUL = paper(
    "PHƯƠNG ÁN", "02/PA-UBND", "Khảo sát an ninh địa bàn trọng điểm", "10 tháng 01 năm 2023",
    "Nắm tình hình tại từng thôn trước khi chọn nơi làm mô hình.",
)  # fmt: skip
REPORT = paper("BÁO CÁO", "03/BC-UBND", "Kết quả khảo sát địa bàn xây dựng mô hình", "20 tháng 01 năm 2023")


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
