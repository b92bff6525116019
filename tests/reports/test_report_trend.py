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
from dossier.model import ChangesSince, DossierAtNight, FindingChange, Night, Severity
from reports import since, trend

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
    assert re.search(r"02/11/2026 +█+░+ +75 % +3/4 +2 +1", screen(NIGHTS))


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
    change = FindingChange(
        "mo-hinh/gone", "<b>A</b>", "MH-01", "1", Severity.ERROR, "Kế hoạch khảo sát", "MH-01|1|"
    )
    shown = replace(report(), nights=tuple(NIGHTS), changes=ChangesSince(since=FIRST, new=(change,)))
    page = reports.render("html", shown).decode()
    assert "<polyline" in page and "1 phát hiện mới" in page and "&lt;b&gt;A&lt;/b&gt;" in page


def test_a_report_without_history_says_nothing_of_it() -> None:
    assert "Từ lần trước" not in reports.render("html", report()).decode()


def standing(name: str, score: float, *keys: str) -> DossierAtNight:
    return DossierAtNight(name, score == 100, score, dict.fromkeys(keys, "error"))


def two(before: dict[str, DossierAtNight], now: dict[str, DossierAtNight], *scores: float) -> list[Night]:
    then, last = scores or (50.0, 50.0)
    return [
        replace(night(3, then), standing=before),
        replace(night(4, last), standing=now),
    ]


def test_one_sentence_says_which_dossiers_got_better_and_which_worse() -> None:
    nights = two(
        {"a": standing("A", 40), "b": standing("B", 60), "c": standing("C", 50), "e": standing("E", 50)},
        {"a": standing("A", 62.5), "b": standing("B", 55), "c": standing("C", 50), "d": standing("D", 10)},
        50.0,
        43.8,
    )
    assert since.sentence(nights) == (
        "So với ngày 04/11/2026: mức đầy đủ giảm từ 50 % xuống 43,8 %; "
        "tốt lên: A; kém đi: B; hồ sơ mới: D; hồ sơ không còn: E."
    )


def test_where_nothing_changed_the_sentence_says_so() -> None:
    same = {"a": standing("A", 40)}
    assert since.sentence(two(same, same)).endswith("giữ nguyên 50 %; không hồ sơ nào thay đổi.")


def test_a_further_error_at_the_same_score_is_worse_unless_its_rule_was_off() -> None:
    nights = two({"a": standing("A", 40)}, {"a": standing("A", 40, "TV-05||x")})
    assert "kém đi: A" in since.sentence(nights)
    assert "kém đi" not in since.sentence([replace(nights[0], off=("TV-05",)), nights[1]])


def test_many_names_are_counted() -> None:
    before = {str(n): standing(f"Tổ {n}", 10) for n in range(9)}
    now = {str(n): standing(f"Tổ {n}", 20) for n in range(9)}
    assert "Tổ 4 và 4 nơi khác" in since.sentence(two(before, now))


def test_a_single_night_is_compared_with_nothing() -> None:
    assert since.sentence(NIGHTS[:1]) == since.sentence([]) == since.alarm([]) == ""


def test_a_secret_paper_stands_above_the_nights_on_screen_and_page() -> None:
    nights = two({"a": standing("A", 40)}, {"a": standing("A", 90, "MAT-01||a/x.pdf")})
    out = io.StringIO()
    Console(file=out, width=100, highlight=False).print(trend.screen(nights, nights))
    page = trend.page("Kho", nights, nights).decode()
    for said in (out.getvalue(), page[page.index("<body") :]):
        assert said.index("Có tài liệu mang dấu chỉ độ mật, hoặc dấu đỏ chưa đọc được: A.") < said.index(
            "So với ngày"
        )
        assert "kém đi: A" in said and said.index("So với ngày") < said.index("Mới")


def test_shares_are_written_with_a_comma() -> None:
    nights = [night(0, 33.3), night(1, 66.6)]
    assert "66,6 %" in screen(nights) and "66,6 %" in trend.page("Kho", nights).decode()
    assert "66.6 %" not in trend.page("Kho", nights).decode()


def test_the_chart_can_stand_in_another_page() -> None:
    assert "<svg" in trend.picture(NIGHTS) and trend.picture(NIGHTS[:1]) == ""
