"""What came late, what falls due, what is overdue; and the duties of the unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from states import KINDS, MADE, judge, paper, part_of, state, whole

from dossier.checklists.duties import load_duties
from dossier.checklists.judging import RuleSettings
from dossier.checklists.retention import load_packs
from dossier.compliance import duties_owed, evaluate
from dossier.model import Document, DossierReport, DueStatus, Severity, Waiver

FOUNDED = date(2023, 3, 5)
TODAY = date(2025, 3, 1)
YEARLY = [("TH-01", "10b", date(2024, 11, 4)), ("TH-02", "13a", date(2024, 11, 4)),
          ("TH-03", "13b", date(2024, 11, 9))]  # fmt: skip


def status(report: DossierReport, rule: str, period: str = "2024") -> DueStatus | None:
    return next((due.status for due in report.due if (due.rule, due.period) == (rule, period)), None)


def found(report: DossierReport, rule: str) -> list[Severity]:
    return [f.severity for f in report.findings if f.rule == rule]


def model(*papers: Document, today: date = TODAY, **more: object) -> DossierReport:
    return judge(state(*whole(FOUNDED), *papers, **more), today)  # type: ignore[arg-type]


@pytest.mark.parametrize(("rule", "part", "last"), YEARLY)
def test_document_of_the_next_day_is_late(rule: str, part: str, last: date) -> None:
    report = model(paper(part, last + timedelta(1), period="2024"))
    assert (status(report, rule), found(report, rule)) == (DueStatus.LATE, [Severity.WARNING])


@pytest.mark.parametrize(("rule", "part", "last"), YEARLY)
def test_what_is_not_there_is_overdue_from_the_next_day_on(rule: str, part: str, last: date) -> None:
    assert status(model(today=last), rule) is DueStatus.SOON
    assert status(model(today=last + timedelta(1)), rule) is DueStatus.OVERDUE


@pytest.mark.parametrize(("rule", "part", "last"), YEARLY)
def test_what_falls_due_is_told_from_the_configured_day_on(rule: str, part: str, last: date) -> None:
    assert found(model(today=last - timedelta(30)), rule) == [Severity.INFO]
    early = model(today=last - timedelta(31))
    assert (status(early, rule), found(early, rule)) == (DueStatus.AHEAD, [])
    given = state(*whole(FOUNDED))
    week = RuleSettings(due_days=7)
    report = evaluate(given, KINDS["mo-hinh"], load_packs(), last - timedelta(8), week)
    assert status(report, rule) is DueStatus.AHEAD


@pytest.mark.parametrize(("rule", "part", "last"), YEARLY)
def test_lateness_can_be_accepted(rule: str, part: str, last: date) -> None:
    waiver = Waiver("mo-hinh/A", rule, "bão số 9", "lan", MADE)
    report = model(paper(part, last + timedelta(1), period="2024"), waivers=(waiver,))
    assert found(report, rule) == [Severity.INFO]


def test_model_too_young_to_be_ranked_owes_no_ranking() -> None:
    report = model(today=date(2023, 12, 1))
    assert not [due.rule for due in report.due if due.period == "2023"]


def test_deadlines_before_the_guidance_are_not_judged() -> None:
    report = judge(state(*whole(date(2019, 1, 1)), paper("10b", date(2020, 12, 1), period="2020")), TODAY)
    assert min(due.day.year for due in report.due) == 2023
    assert not found(report, "TH-01")


def test_undated_and_doubtful_documents_are_neither_late_nor_overdue() -> None:
    assert status(model(paper("10b", period="2024")), "TH-01") is None
    assert status(model(paper("10b", date(2024, 12, 1), period="2024", review=True)), "TH-01") is None


def test_waived_gap_is_not_overdue() -> None:
    waiver = Waiver("mo-hinh/A", "MH-10", "…", "lan", MADE, "10b")
    assert status(model(waivers=(waiver,)), "TH-01") is None


def test_ended_model_owes_nothing_after_its_end() -> None:
    end = paper("16c", date(2024, 2, 1), step="decision")
    assert {due.period for due in model(end).due if due.part} <= {"2023"}


PLAN = date(2025, 1, 10)


def test_duties_of_the_unit_come_with_their_next_day() -> None:
    said = {due.rule: (due.day, due.status) for due in duties_owed(load_duties(), date(2026, 11, 14), 30)}
    assert said == {
        "TH-21": (date(2027, 5, 19), DueStatus.AHEAD),
        "TH-22": (date(2026, 11, 14), DueStatus.SOON),
        "TH-23": (date(2026, 11, 19), DueStatus.SOON),
        "TH-24": (date(2026, 12, 30), DueStatus.AHEAD),
    }


def test_duty_whose_source_is_not_in_force_yet_is_not_owed() -> None:
    said = {due.rule for due in duties_owed(load_duties(), date(2024, 6, 1), 30)}
    assert said == {"TH-21", "TH-22", "TH-23"}


def test_grace_of_the_archive_comes_on_top_of_the_checklist() -> None:
    given, day = state(*whole(FOUNDED)), date(2023, 7, 15)
    strict = evaluate(given, KINDS["mo-hinh"], load_packs(), day)
    kind = evaluate(given, KINDS["mo-hinh"], load_packs(), day, RuleSettings(grace_days=1))
    assert part_of(strict, "10a").periods_missing == ("2023-H1",)
    assert part_of(kind, "10a").periods_missing == ()


def test_order_of_the_documents_does_not_change_the_calendar() -> None:
    papers = [paper("10b", date(2023, 11, 1), period="2023"), paper("13b", date(2024, 11, 20), period="2024")]
    given = state(*whole(FOUNDED), *papers)
    assert judge(given, TODAY).due == judge(replace(given, documents=given.documents[::-1]), TODAY).due


def test_day_that_no_guidance_sets_is_called_a_reminder() -> None:
    plan, assessed = paper("3", date(2024, 1, 10)), paper("4", date(2024, 12, 20))
    report = judge(state(plan, assessed, kind="dien-hinh"), date(2025, 3, 1))
    own = {due.rule: due.what for due in report.due}
    assert "mốc nhắc của công cụ" in own["TH-12"]
    assert "mốc nhắc" not in own["TH-11"]
