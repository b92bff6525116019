"""A dossier named after a person: papers about somebody else are none of it."""

from __future__ import annotations

from datetime import date

import pytest

from dossier import checklists
from dossier.model import Header, Level
from dossier.scanner.classify import Classification, Classifier
from dossier.scanner.classify.about import people_in

EXEMPLAR = Classifier(checklists.load()["dien-hinh"])
BODY = (
    "Qua một năm rèn luyện, đạt 95% tiêu chí đã đề ra; đề nghị công nhận. Các ngành tổ chức thực hiện. " * 3
)


def assessed(whose: str, text: str = BODY) -> Classification:
    abstract = f"Đánh giá kết quả hoạt động của điển hình tiên tiến {whose}"
    header = Header(
        type="bao-cao", abstract=abstract, date=date(2024, 9, 6), issuing_body="CÔNG AN XÃ AN ĐÔNG"
    )
    return EXEMPLAR.classify(
        header, f"{abstract}\n{text}", "bao cao.docx", (), dossier="Điển hình/bà Lý Thị Mai"
    )


def test_assessment_of_the_person_is_placed() -> None:
    found = assessed("bà Lý Thị Mai")
    assert not found.review
    assert [place.part for place in found.placements] == ["4"]


def test_assessment_of_somebody_else_is_not_placed_without_a_person() -> None:
    found = assessed("ông Trần Văn Sáu")
    assert found.review or not found.placements


def test_somebody_else_in_the_title_does_not_matter_where_the_text_names_the_person() -> None:
    found = assessed("do ông Trần Văn Sáu phụ trách", f"Bà Lý Thị Mai có nhiều thành tích. {BODY}")
    assert not found.review


@pytest.mark.parametrize(
    ("title", "people"),
    [
        ("Khen thưởng ông Trần Văn Sáu và bà Lý Thị Mai", ("Trần Văn Sáu", "Lý Thị Mai")),
        ("Xây dựng già làng A Lăng Bình thành gương điển hình", ("A Lăng Bình",)),
        ("Vận động bà con Nhân dân tham gia", ()),
        ("Đề nghị đồng chí Trưởng Công an xã và chị em Hội Phụ nữ ở ấp Một", ()),
        ("Công an tỉnh Bà Rịa - Vũng Tàu", ()),
        ("Danh sách ba mô hình; chi bộ Thôn Một", ()),
        ("ĐÁNH GIÁ ĐIỂN HÌNH ÔNG TRẦN VĂN SÁU", ()),
    ],
)
def test_people_in_a_title(title: str, people: tuple[str, ...]) -> None:
    assert people_in(title) == people


_ROADS = (
    "Luật này quy định về hoạt động đường bộ và quản lý nhà nước. " * 30
    + "Lực lượng giữ gìn an ninh, trật tự."
)
_CLUSTERS = (
    "Các cụm công nghiệp trên địa bàn tỉnh có 12 dự án, thu hút vốn đầu tư, tạo việc làm cho lao động. " * 9
)


@pytest.mark.parametrize(
    ("kind", "issuer", "title", "text"),
    [
        ("luat", "QUỐC HỘI", "Đường bộ", _ROADS),
        ("bao-cao", "SỞ CÔNG THƯƠNG", "Kết quả thực hiện Tháng hành động về an toàn lao động", _CLUSTERS),
    ],
)
def test_law_and_report_of_other_work_are_not_asked_about(
    kind: str, issuer: str, title: str, text: str
) -> None:
    level = Level.MINISTRY if issuer == "QUỐC HỘI" else Level.PROVINCE
    header = Header(type=kind, abstract=title, date=date(2024, 9, 6), issuing_body=issuer, issuer_level=level)
    found = EXEMPLAR.classify(
        header, f"{title}\n{text}", "vb.docx", (), dossier="Điển hình/ông Nguyễn Văn Bảy"
    )
    assert (found.placements, found.review) == ((), False)
