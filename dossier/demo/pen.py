"""Handwritten digits and signatures, as strokes on a page."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

Point = tuple[float, float]
Stroke = list[Point]

# In a box of one by one, y downwards; several ways to write some, as people do.
_DIGITS: dict[str, tuple[tuple[tuple[Point, ...], ...], ...]] = {
    "0": ((((0.5, 0), (0.1, 0.3), (0.1, 0.7), (0.5, 1), (0.9, 0.7), (0.9, 0.3), (0.52, 0.02)),),),
    "1": (
        (((0.2, 0.3), (0.55, 0), (0.5, 1)),),
        (((0.5, 0), (0.45, 1)),),
    ),
    "2": ((((0.1, 0.25), (0.4, 0), (0.85, 0.2), (0.7, 0.5), (0.1, 1), (0.5, 0.93), (0.95, 0.98)),),),
    "3": ((((0.1, 0.1), (0.6, 0), (0.8, 0.25), (0.4, 0.47), (0.85, 0.7), (0.6, 0.98), (0.08, 0.9)),),),
    "4": (
        (((0.6, 0), (0.05, 0.65), (0.95, 0.62)), ((0.68, 0.35), (0.62, 1))),
        (((0.2, 0), (0.12, 0.55), (0.9, 0.5)), ((0.75, 0.05), (0.65, 1))),
    ),
    "5": (
        (
            ((0.2, 0.02), (0.15, 0.45), (0.6, 0.4), (0.85, 0.7), (0.5, 1), (0.05, 0.9)),
            ((0.2, 0.03), (0.85, 0)),
        ),
    ),
    "6": ((((0.75, 0), (0.25, 0.4), (0.15, 0.8), (0.5, 1), (0.85, 0.75), (0.55, 0.5), (0.2, 0.7)),),),
    "7": (
        (((0.08, 0.08), (0.9, 0.02), (0.4, 1)),),
        (((0.08, 0.08), (0.9, 0.02), (0.4, 1)), ((0.3, 0.52), (0.8, 0.47))),
    ),
    "8": (
        (
            (
                (0.75, 0.12),
                (0.3, 0.05),
                (0.3, 0.35),
                (0.8, 0.7),
                (0.5, 1),
                (0.15, 0.75),
                (0.75, 0.25),
                (0.72, 0.1),
            ),
        ),
    ),
    "9": ((((0.8, 0.25), (0.45, 0.02), (0.15, 0.3), (0.5, 0.5), (0.82, 0.22), (0.7, 1)),),),
}


def number(digits: str, x: float, y: float, height: float, rng: random.Random) -> list[Stroke]:
    """Return the strokes of a number whose first digit begins at ``(x, y)``, in points; ``y``: the
    baseline."""
    slant, strokes = rng.uniform(0.05, 0.3), list[Stroke]()
    for digit in digits:
        tall = height * rng.uniform(0.88, 1.12)
        wide = tall * rng.uniform(0.5, 0.62)
        base = y + rng.uniform(-0.06, 0.06) * height
        for stroke in rng.choice(_DIGITS[digit]):
            points = [
                (
                    x + (px + rng.gauss(0, 0.03)) * wide + (1 - py) * slant * tall,
                    base - (1 - py + rng.gauss(0, 0.02)) * tall,
                )
                for px, py in stroke
            ]
            strokes.append(smooth(points))
        x += wide * rng.uniform(1.12, 1.4)
    return strokes


def signature(x: float, y: float, width: float, rng: random.Random) -> list[Stroke]:
    """Return the strokes of a signature of about this ``width``, centred at ``(x, y)``."""
    loops, points = rng.randint(4, 7), list[Point]()
    for step in range(loops * 6):
        turn = step * math.pi / 3
        along = step / (loops * 6)
        points.append(
            (
                x + width * (along - 0.5) + math.sin(turn) * width * 0.09,
                y + math.cos(turn) * width * rng.uniform(0.05, 0.16) - along * width * 0.1,
            )
        )
    return [smooth(points), [(x - width * 0.5, y + width * 0.14), (x + width * 0.6, y + width * 0.05)]]


def smooth(points: Sequence[Point], steps: int = 6) -> Stroke:
    """Return a curve through the points (Catmull–Rom)."""
    if len(points) < 3:
        return list(points)
    ends = [points[0], *points, points[-1]]
    curve: Stroke = []
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            x, y = (_between(b, s, e, a, t) for b, s, e, a in zip(before, start, end, after, strict=True))
            curve.append((x, y))
    return [*curve, points[-1]]


def _between(before: float, start: float, end: float, after: float, t: float) -> float:
    return 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t * t
        + (3 * start - before - 3 * end + after) * t**3
    )
