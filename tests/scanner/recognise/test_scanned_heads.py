"""Heads that came by OCR: hand-written figures it cannot read, wrong marks, specks, incoming stamps."""

from __future__ import annotations

import pytest

from dossier.scanner.recognise.bodies import bodies, misread, sure_of_issuer
from dossier.scanner.recognise.header import read_header

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
BODY = (
    "\nCăn cứ Luật Đất đai;\nỦy ban nhân dân xã Đông Hải giao Công an xã Đông Hải, thôn Đông Hải thực hiện.\n"
)


def scanned(
    number: str, day: str = "ngày 05 tháng 3 năm 2024", title: str = "QUYẾT ĐỊNH\nVề việc khen thưởng"
):  # type: ignore[no-untyped-def]
    head = (
        f"ỦY BAN NHÂN DÂN\t{MOTTO}\nXÃ ĐÔNG HẢI\tĐộc lập\t- Tự do\t- Hạnh phúc\n{number}\tĐông Hải, {day}\n"
    )
    return read_header(head + title + "\n" + BODY, scanned=True)


@pytest.mark.parametrize(
    "number", ["Số: Ø7 /QĐ-UBND", "Số:⁄‡6 /QĐ-UBND", "Số: 4 €){ /QĐ-UBND", "Số: đ\t/QĐ-UBND"]
)
def test_a_number_that_cannot_be_read_keeps_its_symbol_and_is_no_part_of_the_issuer(number: str) -> None:
    header = scanned(number)
    assert header.number_symbol == "/QĐ-UBND"
    assert header.issuing_body == "ỦY BAN NHÂN DÂN XÃ ĐÔNG HẢI"


@pytest.mark.parametrize("number", ["Số: 92 2 /ĐCT-BTG", "Số: 92 2 /ĐCT-BTG /ÐCT-BTG"])
def test_nor_is_one_whose_symbol_is_of_no_known_type(number: str) -> None:
    header = scanned(number)
    assert (header.number_symbol, header.issuing_body) == ("/ĐCT-BTG", "ỦY BAN NHÂN DÂN XÃ ĐÔNG HẢI")


def test_a_symbol_that_was_read_twice_stands_once() -> None:
    assert scanned("Số: 92/ĐCT-BTG /ÐCT-BTG").number_symbol == "92/ĐCT-BTG"


def test_a_paper_with_figures_that_cannot_be_read_is_no_draft() -> None:
    assert not scanned("Số: Ø7 /QĐ-UBND", "ngày A4‡ tháng 12 năm 2021").draft
    assert scanned("Số:       /QĐ-UBND", "ngày      tháng 12 năm 2021").draft


@pytest.mark.parametrize("title", ["QUYẾT: ĐỊNH", ". QUYẾT ĐỊNH", "¬ _ QUYẾT ĐỊNH"])
def test_a_title_with_specks_is_one(title: str) -> None:
    header = scanned("Số: 7/QĐ-UBND", title=f"{title}\nVề việc khen thưởng")
    assert (header.type, header.abstract) == ("quyet-dinh", "Về việc khen thưởng")


def test_specks_between_title_and_abstract_are_left_out() -> None:
    assert scanned("Số: 7/QĐ-UBND", title="QUYẾT ĐỊNH\n.ˆA\tr`\t.A\nVề việc khen thưởng").abstract == (
        "Về việc khen thưởng"
    )


def test_the_office_that_received_a_paper_did_not_issue_it() -> None:
    header = read_header(
        f"UBND HUYỆN BẮC SƠN\nĐẾN Số: 12\nNgày: 5/3\nHỘI KHUYẾN HỌC TỈNH\t{MOTTO}\n"
        "QUỸ KHUYẾN HỌC\tĐộc lập - Tự do - Hạnh phúc\n\nĐƠN ĐÈ NGHỊ\nSửa đổi Điều lệ\n" + BODY,
        scanned=True,
    )
    assert (header.type, header.issuing_body) == ("don", "QUỸ KHUYẾN HỌC")
    assert header.superior_body == "HỘI KHUYẾN HỌC TỈNH"


def test_half_of_a_signers_name_is_doubtful() -> None:
    signed = "{name}\n".join(("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n", ""))
    for name, doubtful in (("Đình Trung", True), ("Nguyễn Đình Trung", False)):
        header = read_header(f"{MOTTO}\nBÁO CÁO\nKết quả\n{BODY}{signed.format(name=name)}", scanned=True)
        assert (header.signer, header.fields["signer"].doubtful) == (name, doubtful)


@pytest.mark.parametrize("name", ["Đặng Văn Bảy", "Đặng À Văn Bảy 5"])
def test_name_beside_the_recipients_signs_where_a_seal_covers_the_title(name: str) -> None:
    foot = f"Nơi nhận:\tCHU\n__Ö—\tTỊCH\n- Như trên;\t4x1\n- Lưu: VT.\t{name}\n"
    text = f"Chỉ thị này có hiệu lực từ ngày ký./.\n{foot}"
    header = read_header(text, scanned=True)
    assert header.signer == "Đặng Văn Bảy"
    assert header.fields["signer"].doubtful


def test_a_recipient_is_no_signer() -> None:
    foot = "Nơi nhận:\tCHU\n- Phó Chủ tịch Đặng Văn Bảy;\t4x1\n- Lưu: VT.\tIEl\n"
    text = f"Chỉ thị này có hiệu lực từ ngày ký./.\n{foot}"
    assert read_header(text, scanned=True).signer == ""


def test_two_words_of_no_family_name_are_specks_and_no_signer() -> None:
    text = (
        "Chỉ thị này có hiệu lực từ ngày ký./.\nNơi nhận:\tCHỦ TỊCH\n- Như trên;\t4x1\n- Lưu: VT.\tSim Oyg\n"
    )
    assert read_header(text, scanned=True).signer == ""


@pytest.mark.parametrize("broken", ["Xoện tà in le à hào onh", "XÃ ĐỒÔNG HẢI"])
def test_an_issuer_with_a_line_that_cannot_be_read_is_doubtful(broken: str) -> None:
    head = f"ỦY BAN NHÂN DÂN\t{MOTTO}\n{broken}\tĐộc lập - Tự do - Hạnh phúc\nSố: 7/QĐ-UBND\n"
    header = read_header(head + "QUYẾT ĐỊNH\nVề việc khen thưởng\n" + BODY, scanned=True)
    assert header.fields["issuing_body"].confidence < 0.75


@pytest.mark.parametrize(
    ("names", "superior", "issuer"),
    [
        ("VĂN BẢN CHỈ ĐẠO ĐIỀU HÀNH\nSỞ NỘI VỤ", True, False),  # begins as no body does
        ("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG CÔNG BÁO\nSỞ NỘI VỤ", True, False),
        ("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\nVĂN BẢN CHỈ ĐẠO ĐIỀU HÀNH\nSỞ NỘI VỤ", True, False),
        ("BỘ NỘI VỤ\nSỞ NỘI VỤ TỈNH BÀ RỊA - VŨNG TÀU BẢN TIN", False, True),
        ("ỦY BAN NHÂN DÂN TỈNH BÀ RỊA - VŨNG TÀU\nSỞ NỘI VỤ", False, False),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH\nSỞ NỘI VỤ", False, False),
    ],
)
def test_bodies_with_words_of_something_else_in_them_are_in_doubt(
    names: str, superior: bool, issuer: bool
) -> None:
    head = f"{names}\nSố: 7/QĐ-SNV\nngày 05 tháng 3 năm 2024\nQUYẾT ĐỊNH\nVề việc khen thưởng{BODY}"
    fields = read_header(head, scanned=True).fields
    assert (fields["superior_body"].doubtful, fields["issuing_body"].doubtful) == (superior, issuer)


@pytest.mark.parametrize("second", ["1601101 7Ô", "trdo hé 9"])
def test_an_issuer_whose_second_line_was_not_understood_is_in_doubt(second: str) -> None:
    names = f"CÔNG AN TỈNH LÂM ĐỒNG\nPHÒNG XÂY DỰNG PHONG TRÀO\n{second}"
    head = f"{names}\nSố: 7/QĐ-PV05\nngày 05 tháng 3 năm 2024\nQUYẾT ĐỊNH\nVề việc khen thưởng{BODY}"
    header = read_header(head, scanned=True)
    assert header.fields["issuing_body"].doubtful


def test_specks_within_an_abstract_do_not_end_it() -> None:
    for speck in ("-¿", "—", "`"):
        title = f"THÔNG BÁO\nKết luận của Phó Chủ tịch - Tổ phó\n{speck}\ntại phiên họp thứ 8 về mô hình điểm"
        header = scanned("Số: 7/TB-UBND", title=title)
        assert header.abstract == "Kết luận của Phó Chủ tịch - Tổ phó tại phiên họp thứ 8 về mô hình điểm"
    ended = scanned("Số: 7/TB-UBND", title="THÔNG BÁO\nKết luận của Phó Chủ tịch\n-----\nSáng nay họp")
    assert ended.abstract == "Kết luận của Phó Chủ tịch"


def test_from_when_the_figures_of_a_report_are_is_no_part_of_its_abstract() -> None:
    title = "BÁO CÁO\nKết quả 06 tháng đầu năm 2026\n(Số liệu tính từ ngày 15/12/2025 đến ngày 14/6/2026)"
    assert scanned("Số: 7/BC-UBND", title=title).abstract == "Kết quả 06 tháng đầu năm 2026"


def test_a_date_before_the_dots_of_a_stamp_is_one() -> None:
    header = scanned("Số: 7/QĐ-UBND", "ngày 20 tháng 3 năm 2025 .........")
    assert header.date is not None and header.date.isoformat() == "2025-03-20"


def test_a_parish_council_and_its_parish_are_one_body() -> None:
    head = f"GIÁO PHẬN THÁI HÀ\t{MOTTO}\nHỘI ĐỒNG MỤC VỤ\tĐộc lập - Tự do - Hạnh phúc\nGIÁO XỨ ĐỒNG XÂM\n"
    header = read_header(
        f"{head}Số: 01/BCK-HĐMV\tĐồng Xâm, ngày 21 tháng 9 năm 2023\nBẢN CAM KẾT\nVề việc giữ an ninh\n"
    )
    assert (header.issuing_body, header.superior_body) == (
        "HỘI ĐỒNG MỤC VỤ GIÁO XỨ ĐỒNG XÂM", "GIÁO PHẬN THÁI HÀ",
    )  # fmt: skip


def test_the_code_of_a_union_gets_its_letter_back() -> None:
    assert scanned("Số: 14/GM-CDCS").number_symbol == "14/GM-CĐCS"


def test_two_words_after_a_rank_are_a_name_in_a_scan_and_without_one_specks() -> None:
    foot = "Nơi nhận:\tPHÓ TRƯỞNG CÔNG AN XÃ\n- Lưu: VT.\n"
    signed = read_header(f"{foot}Đại úy Rmah Đoan", scanned=True)
    assert (signed.signer, signed.fields["signer"].confidence < 0.75) == ("Rmah Đoan", True)
    assert read_header(f"{foot}Rmah Đoan", scanned=True).signer == ""


def test_an_abstract_may_begin_with_considering_and_grounds_do_not_become_one() -> None:
    for subject in ("Xét, đề nghị khen thưởng phong trào thi đua", "Xét tặng danh hiệu Gia đình văn hóa"):
        assert scanned("Số: 7/HD-BTĐKT", title=f"HƯỚNG DẪN\n{subject}").abstract == subject
    grounds = "QUYẾT ĐỊNH\nXét đề nghị của Trưởng Công an xã;"
    assert scanned("Số: 7/QĐ-UBND", title=grounds).abstract == ""


@pytest.mark.parametrize("name", ["UBND TRUNG HƯNG", "ỦY BAN NHÂN DÂN TRUNG HƯNG", "HĐND ĐỒNG THÁP"])
def test_a_peoples_committee_without_the_kind_of_its_place_is_less_sure(name: str) -> None:
    assert sure_of_issuer(name) < 0.8


@pytest.mark.parametrize(
    "name", ["UBND XÃ TRUNG HƯNG", "ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP", "UBND TP. HUẾ", "UBND P. AN PHÚ"]
)
def test_with_the_kind_of_its_place_it_is_sure(name: str) -> None:
    assert sure_of_issuer(name) > 0.9


def test_a_body_whose_first_word_lost_a_letter_is_apart_from_the_one_above_and_in_doubt() -> None:
    lines = "UBMTTQ VIỆT NAM HUYỆN SƠN LÃNG", "UBMTTO VIỆT NAM XÃ SUỐI ĐÁ"
    assert bodies(lines) == (lines[1], lines[0])
    head = (
        f"{lines[0]}\t{MOTTO}\n{lines[1]}\tĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 7/TB-MTTQ\tSuối Đá, ngày 05 tháng 3 năm 2024\n"
    )
    header = read_header(f"{head}THÔNG BÁO\nVề việc họp\n{BODY}", scanned=True)
    assert header.issuing_body == lines[1]
    assert header.fields["issuing_body"].confidence < 0.8 <= header.fields["superior_body"].confidence


@pytest.mark.parametrize(("name", "wrong"), [
    ("UBMTTO VIỆT NAM XÃ SUỐI ĐÁ", True), ("UBMTTQ VIỆT NAM XÃ SUỐI ĐÁ", False),
    ("CÔNG TY TNHH MỘT THÀNH VIÊN SÔNG TRANH", False), ("TRƯỜNG THCS LÊ LỢI", False),
    ("ỦY BAN NHÂN DÂN XÃ NGHIÊN LOAN", False),
])  # fmt: skip
def test_an_abbreviation_but_for_one_letter_is_misread(name: str, wrong: bool) -> None:
    assert misread(name) is wrong
