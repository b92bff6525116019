"""Pages whose lines bend or that lie in a shadow; bars stand for words."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from dossier.scanner.readers.straighten import evened, levelled, sharpness

WIDTH, HEIGHT = 700, 990


def page(*, lines: int = 34, fall: Callable[[float], float] = lambda x: 0.0, columns: int = 0) -> Image.Image:
    """A page of words, each ``fall(x)`` pixels lower than it would stand; the first lines in two columns."""
    made = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(made)
    for line in range(lines):
        for word in range(14):
            if line < columns and word in (6, 7):
                continue
            x = 60 + word * 42
            y = 70 + line * 25 + fall(x / WIDTH) + (9 if line < columns and word > 7 else 0)
            pen.rectangle((x, y, x + 22 + word * 7 % 12, y + 9), fill="black")
    return made


def ink(picture: Image.Image) -> Image.Image:
    return picture.convert("L").point([255 - value for value in range(256)])


@pytest.mark.parametrize(
    "fall",
    [
        pytest.param(lambda x: 50 * max(0.0, 0.6 - x) ** 2, id="towards the binding"),
        pytest.param(lambda x: 8 * math.sin(x * 7), id="in a wave"),
        pytest.param(lambda x: 40 * (x - 0.5) ** 2, id="like an arch"),
    ],
)
def test_bent_lines_become_level(fall: Callable[[float], float]) -> None:
    bent = page(fall=fall)
    level = sharpness(ink(levelled(bent)))
    assert level > 1.3 * sharpness(ink(bent))
    assert level > 0.4 * sharpness(ink(page()))


@pytest.mark.parametrize("straight", [page(), page(columns=5), page(lines=3), page(lines=0)])
def test_level_pages_stay_as_they_are(straight: Image.Image) -> None:
    assert levelled(straight) is straight


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 300), st.integers(1, 300), st.binary(min_size=64, max_size=64))
def test_pictures_of_any_size_keep_it(width: int, height: int, noise: bytes) -> None:
    picture = Image.frombytes("L", (8, 8), noise).resize((width, height)).convert("RGB")
    assert evened(levelled(picture)).size == (width, height)


def test_words_in_a_shadow_stand_on_white_again() -> None:
    shade = (
        Image.linear_gradient("L")
        .rotate(90)
        .resize((WIDTH, HEIGHT))
        .point([70 + v * 18 // 25 for v in range(256)])
    )
    dark = Image.composite(page(), Image.new("RGB", (WIDTH, HEIGHT)), shade)
    before, after = (picture.convert("L").getpixel((45, 500)) for picture in (dark, evened(dark)))
    assert before < 170
    assert after > 225
    assert evened(dark).convert("L").getpixel((64, 74)) < 60


def test_stripes_of_shadow_are_lit_between_and_within() -> None:
    """A window's blind: no neighbourhood is wholly in the shade, and yet a third of the page is."""
    shade = Image.new("L", (WIDTH, HEIGHT), 255)
    for top in range(0, HEIGHT, 90):
        ImageDraw.Draw(shade).rectangle((0, top, WIDTH, top + 30), fill=120)
    striped = Image.composite(page(), Image.new("RGB", (WIDTH, HEIGHT)), shade)
    before, after = (picture.convert("L").getpixel((45, 465)) for picture in (striped, evened(striped)))
    assert before < 130
    assert after > 225


def test_seals_and_black_edges_of_a_scanner_are_no_shadow() -> None:
    scan = page()
    pen = ImageDraw.Draw(scan)
    pen.rectangle((0, 0, 20, HEIGHT), fill="black")
    pen.ellipse((400, 800, 520, 920), outline=(200, 30, 40), width=5)
    assert evened(scan) is scan


def test_a_bright_page_keeps_its_light_and_a_dim_one_is_lifted_to_white() -> None:
    bright = page()
    assert evened(bright) is bright
    lifted = evened(bright.point([value // 2 for value in range(256)] * len(bright.getbands())))
    assert max(lifted.convert("L").getextrema()) > 230
