"""Pages that lie askew, on their side or upside down are put straight before they are read."""

from __future__ import annotations

import io

import font_roboto
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from dossier.model import Content
from dossier.scanner.readers import Limits
from dossier.scanner.readers.pdf import PdfReader
from dossier.scanner.readers.pdf_pictures import resolution
from dossier.scanner.readers.straighten import skew, straightened

pytestmark = pytest.mark.slow  # OCR of pages in every position

SENTENCE = "Quyết định về việc thành lập mô hình bảo đảm an ninh, trật tự tại cơ sở"


def page(lines: int = 30) -> Image.Image:
    """A page of text at 100 dots per inch."""
    made = Image.new("L", (850, 1100), 255)
    pen = ImageDraw.Draw(made)
    font = ImageFont.truetype(font_roboto.Roboto, 20)
    for number in range(lines):
        pen.text((60, 60 + number * 32), f"{number + 1}. {SENTENCE}", fill=0, font=font)
    return made


def scan(picture: Image.Image, dpi: float = 100) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=dpi)
    return out.getvalue()


def text_of(data: bytes) -> str:
    content = PdfReader().read(data, Limits())
    assert isinstance(content, Content)
    return content.pages[0].text


@pytest.mark.parametrize("degrees", [-4.0, -2.0, -1.0, 1.0, 2.0, 3.5])
def test_skew_is_found_within_a_quarter_of_a_degree(degrees: float) -> None:
    turned = page().rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert abs(skew(turned) + degrees) <= 0.25


def test_straight_page_is_left_alone() -> None:
    straight = page()
    assert straightened(straight) is straight


@pytest.mark.parametrize("picture", [Image.new("L", (800, 1000), 255), Image.new("L", (3, 3), 0)])
def test_page_without_text_is_left_alone(picture: Image.Image) -> None:
    assert straightened(picture) is picture


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_page_on_its_side_or_upside_down_is_read(needs_tesseract: None, degrees: int) -> None:
    turned = page(12).resize((1700, 2200)).rotate(degrees, expand=True)
    assert text_of(scan(turned, 200)).count("mô hình") >= 11


def test_skewed_page_is_read(needs_tesseract: None) -> None:
    turned = page(12).resize((1700, 2200)).rotate(3, expand=True, fillcolor=255)
    assert text_of(scan(turned, 200)).count("mô hình") >= 11


@pytest.mark.parametrize(("dpi", "drawn"), [(100, 250), (270, 270), (600, 300)])
def test_scan_is_drawn_at_its_own_resolution(dpi: int, drawn: int) -> None:
    pdf = pypdfium2.PdfDocument(scan(page(), dpi))
    assert resolution(pdf[0], 300) == drawn


def test_page_without_a_picture_is_drawn_at_the_limit() -> None:
    pdf = pypdfium2.PdfDocument.new()
    assert resolution(pdf.new_page(200, 200), 300) == 300
