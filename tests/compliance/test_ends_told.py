"""What is still to be told when something ends: once each, in which step, and to whom."""

from __future__ import annotations

from datetime import date

import pytest
from states import judge, paper, state, whole

from dossier.i18n import speaking
from dossier.model import Finding

ENDED = date(2025, 12, 15)
TITLE = "Về việc kết thúc xây dựng điển hình tiên tiến đối với ông Nguyễn Văn Thành"


def told_of_the_exemplars_end(*recipients: str) -> list[Finding]:
    decision = paper("5", ENDED, step="end", abstract=TITLE, recipients=recipients)
    report = judge(state(decision, kind="dien-hinh"), date(2026, 2, 1))
    return [each for each in report.findings if each.rule == "DH-05" and "notice" in (each.subject or ())]


@pytest.mark.parametrize(
    "recipient", ["Ông Nguyễn Văn Thành (để biết)", "Công an xã; ông Nguyễn Văn Thành", "Như Điều 3"]
)
def test_decision_sent_to_the_exemplar_is_the_notice_too(recipient: str) -> None:
    assert not told_of_the_exemplars_end(recipient, "Lưu: VT")


@pytest.mark.parametrize("recipient", ["Như trên", "UBND xã (để báo cáo)", "Ông Lê Văn Nam (để biết)"])
def test_decision_sent_to_others_is_no_notice(recipient: str) -> None:
    (found,) = told_of_the_exemplars_end(recipient, "Lưu: VT")
    assert "cũng tính là thông báo" in found.message


def test_missing_steps_of_an_end_cite_their_clause_once() -> None:
    decision = paper("16c", date(2026, 11, 20), step="decision")
    report = judge(state(*whole(date(2026, 3, 5)), decision), date(2026, 11, 24))
    (found,) = [each for each in report.findings if each.rule == "MH-16"]
    assert found.citation == "HD22 V.1.a(16); III.3, Bước 1, 2, 4"


def test_findings_in_english_have_articles() -> None:
    founded = date(2024, 3, 5)
    with speaking("en"):
        report = judge(state(*whole(founded, "1", paper("2", date(2024, 4, 1)))), date(2025, 12, 1))
    messages = [each.message for each in report.findings]
    assert "The dossier lacks a survey plan." in messages
    assert any(each.startswith("The dossier lacks the yearly report of 2025") for each in messages)
