"""Text that does not run from left to right is read as it runs, and tells where it stands."""

from __future__ import annotations

import io

import font_roboto
import pytest
from fpdf import FPDF
from pypdf import PdfReader as Structure
from pypdf import PdfWriter

from dossier.model import Page
from dossier.scanner.readers import Limits
from dossier.scanner.readers.pdf import PdfReader

LINES = ("DANH SÁCH hộ gia đình", "Số thứ tự Họ và tên", "Nguyễn Thị Hòa thôn Nà Cà")


def drawn(angle: float, *, upright: str = "") -> bytes:
    document = FPDF(unit="pt", format=(600, 800))
    document.add_font("Roboto", "", font_roboto.Roboto)
    document.set_font("Roboto", size=12)
    document.add_page()
    if upright:
        document.text(60, 700, upright)
    with document.rotation(angle, x=300, y=400):
        for row, line in enumerate(LINES):
            document.text(200, 350 + 20 * row, line)
    return bytes(document.output())


def first_page(data: bytes) -> Page:
    return PdfReader().read(data, Limits(ocr=False)).pages[0]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_lines_on_their_side_or_head_are_lines(angle: int) -> None:
    page = first_page(drawn(angle))
    assert page.text.split("\n") == list(LINES)
    for segment in page.segments:
        assert page.text[segment.start : segment.end] == segment.text


def test_lines_as_in_a_mirror_keep_their_order() -> None:
    document = FPDF(unit="pt", format=(600, 800))
    document.add_font("Roboto", "", font_roboto.Roboto)
    document.set_font("Roboto", size=12)
    document.add_page()
    with document.mirror((300, 400), "NORTH"):
        for row, line in enumerate(LINES):
            document.text(200, 350 + 20 * row, line)
    assert first_page(bytes(document.output())).text.split("\n") == list(LINES)


def test_words_on_their_side_tell_where_they_are_seen() -> None:
    words = first_page(drawn(90)).segments[0].words  # up the page
    assert words[0].text == "DANH"
    assert words[1].box.bottom < words[0].box.top
    assert words[0].box.left == pytest.approx(words[1].box.left)


def test_a_watermark_does_not_run_into_the_lines() -> None:
    page = first_page(drawn(45, upright="QUYẾT ĐỊNH về việc thành lập mô hình Camera an ninh tại khu dân cư"))
    first, *others = page.text.split("\n")
    assert first == "QUYẾT ĐỊNH về việc thành lập mô hình Camera an ninh tại khu dân cư"
    assert sorted(others) == sorted(LINES)


def test_a_page_shown_on_its_head_is_read_as_it_runs() -> None:
    """PDFium gives its lines backwards, letter beside letter."""
    writer = PdfWriter(clone_from=Structure(io.BytesIO(drawn(0))))
    writer.pages[0].rotate(180)
    out = io.BytesIO()
    writer.write(out)
    assert first_page(out.getvalue()).text.split("\n") == list(LINES)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(turn: int) -> None:
    writer = PdfWriter(clone_from=Structure(io.BytesIO(drawn(turn))))
    writer.pages[0].rotate(turn)
    out = io.BytesIO()
    writer.write(out)
    page = first_page(out.getvalue())
    assert page.text.split("\n") == list(LINES)
    first = page.segments[0].words
    assert first[0].box.right < first[1].box.left
    assert all(0 <= edge <= 1 for edge in first[0].box)
