"""Names of bodies broken over more lines than the motto beside them has."""

import pytest

from dossier.scanner.recognise.bodies import bodies
from dossier.scanner.recognise.header import read_header

BODY = "\n\nKẾ HOẠCH\nTuần tra ban đêm ở khu dân cư\nCăn cứ Luật Công an nhân dân;\n"
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def two_columns(*left: str, number: str, day: str = "Sông Mao, ngày 14 tháng 5 năm 2024") -> str:
    """A head whose left column is longer than the motto."""
    first, second, *rest = left
    return "\n".join([f"{first}\t{MOTTO[0]}", f"{second}\t{MOTTO[1]}", *rest, f"{number}\t{day}"])


def test_the_end_of_a_place_name_below_the_motto_is_part_of_the_issuer() -> None:
    head = two_columns("UBND HUYỆN TUY AN", "TÒA ÁN NHÂN DÂN HUYỆN TUY", "AN", number="Số: 12/KH-TA")
    assert read_header(head + BODY).issuing_body == "TÒA ÁN NHÂN DÂN HUYỆN TUY AN"


def test_a_last_line_above_a_number_without_date_beside_it_is_part_of_the_issuer() -> None:
    head = two_columns("UBND TỈNH", "HẠT KIỂM LÂM HUYỆN HÀM THUẬN", "BẮC", number="Số: 12/KH-HKL", day="")
    assert read_header(head + BODY).issuing_body == "HẠT KIỂM LÂM HUYỆN HÀM THUẬN BẮC"


def test_the_name_of_a_type_in_a_committee_s_name_is_no_title() -> None:
    head = two_columns(
        "UBND XÃ TÂN HỘI", "BAN CHỈ ĐẠO THỰC HIỆN", "QUY CHẾ DÂN CHỦ Ở CƠ SỞ", number="Số: 12/KH-BCĐ"
    )
    header = read_header(head + BODY)
    assert (header.issuing_body, header.type, header.abstract) == (
        "BAN CHỈ ĐẠO THỰC HIỆN QUY CHẾ DÂN CHỦ Ở CƠ SỞ",
        "ke-hoach",
        "Tuần tra ban đêm ở khu dân cư",
    )


def test_a_title_of_its_number_s_type_above_the_number_remains_the_title() -> None:
    head = two_columns("UBND XÃ TÂN HỘI", "CÔNG AN XÃ", "KẾ HOẠCH TUẦN TRA", number="Số: 12/KH-CAX")
    assert read_header(f"{head}\nCăn cứ Luật Công an nhân dân;\n").type == "ke-hoach"


def test_a_title_of_no_known_type_above_a_number_alone_is_no_issuer() -> None:
    head = two_columns("UBND XÃ TÂN HỘI", "CÔNG AN XÃ TÂN HỘI", "SỔ TAY TUẦN TRA", number="Số: 12", day="")
    assert read_header(f"{head}\nCăn cứ Luật Công an nhân dân;\n").issuing_body == "CÔNG AN XÃ TÂN HỘI"


@pytest.mark.parametrize(
    ("lines", "issuing", "superior"),
    [
        (
            ["BỘ TƯ LỆNH BỘ ĐỘI BIÊN PHÒNG", "BỘ CHỈ HUY BỘ ĐỘI BIÊN", "PHÒNG TỈNH LÀO CAI"],
            "BỘ CHỈ HUY BỘ ĐỘI BIÊN PHÒNG TỈNH LÀO CAI",
            "BỘ TƯ LỆNH BỘ ĐỘI BIÊN PHÒNG",
        ),
        (
            ["CÔNG TY TNHH MỘT THÀNH", "VIÊN CAO SU SÔNG MAO"],
            "CÔNG TY TNHH MỘT THÀNH VIÊN CAO SU SÔNG MAO",
            "",
        ),
        (
            ["GIÁO PHẬN VINH", "BAN THƯỜNG VỤ HỘI ĐỒNG", "GIÁO XỨ TÂN LỘC"],
            "BAN THƯỜNG VỤ HỘI ĐỒNG GIÁO XỨ TÂN LỘC",
            "GIÁO PHẬN VINH",
        ),
        (
            ["QUÂN KHU 5", "BỘ CHỈ HUY", "BỘ ĐỘI BIÊN PHÒNG TỈNH GIA LAI"],
            "BỘ CHỈ HUY BỘ ĐỘI BIÊN PHÒNG TỈNH GIA LAI",
            "QUÂN KHU 5",
        ),
        (["SỞ XÂY DỰNG", "BẾN XE KHÁCH HUYỆN TUY AN"], "BẾN XE KHÁCH HUYỆN TUY AN", "SỞ XÂY DỰNG"),
    ],
)
def test_names_are_parted_where_a_body_begins(lines: list[str], issuing: str, superior: str) -> None:
    assert bodies(lines) == (issuing, superior)
