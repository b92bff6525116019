"""Every rule with every case: satisfied, violated, not applicable, accepted, at its boundary."""

from __future__ import annotations

import cases_completeness
import cases_deadlines
import cases_order
import cases_papers
import cases_ranking
import cases_retention
import pytest
from cases import Case, No, Row
from guidance import cases
from states import KINDS

from dossier.compliance.rules import all_rules
from dossier.model import Severity

ROWS: tuple[Row, ...] = (
    *cases_completeness.ROWS,
    *cases_order.ROWS,
    *cases_deadlines.ROWS,
    *cases_ranking.ROWS,
    *cases_papers.ROWS,
    *cases_retention.ROWS,
)
CASES = [
    pytest.param(row, given, severity, id=f"{row.rule}{row.part and ' ' + row.part}: {case}")
    for row in ROWS
    for case, given, severity in row.cases()
    if not isinstance(given, No)
]


@pytest.mark.parametrize(("row", "given", "severity"), CASES)
def test_rule_tells_what_it_should(row: Row, given: Case, severity: Severity | None) -> None:
    told = given.findings(row.rule, row.part)
    assert {finding.severity for finding in told} == ({severity} if severity else set())
    assert all(finding.message and finding.citation for finding in told)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.rule} {row.part}" for row in ROWS])
def test_finding_that_was_accepted_says_by_whom_and_why(row: Row) -> None:
    if row.waived is None and not isinstance(row.violated, No):
        told = row.violated.waived(row.rule).findings(row.rule, row.part)
        assert told and all(finding.waiver and "lan" in finding.message for finding in told)


def test_every_rule_has_rows_or_is_told_and_silent_in_the_table_of_the_guidance() -> None:
    told, silent = set(), set()
    for _name, case in cases():
        told |= {*case.get("warns", ()), *case.get("told", ())}
        silent |= {*case.get("silent", ())}
    assert {row.rule for row in ROWS} | (told & silent) >= {rule.id for rule in all_rules(KINDS)}


def test_every_part_that_is_asked_for_has_rows() -> None:
    asked = {
        (item.rule, part.id)
        for checklist in KINDS.values()
        for item in checklist.items
        for part in item.parts
        if part.requirements
    }
    assert asked <= {(row.rule, row.part) for row in ROWS}


def test_case_that_a_rule_cannot_have_says_why() -> None:
    reasons = [
        given.because for row in ROWS for _case, given, _severity in row.cases() if isinstance(given, No)
    ]
    assert all(len(reason.split()) > 4 for reason in reasons)
