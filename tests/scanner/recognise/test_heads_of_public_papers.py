"""Heads as public papers have them: joint heads of old form, the body within the title, broken spans."""

from __future__ import annotations

from datetime import date

import pytest

from dossier.model import Box, Segment, Word
from dossier.scanner.recognise.header import read_header
from dossier.scanner.recognise.number import joint_offices
from dossier.scanner.recognise.signature import find_signer

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
DAY = "Tân Mỹ, ngày 14 tháng 9 năm 2018\n"
GROUNDS = "Căn cứ Luật An ninh quốc gia;\nXét đề nghị của Chánh Văn phòng,\n"


def joint(names: str, number: str) -> tuple[str, str]:
    title = "KẾ HOẠCH\nPhối hợp giữ gìn trật tự ở chợ nổi\n\n"
    header = read_header(f"{names}\nSố: {number}\n{MOTTO}{DAY}{title}{GROUNDS}")
    return header.issuing_body, header.superior_body


def test_old_symbols_name_the_joint_offices_before_the_type() -> None:
    assert joint_offices("03-BNV-BTC/TTLT") == ["BNV", "BTC"]
    assert joint_offices("03/BNV-BTC/TTLT") == ["BNV", "BTC"]
    assert joint_offices("03/TTLT-BNV-BTC") == ["BNV", "BTC"]
    assert joint_offices("03/TTLT") == []
    assert joint_offices("03-QĐ/HU") == []


def test_a_joint_paper_of_old_form_is_issued_by_both_bodies() -> None:
    names = "BỘ NỘI VỤ\nBỘ TÀI CHÍNH"
    assert joint(names, "03-BNV-BTC/TTLT") == ("BỘ NỘI VỤ - BỘ TÀI CHÍNH", "")


def test_a_dash_within_the_name_of_one_of_the_joint_bodies_is_not_counted() -> None:
    names = "BỘ VĂN HÓA - THÔNG TIN\nBỘ TƯ PHÁP\nBỘ CÔNG AN"
    assert joint(names, "18/QCPH-VHTT-TP-CA") == ("BỘ VĂN HÓA - THÔNG TIN - BỘ TƯ PHÁP - BỘ CÔNG AN", "")


def abstract(title: str, issuer: str = "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH", body: str = GROUNDS) -> str:
    return read_header(f"{issuer}\n{MOTTO}Số: 31/QĐ-UB\n{DAY}\n{title}\n{body}").abstract


@pytest.mark.parametrize(
    "title",
    [
        "QUYẾT ĐỊNH\nCỦA ỦY BAN NHÂN DÂN TỈNH V/V LẬP TRẠM GÁC BẾN PHÀ",
        "QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH V/V LẬP TRẠM GÁC BẾN PHÀ",
        "QUYẾT ĐỊNH\nCỦA ỦY BAN NHÂN DÂN TỈNH V/V LẬP TRẠM\nGÁC BẾN PHÀ",
        "QUYẾT ĐỊNH\nCỦA ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH V/V LẬP TRẠM GÁC BẾN PHÀ",
    ],
)
def test_the_abstract_begins_behind_the_body_that_the_title_names(title: str) -> None:
    assert abstract(title) == "LẬP TRẠM GÁC BẾN PHÀ"


def test_the_subject_behind_the_body_may_begin_with_its_preposition() -> None:
    title = "CHỈ THỊ\nCỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH VỀ BẢO VỆ BẾN PHÀ"
    assert abstract(title) == "VỀ BẢO VỆ BẾN PHÀ"


def test_the_subject_behind_the_body_may_be_what_it_issues() -> None:
    title = "QUYẾT ĐỊNH\nCỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BAN HÀNH QUY CHẾ BẾN PHÀ"
    assert abstract(title) == "BAN HÀNH QUY CHẾ BẾN PHÀ"


def test_a_body_in_small_letters_above_the_subject_is_no_part_of_it() -> None:
    title = "QUYẾT ĐỊNH\nCủa Chủ tịch Ủy ban nhân dân tỉnh\nVề việc lập trạm gác bến phà"
    assert abstract(title) == "Về việc lập trạm gác bến phà"


def test_a_body_in_small_letters_stays_where_its_meeting_is_named() -> None:
    title = "BÁO CÁO\nCủa Ủy ban nhân dân tỉnh tại kỳ họp thứ 5\nvề giữ gìn bến phà"
    assert abstract(title) == "Của Ủy ban nhân dân tỉnh tại kỳ họp thứ 5 về giữ gìn bến phà"


@pytest.mark.parametrize("title", ["QUY ĐỊNH TẠM THỜI", "TỜ TRÌNH LẦN 2", "TỜ TRÌNH LẦN THỨ II"])
def test_what_qualifies_a_type_is_no_part_of_the_abstract(title: str) -> None:
    assert abstract(f"{title}\nVề việc giữ gìn bến phà") == "Về việc giữ gìn bến phà"


SIGNED = "Điều 1. Lập trạm gác.\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.\n"


@pytest.mark.parametrize(
    "block",
    [
        "Chủ tịch\n(Đã ký)\nLê Văn Minh\n",
        "UBND tỉnh An Bình\nPhó Chủ tịch\n(đã ký)\nLê Văn Minh\n",
        "- Lưu: VT\tChủ tịch\n\t(Đã ký)\n\tLê Văn Minh\n",
    ],
)
def test_a_title_in_small_letters_signs_where_the_paper_says_so(block: str) -> None:
    signer = find_signer(SIGNED + block)
    assert signer.name == "Lê Văn Minh"
    assert "hủ tịch" in signer.title


def test_a_name_below_a_title_in_a_sentence_is_no_signer() -> None:
    assert find_signer(f"{SIGNED}Quy chế do Chủ tịch\n(Đã ký)\nLê Văn Minh\n").name == ""
    assert find_signer(f"{SIGNED}Chủ tịch\nLê Văn Minh\n").name == ""


def test_the_deciding_organ_of_a_body_ends_the_abstract() -> None:
    issuer = "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN BÌNH"
    title = "QUYẾT ĐỊNH\nVỀ VIỆC LẬP QUỸ TƯƠNG TRỢ CÔNG NHÂN\nĐOÀN CHỦ TỊCH LIÊN ĐOÀN LAO ĐỘNG TỈNH AN BÌNH"
    assert abstract(title, issuer) == "VỀ VIỆC LẬP QUỸ TƯƠNG TRỢ CÔNG NHÂN"


def test_an_authority_behind_an_open_line_belongs_to_the_abstract() -> None:
    title = "KẾ HOẠCH\nTHỰC HIỆN CHỈ THỊ SỐ 8 CỦA\nTHỦ TƯỚNG CHÍNH PHỦ VỀ GIỮ GÌN BẾN PHÀ"
    assert abstract(title) == "THỰC HIỆN CHỈ THỊ SỐ 8 CỦA THỦ TƯỚNG CHÍNH PHỦ VỀ GIỮ GÌN BẾN PHÀ"


def test_a_dash_and_a_year_far_apart_do_not_make_a_line_a_row_of_a_table() -> None:
    title = "QUYẾT ĐỊNH\nVỀ VIỆC LẬP KẾ\nHOẠCH GIỮ GÌN BẾN PHÀ\t-\t2018"
    assert abstract(title) == "VỀ VIỆC LẬP KẾ HOẠCH GIỮ GÌN BẾN PHÀ - 2018"


def test_the_first_half_of_a_name_at_the_end_of_a_sentences_line_is_no_signer() -> None:
    body = (
        "Ngày 06 tháng 01 năm 2022, Phó Thủ tướng Thường trực Chính phủ Trần Đình\n"
        "Sơn đã chủ trì cuộc họp về bến phà.\n"
    )
    title = "THÔNG BÁO\nKẾT LUẬN CỦA PHÓ THỦ TƯỚNG CHÍNH PHỦ"
    head = f"VĂN PHÒNG CHÍNH PHỦ\n{MOTTO}Số: 9/TB-VPCP\n{DAY}\n{title}\n"
    assert read_header(head + body).signer == ""


def placed_letter(*lines: str) -> str:
    """The abstract of a letter whose lines stand at the left, as a PDF gives them."""
    head = f"SỞ NỘI VỤ\n{MOTTO}Tân Mỹ, ngày 14 tháng 9 năm 2018\nSố: 31/SNV-VP\n"
    text = head + "\n".join(lines) + "\nKính gửi: Các phòng, ban\n"
    segments, at = [], 0
    for number, line in enumerate(text.split("\n")):
        box = Box(0.1, number / 50, 0.5, number / 50 + 0.01)
        if line:
            segments.append(Segment(tuple(Word(word, box) for word in line.split(" ")), at))
        at += len(line) + 1
    return read_header(text, segments=segments).abstract


def test_a_span_of_years_broken_behind_its_dash_is_read_whole() -> None:
    assert placed_letter("V/v tổng kết năm học 2015-", "2016") == "tổng kết năm học 2015-2016"


OLD = (
    "QUYẾT ĐỊNH\nCỦA ỦY BAN NHÂN DÂN TỈNH AN BÌNH SỐ 412/1996/QĐ-UB NGÀY 5 THÁNG 3 NĂM 1996\n"
    "VỀ VIỆC LẬP TRẠM GÁC BẾN PHÀ\n"
)


def test_number_day_and_body_within_the_title_are_read_where_no_head_has_them() -> None:
    header = read_header(f"{OLD}ỦY BAN NHÂN DÂN TỈNH AN BÌNH\n{GROUNDS}QUYẾT ĐỊNH:\nĐiều 1. Lập trạm gác.\n")
    assert (header.number_symbol, header.date) == ("412/1996/QĐ-UB", date(1996, 3, 5))
    assert header.issuing_body == "ỦY BAN NHÂN DÂN TỈNH AN BÌNH"
    assert header.abstract == "VỀ VIỆC LẬP TRẠM GÁC BẾN PHÀ"


def test_number_and_day_within_the_title_yield_to_those_of_the_head() -> None:
    header = read_header(f"ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\n{MOTTO}Số: 31/QĐ-UB\n{DAY}\n{OLD}{GROUNDS}")
    assert (header.number_symbol, header.date) == ("31/QĐ-UB", date(2018, 9, 14))
