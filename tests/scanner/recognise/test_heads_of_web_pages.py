"""Heads of papers copied from web pages: a caption above, a table of properties, the place only below."""

from __future__ import annotations

import pytest

from dossier.scanner.recognise.header import read_header
from dossier.scanner.recognise.number import find_number

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
DAY = "Hàm Thắng, ngày 05 tháng 3 năm 2024\n"
COUNCIL = f"HỘI ĐỒNG NHÂN DÂN\nXÃ HÀM THẮNG\n{MOTTO}Số: 16/NQ-HĐND\n{DAY}NGHỊ QUYẾT\n"
GROUNDS = "Căn cứ Luật Tổ chức chính quyền địa phương;\n"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số hiệu: 14/2024/TT-BCA", "14/2024/TT-BCA"),
        ("Số ký hiệu: 12/QĐ-UBND", "12/QĐ-UBND"),
        ("Số hiệu văn bản: 02/2011/TTLT-VPCP-BNV", "02/2011/TTLT-VPCP-BNV"),
        ("Số hiệu: | 41/2006/NQ-HĐND | Loại văn bản: | Nghị quyết |", "41/2006/NQ-HĐND"),
        ("Số hiệu:14/2024/TT-BCANgày đăng công báo:14/05/2024", "14/2024/TT-BCA"),
        ("Số: 05/QĐ-TTg", "05/QĐ-TTg"),
        ("Số: 05/TTr-UBND", "05/TTr-UBND"),
    ],
)
def test_a_number_is_read_from_a_table_of_properties(line: str, number: str) -> None:
    found = find_number(line)
    assert found is not None
    assert found.value == number


@pytest.mark.parametrize(
    "authority",
    [
        "HỘI ĐỒNG NHÂN DÂN XÃ HÀM THẮNG KHÓA XII, KỲ HỌP THỨ 7",
        "HỘI ĐỒNG NHÂN DÂN XÃ HÀM THẮNG",
    ],
)
def test_a_council_without_its_place_has_it_from_the_deciding_authority(authority: str) -> None:
    head = COUNCIL.replace("XÃ HÀM THẮNG\n", "", 1)
    header = read_header(f"{head}Về an ninh, trật tự năm 2024\n{authority}\n{GROUNDS}")
    assert header.issuing_body == "HỘI ĐỒNG NHÂN DÂN XÃ HÀM THẮNG"


def test_a_committee_whose_place_stands_nowhere_is_in_doubt() -> None:
    head = f"ỦY BAN NHÂN DÂN\n{MOTTO}Số: 16/QĐ-UBND\n{DAY}QUYẾT ĐỊNH\nVề việc kiện toàn tổ tự quản\n{GROUNDS}"
    header = read_header(head)
    assert header.issuing_body == "ỦY BAN NHÂN DÂN"
    assert header.fields["issuing_body"].confidence <= 0.75


def test_the_deciding_council_and_its_session_are_not_of_the_abstract() -> None:
    session = "HỘI ĐỒNG NHÂN DÂN XÃ HÀM THẮNG\nKHÓA XII, KỲ HỌP THỨ 7\n(Ngày 10/12 và 11/12/2023)\n"
    header = read_header(f"{COUNCIL}V/V GIỮ GÌN AN NINH, TRẬT TỰ\n{session}{GROUNDS}")
    assert header.abstract == "GIỮ GÌN AN NINH, TRẬT TỰ"


def test_an_abstract_in_capitals_is_read_where_the_title_is_missing() -> None:
    head = f"ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\n{MOTTO}Số: 16/QĐ-UBND\n{DAY}"
    header = read_header(f"{head}VỀ VIỆC KIỆN TOÀN TỔ TỰ QUẢN\nỦY BAN NHÂN DÂN XÃ HÀM THẮNG\n{GROUNDS}")
    assert header.abstract == "VỀ VIỆC KIỆN TOÀN TỔ TỰ QUẢN"
    assert header.type == "quyet-dinh"


def test_a_caption_above_the_head_is_no_title() -> None:
    caption = "Thứ Ba, 5 tháng 3, 2024\nCông văn Số: 27/CAX-XDPT V/v: Thực hiện phong trào.\n"
    subject = "V/v\n: Thực hiện phong trào.\n"
    head = f"CÔNG AN HUYỆN TUY PHONG\nCÔNG AN XÃ HÀM THẮNG\n{MOTTO}Số: 27/CAX-XDPT\n{subject}{DAY}"
    header = read_header(f"{caption}{head}Kính gửi: Các thôn.\n")
    assert (header.issuing_body, header.superior_body) == ("CÔNG AN XÃ HÀM THẮNG", "CÔNG AN HUYỆN TUY PHONG")
    assert header.abstract == "Thực hiện phong trào"


@pytest.mark.parametrize(
    "title",
    [
        "KẾ HOẠCH TỔ CHỨC KỶ NIỆM 80 NĂM QUỐC KHÁNH NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "KẾ HOẠCH\nTỔ CHỨC KỶ NIỆM 80 NĂM QUỐC KHÁNH NƯỚC\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "KẾ HOẠCH\nTổ chức kỷ niệm 80 năm Quốc khánh nước\nCộng hòa xã hội chủ nghĩa Việt Nam",
        "KẾ HOẠCH TỔ CHỨC KỶ NIỆM 95 NĂM NGÀY THÀNH LẬP ĐẢNG CỘNG SẢN VIỆT NAM (3/2/1930 - 3/2/2025)",
    ],
)
def test_the_name_of_state_or_party_in_an_abstract_is_no_motto(title: str) -> None:
    head = f"ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\n{MOTTO}Số: 16/KH-UBND\n{DAY}"
    header = read_header(f"{head}{title}\n{GROUNDS}")
    assert header.abstract == " ".join(title.split("\n")).removeprefix("KẾ HOẠCH ")
    assert header.form == "state"


def test_words_of_a_narrow_column_are_put_together() -> None:
    narrow = "ỦY\nBAN NHÂN DÂN\nTỈNH QUẢNG NAM\n-----\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n|\n"
    header = read_header(
        f"{narrow}Số:\n14/2007/QĐ-UBND\n|\nTam\nKỳ, ngày 19 tháng 6 năm 2007\n|\nQUYẾT ĐỊNH\n{GROUNDS}"
    )
    assert header.issuing_body == "ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM"
    assert header.number_symbol == "14/2007/QĐ-UBND"


def test_cells_that_end_in_a_bar_are_read_without_it() -> None:
    cells = "ỦY BAN NHÂN DÂN |\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM |\nSố: 19/QĐ-UBND |\n"
    header = read_header(f"{cells}CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH NAM ĐỊNH\n{GROUNDS}")
    assert header.issuing_body == "ỦY BAN NHÂN DÂN TỈNH NAM ĐỊNH"
    assert header.number_symbol == "19/QĐ-UBND"


def test_a_newsletters_name_above_the_head_is_no_title() -> None:
    head = f"ỦY BAN NHÂN DÂN XÃ TAM XUÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 03/ĐA-UBND\n{DAY}"
    header = read_header(f"BẢN TIN\n{head}ĐỀ ÁN\nXây dựng xã an toàn về an ninh, trật tự\n{GROUNDS}")
    assert header.type == "de-an"
    assert header.abstract == "Xây dựng xã an toàn về an ninh, trật tự"


VILLAGE = f"UBND XÃ HÀM THẮNG\nTHÔN 3\n{MOTTO}{DAY}"


def test_the_abstract_of_an_invitation_stands_below_the_addressee() -> None:
    header = read_header(
        f"{VILLAGE}GIẤY MỜI\nTrân trọng kính mời ông: Lê Văn Tám\nVề việc họp thôn\n1. Thời gian"
    )
    assert header.abstract == "họp thôn"


def test_the_subject_of_a_meeting_belongs_to_the_abstract() -> None:
    title = "BIÊN BẢN CUỘC HỌP\n\nCỦA CỘNG ĐỒNG DÂN CƯ\n\nVề việc thành lập Tổ tự quản\n\n"
    header = read_header(f"{VILLAGE}{title}Hôm nay, vào hồi 19 giờ, tại thôn 3.")
    assert header.abstract == "CUỘC HỌP CỦA CỘNG ĐỒNG DÂN CƯ Về việc thành lập Tổ tự quản"


def test_capitals_of_a_title_page_are_no_bodies() -> None:
    names = "SỞ GIÁO DỤC VÀ ĐÀO TẠO NGHỆ AN\nTRƯỜNG THPT ĐÔ LƯƠNG\n\n"
    header = read_header(f"{names}SÁNG KIẾN\nĐề tài:\nPHÁT HUY SỨC MẠNH CỦA\nTRƯỜNG HỌC AN TOÀN\n")
    assert (header.issuing_body, header.superior_body) == (
        "TRƯỜNG THPT ĐÔ LƯƠNG",
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO NGHỆ AN",
    )


def test_a_union_under_its_abbreviation_is_a_body_of_its_own() -> None:
    head = f"TỔNG LIÊN ĐOÀN LAO ĐỘNG VN\nLĐLĐ TỈNH QUẢNG NAM\n{MOTTO}Số: 42/KH-LĐLĐ\n{DAY}"
    header = read_header(f"{head}KẾ HOẠCH\nTháng Công nhân\n{GROUNDS}")
    assert (header.issuing_body, header.superior_body) == (
        "LĐLĐ TỈNH QUẢNG NAM",
        "TỔNG LIÊN ĐOÀN LAO ĐỘNG VN",
    )
    assert header.issuer_level == "front"


def test_a_letters_body_without_addressee_is_not_of_its_abstract() -> None:
    subject = "V/v cho ý kiến đề nghị của Công an xã\n"
    body = "Đồng ý chủ trương lập Tổ tự quản ấp Cồn. Giao Ủy ban nhân dân xã làm theo quy trình.\n"
    header = read_header(f"CÔNG AN XÃ HÀM THẮNG\n{MOTTO}Số: 14/CAX\n{subject}{DAY}{body}")
    assert header.abstract == "cho ý kiến đề nghị của Công an xã"
