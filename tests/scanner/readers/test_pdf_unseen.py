"""Words of a PDF page that nobody sees are no part of its text; those laid over a picture of it are."""

from __future__ import annotations

import io
from datetime import date

import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

from dossier.model import Content, FieldReading, FieldSource, Page
from dossier.scanner.readers import Limits
from dossier.scanner.readers.filled_in import confirmed
from dossier.scanner.readers.pdf import PdfReader
from dossier.scanner.readers.pdf_pictures import is_over_text
from dossier.scanner.recognise import recognise
from dossier.scanner.recognise.evidence import weighed

SHOWN = "BT /F 12 Tf 60 700 Td (Shown words of the page that everybody reads) Tj ET"
HIDDEN = "BT /F 12 Tf 60 760 Td (Hidden words) Tj ET"
WRITTEN = "BT /F 12 Tf 60 760 Td (So: 326/QD-UBND) Tj ET"
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


def with_form(content: str, drawn: str) -> bytes:
    """A page with this content, that may draw a form object ``/F``."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf(content)))
    page = writer.pages[0]
    form = DecodedStreamObject()
    form.update({
        NameObject("/Type"): NameObject("/XObject"),
        NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, 595, 842))),
        NameObject("/Resources"): DictionaryObject({NameObject("/Font"): page["/Resources"]["/Font"]}),
    })  # fmt: skip
    form.set_data(drawn.encode())
    page["/Resources"][NameObject("/XObject")] = DictionaryObject(
        {NameObject("/F"): writer._add_object(form)}
    )
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
    ("clip", "read"),
    [
        ("0 0 5 5 re W n", ""),
        ("0 0 0 0 re W n", ""),
        ("50 740 300 20 re W n", ""),  # below the line
        ("50 750 300 30 re W n 50 600 300 40 re W n", ""),  # two that have nothing in common
        ("0 0 m 300 0 l 0 300 l h W n", ""),
        ("0 0 595 842 re 50 750 300 30 re W* n", ""),  # a hole
        ("102 750 300 30 re W n", "/QD-UBND"),
        ("50 750 300 30 re W n", "So: 326/QD-UBND"),
        ("60 758 120 12 re W n", "So: 326/QD-UBND"),
        ("50 750 m 400 750 l 500 790 l 40 790 l h W n", "So: 326/QD-UBND"),
    ],
)
@pytest.mark.parametrize("as_form", [False, True])
def test_what_a_clip_path_cuts_off_is_left_out(clip: str, read: str, as_form: bool) -> None:
    if as_form:
        data = with_form(f"q {clip} /F Do Q {SHOWN}", WRITTEN)
    else:
        data = pdf(f"q {clip} {WRITTEN} Q {SHOWN}")
    assert text_of(data).split("Shown")[0].strip() == read


def test_a_number_that_a_clip_path_hides_under_another_is_left_out() -> None:
    other = "BT /F 12 Tf 60 760 Td (So: 415/QD-UBND) Tj ET"
    assert text_of(pdf(f"q 0 0 5 5 re W n {WRITTEN} Q {other} {SHOWN}")).startswith("So: 415/QD-UBND\n")


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


@pytest.mark.parametrize("after", [True, False])
def test_a_picture_that_was_drawn_after_text_lies_over_it(after: bool) -> None:
    document = FPDF(unit="pt", format="A4")
    document.set_font("Helvetica", size=12)
    document.add_page()
    picture = Image.new("L", (60, 84), 255)
    for draws_picture in (not after, after):
        if draws_picture:
            document.image(picture, x=0, y=0, w=595, h=842)
        else:
            document.text(60, 100, "Words of a page")
    assert is_over_text(pypdfium2.PdfDocument(bytes(document.output()))[0]) is after


HEAD = "CÔNG AN XÃ A\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
HEAD += "Số: 12/KH-CAX\nA, ngày 05 tháng 6 năm 2024\nKẾ HOẠCH\nTuần tra"


@pytest.mark.parametrize(
    ("number", "day", "stated"),
    [
        ((0.6, "12/KH-CAX"), (0.6, "2024-06-05"), ("12/KH-CAX", date(2024, 6, 5))),  # two programs agree
        ((0.97, "15/KH-CAX"), (0.97, "2024-06-08"), ("/KH-CAX", None)),
    ],
)
def test_a_text_laid_over_a_page_is_believed_where_the_page_says_the_same(
    number: tuple[float, str], day: tuple[float, str], stated: tuple[str, date | None]
) -> None:
    seen = {
        name: FieldReading(sure, FieldSource.HANDWRITING, (value,))
        for name, (sure, value) in (("number_symbol", number), ("date", day))
    }
    content = Content("pdf", (Page(1, HEAD, fields=confirmed(HEAD, seen)),))
    (paper,) = weighed(recognise(content), content, "x.pdf")
    assert (paper.header.number_symbol, paper.header.date) == stated


@pytest.mark.parametrize(
    "seen", [{}, {"number_symbol": FieldReading(0.97, FieldSource.OCR, ("12/QĐ-UBND",))}]
)
def test_what_only_a_text_laid_over_a_page_tells_is_in_doubt(seen: dict[str, FieldReading]) -> None:
    content = Content("pdf", (Page(1, HEAD, fields=confirmed(HEAD, seen)),))
    (paper,) = weighed(recognise(content), content, "x.pdf")
    assert (paper.header.number_symbol, paper.header.date) == ("12/KH-CAX", date(2024, 6, 5))
    assert all(paper.header.fields[name].confidence < 0.75 for name in ("number_symbol", "date"))


@pytest.mark.parametrize(
    ("over", "read"),
    [
        ("0 g 82 756 20 14 re f", "So: /QD-UBND"),  # a black bar
        ("1 g 82 756 20 14 re f 0 g BT /F 12 Tf 83 760 Td (215) Tj ET", "So: 215/QD-UBND"),  # a patch
        ("1 g 60 740 200 8 re f", "So: 326/QD-UBND"),  # below the line
        ("1 0 0 RG 82 756 20 14 re S", "So: 326/QD-UBND"),  # a frame
        ("0 g 60 757 90 1 re f", "So: 326/QD-UBND"),  # an underline
    ],
)
def test_what_is_drawn_over_a_number_hides_it(over: str, read: str) -> None:
    first = text_of(pdf(f"0 g {WRITTEN} {SHOWN} {over}")).split("\n")[0]
    assert " ".join(first.split()) == read


def test_a_colour_that_lets_letters_through_hides_nothing() -> None:
    data = pdf(f"{WRITTEN} {SHOWN}")
    writer = PdfWriter(clone_from=io.BytesIO(data))
    clear = DictionaryObject({NameObject("/ca"): FloatObject(0.3)})
    page = writer.pages[0]
    page["/Resources"][NameObject("/ExtGState")] = DictionaryObject({NameObject("/G"): clear})
    page["/Contents"].set_data(f"{WRITTEN} {SHOWN} /G gs 1 1 0 rg 50 750 200 24 re f".encode())
    out = io.BytesIO()
    writer.write(out)
    assert text_of(out.getvalue()).startswith("So: 326/QD-UBND")


@pytest.mark.parametrize(
    ("drawn", "read"),
    [("1 g 82 756 20 14 re f", "So: /QD-UBND"), ("1 0 0 RG 82 756 20 14 re S", "So: 326/QD-UBND")],
)
def test_a_form_hides_what_its_surfaces_lie_over(drawn: str, read: str) -> None:
    data = with_form(f"0 g {WRITTEN} {SHOWN} /F Do", drawn)
    assert " ".join(text_of(data).split("\n")[0].split()) == read
