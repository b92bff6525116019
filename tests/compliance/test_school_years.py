"""Plans by school years, and ends that were taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from states import judge, paper, state, whole

from dossier.compliance.periods import school_year
from dossier.model import Document, Manifest

FOUNDED = date(2024, 9, 16)


@pytest.mark.parametrize(
    ("day", "year"), [(date(2024, 9, 1), 2024), (date(2025, 5, 31), 2024), (date(2025, 6, 1), 2025)]
)
def test_school_year_of_a_day(day: date, year: int) -> None:
    assert school_year(day) == year


@pytest.mark.parametrize(("today", "lacking"), [(date(2025, 10, 30), ()), (date(2025, 12, 1), ("2025",))])
def test_the_plan_of_one_school_year_is_not_that_of_the_next(today: date, lacking: tuple[str, ...]) -> None:
    plan = paper("9", date(2024, 9, 25), period="2025")
    plan = replace(plan, header=replace(plan.header, periods=("2024", "2025")))
    report = judge(state(*whole(FOUNDED), plan, manifest=Manifest(year="school")), today)
    told = [finding.subject for finding in report.findings if finding.rule == "MH-09"]
    assert told == ([lacking] if lacking else [])


def test_report_of_a_school_year_with_the_plan_of_the_next() -> None:
    ends = paper("9", period="2026").placements[0]
    report = paper("10b", date(2025, 6, 20), period="2025")
    report = replace(
        report,
        placements=(*report.placements, ends),
        header=replace(report.header, periods=("2024", "2025", "2026")),
    )
    judged = judge(state(*whole(FOUNDED), report, manifest=Manifest(year="school")), date(2025, 12, 1))
    assert [f.subject for f in judged.findings if f.rule == "MH-09"] == [("2024",)]


def revoking(number: str) -> Document:
    title = f"Về việc hủy bỏ Quyết định số {number} về việc kết thúc hoạt động mô hình"
    made = paper("14", date(2025, 4, 20))
    return replace(made, header=replace(made.header, abstract=title))


@pytest.mark.parametrize(("number", "ended"), [("77/QĐ-UBND", None), ("7/QĐ-UBND", date(2025, 3, 25))])
def test_an_end_that_another_decision_takes_back_is_none(number: str, ended: date | None) -> None:
    end = paper("16c", date(2025, 3, 25), step="decision")
    end = replace(end, header=replace(end.header, number_symbol="77/QĐ-UBND"))
    report = judge(state(*whole(FOUNDED), end, revoking(number)), date(2025, 6, 1))
    assert report.facts["ended"].value == ended
