"""Heads as word processors and printers break them: wrapped mottoes, dates, names; blanks; older forms."""

from __future__ import annotations

from datetime import date

import pytest

from dossier.scanner.recognise.header import read_header
from dossier.scanner.recognise.number import find_number

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
GROUNDS = "\nCăn cứ Luật Tổ chức chính quyền địa phương;\n"


def head(number: str = "Số: 12/QĐ-UBND", day: str = "ngày 05 tháng 3 năm 2024", below: str = "") -> str:
    return f"ỦY BAN NHÂN DÂN\nXÃ ĐÔNG HẢI\n{number}\n{MOTTO}Đông Hải, {day}\n{below}"


def test_motto_date_and_issuer_are_put_together_over_two_columns() -> None:
    header = read_header(
        "UBND TỈNH ĐÔNG HẢI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA\n"
        "BAN CHỈ ĐẠO PHÒNG, CHỐNG\tVIỆT NAM\n"
        "TỘI PHẠM, TỆ NẠN XÃ HỘI VÀ\tĐộc lập - Tự do -\n"
        "XÂY DỰNG PHONG TRÀO TOÀN\tHạnh phúc\n"
        "DÂN BẢO VỆ ANTQ\tĐông Hải, ngày 18 tháng 11 năm\n"
        "Số: 04/KH-BCĐ799\t2022\n\nKẾ HOẠCH\nTriển khai mô hình\n" + GROUNDS
    )
    assert header.issuing_body == (
        "BAN CHỈ ĐẠO PHÒNG, CHỐNG TỘI PHẠM, TỆ NẠN XÃ HỘI VÀ XÂY DỰNG PHONG TRÀO TOÀN DÂN BẢO VỆ ANTQ"
    )
    assert header.superior_body == "UBND TỈNH ĐÔNG HẢI"
    assert (header.number_symbol, header.date) == ("04/KH-BCĐ799", date(2022, 11, 18))


def test_a_motto_that_lost_its_blanks_is_no_part_of_the_issuer() -> None:
    header = read_header(
        "UBND TỈNH ĐÔNG HẢI CỘNG HÒA XÃ HỘI CHỦNGHĨAVIỆT NAM\n"
        "SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc\n"
        "Số: 12/GP-SNV\nĐông Hải, ngày 18 tháng 11 năm 2022\nGIẤY PHÉP\nTổ chức lễ hội\n" + GROUNDS
    )
    assert (header.superior_body, header.issuing_body) == ("UBND TỈNH ĐÔNG HẢI", "SỞ NỘI VỤ")


@pytest.mark.parametrize(
    ("day", "partial"),
    [
        ("ngày      tháng 12 năm 2024", "2024-12"),
        ("ngày …… tháng …… năm 2024", "2024"),
        ("ngày @&0 tháng 12 năm 2024", "2024-12"),
        ("ngày    /12/2024", "2024-12"),
        ("tháng 12 năm 2024", "2024-12"),
        ("ngày    tháng    năm", ""),
    ],
)
def test_a_date_without_its_day_keeps_month_and_year(day: str, partial: str) -> None:
    header = read_header(head(day=day, below="QUYẾT ĐỊNH\nVề việc khen thưởng\n" + GROUNDS))
    assert (header.date, header.partial_date) == (None, partial)


def test_a_day_that_touches_its_month_is_read() -> None:
    assert read_header(head(day="ngày 04tháng 02 năm 2025")).date == date(2025, 2, 4)


def test_a_date_above_the_signature_counts_where_the_head_has_none() -> None:
    header = read_header(
        f"{MOTTO}\nĐƠN XIN THÀNH LẬP\nKính gửi: Ủy ban nhân dân xã\nTôi tên là Lê Văn Bốn\n\n"
        "Đông Hải, ngày 5 tháng 3 năm 2024\nNgười làm đơn\nLê Văn Bốn\n"
    )
    assert (header.type, header.date) == ("don", date(2024, 3, 5))


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Luật số: 35/2024/QH15", "35/2024/QH15"),
        ("Nghị quyết số: 104/2025/UBTVQH15", "104/2025/UBTVQH15"),
        ("Số: 66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
        ("Số: 12/2024/QĐ-PT", "12/2024/QĐ-PT"),
        ("Số:     /QĐ-BCA-C41", "/QĐ-BCA-C41"),
        ("Số: 15/KH-BCĐ 138", "15/KH-BCĐ138"),
        ("Số: 45 QĐ/UB", "45 QĐ/UB"),
    ],
)
def test_numbers_of_all_kinds(printed: str, value: str) -> None:
    found = find_number(printed)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["Quyết định số 12/QĐ-UBND", "theo Kế hoạch số 5/KH-CAX"])
def test_a_cited_number_is_no_number_of_the_head(text: str) -> None:
    assert find_number(text) is None


def test_letters_of_another_script_are_read_as_those_they_look_like() -> None:
    assert read_header(head("Số: 24/QĐ-ВСТ")).number_symbol == "24/QĐ-BCT"


def test_a_body_may_be_named_after_a_decision() -> None:
    header = read_header(
        f"SỞ TƯ PHÁP\nĐOÀN KIỂM TRA THEO QĐ SỐ 28/QĐ-STP\nSố:      /ĐKT-STP\n{MOTTO}\nBÁO CÁO\nKết quả\n"
    )
    assert (header.number_symbol, header.issuing_body) == ("/ĐKT-STP", "ĐOÀN KIỂM TRA THEO QĐ SỐ 28/QĐ-STP")


def test_a_title_of_no_known_type_is_no_type_and_no_part_of_the_issuer() -> None:
    header = read_header(head("Số: 12/ABC-UBND", below="BẢN ĐÁNH GIÁ TÁC ĐỘNG\nVề môi trường\n" + GROUNDS))
    assert (header.type, header.issuing_body) == ("", "ỦY BAN NHÂN DÂN XÃ ĐÔNG HẢI")


def test_a_law_has_its_name_below_its_type() -> None:
    header = read_header(f"QUỐC HỘI\n-------\n{MOTTO}Luật số: 35/2024/QH15\nLUẬT\nHỢP TÁC XÃ\n{GROUNDS}")
    assert (header.type, header.abstract, header.issuing_body) == ("luat", "HỢP TÁC XÃ", "QUỐC HỘI")


def test_the_form_before_2005_names_the_body_after_the_type() -> None:
    header = read_header(
        head(below=f"QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN XÃ\nVề việc: Giao quyền sử dụng đất\n{GROUNDS}")
    )
    assert header.abstract == "Về việc: Giao quyền sử dụng đất"


@pytest.mark.parametrize(
    ("lines", "abstract"),
    [
        ("Phê duyệt Điều lệ\nHội Làm vườn Đông Hải", "Phê duyệt Điều lệ Hội Làm vườn Đông Hải"),
        ("Thực hiện Đề án số 08 về phát triển\nlàng nghề", "Thực hiện Đề án số 08 về phát triển làng nghề"),
        (
            "VỀ VIỆC CÔNG BỐ DANH MỤC VĂN BẢN HẾT HIỆU LỰC ỦY BAN NHÂN DÂN XÃ ĐÔNG HẢI",
            "VỀ VIỆC CÔNG BỐ DANH MỤC VĂN BẢN HẾT HIỆU LỰC",
        ),
        ("VỀ QUY CHẾ CỦA ỦY BAN NHÂN DÂN XÃ ĐÔNG HẢI", "VỀ QUY CHẾ CỦA ỦY BAN NHÂN DÂN XÃ ĐÔNG HẢI"),
        ("Chấp thuận chủ trương\n(Cấp lần đầu: ngày 5 tháng 3 năm 2024)", "Chấp thuận chủ trương"),
        ("Cho phép đổi tên Hội Làm vườn xã\nĐông Hải", "Cho phép đổi tên Hội Làm vườn xã Đông Hải"),
    ],
)  # fmt: skip
def test_an_abstract_ends_where_the_text_begins(lines: str, abstract: str) -> None:
    assert read_header(head(below=f"QUYẾT ĐỊNH\n{lines}\n{GROUNDS}")).abstract == abstract


def test_a_long_reference_is_kept_whole_and_a_draft_with_it_stays_one() -> None:
    subject = "chấm dứt thẩm định và trả hồ sơ thiết kế " * 6
    header = read_header(head("Số:      /UBND-KT", below=f"V/v {subject}\n\nKính gửi: Công ty A\n"))
    assert (header.abstract, header.type, header.draft) == (subject.strip(), "cong-van", True)


def test_words_that_say_more_of_the_type_are_no_abstract() -> None:
    header = read_header(head(below=f"HƯỚNG DẪN LIÊN NGÀNH\nVề việc xử lý vi phạm\n{GROUNDS}"))
    assert (header.type, header.abstract) == ("huong-dan", "Về việc xử lý vi phạm")


def test_superior_and_body_on_one_line_are_two() -> None:
    header = read_header(f"UBND TỈNH ĐÔNG HẢI SỞ CÔNG THƯƠNG\nSố: 1/SCT-CN\n{MOTTO}V/v thông báo\n")
    assert (header.issuing_body, header.superior_body) == ("SỞ CÔNG THƯƠNG", "UBND TỈNH ĐÔNG HẢI")


def test_the_code_of_a_form_is_no_superior_body() -> None:
    header = read_header(f"BM01/VPUB-QT 7.0\nVĂN PHÒNG UBND TỈNH\nPHÒNG NỘI CHÍNH\n{MOTTO}\nPHIẾU TRÌNH\n")
    assert (header.issuing_body, header.superior_body) == ("PHÒNG NỘI CHÍNH", "VĂN PHÒNG UBND TỈNH")


@pytest.mark.parametrize("name", ["Văn Phòng", "Tiểu Ban Văn Kiện", "Phụ Lục V", "Trưởng Đoàn"])
def test_what_is_no_person_signs_nothing(name: str) -> None:
    text = head(below=f"BÁO CÁO\nKết quả\n{GROUNDS}\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\n{name}\n")
    assert read_header(text).signer == ""


def test_the_signature_stands_where_the_text_ends_not_in_its_annexes() -> None:
    annex = (
        "PHỤ LỤC I\n" + "".join(f"{n}\tKhóa số tám loại {n}\n" for n in range(90)) + "GIÁM ĐỐC\nMai Văn Bảy\n"
    )
    signed = "BỘ TRƯỞNG\nThượng tướng Lê Văn An\n"
    text = head(below=f"THÔNG TƯ\nQuy định chi tiết\n{GROUNDS}Điều 1. Thi hành./.\n{signed}")
    header = read_header(text + annex)
    assert (header.signer, header.signer_rank) == ("Lê Văn An", "Thượng tướng")


@pytest.mark.parametrize(
    "rows",
    [
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT\nUBND TỈNH ĐÔNG HẢI\nNAM\nSỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc\n",
        "UBND TỈNH ĐÔNG HẢI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT\nSỞ NỘI VỤ\tNAM\nĐộc lập - Tự do - Hạnh phúc\n",
        "UBND TỈNH ĐÔNG HẢI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT\nNAM\nSỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc\n",
    ],
)
def test_last_word_of_the_motto_alone_on_its_line_is_no_part_of_a_body(rows: str) -> None:
    header = read_header(
        f"{rows}Số: 12/BC-SNV\tĐông Hải, ngày 05 tháng 3 năm 2024\nBÁO CÁO\nKết quả{GROUNDS}"
    )
    assert (header.superior_body, header.issuing_body) == ("UBND TỈNH ĐÔNG HẢI", "SỞ NỘI VỤ")


def test_a_title_in_small_letters_above_its_subject_is_no_letter() -> None:
    header = read_header(head(below=f"Quyết định\nVề việc thành lập Ban Chỉ đạo\n{GROUNDS}"))
    assert (header.type, header.abstract) == ("quyet-dinh", "Về việc thành lập Ban Chỉ đạo")


def test_the_subject_goes_on_below_capitals_beside_the_type() -> None:
    header = read_header(
        head(below=f"KẾ HOẠCH PHỐI HỢP\nĐảm bảo an ninh trường học năm học 2022 - 2023\n{GROUNDS}")
    )
    assert header.abstract == "PHỐI HỢP Đảm bảo an ninh trường học năm học 2022 - 2023"


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("Số: 112\n-KH/ĐTN", "112-KH/ĐTN"),
        ("Số: 94\nCV/PV28", "94 CV/PV28"),
        ("Số: 215\n/QĐ-CTLA", "215/QĐ-CTLA"),
        ("Số: 37 /KH MTTQ-BTT", "37/KH-MTTQ-BTT"),
    ],
)
def test_a_symbol_below_its_number_or_without_its_dash(number: str, value: str) -> None:
    header = read_header(head(number, below="KẾ HOẠCH\nRa quân giữ gìn trật tự" + GROUNDS))
    assert (header.number_symbol, header.issuing_body) == (value, "ỦY BAN NHÂN DÂN XÃ ĐÔNG HẢI")


@pytest.mark.parametrize("behind", ["BCH ĐOÀN XÃ", "TRƯỜNG HỌC", "ngày"])
def test_words_behind_a_symbol_are_no_part_of_it(behind: str) -> None:
    found = find_number(f"Số: 12/KH {behind}")
    assert found is not None
    assert found.value == "12/KH"


@pytest.mark.parametrize("day", ["05/3/2024", "05.03.2024", "5-3-2024", "\t 05.03.2024"])
def test_a_date_stamped_in_figures_behind_the_place(day: str) -> None:
    header = read_header(
        f"ỦY BAN NHÂN DÂN\nXÃ ĐÔNG HẢI\nSố: 12/QĐ-UBND\n{MOTTO}Đông Hải, {day}\nQUYẾT ĐỊNH{GROUNDS}"
    )
    assert header.date == date(2024, 3, 5)


@pytest.mark.parametrize("day", ["45.03.2024", "05.13.2024", "05.03/2024"])
def test_figures_that_are_no_date_give_none(day: str) -> None:
    header = read_header(f"ỦY BAN NHÂN DÂN\nXÃ ĐÔNG HẢI\nSố: 12/QĐ-UBND\n{MOTTO}Đông Hải, {day}\nQUYẾT ĐỊNH")
    assert header.date is None


@pytest.mark.parametrize(
    "printed",
    [
        "12/QĐ\u2011UBND",
        "12/QĐ\u2212UBND",
        "12\uff0fQĐ-UBND",
        "\uff11\uff12/QĐ\u2010UBND",
        "12\u2215QĐ\u2043UBND",
    ],
)
def test_marks_and_figures_of_other_shapes_are_those_of_numbers(printed: str) -> None:
    assert (
        read_header(head(f"Số: {printed}", below="QUYẾT ĐỊNH\nVề việc này" + GROUNDS)).number_symbol
        == "12/QĐ-UBND"
    )


def test_one_letter_is_no_symbol() -> None:
    assert find_number("Số: 12/Q Đ-UBND") is None


@pytest.mark.parametrize(
    "day", ["5.3.2024", "05 – 3 – 2024", "05\u20113\u20112024", "mùng 5 tháng 3 năm 2024"]
)
def test_days_in_other_forms(day: str) -> None:
    assert read_header(head(day=f"ngày {day}", below="QUYẾT ĐỊNH" + GROUNDS)).date == date(2024, 3, 5)


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("Số: 1 4 3 /CV-CAH", "143/CV-CAH"),  # a cell for each digit
        ("Số/No.: 118/2024/CV-PLG", "118/2024/CV-PLG"),
        ("Số:\n08\n-NQ/CB", "08-NQ/CB"),  # cells below each other
    ],
)
def test_numbers_in_cells_and_two_languages(number: str, value: str) -> None:
    assert read_header(head(number) + "KẾ HOẠCH\nTuần tra" + GROUNDS).number_symbol == value


def test_a_day_with_a_cell_for_each_digit_is_read() -> None:
    assert read_header(head(day="ngày 0 4 tháng 6 năm 1998")).date == date(1998, 6, 4)


@pytest.mark.parametrize(
    "line", ["PHUC LOC CO., LTD", "ĐT: 0252.3817.112 - MST: 3400987654", "Đ/c: Thôn Trung"]
)
def test_a_letterheads_second_language_and_address_are_no_part_of_the_issuer(line: str) -> None:
    header = read_header(
        f"CÔNG TY TNHH MAY PHÚC LỘC\n{line}\nSố: 12/TB-PL\n{MOTTO}SOCIALIST REPUBLIC OF VIETNAM\n"
        f"Đông Hải, ngày 05 tháng 3 năm 2024\nĐỀ XUẤT\nThay ca trực" + GROUNDS
    )
    assert (header.issuing_body, header.type) == ("CÔNG TY TNHH MAY PHÚC LỘC", "de-xuat")


def test_a_row_of_a_table_ends_the_abstract_of_a_letter() -> None:
    below = "V/v lập danh sách tổ viên\nTT\tHọ và tên\tNăm sinh\tGhi chú\n1\tLò Văn Pâng\t1961\t\n"
    header = read_header(f"UBND XÃ ĐÔNG HẢI\nSố: 12/UBND\n{below}")
    assert header.abstract == "lập danh sách tổ viên"


def test_an_abstract_whose_first_word_ocr_lost_is_in_doubt() -> None:
    text = head(below="BÁO CÁO\nquả khảo sát các tổ liên gia" + GROUNDS)
    sure = [read_header(text, scanned=scanned).fields["abstract"].confidence for scanned in (True, False)]
    assert sure[0] < 0.75 < sure[1]


def test_a_date_broken_before_its_month_ends_the_abstract_beside_it() -> None:
    header = read_header(
        "UBND TỈNH ĐÔNG HẢI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "SỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc\nSố: 12/SNV-VP\n"
        "V/v phối hợp giữ gìn trật tự\tĐông Hải, ngày 21 tháng\n02 năm 2023\nKính gửi: Công an các xã\n"
    )
    assert (header.date, header.abstract) == (date(2023, 2, 21), "phối hợp giữ gìn trật tự")


def test_a_rule_of_dashes_beside_an_abstract_does_not_end_it() -> None:
    header = read_header(
        "UBND TỈNH ĐÔNG HẢI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "SỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc\nSố: 12/SNV-VP\n"
        "V/v hướng dẫn các xã lập tổ an\t----------\nninh nhân dân\tĐông Hải, ngày 21 tháng 02 năm 2023\n"
        "Kính gửi: Công an các xã\n"
    )
    assert header.abstract == "hướng dẫn các xã lập tổ an ninh nhân dân"


def test_the_last_line_of_a_receiving_stamp_is_no_part_of_the_abstract() -> None:
    header = read_header(
        head("Số: 37/KH-UBND", below="CÔNG VĂN ĐẾN\nSố: 3071\tKẾ HOẠCH\nNgày: 29/12/2025\nChuyển: ........\n")
        + "Phát động hộ gia đình không có tội phạm\n"
        + GROUNDS
    )
    assert (header.number_symbol, header.abstract) == (
        "37/KH-UBND",
        "Phát động hộ gia đình không có tội phạm",
    )
