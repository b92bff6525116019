"""A term that ends on a day off ends with the next working day (Bộ luật Dân sự 2015, Điều 148.5)."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from importlib import resources
from itertools import pairwise

import pytest
from states import judge, paper, rules, state, whole

from dossier.checklists.days_off import cited, end_of_term, latest_end, load_days_off
from dossier.checklists.rules import definitions
from dossier.model import DossierReport, DueStatus, Manifest


@pytest.mark.parametrize(
    ("last", "end"),
    [
        (date(2026, 11, 13), date(2026, 11, 13)),  # Friday
        (date(2026, 11, 14), date(2026, 11, 16)),  # Saturday
        (date(2026, 11, 15), date(2026, 11, 16)),  # Sunday
        (date(2026, 4, 30), date(2026, 5, 4)),  # Thursday, with 1 May and the weekend
        (date(2025, 4, 7), date(2025, 4, 8)),  # the tenth of the third month, a Monday
        (date(2023, 12, 31), date(2024, 1, 2)),  # Sunday, then New Year
        (
            date(2026, 2, 17),
            date(2026, 2, 18),
        ),  # the first of the lunar year; which others are off is decided
    ],
)
def test_term_ends_with_the_next_working_day(last: date, end: date) -> None:
    assert end_of_term(last) == end


def test_nobody_is_late_before_the_last_day_that_may_be_off_has_passed() -> None:
    for last, end in (
        (date(2025, 9, 2), date(2025, 9, 4)),  # the third may be off instead of the first
        (date(2025, 9, 1), date(2025, 9, 4)),
        (
            date(2026, 2, 17),
            date(2026, 2, 25),
        ),  # five days about the lunar new year, two weekend days made up
        (date(2022, 5, 1), date(2022, 5, 4)),  # both days on a weekend: two days instead
        (date(2026, 11, 24), date(2026, 11, 25)),  # a day of culture, of which the law was not read
        (date(2025, 11, 24), date(2025, 11, 24)),  # not yet
        (date(2026, 11, 13), date(2026, 11, 13)),
    ):
        assert latest_end(last) == end, last


def test_a_term_never_ends_earlier_and_never_on_a_weekend() -> None:
    for n in range(365 * 12):
        last = date(2020, 1, 1) + timedelta(days=n)
        assert last <= end_of_term(last) <= latest_end(last) <= last + timedelta(days=12)
        assert end_of_term(last).weekday() < 5
        assert latest_end(last) == latest_end(end_of_term(last))


def test_text_by_which_it_moves_is_cited_only_if_it_does() -> None:
    assert cited("HD22 IV.1.c", date(2026, 11, 13)) == "HD22 IV.1.c"
    assert cited("HD22 IV.1.c", date(2026, 11, 14)).startswith("HD22 IV.1.c; Bộ luật Dân sự 2015, Điều 148.5")


def test_every_day_off_names_a_text_of_the_list_and_says_how_it_was_read() -> None:
    flags = {source.name: source.flag for source in definitions().sources}
    rows = load_days_off().days_off
    assert {row.title: row.flag for row in rows} == {
        row.title: next(flag for name, flag in flags.items() if row.citation.startswith(name)) for row in rows
    }
    assert {
        row.title for row in rows if "thứ cấp" not in row.citation and "chưa đối" not in row.citation
    } == set()


def test_lunar_days_fit_the_moon() -> None:
    """The first of a lunar month is a new moon, so two tenths or firsts are whole months of it apart."""
    text = resources.files("dossier.checklists").joinpath("days_off.toml").read_text("utf-8")
    tet, gio = (row["days"] for row in tomllib.loads(text)["day_off"] if "days" in row)
    for first, tenth in zip(tet, gio, strict=True):
        months = (tenth - timedelta(days=9) - first).days / 29.530588
        assert round(months) in (2, 3) and abs(months - round(months)) < 0.05, first  # 3: with a leap month
    for first, following in pairwise(tet):
        months = (following - first).days / 29.530588
        assert round(months) in (12, 13) and abs(months - round(months)) < 0.05, first


def due(report: DossierReport, rule: str) -> tuple[date, DueStatus]:
    return next((each.day, each.status) for each in report.due if each.rule == rule)


def test_year_of_an_exemplar_that_ends_on_a_saturday_ends_on_monday() -> None:
    plan = [paper(part, date(2025, 11, 14)) for part in ("1", "2", "3")]  # the year ends on 14/11/2026
    monday, tuesday = (judge(state(*plan, kind="dien-hinh"), date(2026, 11, day)) for day in (16, 17))
    assert due(monday, "TH-11") == (date(2026, 11, 16), DueStatus.SOON)
    assert due(tuesday, "TH-11") == (date(2026, 11, 16), DueStatus.OVERDUE)
    assert "DH-04" not in rules(monday)
    assert "DH-04" in rules(tuesday)
    on_time = judge(state(*plan, paper("4", date(2026, 11, 16)), kind="dien-hinh"), date(2026, 12, 1))
    assert due(on_time, "TH-11") == (date(2026, 11, 16), DueStatus.ON_TIME)


def test_day_that_the_guidance_fixes_does_not_move() -> None:
    """“Trước ngày 10/11” is no term: who ranks on Monday the tenth did not rank before the tenth."""
    founded = state(*whole(date(2023, 3, 5)))
    report = judge(founded, date(2025, 11, 10))  # the ninth was a Sunday
    assert [
        (each.day, each.status) for each in report.due if (each.rule, each.period) == ("TH-03", "2025")
    ] == [(date(2025, 11, 9), DueStatus.OVERDUE)]


def test_hand_over_within_a_year_that_ends_on_a_sunday_is_in_time_on_monday() -> None:
    def on(day: date, handed_over: date | None = None) -> tuple[date, DueStatus]:
        manifest = Manifest(ended=date(2024, 3, 9), handed_over=handed_over)  # a year later: Sunday
        return due(judge(state(manifest=manifest), day), "BQ-01")

    assert on(date(2025, 3, 10)) == (date(2025, 3, 10), DueStatus.SOON)
    assert on(date(2025, 3, 11)) == (date(2025, 3, 10), DueStatus.OVERDUE)
    assert on(date(2025, 4, 1), date(2025, 3, 10)) == (date(2025, 3, 10), DueStatus.ON_TIME)
