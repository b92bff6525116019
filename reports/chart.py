"""Completeness over time as points of a drawing; ``templates/trend.svg.j2`` draws it, without any script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dossier.model import Night

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 14, 14, 84  # margins; under the curve stand the bars of new and mended
_BARS = 44  # height of the bars' band


@dataclass(frozen=True, slots=True)
class Bar:
    """New and mended findings of one night: ``x``, and the height of each bar."""

    x: float
    new: float
    mended: float
    night: Night


@dataclass(frozen=True, slots=True)
class Chart:
    """Coordinates of the drawing, from the upper left, in its own units."""

    curve: str  # points of the score
    complete: str  # points of the share of complete dossiers
    dots: tuple[tuple[float, float, Night], ...]
    bars: tuple[Bar, ...]
    grid: tuple[tuple[float, int], ...]  # y, per cent
    days: tuple[tuple[float, date], ...]  # x, day
    base: float  # y of the foot of the bars
    most: int  # findings that the highest bar stands for
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def share_complete(night: Night) -> float:
    """Complete dossiers in per cent."""
    return 100 * night.counts.get("complete", 0) / (night.counts.get("dossiers", 0) or 1)


def draw(nights: Sequence[Night]) -> Chart | None:
    """The chart of these nights, oldest first; ``None`` for fewer than two: a point is no curve."""
    if len(nights) < 2:
        return None
    first, last = nights[0].day, nights[-1].day
    span = (last - first).days or 1

    def across(day: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / span, 1)

    def up(per_cent: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - per_cent / 100), 1)

    most = max([1, *(max(night.new or 0, night.mended or 0) for night in nights)])
    return Chart(
        curve=" ".join(f"{across(n.day)},{up(n.score)}" for n in nights),
        complete=" ".join(f"{across(n.day)},{up(share_complete(n))}" for n in nights),
        dots=tuple((across(n.day), up(n.score), n) for n in nights),
        bars=tuple(
            Bar(across(n.day), _BARS * (n.new or 0) / most, _BARS * (n.mended or 0) / most, n) for n in nights
        ),
        grid=tuple((up(level), level) for level in (0, 25, 50, 75, 100)),
        days=tuple((across(day), day) for day in _marked(first, span)),
        base=HEIGHT - BOTTOM + 16 + _BARS,
        most=most,
    )


def _marked(first: date, span: int) -> list[date]:
    """Days to write under the axis: the first, the last, and up to three between."""
    steps = min(4, span)
    return [first + timedelta(days=round(span * at / steps)) for at in range(steps + 1)]
