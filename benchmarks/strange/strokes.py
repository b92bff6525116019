"""Digits as clerks write them, by strokes of a pen: each writer has forms of their own, a slant, a pressure.

The forms are those of Vietnamese schools and offices: 1 with a flag and without, 7 with a bar, an open 4,
a 9 like a g, a 0 that does not close, an 8 of two rings. Nothing is shared with the sample archive's pen.
"""

from __future__ import annotations

import math
import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

Points = list[tuple[float, float]]

# The strokes of each form in a box of height 1, y downwards, 1 the baseline.
_FORMS: dict[str, list[list[Points]]] = {
    digit: [
        [[(float(x) / 100, float(y) / 100) for x, y in map(str.split, stroke.split(","))]
         for stroke in form.split("|")]
        for form in forms
    ]
    for digit, forms in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}  # fmt: skip


def _curve(points: Points, step: float) -> list[tuple[float, float, float]]:
    """Points of a smooth curve (centripetal enough for pens), each with its place along it, 0 to 1."""
    if len(points) < 3:
        (x1, y1), (x2, y2) = points[0], points[-1]
        many = max(2, int(math.hypot(x2 - x1, y2 - y1) / step))
        return [(x1 + (x2 - x1) * k / many, y1 + (y2 - y1) * k / many, k / many) for k in range(many + 1)]
    ends = [points[0], *points, points[-1]]
    found: list[tuple[float, float, float]] = []
    pieces = len(points) - 1
    for at in range(pieces):
        p0, p1, p2, p3 = ends[at : at + 4]
        many = max(2, int(math.hypot(p2[0] - p1[0], p2[1] - p1[1]) * 1.3 / step))
        for k in range(many):
            t = k / many
            a, b = (-t + 2 * t * t - t**3) / 2, (2 - 5 * t * t + 3 * t**3) / 2
            c, d = (t + 4 * t * t - 3 * t**3) / 2, (t**3 - t * t) / 2
            x = a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0]
            y = a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1]
            found.append((x, y, (at + t) / pieces))
    return [*found, (*points[-1], 1.0)]


@dataclass
class Writer:
    """One clerk with one pen. Lengths in points; ``colour``: of the ink."""

    rng: random.Random
    colour: str = "#1d3a9e"
    wide: float = 1.0
    tall: float = 1.45
    slant: float = field(init=False)
    forms: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.slant = self.rng.uniform(-0.05, 0.32)
        self.narrow = self.rng.uniform(0.8, 1.1)
        self.gap = self.rng.uniform(0.1, 0.24)
        self.rise = self.rng.uniform(-0.05, 0.03)
        self.tremor = self.rng.uniform(0.008, 0.025)
        self.forms = {digit: self.rng.randrange(len(ways)) for digit, ways in _FORMS.items()}

    def width(self, digits: str, size: float) -> float:
        """How wide the digits come at a type size, in points."""
        tall = size * 0.68 * self.tall
        return sum(self._wide(d) + self.gap for d in digits) * tall * self.narrow

    def _wide(self, digit: str) -> float:
        xs = [x for stroke in _FORMS[digit][self.forms[digit]] for x, _y in stroke]
        return max(xs) - min(0.0, *xs)

    def write(
        self, picture: Image.Image, digits: str, x: float, y: float, size: float, scale: float
    ) -> float:
        """Write digits from a point of the baseline on; where they end, in points."""
        fine = 3
        tall = size * 0.68 * self.tall
        start, room = x, self.width(digits, size) + 2 * tall
        left, top = math.floor((x - tall) * scale), math.floor((y - 2 * tall) * scale)
        tile = Image.new("L", (math.ceil(room * scale * fine), math.ceil(3.2 * tall * scale * fine)), 0)
        ink = ImageDraw.Draw(tile)
        for digit in digits:
            size_of_it = tall * self.rng.uniform(0.9, 1.1)
            base = y + self.rng.uniform(-0.05, 0.05) * tall + (x - start) * self.rise
            lean = self.slant + self.rng.gauss(0, 0.03)
            for stroke in _FORMS[digit][self.forms[digit]]:
                placed = [
                    (
                        x
                        + ((px + self.rng.gauss(0, self.tremor)) * self.narrow + (1 - py) * lean)
                        * size_of_it,
                        base - (1 - py + self.rng.gauss(0, self.tremor)) * size_of_it,
                    )
                    for px, py in stroke
                ]
                self._draw(ink, placed, left, top, scale * fine)
            x += (self._wide(digit) + self.gap) * size_of_it * self.narrow * self.rng.uniform(0.92, 1.08)
        tile = tile.resize((tile.width // fine, tile.height // fine), Image.Resampling.BOX)
        mask = Image.new("L", picture.size, 0)
        mask.paste(tile.filter(ImageFilter.GaussianBlur(0.4)), (left, top))
        picture.paste(Image.new("RGB", picture.size, self.colour), mask=mask)
        return x

    def _draw(self, ink: ImageDraw.ImageDraw, points: Points, left: int, top: int, scale: float) -> None:
        """One stroke: thick where the pen goes down, thin where it lifts."""
        curve = _curve(points, 0.12)
        before = curve[0]
        for x, y, along in curve:
            down = 0.14 * (y > before[1])
            lifted = 0.35 * max(0.0, along - 0.82) / 0.18 + 0.25 * max(0.0, 0.1 - along) / 0.1
            radius = (0.48 + down - 0.3 * lifted) * self.wide * scale
            at = x * scale - left * 3, y * scale - top * 3
            tone = 225 + self.rng.randrange(-25, 30)
            ink.ellipse((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius), fill=min(255, tone))
            before = x, y, along
