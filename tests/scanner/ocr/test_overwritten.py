"""A digit written over another one is told from digits written once: what is read there is one of the two."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from dossier.scanner.ocr.overwritten import overwritten
from dossier.scanner.ocr.ppocr import Character

np = pytest.importorskip("numpy")

# Strokes of digits in a box of 24 by 40 pixels.
STROKES = {
    "1": [[(6, 8), (14, 0), (14, 40)]],
    "4": [[(16, 0), (2, 26), (24, 26)], [(17, 14), (17, 40)]],
    "5": [[(20, 0), (5, 0), (4, 16), (18, 18), (20, 32), (10, 40), (2, 36)]],
    "7": [[(2, 0), (22, 0), (10, 40)]],
    "8": [[(12, 0), (4, 8), (12, 18), (21, 30), (12, 40), (3, 30), (12, 18), (20, 8), (12, 0)]],
}


def written(*places: str, bold: str = "") -> Image.Image:
    """A line of digits; a place with several digits has them one over the other, ``bold`` by a thick pen."""
    line = Image.new("L", (60 * len(places) + 40, 60), 255)
    pen = ImageDraw.Draw(line)
    for at, digits in enumerate(places):
        for digit in digits:
            for stroke in STROKES[digit]:
                points = [(40 + 60 * at + x, 10 + y) for x, y in stroke]
                pen.line(points, fill=30, width=9 if digit == bold and len(digits) > 1 else 3, joint="curve")
    return line


def heavy(line: Image.Image, read: str) -> frozenset[int]:
    letters = [Character(digit, (52 + 60 * at) / line.width, 0.9) for at, digit in enumerate(read)]
    return overwritten(letters, np.asarray(line) < 128)


def test_a_digit_over_another_is_heavier_than_what_is_read() -> None:
    assert heavy(written("5", "8", "47"), "587") == {2}


def test_a_digit_by_a_thick_pen_over_a_thin_one_is_seen() -> None:
    assert heavy(written("7", "57", bold="7"), "75") == {1}


@pytest.mark.parametrize("read", ["584", "857", "481", "118", "78"])
def test_digits_written_once_are_not(read: str) -> None:
    assert heavy(written(*read), read) == frozenset()


def test_nothing_is_concluded_from_a_single_digit() -> None:
    assert heavy(written("47"), "4") == frozenset()


def test_digits_that_were_not_parted_where_they_are_tell_nothing() -> None:
    line = written("4", "8")
    letters = [Character("4", 92 / line.width, 0.9), Character("8", 1.0, 0.9)]  # both before the second one
    assert overwritten(letters, np.asarray(line) < 128) == frozenset()


def test_a_line_without_ink_tells_nothing() -> None:
    assert heavy(Image.new("L", (240, 60), 255), "327") == frozenset()
