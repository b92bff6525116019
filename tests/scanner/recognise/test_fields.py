"""How surely the fields of a head were read, from what, and where they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossier.model import Box, Content, FieldSource, Page, Reading, Segment, Word
from dossier.scanner.recognise import recognise

ROWS = (
    ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("XÃ ĐÔNG HẢI", "Độc lập - Tự do - Hạnh phúc"),
    ("Số: 12 /UBND-KT", "Đông Hải, ngày 5 tháng 3 năm 2024"),
    ("V/v góp ý dự thảo", ""),
    ("quy chế", ""),
    ("Kính gửi: Công an xã", ""),
    ("", "CHỦ TỊCH"),
    ("", "Trần Thị Năm"),
)


def page(rows: tuple[tuple[str, ...], ...] = ROWS, *, ocr: float | None = None) -> Page:
    """A page whose rows are a twentieth of its height apart, its columns at 0.1 and 0.5."""
    text, segments = "", []
    for row, columns in enumerate(rows):
        for column, printed in enumerate(columns):
            if not printed:
                continue
            text += "\t" if column and columns[0] else ""
            words = tuple(
                Word(word, Box(0.1 + 0.4 * column, row / 20, 0.15 + 0.4 * column, (row + 1) / 20), ocr)
                for word in printed.split()
            )
            segments.append(Segment(words, len(text)))
            text += printed
        text += "\n"
    return Page(1, text, Reading.OCR if ocr else Reading.TEXT, ocr, segments=tuple(segments))


@pytest.mark.parametrize(
    ("name", "rows", "left"),
    [("number_symbol", (2, 3), 0.1), ("date", (2, 3), 0.5), ("abstract", (3, 5), 0.1),
     ("issuing_body", (0, 2), 0.1), ("signer", (7, 8), 0.5)],
)  # fmt: skip
def test_a_field_is_found_again_on_its_page(name: str, rows: tuple[int, int], left: float) -> None:
    (document,) = recognise(Content("pdf", (page(),)))
    reading = document.header.fields[name]
    assert reading.page == 1
    assert reading.box is not None
    assert (reading.box.top, reading.box.bottom, reading.box.left) == (rows[0] / 20, rows[1] / 20, left)


def test_what_ocr_read_is_as_sure_as_its_least_sure_word() -> None:
    (document,) = recognise(Content("pdf", (page(ocr=0.5),)))
    reading = document.header.fields["number_symbol"]
    assert reading.source is FieldSource.OCR
    assert reading.confidence < 0.5


def test_a_page_without_places_is_named_without_a_box() -> None:
    (document,) = recognise(Content("docx", (Page(1, page().text),)))
    reading = document.header.fields["type"]
    assert (reading.page, reading.box, reading.source) == (1, None, FieldSource.TEXT)


def test_only_fields_with_a_value_are_told() -> None:
    (document,) = recognise(Content("docx", (Page(1, "Ghi chú\nkhông đầu đề"),)))
    assert document.header.fields == {}


def test_the_number_of_the_decision_that_a_list_is_attached_to_is_cited() -> None:
    text = "DANH SÁCH\nThành viên\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/3/2023 của Chủ tịch)\n"
    (document,) = recognise(Content("docx", (Page(1, text),)))
    assert document.header.fields["number_symbol"].source is FieldSource.CITED


def test_minutes_do_not_take_the_number_of_a_decision_they_speak_of() -> None:
    text = "BIÊN BẢN\nHọp Hội đồng\n(kèm theo Quyết định số 77/QĐ-UBND ngày 05/3/2023 của Chủ tịch)\n"
    (document,) = recognise(Content("docx", (Page(1, text),)))
    assert document.header.number_symbol == ""


def test_a_figure_printed_over_another_leaves_the_date_open() -> None:
    clean = page()
    day = next(one for one in clean.segments if "ngày" in one.text).words
    over = Segment((Word("6", day[5].box),), len(clean.text))  # over the month
    (document,) = recognise(
        Content("pdf", (replace(clean, text=clean.text + "6", segments=(*clean.segments, over)),))
    )
    header = document.header
    assert (header.date, header.partial_date) == (None, "2024")
    assert header.fields["date"].candidates == ("2024-03-05",)
    assert header.number_symbol == "12/UBND-KT"


@pytest.mark.parametrize(
    ("left", "right", "abstract"),
    [
        (0.3, 0.7, "Về việc đón Tết Nguyên đán Nhâm Dần năm 2022 đầm ấm"),
        (0.15, 0.9, "Về việc đón Tết Nguyên đán"),
    ],
)
def test_a_centred_line_goes_on_with_the_abstract_and_an_indented_one_begins_the_text(
    left: float, right: float, abstract: str
) -> None:
    placed = [
        ("KẾ HOẠCH", 0.4, 0.6), ("Về việc đón Tết Nguyên đán", 0.25, 0.75),
        ("Nhâm Dần năm 2022 đầm ấm", left, right),
        ("Thực hiện Chỉ thị số 11-CT/TW ngày 08/12/2021 của Ban Bí thư về", 0.15, 0.9),
        ("việc tổ chức Tết, Ủy ban nhân dân xã yêu cầu các thôn làm tốt", 0.1, 0.9),
    ]  # fmt: skip
    text, segments = "", []
    for row, (printed, start, end) in enumerate(placed):
        words = printed.split()
        width = (end - start) / len(words)
        boxes = [
            Box(start + at * width, row / 20, start + (at + 1) * width, row / 20 + 0.04)
            for at in range(len(words))
        ]
        segments.append(Segment(tuple(map(Word, words, boxes)), len(text)))
        text += printed + "\n"
    (document,) = recognise(Content("pdf", (Page(1, text, segments=tuple(segments)),)))
    assert document.header.abstract == abstract


def named(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in zip(left, right, strict=True))


def test_words_of_the_motto_in_the_superiors_name_leave_doubt() -> None:
    rows = named(("UBND TỈNH GIA LAI HÒA CỘNG XÃ HỘI", "SỞ NỘI VỤ", "Số: 12/SNV-TG"), ("", "", ""))
    (mixed,) = recognise(Content("pdf", (page((*rows, *ROWS[3:])),)))
    assert mixed.header.superior_body
    assert mixed.header.fields["superior_body"].confidence < 0.5
    rows = named(("UBND TỈNH GIA LAI", "SỞ NỘI VỤ", "Số: 12/SNV-TG"), ("", "", ""))
    (clean,) = recognise(Content("pdf", (page((*rows, *ROWS[3:])),)))
    assert clean.header.superior_body == "UBND TỈNH GIA LAI"
    assert clean.header.fields["superior_body"].confidence >= 0.9
    assert clean.header.fields["superior_body"].box is not None


def test_the_youth_unions_name_in_the_right_column_is_no_part_of_a_body() -> None:
    rows = named(
        ("BCH ĐOÀN TP. THÁI NGUYÊN", "BCH ĐOÀN PHƯỜNG QUAN TRIỀU", "Số: 15-CTr/ĐTN"),
        ("ĐOÀN TNCS HỒ CHÍ MINH", "", "Quan Triều, ngày 12 tháng 7 năm 2022"),
    )
    (document,) = recognise(Content("pdf", (page((*rows, ("CHƯƠNG TRÌNH", ""), ("Hè 2022", ""))),)))
    assert document.header.superior_body == "BCH ĐOÀN TP. THÁI NGUYÊN"
    assert document.header.issuing_body == "BCH ĐOÀN PHƯỜNG QUAN TRIỀU"


@pytest.mark.parametrize("place", ["Phường 7", "Quận 10", "Tân Phú 2"])
def test_a_place_may_be_numbered(place: str) -> None:
    text = f"XÃ ĐÔNG HẢI\tĐộc lập - Tự do\nSố: 12/TB-UBND\t{place}, ngày 25 tháng 9 năm 2019\nTHÔNG BÁO"
    (document,) = recognise(Content("pdf", (Page(1, text),)))
    assert (str(document.header.date), document.header.place) == ("2019-09-25", place)


def test_a_symbol_apart_from_its_figures_is_no_part_of_a_body() -> None:
    text = "BỘ NỘI VỤ\nCÔNG AN TỈNH SÔNG BÉ\nSố: 94\tCV/PV28\nV/v củng cố các tổ an ninh nhân dân"
    (document,) = recognise(Content("pdf", (Page(1, text),)))
    assert document.header.issuing_body == "CÔNG AN TỈNH SÔNG BÉ"


def test_marks_that_ocr_lost_of_a_bodys_first_word_are_known() -> None:
    text = "UBND TỈNH SÓC TRĂNG\nSƠ NỘI VỤ\nSố: 877/SNV-TG\nV/v góp ý dự thảo Quy chế"
    (document,) = recognise(Content("pdf", (Page(1, text, Reading.OCR),)))
    assert document.header.issuing_body == "SỞ NỘI VỤ"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tổng kết mô hình camera giám sát an ninh tại khu phố", "3"),
        ("chuẩn y kết quả bầu Bí thư Chi bộ thôn Phú", "Nhiêu nhiệm kỳ 2022 - 2025"),
    ],
)
def test_an_abstract_goes_on_on_a_short_line_in_the_middle(first: str, second: str) -> None:
    lines = ((0.1, "QUYẾT ĐỊNH"), (0.15, first), (0.2, second), (0.3, "Căn cứ Luật Tổ chức chính quyền;"))
    text, segments = "", []
    for top, said in lines:
        wide = 0.006 * len(said)
        left = 0.1 if said.startswith("Căn") else 0.5 - wide / 2
        word = Word(said, Box(left, top, left + wide, top + 0.02))
        segments.append(Segment((word,), len(text)))
        text += said + "\n"
    (document,) = recognise(Content("pdf", (Page(1, text, segments=tuple(segments)),)))
    assert document.header.abstract == f"{first} {second}"


@pytest.mark.parametrize(
    ("issuer", "sure"),
    [("VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH", False), ("VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH ĐIỆN BIÊN", True)],
)
def test_a_body_whose_place_is_missing_is_in_doubt(issuer: str, sure: bool) -> None:
    text = f"{issuer}\nSố: 71/GM-VP\nGIẤY MỜI\nDự Hội nghị sơ kết"
    (document,) = recognise(Content("pdf", (Page(1, text),)))
    assert document.header.fields["issuing_body"].doubtful is not sure
