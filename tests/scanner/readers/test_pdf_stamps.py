"""What signatures, form fields and notes put on the pages of a PDF is read where it stands."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pytest
from pypdf import PdfReader as Structure
from pypdf import PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject
from signing import stamped_pdf

from dossier.model import Page
from dossier.scanner.readers import Limits
from dossier.scanner.readers.pdf import PdfReader


def first_page(data: bytes) -> Page:
    return PdfReader().read(data, Limits(ocr=False)).pages[0]


@pytest.fixture(scope="module")
def letter() -> bytes:
    """A letter whose number was left open, its number line 792 - 680 points below the top."""
    import font_roboto
    from fpdf import FPDF

    document = FPDF(unit="pt", format=(595, 842))
    document.add_font("Roboto", "", font_roboto.Roboto)
    document.set_font("Roboto", size=12)
    document.add_page()
    document.text(100, 60, "SỞ CÔNG THƯƠNG")
    document.text(100, 100, "Số:")
    document.text(160, 100, "/SCT-CN")
    document.text(100, 140, "Kính gửi: Công ty")
    return bytes(document.output())


def test_a_number_that_a_signature_stamps_stands_in_its_line(letter: bytes) -> None:
    page = first_page(stamped_pdf(letter, "So", "4378", (122, 738, 158, 756)))
    assert page.text.split("\n") == ["SỞ CÔNG THƯƠNG", "Số: 4378 /SCT-CN", "Kính gửi: Công ty"]
    stamped = {word.text: word.stamped for segment in page.segments for word in segment.words}
    assert stamped["4378"] and not stamped["Số:"] and not stamped["/SCT-CN"]


def test_a_stamped_figure_stands_instead_of_the_one_under_it() -> None:
    import font_roboto
    from fpdf import FPDF

    document = FPDF(unit="pt", format=(595, 842))
    document.add_font("Roboto", "", font_roboto.Roboto)
    document.set_font("Roboto", size=12)
    document.add_page()
    document.text(100, 100, "tháng 4 năm 2026")
    left = 100 + document.get_string_width("tháng ")
    stamped = stamped_pdf(bytes(document.output()), "So", "5", (int(left) - 10, 731, int(left) + 10, 746))
    assert first_page(stamped).text == "tháng 5 năm 2026"


def test_who_signed_when_stands_below_the_page(letter: bytes) -> None:
    signed = stamped_pdf(letter, "Ky", "Ky boi: SO CONG THUONG\nNgay ky: 22-07-2026", (95, 735, 300, 765))
    assert first_page(signed).text.split("\n") == [
        "SỞ CÔNG THƯƠNG",
        "Số: /SCT-CN",
        "Kính gửi: Công ty",
        "Ky boi: SO CONG THUONG",
        "Ngay ky: 22-07-2026",
    ]


def test_a_page_keeps_the_size_it_has_from_the_document(letter: bytes) -> None:
    reader = Structure(io.BytesIO(letter))
    writer = PdfWriter(clone_from=reader)
    box = writer.pages[0].pop(NameObject("/MediaBox"), None)
    if box is not None:
        writer.root_object["/Pages"][NameObject("/MediaBox")] = box  # type: ignore[index]
    out = io.BytesIO()
    writer.write(out)
    page = first_page(stamped_pdf(out.getvalue(), "So", "4378", (122, 738, 158, 756)))
    assert page.text.startswith("SỞ CÔNG THƯƠNG\nSố: 4378")
    assert page.segments[0].words[0].box.top == pytest.approx(60 / 842, abs=0.03)


def annotated(data: bytes, *annotations: object) -> bytes:
    writer = PdfWriter(clone_from=Structure(io.BytesIO(data)))
    for annotation in annotations:
        writer.add_annotation(0, annotation)  # type: ignore[arg-type]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_notes_without_an_appearance_are_read(letter: bytes) -> None:
    free = FreeText(text="Chuyển đồng chí Hòa xử lý", rect=(300, 600, 500, 640))
    sticky = Text(text="Đã sửa theo góp ý", rect=(50, 50, 70, 70))
    lines = first_page(annotated(letter, free, sticky)).text.split("\n")
    assert lines[3] == ""  # they are no part of the line above
    assert set(lines[4:]) == {"Chuyển đồng chí Hòa xử lý", "Đã sửa theo góp ý"}


def test_thousands_of_annotations_take_bounded_time(pdf: Callable[..., bytes]) -> None:
    data = pdf("BÁO CÁO công tác tháng")
    free = [FreeText(text=f"ghi chú {n}", rect=(9, 9 + n % 700, 90, 20 + n % 700)) for n in range(5000)]
    many = annotated(data, *free)
    started = time.process_time()
    assert first_page(many).text.startswith("BÁO CÁO công tác tháng")
    assert time.process_time() - started < 10


def test_a_free_text_without_an_appearance_fills_in_a_blank(letter: bytes) -> None:
    number = FreeText(text="4378", rect=(122, 738, 158, 756))
    assert first_page(annotated(letter, number)).text.split("\n")[1] == "Số: 4378 /SCT-CN"


def test_letters_whose_font_does_not_name_them_stay_beside_a_note() -> None:
    page = "BT /F 12 Tf 60 700 Td (Shown words) Tj ET BT /N 12 Tf 60 660 Td (of the page) Tj ET"
    sticky = Text(text="Đã xem", rect=(50, 50, 70, 70))
    assert first_page(annotated(with_nameless_font(page), sticky)).text.split("\n")[:2] == [
        "Shown words",
        "of the page",
    ]


def with_nameless_font(content: str) -> bytes:
    """A page with a font ``/F``, and a font ``/N`` whose letters have names that say nothing."""
    names = ArrayObject([NumberObject(33), *(NameObject(f"/g{code}") for code in range(33, 127))])
    helvetica = {"/Type": NameObject("/Font"), "/Subtype": NameObject("/Type1")}
    helvetica["/BaseFont"] = NameObject("/Helvetica")
    fonts = DictionaryObject()
    for name in ("/F", "/N"):
        fonts[NameObject(name)] = DictionaryObject({NameObject(key): of for key, of in helvetica.items()})
    fonts["/N"][NameObject("/Encoding")] = DictionaryObject({NameObject("/Differences"): names})
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(content.encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
