"""Heads of the two-tier administration, of joint and Party papers, and who signs them."""

from __future__ import annotations

from datetime import date

import pytest

from dossier.model import Header
from dossier.scanner.layout.glyphs import Glyphs, runs_of
from dossier.scanner.layout.words import words_of
from dossier.scanner.recognise.bodies import bodies
from dossier.scanner.recognise.dates import find_date
from dossier.scanner.recognise.header import read_header
from dossier.scanner.recognise.names import Person, person_named

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
TEXT = "Căn cứ tình hình thực tế của địa phương;\nĐiều 1. Tổ chức thực hiện.\n"


def head(names: str, number: str, title: str, day: str = "An Thới, ngày 08 tháng 9 năm 2025") -> Header:
    return read_header(f"{names}\nSố: {number}\n{MOTTO}{day}\n{title}\n{TEXT}")


def test_the_name_of_a_ward_is_no_type() -> None:
    found = head("ỦY BAN NHÂN DÂN\nPHƯỜNG AN THỚI", "77/KH-UBND", "KẾ HOẠCH\nTuần tra ban đêm")
    assert (found.type, found.issuing_body) == ("ke-hoach", "ỦY BAN NHÂN DÂN PHƯỜNG AN THỚI")
    assert (found.number_symbol, found.abstract) == ("77/KH-UBND", "Tuần tra ban đêm")
    plan = head("UBND XÃ AN THỚI", "02/PA-UBND", "PHƯƠNG ÁN\nBảo vệ lễ hội")
    assert plan.type == "phuong-an"


@pytest.mark.parametrize(
    ("names", "number", "issuing", "superior"),
    [
        # The symbol of a joint paper does not make its issuer's superior an issuer.
        (["UBND TỈNH A", "BAN QUẢN LÝ CẢNG CÁ"], ["BQL", "CAT"], "BAN QUẢN LÝ CẢNG CÁ", "UBND TỈNH A"),
        (["BỘ CHỈ HUY QUÂN SỰ TỈNH A", "BAN CHQS XÃ PHÚ ĐIỀN"], ["BCHQS", "CAX"], "BAN CHQS XÃ PHÚ ĐIỀN",
         "BỘ CHỈ HUY QUÂN SỰ TỈNH A"),
        # Three issuers, two of them on one line.
        (["CÔNG AN - ĐOÀN THANH NIÊN", "HỘI PHỤ NỮ XÃ B"], ["CA", "ĐTN", "HPN"],
         "CÔNG AN - ĐOÀN THANH NIÊN - HỘI PHỤ NỮ XÃ B", ""),
    ],
)  # fmt: skip
def test_issuers_of_joint_papers(names: list[str], number: list[str], issuing: str, superior: str) -> None:
    assert bodies(names, number) == (issuing, superior)


@pytest.mark.parametrize(
    ("names", "issuing", "superior"),
    [
        (["UBND TỈNH A", "ĐẶC KHU HÒN NGỌC"], "ĐẶC KHU HÒN NGỌC", "UBND TỈNH A"),
        (["BAN CHỈ HUY BỘ ĐỘI BIÊN PHÒNG", "ĐỒN BIÊN PHÒNG NÀ LẠ"], "ĐỒN BIÊN PHÒNG NÀ LẠ",
         "BAN CHỈ HUY BỘ ĐỘI BIÊN PHÒNG"),
        (["CÔNG AN TỈNH A", "TRẠI TẠM GIAM SỐ 2"], "TRẠI TẠM GIAM SỐ 2", "CÔNG AN TỈNH A"),
        (["HỘI NGƯỜI CAO TUỔI XÃ B", "CHI HỘI ẤP 3"], "CHI HỘI ẤP 3", "HỘI NGƯỜI CAO TUỔI XÃ B"),
        (["BAN CHỈ ĐẠO PHÒNG, CHỐNG TỘI PHẠM,", "TNXH VÀ BVANTQ"],
         "BAN CHỈ ĐẠO PHÒNG, CHỐNG TỘI PHẠM, TNXH VÀ BVANTQ", ""),
        (["UBND XÃ B,", "CÔNG AN XÃ B,"], "CÔNG AN XÃ B", "UBND XÃ B"),
        (["BAN CHỈ ĐẠO LỰC LƯỢNG BẢO VỆ AN NINH, TRẬT TỰ CƠ", "SỞ"],
         "BAN CHỈ ĐẠO LỰC LƯỢNG BẢO VỆ AN NINH, TRẬT TỰ CƠ SỞ", ""),
        (["ỦY BAN MTTQ VIỆT NAM XÃ TÂN", "HỘI ĐÔNG"], "ỦY BAN MTTQ VIỆT NAM XÃ TÂN HỘI ĐÔNG", ""),
        (["UBND THÀNH PHỐ HUẾ", "VĂN PHÒNG"], "VĂN PHÒNG", "UBND THÀNH PHỐ HUẾ"),
    ],
)  # fmt: skip
def test_where_the_name_of_a_body_ends(names: list[str], issuing: str, superior: str) -> None:
    assert bodies(names) == (issuing, superior)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Đại tướng Vũ Trường Lưu", "Vũ Trường Lưu"),
        ("Bá Trung Kiên", "Bá Trung Kiên"),
        ("Bà Trần Thị Nhượng (Út Nhượng)", "Trần Thị Nhượng"),
        ("Thượng tọa Thích Minh Tuệ", "Thích Minh Tuệ"),
        ("Lm. Giuse Phạm Văn Thiện", "Giuse Phạm Văn Thiện"),
        ("Thiếu tá QNCN Đèo Văn Ún", "Đèo Văn Ún"),
        ("K’Brễu", "K’Brễu"),
        ("Bá Nguyễn Thị Hoa", "Nguyễn Thị Hoa"),  # OCR's Bà
    ],
)
def test_names_of_people_that_look_like_titles_and_addresses(printed: str, name: str) -> None:
    found = person_named(printed)
    assert isinstance(found, Person)
    assert found.name == name


@pytest.mark.parametrize("printed", ["Vụ Trưởng", "K’", "Út Nhượng (Ấp 3"])
def test_what_is_no_name_stays_none(printed: str) -> None:
    found = person_named(printed)
    assert found is None or "(" not in found.name


@pytest.mark.parametrize("heading", ["Chương I", "PHẦN II", "Mục 1", "Phụ lục III"])
def test_a_heading_below_a_title_is_no_name(heading: str) -> None:
    assert person_named(heading) is None


def test_months_in_roman_figures() -> None:
    eighth = find_date("ngay 19 thang viii nam 1996")
    assert eighth and eighth.value == date(1996, 8, 19)
    second = find_date("ngay 19 thang ii nam 1996")  # or 11, as OCR reads it
    assert second and second.value is None


def test_the_day_of_the_moon_behind_a_date() -> None:
    day = "An Thới, ngày 20 tháng 3 năm 2025 (nhằm ngày 21 tháng 02 năm Ất Tỵ)"
    assert head("UBND XÃ AN THỚI", "9/TB-UBND", "THÔNG BÁO\nLịch trực", day).date == date(2025, 3, 20)


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("BÁO CÁO\nTổng kết năm 2025;\nphương hướng năm 2026", "Tổng kết năm 2025; phương hướng năm 2026"),
        ("BÁO CÁO\nkết quả phong trào quý\nII/1996", "kết quả phong trào quý II/1996"),
        ("BÁO CÁO\nKết quả mô hình “Tổ dân phố trật\ntự”", "Kết quả mô hình “Tổ dân phố trật tự”"),
        ("GIẤY GIỚI THIỆU\nÔng: Phùng Gia Lộc\nChức vụ: Viên chức", ""),
        ("GIẤY KHEN\nTập thể Công an xã\nQuyết định số: 14/QĐ-CAT\nSố sổ vàng: 88", "Tập thể Công an xã"),
        ("DANH SÁCH\nCác hộ tham gia\n1\tTrần Văn A\tTổ 1\t1990\n2\tLê Thị B\tTổ 2\t1991", "Các hộ tham gia"),
    ],
)
def test_where_an_abstract_ends(title: str, abstract: str) -> None:
    assert head("CÔNG AN XÃ AN THỚI", "9/X-CAX", title).abstract == abstract


def test_an_application_of_ones_own_will_is_no_body() -> None:
    found = read_header(f"{MOTTO}ĐƠN TỰ NGUYỆN\nTham gia đội xe ôm tự quản\nTôi tên là: Bành Tấn Lợi\n")
    assert (found.type, found.issuing_body) == ("don", "")


def test_of_two_who_sign_on_different_lines_neither_is_certain() -> None:
    foot = "GIÁM ĐỐC SỞ Y TẾ\tGIÁM ĐỐC CÔNG AN\nHà Thị Khánh Vân\nLương Quốc Hưng\n"
    text = f"SỞ Y TẾ\nSố: 2/BGN-SYT\n{MOTTO}BẢN GHI NHỚ\nHợp tác\n{TEXT}{foot}"
    assert read_header(text).fields["signer"].confidence < 0.75
    level = foot.replace("Vân\n", "Vân\t")
    found = read_header(text.replace(foot, level))
    assert (found.signer, found.fields["signer"].confidence > 0.75) == ("Lương Quốc Hưng", True)


@pytest.mark.parametrize(("gap", "words"), [(1.1, ["ẤP", "AN"]), (0.3, ["ẤPAN"])])
def test_a_space_that_kerning_narrows_separates_words(gap: float, words: list[str]) -> None:
    text, lefts = "ẤPAN", [0.0, 6.0, 12.0 + gap, 18.0 + gap]
    glyphs = Glyphs(text, lefts, [0.0] * 4, [left + 6 for left in lefts], [10.0] * 4)
    assert [word.text for word in words_of(runs_of(glyphs), glyphs)] == words
