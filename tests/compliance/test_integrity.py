"""Findings about the papers themselves, and about what is declared."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from states import MADE, judge, paper, rules, state, whole

from dossier.model import (
    AlteredFile,
    Document,
    DossierReport,
    Form,
    Manifest,
    Severity,
    UnreadFile,
    UnreadReason,
    Waiver,
)

DAY = date(2026, 11, 1)
TODAY = date(2026, 11, 24)


def found(*documents: Document) -> set[str]:
    return rules(judge(state(*documents), TODAY))


def test_unreadable_file_is_told_with_its_reason() -> None:
    unread = UnreadFile("mo-hinh/A/x.pdf", UnreadReason.ENCRYPTED, "Tệp có mật khẩu.")
    (finding,) = [f for f in judge(state(unread=(unread,)), TODAY).findings if f.rule == "TV-01"]
    assert "Tệp có mật khẩu." in finding.message


def test_bytes_changed_in_secret_are_an_error() -> None:
    found_altered = replace(
        state(), altered=(AlteredFile("mo-hinh/A/x.pdf", datetime(2026, 11, 2, tzinfo=UTC)),)
    )
    (finding,) = [f for f in judge(found_altered, TODAY).findings if f.rule == "TV-14"]
    assert (finding.severity, finding.documents) == (Severity.ERROR, ("mo-hinh/A/x.pdf",))


def test_same_content_twice_is_told_once_with_both_places() -> None:
    one = paper("6a", DAY, name="a")
    two = replace(paper("6a", DAY, name="b"), sha256=one.sha256)
    (finding,) = [f for f in judge(state(one, two), TODAY).findings if f.rule == "TV-03"]
    assert finding.documents == ("mo-hinh/A/a.pdf", "mo-hinh/A/b.pdf")


def test_document_in_another_items_folder_is_told() -> None:
    wrong = replace(paper("13b", DAY), path="mo-hinh/A/06 Quyết định thành lập/x.pdf")
    right = replace(paper("6a", DAY), path="mo-hinh/A/06 Quyết định thành lập/y.pdf")
    findings = [f for f in judge(state(wrong, right), TODAY).findings if f.rule == "TV-07"]
    assert [f.documents for f in findings] == [(wrong.id,)]


def test_broken_manifest_makes_the_dossier_incomplete() -> None:
    report = judge(state(*whole(DAY), problems=("hoso.toml: dòng 2 …",)), TODAY)
    assert "TV-08" in rules(report)
    assert not report.complete


def test_declared_fact_wins_over_the_documents() -> None:
    report = judge(state(*whole(DAY), manifest=Manifest(founded=date(2026, 10, 1))), TODAY)
    assert report.facts["founded"].value == date(2026, 10, 1)
    assert report.facts["founded"].source == "declared"


def test_inferred_fact_names_the_document() -> None:
    report = judge(state(paper("6a", DAY, issuing_body="UBND XÃ A")), TODAY)
    assert (report.facts["founded"].origin, report.unit) == ("mo-hinh/A/6a.pdf", "UBND XÃ A")


@pytest.mark.parametrize(("part", "fact"), [("7c", "linked"), ("12", "fund"), ("8b", "pilot")])
def test_condition_is_inferred_from_the_paper_it_asks_for(part: str, fact: str) -> None:
    assert judge(state(paper(part)), TODAY).facts[fact].value is True
    assert judge(state(), TODAY).facts[fact].value is False


def test_linked_model_is_told_by_its_name() -> None:
    assert judge(state(name="Liên kết bảo vệ ANTT khu vực giáp ranh"), TODAY).facts["linked"].value is True


def test_error_findings_come_with_a_citation() -> None:
    report = judge(state(), TODAY)
    assert all(f.citation for f in report.findings if f.severity is Severity.ERROR)


@pytest.mark.parametrize(("confidence", "told"), [(0.6, True), (0.95, False), (None, False)])
def test_scan_that_could_hardly_be_read_is_told(confidence: float | None, told: bool) -> None:
    assert ("TV-11" in found(replace(paper("6a", DAY), confidence=confidence))) is told


@pytest.mark.parametrize(
    ("type_", "header", "told"),
    [
        ("quyet-dinh", {}, True),
        ("quyet-dinh", {"signer": "Nguyễn Văn A"}, False),
        ("quyet-dinh", {"signer_title": "Chủ tịch"}, False),
        ("quyet-dinh", {"draft": True}, False),
        ("quyet-dinh", {"form": Form.NONE}, False),
        ("bien-ban", {}, True),
        ("quy-che", {}, False),
        ("danh-sach", {}, False),
    ],
)
def test_paper_without_a_signer_is_told(type_: str, header: dict[str, object], told: bool) -> None:
    assert ("TV-13" in found(paper("6a", DAY, type_=type_, **header))) is told  # type: ignore[arg-type]


def keys_of(report: DossierReport, rule: str) -> list[str]:
    return [key for finding in report.findings if finding.rule == rule for key in finding.keys]


def test_every_fault_of_the_manifest_is_known_apart_from_night_to_night() -> None:
    problems = ("hoso.toml, dòng 1: “founded” phải là date.", "hoso.toml, dòng 2: “fund” phải là true.")
    manifest = Manifest(founded=date(2024, 1, 1), ended=date(2023, 1, 1), handed_over=date(24, 1, 1))
    keys = keys_of(judge(state(manifest=manifest, problems=problems), TODAY), "TV-08")
    assert len(keys) == len(set(keys)) == 4


def test_fault_of_the_manifest_has_the_same_key_on_another_line_and_in_another_language() -> None:
    one = judge(state(problems=("hoso.toml, dòng 2: “fund” phải là true hoặc false.",)), TODAY)
    other = judge(state(problems=("hoso.toml, line 7: “fund” must be true or false.",)), TODAY)
    assert keys_of(one, "TV-08") == keys_of(other, "TV-08") != []


def test_every_member_without_a_dossier_is_known_apart() -> None:
    members = ("Công an xã Hàm Thắng", "Công an xã Hàm Liêm")
    keys = keys_of(judge(state(manifest=Manifest(linked=True, members=members)), TODAY), "LK-02")
    assert len(set(keys)) == 2


def test_state_secret_is_nobodys_to_accept() -> None:
    waiver = Waiver("mo-hinh/A", "MAT-01", "…", "lan", MADE)
    stamped = replace(paper("6a", DAY), security="mat")
    (finding,) = [f for f in judge(state(stamped, waivers=(waiver,)), TODAY).findings if f.rule == "MAT-01"]
    assert (finding.severity, finding.waiver) == (Severity.ERROR, None)
