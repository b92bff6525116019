"""The table of dossiers judged by hand after the guidance: every verdict is as its text says."""

from __future__ import annotations

from typing import Any

import pytest
from guidance import cases, state_of
from states import KINDS

from dossier.checklists.retention import load_packs
from dossier.compliance import evaluate
from dossier.model import DossierReport, Severity

CASES = [pytest.param(case, id=name) for name, case in cases()]


def judged(case: dict[str, Any]) -> DossierReport:
    state = state_of(case)
    return evaluate(state, KINDS[state.folder.kind], load_packs(), case["today"])


@pytest.mark.parametrize("case", CASES)
def test_dossier_is_judged_as_the_guidance_says(case: dict[str, Any]) -> None:
    report = judged(case)
    severest = {f.rule: f.severity for f in sorted(report.findings, key=_gravity, reverse=True)}
    errors = {f"{f.rule} {f.part}".strip() for f in report.findings if f.severity is Severity.ERROR}
    gaps = [key for f in report.findings if f.rule[:2] in ("MH", "DH") for key in f.keys]
    assert len(gaps) == len(set(gaps))  # each gap is told once
    if case.get("lawful"):
        assert errors == set()
    if "errors" in case:
        assert errors == set(case["errors"])
    assert set(case.get("errors_include", ())) <= errors
    for rule in case.get("warns", ()):
        assert severest.get(rule) is Severity.WARNING, (rule, _said(report))
    for rule in case.get("told", ()):
        assert severest.get(rule) in (Severity.WARNING, Severity.INFO), (rule, _said(report))
    for rule in case.get("silent", ()):
        assert rule not in severest, [f.message for f in report.findings if f.rule == rule]
    for rule in case.get("notwarns", ()):
        assert severest.get(rule) in (None, Severity.INFO), [
            f.message for f in report.findings if f.rule == rule
        ]
    for words in case.get("says", ()):
        assert any(words in f.message for f in report.findings), _said(report)
    if "complete" in case:
        assert report.complete is case["complete"], _said(report)
    if "pack" in case:
        assert report.retention.pack.startswith(case["pack"])
    assert report.retention.pack not in case.get("notpack", ())
    if "handover" in case:
        assert report.retention.handover_due == case["handover"]
    if case.get("expires") == "none":
        assert report.retention.expires is None
    if "ended_fact" in case:
        assert report.facts["ended"].value == case["ended_fact"]


def test_table_is_large_enough_and_half_of_it_lawful() -> None:
    every = [case for _name, case in cases()]
    assert len(every) >= 200
    assert sum(bool(case.get("lawful")) for case in every) >= 80


def _gravity(finding: Any) -> int:
    return list(Severity).index(finding.severity)


def _said(report: DossierReport) -> list[str]:
    return [f"{f.rule} {f.severity} {f.message}" for f in report.findings]
