"""What the unit owes as a whole: which papers tell, which year they are of, what is owed next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from states import KINDS, paper, state, whole

from dossier.checklists.duties import load_duties
from dossier.checklists.retention import load_packs
from dossier.compliance import duties_owed, evaluate, unit
from dossier.model import Document, DueStatus, Manifest, Occasion, Severity, ToldFact

TODAY = date(2026, 2, 1)
DUTIES = load_duties()


def told(*papers: Document) -> set[str]:
    return {rule for rule, sent in unit.fulfilled(DUTIES, unit.sent_by(DUTIES, papers), {}).items() if sent}


def report(abstract: str, to: str = "- V05, Bộ Công an", **more: object) -> Document:
    header: dict[str, object] = {"type_": "bao-cao", "abstract": abstract, "recipients": (to,)}
    return paper("none", date(2025, 5, 12), name="x", **(header | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("document", "rules"),
    [
        (report("Kết quả 06 tháng xây dựng, nhân rộng mô hình, điển hình tiên tiến"), {"TH-21"}),
        (report("Kết quả năm 2025 xây dựng, nhân rộng mô hình, điển hình tiên tiến"), {"TH-23"}),
        (report("Kết quả xếp loại các mô hình năm 2025", "- Phòng PV05"), {"TH-22"}),
        # A model's own reports go to others, and speak of one model.
        (report("Kết quả hoạt động 6 tháng đầu năm 2025 của mô hình “Camera an ninh”"), set()),
        (report("Kết quả 06 tháng xây dựng mô hình, điển hình tiên tiến", "- Đảng ủy xã"), set()),
        (report("Kết quả 06 tháng xây dựng mô hình, điển hình tiên tiến", type_="ke-hoach"), set()),
        (report("Kết quả 06 tháng xây dựng mô hình, điển hình tiên tiến", draft=True), set()),
        (replace(report("Kết quả 06 tháng xây dựng mô hình, điển hình"), security="mat"), set()),
    ],
)
def test_paper_of_the_unit_is_known_by_type_abstract_and_recipients(
    document: Document, rules: set[str]
) -> None:
    assert told(document) == rules


def standings(rule: str, *days: date) -> list[tuple[str, DueStatus]]:
    done = unit.fulfilled(DUTIES, (), {rule: days})
    return [(due.period, due.status) for due in duties_owed(DUTIES, TODAY, 30, done) if due.rule == rule]


def test_every_year_from_the_first_that_is_known_is_told() -> None:
    assert standings("TH-21", date(2023, 5, 19), date(2025, 5, 20)) == [
        ("2023", DueStatus.ON_TIME),
        ("2024", DueStatus.OVERDUE),
        ("2025", DueStatus.LATE),
        ("2026", DueStatus.AHEAD),
    ]


def test_what_nobody_spoke_of_stays_open_until_somebody_does() -> None:
    assert standings("TH-21") == [("2025", DueStatus.OVERDUE), ("2026", DueStatus.AHEAD)]


def test_what_nobody_spoke_of_is_asked_and_no_breach() -> None:
    found = [f for f in unit.check(duties_owed(DUTIES, TODAY, 30), {}, DUTIES, []) if f.rule == "TH-21"]
    assert [(f.severity, f.subject) for f in found] == [(Severity.INFO, ("2025",))]
    assert "dossier done TH-21 2025" in found[0].message


def done_by_hand(rule: str, year: int, value: date | bool) -> ToldFact:
    return ToldFact(".", f"{rule}/{year}", value, "lan", datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("value", "status"),
    [(date(2025, 5, 12), DueStatus.ON_TIME), (date(2025, 6, 30), DueStatus.LATE), (True, None)],
)
def test_person_says_that_it_was_done_and_when_if_that_is_known(
    value: date | bool, status: DueStatus | None
) -> None:
    done = unit.fulfilled(DUTIES, (), {}, [done_by_hand("TH-21", 2025, value)])
    found = {d.period: d.status for d in duties_owed(DUTIES, TODAY, 30, done) if d.rule == "TH-21"}
    assert found.get("2025") is status


def test_duties_of_the_police_are_not_those_of_a_school() -> None:
    assert [duty.rule for duty in unit.owing(DUTIES, [Occasion("other")])] == ["TH-22"]
    assert len(unit.owing(DUTIES, [Occasion("other"), Occasion("police")])) == 4


def asked(rule: str, *documents: Document, kind: str = "mo-hinh", **manifest: object) -> list[str]:
    """Years for which the duty is told, in an archive with one dossier."""
    given = state(*documents, kind=kind, manifest=Manifest(**manifest))  # type: ignore[arg-type]
    report = evaluate(given, KINDS[kind], load_packs(), TODAY)
    occasion = unit.occasion(report, KINDS[kind], TODAY)
    return [due.period for due in duties_owed(DUTIES, TODAY, 30, {}, [occasion]) if due.rule == rule]


def test_results_of_ranking_are_asked_only_for_years_in_which_a_model_could_be_ranked() -> None:
    assert asked("TH-22", *whole(date(2024, 12, 31))) == ["2025", "2026"]
    assert asked("TH-22", *whole(date(2025, 1, 1))) == ["2026"]
    assert asked("TH-22", *whole(date(2023, 1, 1)), ended=date(2025, 10, 30)) == []


def test_results_of_ranking_are_asked_where_a_model_was_ranked_too_young() -> None:
    ranked = paper("13b", date(2025, 11, 7), period="2025")
    assert asked("TH-22", *whole(date(2025, 1, 5)), ranked) == ["2025", "2026"]


def test_exemplars_are_not_ranked_but_reported_on() -> None:
    plan = paper("3", date(2024, 3, 1))
    assert asked("TH-22", plan, kind="dien-hinh") == []
    assert asked("TH-23", plan, kind="dien-hinh") == ["2025", "2026"]


def test_reports_are_asked_from_the_first_paper_of_a_dossier_on() -> None:
    assert asked("TH-21", paper("1", date(2025, 5, 19))) == ["2025", "2026"]
    assert asked("TH-21", paper("1", date(2025, 5, 20))) == ["2026"]


def test_dossier_without_files_gives_no_cause_for_reports_of_the_past() -> None:
    assert asked("TH-21") == ["2026"]


def test_dossier_whose_papers_have_no_dates_may_be_old() -> None:
    assert asked("TH-21", paper("1")) == ["2025", "2026"]
    assert asked("TH-22", paper("6a")) == ["2025", "2026"]


def test_report_that_was_sent_is_told_whatever_the_archive_has() -> None:
    done = unit.fulfilled(DUTIES, (), {"TH-22": (date(2025, 11, 10),)})
    found = duties_owed(DUTIES, TODAY, 30, done, [Occasion("police", date(2026, 1, 1))])
    assert [(due.period, due.status) for due in found if due.rule == "TH-22"] == [("2025", DueStatus.ON_TIME)]


def test_paper_of_january_is_late_for_the_year_before() -> None:
    assert standings("TH-23", date(2026, 1, 5)) == [("2025", DueStatus.LATE), ("2026", DueStatus.AHEAD)]


def test_what_was_done_ahead_of_its_day_is_on_time() -> None:
    assert standings("TH-21", date(2026, 1, 30)) == [("2026", DueStatus.ON_TIME)]


def test_waiver_of_one_year_does_not_speak_of_the_next() -> None:
    from dossier.model import Waiver

    done = unit.fulfilled(DUTIES, (), {"TH-21": (date(2023, 5, 1),)})
    waiver = Waiver(".", "TH-21", "sáp nhập", "lan", datetime(2024, 12, 1, tzinfo=UTC))
    every = unit.check(duties_owed(DUTIES, TODAY, 30, done), done, DUTIES, [waiver])
    found = [f for f in every if f.rule == "TH-21"]
    assert [(f.subject, f.waiver is not None) for f in found] == [(("2024",), True), (("2025",), False)]
