"""Where documents begin, which pages are theirs, and which text."""

from __future__ import annotations

from datetime import date

from recognise_heads import DECISION, PLAN, REGULATION

from dossier.model import Content, Form, Page
from dossier.scanner.recognise import recognise

# Two spaces end the lines marked “·”.
LETTER_AND_GUIDANCE = """

**Ộ CÔNG AN  $


**BỘ CÔNG AN·
CÔNG AN TỈNH BÌNH THUẬN**

**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM·
Độc lập - Tự do - Hạnh phúc**

Số: ~~6764~~ /CAT-PV05

Bình Thuận, ngày 12 tháng 12 năm 2022

V/v sao gửi Hướng dẫn số 22 của Bộ Công an.

Kính gửi:

- Công an các huyện, thị xã, thành phố;

Thực hiện Hướng dẫn số 22/HD-BCA-V05 ngày 18/11/2022 của Bộ Công an, các đơn vị tổ chức thực hiện.

**Nơi nhận:**

- Lưu CAT: VT, PV05.



**Đại tá Lê Thanh Hùng**



Số: 22 /HD-BCA-V05

Hà Nội, ngày 18 tháng 11 năm 2022

**HƯỚNG DẪN**

**Xây dựng, nhân rộng mô hình, điển hình tiên tiến·
trong phong trào toàn dân bảo vệ an ninh Tổ quốc**



Cơ quan:·
V05·
Email:·
v05@v01.bc·
a·
Thời gian ký:·
23.11.2022·
16:00:56·
+07:00

Thực hiện Chỉ thị số 09-CT/TW ngày 01/12/2011 của Ban Bí thư về tăng cường sự lãnh đạo của Đảng như sau:

**I. MỤC ĐÍCH, YÊU CẦU**

#### Nơi nhận:

- Lưu: VT, V05 (P2).



Trung tướng Lê Quốc Hùng""".replace("·", "  ")


def check_letter_and_guidance(found):
    letter, guidance = (document.header for document in found)
    assert (letter.form, letter.type, letter.number_symbol) == (Form.LETTER, "cong-van", "6764/CAT-PV05")
    assert (letter.date, letter.place) == (date(2022, 12, 12), "Bình Thuận")
    assert (letter.superior_body, letter.issuing_body) == ("BỘ CÔNG AN", "CÔNG AN TỈNH BÌNH THUẬN")
    assert letter.abstract == "sao gửi Hướng dẫn số 22 của Bộ Công an"
    assert (letter.signer_rank, letter.signer) == ("Đại tá", "Lê Thanh Hùng")
    assert (guidance.type, guidance.number_symbol) == ("huong-dan", "22/HD-BCA-V05")
    assert (guidance.date, guidance.issuing_body) == (date(2022, 11, 18), "")
    assert guidance.abstract == (
        "Xây dựng, nhân rộng mô hình, điển hình tiên tiến trong phong trào toàn dân bảo vệ an ninh Tổ quốc"
    )
    assert (guidance.signer_rank, guidance.signer) == ("Trung tướng", "Lê Quốc Hùng")


def test_letter_and_guidance_in_one_marked_up_text(documents):
    check_letter_and_guidance(documents(LETTER_AND_GUIDANCE, format="txt"))


def test_letter_and_guidance_without_empty_lines(documents):
    text = "\n".join(line for line in LETTER_AND_GUIDANCE.replace("*", "").split("\n") if line.strip())
    check_letter_and_guidance(documents(text))


def test_documents_on_pages_of_their_own(documents):
    found = documents(DECISION, "Điều 2. Trang sau của quyết định.", PLAN, "II. NỘI DUNG\n1. Tuyên truyền")
    assert [(document.ordinal, document.pages) for document in found] == [(1, (1, 2)), (2, (3, 4))]
    assert [document.header.type for document in found] == ["quyet-dinh", "ke-hoach"]
    assert found[0].text == DECISION + "\n\fĐiều 2. Trang sau của quyết định."


def test_documents_one_below_the_other(documents):
    found = documents(DECISION + "\n" + PLAN)
    assert [document.pages for document in found] == [(1, 1), (1, 1)]
    assert [document.text for document in found] == [DECISION, PLAN]


def test_attached_regulation_is_a_document_of_its_own(documents):
    found = documents(DECISION, REGULATION)
    assert [document.header.type for document in found] == ["quyet-dinh", "quy-che"]
    assert found[1].header.number_symbol == "12/QĐ-UBND"
    assert found[1].header.date == date(2023, 3, 5)
    assert found[1].pages == (2, 2)


def test_attached_regulation_below_its_decision_on_one_page(documents):
    assert len(documents(DECISION + "\n" + REGULATION)) == 2


def test_attached_list_stays_with_its_decision(documents):
    annex = "DANH SÁCH\nThành viên\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/3/2023)\n1 Lê Văn Ba"
    assert [document.pages for document in documents(DECISION, annex)] == [(1, 2)]


def test_list_attached_to_another_decision_is_a_document_of_its_own(documents):
    annex = "DANH SÁCH\nThành viên\n(Kèm theo Quyết định số 10/QĐ-UBND ngày 05/3/2023)\n1 Lê Văn Ba"
    assert [document.header.type for document in documents(DECISION, annex)] == ["quyet-dinh", "danh-sach"]


def test_attached_list_under_a_motto_stays_too(documents):
    annex = (
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ HÀM THẮNG Độc lập - Tự do - Hạnh phúc\n"
        "DANH SÁCH\nThành viên\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/3/2023)\n1 Lê Văn Ba"
    )
    assert len(documents(DECISION, annex)) == 1


def test_motto_quoted_in_a_sentence_begins_nothing(documents):
    quoted = (
        "Văn bản mở đầu bằng Quốc hiệu “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM” và tiêu ngữ “Độc lập - Tự do - "
        "Hạnh phúc”, rồi số: 15/KH-UBND và Hàm Thắng, ngày 05 tháng 3 năm 2023."
    )
    assert len(documents(DECISION + "\n" + quoted + "\nKế hoạch được gửi các đơn vị.")) == 1


def test_sample_form_begins_nothing(documents):
    assert len(documents(DECISION, "Mẫu số 01\n" + PLAN)) == 1


def test_cover_page_is_no_part_of_the_first_document(documents):
    found = documents("HỒ SƠ MÔ HÌNH\nCamera an ninh", DECISION)
    assert [(document.pages, document.header.type) for document in found] == [
        ((1, 1), ""),
        ((2, 2), "quyet-dinh"),
    ]


def test_blank_first_page_belongs_to_the_first_document(documents):
    assert [document.pages for document in documents("", DECISION)] == [(1, 2)]


def test_digital_signature_above_the_head_belongs_to_it(documents):
    block = "Người ký: Ủy ban nhân dân xã\nThời gian ký: 28.08.2024 14:34:48 +07:00\n"
    found = documents(DECISION, block + PLAN)
    assert [document.text for document in found] == [DECISION, block + PLAN]


def test_minutes_on_a_new_page(documents):
    minutes = "BIÊN BẢN\nHọp Ban Chỉ đạo\nHôm nay, ngày 07/3/2023, tại Ủy ban nhân dân xã, Ban Chỉ đạo họp."
    assert [document.header.type for document in documents(DECISION, minutes)] == ["quyet-dinh", "bien-ban"]


def test_the_same_head_a_thousand_times(documents):
    found = documents("\n".join([PLAN] * 1000))
    assert len(found) == 1000
    assert {document.text for document in found} == {PLAN}


def test_a_form_to_be_filled_in_stays_with_the_paper_that_gives_it() -> None:
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    given = (
        f"UBND XÃ A\nSố: 7/KH-UBND\n{motto}A, ngày 5 tháng 3 năm 2024\nKẾ HOẠCH\nTriển khai mô hình\n"
        "1. Mục đích\n2. Yêu cầu\n" + "Các hộ dân đăng ký theo mẫu dưới đây.\n" * 12
    )
    form = (
        f"BAN CHỦ NHIỆM ……\nSố: …../BB-CN\n{motto}……, ngày … tháng … năm …\n"
        "BIÊN BẢN\nHọp ………\nThành phần: ………\n"
    )
    assert len(recognise(Content("docx", (Page(1, given + form),)))) == 1
    held = form.replace("…../", "3/").replace("ngày … tháng … năm …", "ngày 9 tháng 3 năm 2024")
    assert len(recognise(Content("docx", (Page(1, given + held),)))) == 2


def test_number_and_date_alone_begin_a_document_at_the_top_of_a_page(documents):
    bare = "Số: 15/BC-CAX\nHàm Thắng, ngày 20 tháng 3 năm 2023\nTrong quý I năm 2023, mô hình hoạt động đều."
    found = documents(DECISION, bare)
    assert [document.pages for document in found] == [(1, 1), (2, 2)]
    assert found[1].header.number_symbol == "15/BC-CAX"


def test_number_and_date_alone_begin_nothing_in_the_middle_of_a_page(documents):
    prose = "\n".join(f"Đoạn {number} nói về kết quả hoạt động của mô hình." for number in range(14))
    bare = "Số: 15/BC-CAX\nHàm Thắng, ngày 20 tháng 3 năm 2023\nTrong quý I năm 2023, mô hình hoạt động đều."
    assert len(documents(DECISION, prose + "\n" + bare)) == 1


def test_list_of_the_same_decision_cited_with_a_leading_zero_stays_with_it(documents):
    decision = DECISION.replace("12/QĐ-UBND", "5/QĐ-UBND")
    annex = "DANH SÁCH\nThành viên\n(Kèm theo Quyết định số 05/QĐ-UBND ngày 05/3/2023)\n1 Lê Văn Ba"
    assert [document.pages for document in documents(decision, annex)] == [(1, 2)]


def test_regulation_whose_decision_is_named_on_the_line_after_the_bracket(documents):
    regulation = REGULATION.replace("(Kèm theo Quyết định số", "(Ban\nhành kèm theo Quyết định số")
    assert [document.header.type for document in documents(DECISION, regulation)] == ["quyet-dinh", "quy-che"]


def test_minutes_whose_day_stands_lines_below_their_title(documents):
    minutes = (
        "BIÊN BẢN\nHọp dân lấy ý kiến xây dựng mô hình\n“Camera an ninh”\nThôn 2, xã Hàm Thắng\n"
        "I. THỜI GIAN, ĐỊA ĐIỂM\nThời gian: 19 giờ ngày 07/3/2023."
    )
    assert [document.header.type for document in documents(DECISION, minutes)] == ["quyet-dinh", "bien-ban"]


def test_pages_in_reverse_order_are_one_document_in_the_order_of_the_file() -> None:
    middle, end = "3. Tổ viên thay nhau trực.", DECISION.split("Điều 1.")[1]
    (paper,) = recognise(
        Content("pdf", (Page(1, end), Page(2, middle), Page(3, DECISION.split("Điều 1.")[0])))
    )
    assert (paper.header.number_symbol, paper.header.signer) == ("12/QĐ-UBND", "Nguyễn Văn An")
    assert paper.pages == (1, 3)
    assert paper.text.index("Nơi nhận") < paper.text.index("12/QĐ-UBND")


def test_a_whole_paper_behind_the_end_of_another_begins_a_document() -> None:
    end = DECISION.split("Điều 1.")[1]
    assert len(recognise(Content("pdf", (Page(1, end), Page(2, DECISION))))) == 2
