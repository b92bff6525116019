"""Dates against the order of the process: each link satisfied, violated, at its boundary, waived."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from states import KINDS, judge, paper, rules, state

from dossier.checklists.rules import definitions
from dossier.model import Document, DossierReport, Manifest, Reference, Severity

DAY = date(2024, 3, 5)
TODAY = date(2026, 11, 24)
LINKS = [(kind, link) for kind, checklist in KINDS.items() for link in checklist.order]
IDS = [link.rule for _kind, link in LINKS]


def at(place: str, day: date | None, **more: object) -> Document:
    part, _dot, step = place.partition(".")
    return paper(part, day, step=step, **more)  # type: ignore[arg-type]


def both(kind: str, before: str, later: str, gap: int, **more: object) -> DossierReport:
    papers = (at(before, DAY), at(later, DAY + timedelta(gap)))
    return judge(state(*papers, kind=kind, **more), TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "link"), LINKS, ids=IDS)
def test_later_step_dated_a_day_before_is_told(kind: str, link: object) -> None:
    report = both(kind, link.after[0], link.part, -1)  # type: ignore[attr-defined]
    (finding,) = [f for f in report.findings if f.rule == link.rule]  # type: ignore[attr-defined]
    assert (finding.severity, len(finding.documents)) == (Severity.WARNING, 2)
    assert "04/03/2024" in finding.message and "05/03/2024" in finding.message


@pytest.mark.parametrize(("kind", "link"), LINKS, ids=IDS)
def test_nearest_step_that_is_there_is_compared(kind: str, link: object) -> None:
    last = link.after[-1]  # type: ignore[attr-defined]
    assert link.rule in rules(both(kind, last, link.part, -1))  # type: ignore[attr-defined]


@pytest.mark.parametrize(("kind", "link"), LINKS, ids=IDS)
def test_link_is_silent_where_a_date_or_a_document_is_lacking(kind: str, link: object) -> None:
    only = judge(state(at(link.part, DAY), kind=kind), TODAY)  # type: ignore[attr-defined]
    undated = judge(
        state(at(link.part, DAY), at(link.after[0], None), kind=kind),  # type: ignore[attr-defined]
        TODAY,
    )
    assert link.rule not in rules(only) | rules(undated)  # type: ignore[attr-defined]


def test_founding_before_the_policy_is_told_behind_an_implementing_document_in_time() -> None:
    before = [paper("5", DAY - timedelta(9)), paper("4", DAY + timedelta(9)), paper("6a", DAY)]
    (told,) = [f for f in judge(state(*before), TODAY).findings if f.rule == "TT-05"]
    assert told.documents == ("mo-hinh/A/6a.pdf#1", "mo-hinh/A/4.pdf#1")
    before[1] = paper("4", DAY)
    assert "TT-05" not in rules(judge(state(*before), TODAY))
    # A survey plan with a wrong date is told once, not at each later step.
    dated_wrong = [paper("2", DAY), paper("6a", DAY), paper("1", DAY + timedelta(400))]
    assert {"TT-01", "TT-05"} & rules(judge(state(*dated_wrong), TODAY)) == {"TT-01"}


def test_document_under_review_is_not_compared() -> None:
    report = judge(state(paper("1", DAY), paper("2", DAY - timedelta(9), review=True)), TODAY)
    assert "TT-01" not in rules(report)


@pytest.mark.parametrize(("day", "told"), [(date(24, 3, 5), True), (date(1945, 9, 2), False)])
def test_year_of_two_digits_is_told_and_nothing_is_counted_from_it(day: date, told: bool) -> None:
    report = judge(state(paper("6a", day)), TODAY)
    assert ("TT-32" in rules(report)) is told
    assert (report.facts["founded"].value is None) is told


@pytest.mark.parametrize(
    ("part", "period", "days", "told"),
    [
        ("7b", "", 1, True),
        ("7b", "", 0, False),
        ("9", "2025", 220, True),
        ("10b", "2024", 150, False),  # the report of the year in which it ended
        ("10b", "2025", 500, True),
        ("10a", "2024-H1", 40, False),
        ("13c", "", 100, False),
        ("15b", "", 30, False),
    ],
)
def test_document_dated_after_the_end(part: str, period: str, days: int, told: bool) -> None:
    ended = date(2024, 6, 1)
    manifest = Manifest(founded=date(2022, 1, 1), ended=ended)
    given = state(paper(part, ended + timedelta(days), period=period), manifest=manifest)
    assert ("TT-33" in rules(judge(given, TODAY))) is told


@pytest.mark.parametrize("step", ["notice", "assessment"])
def test_papers_of_the_end_may_follow_it(step: str) -> None:
    given = state(paper("16c", date(2024, 6, 9), step=step), manifest=Manifest(ended=date(2024, 6, 1)))
    assert "TT-33" not in rules(judge(given, TODAY))


@pytest.mark.parametrize(
    ("number", "day", "rule"),
    [
        ("12/QĐ-UBND", DAY, ""),
        ("012/QĐ-UBND", DAY, ""),
        ("12/QĐ-UBND", date(2024, 5, 3), "TT-34"),
        ("12/QĐ-UBND", date(2023, 3, 5), ""),  # numbers begin anew every year
        ("13/QĐ-UBND", DAY, "TT-35"),
        ("12/KH-UBND", date(2024, 5, 3), ""),
        ("12/QĐ-UBND", None, ""),
    ],
)
def test_citation_of_the_founding_decision(number: str, day: date | None, rule: str) -> None:
    citing = paper("7b", DAY, number="20/QC-BCĐ", references=(Reference("quyet-dinh", number, day),))
    said = rules(judge(state(paper("6a", DAY), citing), TODAY)) & {"TT-34", "TT-35"}
    assert said == ({rule} if rule else set())


def test_citation_of_another_decision_of_the_dossier_is_right() -> None:
    citing = paper("7b", DAY, references=(Reference("quyet-dinh", "13/QĐ-UBND", DAY),))
    papers = (paper("6a", DAY), paper("6b", DAY, number="13/QĐ-UBND"), citing)
    assert "TT-35" not in rules(judge(state(*papers), TODAY))


@pytest.mark.parametrize(("held", "cited"), [("/QĐ-UBND", "13/QĐ-UBND"), ("13/QĐ-UBND", "/QĐ-UBND")])
def test_number_that_was_not_read_or_left_blank_is_no_other_number(held: str, cited: str) -> None:
    citing = paper("7b", DAY, number="20/QC-BCĐ", references=(Reference("quyet-dinh", cited, DAY),))
    assert "TT-35" not in rules(judge(state(paper("6a", DAY, number=held), citing), TODAY))


def test_every_rule_of_the_file_has_its_own_id() -> None:
    ids = [rule.id for rule in definitions().rules]
    assert len(ids) == len(set(ids))


def test_impossible_date_is_not_also_told_as_no_date() -> None:
    told = rules(judge(state(paper("7b", None, date_flaw="impossible")), TODAY))
    assert {"TT-36", "TV-04"} & told == {"TT-36"}


def test_date_that_a_poor_scan_may_have_spoilt_is_only_noted() -> None:
    poor = replace(paper("7b", DAY, date_flaw="short-year"), confidence=0.6)
    (finding,) = [f for f in judge(state(poor), TODAY).findings if f.rule == "TT-32"]
    assert finding.severity is Severity.INFO
