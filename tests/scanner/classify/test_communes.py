"""Papers of a model of the same name in another commune, and bodies that bear the dossier's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dossier import checklists
from dossier.model import Header, Level, Placement, Reference
from dossier.scanner.classify import Classifier
from dossier.scanner.classify.around import Around
from dossier.scanner.classify.communes import Communes, named_in
from dossier.scanner.classify.papers import ContextPaper

CHECKLIST = checklists.load()["mo-hinh"]
MODEL = Classifier(CHECKLIST)
DAY = date(2023, 4, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ỦY BAN NHÂN DÂN XÃ TÂN THÀNH", {"tan thanh"}),
        ("Thành lập mô hình “Camera an ninh” phường Tân Bình", {"tan binh"}),
        ("ỦY BAN NHÂN DÂN PHƯỜNG 5", {"5"}),
        ("Kết quả trên địa bàn xã năm 2023", set()),
        ("Xã hội hóa phong trào", set()),
        ("Tại xã Hàm Thắng, huyện Hàm Thuận Bắc", {"ham thang"}),
    ],
)
def test_communes_are_named_by_their_kind_and_capitals(text: str, expected: set[str]) -> None:
    assert named_in(text) == expected


def issued(body: str, day: date = DAY, title: str = "", number: str = "", *cited: str) -> Header:
    references = tuple(Reference("quyet-dinh", each) for each in cited)
    return Header(
        type="quyet-dinh", issuing_body=body, abstract=title, date=day, number_symbol=number,
        references=references,
    )  # fmt: skip


OWN = [
    (issued("ỦY BAN NHÂN DÂN XÃ TÂN HƯNG", date(2023, month, 1)), date(2023, month, 1)) for month in (1, 5, 9)
]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (issued("ỦY BAN NHÂN DÂN XÃ TÂN THÀNH"), True),
        (issued("ỦY BAN NHÂN DÂN XÃ TÂN HƯNG", title="Nhân rộng tại xã Tân Thành"), False),
        (issued("ỦY BAN NHÂN DÂN HUYỆN CHÂU HÒA", title="Thành lập mô hình xã Tân Thành"), True),
        (issued("ỦY BAN NHÂN DÂN HUYỆN CHÂU HÒA", title="Tặng Giấy khen"), False),
        (issued("HỘI LHPN XÃ TÂN HƯNG CHI HỘI THÔN ĐÔNG"), False),
    ],
)
def test_a_paper_of_another_commune_is_known(header: Header, expected: bool) -> None:
    assert Communes([*OWN, (header, DAY)]).elsewhere(header, DAY, " mo hinh ") is expected


def test_the_communes_successor_is_no_stranger() -> None:
    later = date(2025, 8, 1)
    header = issued("ỦY BAN NHÂN DÂN XÃ BÌNH MINH", later)
    assert not Communes([*OWN, (header, later)]).elsewhere(header, later, " mo hinh ")


def test_few_papers_tell_no_commune() -> None:
    header = issued("ỦY BAN NHÂN DÂN XÃ TÂN THÀNH")
    assert not Communes([*OWN[:2], (header, DAY)]).elsewhere(header, DAY, " mo hinh ")


def founding(number: str, file: str) -> ContextPaper:
    header = issued("ỦY BAN NHÂN DÂN HUYỆN CHÂU HÒA", DAY, "Thành lập mô hình", number)
    return ContextPaper(file, 1, file, (), DAY, (Placement(6, "6a", 0.99),), True, header)


def citing(file: str, number: str) -> ContextPaper:
    header = issued("ỦY BAN NHÂN DÂN HUYỆN CHÂU HÒA", DAY, "Kế hoạch", f"{file[0]}/KH-UBND", number)
    return ContextPaper(file, 1, file, (), DAY, (Placement(9, "9", 0.99),), True, header)


def test_of_two_founding_decisions_the_one_that_nobody_cites_is_asked_about() -> None:
    cited, other = founding("12/QĐ-UBND", "a.docx"), founding("90/QĐ-UBND", "b.docx")
    around = Around(
        CHECKLIST, [cited, other, citing("1.docx", "12/QĐ-UBND"), citing("2.docx", "12/QĐ-UBND")], {}
    )
    assert not around.astray(cited)
    assert around.astray(other)


def test_without_citations_no_founding_decision_is_doubted() -> None:
    first, second = founding("12/QĐ-UBND", "a.docx"), founding("90/QĐ-UBND", "b.docx")
    around = Around(CHECKLIST, [first, second], {})
    assert not around.astray(first) and not around.astray(second)


def test_a_school_that_gives_the_folder_its_name_does_not_make_every_paper_the_models() -> None:
    header = issued("TRƯỜNG THPT LÊ LỢI", DAY, "Khen thưởng học sinh đạt thành tích học tập", "60/QĐ-THPT")
    text = (
        header.abstract
        + "\nĐiều 1. Khen thưởng 312 học sinh giỏi. "
        + "Các bộ phận có liên quan thi hành. " * 9
    )
    found = MODEL.classify(header, text, "a.docx", (), dossier="Trường học an toàn/THPT Lê Lợi")
    assert not found.placements or found.placements[0].confidence < 0.9


def test_a_body_named_as_the_model_is_the_models() -> None:
    header = issued("BAN ĐIỀU HÀNH HỌ ĐOÀN BA QUẢN", DAY, "Công tác năm 2022 của Ban điều hành", "1/KH-BĐH")
    header = Header(
        **{**{f: getattr(header, f) for f in ("issuing_body", "abstract", "date")}, "type": "ke-hoach"}
    )
    found = MODEL.classify(header, header.abstract, "a.docx", (), dossier="Mô hình/Họ Đoàn ba quản")
    assert not found.review and found.placements[0].part == "9"


PROVINCE = replace(issued("ỦY BAN NHÂN DÂN TỈNH BÌNH DƯƠNG"), issuer_level=Level.PROVINCE)
CLUBS = "Ban hành Quy chế hoạt động của Câu lạc bộ phòng, chống tội phạm"


@pytest.mark.parametrize(
    ("title", "area"),
    [
        (f"{CLUBS} trên địa bàn tỉnh Bình Dương", "tỉnh"),
        (f"{CLUBS} TRÊN ĐỊA BÀN TOÀN HUYỆN", "huyện"),
        (f"{CLUBS} toàn tỉnh", "tỉnh"),
        (f"{CLUBS} xã Tân Hưng trên địa bàn huyện", ""),
        (CLUBS, ""),
    ],
)
def test_a_body_above_writes_on_all_models_of_its_area(title: str, area: str) -> None:
    header = replace(PROVINCE, abstract=title)
    assert Communes([*OWN, (header, DAY)]).area(header) == area


def test_a_model_of_the_province_itself_is_written_on_by_it() -> None:
    header = replace(PROVINCE, abstract=f"{CLUBS} trên địa bàn tỉnh Bình Dương")
    assert Communes([*OWN, *[(header, DAY)] * len(OWN)]).area(header) == ""


def test_a_commune_writes_on_no_wider_area() -> None:
    header = replace(OWN[0][0], abstract=f"{CLUBS} trên địa bàn tỉnh", issuer_level=Level.COMMUNE)
    assert Communes(OWN).area(header) == ""
