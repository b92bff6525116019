"""Documents that look like one another and are not: told apart, or left to a person."""

from __future__ import annotations

from datetime import date

import pytest

from dossier import checklists
from dossier.model import Form, Header
from dossier.scanner.classify import Classification, Classifier

MODEL = Classifier(checklists.load()["mo-hinh"])
COMMUNE = "ỦY BAN NHÂN DÂN XÃ ĐỨC HẠNH"
POLICE = "CÔNG AN XÃ ĐỨC HẠNH"
COMMITTEE = "BAN CHỈ ĐẠO MÔ HÌNH ĐÈN ĐƯỜNG AN NINH"
PARTY = "ĐẢNG ỦY XÃ ĐỨC HẠNH"


def place(
    kind: str, abstract: str, issuer: str, body: str = "", *, day: date = date(2024, 5, 20)
) -> Classification:
    form = Form.PARTY if issuer == PARTY else Form.LETTER if kind == "cong-van" else Form.STATE
    header = Header(form=form, type=kind, abstract=abstract, date=day, issuing_body=issuer)
    return MODEL.classify(header, f"{abstract}\n{body}", "img004.pdf", ())


def parts(found: Classification) -> list[str]:
    return ["review"] if found.review else [placement.part for placement in found.placements]


@pytest.mark.parametrize(
    ("abstract", "issuer", "part"),
    [
        ("Kết quả khảo sát thực trạng an ninh khu phố 2", POLICE, "2"),
        ("Kết quả thăm dò ý kiến của Nhân dân khu phố 2 về an ninh", POLICE, "2"),
        ("Kết quả hoạt động của mô hình 06 tháng đầu năm 2024", COMMITTEE, "10a"),
        ("Sơ kết công tác 6 tháng đầu năm 2024 của mô hình", COMMITTEE, "10a"),
        ("Kết quả hoạt động mô hình năm 2024, nhiệm vụ năm 2025", COMMITTEE, "10b"),
        ("Vụ trộm xe máy tối ngày 12/5 và việc xử lý của mô hình", COMMITTEE, "10c"),
        ("Sơ kết 02 năm thực hiện mô hình", COMMITTEE, "15b"),
        ("Tổng kết, rút kinh nghiệm quá trình hoạt động mô hình", COMMITTEE, "15b"),
    ],
)
def test_reports_are_told_apart(abstract: str, issuer: str, part: str) -> None:
    assert parts(place("bao-cao", abstract, issuer)) == [part]


@pytest.mark.parametrize(
    ("abstract", "part"),
    [
        ("Về việc thành lập mô hình “Đèn đường an ninh”", "6a"),
        ("Về việc thành lập BCĐ mô hình “Đèn đường an ninh”", "6b"),
        ("Kiện toàn Ban Chỉ đạo mô hình “Đèn đường an ninh”", "14"),
        ("Thay đổi thành viên Ban Chỉ đạo mô hình “Đèn đường an ninh”", "14"),
        ("Sửa đổi Quy chế hoạt động mô hình “Đèn đường an ninh”", "14"),
        ("Công nhận mức xếp loại mô hình “Đèn đường an ninh” năm 2024", "13b"),
        ("Công nhận mô hình “Đèn đường an ninh” đạt loại Khá", "13b"),
        ("Khen thưởng tập thể mô hình “Đèn đường an ninh”", "13c"),
        ("Chấm dứt hoạt động mô hình “Đèn đường an ninh”", "16c"),
        ("Thôi duy trì mô hình “Đèn đường an ninh”", "16c"),
        ("Bãi bỏ Quyết định thành lập mô hình “Đèn đường an ninh”", "16c"),
        ("Ban hành Quy chế pH giữa các đơn vị trong mô hình “Đèn đường an ninh”", "7c"),
        ("Quy định trách nhiệm giữa các bên tham gia mô hình “Đèn đường an ninh”", "7c"),
        ("Giải thể mô hình “Đèn đường an ninh”", "16c"),
    ],
)
def test_decisions_are_told_apart(abstract: str, part: str) -> None:
    assert parts(place("quyet-dinh", abstract, COMMUNE)) == [part]


@pytest.mark.parametrize(
    ("article", "part"),
    [
        ("Điều 1. Thành lập mô hình “Đèn đường an ninh” tại khu phố 2.", "6a"),
        ("Điều 1. Kiện toàn Ban Chỉ đạo mô hình gồm các ông, bà sau.", "14"),
        ("Điều 1. Công nhận mô hình đạt loại Tốt năm 2024.", "13b"),
        ("Điều 1. Tặng Giấy khen cho 03 cá nhân có thành tích xuất sắc.", "13c"),
        ("Điều 1. Chấm dứt hoạt động của mô hình kể từ ngày ký.", "16c"),
    ],
)
def test_first_article_tells_where_the_abstract_does_not(article: str, part: str) -> None:
    found = place(
        "quyet-dinh", "Về mô hình “Đèn đường an ninh”", COMMUNE, f"QUYẾT ĐỊNH:\n{article}\nĐiều 2. Thi hành."
    )
    assert found.placements[0].part == part


@pytest.mark.parametrize(
    ("abstract", "issuer", "part"),
    [
        ("Khảo sát tình hình khu phố 2 để xây dựng mô hình", POLICE, "1"),
        ("Phát phiếu thăm dò ý kiến về an ninh trật tự khu phố 2", POLICE, "1"),
        ("Tổ chức lễ công bố, ra mắt mô hình", POLICE, "8a"),
        ("Làm điểm mô hình tại khu phố 2", COMMUNE, "8b"),
        ("Hoạt động của mô hình năm 2025", COMMITTEE, "9"),
        ("Tổ chức hội nghị sơ kết 01 năm thực hiện mô hình", COMMITTEE, "15a"),
        ("Nhân rộng mô hình ra các khu phố", COMMUNE, "16b"),
        ("Triển khai xây dựng mô hình trên địa bàn xã", COMMUNE, "5"),
    ],
)
def test_plans_are_told_apart(abstract: str, issuer: str, part: str) -> None:
    assert parts(place("ke-hoach", abstract, issuer)) == [part]


@pytest.mark.parametrize(
    ("kind", "abstract", "issuer", "part"),
    [
        ("cong-van", "đồng ý chủ trương xây dựng mô hình", PARTY, "4"),
        ("thong-bao", "Kết luận của Ban Thường vụ về xây dựng mô hình", PARTY, "4"),
        ("ke-hoach", "Thực hiện chủ trương của Đảng ủy về xây dựng mô hình", COMMUNE, "5"),
        ("cong-van", "triển khai thực hiện Nghị quyết của Đảng ủy về mô hình", COMMUNE, "5"),
        ("to-trinh", "Xin chủ trương xây dựng mô hình", POLICE, "3"),
    ],
)
def test_policy_of_the_party_is_told_from_what_carries_it_out(
    kind: str, abstract: str, issuer: str, part: str
) -> None:
    assert parts(place(kind, abstract, issuer)) == [part]


@pytest.mark.parametrize(
    ("kind", "abstract", "body", "part"),
    [
        ("ke-hoach", "Tổ chức lễ ra mắt mô hình", "Căn cứ Quyết định số 31/QĐ-UBND ngày 02/4/2024 về việc "
         "thành lập mô hình; Căn cứ Kế hoạch số 08/KH-CAX ngày 15/02/2024 về khảo sát địa bàn;", "8a"),
        ("quyet-dinh", "Khen thưởng thành viên mô hình", "Căn cứ Quyết định số 90/QĐ-UBND ngày 08/11/2023 về "
         "việc xếp loại mô hình;\nĐiều 1. Tặng Giấy khen cho 02 cá nhân.", "13c"),
    ],
)  # fmt: skip
def test_what_a_document_cites_does_not_count(kind: str, abstract: str, body: str, part: str) -> None:
    assert parts(place(kind, abstract, COMMUNE, body)) == [part]


_FOREIGN = (
    "Tình hình chung đúng tiến độ; đề nghị các đơn vị tổng hợp số liệu gửi về Văn phòng đúng thời gian. " * 4
)


@pytest.mark.parametrize(
    ("kind", "abstract"),
    [
        ("bao-cao", "Thu ngân sách quý II năm 2024"),
        ("quyet-dinh", "Về việc điều động, bổ nhiệm công chức"),
        ("giay-moi", "Dự kỳ họp Hội đồng nhân dân xã"),
        ("thong-bao", "Lịch tiếp công dân tháng 6"),
    ],
)
def test_foreign_paper_is_shown_as_of_no_item_or_left_to_a_person(kind: str, abstract: str) -> None:
    assert parts(place(kind, abstract, COMMUNE, _FOREIGN)) in ([], ["review"])


@pytest.mark.parametrize(
    ("abstract", "allowed"),
    [
        ("Đính chính Quyết định số 88/QĐ-UBND thành lập mô hình “Đèn đường an ninh”", {"14", "review"}),
        ("Đổi tên mô hình “Đèn đường an ninh” thành “Ánh sáng bình yên”", {"14", "review"}),
        ("Tạm dừng hoạt động mô hình “Đèn đường an ninh” để sửa chữa", {"review"}),
        ("Thành lập Hội đồng thẩm định, xếp loại các mô hình năm 2024", {"review"}),
    ],
)
def test_what_only_sounds_like_a_founding_an_end_or_a_rank_is_none(abstract: str, allowed: set[str]) -> None:
    assert set(parts(place("quyet-dinh", abstract, COMMUNE))) <= allowed


def test_long_title_of_survey_and_proposal_fills_both() -> None:
    title = (
        "Đánh giá tình hình an ninh, trật tự địa bàn giáp ranh ba xã biên giới, sự cần thiết thành lập "
        "mô hình “Đèn đường an ninh” và đề xuất"
    )
    assert set(parts(place("bao-cao", title, POLICE))) == {"2", "3"}


@pytest.mark.parametrize(
    "leader", ["Ban Quản lý", "Tổ nòng cốt điều hành", "Ban Vận động xây dựng", "Tiểu ban điều phối"]
)
def test_body_that_leads_a_model_is_its_committee(leader: str) -> None:
    assert parts(place("quyet-dinh", f"Thành lập {leader} mô hình đèn đường an ninh", COMMUNE)) == ["6b"]


def test_first_words_of_a_name_stand_for_it() -> None:
    header = Header(type="bao-cao", abstract="Kết quả hoạt động tổ tàu thuyền năm 2024", issuing_body=COMMUNE)
    for name, found in (("Tổ tàu thuyền đoàn kết bám biển", ["10b"]), ("Ánh sáng làng quê thanh bình", [])):
        placed = MODEL.classify(header, header.abstract, "12.docx", (), dossier=f"MH/{name}")
        assert [place.part for place in placed.placements if not placed.review] == found
        assert all(place.confidence < 0.9 for place in placed.placements)
