"""Names of bodies whose last word or number stands alone on its line, and what stands around such heads."""

from __future__ import annotations

from datetime import date

import pytest

from dossier.scanner.recognise.header import read_header
from dossier.scanner.recognise.number import find_number

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


def test_a_number_below_a_schools_wrapped_name_or_a_wards_belongs_to_it() -> None:
    left = ["HỘI ĐỒNG NHÂN DÂN PHƯỜNG", "HỒNG HÀ", "2"]
    header = read_header(side_by_side(left, f"\nSố: 12/NQ-HĐND\n\nNGHỊ QUYẾT\nVề camera\n{TEXT}"))
    assert header.issuing_body == "HỘI ĐỒNG NHÂN DÂN PHƯỜNG HỒNG HÀ 2"


def test_a_year_below_a_day_is_found_beside_a_subjects_year() -> None:
    header = read_header(
        f"CÔNG AN XÃ HỒNG HÀ\t{CROWN[0]}\nSố: 84/CAX\t{CROWN[1]}\n"
        "V/v kê khai thu nhập\tHồng Hà, ngày 05 tháng 6 năm\nnăm 2024\t2025\n\nKính gửi: Các thôn\n" + TEXT
    )
    assert (header.date, header.abstract) == (date(2025, 6, 5), "kê khai thu nhập năm 2024")


def test_a_name_beside_a_broken_day_is_not_its_year() -> None:
    header = read_header(
        f"ỦY BAN MTTQ VIỆT NAM XÃ\t{CROWN[0]}\nTHUẬN\t{CROWN[1]}\nThuận Nam, ngày 11 tháng 5 năm\nNAM\n2024\n"
        f"Số: 03/KH-MTTQ\n\nKẾ HOẠCH\nDiễn tập\n{TEXT}"
    )
    assert (header.issuing_body, header.date) == ("ỦY BAN MTTQ VIỆT NAM XÃ THUẬN NAM", date(2024, 5, 11))


@pytest.mark.parametrize("own", ["ngày 20 tháng 12 năm 2026", "ngày... tháng 12 năm 2026"])
def test_a_day_that_a_subject_names_is_not_the_papers(own: str) -> None:
    header = read_header(
        f"CÔNG AN XÃ HỒNG HÀ\nSố 84/CAX\nVề hoàn thiện dữ liệu dân cư trước\nngày 15/8/2026\n{CROWN[0]}\n"
        f"{CROWN[1]}\nXã Hồng Hà, {own}\n\nKính gửi: Các thôn\n{TEXT}"
    )
    assert header.abstract == "Về hoàn thiện dữ liệu dân cư trước ngày 15/8/2026"
    assert header.date == date(2026, 12, 20) if "20" in own[:8] else header.partial_date == "2026-12"


def test_an_office_whose_code_is_a_types_writes_letters() -> None:
    text = f"BỘ TÀI CHÍNH\t{CROWN[0]}\nCỤC THUẾ\t{CROWN[1]}\nSố: 21/CT\tHà Nội, ngày 8 tháng 6 năm 2026\n"
    assert read_header(f"{text}V/v thực hiện Công điện\n{TEXT}").type == "cong-van"


def test_who_is_in_charge_signs_as_an_officer_does() -> None:
    left = ["ĐẢNG ỦY XÃ NAM HẢI", "CHI BỘ THÔN MỘT"]
    foot = "Nơi nhận:\tPHỤ TRÁCH CHI BỘ\n- Lưu.\n\n\tCha Ma Lé Điêu\n"
    header = read_header(side_by_side(left, f"\nSố: 33-BC/CB\n\nBÁO CÁO\nKết quả sáu tháng\n{TEXT}\n{foot}"))
    assert header.signer == "Cha Ma Lé Điêu"


@pytest.mark.parametrize(
    ("left", "issuer", "superior"),
    [
        (
            ["NGÂN HÀNG CÔNG THƯƠNG -", "CHI NHÁNH NAM HẢI"],
            "NGÂN HÀNG CÔNG THƯƠNG - CHI NHÁNH NAM HẢI",
            "",
        ),
        (
            ["NGÂN HÀNG CÔNG THƯƠNG", "CHI NHÁNH NAM HẢI"],
            "CHI NHÁNH NAM HẢI",
            "NGÂN HÀNG CÔNG THƯƠNG",
        ),
        (
            ["UBND XÃ HỒNG HÀ", "HỘI ĐỒNG PHỔ BIẾN, GIÁO DỤC PHÁP", "LUẬT"],
            "HỘI ĐỒNG PHỔ BIẾN, GIÁO DỤC PHÁP LUẬT",
            "UBND XÃ HỒNG HÀ",
        ),
        (
            ["TẬP ĐOÀN CÔNG NGHIỆP -", "VIỄN THÔNG QUÂN ĐỘI", "VIETTEL NAM HẢI"],
            "VIETTEL NAM HẢI",
            "TẬP ĐOÀN CÔNG NGHIỆP - VIỄN THÔNG QUÂN ĐỘI",
        ),
        (
            ["UBND XÃ HỒNG HÀ", "TỔ CÔNG TÁC LIÊN NGÀNH", "178"],
            "TỔ CÔNG TÁC LIÊN NGÀNH 178",
            "UBND XÃ HỒNG HÀ",
        ),
    ],
)
def test_a_line_that_begins_as_bodies_do_may_end_the_name_above(
    left: list[str], issuer: str, superior: str
) -> None:
    header = read_header(side_by_side(left, f"\nSố: 12/BC-NH\n\nBÁO CÁO\nKết quả sáu tháng\n{TEXT}"))
    assert (header.issuing_body, header.superior_body) == (issuer, superior)


def test_a_schools_name_is_no_officers_title() -> None:
    text = (
        f"ĐẢNG ỦY XÃ HỒNG HÀ\tĐẢNG CỘNG SẢN VIỆT NAM\nCHI BỘ TRƯỜNG TIỂU HỌC LÊ VĂN TÁM\n*\n"
        "Số 07-BC/CB\n\nBÁO CÁO\n"
        f"Kết quả sáu tháng\n{TEXT}\nHồng Hà, 06/12/2022\n"
    )
    header = read_header(text)
    assert (header.signer, header.signer_title) == ("", "")


@pytest.mark.parametrize("printed", ["Số 56/MTTQXã Nam Hải", "Số: 37/THCS-THĐ-Xã Nam Hải"])
def test_the_word_for_a_place_beside_a_number_is_no_code(printed: str) -> None:
    found = find_number(printed)
    assert found is not None
    assert found.value in ("56/MTTQ", "37/THCS-THĐ")
