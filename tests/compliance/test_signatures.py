"""Findings about digital signatures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from states import judge, paper, state

from dossier.model import Document, Finding, Severity, Signature

DAY = date(2026, 11, 1)
INTACT = Signature("pades", "Nguyễn Văn An", None, True, False, "Chữ ký số nguyên vẹn.")
BROKEN = Signature("pades", "Nguyễn Văn An", None, False, False, "Tệp đã bị sửa.")


def told(*signatures: Signature) -> list[Finding]:
    return about(replace(paper("6a", DAY), signatures=signatures))


def about(*documents: Document) -> list[Finding]:
    return [f for f in judge(state(*documents), date(2026, 11, 24)).findings if f.rule == "TV-10"]


def test_broken_signature_is_an_error_that_names_signer_and_file() -> None:
    (finding,) = told(BROKEN)
    assert finding.severity is Severity.ERROR
    assert "Nguyễn Văn An" in finding.message
    assert finding.documents == ("mo-hinh/A/6a.pdf",)


def test_broken_signature_says_what_to_do() -> None:
    (finding,) = told(BROKEN)
    assert "lấy lại bản gốc đã ký" in finding.message


def test_change_after_signing_is_a_warning() -> None:
    (finding,) = told(replace(INTACT, amended=True))
    assert finding.severity is Severity.WARNING


def test_intact_signature_is_no_finding() -> None:
    assert told(INTACT) == []


def test_signature_that_could_not_be_checked_is_no_finding() -> None:
    assert told(replace(BROKEN, checked=False)) == []


def test_file_of_several_documents_is_told_once() -> None:
    first = replace(paper("6a", DAY), signatures=(BROKEN,))
    assert len(about(first, replace(first, ordinal=2))) == 1
