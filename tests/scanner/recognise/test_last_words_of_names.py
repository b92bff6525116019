"""Names of bodies whose last word or number stands alone on its line, and what stands around such heads."""

from __future__ import annotations

from datetime import date

import pytest

from dossier.scanner.recognise.header import read_header

CROWN = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
TEXT = "\nSáu tháng qua, các tổ đã họp đều, nhắc nhau khóa cổng và báo tin kịp thời./.\n"


def side_by_side(left: list[str], below: str) -> str:
    right = [*CROWN, *[""] * (len(left) - 2)]
    return "\n".join(f"{one}\t{two}".rstrip() for one, two in zip(left, right, strict=True)) + below


@pytest.mark.parametrize(
    ("left", "issuer"),
    [
        (["CÔNG AN TỈNH NAM HẢI", "CÔNG AN PHƯỜNG HỒNG HÀ - ĐÀ", "LẠT"], "CÔNG AN PHƯỜNG HỒNG HÀ - ĐÀ LẠT"),
        (
            ["BỘ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG ĐẠI HỌC THỂ DỤC", "THÀNH PHỐ HỒ CHÍ", "MINH"],
            "TRƯỜNG ĐẠI HỌC THỂ DỤC THÀNH PHỐ HỒ CHÍ MINH",
        ),
        (["UBND XÃ NAM HẢI", "TRƯỜNG TIỂU HỌC NAM HẢI", "2"], "TRƯỜNG TIỂU HỌC NAM HẢI 2"),
    ],
)
def test_a_word_or_number_alone_below_a_name_ends_it(left: list[str], issuer: str) -> None:
    header = read_header(side_by_side(left, f"\nSố: 12/BC-NH\n\nBÁO CÁO\nKết quả sáu tháng\n{TEXT}"))
    assert (header.issuing_body, header.superior_body) == (issuer, left[0])


def test_a_military_command_of_a_commune_stands_below_that_of_its_district() -> None:
    left = ["BAN CHỈ HUY QUÂN SỰ HUYỆN NAM HẢI", "BAN CHỈ HUY QUÂN SỰ XÃ HỒNG HÀ"]
    header = read_header(side_by_side(left, f"\nSố: 12/BC-BCHQS\n\nBÁO CÁO\nKết quả sáu tháng\n{TEXT}"))
    assert (header.issuing_body, header.superior_body) == (left[1], left[0])


def test_a_letters_number_may_be_labelled_as_one() -> None:
    left = ["CÔNG AN TỈNH NAM HẢI", "CÔNG AN XÃ HỒNG HÀ", "CV số: 84/CAX"]
    header = read_header(side_by_side(left, f"\nV/v rà soát camera\n\nKính gửi: Các thôn\n{TEXT}"))
    assert (header.number_symbol, header.type, header.issuing_body) == ("84/CAX", "cong-van", left[1])


def test_a_letter_that_is_cited_gives_no_number() -> None:
    text = f"CÔNG AN XÃ HỒNG HÀ\n{CROWN[0]}\n{CROWN[1]}\n\nBÁO CÁO\nTheo CV số: 84/CAX về camera\n{TEXT}"
    assert read_header(text).number_symbol == ""


@pytest.mark.parametrize("place", ["Đặc khu Nam Hải", "Thành phố Nam Hải", "Thị trấn Nam Hải"])
def test_the_level_of_a_place_belongs_to_it_and_not_to_the_subject(place: str) -> None:
    header = read_header(
        f"CÔNG AN XÃ HỒNG HÀ\nSố: 84/CAX\nV/v rà soát camera\n{CROWN[0]}\n{CROWN[1]}\n"
        f"{place}, ngày 05 tháng 3 năm 2024\n\nKính gửi: Các thôn\n{TEXT}"
    )
    assert (header.place, header.abstract) == (place, "rà soát camera")


@pytest.mark.parametrize(
    "foot",
    [
        "Nơi nhận:\tHồng Hà, ngày 06 tháng 12 năm 2022\n- Lưu: VT.\tNguyễn Văn Bảy",
        "Nơi nhận:\nHồng Hà, ngày 06 tháng 12 năm 2022\nQUYỀN CHÁNH VĂN PHÒNG\nNguyễn Văn Bảy",
        "Hồng Hà, 06/12/2022\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Bảy",
    ],
)
def test_a_day_above_a_signature_is_the_papers_where_its_head_has_none(foot: str) -> None:
    left = ["UBND XÃ HỒNG HÀ", "VĂN PHÒNG"]
    header = read_header(
        side_by_side(left, f"\nSố: 33/BC-VP\n\nBÁO CÁO\nKết quả sáu tháng\n{TEXT}\n{foot}\n")
    )
    assert header.date == date(2022, 12, 6)


def test_a_day_of_a_line_without_any_signature_is_not_the_papers() -> None:
    left = ["UBND XÃ HỒNG HÀ", "VĂN PHÒNG"]
    text = f"{TEXT * 20}\nHọp tại Hồng Hà, 06/12/2022\nbà con đến đông.\n"
    below = f"\nSố: 33/BC-VP\n\nBÁO CÁO\nKết quả sáu tháng\n{text}"
    assert read_header(side_by_side(left, below)).date is None
