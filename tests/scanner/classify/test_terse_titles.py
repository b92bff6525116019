"""Papers whose titles say little, in dossiers whose folder does not give the model's name."""

from __future__ import annotations

from datetime import date

import pytest

from dossier import checklists
from dossier.model import Header
from dossier.scanner.classify import Classification, Classifier
from dossier.scanner.classify.about import people_in
from dossier.scanner.classify.units import named_in

CLASSIFIERS = {kind: Classifier(checklist) for kind, checklist in checklists.load().items()}
FILLER = "Các cơ quan có liên quan căn cứ chức năng, nhiệm vụ được giao tổ chức thực hiện. " * 6


def place(
    kind: str, title: str, text: str = "", *, dossier: str = "Mô hình/Tiếng kẻng an ninh"
) -> Classification:
    head = Header(type=kind, abstract=title, date=date(2024, 3, 5))
    said = f"{title}\n{text}\n{FILLER}"
    return CLASSIFIERS["mo-hinh"].classify(head, said, "a.docx", (), dossier=dossier)


@pytest.mark.parametrize(
    ("kind", "title", "expected"),
    [
        ("bien-ban", "Lấy ý kiến thành viên về việc ngừng Tiếng kẻng an ninh", "16c"),
        ("huong-dan", "Xây dựng Tiếng kẻng an ninh ở các chi hội còn lại", "16b"),
        ("ke-hoach", "Phát triển Tiếng kẻng an ninh ra bản Huổi Chát", "16b"),
        ("ke-hoach", "Hai năm hoạt động Tiếng kẻng an ninh", "15a"),
        ("chuong-trinh", "Lễ treo kẻng, công bố quyết định Tiếng kẻng an ninh", "8a"),
        ("cong-van", "Chuẩn bị các điều kiện để thành lập Tiếng kẻng an ninh", "5"),
        ("bien-ban", "Họp bản về Tiếng kẻng an ninh", "16a"),
        ("bien-ban", "Ghi nhận vụ Tiếng kẻng an ninh giúp bắt kẻ trộm xe", "11"),
        ("bao-cao", "Hoạt động của Tiếng kẻng an ninh từ 01/12/2023 đến 31/5/2024", "10a"),
    ],
)
def test_the_work_is_told_by_few_words(kind: str, title: str, expected: str) -> None:
    found = place(kind, title)
    assert [each.part for each in found.placements] == [expected]
    assert not found.review


def test_an_article_that_names_the_head_of_any_board_founds_the_committee() -> None:
    articles = (
        "QUYẾT ĐỊNH:\nĐiều 1. Thành lập mô hình Tiếng kẻng an ninh tại giáo xứ Kim Bôi.\n"
        "Điều 2. Ban vận động làm nhiệm vụ chỉ đạo: ông Đỗ Văn Cường, Trưởng ban."
    )
    found = place("quyet-dinh", "V/v ra đời Tiếng kẻng an ninh và Ban vận động", articles)
    assert [each.part for each in found.placements] == ["6a", "6b"]


def test_gathering_money_for_a_fund_is_no_ledger() -> None:
    found = place("bao-cao", "Kết quả vận động Quỹ “Vì người nghèo” ấp An Lạc")
    assert found.review or "12" not in [each.part for each in found.placements]


def test_a_document_told_apart_without_a_known_name_is_weighed_again() -> None:
    found = place("huong-dan", "Xây dựng Ngôi nhà an toàn ở các chi hội khác", dossier="hội phụ nữ/chi hội 3")
    assert found.untied


@pytest.mark.parametrize("said", ["chợ 6 tháng đầu năm 2024", "thôn 2 năm qua"])
def test_a_count_of_time_is_no_number_of_a_unit(said: str) -> None:
    assert named_in(f"Giữ gìn an ninh trật tự {said}") == {}


def test_an_exemplar_is_a_person_by_the_capitals_of_a_name() -> None:
    assert people_in("Đánh giá điển hình Vàng A Páo, bản Nà Khoa") == ("Vàng A Páo",)
    assert people_in("Đánh giá điển hình tiên tiến năm 2024") == ()


def test_the_badge_of_years_in_the_party_is_no_commendation_of_the_exemplar() -> None:
    head = Header(type="quyet-dinh", abstract="Tặng Huy hiệu 30 năm tuổi Đảng cho đồng chí Lý Thị Mai")
    found = CLASSIFIERS["dien-hinh"].classify(
        head, f"{head.abstract}\n{FILLER}", "qd.docx", (), dossier="Điển hình/bà Lý Thị Mai"
    )
    assert (found.placements, found.review) == ((), False)


def test_a_name_that_may_mean_two_things_alone_makes_nothing_certain() -> None:
    """ "TK" is read as “tổng kết”; the title of a plan may speak of something else."""
    head = Header(type="ke-hoach", abstract="Các bước tiến hành Tiếng kẻng an ninh", date=date(2024, 3, 5))
    found = CLASSIFIERS["mo-hinh"].classify(
        head, f"{head.abstract}\n{FILLER}", "kh_tk.docx", (), dossier="Mô hình/Tiếng kẻng an ninh"
    )
    assert all(each.confidence < 0.9 for each in found.placements)
