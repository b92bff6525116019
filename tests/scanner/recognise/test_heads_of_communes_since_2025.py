"""Heads of papers of communes, wards and their police: what was read wrong, or not at all, in fresh ones."""

from __future__ import annotations

from datetime import date

import pytest

from dossier.scanner.recognise.header import read_header
from dossier.scanner.recognise.names import person_named

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
HEAD = (
    f"CÔNG AN TỈNH BẮC NINH\nCÔNG AN XÃ TIÊN LỤC\n{MOTTO}Số: 92/BC-CAX\nTiên Lục, ngày 30 tháng 11 năm 2025\n"
)
LETTER = HEAD.replace("92/BC-CAX", "92/CAX-TH")
BODY = "Căn cứ tình hình thực tế, Công an xã báo cáo như sau:\nI. TÌNH HÌNH\n"


@pytest.mark.parametrize(
    ("lines", "abstract"),
    [
        (
            "Kết quả thực hiện Hướng dẫn số\n22/HD-BCA-V05 ngày 05/12/2024 của Bộ Công an",
            "Kết quả thực hiện Hướng dẫn số 22/HD-BCA-V05 ngày 05/12/2024 của Bộ Công an",
        ),
        (
            "Kết quả xây dựng phong trào\nToàn dân bảo vệ an ninh Tổ quốc năm 2025",
            "Kết quả xây dựng phong trào Toàn dân bảo vệ an ninh Tổ quốc năm 2025",
        ),
        ("Kết quả thực hiện quy định số\n1. Tình hình", "Kết quả thực hiện quy định số"),
    ],
)
def test_an_abstract_goes_on_with_the_number_or_name_that_its_line_announces(
    lines: str, abstract: str
) -> None:
    assert read_header(f"{HEAD}BÁO CÁO\n{lines}\n{BODY}").abstract == abstract


def test_the_abstract_of_a_letter_goes_on_with_the_number_that_its_line_announces() -> None:
    about = "V/v góp ý dự thảo thay thế Hướng dẫn số\n22/HD-BCA-V05 ngày 05/12/2024\n"
    read = read_header(f"{LETTER}{about}Kính gửi: Cục V05.\n1. Nhất trí với dự thảo.\n")
    assert read.abstract == "góp ý dự thảo thay thế Hướng dẫn số 22/HD-BCA-V05 ngày 05/12/2024"


@pytest.mark.parametrize(
    ("title", "type_"),
    [("NGHỊ QUYẾT CHUYÊN ĐỀ", "nghi-quyet"), ("PHỤ LỤC II", "phu-luc"), ("PHỤ LỤC SỐ 01", "phu-luc")],
)
def test_what_only_qualifies_or_counts_a_title_is_no_abstract(title: str, type_: str) -> None:
    read = read_header(f"{HEAD}{title}\nVề xây dựng xã không có ma túy\n{BODY}")
    assert (read.type, read.abstract) == (type_, "Về xây dựng xã không có ma túy")


def test_a_pledge_is_of_the_day_on_which_it_says_that_it_is_made() -> None:
    about = "BẢN CAM KẾT\nThực hiện mô hình “Giáo xứ bình yên”\n"
    made = "Hôm nay, ngày 20/01/2024, tại Giáo xứ Phúc Nhạc, chúng tôi gồm:\n"
    read = read_header(f"{MOTTO}{about}{made}1. Ông Phạm Văn Khoan;\nCam kết thực hiện các nội dung sau.\n")
    assert read.date == date(2024, 1, 20) and read.fields["date"].confidence < 0.9


def test_a_day_in_the_text_of_a_paper_without_its_own_is_none_of_its_making() -> None:
    said = (
        "Hôm nay, toàn thể nhân dân họp bàn. Thực hiện Chỉ thị số 1 ngày 3/5/2019 của Ủy ban nhân dân xã.\n"
    )
    assert read_header(f"{MOTTO}BẢN CAM KẾT\nThực hiện mô hình “Xóm đạo bình yên”\n{said}").date is None


@pytest.mark.parametrize("kept", ["- Lưu VPĐU.", "- Lưu VT", "- Lưu Văn Phòng."])
def test_the_file_copy_of_a_party_committee_is_no_signer(kept: str) -> None:
    foot = f"Nơi nhận:\tT/M BAN THƯỜNG VỤ\n- Như trên,\tPHÓ BÍ THƯ\n{kept}\nĐoàn Trúc Quỳnh\n"
    assert (
        read_header(f"{LETTER}V/v nhân rộng mô hình\nKính gửi: Các chi bộ.\n{foot}").signer
        == "Đoàn Trúc Quỳnh"
    )


def test_who_registers_is_the_signer_of_the_form() -> None:
    read = read_header(
        f"{MOTTO}BẢN ĐĂNG KÝ\nDanh hiệu thi đua năm 2026\nHọ và tên: …\nNGƯỜI ĐĂNG KÝ\nĐàm Thị Ý\n"
    )
    assert read.signer == "Đàm Thị Ý"


def test_the_abstract_of_a_paper_without_an_issuer_is_no_issuer() -> None:
    read = read_header(f"{MOTTO}QUY ƯỚC\nTổ tự quản đường Trần Phú\nĐiều 1. Mọi thành viên đoàn kết.\n")
    assert (read.abstract, read.issuing_body) == ("Tổ tự quản đường Trần Phú", "")


def test_society_is_no_place_below_which_a_hamlet_stands_apart() -> None:
    names = f"UBND XÃ TIÊN LỤC\nBAN CÔNG TÁC XÃ HỘI\nTHÔN NGOÀI\n{MOTTO}Số: 02/BC\n"
    assert (
        read_header(f"{names}BÁO CÁO\nKết quả vận động\n{BODY}").issuing_body
        == "BAN CÔNG TÁC XÃ HỘI THÔN NGOÀI"
    )


RUN_TOGETHER = (
    "CÔNG AN TỈNH BẮC NINH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "CÔNG AN PHƯỜNG KINH BẮC Độc lập - Tự do - Hạnh phúc\n"
    "Số: 12/CAP\nV/v ra mắt mô hình tại phường {place}, ngày 03 tháng 11 năm 2025\n"
    "Kính gửi: Ủy ban nhân dân phường.\n"
)


def test_the_place_beside_an_abstract_is_told_from_the_name_that_ends_it() -> None:
    read = read_header(RUN_TOGETHER.format(place="Kinh Bắc Bắc Ninh"))
    assert (read.abstract, read.place) == ("ra mắt mô hình tại phường Kinh Bắc", "Bắc Ninh")


def test_an_abstract_that_may_have_lost_its_last_name_to_the_place_beside_it_is_in_doubt() -> None:
    read = read_header(RUN_TOGETHER.format(place="Kinh Bắc Vũ Ninh"))
    assert read.fields["abstract"].doubtful


def test_an_issuer_below_half_a_motto_is_in_doubt() -> None:
    head = "UBND XÃ TÂN LẬP CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nBAN CHỈ ĐẠO 138 VIỆT NAM\nSố: 12/KH-BCĐ "
    head += "Độc lập - Tự do - Hạnh phúc\n"
    read = read_header(f"{head}Tân Lập, ngày 03 tháng 11 năm 2025\nKẾ HOẠCH\nXây dựng mô hình\n{BODY}")
    assert read.fields["issuing_body"].doubtful


def test_who_is_named_in_an_annex_below_an_illegible_name_did_not_sign() -> None:
    foot = "TRƯỞNG CÔNG AN XÃ\n\nPHỤ LỤC\nDANH SÁCH KHEN\n1. Ông Trần Văn Bảy;\n2. Bà Lê Thị Chín\n"
    assert read_header(f"{HEAD}BÁO CÁO\nKết quả xây dựng mô hình\n{BODY}{foot}").signer == ""


def test_one_who_is_listed_below_an_illegible_name_did_not_sign() -> None:
    foot = "TRƯỞNG CÔNG AN XÃ\n\n1. Tập thể: Tổ tự quản số 2;\n2. Cá nhân: Ông Nguyễn Văn Bảy.\n"
    assert read_header(f"{HEAD}BÁO CÁO\nKết quả xây dựng mô hình\n{BODY}{foot}").signer == ""


@pytest.mark.parametrize(("said", "name"), [("Thiếu tá Thị Sà Quý", "Thị Sà Quý"), ("Thị Sà Quý", "")])
def test_a_khmer_womans_name_begins_with_thi_behind_her_rank(said: str, name: str) -> None:
    read = read_header(f"{HEAD}BÁO CÁO\nKết quả xây dựng mô hình\n{BODY}TRƯỞNG CÔNG AN XÃ\n\n{said}\n")
    assert read.signer == name


@pytest.mark.parametrize("text", ["Lưu VPĐU", "Trần Phú THCS"])
def test_an_abbreviation_is_no_part_of_a_name(text: str) -> None:
    assert person_named(text) is None


def test_of_three_who_sign_minutes_side_by_side_without_a_chair_each_may_be_meant() -> None:
    foot = "ĐẠI DIỆN HỘ DÂN\tTRƯỞNG THÔN\tTHƯ KÝ\n\nLò Văn Hai\tNguyễn Văn An\tTrần Thị Bé\n"
    read = read_header(f"{MOTTO}BIÊN BẢN\nHọp thôn\n{BODY}{foot}")
    assert read.fields["signer"].doubtful
    chaired = read_header(f"{MOTTO}BIÊN BẢN\nHọp thôn\n{BODY}{foot.replace('TRƯỞNG THÔN', 'CHỦ TRÌ')}")
    assert not chaired.fields["signer"].doubtful


def test_a_workshop_below_its_company_is_a_body_of_its_own() -> None:
    names = f"CÔNG TY CP MAY SÔNG HỒNG\nXƯỞNG MAY SỐ 5\n{MOTTO}Số: 02/BC-XM5\n"
    read = read_header(f"{names}BÁO CÁO\nKết quả vận động\n{BODY}")
    assert (read.issuing_body, read.superior_body) == ("XƯỞNG MAY SỐ 5", "CÔNG TY CP MAY SÔNG HỒNG")


@pytest.mark.parametrize("rule", ["_______", "-------"])
def test_a_short_line_above_the_rule_is_the_end_of_the_abstract(rule: str) -> None:
    about = "Về việc thành lập Tổ tự quản về an ninh, trật tự tuyến đường Nguyễn\nThị Minh Khai\n"
    body = "Ủy ban nhân dân xã xây dựng kế hoạch thực hiện với các nội dung cụ thể, phân công như sau:\n"
    read = read_header(f"{HEAD}KẾ HOẠCH\n{about}{rule}\n{body}I. MỤC ĐÍCH\n")
    assert read.abstract == about.strip().replace("\n", " ")


def test_the_abstract_of_a_letter_goes_on_with_a_symbol_alone() -> None:
    about = "V/v góp ý dự thảo sửa đổi Thông tư số\n124/2021/TT-BCA\n"
    read = read_header(f"{LETTER}{about}Kính gửi: Cục V05.\n1. Nhất trí.\n")
    assert read.abstract == "góp ý dự thảo sửa đổi Thông tư số 124/2021/TT-BCA"


def test_the_draft_that_a_letter_is_about_makes_no_draft_of_the_letter() -> None:
    read = read_header(f"{LETTER}V/v tham gia ý kiến đối với\ndự thảo Thông tư của Bộ\nKính gửi: Cục V05.\n")
    assert (read.draft, read.abstract) == (False, "tham gia ý kiến đối với dự thảo Thông tư của Bộ")


@pytest.mark.parametrize(
    "about",
    [
        "thay thế Phụ lục ban hành kèm theo Kế hoạch số 33/KH-CAX ngày\n02/02/2025",
        "mời dự Lễ ra mắt mô hình vào lúc 8 giờ 00\nngày 15/9/2025",
        "mời dự Lễ ra mắt mô hình vào lúc 8 giờ 00 ngày\n15/9/2025",
        "chuyển đổi số trong Công an xã giai đoạn 2025\n- 2027, tầm nhìn 2030",
    ],
)
def test_an_abstract_goes_on_with_the_day_or_year_that_its_line_announces(about: str) -> None:
    letter = read_header(f"{LETTER}V/v {about}\nKính gửi: Cục V05.\n1. Nhất trí.\n")
    titled = read_header(f"{HEAD}BÁO CÁO\nVề việc {about}\n{BODY}")
    whole = about.replace("\n", " ")
    assert (letter.abstract, titled.abstract) == (whole, f"Về việc {whole}")
    assert letter.date == titled.date == date(2025, 11, 30)


def test_a_day_without_a_place_below_v_v_is_the_letters_own_where_there_is_no_other() -> None:
    bare = LETTER.replace("Tiên Lục, ngày 30 tháng 11 năm 2025\n", "")
    read = read_header(f"{bare}V/v góp ý mô hình mới\nngày 30 tháng 11 năm 2025\nKính gửi: Cục V05.\n")
    assert (read.abstract, read.date) == ("góp ý mô hình mới", date(2025, 11, 30))
