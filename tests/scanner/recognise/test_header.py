"""What the head of a document says, from Word cells, PDF columns and OCR."""

from __future__ import annotations

from datetime import date

import pytest

from dossier.model import Form, Reading
from dossier.scanner.recognise.bodies import bodies

BODY = """CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ HÀM THẮNG
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Căn cứ Kế hoạch số 10/KH-UBND ngày 01/02/2023 của Ủy ban nhân dân xã;
QUYẾT ĐỊNH:
Điều 1. Thành lập mô hình từ ngày 10 tháng 3 năm 2023.
Nơi nhận:
- Như Điều 3;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn An"""
TITLE = "QUYẾT ĐỊNH\nVề việc thành lập mô hình “Camera an ninh”\ntrên địa bàn xã Hàm Thắng\n"
LAYOUTS = {
    "cells": """ỦY BAN NHÂN DÂN
XÃ HÀM THẮNG
-------
Số: 12/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Hàm Thắng, ngày 05 tháng 3 năm 2023
""",
    "one line": """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ HÀM THẮNG Độc lập - Tự do - Hạnh phúc
Số: 12/QĐ-UBND Hàm Thắng, ngày 05 tháng 3 năm 2023
""",
    "in turn": """ỦY BAN NHÂN DÂN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ HÀM THẮNG
Độc lập - Tự do - Hạnh phúc
Số: 12/QĐ-UBND
Hàm Thắng, ngày 05 tháng 3 năm 2023
""",
    "right first": """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
_______________
Hàm Thắng, ngày 05 tháng 3 năm 2023
ỦY BAN NHÂN DÂN
XÃ HÀM THẮNG
_____
Số: 12/QĐ-UBND
""",
    "tabs": """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ HÀM THẮNG\tĐộc lập - Tự do - Hạnh phúc

Số: 12/QĐ-UBND\tHàm Thắng, ngày 05 tháng 3 năm 2023

""",
    "slips of ocr": """ỦY BAN NHÂN DÂN CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ HÀM THẮNG Độc lập — Tự do — Hạnh phúc
Sô: 12/QD-UBND Hàm Thắng, ngày O5 tháng 3 năm 2023
""",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_head_of_a_decision_whatever_the_order_of_its_columns(header, layout):
    found = header(LAYOUTS[layout] + TITLE + BODY)
    assert (found.form, found.type) == (Form.STATE, "quyet-dinh")
    assert found.number_symbol == "12/QĐ-UBND"
    assert (found.date, found.place) == (date(2023, 3, 5), "Hàm Thắng")
    assert (found.superior_body, found.issuing_body) == ("", "ỦY BAN NHÂN DÂN XÃ HÀM THẮNG")
    assert found.abstract == "Về việc thành lập mô hình “Camera an ninh” trên địa bàn xã Hàm Thắng"
    assert (found.signer, found.signer_rank) == ("Nguyễn Văn An", "")
    assert found.signer_title == "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH"
    assert not found.draft


def test_official_letter_with_reference_beside_the_date(header):
    found = header("""BỘ CÔNG AN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
CÔNG AN TỈNH BÌNH THUẬN Độc lập - Tự do - Hạnh phúc
Số: ~~6764~~ /CAT-PV05
V/v đề nghị công nhận kết quả Bình Thuận, ngày 12 tháng 12 năm 2022
xếp loại mô hình năm 2022
Kính gửi: Công an các huyện.
Thực hiện Hướng dẫn số 22/HD-BCA-V05 ngày 18/11/2022 của Bộ Công an, Công an tỉnh đề nghị báo cáo.""")
    assert (found.form, found.type, found.number_symbol) == (Form.LETTER, "cong-van", "6764/CAT-PV05")
    assert (found.date, found.place) == (date(2022, 12, 12), "Bình Thuận")
    assert (found.superior_body, found.issuing_body) == ("BỘ CÔNG AN", "CÔNG AN TỈNH BÌNH THUẬN")
    assert found.abstract == "đề nghị công nhận kết quả xếp loại mô hình năm 2022"


def test_official_letter_from_word_cells(header):
    found = header("""UBND HUYỆN HÀM THUẬN BẮC
CÔNG AN HUYỆN
Số: 05/CAH-XDPT
V/v hướng dẫn xây dựng
mô hình “Tiếng kẻng an ninh”
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hàm Thuận Bắc, ngày 09 tháng 01 năm 2023
Kính gửi: Công an các xã, thị trấn.""")
    assert found.abstract == "hướng dẫn xây dựng mô hình “Tiếng kẻng an ninh”"
    assert (found.type, found.date) == ("cong-van", date(2023, 1, 9))
    assert (found.superior_body, found.issuing_body) == ("UBND HUYỆN HÀM THUẬN BẮC", "CÔNG AN HUYỆN")


def test_party_resolution(header):
    found = header("""ĐẢNG BỘ HUYỆN HÀM THUẬN BẮC ĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY XÃ HÀM THẮNG
*
Số 05-NQ/ĐU Hàm Thắng, ngày 10 tháng 01 năm 2023
NGHỊ QUYẾT
về chủ trương xây dựng mô hình “Khu phố tự quản”
-----
Thực hiện Hướng dẫn số 22/HD-BCA-V05, Đảng ủy xã ban hành nghị quyết như sau:
T/M ĐẢNG ỦY
BÍ THƯ
Trần Thị Bình""")
    assert (found.form, found.type, found.number_symbol) == (Form.PARTY, "nghi-quyet", "05-NQ/ĐU")
    assert found.date == date(2023, 1, 10)
    assert found.superior_body == "ĐẢNG BỘ HUYỆN HÀM THUẬN BẮC"
    assert found.issuing_body == "ĐẢNG ỦY XÃ HÀM THẮNG"
    assert found.abstract == "về chủ trương xây dựng mô hình “Khu phố tự quản”"
    assert (found.signer, found.signer_title) == ("Trần Thị Bình", "T/M ĐẢNG ỦY BÍ THƯ")


def test_symbol_tells_the_type_where_no_title_stands(header):
    found = header("UBND XÃ HÀM THẮNG\nSố: 7/TB-UBND\nHàm Thắng, ngày 3/4/2023\nUBND xã thông báo như sau")
    assert (found.type, found.date) == ("thong-bao", date(2023, 4, 3))


def test_title_not_in_capitals(header):
    found = header(
        "UBND XÃ HÀM THẮNG\nSố: 7/BC-UBND\nHàm Thắng, ngày 3/4/2023\nBáo cáo\nKết quả khảo sát\nI. Tình hình"
    )
    assert (found.type, found.abstract) == ("bao-cao", "Kết quả khảo sát")


def test_subject_on_the_line_of_the_title(header):
    found = header(
        LAYOUTS["cells"] + "BÁO CÁO KẾT QUẢ KHẢO SÁT\nTÌNH HÌNH AN NINH, TRẬT TỰ\nI. ĐẶC ĐIỂM\n1. Dân cư"
    )
    assert (found.type, found.abstract) == ("bao-cao", "KẾT QUẢ KHẢO SÁT TÌNH HÌNH AN NINH, TRẬT TỰ")


@pytest.mark.parametrize(
    "body",
    [
        "Thực hiện Kế hoạch số 10/KH-UBND ngày 01/02/2023 của Ủy ban nhân dân xã, Công an xã báo cáo",
        "Kính gửi: Ủy ban nhân dân xã",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        "Điều 1. Phạm vi điều chỉnh",
        "Căn cứ Hướng dẫn số 22/HD-BCA-V05;",
        "-----",
        "(Kèm theo Quyết định số 11/QĐ-UBND ngày 01/02/2023)",
        "\nNhân dân trong khu phố tham gia.",
        "Để triển khai có hiệu quả công tác bảo đảm an ninh, trật tự, Ủy ban nhân dân xã đề ra nội dung sau",
    ],
)
def test_abstract_ends_where_the_text_begins(header, body):
    found = header(LAYOUTS["cells"] + "KẾ HOẠCH\nKhảo sát, đánh giá tình hình\nđịa bàn khu phố 3\n" + body)
    assert found.abstract == "Khảo sát, đánh giá tình hình địa bàn khu phố 3"


def test_digital_signature_tells_neither_date_nor_issuer(header):
    block = "Người ký: Công an tỉnh\nEmail: ca@example.vn\nCơ quan: Tỉnh\nThời gian ký: 28.08.2024 14:34:48 +07:00\n"  # noqa: E501
    found = header(block + LAYOUTS["one line"] + TITLE + BODY)
    assert (found.date, found.issuing_body) == (date(2023, 3, 5), "ỦY BAN NHÂN DÂN XÃ HÀM THẮNG")
    assert found.superior_body == ""


def test_digital_signature_on_one_line(header):
    block = (
        "Người ký: Công an tỉnh Email: a@example.vn Cơ quan: Tỉnh Thời gian ký: 28.08.2024 14:34:48 +07:00\n"
    )
    found = header(block + LAYOUTS["cells"] + TITLE + BODY)
    assert (found.date, found.issuing_body) == (date(2023, 3, 5), "ỦY BAN NHÂN DÂN XÃ HÀM THẮNG")


def test_a_digital_signature_without_labels_is_no_superior_body(header):
    block = "VĂN PHÒNG CÔNG\nBÁO TỈNH\nvp@example.gov.vn\n28.08.2024 14:34:48\n+07:00\n"
    found = header(block + LAYOUTS["cells"] + TITLE + BODY)
    assert (found.date, found.issuing_body) == (date(2023, 3, 5), "ỦY BAN NHÂN DÂN XÃ HÀM THẮNG")
    assert found.superior_body == ""


def test_an_address_in_a_letterhead_ends_no_signature(header):
    letterhead = LAYOUTS["cells"].replace("CỘNG HÒA", "xa@example.gov.vn\nCỘNG HÒA", 1)
    assert header(letterhead + TITLE + BODY).issuing_body == "ỦY BAN NHÂN DÂN XÃ HÀM THẮNG"


def test_cited_dates_are_not_the_documents(header):
    head = LAYOUTS["cells"].replace("Hàm Thắng, ngày 05 tháng 3 năm 2023\n", "")
    assert header(head + TITLE + BODY).date is None


def test_impossible_date_is_none(header):
    found = header(LAYOUTS["cells"].replace("05 tháng 3", "31 tháng 02") + TITLE + BODY)
    assert (found.date, found.place, found.draft) == (None, "Hàm Thắng", False)


def test_two_digit_year(header):
    assert header(LAYOUTS["cells"].replace("05 tháng 3 năm 2023", "5/3/23") + TITLE + BODY).date == date(
        2023, 3, 5
    )


def test_blank_number_and_date_mean_a_draft(header):
    head = LAYOUTS["cells"].replace("12/", "     /").replace("05 tháng 3", "     tháng    ")
    found = header(head + TITLE + BODY)
    assert (found.number_symbol, found.date, found.draft) == ("/QĐ-UBND", None, True)


@pytest.mark.parametrize("note", ["(Đã ký)", "(đã ký, đóng dấu)", "Đã ký"])
def test_what_is_marked_as_signed_is_no_draft_though_number_and_day_are_blank(header, note):
    head = LAYOUTS["cells"].replace("12/", "     /").replace("05 tháng 3", "     tháng    ")
    foot = f"CHỦ TỊCH\n{note}\nNguyễn Văn An\n"
    assert not header(head + TITLE + BODY + foot).draft
    assert header("DỰ THẢO\n" + head + TITLE + BODY + foot).draft


def test_a_number_written_by_hand_on_a_scan_is_no_draft(header):
    found = header(LAYOUTS["cells"].replace("12/", "     /") + TITLE + BODY, reading=Reading.OCR)
    assert (found.number_symbol, found.draft) == ("/QĐ-UBND", False)


def test_draft_by_its_mark(header):
    assert header("DỰ THẢO\n" + LAYOUTS["cells"] + TITLE + BODY).draft


def test_minutes_take_their_date_from_the_text_and_the_chairs_name(header):
    found = header("""CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
BIÊN BẢN
Họp lấy ý kiến Nhân dân về xây dựng mô hình
Hôm nay, vào hồi 19 giờ 30 phút, ngày 10 tháng 02 năm 2023, tại nhà văn hóa khu phố
Thực hiện Kế hoạch số 10/KH-UBND ngày 01/02/2023
THƯ KÝ CHỦ TỌA
(Ký, ghi rõ họ tên)
Trần Văn Bình Nguyễn Văn Ánh""")
    assert (found.type, found.date, found.signer) == ("bien-ban", date(2023, 2, 10), "Nguyễn Văn Ánh")
    assert found.abstract == "Họp lấy ý kiến Nhân dân về xây dựng mô hình"


def test_minutes_with_a_line_for_the_time(header):
    found = header(
        "BIÊN BẢN\nHọp Ban Chỉ đạo\nThời gian: 14 giờ 00, 05/4/2023\nCHỦ TRÌ\nLê Văn Ba\nTHƯ KÝ\nVõ Thị Tư"
    )
    assert (found.date, found.signer) == (date(2023, 4, 5), "Lê Văn Ba")


def test_reports_take_no_date_from_the_text(header):
    assert header("BÁO CÁO\nKết quả\nThời gian: 14 giờ 00, ngày 05/4/2023").date is None


def test_list_without_a_head_takes_number_and_date_of_its_decision(header):
    found = header(
        "DANH SÁCH\nThành viên mô hình\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/3/2023\ncủa Chủ tịch)"
    )
    assert (found.type, found.number_symbol, found.date) == ("danh-sach", "12/QĐ-UBND", date(2023, 3, 5))
    assert found.abstract == "Thành viên mô hình"


def test_ledger_has_no_form(header):
    found = header("SỔ THEO DÕI THU, CHI QUỸ\nNăm 2023\nSTT Ngày Nội dung Thu Chi")
    assert (found.form, found.type, found.number_symbol, found.date) == (Form.NONE, "so", "", None)


def test_caption_has_no_header(header):
    assert header("Ảnh: lễ ra mắt mô hình ngày 5/3/2023").form is Form.NONE


def test_signature_interleaved_with_recipients(header):
    found = header(
        LAYOUTS["one line"]
        + TITLE
        + """Căn cứ đề nghị của Công an xã;
Nơi nhận: TL. GIÁM ĐỐC
- Như trên; TRƯỞNG PHÒNG PV05
- Lưu: VT, PV05.
Thượng tá Nguyễn Văn An"""
    )
    assert (found.signer_rank, found.signer) == ("Thượng tá", "Nguyễn Văn An")
    assert found.signer_title == "TL. GIÁM ĐỐC TRƯỞNG PHÒNG PV05"


def test_signature_before_a_long_annex(header):
    rows = "\n".join(f"{n} Nguyễn Thị Hoa {n} Khu phố 3 Thành viên" for n in range(1, 150))
    found = header(
        LAYOUTS["one line"] + TITLE + BODY, "DANH SÁCH\n(Kèm theo Quyết định số 12/QĐ-UBND)\n" + rows
    )
    assert found.signer == "Nguyễn Văn An"


def test_abstract_with_a_range_of_dates_over_two_lines(header):
    found = header(
        "UBND XÃ HÀM THẮNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 5/BC-UBND\n"
        "Hàm Thắng, ngày 05 tháng 7 năm 2026\nBÁO CÁO\nKết quả thực hiện mô hình (từ 01/01/2026 đến\n"
        "30/6/2026)\nI. TÌNH HÌNH"
    )
    assert found.abstract == "Kết quả thực hiện mô hình (từ 01/01/2026 đến 30/6/2026)"


def test_abstract_ends_where_there_was_room_for_the_next_word(header):
    found = header(
        "UBND XÃ HÀM THẮNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 5/BC-UBND\n"
        "Hàm Thắng, ngày 05 tháng 7 năm 2026\nBÁO CÁO\nĐề xuất xây dựng mô hình “Camera an ninh”\n"
        "Qua thực tế công tác ở cơ sở, đơn vị nhận thấy việc xây dựng mô hình là\ncần thiết."
    )
    assert found.abstract == "Đề xuất xây dựng mô hình “Camera an ninh”"


def test_subject_of_a_decision_may_begin_with_its_abbreviation(header):
    found = header(
        "UBND XÃ HÀM THẮNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 5/QĐ-UBND\n"
        "Hàm Thắng, ngày 05 tháng 7 năm 2026\nQUYẾT ĐỊNH\nV/v thành lập mô hình “Camera an ninh”\n"
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ HÀM THẮNG\nCăn cứ Luật Tổ chức chính quyền địa phương;"
    )
    assert found.abstract == "thành lập mô hình “Camera an ninh”"


def test_district_don_duong_is_no_application(header):
    found = header(
        "HUYỆN ỦY ĐƠN DƯƠNG\nUBND HUYỆN\nĐƠN DƯƠNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\nSố: 5/KH-UBND\nĐơn Dương, ngày 05 tháng 7 năm 2024\nKẾ HOẠCH\n"
        "Khảo sát địa bàn\nI. MỤC ĐÍCH"
    )
    assert (found.type, found.abstract) == ("ke-hoach", "Khảo sát địa bàn")


@pytest.mark.parametrize("years", ["2025", "(2023 - 2025)", "2023–2025"])
def test_years_alone_on_the_last_line_belong_to_the_abstract(header, years):
    found = header(
        "UBND XÃ HÀM THẮNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 5/QĐ-UBND\n"
        f"Hàm Thắng, ngày 05 tháng 7 năm 2026\nQUYẾT ĐỊNH\nCông nhận xếp loại mô hình năm\n{years}\n"
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ HÀM THẮNG"
    )
    assert found.abstract == f"Công nhận xếp loại mô hình năm {years}"


def test_letter_of_a_code_that_a_scan_doubles_is_mended(header):
    assert header(LAYOUTS["cells"].replace("QĐ-", "QĐĐ-") + TITLE + BODY).number_symbol == "12/QĐ-UBND"


@pytest.mark.parametrize(
    ("lines", "issuer", "superior"),
    [
        ("CÔNG AN HUYỆN TUY PHONG\nCÔNG AN XÃ VĨNH HẢO", "CÔNG AN XÃ VĨNH HẢO", "CÔNG AN HUYỆN TUY PHONG"),
        (
            "TRƯỜNG THCS A\nBAN CHỈ ĐẠO MÔ HÌNH CỔNG\nTRƯỜNG AN TOÀN",
            "BAN CHỈ ĐẠO MÔ HÌNH CỔNG TRƯỜNG AN TOÀN",
            "TRƯỜNG THCS A",
        ),
    ],
)
def test_names_of_bodies_are_parted_where_one_begins(header, lines, issuer, superior):
    found = header(
        f"{lines}\nSố: 5/KH-CAX\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Vĩnh Hảo, ngày 05 tháng 7 năm 2024\nKẾ HOẠCH\nKhảo sát địa bàn\nI. MỤC ĐÍCH"
    )
    assert (found.issuing_body, found.superior_body) == (issuer, superior)


def test_chair_whose_given_name_is_also_a_family_name(header):
    found = header(
        "UBND XÃ HÀM THẮNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBIÊN BẢN\n"
        "Họp bàn xây dựng mô hình\nHôm nay, ngày 05 tháng 3 năm 2024, tại thôn 1.\nTHƯ KÝ\nVõ Công Bình\n"
        "CHỦ TỌA\nBùi Thị Kim Hạnh"
    )
    assert found.signer == "Bùi Thị Kim Hạnh"


COPIED = (
    "UBND XÃ HÀM THẮNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 5/QĐ-UBND\n"
    "Hàm Thắng, ngày 05 tháng 7 năm 2026\nQUYẾT ĐỊNH\nVề việc thành lập mô hình\nĐiều 1. Thành lập mô hình.\n"
    "CHỦ TỊCH\nNguyễn Văn An\n"
)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("CÔNG AN XÃ HÀM THẮNG\nSố: 12/SY-CAX\nSAO Y\nHàm Thắng, ngày 06 tháng 7 năm 2026", "sao-y"),
        ("Số: 03/TrS-UBND\nTRÍCH SAO", "trich-sao"),
        ("SAO LỤC", "sao-luc"),
        ("SAO Y BẢN CHÍNH", "sao-y"),
        ("Người sao y đã đối chiếu với bản chính.", ""),
        ("", ""),
    ],
)
def test_copy_is_told_by_the_form_under_it(header, form, expected):
    found = header(COPIED + form)
    assert (found.copy, found.number_symbol) == (expected, "5/QĐ-UBND")


@pytest.mark.parametrize("stamp", ["CÔNG VĂN ĐẾN", "CÔNG VĂN ĐẾN Số: 2190", "CÔNG VĂN ĐẾN Số: 21 Ngày: 22/7"])
def test_stamp_of_the_office_that_received_a_paper_is_neither_its_type_nor_its_number(header, stamp):
    text = f"UBND XÃ NGHĨA LỘ\nSố: 45/QC-BCĐ\n{stamp}\nQUY CHẾ\nHoạt động của mô hình\nĐiều 1. Ai vào."
    found = header(text)
    assert (found.type, found.number_symbol) == ("quy-che", "45/QC-BCĐ")
    assert found.abstract == "Hoạt động của mô hình"


@pytest.mark.parametrize("parted", [" ", "\n"])
def test_chairman_issues_beneath_the_body_above(parted: str) -> None:
    lines = f"UBND HUYỆN HÀM THUẬN BẮC\nCHỦ TỊCH{parted}ỦY BAN NHÂN DÂN XÃ HÀM THẮNG"
    own, above = bodies(lines.split("\n"))
    assert (own, above) == ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ HÀM THẮNG", "UBND HUYỆN HÀM THUẬN BẮC")


def test_day_left_to_the_pen_under_a_given_number_is_no_draft(header):
    found = header(LAYOUTS["cells"].replace("ngày 05 tháng 3", "ngày     tháng 3") + TITLE + BODY)
    assert (found.partial_date, found.draft) == ("2023-03", False)
