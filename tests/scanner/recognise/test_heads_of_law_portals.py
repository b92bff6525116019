"""Heads as law portals give them: old ones, lines broken anywhere, cells joined, properties above."""

from __future__ import annotations

import pytest

from dossier.model import Content, Page, Reading
from dossier.scanner.recognise import recognise
from dossier.scanner.recognise.bodies import bodies
from dossier.scanner.recognise.header import read_header
from dossier.scanner.recognise.number import find_number
from dossier.scanner.recognise.signature import find_signer

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
DAY = "Tân Mỹ, ngày 14 tháng 9 năm 2018\n"
GROUNDS = "Căn cứ Luật An ninh quốc gia;\nXét đề nghị của Chánh Văn phòng,\n"
LED = "Thực hiện Chỉ thị số 20/CT-BCA của Bộ trưởng, đơn vị xây dựng kế hoạch như sau:\n"


def abstract(title: str, issuer: str = "ỦY BAN NHÂN DÂN\nXÃ TÂN MỸ", body: str = GROUNDS) -> str:
    return read_header(f"{issuer}\n{MOTTO}Số: 31/QĐ-UBND\n{DAY}\n{title}\n\n{body}").abstract


@pytest.mark.parametrize(
    ("line", "issuing", "superior"),
    [
        ("BỘ CÔNG AN - BỘ QUỐC PHÒNG - BỘ TƯ PHÁP", "BỘ CÔNG AN - BỘ QUỐC PHÒNG - BỘ TƯ PHÁP", ""),
        ("BỘ Y TẾ - BỘ CÔNG AN", "BỘ Y TẾ - BỘ CÔNG AN", ""),
        ("BỘ CÔNG AN CÔNG AN TỈNH AN BÌNH", "CÔNG AN TỈNH AN BÌNH", "BỘ CÔNG AN"),
        ("UBND TỈNH AN BÌNH BAN THI ĐUA - KHEN THƯỞNG", "BAN THI ĐUA - KHEN THƯỞNG", "UBND TỈNH AN BÌNH"),
        ("ĐẠI HỌC Y TP. AN BÌNH TRƯỜNG ĐẠI HỌC DƯỢC", "TRƯỜNG ĐẠI HỌC DƯỢC", "ĐẠI HỌC Y TP. AN BÌNH"),
        ("UBND THÀNH PHỐ HẢI PHÒNG SỞ Y TẾ", "SỞ Y TẾ", "UBND THÀNH PHỐ HẢI PHÒNG"),
        ("SỞ GD&ĐT TỈNH AN BÌNH TRƯỜNG THPT LÊ LAI", "TRƯỜNG THPT LÊ LAI", "SỞ GD&ĐT TỈNH AN BÌNH"),
        ("HỘI NGƯỜI CAO TUỔI XÃ TÂN MỸ CLB TRE XANH", "CLB TRE XANH", "HỘI NGƯỜI CAO TUỔI XÃ TÂN MỸ"),
        ("CÔNG AN TỈNH AN BÌNH CÔNG AN XÃ TÂN MỸ", "CÔNG AN XÃ TÂN MỸ", "CÔNG AN TỈNH AN BÌNH"),
        ("UBND XÃ TÂN HỘI ĐÔNG", "UBND XÃ TÂN HỘI ĐÔNG", ""),
        ("CÔNG AN XÃ TÂN MỸ VÀ CÔNG AN XÃ TÂN AN", "CÔNG AN XÃ TÂN MỸ VÀ CÔNG AN XÃ TÂN AN", ""),
    ],
)
def test_two_bodies_on_one_line_are_parted_where_the_second_begins(
    line: str, issuing: str, superior: str
) -> None:
    assert bodies([line]) == (issuing, superior)


def test_a_council_of_judges_is_that_of_its_court() -> None:
    assert bodies(["HỘI ĐỒNG THẨM PHÁN", "TÒA ÁN NHÂN DÂN TỐI CAO"]) == (
        "HỘI ĐỒNG THẨM PHÁN TÒA ÁN NHÂN DÂN TỐI CAO",
        "",
    )


def test_prevention_is_no_section() -> None:
    whole = "VĂN PHÒNG BAN CHỈ ĐẠO\nPHÒNG CHỐNG THIÊN TAI"
    assert bodies(whole.split("\n")) == (whole.replace("\n", " "), "")


@pytest.mark.parametrize("above", ["BCH ĐOÀN XÃ TÂN MỸ", "BAN CHẤP HÀNH TRUNG ƯƠNG"])
def test_the_motto_of_the_youth_union_is_no_body(above: str) -> None:
    assert bodies([above, "ĐOÀN TNCS HỒ CHÍ MINH"]) == (above, "")


def test_a_body_of_the_youth_union_goes_on_with_its_name() -> None:
    whole = ["BAN CHẤP HÀNH", "ĐOÀN TNCS HỒ CHÍ MINH", "XÃ TÂN MỸ"]
    assert bodies(whole) == ("BAN CHẤP HÀNH ĐOÀN TNCS HỒ CHÍ MINH XÃ TÂN MỸ", "")


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        (
            "NGHỊ ĐỊNH\nCỦA CHÍNH PHỦ SỐ 31/1997/NĐ-CP NGÀY 14 THÁNG 9 NĂM 1997 VỀ TUẦN TRA NHÂN DÂN",
            "VỀ TUẦN TRA NHÂN DÂN",
        ),
        ("QUYẾT ĐỊNH CỦA VIỆN TRƯỞNG VIỆN KSND TỈNH\nBAN HÀNH NỘI QUY CƠ QUAN", "BAN HÀNH NỘI QUY CƠ QUAN"),
        ("QUYẾT ĐỊNH\nVỀ\nVIỆC LẬP TỔ TUẦN TRA", "VỀ VIỆC LẬP TỔ TUẦN TRA"),
        ("QUYẾT ĐỊNH\nỦY BAN NHÂN DÂN XÃ TÂN MỸ", ""),
        (
            "NGHỊ QUYẾT\nHỘI ĐỒNG QUẢN TRỊ CÔNG TY CỔ PHẦN TRE XANH\n(V/v: lập đội bảo vệ)",
            "lập đội bảo vệ",
        ),
        (
            "QUYẾT ĐỊNH\nSửa đổi Điều 4 của Quy chế hoạt động\nban hành kèm theo Quyết định số 12/QĐ-UBND",
            "Sửa đổi Điều 4 của Quy chế hoạt động ban hành kèm theo Quyết định số 12/QĐ-UBND",
        ),
        (
            "HƯỚNG DẪN\nTuyên truyền kỷ niệm 80 năm Ngày truyền thống\n(19/8/1945 - 19/8/2025)",
            "Tuyên truyền kỷ niệm 80 năm Ngày truyền thống (19/8/1945 - 19/8/2025)",
        ),
        (
            "THÔNG TƯ\nSỬA ĐỔI THÔNG TƯ SỐ 4/TT-NH CỦA THỐNG ĐỐC\nNGÂN HÀNG NHÀ NƯỚC",
            "SỬA ĐỔI THÔNG TƯ SỐ 4/TT-NH CỦA THỐNG ĐỐC NGÂN HÀNG NHÀ NƯỚC",
        ),
        ("NGHỊ QUYẾT/BIÊN BẢN\nVề việc thông qua quy ước", "Về việc thông qua quy ước"),
    ],
)
def test_an_abstract_is_whole_and_without_who_decides(title: str, wanted: str) -> None:
    assert abstract(title) == wanted


def test_the_deciding_authority_is_known_whatever_signs_are_in_its_name() -> None:
    court = "TÒA ÁN NHÂN DÂN\nHUYỆN AN SƠN\nTỈNH AN BÌNH"
    title = "QUYẾT ĐỊNH\nĐƯA VỤ ÁN RA XÉT XỬ\nTÒA ÁN NHÂN DÂN HUYỆN AN SƠN, TỈNH AN BÌNH"
    assert abstract(title, court) == "ĐƯA VỤ ÁN RA XÉT XỬ"


def test_a_long_abstract_may_begin_as_a_sentence_does() -> None:
    subject = (
        "Thực hiện công tác phòng ngừa tội phạm, tệ nạn xã hội và xây dựng các tổ tự quản về an ninh, "
        "trật tự tại các khu dân cư năm 2018"
    )
    assert abstract(f"KẾ HOẠCH\n{subject}", body=LED) == subject
    assert abstract("KẾ HOẠCH", body=f"{subject}, xã xây dựng kế hoạch như sau:\n") == ""


def test_a_place_that_ends_in_so_is_no_label_of_a_number() -> None:
    names = "UBND XÃ MƯỜNG SƠ - CÔNG AN XÃ"
    header = read_header(f"{names}\nSố: 6/KHPH-UBND-CAX\n{MOTTO}{DAY}KẾ HOẠCH\nRa mắt tổ tự quản\n{LED}")
    assert (header.number_symbol, header.issuing_body) == ("6/KHPH-UBND-CAX", names)


def test_the_number_of_a_region_is_of_its_symbol() -> None:
    found = find_number("Số: 27/TB-KV IX")
    assert found is not None
    assert found.value == "27/TB-KVIX"


def test_a_symbol_of_two_offices_has_a_plus() -> None:
    found = find_number("Số: 27/ĐLTM-AT+BV")
    assert found is not None
    assert found.value == "27/ĐLTM-AT+BV"


def test_the_number_that_a_body_is_named_after_may_stand_on_the_next_line() -> None:
    team = "ĐOÀN KIỂM TRA THEO QĐ SỐ\n45/QĐ-TTr"
    header = read_header(f"THANH TRA TỈNH AN BÌNH\n{team}\nSố: 2/BC-ĐKT\n{MOTTO}{DAY}BÁO CÁO\nKết quả\n{LED}")
    assert (header.number_symbol, header.issuing_body) == ("2/BC-ĐKT", team.replace("\n", " "))


@pytest.mark.parametrize(
    ("subject", "wanted"),
    [
        ("V/vlập tổ tuần tra", "lập tổ tuần tra"),
        ("V/v lập tổ tuần tra | Tân Mỹ, ngày 14 tháng 9 năm 2018 |", "lập tổ tuần tra"),
        (
            "Về triển khai Nghị quyết số 76/NQ-\nCP ngày 15 tháng 7 năm 2021",
            "Về triển khai Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021",
        ),
        (
            "Về triển khai Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ",
            "Về triển khai Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ",
        ),
    ],
)
def test_the_subject_of_a_letter_is_read_however_it_begins(subject: str, wanted: str) -> None:
    head = f"UBND XÃ TÂN MỸ\n{MOTTO}Số: 44/UBND-NC\n{subject}\n\n{DAY}Kính gửi: Các thôn.\n"
    header = read_header(head)
    assert header.abstract == wanted
    assert header.fields["abstract"].confidence > 0.9


def test_a_province_is_a_place_in_small_letters_too() -> None:
    header = read_header(
        f"CÔNG AN XÃ TÂN MỸ\nSố: 4/BC-CAX\n{MOTTO}Hà nội, ngày 11 tháng 11 năm 1995\nBÁO CÁO\n"
    )
    assert (str(header.date), header.place) == ("1995-11-11", "Hà nội")


def test_a_portal_s_table_of_properties_is_of_the_document_below() -> None:
    table = (
        "Quyết định 31/QĐ-UBND năm 2018 về lập tổ tuần tra nhân dân ở các thôn, bản, khu phố trên địa bàn xã "
        "Tân Mỹ giai đoạn 2018 - 2020, định hướng đến năm 2025\n"
        "Số hiệu: 31/QĐ-UBND Loại văn bản: Quyết định\nNơi ban hành: Xã Tân Mỹ Người ký: Lò Văn Inh\n"
    )
    head = f"ỦY BAN NHÂN DÂN\nXÃ TÂN MỸ\n{MOTTO}Số: 31/QĐ-UBND\n{DAY}QUYẾT ĐỊNH\nVề việc lập tổ tuần tra\n"
    text = f"{table}{head}{GROUNDS}CHỦ TỊCH\n\nLò Văn Inh\n"
    (found,) = recognise(Content("txt", (Page(1, text, Reading.TEXT),)))
    header = found.header
    assert (header.issuing_body, header.abstract) == ("ỦY BAN NHÂN DÂN XÃ TÂN MỸ", "Về việc lập tổ tuần tra")
    assert (str(header.date), header.signer) == ("2018-09-14", "Lò Văn Inh")


def test_the_head_of_a_police_post_signs() -> None:
    found = find_signer("Nơi nhận:\n- Lưu: ĐCA.\n\nTRƯỞNG ĐỒN\n\nLò Văn Inh\n")
    assert (found.name, found.title) == ("Lò Văn Inh", "TRƯỞNG ĐỒN")


def test_a_signature_on_one_line_is_read() -> None:
    found = find_signer("Trân trọng./.\nTM. ỦY BAN NHÂN DÂN CHỦ TỊCH (Đã ký) Lường Thị Ban\n")
    assert (found.name, found.title) == ("Lường Thị Ban", "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH")


def test_the_end_of_a_bracket_does_not_sign() -> None:
    annex = (
        "DANH SÁCH\nBAN CHỈ ĐẠO XÃ TÂN MỸ\n(Kèm theo Quyết định số 31/QĐ-UBND của Chủ tịch UBND xã\nTân Mỹ)\n"
    )
    assert (
        find_signer(f"CHỦ TỊCH\n\nLò Văn Inh\n\n{annex}1. Ông Vì Văn Tướng, Trưởng ban;\n").name
        == "Lò Văn Inh"
    )


@pytest.mark.parametrize(("symbol", "certain"), [("NQLT-CAX-HND", False), ("KH-CAX", True)])
def test_of_two_officers_who_sign_a_joint_paper_neither_is_certain(symbol: str, *, certain: bool) -> None:
    foot = "CHỦ TỊCH\tTRƯỞNG CÔNG AN\n\nLường Thị Ban\tLò Văn Inh\n"
    header = read_header(
        f"CÔNG AN XÃ TÂN MỸ\nSố: 3/{symbol}\n{MOTTO}{DAY}NGHỊ QUYẾT\nPhối hợp\n{GROUNDS}{foot}"
    )
    assert (header.signer, header.fields["signer"].confidence > 0.75) == ("Lò Văn Inh", certain)
