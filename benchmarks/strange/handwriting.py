"""Other people's handwriting: fonts drawn after it, each digit turned, sized and moved a little.

Debian has them as fonts-sjfonts, fonts-dkg-handwriting, fonts-kristi, fonts-bwht, fonts-tomsontalks,
fonts-klee, fonts-seto, fonts-breip and fonts-rufscript; they are looked for where Debian puts them and in
``DOSSIER_HANDS``.
"""

from __future__ import annotations

import io
import math
import os
import random
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from strange.papers import Paper
from strange.pictures import roomy
from strange.seals import _inked, _round

from dossier.demo.printing import Printing, prepared
from dossier.demo.typeset import HEIGHT, WIDTH, SetText, Sheet, typeset

_PLACES = (os.environ.get("DOSSIER_HANDS", ""), "/usr/share/fonts")
_HANDS = (
    "Delphine", "SteveHand", "dkg", "dkgIt", "Kristi", "BecauseWeBuild-Regular", "BecauseWeOrganize-Regular",
    "BecauseWeConnect-Regular", "TomsonTalks", "setofont", "KleeOne-Regular", "Breip", "Rufscript010",
)  # fmt: skip
_SIGNERS = (
    "Nguyễn Thị Thủy", "Lê Hữu Thuận", "Trần Văn Hoàn", "Phạm Thị Hường", "Đỗ Văn Thạnh", "Võ Đình Tấn",
    "Bùi Quang Huỳnh", "Hồ Thị Mỹ Lệ", "Đặng Hải Yến", "Ngô Sỹ Lượng", "Dương Tuấn Kiệt", "Huỳnh Bá Thông",
)  # fmt: skip
BLUE, BLACK, RED = "#1f34a0", "#24242a", "#cf2231"


@lru_cache
def faces() -> tuple[Path, ...]:
    """The fonts of the hands that are here."""
    found = {
        path.stem: path
        for place in _PLACES if place
        for path in Path(place).rglob("*.[ot]tf")
    }  # fmt: skip
    return tuple(found[name] for name in _HANDS if name in found)


def other(paper: Paper, rng: random.Random) -> Paper:
    """The paper with another number, day and signer."""
    digits = str(rng.choice((rng.randint(1, 99), rng.randint(100, 999), rng.randint(1000, 4999))))
    year = int(paper.date[:4])
    return replace(
        paper,
        number=re.sub(r"^\d+", digits.zfill(2), paper.number),
        date=f"{year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        signer=rng.choice(_SIGNERS),
    )


def sheet_of(paper: Paper, *, narrow: bool = False) -> Sheet:
    blocks = prepared(paper.blocks(), Printing(filled="pen"))
    return typeset(blocks if narrow else roomy(blocks))[0]


def drawn(sheet: Sheet, dpi: int) -> Image.Image:
    """The printed page, grey."""
    scale = dpi / 72
    picture = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    ink = ImageDraw.Draw(picture)
    for run in sheet.runs:
        font = ImageFont.truetype(io.BytesIO(run.face.data), run.size * scale)
        x, space = run.x, run.face.width(" ", run.size) + run.spread
        for word in run.text.split(" ") if run.spread else [run.text]:
            ink.text((x * scale, run.y * scale), word, fill=25, font=font, anchor="ls")
            x += run.face.width(word, run.size) + space
    for x1, y1, x2, y2 in sheet.rules:
        ink.line([(x1 * scale, y1 * scale), (x2 * scale, y2 * scale)], fill=60, width=max(1, dpi // 120))
    return picture


class Hand:
    """One person's digits: a font, a size, a lean, a colour."""

    def __init__(self, rng: random.Random, colour: str = BLACK, big: float = 1.0) -> None:
        self.rng, self.colour = rng, colour
        self.path = rng.choice(faces())
        self.big, self.lean = big * rng.uniform(1.15, 1.45), rng.uniform(-6, 6)

    def write(self, picture: Image.Image, words: str, x: float, y: float, size: float, scale: float) -> float:
        """Write from a point of the baseline on; where it ends, in points."""
        for char in words:
            tall = size * self.big * self.rng.uniform(0.92, 1.08) * scale
            font = ImageFont.truetype(str(self.path), tall * 700 / _cap(self.path))
            wide = font.getlength(char)
            tile = Image.new("L", (round(wide + tall), round(tall * 2.4)), 0)
            ImageDraw.Draw(tile).text((tall / 2, tall * 1.6), char, fill=235, font=font, anchor="ls")
            turned = self.lean + self.rng.uniform(-4, 4)
            tile = tile.rotate(turned, Image.Resampling.BICUBIC, center=(tall / 2, tall * 1.6))
            at = (round(x * scale - tall / 2), round((y + self.rng.uniform(-0.8, 0.8)) * scale - tall * 1.6))
            whole = Image.new("L", picture.size, 0)
            whole.paste(tile, at)
            picture.paste(Image.new("RGB", picture.size, self.colour), mask=whole)
            x += wide / scale * self.rng.uniform(0.98, 1.12)
        return x

    def fill(
        self, picture: Image.Image, run: SetText, digits: str, scale: float, raised: float = 0.0
    ) -> float:
        """Write into the middle of a run's blanks; where it ends."""
        x, wide = run.blank
        start = x + max(1.0, (wide - self.width(digits, run.size)) / 2)
        return self.write(picture, digits, start, run.y - raised, run.size, scale)

    def width(self, words: str, size: float) -> float:
        """About how wide it comes, in points."""
        font = ImageFont.truetype(str(self.path), 1000)
        return font.getlength(words) / 1000 * size * self.big * 1.08 * 700 / _cap(self.path)


@lru_cache
def _cap(path: Path) -> float:
    """Height of a digit, of 1000."""
    _left, top, _right, low = ImageFont.truetype(str(path), 1000).getbbox("2", anchor="ls")
    return max(300.0, low - top)


def filled(
    paper: Paper, rng: random.Random, colour: str = BLACK, *, dpi: int = 200, raised: float = 0.0,
    big: float = 1.0, narrow: bool = False, dots: bool = False, skip: str = "",
) -> Image.Image:  # fmt: skip
    """The page with its blanks filled by one hand; ``skip``: what stays open, ``number`` or ``day``."""
    sheet = sheet_of(paper, narrow=narrow)
    picture, scale = drawn(sheet, dpi).convert("RGB"), dpi / 72
    hand, ink = Hand(rng, colour, big), ImageDraw.Draw(picture)
    for run in sheet.runs:
        if not run.filled:
            continue
        x, wide = run.blank
        if dots:
            for at in range(int(x * scale), int((x + wide - 2) * scale), dpi // 25):
                ink.ellipse((at, run.y * scale - 1, at + dpi / 75, run.y * scale - 1 + dpi / 75), fill="#333")
        if skip == ("day" if "tháng" in run.text else "number"):
            continue
        hand.fill(picture, run, run.filled, scale, raised)
    return picture


def _signer(paper: Paper) -> tuple[float, float, float]:
    """Beginning, baseline and width of the signer's name, in points."""
    run: SetText = next(run for run in reversed(sheet_of(paper).runs) if run.text == paper.signer)
    return run.x, run.y, run.face.width(run.text, run.size)


def signed(
    picture: Image.Image, paper: Paper, rng: random.Random, dpi: int, seal: str, pen: str
) -> Image.Image:
    """A seal over a third of the signature, its edge on the name, and a signature that runs into the name."""
    x, y, wide = _signer(paper)
    scale = dpi / 72
    r = round(48 * scale)
    at = (round((x - 22) * scale), round((y - 40) * scale) - r)
    picture = _inked(picture, _round(r), at, seal)
    ink = ImageDraw.Draw(picture)
    high, turn = rng.uniform(10, 17), rng.uniform(2.2, 4.5)
    points = [
        ((x + t * wide / 70) * scale, (y - 22 + high * math.sin(t / turn) * math.cos(t / 19)) * scale)
        for t in range(80)
    ]
    ink.line(points, fill=pen, width=max(2, dpi // 70), joint="curve")
    return picture
