"""Completeness over time: the drawing, the table, the page."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from lxml import etree
from rich.console import Console
from specimen import report

import reports
from dossier.model import Change, Changes, Night, Severity
from reports import trend

FIRST = date(2026, 11, 1)


def night(day: int, score: float, new: int | None = 0, mended: int | None = 0) -> Night:
    counts = {"dossiers": 4, "complete": round(score / 25)}
    return Night(
        FIRST + timedelta(days=day), counts, score, {"Xã A": score, "": 50.0}, new=new, mended=mended
    )


NIGHTS = [night(0, 50.0, None, None), night(1, 75.0, 2, 1), night(9, 100.0, 0, 4)]


def test_one_night_is_no_curve() -> None:
    assert trend.draw(NIGHTS[:1]) is None and trend.draw([]) is None


def test_points_lie_by_their_day_and_inside_the_drawing() -> None:
    drawn = trend.draw(NIGHTS)
    assert drawn is not None
    xs = [x for x, _y, _night in drawn.dots]
    assert xs[0] == trend.LEFT and xs[-1] == trend.WIDTH - trend.RIGHT
    assert (xs[1] - xs[0]) * 9 == pytest.approx(xs[2] - xs[0], abs=1)
    assert all(0 <= y <= trend.HEIGHT for _x, y, _night in drawn.dots)


def test_higher_scores_are_drawn_higher() -> None:
    drawn = trend.draw(NIGHTS)
    assert drawn is not None
    assert [y for _x, y, _night in drawn.dots] == sorted((y for _x, y, _n in drawn.dots), reverse=True)


def test_two_nights_of_one_day_apart_mark_each_day_once() -> None:
    drawn = trend.draw(NIGHTS[:2])
    assert drawn is not None and [day for _x, day in drawn.days] == [FIRST, FIRST + timedelta(days=1)]


def screen(nights: list[Night]) -> str:
    out = io.StringIO()
    Console(file=out, width=80, highlight=False).print(trend.screen(nights))
    return out.getvalue()


def test_the_terminal_tells_score_new_and_mended_of_each_night() -> None:
    assert re.search(r"02/11/2026 +█+░+ +75\.0 % +3/4 +2 +1", screen(NIGHTS))


def test_the_terminal_says_how_results_come_to_be_kept() -> None:
    assert "dossier nightly" in " ".join(screen([]).split())


def test_the_page_is_drawn_without_anything_from_outside() -> None:
    page = trend.page("<script>", NIGHTS).decode()
    assert "<polyline" in page and "<script" not in page and not re.search(r"https?://", page)


def test_the_page_of_an_archive_without_nights_can_be_had() -> None:
    assert b"dossier nightly" in trend.page("Kho", [])


def test_the_drawing_is_well_formed() -> None:
    page = trend.page("Kho", NIGHTS).decode()
    (svg,) = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert etree.fromstring(svg).tag == "svg"


def test_the_report_shows_what_is_new_and_the_curve() -> None:
    change = Change("mo-hinh/gone", "<b>A</b>", "MH-01", "1", Severity.ERROR, "Kế hoạch khảo sát", "MH-01|1|")
    shown = replace(report(), nights=tuple(NIGHTS), changes=Changes(since=FIRST, new=(change,)))
    page = reports.get("html").render(shown).decode()
    assert "<polyline" in page and "1 phát hiện mới" in page and "&lt;b&gt;A&lt;/b&gt;" in page


def test_a_report_without_history_says_nothing_of_it() -> None:
    assert "Từ lần trước" not in reports.get("html").render(report()).decode()
