"""Trend over stored nights: a table with bars for the terminal, a page with a chart, values for machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dossier.checklists.sentence_case import body
from dossier.i18n import _, language
from dossier.machine_json import fields
from dossier.model import Night
from reports import looks, since
from reports.looks import printable

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 14, 14, 84  # margins; below the curve are bars of new and mended findings
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
    """Coordinates of the chart in its own units, from the top left."""

    curve: str  # points of the score
    complete: str  # points of the share of complete dossiers
    dots: tuple[tuple[float, float, Night], ...]
    bars: tuple[Bar, ...]
    grid: tuple[tuple[float, int], ...]  # y, per cent
    days: tuple[tuple[float, date], ...]  # x, day
    base: float  # y of the foot of the bars
    most: int  # number of findings of the highest bar
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def share_complete(night: Night) -> float:
    """Share of complete dossiers in per cent."""
    return 100 * night.counts.get("complete", 0) / (night.counts.get("dossiers", 0) or 1)


def draw(nights: Sequence[Night]) -> Chart | None:
    """The chart of these nights, oldest first; ``None`` for fewer than two."""
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
    """Days labelled on the axis: the first, the last, and up to three between."""
    steps = min(4, span)
    return [first + timedelta(days=round(span * at / steps)) for at in range(steps + 1)]


_MOST = 31  # nights shown in the terminal
_BAR = 20


def screen(nights: Sequence[Night], last_two: Sequence[Night] = ()) -> RenderableType:
    """Table for the terminal: changes between the ``last_two`` nights, the nights, oldest first, then the
    units of the last one, least complete first."""
    if not nights:
        return Text(_("Chưa có kết quả nào được lưu; mỗi lần chạy dossier nightly lưu một kết quả."))
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column(_("Ngày"), no_wrap=True)
    table.add_column(_("Mức đầy đủ"), no_wrap=True)
    table.add_column(_("Hồ sơ đủ"), justify="right", no_wrap=True)
    table.add_column(_("Mới"), justify="right", no_wrap=True)
    table.add_column(_("Đã khắc phục"), justify="right", no_wrap=True)
    for night in nights[-_MOST:]:
        table.add_row(
            looks.day(night.day), _bar(night.score),
            f"{night.counts.get('complete', 0)}/{night.counts.get('dossiers', 0)}",
            _count(night.new, "red"), _count(night.mended, "green"),
        )  # fmt: skip
    blocks: list[RenderableType] = []
    if alarm := since.alarm(last_two):
        blocks.append(Text(f"✗ {printable(alarm)}", style="bold red"))
    if said := since.sentence(last_two):
        blocks.append(Text(printable(said)))
    blocks.append(table)
    if len(nights) > _MOST:
        more = _("Ở trên là {shown} ngày gần nhất trong {count}; tất cả: dossier trend --html trend.html")
        blocks.append(Text(more.format(shown=_MOST, count=len(nights)), style="dim"))
    units = by_unit(nights[-1])
    if len(units) > 1:
        blocks.append(_units(units))
    return Group(*blocks)


def by_unit(night: Night) -> list[tuple[str, float]]:
    """Units with their scores, least complete first."""
    return sorted(((body(unit), score) for unit, score in night.units.items()), key=lambda entry: entry[::-1])


def _units(units: Sequence[tuple[str, float]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column(_("Đơn vị"), overflow="fold")
    table.add_column(_("Mức đầy đủ"), no_wrap=True)
    for unit, score in units:
        table.add_row(Text(printable(unit) or _("(chưa rõ đơn vị)")), _bar(score))
    return table


def _bar(score: float) -> Text:
    full = round(_BAR * score / 100)
    return Text.assemble(("█" * full, "green"), ("░" * (_BAR - full), "dim"), f" {looks.percent(score):>7}")


def _count(value: int | None, colour: str) -> Text:
    return Text("–" if value is None else str(value), style=colour if value else "dim")


def page(name: str, nights: Sequence[Night], last_two: Sequence[Night] = ()) -> bytes:
    """The page with the chart, and above it the changes between the ``last_two`` nights."""
    from reports.html import environment

    units = by_unit(nights[-1]) if nights else []
    template = environment().get_template("trend.html.j2")
    made = template.render(
        name=name,
        nights=nights,
        chart=draw(nights),
        units=units,
        lang=language(),
        looks=looks,
        alarm=since.alarm(last_two),
        said=since.sentence(last_two),
    )
    return made.encode()


def picture(nights: Sequence[Night]) -> str:
    """The chart alone, for inclusion in another page; empty for fewer than two nights."""
    from reports.html import environment

    chart = draw(nights)
    return environment().get_template("trend.svg.j2").render(chart=chart, looks=looks) if chart else ""


def plain(nights: Sequence[Night]) -> list[dict[str, Any]]:
    """The nights for machines, oldest first."""
    return [fields(night, "day score units summary=counts new mended") for night in nights]
