"""PDF files the reader tests are made of, each built on the spot."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_files import SCANNED_LINES

from dossier import libraries
from dossier.scanner._exec import tesseract
from dossier.scanner.ocr import engine
from dossier.scanner.ocr.tesseract import TesseractLibrary


@pytest.fixture
def needs_tesseract() -> None:
    """Skips where Tesseract with Vietnamese is missing; there is no excuse where CI is set."""
    if not tesseract.reads_vietnamese():
        if os.environ.get("CI") == "true":
            pytest.fail("Tesseract with Vietnamese must be installed in CI")
        pytest.skip("Tesseract with Vietnamese is not installed")


@pytest.fixture
def without_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A search path without any program."""
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        _asked_anew()
        yield
    _asked_anew()


@pytest.fixture
def without_engine(without_program: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither the program Tesseract nor the package that holds it."""
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "tesserocr", None)
        _asked_anew()
        yield
    _asked_anew()


@pytest.fixture
def only_inside(without_program: None) -> None:
    """No program, but Tesseract inside the process; skips where it is missing, but in CI."""
    if not TesseractLibrary().available():
        if os.environ.get("CI") == "true":
            pytest.fail("tesserocr with Vietnamese must be installed in CI")
        pytest.skip("tesserocr with Vietnamese is not installed")


def _asked_anew() -> None:
    libraries.trouble.cache_clear()
    tesseract.available.cache_clear()
    engine.cache_clear()


@pytest.fixture(scope="session")
def pdf() -> Callable[..., bytes]:
    """Makes a PDF with a text layer: one page for each string, its lines parted by newlines."""
    import font_roboto
    from fpdf import FPDF

    def build(*pages: str) -> bytes:
        document = FPDF()
        document.add_font("Roboto", "", font_roboto.Roboto)
        document.set_font("Roboto", size=12)
        for text in pages:
            document.add_page()
            for line in text.split("\n"):
                document.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
        return bytes(document.output())

    return build


@pytest.fixture(scope="session")
def scan() -> bytes:
    """A PDF that holds nothing but the image of a Vietnamese page at 200 dpi."""
    import font_roboto
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (1654, 2339), 250)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(font_roboto.Roboto, 36)
    for number, line in enumerate(SCANNED_LINES):
        draw.text((200, 200 + 64 * number), line, font=font, fill=20)
    out = io.BytesIO()
    image.save(out, "PDF", resolution=200)
    return out.getvalue()
