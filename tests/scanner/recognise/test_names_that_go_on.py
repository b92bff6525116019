"""Ends of bodies' names, numbers, capacities and subjects that heads and feet break in other ways."""

import pytest

from dossier.scanner.recognise.bodies import bodies
from dossier.scanner.recognise.header import read_header
from dossier.scanner.recognise.names import person_named
from dossier.scanner.recognise.signature import find_signer

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
BODY = "\n\nKẾ HOẠCH\nTuần tra ban đêm ở bến cá\nCăn cứ Luật Công an nhân dân;\n"
MINUTES = "\n\nBIÊN BẢN\nSinh hoạt định kỳ tháng 10\n\nHôm nay, ngày 03 tháng 8 năm 2025, chúng tôi gồm có:\n"


def two_columns(*left: str) -> str:
    """A head whose left column is beside the motto and may be longer."""
    lines = [*left, *[""] * (2 - len(left))]
    return "\n".join([f"{lines[0]}\t{MOTTO[0]}", f"{lines[1]}\t{MOTTO[1]}", *lines[2:]])


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("VÙNG CẢNH SÁT BIỂN", "3"),
        ("TIỂU ĐOÀN CẢNH SÁT CƠ ĐỘNG SỐ", "2"),
        ("CÔNG AN PHƯỜNG", "12"),
        ("HỘI KHUYẾN HỌC XÃ PỜ", "Y"),
    ],
)
def test_a_number_or_letter_alone_below_a_body_s_name_ends_it(line: str, sign: str) -> None:
    head = two_columns("BỘ CÔNG AN", line, sign, "Số: 14/KH-ABC")
    assert read_header(head + BODY).issuing_body == f"{line} {sign}"


def test_a_number_below_a_whole_name_is_no_part_of_it() -> None:
    head = two_columns("BỘ CÔNG AN", "SỞ NỘI VỤ", "2", "Số: 14/KH-SNV")
    assert read_header(head + BODY).issuing_body == "SỞ NỘI VỤ"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("BỘ CÔNG AN", "KÝ TÚC VIÊN HÒA SƠN"),
        ("GIÁO HỘI PHẬT GIÁO VIỆT NAM TỈNH ĐỒNG NAI", "NIỆM PHẬT ĐƯỜNG LONG HẢI"),
        ("UBND XÃ TU MƠ RÔNG", "KHÓM VĨNH PHƯỚC"),
        ("UBND HUYỆN TỊNH BIÊN", "PHÒNG NỘI VỤ"),
    ],
)
def test_below_a_whole_superior_a_new_body_begins(above: str, below: str) -> None:
    assert bodies([above, below]) == (below, above)


def test_what_goes_on_below_a_province_is_of_the_same_name() -> None:
    assert bodies(["UBND TỈNH QUẢNG NAM", "- ĐÀ NẴNG"])[1] == ""


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("THIỀN VIỆN TRÚC LÂM", "VIÊN NGỘ"),
        ("CÔNG TY CỔ PHẦN DỊCH", "VỤ BẢO VỆ THĂNG LONG"),
        ("HỘI CỰU CHIẾN BINH", "CÔNG AN TỈNH"),
    ],
)
def test_the_second_line_of_a_name_may_begin_as_other_bodies_do(first: str, rest: str) -> None:
    assert bodies([first, rest]) == (f"{first} {rest}", "")


def test_the_name_of_a_type_below_an_open_name_is_no_title() -> None:
    head = two_columns("CÔNG AN TỈNH AN GIANG", "HỘI ĐỒNG KHOA HỌC VÀ", "SÁNG KIẾN", "Số: 12/HĐKH")
    found = read_header(f"{head}\nV/v gia hạn thời gian gửi bài\n\nKính gửi: Các phòng\n")
    assert (found.issuing_body, found.type) == ("HỘI ĐỒNG KHOA HỌC VÀ SÁNG KIẾN", "cong-van")


def test_a_title_below_an_office_is_no_part_of_its_name() -> None:
    head = two_columns("UBND TỈNH LÀO CAI", "VĂN PHÒNG", "PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC")
    found = read_header(f"{head}\n\nKính gửi: Đồng chí Phó Chủ tịch Ủy ban nhân dân tỉnh.\n")
    assert (found.issuing_body, found.type) == ("VĂN PHÒNG", "phieu-trinh")


def test_the_name_of_a_type_above_the_motto_is_no_title() -> None:
    left = ["UBND XÃ SÍN CHÉNG", "HỘI ĐỒNG PHỔ BIẾN, GIÁO DỤC PHÁP", "LUẬT", "Số: 06 BB/HĐPH"]
    found = read_header("\n".join([*left, *MOTTO]) + MINUTES)
    assert (found.issuing_body, found.type) == ("HỘI ĐỒNG PHỔ BIẾN, GIÁO DỤC PHÁP LUẬT", "bien-ban")


def test_minutes_without_a_number_have_the_last_line_of_their_issuer() -> None:
    head = two_columns("HIỆP HỘI DOANH NGHIỆP", "NHỎ VÀ VỪA TỈNH AN", "GIANG", "-------")
    assert read_header(head + MINUTES).issuing_body == "HIỆP HỘI DOANH NGHIỆP NHỎ VÀ VỪA TỈNH AN GIANG"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 47/CTr_PC11", "47/CTr-PC11"),
        ("No. 56/KH-NTG", "56/KH-NTG"),
        ("Số: 14/A05(P3)-KH", "14/A05(P3)-KH"),
    ],
)
def test_signs_of_a_number_that_offices_type(line: str, number: str) -> None:
    found = read_header(two_columns("CÔNG AN TỈNH AN GIANG", "PHÒNG HẬU CẦN", line) + BODY)
    assert (found.number_symbol, found.issuing_body) == (number, "PHÒNG HẬU CẦN")


@pytest.mark.parametrize(
    ("title", "capacity"),
    [
        ("THAY MẶT BAN CHẤP HÀNH\nCHỦ TỊCH", "TM."),
        ("KT TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG", "KT."),
        ("TL GIÁM ĐỐC\nTRƯỞNG PHÒNG THAM MƯU", "TL."),
    ],
)
def test_capacities_without_a_full_stop_or_in_words(title: str, capacity: str) -> None:
    assert find_signer(f"Nội dung như trên./.\n\n{title}\n\n\nTrần Văn Bình").capacity == capacity


def test_a_rank_may_stand_behind_a_degree() -> None:
    found = person_named("ThS. Đại úy Trần Văn Bình")
    assert found is not None
    assert (found.name, found.rank) == ("Trần Văn Bình", "Đại úy")


def test_a_letter_without_addressee_does_not_take_its_text_for_its_subject() -> None:
    head = two_columns("ĐẢNG ỦY XÃ A", "CHI BỘ QUÂN SỰ", "Số 87-CV/CBQS\tTả Van, ngày 14 tháng 4 năm 2026")
    found = read_header(f"{head}\nVề đề cử điển hình\n\nNội dung cụ thể được nêu trong đề cương.\n")
    assert found.abstract == "Về đề cử điển hình"


def test_the_day_of_a_holiday_on_the_last_line_of_a_subject_is_kept() -> None:
    head = two_columns(
        "CÔNG AN TỈNH AN GIANG", "PHÒNG HẬU CẦN", "Số: 8/PH10\tTả Van, ngày 1 tháng 4 năm 2026"
    )
    found = read_header(f"{head}\nV/v treo Quốc kỳ và nghỉ Lễ\n30/4\n\nKính gửi: Các trường\n")
    assert found.abstract == "treo Quốc kỳ và nghỉ Lễ 30/4"


@pytest.mark.parametrize("end", ["thiết\nbị", "thiết bị", "công tác chuẩn\nbị"])
def test_a_subject_may_end_with_a_word_whose_last_syllable_asks_for_another(end: str) -> None:
    head = two_columns("CÔNG AN TỈNH AN GIANG", "PHÒNG HẬU CẦN", "Số: 8/TTr-PH10")
    text = "Thi hành ý kiến của cấp trên, tập thể đã bàn và thống nhất như sau:"
    found = read_header(f"{head}\n\nTỜ TRÌNH\nVề việc xin kinh phí cho {end}\n\n{text}\n")
    assert found.abstract == f"Về việc xin kinh phí cho {end}".replace("\n", " ")
