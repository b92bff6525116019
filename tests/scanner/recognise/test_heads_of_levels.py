"""Heads of gazettes, councils, the Party, courts, tax offices; where abstracts end and go on."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from dossier.scanner.recognise.header import read_header

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
BODY = "\nCăn cứ Luật Tổ chức chính quyền địa phương;\nThực hiện các nội dung sau đây trong năm 2026.\n"


def head(*left: str, day: str = "Long Khê, ngày 05 tháng 3 năm 2026", title: str = "", foot: str = ""):  # type: ignore[no-untyped-def]
    right = (MOTTO, "Độc lập - Tự do - Hạnh phúc", day)
    rows = ["\t".join(filter(None, row)) for row in zip_longest(left, right, fillvalue="")]
    return read_header("\n".join(rows) + f"\n{title}{BODY}{foot}")


def test_the_page_header_of_a_gazette_is_neither_number_nor_issuer() -> None:
    found = read_header(
        "CÔNG BÁO VĨNH SƠN/Số 88/Ngày 24-12-2025\t3\nPHẦN VĂN BẢN QUY PHẠM PHÁP LUẬT\n"
        f"HỘI ĐỒNG NHÂN DÂN\t{MOTTO}\nTỈNH VĨNH SƠN\tĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 41/2025/NQ-HĐND\tVĩnh Sơn, ngày 10 tháng 12 năm 2025\nNGHỊ QUYẾT\nVề mức hỗ trợ" + BODY
    )
    assert (found.number_symbol, found.issuing_body) == (
        "41/2025/NQ-HĐND",
        "HỘI ĐỒNG NHÂN DÂN TỈNH VĨNH SƠN",
    )


@pytest.mark.parametrize(
    "session", [("KHÓA II - KỲ HỌP THỨ NHẤT",), ("KHÓA II - KỲ HỌP THỨ", "NHẤT"), ("KHÓA XIII",)]
)
def test_the_session_of_a_council_is_no_part_of_its_name(session: tuple[str, ...]) -> None:
    found = head(
        "HỘI ĐỒNG NHÂN DÂN",
        "XÃ LONG KHÊ",
        *session,
        "Số: 01/NQ-HĐND",
        title="NGHỊ QUYẾT\nVề kết quả bầu cử",
    )
    assert found.issuing_body == "HỘI ĐỒNG NHÂN DÂN XÃ LONG KHÊ"


def test_a_laws_number_below_its_label_is_read() -> None:
    found = head("QUỐC HỘI", "Nghị quyết số:", "231/2025/QH15", title="NGHỊ QUYẾT\nVỀ CƠ CHẾ ĐẶC THÙ")
    assert (found.number_symbol, found.issuing_body) == ("231/2025/QH15", "QUỐC HỘI")


@pytest.mark.parametrize(
    ("abstract", "below"),
    [
        ("Về việc thay đổi địa chỉ trụ sở làm việc", "\nCác bộ phận có liên quan thực hiện nội dung trên."),
        ("Hướng dẫn định mức biên chế", "\n(Có hiệu lực kể từ ngày 15 tháng 01 năm 2026)"),
        ("XÂY DỰNG XÃ ĐẠT CHUẨN AN TOÀN", "\nĐẶT VẤN ĐỀ"),
        ("VỀ CƠ CHẾ ĐẶC THÙ", "\n_________\nHỘI NGHỊ LẦN THỨ BA"),
    ],
)
def test_an_abstract_ends_above(abstract: str, below: str) -> None:
    found = head("ỦY BAN NHÂN DÂN", "XÃ LONG KHÊ", "Số: 9/TB-UBND", title=f"THÔNG BÁO\n{abstract}{below}")
    assert found.abstract == abstract


def test_the_day_of_what_an_abstract_names_belongs_to_it() -> None:
    title = "THÔNG BÁO\nKết luận của Chủ tịch tại cuộc họp\nngày 18/3/2026"
    found = head("ỦY BAN NHÂN DÂN", "XÃ LONG KHÊ", "Số: 9/TB-UBND", title=title)
    assert found.abstract == "Kết luận của Chủ tịch tại cuộc họp ngày 18/3/2026"
    assert str(found.date) == "2026-03-05"


def test_the_second_year_of_a_span_on_a_line_of_its_own_is_no_list_entry() -> None:
    title = "KẾ HOẠCH\nXây dựng trường học an toàn năm học 2025\n- 2026"
    found = head("TRƯỜNG MẦM NON HOA SEN", "Số: 12a/KH-MNHS", title=title)
    assert (found.number_symbol, found.abstract) == (
        "12a/KH-MNHS",
        "Xây dựng trường học an toàn năm học 2025 - 2026",
    )


def test_the_years_on_the_last_line_of_a_letters_abstract_belong_to_it() -> None:
    found = head(
        "UBND XÃ LONG KHÊ", "Số: 9/UBND", day="Long Khê, ngày 05 tháng 3 năm 2026",
        title="(V/v rà soát hộ nghèo giai đoạn\n2026 - 2030)\nKính gửi: Các thôn",
    )  # fmt: skip
    assert found.abstract == "rà soát hộ nghèo giai đoạn 2026 - 2030"


def test_a_party_letters_subject_without_v_v_is_read_with_a_doubt() -> None:
    found = read_header(
        "ĐẢNG ỦY XÃ LONG KHÊ\tĐẢNG CỘNG SẢN VIỆT NAM\n*\tLong Khê, ngày 22 tháng 9 năm 2025\nSố 121-CV/ĐU\n"
        "Đăng ký lịch làm việc quý\nIV/2025\nKính gửi: Văn phòng Tỉnh ủy\n" + BODY
    )
    assert (found.type, found.abstract) == ("cong-van", "Đăng ký lịch làm việc quý IV/2025")
    assert found.fields["abstract"].doubtful


def test_a_title_of_no_known_type_above_v_v_makes_no_letter() -> None:
    found = head(
        "VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH VĨNH SƠN", "Số: 8/KN-VKS",
        title="KIẾN NGHỊ\nVề việc khắc phục vi phạm",
    )  # fmt: skip
    assert found.type == ""


@pytest.mark.parametrize(
    ("left", "issuer"),
    [
        (("ĐẢNG BỘ XÃ LONG KHÊ", "CHI BỘ TRƯỜNG TIỂU HỌC", "SỐ 2"), "CHI BỘ TRƯỜNG TIỂU HỌC SỐ 2"),
        (("CỤC THUẾ", "THUẾ TỈNH VĨNH SƠN", "THUẾ CƠ SỞ 5"), "THUẾ CƠ SỞ 5"),
        (("TRƯỜNG ĐẠI HỌC", "KHOA HỌC TỰ NHIÊN"), "TRƯỜNG ĐẠI HỌC KHOA HỌC TỰ NHIÊN"),
        (("TRƯỜNG ĐẠI HỌC VĨNH SƠN", "KHOA SINH HỌC"), "KHOA SINH HỌC"),
        (("CÔNG ĐOÀN CƠ SỞ", "TRƯỜNG TIỂU HỌC LONG KHÊ"), "CÔNG ĐOÀN CƠ SỞ TRƯỜNG TIỂU HỌC LONG KHÊ"),
    ],
)
def test_where_the_issuers_name_begins(left: tuple[str, ...], issuer: str) -> None:
    assert head(*left, "Số: 7/TB-ABC", title="THÔNG BÁO\nVề việc nghỉ lễ").issuing_body == issuer


@pytest.mark.parametrize(
    ("block", "signer"),
    [
        ("TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG KẾ HOẠCH\nTỔNG HỢP\n\n\nBSCKII. Đào Xuân Quỳnh", "Đào Xuân Quỳnh"),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nThS.KTS Hồng Bội Ngọc", "Hồng Bội Ngọc"),
        ("THẨM PHÁN\n\n\nBùi Thị Như Hoa", "Bùi Thị Như Hoa"),
        ("CHỦ TỊCH\n\n\nBá Thị Kiều", "Bá Thị Kiều"),
        ("ĐỘI TRƯỞNG\n\n\nOng Thế Viên", "Ong Thế Viên"),
        ("ĐỘI TRƯỞNG\n\n\nÔng Nguyễn Thế Viên", "Nguyễn Thế Viên"),
        ("TRƯỞNG CÔNG AN XÃ\n\nĐã ký: Vừ A Sùng", "Vừ A Sùng"),
    ],
)
def test_who_signs(block: str, signer: str) -> None:
    found = head(
        "UBND XÃ LONG KHÊ", "Số: 7/TB-ABC", title="THÔNG BÁO\nVề việc nghỉ lễ", foot=f"Nơi nhận:\n{block}"
    )
    assert found.signer == signer


def test_who_chairs_is_in_doubt_where_the_two_names_stand_on_two_lines() -> None:
    names = "THƯ KÝ\tCHỦ TRÌ\n\n{}"
    minutes = "BIÊN BẢN\nHọp tháng 3 năm 2026"
    two = head("UBND XÃ LONG KHÊ", title=minutes, foot=names.format("Bế Văn Cắm\nHứa Thị Nga"))
    one = head("UBND XÃ LONG KHÊ", title=minutes, foot=names.format("Hứa Thị Nga\tBế Văn Cắm"))
    assert two.fields["signer"].doubtful
    assert (one.signer, one.fields["signer"].doubtful) == ("Bế Văn Cắm", False)


@pytest.mark.parametrize("specks", ["ĐẾN\tIn h 5\t3c.\n", "À\n", "ĐẾN\tIn h 5\t3c.\nÀ\n"])
def test_what_a_stamp_leaves_above_an_abstract_is_none(specks: str) -> None:
    title = f"QUYẾT ĐỊNH\n{specks}Về việc công nhận xã nông thôn mới"
    found = head("ỦY BAN NHÂN DÂN", "XÃ LONG KHÊ", "Số: 9/QĐ-UBND", title=title)
    assert found.abstract == "Về việc công nhận xã nông thôn mới"


def test_a_span_of_years_set_wide_does_not_part_a_line() -> None:
    title = "ĐỀ ÁN\nXây dựng xã không ma túy trên địa bàn\ngiai đoạn 2025\t-\t2030, định hướng đến năm 2035"
    found = head("ỦY BAN NHÂN DÂN", "XÃ LONG KHÊ", "Số: 9/ĐA-UBND", title=title)
    assert found.abstract.endswith("địa bàn giai đoạn 2025 - 2030, định hướng đến năm 2035")


def test_the_number_of_a_road_on_a_line_of_its_own_belongs_to_a_letters_abstract() -> None:
    title = "V/v tham gia ý kiến về phương án nổ mìn trên Quốc lộ\n4D\nKính gửi: Các thôn"
    found = head("UBND XÃ LONG KHÊ", "Số: 9/UBND", title=title)
    assert found.abstract == "tham gia ý kiến về phương án nổ mìn trên Quốc lộ 4D"


@pytest.mark.parametrize(
    ("left", "issuer", "superior"),
    [
        (("BỘ CÔNG AN", "C06", "Số: 12/BC-C06"), "C06", "BỘ CÔNG AN"),
        (("BỘ CÔNG AN", "V05", "Số: 12/V05-P3"), "V05", "BỘ CÔNG AN"),
        (("CÔNG AN TỈNH SÔNG LAM", "PV05", "Số: 12/BC-PV05"), "PV05", "CÔNG AN TỈNH SÔNG LAM"),
        (("C06", "Số: 12/BC-C06"), "C06", ""),
        # Another code is a speck, or the form's.
        (("CÔNG AN TỈNH SÔNG LAM", "T20", "Số: 12/BC-CAT"), "CÔNG AN TỈNH SÔNG LAM", ""),
    ],
)
def test_a_department_of_the_police_that_stands_by_its_code_alone(
    left: tuple[str, ...], issuer: str, superior: str
) -> None:
    found = head(*left, title="BÁO CÁO\nKết quả công tác quý I năm 2025")
    assert (found.issuing_body, found.superior_body) == (issuer, superior)
