"""SARIF and JUnit as the schemas of those who read them want it: tests/data/schemas says which."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from lxml import etree
from specimen import FORMULA, complete, incomplete, many, report

import reports
from dossier.i18n import speaking
from dossier.model import ComplianceReport, DossierReport, Finding, RuleNote, Severity, Waiver

SCHEMAS = Path(__file__).parent.parent / "data/schemas"
NOTE = RuleNote(FORMULA, Severity.ERROR, "HD22 V.1.a(1)", "Hồ sơ phải có …", "Vì …", "Tìm văn bản.")
WAIVER = Waiver("mo-hinh/A", "MH-01", "mất năm 2019", "an", datetime(2026, 1, 1, tzinfo=UTC))


def _changed(dossier: DossierReport, **changed: object) -> DossierReport:
    return replace(dossier, findings=tuple(replace(finding, **changed) for finding in dossier.findings))


def _of_the_archive(*documents: str) -> ComplianceReport:
    return replace(
        report(), findings=(Finding("TV-18", Severity.WARNING, "Không còn.", "HD22 V.3", "", documents),)
    )


REPORTS: dict[str, Callable[[], ComplianceReport]] = {
    "of two dossiers": report,
    "of nothing": lambda: replace(report(), dossiers=()),
    "of a complete dossier": lambda: report(complete()),
    "of many dossiers": lambda: many(30),
    "with rules' texts": lambda: replace(
        report(), rules={finding.rule: NOTE for finding in report().all_findings}
    ),
    "with waivers": lambda: report(_changed(incomplete(), waiver=WAIVER)),
    "with known findings": lambda: report(_changed(incomplete(), baseline=True), complete()),
    "under secrecy": lambda: report(_changed(incomplete(), rule="MAT-01")),
    "about a lost dossier": lambda: _of_the_archive("mo-hinh/B"),
    "about the archive": _of_the_archive,
}


@pytest.fixture(scope="module")
def sarif() -> Draft4Validator:
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8"))
    Draft4Validator.check_schema(schema)
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


@pytest.fixture(scope="module")
def junit() -> etree.XMLSchema:
    return etree.XMLSchema(file=str(SCHEMAS / "junit-10.xsd"))


def _against_sarif(schema: Draft4Validator, made: bytes) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in schema.iter_errors(json.loads(made))]


def _against_junit(schema: etree.XMLSchema, made: bytes) -> list[str]:
    schema.validate(etree.fromstring(made))
    return [str(error) for error in schema.error_log]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", REPORTS)
def test_sarif_is_as_its_schema_wants(sarif: Draft4Validator, name: str, language: str) -> None:
    with speaking(language):
        made = reports.render("sarif", REPORTS[name]())
    assert _against_sarif(sarif, made) == []


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", REPORTS)
def test_junit_is_as_its_schema_wants(junit: etree.XMLSchema, name: str, language: str) -> None:
    with speaking(language):
        made = reports.render("junit", REPORTS[name]())
    assert _against_junit(junit, made) == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_name_and_no_message_breaks_them(
    sarif: Draft4Validator, junit: etree.XMLSchema, name: str, message: str
) -> None:
    odd = report(
        replace(_changed(incomplete(), message=message, part=name), name=name, path=f"mo-hinh/{name}")
    )
    assert _against_sarif(sarif, reports.render("sarif", odd)) == []
    assert _against_junit(junit, reports.render("junit", odd)) == []


def test_the_schemas_notice_what_is_wrong(sarif: Draft4Validator, junit: etree.XMLSchema) -> None:
    log = json.loads(reports.render("sarif", report()))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert _against_sarif(sarif, json.dumps(log).encode())
    root = etree.fromstring(reports.render("junit", report()))
    del next(root.iter("testcase")).attrib["name"]
    assert _against_junit(junit, etree.tostring(root))
