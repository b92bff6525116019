"""Calendar arithmetic of the process."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.checklists.schema import Per, Requirement, When
from dossier.compliance import periods
from dossier.compliance.periods import Life

YEARLY = Requirement(per=Per.YEAR, min_days=60, grace_days=60)
HALF_YEARLY = Requirement(per=Per.HALF_YEAR, min_days=90, grace_days=15)
DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 3, 5), 10, date(2024, 1, 5)),
        (date(2023, 12, 31), 12, date(2024, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_are_added_within_the_calendar(day: date, months: int, expected: date) -> None:
    assert periods.add_months(day, months) == expected


@pytest.mark.parametrize(
    ("founded", "ended", "expected"),
    [
        (date(2023, 12, 31), None, True),  # ten months to the very day
        (date(2024, 1, 1), None, False),
        (date(2023, 1, 1), date(2024, 10, 30), False),
        (date(2023, 1, 1), date(2024, 10, 31), True),
    ],
)
def test_model_qualifies_after_ten_months_within_the_evaluation_year(
    founded: date, ended: date | None, expected: bool
) -> None:
    assert periods.qualifies(periods.evaluation_year(2024), Life(founded, ended)) is expected


def test_evaluation_year_runs_from_november_to_october() -> None:
    year = periods.evaluation_year(2024)
    assert (year.label, year.first, year.last) == ("2024", date(2023, 11, 1), date(2024, 10, 31))


@pytest.mark.parametrize(
    ("requirement", "founded", "ended", "today", "expected"),
    [
        # A plan for a year is asked for sixty days into it, or after the founding.
        (YEARLY, date(2023, 3, 5), None, date(2023, 5, 3), []),
        (YEARLY, date(2023, 3, 5), None, date(2023, 5, 4), ["2023"]),
        (YEARLY, date(2023, 11, 3), None, date(2024, 2, 28), []),
        (YEARLY, date(2023, 11, 2), None, date(2024, 2, 28), ["2023"]),
        # A first half counts when the model was active for at least ninety of its days.
        (HALF_YEARLY, date(2024, 4, 2), None, date(2024, 7, 15), ["2024-H1"]),
        (HALF_YEARLY, date(2024, 4, 3), None, date(2024, 7, 15), []),
        (HALF_YEARLY, date(2024, 1, 1), None, date(2024, 7, 14), []),
        # The evaluation year that was running when the model ended asks for no report: nobody is left.
        (
            Requirement(per=Per.EVALUATION_YEAR, min_days=90, grace_days=5),
            date(2022, 1, 1), date(2024, 3, 1), date(2026, 1, 1), ["2022", "2023"],
        ),
        (
            Requirement(per=Per.QUALIFYING_YEAR, grace_days=10),
            date(2022, 1, 1), date(2024, 3, 1), date(2026, 1, 1), ["2023"],
        ),
    ],
)  # fmt: skip
def test_periods_asked_for(
    requirement: Requirement, founded: date, ended: date | None, today: date, expected: list[str]
) -> None:
    assert [p.label for p in periods.required_periods(requirement, Life(founded, ended), today)] == expected


@given(DAYS, st.none() | st.integers(0, 4000), st.integers(0, 5000), st.sampled_from(list(Per)[1:]))
def test_a_period_once_asked_for_stays_asked_for(
    founded: date, lived: int | None, later: int, per: Per
) -> None:
    requirement = Requirement(when=When.FOUNDED, per=per, min_days=60, grace_days=10)
    ended = None if lived is None else founded + timedelta(days=lived)
    first = founded + timedelta(days=later)
    before = set(periods.required_periods(requirement, Life(founded, ended), first))
    assert before <= set(
        periods.required_periods(requirement, Life(founded, ended), first + timedelta(days=200))
    )


@given(DAYS, st.integers(0, 4000), st.integers(0, 5000), st.sampled_from(list(Per)[1:]))
def test_periods_overlap_the_life_of_the_model(founded: date, lived: int, later: int, per: Per) -> None:
    ended = founded + timedelta(days=lived)
    requirement = Requirement(when=When.FOUNDED, per=per, min_days=1)
    for period in periods.required_periods(
        requirement, Life(founded, ended), founded + timedelta(days=later)
    ):
        assert period.first <= ended
        assert period.last >= founded
