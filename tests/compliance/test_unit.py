"""What the unit owes as a whole: which papers tell, which year they are of, what is owed next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from states import paper

from dossier.checklists.duties import load_duties
from dossier.compliance import duties_owed, unit
from dossier.model import Document, DueStatus, Severity, ToldFact

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
    assert [duty.rule for duty in unit.owing(DUTIES, {"other"})] == ["TH-22"]
    assert len(unit.owing(DUTIES, {"other", "police"})) == 4


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
