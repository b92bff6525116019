"""Pages as no office makes them take bounded time and give what can be seen on them."""

from __future__ import annotations

import re
import time
from contextlib import nullcontext

import font_roboto
import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw

from dossier.model import Box, Word
from dossier.scanner.ocr.interface import EngineError, Recognised, TextLine
from dossier.scanner.readers import Limits, ReadError, pdf_pictures
from dossier.scanner.readers import ocr as reading
from dossier.scanner.readers.pdf import PdfReader

SECONDS = 20  # of processor time


def blank() -> FPDF:
    document = FPDF(unit="pt", format=(600, 800))
    document.add_font("Roboto", "", font_roboto.Roboto)
    document.set_font("Roboto", size=12)
    document.add_page()
    return document


def text_of(document: FPDF) -> str:
    return PdfReader().read(bytes(document.output()), Limits(ocr=False)).pages[0].text


@pytest.mark.parametrize(("size", "legible"), [(12, True), (0.01, False)])
def test_a_hundred_thousand_letters_on_a_page(size: float, legible: bool) -> None:
    """Letters that nobody can see are no text, and the file is named as one without any."""
    document = blank()
    document.set_font("Roboto", size=size)
    for row in range(1000):
        document.text(20, 20 + row * 0.75, "Kế hoạch khảo sát " * 6)
    started = time.process_time()
    with nullcontext() if legible else pytest.raises(ReadError, match="không có chữ"):
        text_of(document)
    assert time.process_time() - started < SECONDS


def test_text_outside_the_page_and_mirrored_text_hide_nothing_of_the_rest() -> None:
    document = blank()
    document.text(60, 60, "QUYẾT ĐỊNH về việc thành lập")
    document.text(-5000, 60, "bên trái")
    document.text(60, 90_000, "bên dưới")
    with document.mirror((300, 400), "EAST"):
        document.text(200, 400, "MẶT SAU")
    lines = text_of(document).split("\n")
    assert lines[0] == "QUYẾT ĐỊNH về việc thành lập"
    assert not any("bên" in line for line in lines)


@pytest.mark.parametrize(
    ("frame", "seen"),
    [((600, 800, 0, 0), True), ((-600, -800, 0, 0), False), ((0, 0, -600, -800), False)],
)
def test_a_page_whose_frame_is_elsewhere_is_told_from_one_without_text(
    frame: tuple[int, int, int, int], seen: bool
) -> None:
    document = blank()
    document.text(60, 60, "QUYẾT ĐỊNH về việc thành lập")
    box = b"/MediaBox [%d %d %d %d]" % frame
    data, count = re.subn(rb"/MediaBox \[[^\]]*\]", box, bytes(document.output()))
    assert count
    with nullcontext() if seen else pytest.raises(ReadError, match="ngoài khung trang"):
        PdfReader().read(data, Limits(ocr=False))


class Engine:
    """Reads one line, or breaks."""

    def __init__(self, name: str, *, breaks: bool) -> None:
        self.name, self.breaks = name, breaks

    def available(self) -> bool:
        return True

    def quarter_turn(self, _page: Image.Image, _seconds: float) -> int:
        return 0

    def recognise(self, *_asked: object, **_how: object) -> Recognised:
        if self.breaks:
            raise EngineError("broken")
        return Recognised((TextLine((Word("QUYẾT", Box(0.1, 0.1, 0.2, 0.12), 0.9),)),))


@pytest.mark.parametrize(("program_breaks", "read"), [(False, True), (True, False)])
def test_a_page_that_breaks_the_library_is_read_by_the_program(
    program_breaks: bool, read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines = {
        "auto": Engine("tesserocr", breaks=True),
        "tesseract": Engine("tesseract", breaks=program_breaks),
    }
    monkeypatch.setattr(reading, "engine", engines.__getitem__)
    page = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(page).text((100, 100), "QUYET DINH", fill="black")
    ocr = reading.Ocr(Limits())
    seen = ocr.read_image(lambda: (page, 200))
    assert (seen is not None) is read
    if seen is None:
        assert ocr.why_not().startswith("Tesseract không nhận dạng được")


def test_a_page_of_kilometres_is_drawn_in_bounds() -> None:
    document = FPDF(unit="pt", format=(10_000_000, 10_000_000))
    document.add_page()
    with pypdfium2.PdfDocument(bytes(document.output())) as opened:
        picture, dpi = pdf_pictures.render(opened[0], 300)
    assert picture.width * picture.height <= 1.01 * pdf_pictures.MAX_PIXELS
    assert dpi == 1
