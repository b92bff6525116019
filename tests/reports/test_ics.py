"""The calendar file: what RFC 5545 asks for, and names of events that stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

import reports
from dossier.model import ComplianceReport, Due, DueStatus
from reports.ics import uid

DAY = date(2026, 12, 30)
DUE = Due(DAY, "TH-24", "Lập mục lục; rà soát, nộp lưu", "Điều 9", "", DueStatus.SOON, period="2026")


def rendered(*dues: Due, at: datetime = datetime(2026, 11, 24, 1, tzinfo=UTC)) -> str:
    return reports.render("ics", ComplianceReport("x", at, date(2026, 11, 24), (), due=dues)).decode()


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_event_has_what_the_standard_asks_for() -> None:
    lines = unfolded(rendered(DUE))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {"DTSTAMP:20261124T010000Z", "DTSTART;VALUE=DATE:20261230", "DTEND;VALUE=DATE:20261231"} <= set(
        lines
    )
    assert sum(line.startswith("UID:") for line in lines) == 1
    assert any(line.startswith("PRODID:") for line in lines)


def test_text_is_escaped() -> None:
    assert "SUMMARY:Lập mục lục\\; rà soát\\, nộp lưu" in unfolded(rendered(DUE))


@given(st.text(max_size=400))
def test_no_line_is_longer_than_75_octets_and_none_is_lost(text: str) -> None:
    made = rendered(replace(DUE, what=text))
    assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
    assert "\n" not in made.replace("\r\n", "")
    (summary,) = [line for line in unfolded(made) if line.startswith("SUMMARY:")]
    plain = summary.removeprefix("SUMMARY:").replace("\\n", "").replace("\\", "")
    assert plain == "".join(c for c in text if c.isprintable()).replace("\\n", "").replace("\\", "")


def test_event_keeps_its_name_when_it_moves_and_differs_from_others() -> None:
    assert uid(DUE) == uid(replace(DUE, day=date(2027, 1, 1), status=DueStatus.OVERDUE, what="khác"))
    others = [replace(DUE, period="2027"), replace(DUE, rule="TH-23"), replace(DUE, dossier="a")]
    assert len({uid(due) for due in (DUE, *others)}) == 4


def test_what_is_done_is_no_event() -> None:
    done = [replace(DUE, status=status) for status in (DueStatus.ON_TIME, DueStatus.LATE)]
    assert "BEGIN:VEVENT" not in rendered(*done)


def test_same_report_gives_the_same_file_in_any_order() -> None:
    other = replace(DUE, rule="TH-21")
    assert rendered(DUE, other) == rendered(other, DUE)
