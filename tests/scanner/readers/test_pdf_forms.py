"""Values typed into the fields of a form are text of the document."""

from __future__ import annotations

import io
from collections.abc import Callable

import font_roboto
import pytest
from fpdf import FPDF
from pypdf import PdfReader as Structure
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, RectangleObject, TextStringObject

from dossier.model import UnreadReason
from dossier.scanner.readers import Limits
from dossier.scanner.readers.interface import ReadError
from dossier.scanner.readers.pdf import PdfReader


def form(page: bytes, **values: str) -> bytes:
    """The PDF with a form whose text fields hold these values."""
    writer = PdfWriter(clone_from=Structure(io.BytesIO(page)))
    fields = ArrayObject()
    for name, value in values.items():
        field = DictionaryObject({
            NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject(name),
            NameObject("/V"): TextStringObject(value),
        })  # fmt: skip
        fields.append(writer._add_object(field))
    writer._root_object[NameObject("/AcroForm")] = writer._add_object(
        DictionaryObject({NameObject("/Fields"): fields})
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_values_of_fields_are_read(pdf: Callable[..., bytes]) -> None:
    data = form(pdf("PHIẾU KHẢO SÁT"), ten="Nguyễn Thị Hòa", y_kien="Đồng ý xây dựng mô hình")
    text = PdfReader().read(data, Limits()).pages[0].text
    assert text.split("\n") == ["PHIẾU KHẢO SÁT", "Nguyễn Thị Hòa", "Đồng ý xây dựng mô hình"]


def test_value_that_the_page_shows_already_is_read_once(pdf: Callable[..., bytes]) -> None:
    data = form(pdf("Đồng ý"), y_kien="Đồng ý")
    assert PdfReader().read(data, Limits()).pages[0].text == "Đồng ý"


def test_value_that_nothing_draws_yet_stands_in_the_box_of_its_field() -> None:
    document = FPDF(unit="pt", format="A4")
    document.add_font("Roboto", "", font_roboto.Roboto)
    document.set_font("Roboto", size=13)
    document.add_page()
    document.text(60, 100, "Số:")
    document.text(130, 100, "/QĐ-UBND")
    document.text(60, 130, "QUYẾT ĐỊNH")
    writer = PdfWriter(clone_from=Structure(io.BytesIO(bytes(document.output()))))
    field = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject("so"),
        NameObject("/V"): TextStringObject("215"),
        NameObject("/Rect"): RectangleObject((84, 842 - 103, 128, 842 - 88)),
    })  # fmt: skip
    fields = ArrayObject([writer._add_object(field)])
    writer.pages[0][NameObject("/Annots")] = fields
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): fields})
    out = io.BytesIO()
    writer.write(out)
    text = PdfReader().read(out.getvalue(), Limits()).pages[0].text
    assert "".join(text.split()) == "Số:215/QĐ-UBNDQUYẾTĐỊNH"


def test_broken_form_leaves_the_pages_as_they_are(pdf: Callable[..., bytes]) -> None:
    data = pdf("PHIẾU") + b"\n% /AcroForm\n"
    assert PdfReader().read(data, Limits()).pages[0].text.strip() == "PHIẾU"


def test_form_on_a_page_without_other_text_is_read() -> None:
    data = form(_blank(), so="Số: 77/BC-CAX", ngay="ngày 10 tháng 12 năm 2024")
    text = PdfReader().read(data, Limits()).pages[0].text
    assert text.split("\n") == ["Số: 77/BC-CAX", "ngày 10 tháng 12 năm 2024"]


def test_files_in_a_portfolio_with_a_blank_cover_are_read(pdf: Callable[..., bytes]) -> None:
    writer = PdfWriter(clone_from=Structure(io.BytesIO(_blank())))
    writer.add_attachment("qd.pdf", pdf("QUYẾT ĐỊNH"))
    out = io.BytesIO()
    writer.write(out)
    content = PdfReader().read(out.getvalue(), Limits())
    assert "QUYẾT ĐỊNH" in "\n".join(page.text for page in content.pages)


def test_blank_form_is_told_as_empty() -> None:
    with pytest.raises(ReadError) as told:
        PdfReader().read(form(_blank(), so=""), Limits())
    assert told.value.unread.reason is UnreadReason.EMPTY


def _blank() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
