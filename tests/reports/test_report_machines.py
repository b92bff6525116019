"""JUnit and SARIF: well-formed, by their structure, stable."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from lxml import etree
from specimen import FORMULA, complete, incomplete, report

import reports
from dossier.model import ComplianceReport, DossierReport, Finding, RuleNote, Severity, Waiver

WAIVER = Waiver("mo-hinh/A", "MH-01", "mất năm 2019", "an", datetime(2026, 1, 1, tzinfo=UTC))


NOTE = RuleNote(
    "Kế hoạch khảo sát", Severity.ERROR, "HD22 V.1.a(1)", "Hồ sơ phải có …", "Vì …", "Tìm văn bản."
)


def junit(value: ComplianceReport | None = None) -> etree._Element:
    return etree.fromstring(reports.render("junit", value or report()))


def run(value: ComplianceReport | None = None) -> dict[str, Any]:
    log = json.loads(reports.render("sarif", value or report()))
    assert log["version"] == "2.1.0" and len(log["runs"]) == 1
    return log["runs"][0]


def with_findings(dossier: DossierReport, **changed: object) -> DossierReport:
    return replace(dossier, findings=tuple(replace(f, **changed) for f in dossier.findings))


def test_junit_has_a_suite_for_every_dossier_and_counts_right() -> None:
    root = junit()
    assert [suite.tag for suite in root] == ["testsuite", "testsuite"]
    for suite in root:
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
    assert int(root.get("failures")) == sum(int(suite.get("failures")) for suite in root)


def test_junit_fails_for_errors_and_not_for_warnings() -> None:
    failed = [failure.get("type") for failure in junit().iter("failure")]
    assert failed == ["MH-01"]


def test_junit_takes_names_that_xml_cannot_hold() -> None:
    odd = replace(incomplete(), name="\x00\x1b", path="mo-hinh/\x07<&>")
    assert junit(report(odd))[0].get("name") == "mo-hinh/�<&>"


def test_junit_skips_what_was_waived_or_known() -> None:
    waived = with_findings(incomplete(), waiver=WAIVER, severity=Severity.INFO)
    known = with_findings(incomplete(), baseline=True)
    for dossier in (waived, known):
        root = junit(report(dossier))
        assert root.get("failures") == "0" and int(root[0].get("skipped")) > 0


def test_sarif_results_point_at_their_rules() -> None:
    made = run()
    rules = [rule["id"] for rule in made["tool"]["driver"]["rules"]]
    assert made["results"]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in made["results"])


def test_sarif_levels_are_those_of_the_standard() -> None:
    assert {result["level"] for result in run()["results"]} == {"error", "warning", "note"}


def test_sarif_says_of_a_rule_what_it_asks_and_how_to_mend() -> None:
    made = run(replace(report(), rules={"MH-01": NOTE}))["tool"]["driver"]["rules"]
    rule = next(rule for rule in made if rule["id"] == "MH-01")
    assert rule["shortDescription"]["text"] == NOTE.title
    assert NOTE.fix in rule["help"]["text"] and NOTE.fix in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_junit_failure_says_how_to_mend() -> None:
    (failure,) = junit(replace(report(), rules={"MH-01": NOTE})).iter("failure")
    assert NOTE.fix in failure.text


def test_junit_case_is_named_after_its_rule() -> None:
    names = [case.get("name") for case in junit(replace(report(), rules={"TV-01": NOTE})).iter("testcase")]
    assert any(name.startswith("TV-01 Kế hoạch khảo sát: ") for name in names)


def test_what_concerns_the_archive_as_a_whole_has_a_suite_and_results_of_its_own() -> None:
    gone = Finding("TV-18", Severity.WARNING, "Hồ sơ “mo-hinh/B” không còn.", "HD22 V.3", "", ("mo-hinh/B",))
    whole = replace(report(), findings=(gone,))
    assert junit(whole)[0].get("name") == "(toàn kho)"
    result = run(whole)["results"][0]
    assert result["ruleId"] == "TV-18"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "mo-hinh/B"


def test_sarif_places_are_relative_and_escaped() -> None:
    for result in run()["results"]:
        for location in result["locations"]:
            place = location["physicalLocation"]["artifactLocation"]
            assert place["uriBaseId"] in run()["originalUriBaseIds"]
            assert place["uri"].isascii() and " " not in place["uri"] and not place["uri"].startswith("/")


def test_sarif_fingerprint_does_not_hang_on_the_message() -> None:
    def marks(dossier: DossierReport) -> list[str]:
        return [r["partialFingerprints"]["finding/v1"] for r in run(report(dossier))["results"]]

    assert marks(incomplete()) == marks(with_findings(incomplete(), message="nói khác"))
    assert len(set(marks(incomplete()))) == len(marks(incomplete()))


def test_sarif_tells_waived_and_known_findings_apart() -> None:
    waived = run(report(with_findings(complete(), waiver=WAIVER)))["results"][0]
    assert waived["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "mất năm 2019"}
    ]
    known = run(report(complete(), with_findings(incomplete(), baseline=True)))["results"]
    assert [result["baselineState"] for result in known] == ["new", "unchanged", "unchanged"]


def test_absurd_names_reach_the_machines_as_they_are() -> None:
    assert incomplete().name == FORMULA
    assert any(r["properties"]["dossier"] == incomplete().path for r in run()["results"])
