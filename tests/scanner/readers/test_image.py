"""Images: what OCR sees in them, and what is said where it sees nothing."""

from __future__ import annotations

import io
import re
import sys
from typing import Any

import pytest
from made_files import SCANNED_LINES

from dossier.model import Content, Reading, Unread, UnreadReason
from dossier.scanner._exec import tesseract
from dossier.scanner.readers import Limits, read_bytes
from dossier.scanner.readers.image import prepared


def page(lines: tuple[str, ...] = SCANNED_LINES) -> Any:
    """A page of A4 at 150 dpi."""
    import font_roboto
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (1240, 1754), 250)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(font_roboto.Roboto, 27)
    for number, line in enumerate(lines):
        draw.text((150, 150 + 48 * number), line, font=font, fill=20)
    return image


def saved(image: Any, format_: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


def share_of_words(content: Content) -> float:
    wanted = re.findall(r"\w+", " ".join(SCANNED_LINES))
    seen = set(re.findall(r"\w+", content.pages[0].text))
    return sum(word in seen for word in wanted) / len(wanted)


def unread(data: bytes, limits: Limits | None = None) -> Unread:
    result = read_bytes(data, limits or Limits())
    assert isinstance(result, Unread)
    return result


@pytest.mark.usefixtures("needs_tesseract")
@pytest.mark.parametrize("format_", ["png", "jpeg", "tiff", "bmp", "webp", "gif"])
def test_page_is_read_from_every_format(format_: str) -> None:
    content = read_bytes(saved(page(), format_), Limits())
    assert isinstance(content, Content)
    assert (content.format, content.pages[0].reading) == (format_, Reading.OCR)
    assert share_of_words(content) > 0.97


@pytest.mark.usefixtures("needs_tesseract")
def test_photo_taken_with_the_telephone_turned_is_turned_back() -> None:
    from PIL import Image

    turned = page().transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: show the image turned clockwise
    content = read_bytes(saved(turned, "jpeg", exif=exif), Limits())
    assert isinstance(content, Content)
    assert share_of_words(content) > 0.97


@pytest.mark.usefixtures("needs_tesseract")
def test_pages_of_a_tiff_are_pages() -> None:
    second = page(("Điều 4. Văn phòng Ủy ban nhân dân xã chịu trách nhiệm",))
    content = read_bytes(saved(page(), "tiff", save_all=True, append_images=[second]), Limits())
    assert isinstance(content, Content)
    assert [p.number for p in content.pages] == [1, 2]
    assert "Điều 4." in content.pages[1].text


@pytest.mark.usefixtures("needs_tesseract")
def test_photo_without_letters_is_empty() -> None:
    from PIL import Image

    assert unread(saved(Image.new("RGB", (800, 600), (90, 140, 60)), "jpeg")).reason is UnreadReason.EMPTY


def test_image_without_ocr_says_so() -> None:
    found = unread(saved(page(), "png"), Limits(ocr=False))
    assert (found.reason, found.format, found.lacks) == (UnreadReason.UNSUPPORTED, "png", ("tesseract",))
    assert "OCR" in found.detail


def test_image_cut_short_is_corrupt() -> None:
    data = saved(page(), "jpeg")
    if tesseract.reads_vietnamese():
        assert unread(data[: len(data) // 2]).reason is UnreadReason.CORRUPT
    assert unread(data[:30]).reason is UnreadReason.CORRUPT


def test_image_that_claims_to_be_huge_is_not_decoded() -> None:
    data = bytearray(saved(page(), "bmp"))
    data[18:26] = (60_000).to_bytes(4, "little") * 2
    assert unread(bytes(data)).reason is UnreadReason.TOO_LARGE


def test_heic_without_its_package_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    found = unread(b"\0\0\0\x18ftypheic" + bytes(60))
    assert (found.reason, found.lacks) == (UnreadReason.UNSUPPORTED, ("pillow-heif",))
    assert "pip install pillow-heif" in found.detail


def test_transparent_paper_is_white() -> None:
    from PIL import Image

    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    page, _dpi = prepared(image, 300)
    assert page.getextrema() == ((255, 255),) * 3


@pytest.mark.parametrize("mode", ["1", "P", "RGB", "CMYK", "I;16", "LA"])
def test_every_kind_of_pixel_becomes_colours(mode: str) -> None:
    from PIL import Image

    page, dpi = prepared(Image.new(mode, (1240, 1754)), 300)
    assert page.mode == "RGB" and 70 <= dpi <= 400


def test_small_image_is_enlarged_and_a_huge_one_made_smaller() -> None:
    from PIL import Image

    small, _dpi = prepared(Image.new("L", (620, 877)), 300)
    large, _dpi = prepared(Image.new("L", (9921, 14031)), 300)
    assert small.width > 1000
    assert large.width < 3000
