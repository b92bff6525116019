"""Copies: the copier's number, day and signature are not the paper's."""

from __future__ import annotations

from datetime import date

import pytest
from recognise_heads import DECISION

from dossier.model import Content, Page
from dossier.scanner.recognise import recognise

COPIED = """VĂN PHÒNG\tSAO Y BẢN CHÍNH
Số: 918/SY-VP\tTân Phú, ngày 30 tháng 11 năm 2025
Nơi nhận:\tTL. CHÁNH VĂN PHÒNG
- Lưu: VT.\tPHÓ CHÁNH VĂN PHÒNG
Tạ Quang Nghĩa"""
CERTIFIED = """CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH
Số chứng thực: 2044, quyển số: 03-SCT/BS
Ngày 12 tháng 02 năm 2026
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Hứa Thị Kim Liên"""


PARTYS = """TỈNH ỦY VĨNH SƠN\tĐẢNG CỘNG SẢN VIỆT NAM
*\tVĩnh Sơn, ngày 25 tháng 7 năm 2025
Số 214-BS/TU\tSAO LỤC
Nơi nhận:\tT/L BAN THƯỜNG VỤ
- Lưu Văn phòng.\tPHÓ CHÁNH VĂN PHÒNG
Sầm Thị Liễu"""
EXCERPT = """ĐẢNG ỦY XÃ LONG KHÊ\tTRÍCH SAO
Số 06-BTrS/ĐU\tLong Khê, ngày 9 tháng 12 năm 2025
T/L BAN THƯỜNG VỤ
CHÁNH VĂN PHÒNG
Lò Văn Inh"""


@pytest.mark.parametrize(("form", "copy"), [(PARTYS, "sao-luc"), (EXCERPT, "trich-sao")])
@pytest.mark.parametrize("apart", [False, True])
def test_the_forms_of_the_partys_copies_are_known(form: str, copy: str, apart: bool) -> None:
    pages = (DECISION, form) if apart else (f"{DECISION}\n{form}",)
    documents = recognise(Content("pdf", tuple(Page(at, text) for at, text in enumerate(pages, 1))))
    header = documents[0].header
    assert (len(documents), header.number_symbol, header.signer) == (1, "12/QĐ-UBND", "Nguyễn Văn An")
    assert header.copy == copy


@pytest.mark.parametrize("form", [COPIED, CERTIFIED])
@pytest.mark.parametrize("apart", [False, True])
def test_the_form_below_a_copy_changes_nothing_but_the_kind_of_copy(form: str, apart: bool) -> None:
    pages = (DECISION, form) if apart else (f"{DECISION}\n{form}",)
    documents = recognise(Content("pdf", tuple(Page(at, text) for at, text in enumerate(pages, 1))))
    assert len(documents) == 1
    header = documents[0].header
    assert (header.number_symbol, header.date) == ("12/QĐ-UBND", date(2023, 3, 5))
    assert header.signer == "Nguyễn Văn An"
    assert header.copy == "sao-y"


def test_a_receivers_stamp_above_the_head_gives_no_date() -> None:
    stamp = "CÔNG VĂN ĐẾN\nSố: 1647\nNgày 12 tháng 7 năm 2025\nChuyển: ......\n"
    (document,) = recognise(Content("pdf", (Page(1, stamp + DECISION),)))
    assert document.header.date == date(2023, 3, 5)


@pytest.mark.parametrize(("line", "symbol"), [("Số ÀÀÁ -KH/ĐTN", "-KH/ĐTN"), ("Số: ÂÄ /QĐ-UBND", "/QĐ-UBND")])
def test_a_number_stamped_in_letters_without_meaning_is_no_name(line: str, symbol: str) -> None:
    text = DECISION.replace("Số: 12/QĐ-UBND", line + "\t")
    (document,) = recognise(Content("pdf", (Page(1, text),)))
    assert document.header.number_symbol == symbol
    assert document.header.issuing_body == "ỦY BAN NHÂN DÂN XÃ HÀM THẮNG"


@pytest.mark.parametrize("code", ["BẢN SAO Y\nSố: 212/SY-UBND\nngày 30/12/2025", "SAO Y\nSố: 7/SY-VP"])
def test_a_stamp_of_the_copying_office_above_the_head_gives_no_number_and_no_day(code: str) -> None:
    (document,) = recognise(Content("pdf", (Page(1, f"{code}\n{DECISION}"),)))
    (plain,) = recognise(Content("pdf", (Page(1, DECISION),)))
    header = document.header
    assert (header.number_symbol, header.date) == ("12/QĐ-UBND", date(2023, 3, 5))
    assert (header.issuing_body, header.copy) == (plain.header.issuing_body, "sao-y")
