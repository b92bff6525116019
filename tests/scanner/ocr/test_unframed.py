"""Frames of incoming stamps are taken out of a page before OCR; rules and strikes stay."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageDraw

from dossier.scanner.ocr import ppocr
from dossier.scanner.ocr.unframed import without_frames

pytestmark = pytest.mark.skipif(not ppocr.available(), reason="the package that reads handwriting is missing")

FRAME = (120, 500, 640, 760)


def page() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A page with a rule under a name, and letters as upright strokes."""
    picture = Image.new("RGB", (2400, 3400), "white")
    pen = ImageDraw.Draw(picture)
    pen.line((300, 300, 700, 300), fill="black", width=5)
    for x in range(700, 1900, 40):
        pen.line((x, 560, x, 600), fill="black", width=6)
    return picture, pen


def test_a_frame_goes_with_what_stands_in_it_and_its_place_is_told() -> None:
    picture, pen = page()
    without = picture.copy()
    pen.rectangle(FRAME, outline="black", width=5)
    pen.line((200, 600, 400, 640), fill="black", width=8)
    cleaned, (box,) = without_frames(picture)
    assert ImageChops.difference(cleaned, without).getbbox() is None
    edges = (box.left * 2400, box.top * 3400, box.right * 2400, box.bottom * 3400)
    assert all(abs(edge - wanted) < 12 for edge, wanted in zip(edges, FRAME, strict=True))


def test_of_a_frame_that_the_edge_of_the_page_cuts_only_the_lines_go() -> None:
    picture, pen = page()
    pen.line((0, 500, 640, 500), fill="black", width=5)
    pen.line((0, 760, 640, 760), fill="black", width=5)
    pen.line((640, 500, 640, 760), fill="black", width=5)
    for x in range(100, 600, 60):  # letters that the upper line runs through
        pen.line((x, 470, x, 530), fill="black", width=8)
    cleaned, boxes = without_frames(picture)
    assert boxes == ()
    assert cleaned.getpixel((250, 500)) == (255, 255, 255)
    assert cleaned.getpixel((160, 500)) == (0, 0, 0)


def test_rules_and_numbers_that_are_struck_out_stay() -> None:
    picture, pen = page()
    pen.line((300, 440, 520, 444), fill="black", width=5)
    for x in range(320, 500, 40):
        pen.line((x, 410, x, 470), fill="black", width=6)
    cleaned, boxes = without_frames(picture)
    assert cleaned is picture and boxes == ()


def test_a_table_is_no_frame() -> None:
    picture, pen = page()
    for y in range(800, 1300, 100):
        pen.line((200, y, 2200, y), fill="black", width=4)
    for x in range(200, 2300, 500):
        pen.line((x, 800, x, 1200), fill="black", width=4)
    cleaned, boxes = without_frames(picture)
    assert cleaned is picture and boxes == ()


def test_print_under_a_stamp_in_colour_stays() -> None:
    picture, pen = page()
    for x in range(200, 600, 40):
        pen.line((x, 560, x, 600), fill="black", width=6)
    without = picture.copy()
    for colour in ((38, 64, 158), (203, 36, 49)):
        stamped = without.copy()
        ImageDraw.Draw(stamped).rectangle(FRAME, outline=colour, width=5)
        ImageDraw.Draw(stamped).line((200, 680, 400, 640), fill=colour, width=8)
        cleaned, _boxes = without_frames(stamped)
        assert (
            ImageChops.difference(cleaned, without).convert("L").point([0] * 30 + [255] * 226).getbbox()
            is None
        )
