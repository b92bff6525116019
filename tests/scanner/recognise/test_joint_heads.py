"""Heads of papers that several offices issue, of sections of the police, of numbers typed onto dots."""

from __future__ import annotations

from datetime import date

import pytest

from dossier.model import Box, Segment, Word
from dossier.scanner.recognise.bodies import bodies
from dossier.scanner.recognise.header import read_header
from dossier.scanner.recognise.number import find_number

MOTTO = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nĐông Hải, ngày 05 tháng 3 năm 2024\n"
)
PLAN = "KẾ HOẠCH LIÊN TỊCH\nPhối hợp giữ gìn trật tự\nCăn cứ tình hình thực tế;\n"


@pytest.mark.parametrize(
    ("number", "issuing", "superior"),
    [
        ("14/KHLT-CAX-HPN", "CÔNG AN XÃ ĐÔNG HẢI - HỘI PHỤ NỮ XÃ ĐÔNG HẢI", ""),
        ("14/KHPH-CAX-HPN", "CÔNG AN XÃ ĐÔNG HẢI - HỘI PHỤ NỮ XÃ ĐÔNG HẢI", ""),
        ("14/KH-HPN", "HỘI PHỤ NỮ XÃ ĐÔNG HẢI", "CÔNG AN XÃ ĐÔNG HẢI"),
    ],
)
def test_a_joint_paper_is_issued_by_all_offices_of_its_symbol(
    number: str, issuing: str, superior: str
) -> None:
    names = "CÔNG AN XÃ ĐÔNG HẢI\nHỘI PHỤ NỮ XÃ ĐÔNG HẢI"
    header = read_header(f"{names}\nSố: {number}\n{MOTTO}{PLAN}")
    assert (header.issuing_body, header.superior_body) == (issuing, superior)


def test_of_two_numbers_side_by_side_the_first_is_in_doubt() -> None:
    names = "CÔNG AN XÃ ĐÔNG HẢI\tMẶT TRẬN XÃ ĐÔNG HẢI\nSố: 31/CAX\tSố: 52/MTTQ\n"
    header = read_header(f"{names}{MOTTO}{PLAN}")
    assert header.number_symbol == "31/CAX"
    assert header.fields["number_symbol"].confidence < 0.75
    assert header.fields["issuing_body"].confidence < 0.75


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 771/CAH(XDPT)", "771/CAH(XDPT)"),
        ("Số: 12/PV05 (Đ3)", "12/PV05(Đ3)"),
        ("Số: 12/BC-PV05 (mật)", "12/BC-PV05"),
        ("Số: .....9..0.3....../SGDĐT-CTTT", "/SGDĐT-CTTT"),
        ("Số: ...71...../QĐ-UBND", "71/QĐ-UBND"),
    ],
)
def test_numbers_as_sections_write_them_and_as_they_stand_on_dots(line: str, number: str) -> None:
    found = find_number(line)
    assert found is not None
    assert found.value == number


def test_bodies_of_a_place_listed_over_two_lines_are_one_issuer() -> None:
    header = read_header(f"ĐẢNG ỦY - HĐND - UBND\nUBMTTQ XÃ ĐÔNG HẢI\nSố: 29/GM-UBND\n{MOTTO}{PLAN}")
    assert header.issuing_body == "ĐẢNG ỦY - HĐND - UBND UBMTTQ XÃ ĐÔNG HẢI"


def test_an_hour_between_place_and_day_is_no_part_of_the_place() -> None:
    place = MOTTO.replace("ngày", "lúc 16 giờ 00 ngày")
    header = read_header(f"UBND XÃ ĐÔNG HẢI\nSố: 05/CĐ-UBND\n{place}CÔNG ĐIỆN\nVề việc ứng phó với mưa lũ\n")
    assert (header.date, header.place) == (date(2024, 3, 5), "Đông Hải")


def test_the_number_of_the_decision_that_a_body_is_named_after_is_not_the_papers() -> None:
    names = "SỞ NỘI VỤ\nĐOÀN KIỂM TRA THEO QĐ\nSỐ 2872/QĐ-SNV"
    header = read_header(f"{names}\n{MOTTO}BIÊN BẢN\nKiểm tra công tác văn thư\n")
    assert (header.number_symbol, header.issuing_body) == ("", "ĐOÀN KIỂM TRA THEO QĐ SỐ 2872/QĐ-SNV")


@pytest.mark.parametrize("rest", ["2025", "GCN"])
def test_a_year_or_an_abbreviation_on_a_line_of_its_own_ends_the_abstract_of_a_letter(rest: str) -> None:
    above = "V/v cập nhật danh sách năm" if rest == "2025" else "V/v đề nghị cấp lại"
    header = read_header(f"SỞ NỘI VỤ\nSố: 12/SNV-VP\n{above}\n{rest}\n{MOTTO}Kính gửi: UBND các xã\n")
    assert header.abstract == f"{above.removeprefix('V/v ')} {rest}"


def test_words_that_run_on_behind_a_body_make_its_name_doubtful() -> None:
    header = read_header(f"BỘ CÔNG AN VĂN BẢN HỢP NHẤT\nSố: 06/VBHN-BCA\n{MOTTO}THÔNG TƯ\nQuy định mẫu\n")
    assert header.fields["issuing_body"].confidence < 0.75


def test_an_abstract_ends_above_an_indented_paragraph_whatever_its_last_word() -> None:
    lines = (
        ("KẾ HOẠCH", 0.4, 0.6),
        ("Xây dựng chi hội không có người thân vi phạm pháp luật", 0.25, 0.75),
        ("Các chi hội có trách nhiệm tổ chức thực hiện các nội dung nêu trên, định kỳ", 0.16, 0.9),
        ("hằng quý gửi kết quả về xã.", 0.1, 0.4),
    )
    head = f"HỘI PHỤ NỮ XÃ ĐÔNG HẢI\nSố: 14/KH-HPN\n{MOTTO}"
    text, segments = head, []
    for row, (said, left, right) in enumerate(lines):
        box = Box(left, 0.2 + 0.02 * row, right, 0.21 + 0.02 * row)
        wide = (box.right - box.left) / len(said.split())
        words = [
            Word(word, Box(box.left + at * wide, box.top, box.left + (at + 1) * wide, box.bottom))
            for at, word in enumerate(said.split())
        ]
        segments.append(Segment(tuple(words), len(text)))
        text += f"{said}\n"
    header = read_header(text, segments=segments)
    assert header.abstract == "Xây dựng chi hội không có người thân vi phạm pháp luật"


def test_a_list_of_bodies_that_goes_on_below_its_dash_is_one_issuer() -> None:
    assert bodies(["CÔNG AN - QUÂN SỰ -", "ĐOÀN THANH NIÊN", "XÃ SUỐI ĐÁ"])[0] == (
        "CÔNG AN - QUÂN SỰ - ĐOÀN THANH NIÊN XÃ SUỐI ĐÁ"
    )
    assert bodies(["UBND XÃ SUỐI ĐÁ -"]) == ("UBND XÃ SUỐI ĐÁ", "")
