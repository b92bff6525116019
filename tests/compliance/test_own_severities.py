"""An archive weighs rules in its own way: what becomes of findings, of items, of a dossier's completeness."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from states import KINDS, MADE, judge, paper, part_of, state, whole

from dossier.compliance.finding import at_severities, mark_known, marked, pardoned, with_severities
from dossier.model import DossierReport, Finding, Severity, Waiver

FOUNDED = date(2023, 3, 5)
TODAY = date(2023, 4, 1)
LIST = KINDS["mo-hinh"]
RULE = LIST.item_of("3").rule


def lacking_one(**given: object) -> DossierReport:
    """All that is asked for in a model's first month, but the proposal (part 3)."""
    return judge(state(*whole(FOUNDED, "3"), **given), TODAY)  # type: ignore[arg-type]


def of(report: DossierReport, rule: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == rule]


def test_without_own_severities_the_report_is_the_very_same() -> None:
    report = lacking_one()
    assert with_severities(report, LIST, {}) is report
    assert not report.complete and [f.severity for f in of(report, RULE)] == [Severity.ERROR]


def test_a_gap_that_is_a_warning_here_is_told_as_one_and_leaves_the_dossier_complete() -> None:
    report = lacking_one()
    own = with_severities(report, LIST, {RULE: "warning"})
    assert own.complete and part_of(report, "3").required and not part_of(own, "3").required
    assert [replace(f, severity=Severity.ERROR) for f in of(own, RULE)] == of(report, RULE)
    assert [f.severity for f in of(own, RULE)] == [Severity.WARNING]
    # Nothing else is touched.
    assert [f for f in own.findings if f.rule != RULE] == [f for f in report.findings if f.rule != RULE]
    assert [i for i in own.items if i.item != 3] == [i for i in report.items if i.item != 3]


def test_a_rule_that_is_off_is_not_told_and_lets_the_dossier_be_complete() -> None:
    own = with_severities(lacking_one(), LIST, {RULE: "off"})
    assert of(own, RULE) == [] and own.complete and not part_of(own, "3").required


def test_what_is_only_advised_is_asked_for_where_it_is_an_error_here() -> None:
    report = judge(state(*whole(FOUNDED)), date(2024, 3, 1))
    mild = next(f for f in report.findings if f.rule.startswith("MH-") and f.severity is not Severity.ERROR)
    rest = {f.rule: "off" for f in report.findings if f.rule != mild.rule}
    own = with_severities(report, LIST, rest | {mild.rule: "error"})
    assert not own.complete and part_of(own, mild.part).required
    assert with_severities(report, LIST, rest | {mild.rule: "info"}).complete
    # Only parts that lack something are asked for by it.
    unasked = [p for i in report.items for p in i.parts if not p.required and p.part != mild.part]
    assert all(not part_of(own, p.part).required for p in unasked if LIST.item_of(p.part).rule != mild.rule)


def test_another_rules_severity_changes_nothing_of_an_item() -> None:
    report = lacking_one()
    own = with_severities(report, LIST, {"TT-01": "error"})
    assert own.items == report.items and own.complete is report.complete


def test_a_manifest_that_is_wrong_keeps_the_dossier_open_unless_that_is_no_error_here() -> None:
    given = state(*whole(FOUNDED), problems=("hoso.toml: “x” không đúng",))
    report = judge(given, TODAY)
    assert with_severities(report, LIST, {"TV-13": "info"}).complete is report.complete is False
    assert with_severities(report, LIST, {"TV-08": "warning"}).complete


WAIVER = Waiver("mo-hinh/A", RULE, "không có", "Lê Thị B", MADE, until=date(2026, 3, 5))


@pytest.mark.parametrize("severity", ["off", "error"])
def test_what_was_accepted_stays_accepted_and_is_told(severity: str) -> None:
    accepted = pardoned(Finding(RULE, Severity.ERROR, "Thiếu.", "HD22 V.1", "3"), [WAIVER])
    assert at_severities([accepted], {RULE: severity}) == (accepted,)
    assert accepted.severity is Severity.INFO and accepted.waiver == WAIVER


@pytest.mark.parametrize(
    ("until", "said"),
    [(date(2026, 3, 5), "đến hết ngày 05/03/2026"), (None, "không thời hạn")],
    ids=["a day", "for ever"],
)
def test_until_when_it_is_accepted_by_whom_and_why_stands_behind_it(until: date | None, said: str) -> None:
    accepted = pardoned(Finding(RULE, Severity.ERROR, "Thiếu.", "", "3"), [replace(WAIVER, until=until)])
    assert accepted.message == f"Thiếu. (đã được Lê Thị B chấp nhận, {said}: không có)"


def test_what_happened_again_after_it_was_accepted_is_told_anew() -> None:
    again = Finding("TV-16", Severity.ERROR, "Mất.", "", noticed=datetime(2026, 1, 2, tzinfo=UTC))
    waiver = replace(WAIVER, rule="TV-16")
    assert pardoned(again, [waiver]) is again
    assert pardoned(replace(again, noticed=MADE), [waiver]).waiver == waiver


def test_a_finding_is_known_when_every_gap_of_it_is_in_the_baseline() -> None:
    two = Finding("MH-09", Severity.ERROR, "", "", "9", subject=("2023", "2024"))
    other = Finding("MH-03", Severity.ERROR, "", "", "3", documents=("a",))
    known = marked([two, other], {"MH-09|9|2023", "MH-03|3|a"})
    assert [f.baseline for f in known] == [False, True]
    assert [f.baseline for f in marked([two], {*two.keys})] == [True]


def test_without_a_baseline_the_report_is_the_very_same() -> None:
    report = lacking_one()
    assert mark_known(report, ()) is report
    keys = {key for f in of(report, RULE) for key in f.keys}
    own = mark_known(report, keys)
    assert [f.rule for f in own.findings if f.baseline] == [RULE]
    assert replace(own, findings=report.findings) == report


def test_a_paper_for_review_is_told_as_before() -> None:
    report = judge(state(*whole(FOUNDED, "3"), paper("3", FOUNDED, review=True)), TODAY)
    own = with_severities(report, LIST, {RULE: "warning"})
    assert [f.documents for f in of(own, RULE)] == [f.documents for f in of(report, RULE)]
