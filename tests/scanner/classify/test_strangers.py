"""Papers of other work in a model's folder: none is placed for certain, and the plain ones need no person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dossier import checklists
from dossier.model import Header, Level, Placement, Reference
from dossier.scanner.classify import Classification, Classifier
from dossier.scanner.classify.around import Around
from dossier.scanner.classify.papers import ContextPaper

CHECKLIST = checklists.load()["mo-hinh"]
MODEL = Classifier(CHECKLIST)
DOSSIER = "Mô hình/Tổ tự quản tuyến đường Lê Lợi"
FILLER = "Các cơ quan có liên quan căn cứ chức năng, nhiệm vụ được giao tổ chức thực hiện. " * 6


def header(kind: str, abstract: str, number: str = "", *cited: str, level: Level | None = None) -> Header:
    references = tuple(Reference("to-trinh", each) for each in cited)
    return Header(
        type=kind,
        abstract=abstract,
        number_symbol=number,
        date=date(2024, 3, 5),
        issuing_body="SỞ CÔNG THƯƠNG",
        issuer_level=level,
        references=references,
    )


def paper(head: Header, file: str, *, certain: bool = False, part: str = "") -> ContextPaper:
    placements = (Placement(int(part), part, 0.97),) if part else ()
    return ContextPaper(file, 1, file, (), head.date, placements, certain, head)


def placed(head: Header, *others: ContextPaper, folders: tuple[str, ...] = ()) -> Classification:
    own = paper(head, "van ban.pdf")
    around = Around(CHECKLIST, [own, *others], {}).seen_from(own) if others else None
    text = f"{head.abstract}\n{FILLER}"
    return MODEL.classify(head, text, own.file, folders, dossier=DOSSIER, around=around)


PROPOSAL = header("to-trinh", "Báo cáo, đề xuất phương án xử lý kiến nghị của các chi hội", "33/TTr-SNV")


def test_strangers_that_cite_one_another_do_not_make_each_other_the_dossiers() -> None:
    other = header("phieu-trinh", "Giải quyết công việc", "12/PT-VP", "33/TTr-SNV")
    found = placed(PROPOSAL, paper(other, "phieu.pdf"))
    assert found.review or not found.placements


def test_a_paper_that_only_its_own_annex_cites_is_not_the_dossiers() -> None:
    annex = header("quy-che", "Quy chế phối hợp của mô hình", "", "33/TTr-SNV")
    found = placed(PROPOSAL, paper(annex, "van ban.pdf", certain=True, part="2"))
    assert found.review or not found.placements


@pytest.mark.parametrize(
    "citing",
    [
        paper(header("quyet-dinh", "Về nhân sự", "5/QĐ-UBND", "33/TTr-SNV"), "a.pdf", certain=True, part="2"),
        paper(header("bao-cao", "Kết quả hoạt động của mô hình", "6/BC-UBND", "33/TTr-SNV"), "b.pdf"),
    ],
)
def test_a_paper_that_the_dossiers_own_papers_cite_does_not_vanish(citing: ContextPaper) -> None:
    assert placed(PROPOSAL, citing).placements


@pytest.mark.parametrize(
    ("kind", "abstract", "level"),
    [
        ("cong-van", "phúc đáp đề nghị cấp giấy chứng nhận đủ điều kiện kinh doanh", Level.PROVINCE),
        ("nghi-quyet", "Quy định mức thu lệ phí cấp giấy phép lao động", Level.PROVINCE),
        ("phieu-trinh", "Giải quyết công việc", None),
        ("thong-tu", "Sửa đổi, bổ sung một số điều về vận hành đường thủy", Level.MINISTRY),
        ("luat", "Quản lý thuế", None),
        ("quyet-dinh", "Thành lập Câu lạc bộ Dưỡng sinh khu phố 3", Level.COMMUNE),
        ("ke-hoach", "Hoạt động hè năm 2024 của Đoàn Thanh niên phường", Level.COMMUNE),
    ],
)
def test_plainly_other_work_belongs_to_no_item_and_asks_nobody(
    kind: str, abstract: str, level: Level | None
) -> None:
    found = placed(header(kind, abstract, level=level))
    assert not found.placements and not found.review


def test_what_a_person_put_into_an_items_folder_is_asked_about() -> None:
    found = placed(header("cong-van", "góp ý dự thảo", level=Level.PROVINCE), folders=("Mục 8",))
    assert found.review


def test_a_paper_of_its_own_level_without_a_word_of_the_movement_is_asked_about() -> None:
    found = placed(header("to-trinh", "Đề nghị xin chủ trương", level=Level.COMMUNE))
    assert found.review


@pytest.mark.parametrize(
    ("kind", "abstract"),
    [
        ("quyet-dinh", "Công nhận trường học an toàn, phòng, chống tai nạn, thương tích năm học 2023 - 2024"),
        ("quyet-dinh", "Thành lập Tổ liên gia an toàn phòng cháy, chữa cháy khu phố 3"),
        ("ke-hoach", "Ra mắt “Tổ liên gia an toàn PCCC” và “Điểm chữa cháy công cộng” trên địa bàn phường"),
        ("quyet-dinh", "Công nhận bệnh viện an toàn"),
        ("bao-cao", "Kết quả thực hiện mô hình Camera giám sát môi trường"),
    ],
)
def test_what_other_movements_recognise_is_not_placed_without_a_person(kind: str, abstract: str) -> None:
    found = placed(header(kind, abstract, level=Level.COMMUNE))
    assert found.review or not found.placements


def test_the_same_words_place_a_paper_of_the_model_so_called() -> None:
    head = header("quyet-dinh", "Thành lập Tổ liên gia an toàn phòng cháy khu phố 3", level=Level.COMMUNE)
    dossier = "Mô hình/Tổ liên gia an toàn phòng cháy khu phố 3"
    found = MODEL.classify(head, f"{head.abstract}\n{FILLER}", "vb.pdf", (), dossier=dossier)
    assert not found.review and found.placements[0].part == "6a"


def committees(citing: int) -> set[str]:
    """Parts of a decision on the committee whose title also speaks of founding, among papers of which so many
    cite another founding decision."""
    title = "Thành lập Ban Chỉ đạo và Tổ tự quản các hộ tham gia mô hình “Tổ tự quản tuyến đường Lê Lợi”"
    own = paper(header("quyet-dinh", title, "91/QĐ-UBND"), "91.pdf")
    founding = header("quyet-dinh", "Thành lập mô hình “Tổ tự quản tuyến đường Lê Lợi”", "90/QĐ-UBND")
    founded = replace(paper(founding, "90.pdf", certain=True), placements=(Placement(6, "6a", 0.97),))
    others = [
        paper(header("bao-cao", "Kết quả hoạt động của mô hình", f"{at}/BC", "90/QĐ-UBND"), f"{at}.pdf")
        for at in range(citing)
    ]
    papers = [replace(own, placements=(Placement(6, "6a", 0.97),)), founded, *others]
    view = Around(CHECKLIST, papers, {}).seen_from(papers[0])
    found = MODEL.classify(own.header, f"{title}\n{FILLER}", "91.pdf", (), dossier=DOSSIER, around=view)
    return {place.part for place in found.placements}


def test_a_part_that_another_paper_fills_by_citations_is_no_further_place() -> None:
    assert committees(0) == {"6a", "6b"}
    assert committees(2) == {"6b"}


GUARDS = "Trong năm lập biên bản 96 vụ, thu hồi 1,2 tấn mủ; triển khai mô hình Giữ mủ tận gốc."


def report(title: str, issuer: str = "PHÒNG THANH TRA BẢO VỆ") -> Classification:
    head = replace(header("bao-cao", title), issuing_body=issuer, issuer_level=Level.ENTERPRISE)
    return MODEL.classify(head, f"{title}\n{GUARDS}", "bc.docx", (), dossier="MH Giữ mủ tận gốc")


@pytest.mark.parametrize(
    "title",
    [
        "Công tác thanh tra, bảo vệ năm 2023 và phương hướng năm 2024",
        "Kết quả công tác chế biến mủ năm 2023",
    ],
)
def test_a_report_on_a_field_of_work_that_mentions_the_model_is_asked_about(title: str) -> None:
    found = report(title)
    assert found.review
    assert any("nhưng trích yếu nói về công tác khác" in place.evidence for place in found.placements)


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("Công tác năm 2023 và phương hướng năm 2024", "PHÒNG THANH TRA BẢO VỆ"),
        ("Kết quả công tác tuần tra, canh gác năm 2023", "PHÒNG THANH TRA BẢO VỆ"),
        ("Kết quả công tác tuyên truyền năm 2023", "BAN CHỈ ĐẠO MÔ HÌNH GIỮ MỦ TẬN GỐC"),
    ],
)
def test_a_report_of_the_models_year_is_no_report_on_other_work(title: str, issuer: str) -> None:
    found = report(title, issuer)
    assert [place.part for place in found.placements] == ["10b"]
    assert not found.review
