"""Values typed into the fields of a form are text of the document."""

from __future__ import annotations

import io
from collections.abc import Callable

from pypdf import PdfReader as Structure
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from dossier.scanner.readers import Limits
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


def test_broken_form_leaves_the_pages_as_they_are(pdf: Callable[..., bytes]) -> None:
    data = pdf("PHIẾU") + b"\n% /AcroForm\n"
    assert PdfReader().read(data, Limits()).pages[0].text.strip() == "PHIẾU"
