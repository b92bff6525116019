"""Pages of one paper in files of their own count as that paper, until a person says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from archives import again, paper, put, run

from dossier.archive import open_archive
from dossier.model import Document, Source, Status
from dossier.usecases import weighing
from dossier.usecases.decide import assign, reset

FIRST = paper("KẾ HOẠCH", "03/KH-UBND", "Khảo sát địa bàn xây dựng mô hình “Camera an ninh”")
SECOND = "Các thôn báo cáo kết quả về Ủy ban nhân dân xã trước ngày quy định để tổng hợp. " * 6
SHORT = "RA MẮT MÔ HÌNH CAMERA AN NINH"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Text files stand for pictures: what OCR reads in them is not in question here.
    monkeypatch.setattr(weighing, "PICTURES", frozenset(["txt"]))
    put(tmp_path, IMG1_txt=FIRST, IMG2_txt=SECOND, IMG3_txt=SECOND + "Hết.", IMG4_txt=SHORT)
    run(tmp_path)
    return tmp_path


def documents(root: Path) -> dict[str, Document]:
    return {Path(d.path).name: d for d in again(open_archive(root)).documents}


def test_further_pages_lie_with_their_paper_ask_nobody_and_fill_nothing_by_themselves(root: Path) -> None:
    found = documents(root)
    assert [found[f"IMG{n}.txt"].continues for n in (1, 2, 3, 4)] == [False, True, True, False]
    for name in ("IMG2.txt", "IMG3.txt"):
        assert not found[name].needs_review
        assert found[name].placements[0].part == found["IMG1.txt"].placements[0].part
        assert "IMG1.txt" in found[name].placements[0].evidence[0]
    (dossier,) = again(open_archive(root)).dossiers
    part = next(p for item in dossier.items for p in item.parts if p.part == "1")
    assert part.status is Status.PRESENT and [each.rpartition("/")[2] for each in part.documents] == [
        "IMG1.txt#1"
    ]
    assert not any("IMG2" in each for finding in dossier.findings for each in finding.documents)


def test_a_person_says_otherwise_and_takes_it_back(root: Path) -> None:
    archive = open_archive(root)
    assign(archive, "mo-hinh/A/IMG2.txt", ["5"])
    said = documents(root)["IMG2.txt"]
    assert not said.continues and said.placements[0].source is Source.PERSON
    reset(archive, "mo-hinh/A/IMG2.txt")
    assert documents(root)["IMG2.txt"].continues


def test_a_page_whose_paper_goes_is_asked_about_again(root: Path) -> None:
    (root / "mo-hinh/A/IMG1.txt").unlink()
    run(root)
    assert not any(document.continues for document in documents(root).values())
