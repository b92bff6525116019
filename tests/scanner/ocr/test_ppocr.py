"""The real models on pages that are drawn here."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from drawn_pages import by_hand, printed
from PIL import Image

from dossier.scanner.ocr import ppocr
from dossier.scanner.ocr.stamps import red_text

pytestmark = [pytest.mark.usefixtures("needs_scans"), pytest.mark.slow]  # OCR of whole pages


def model() -> ppocr.Model:
    loaded = ppocr.model()
    assert loaded is not None
    return loaded


def test_digits_drawn_with_a_pen_are_read() -> None:
    line = Image.new("RGB", (420, 90), "white")
    by_hand(line, "2350", 30, 18)
    assert "".join(letter.text for letter in model().read(line)).strip() == "2350"


def test_lines_are_found_where_they_stand(head: Callable[..., Image.Image]) -> None:
    page = head("23", "05").crop((0, 0, 1654, 700))
    lines = model().lines(page)
    number = next(line for line in lines if "/Q" in line.text)
    assert "23" in number.text
    assert 200 < number.region.x < 600 and 280 < number.region.y < 340


@pytest.mark.parametrize("angle", [0, -12, 20])
def test_stamps_in_red_are_read_however_they_lie(angle: int) -> None:
    stamp = Image.new("RGB", (700, 700), "white")
    printed(stamp, "TUYET MAT", 130, 320, 80, "#d02020")
    page = Image.new("RGB", (1654, 2339), "white")
    page.paste(stamp.rotate(angle, fillcolor="white"), (200, 100))
    printed(page, "QUYẾT ĐỊNH", 700, 900)
    lines = [line.replace(" ", "") for line in red_text(page)]
    assert any("TUYETMAT" in line for line in lines)
    assert not any("QUY" in line for line in lines)


def test_a_page_without_red_ink_has_no_stamps(head: Callable[..., Image.Image]) -> None:
    assert red_text(head("23", "05")) == ()
