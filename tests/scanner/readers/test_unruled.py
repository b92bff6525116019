"""The lines of ruled paper are taken off a scan; those of tables and heads stay."""

from __future__ import annotations

import font_roboto
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from dossier.scanner.readers.unruled import unruled


def page() -> Image.Image:
    made = Image.new("RGB", (1240, 1754), "white")
    pen, font = ImageDraw.Draw(made), ImageFont.truetype(font_roboto.Roboto, 30)
    for number in range(20):
        pen.text((160, 120 + 71 * number), "Thành lập tổ tự quản về an ninh, trật tự", fill="#222", font=font)
    return made


def ruled(colour: str, step: int, *, squared: bool = False, edges: int = 0) -> Image.Image:
    under = Image.new("RGB", (1240, 1754), "white")
    pen = ImageDraw.Draw(under)
    for at in range(50, 1754, step):
        pen.line((edges, at, 1240 - edges, at), fill=colour, width=2)
        if squared:
            pen.line((at, 0, at, 1754), fill=colour, width=2)
    return ImageChops.multiply(page(), under)


@pytest.mark.parametrize(("colour", "squared"), [("#a9c3ea", False), ("#b9b9c9", True), ("#000000", False)])
def test_rules_from_edge_to_edge_go_and_letters_stay(colour: str, squared: bool) -> None:
    paper = ruled(colour, 60, squared=squared)
    before, after = (
        sum(ImageChops.difference(made, page()).convert("L").point([0] * 60 + [1] * 196).tobytes())
        for made in (paper, unruled(paper))
    )
    assert after < before / 8


def wide_table() -> Image.Image:
    made = page()
    for at in (90, 150, 290, 350, 480, 640, 700, 910, 1090, 1310, 1500, 1590):
        ImageDraw.Draw(made).line((20, at, 1220, at), fill="black", width=2)
    return made


@pytest.mark.parametrize(
    "paper", [page(), ruled("#000000", 60, edges=150), ruled("#000000", 400), wide_table()]
)
def test_a_table_and_single_lines_are_left_alone(paper: Image.Image) -> None:
    assert unruled(paper) is paper


def test_a_picture_of_a_few_pixels_is_left_alone() -> None:
    tiny = Image.new("RGB", (3, 2), "white")
    assert unruled(tiny) is tiny
