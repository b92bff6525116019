"""Words of a PDF page that nobody sees are no part of its text; those laid over a picture of it are."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from dossier.model import FieldSource
from dossier.scanner.readers import Limits
from dossier.scanner.readers.filled_in import confirmed
from dossier.scanner.readers.pdf import PdfReader

SHOWN = "BT /F 12 Tf 60 700 Td (Shown words of the page that everybody reads) Tj ET"
HIDDEN = "BT /F 12 Tf 60 760 Td (Hidden words) Tj ET"
LINE = "BT /F 12 Tf 60 {} Td (A line that is laid over a picture) Tj ET "
LINES = "".join(LINE.format(y) for y in range(100, 600, 20))


def pdf(content: str, *, layer: bool = False) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})})
    if layer:
        group = writer._add_object(
            DictionaryObject(
                {NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("draft")}
            )
        )
        resources[NameObject("/Properties")] = DictionaryObject({NameObject("/L"): group})
        off = DictionaryObject({NameObject("/OFF"): ArrayObject([group])})
        writer._root_object[NameObject("/OCProperties")] = DictionaryObject(
            {NameObject("/OCGs"): ArrayObject([group]), NameObject("/D"): off}
        )
    stream = DecodedStreamObject()
    stream.set_data(content.encode())
    page[NameObject("/Resources")] = resources
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def text_of(data: bytes) -> str:
    return PdfReader().read(data, Limits(ocr=False)).pages[0].text


@pytest.mark.parametrize(
    ("before", "layer"),
    [
        ("3 Tr", False),
        ("7 Tr", False),
        ("1 1 1 rg", False),
        ("0.97 g", False),
        ("0 0 5 5 re W n 1 g", False),
        ("/OC /L BDC", True),
    ],
)
def test_words_that_nobody_sees_are_left_out(before: str, layer: bool) -> None:
    after = " EMC" if layer else ""
    assert text_of(pdf(f"q {before} {HIDDEN}{after} Q {SHOWN}", layer=layer)).startswith("Shown words")


@pytest.mark.parametrize(
    "content",
    [
        f"0 0 0.4 rg 50 750 300 24 re f 1 g {HIDDEN} 0 g {SHOWN}",  # white on a dark bar
        f"0.5 g {HIDDEN} {SHOWN}",
        f"1 Tr 1 g {HIDDEN} 0 Tr 0 g {SHOWN}",  # an outline around white
    ],
)
def test_pale_words_that_are_seen_stay(content: str) -> None:
    assert "Hidden words" in text_of(pdf(content))


def test_a_text_that_is_all_laid_over_a_page_is_its_text() -> None:
    assert text_of(pdf(f"3 Tr {LINES}")).count("laid over") == 25


def test_what_only_a_text_laid_over_a_page_tells_is_in_doubt() -> None:
    head = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/KH-CAX\nA, ngày 5 tháng 6 năm 2024"
    told = confirmed(head, {})
    assert {name: reading.source for name, reading in told.items()} == {
        "number_symbol": FieldSource.TEXT,
        "date": FieldSource.TEXT,
    }
    assert all(reading.confidence < 0.75 for reading in told.values())
