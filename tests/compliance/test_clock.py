"""From which day on something is asked for, to the day: the edges of conditions and periods."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest
from states import KINDS, judge, paper, state, whole

from dossier.checklists.schema import Per, Requirement, When
from dossier.compliance import periods
from dossier.compliance.clock import Clock
from dossier.compliance.deadlines import _timely
from dossier.compliance.periods import Life, span, span_of
from dossier.model import DossierReport, Fact, FactValue, Manifest, Status

EXEMPLAR = KINDS["dien-hinh"]
YEARLY_AFTER = Requirement(when=When.RECOGNISED, per=Per.YEAR_AFTER, grace_days=30)
DUE = Requirement(when=When.EVALUATION_DUE)


def clock(today: date, since: date | None = None, **facts: FactValue) -> Clock:
    known = defaultdict(lambda: Fact(None), {key: Fact(value) for key, value in facts.items()})
    return Clock(replace(EXEMPLAR, since=since), known, today)


@pytest.mark.parametrize(
    ("ended", "asked"),
    [
        (None, ["2024", "2025"]),
        (date(2025, 12, 31), ["2024", "2025"]),  # active to the year's last day
        (date(2025, 12, 30), ["2024"]),
        ("2025-12", ["2024"]),  # on the first of the days that it may be
    ],
)
def test_an_exemplar_is_assessed_again_for_each_whole_year_until_it_ends(
    ended: FactValue, asked: list[str]
) -> None:
    at = clock(date(2026, 6, 1), recognised=date(2023, 5, 20), ended=ended)
    assert [period.label for period in at.asked(YEARLY_AFTER)] == asked


def test_years_before_the_guidance_are_not_asked_for_again() -> None:
    at = clock(date(2024, 6, 1), date(2022, 11, 18), recognised=date(2019, 5, 20))
    assert [period.label for period in at.asked(YEARLY_AFTER)] == ["2022", "2023"]


def test_what_hangs_on_a_recognition_waits_for_it() -> None:
    assert clock(date(2026, 6, 1)).asked(YEARLY_AFTER) == ()


@pytest.mark.parametrize(("today", "due"), [(date(2025, 3, 5), False), (date(2025, 3, 6), True)])
def test_an_evaluation_is_due_the_day_after_twelve_months(today: date, due: bool) -> None:
    assert clock(today, planned=date(2024, 3, 5)).applies(DUE) is due


@pytest.mark.parametrize(
    ("ended", "due"),
    [(date(2025, 3, 4), False), (date(2025, 3, 5), False), (date(2025, 3, 6), True), ("2025-03", False)],
)
def test_no_evaluation_is_due_of_what_ended_before(ended: FactValue, due: bool) -> None:
    assert clock(date(2026, 1, 1), planned=date(2024, 3, 5), ended=ended).applies(DUE) is due


@pytest.mark.parametrize(("since", "due"), [(date(2025, 3, 5), True), (date(2025, 3, 6), False)])
def test_no_evaluation_is_due_of_what_was_over_before_the_guidance(since: date, due: bool) -> None:
    assert clock(date(2026, 1, 1), since, planned=date(2024, 3, 5)).applies(DUE) is due


@pytest.mark.parametrize(("ended", "days"), [(None, 366), (date(2024, 1, 31), 31), (date(2023, 12, 31), 0)])
def test_days_after_the_end_do_not_count_as_active(ended: date | None, days: int) -> None:
    life = Life(date(2020, 1, 1), ended)
    assert periods.active_days(periods.calendar_year(2024), life) == days


@pytest.mark.parametrize(
    ("founded", "today", "asked"),
    [
        (date(2023, 1, 1), date(2024, 10, 30), ["2023"]),
        (date(2023, 1, 1), date(2024, 10, 31), ["2023", "2024"]),
        (date(2024, 11, 20), date(2024, 12, 19), []),  # founded later in the year: its own days of grace
        (date(2024, 11, 20), date(2024, 12, 20), ["2024"]),
    ],
)
def test_plans_by_school_years_are_asked_for_at_the_end_of_october(
    founded: date, today: date, asked: list[str]
) -> None:
    plans = Requirement(per=Per.YEAR, grace_days=30)
    life = Life(founded, school=True)
    assert [period.label for period in periods.required_periods(plans, life, today)] == asked


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2024-05-31", "on_time"),
        ("2024-06-01", "late"),
        ("2024-05", "on_time"),
        ("2024-06", "late"),
        ("2024", None),
    ],
)
def test_a_paper_is_in_time_or_late_only_where_its_day_tells(day: str, status: str | None) -> None:
    whole = date.fromisoformat(day) if len(day) == 10 else None
    days = span_of(paper("14", whole, partial_date=None if whole else day))
    assert days == span(whole or day)
    found = _timely(days, date(2024, 5, 31)) if days else None
    assert (found.value if found else None) == status


def unasked(report: DossierReport) -> dict[str, bool]:
    """Parts of which nothing is required today, and whether something will be."""
    parts = [part for item in report.items for part in item.parts]
    return {part.part: part.later for part in parts if part.status is Status.NOT_APPLICABLE}


def test_periodic_papers_of_a_young_model_will_be_required() -> None:
    found = unasked(judge(state(*whole(date(2026, 1, 5))), date(2026, 1, 20)))
    assert {part for part, later in found.items() if later} == {
        "9", "10a", "10b", "11", "13a", "13b", "15a", "15b"
    }  # fmt: skip
    assert {"7c", "8b", "10c", "12", "13c", "14", "16a", "16b", "16c"} <= {
        p for p, later in found.items() if not later
    }


def test_nothing_more_will_be_required_of_a_model_that_ended() -> None:
    manifest = Manifest(ended=date(2026, 3, 1))
    assert not any(
        unasked(judge(state(*whole(date(2026, 1, 5)), manifest=manifest), date(2026, 3, 2))).values()
    )


@pytest.mark.parametrize(("planned", "later"), [(date(2026, 1, 5), True), (date(2021, 1, 5), False)])
def test_evaluation_of_an_exemplar_will_be_required_unless_its_year_was_over_before_the_guidance(
    planned: date, later: bool
) -> None:
    found = unasked(judge(state(paper("3", planned), kind="dien-hinh"), date(2026, 2, 1)))
    assert found["4"] is later
