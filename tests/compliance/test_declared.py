"""What is declared of a dossier and cannot be right, or is not known at all: the whole of each finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from states import KINDS, MADE, judge, paper, state, whole

from dossier.checklists.rules import by_id
from dossier.model import DossierState, Finding, Manifest, Severity, ToldFact

TODAY = date(2024, 4, 1)
FOUNDED = date(2023, 3, 5)


def told(given: DossierState, rule: str = "TV-08") -> list[Finding]:
    return [finding for finding in judge(given, TODAY).findings if finding.rule == rule]


def declaring(**keys: date) -> DossierState:
    return state(*whole(FOUNDED), manifest=Manifest(**keys))  # type: ignore[arg-type]


def finding(message: str, subject: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("TV-08", severity, message, by_id()["TV-08"].citation, subject=(subject,))


@pytest.mark.parametrize(
    ("problem", "about"),
    [
        ("Không đọc được hoso.toml: bị khóa.", "hoso.toml"),
        ("dòng 2: “linked” phải là true hoặc false", "linked"),
    ],
)
def test_what_is_wrong_with_the_manifest_is_told_and_known_by_its_key(problem: str, about: str) -> None:
    assert told(state(problems=(problem,))) == [finding(problem, about)]


@pytest.mark.parametrize("key", ["founded", "ended", "handed_over"])
def test_a_year_that_nobody_can_mean_is_told_by_its_key(key: str) -> None:
    said = f"hoso.toml: {key} ghi năm 24, không dùng được; viết đủ bốn chữ số, như 2024-03-05."
    assert told(declaring(**{key: date(24, 3, 5)})) == [finding(said, key)]


def test_an_end_before_the_founding_is_an_error() -> None:
    said = "Ngày kết thúc (04/03/2023) trước ngày thành lập (05/03/2023); hãy sửa lại."
    assert told(declaring(founded=FOUNDED, ended=date(2023, 3, 4))) == [finding(said, "ended<founded")]
    assert told(declaring(founded=FOUNDED, ended=FOUNDED)) == []


def test_a_founding_after_today_is_a_warning_only_where_somebody_said_it() -> None:
    said = "Ngày thành lập khai là 02/04/2024, sau ngày kiểm tra, nên chưa đòi tài liệu nào theo năm."
    assert told(declaring(founded=date(2024, 4, 2))) == [finding(said, "founded>today", Severity.WARNING)]
    assert told(declaring(founded=TODAY)) == []
    assert told(state(paper("6a", date(2024, 4, 2)))) == []


def test_a_founding_read_from_a_paper_dated_after_today_is_not_taken_for_one() -> None:
    given = state(paper("6a", date(2062, 4, 2)), paper("9", date(2023, 2, 1), period="2023"))
    facts = judge(given, TODAY).facts
    assert facts["founded"].value is None
    assert facts["existed"].value == date(2023, 2, 1)
    assert "TV-09" in {finding.rule for finding in judge(given, TODAY).findings}


def test_a_founding_of_today_is_one() -> None:
    assert judge(state(paper("6a", TODAY)), TODAY).facts["founded"].value == TODAY


def test_an_end_read_from_a_paper_dated_after_today_is_not_taken_for_one() -> None:
    ended = paper("16c", date(2062, 4, 2), step="decision")
    assert judge(state(*whole(FOUNDED), ended), TODAY).facts["ended"].value is None


def test_a_hand_over_after_today_or_before_the_end_is_a_warning() -> None:
    after = "Ngày nộp lưu khai là 02/04/2024, sau ngày kiểm tra; chỉ khai khi đã nộp lưu."
    assert told(declaring(handed_over=date(2024, 4, 2))) == [
        finding(after, "handed_over>today", Severity.WARNING)
    ]
    before = "Ngày nộp lưu khai là 31/12/2023, trước ngày kết thúc (01/01/2024)."
    given = declaring(founded=FOUNDED, ended=date(2024, 1, 1), handed_over=date(2023, 12, 31))
    assert told(given) == [finding(before, "handed_over<ended", Severity.WARNING)]
    same_day = declaring(founded=FOUNDED, ended=date(2024, 1, 1), handed_over=date(2024, 1, 1))
    assert told(same_day) == told(declaring(handed_over=TODAY)) == []


def test_where_a_person_says_otherwise_than_the_manifest_the_persons_word_is_told_to_hold() -> None:
    given = state(*whole(FOUNDED), manifest=Manifest(fund=True))
    own = ToldFact("mo-hinh/A", "fund", False, "Lê Thị B", MADE)
    said = "hoso.toml khai fund khác với điều Lê Thị B đã ghi nhận; lấy theo Lê Thị B."
    assert told(replace(given, told=(own,))) == [finding(said, "fund<>", Severity.INFO)]
    assert told(replace(given, told=(replace(own, value=True),))) == []
    assert told(replace(given, told=(replace(own, key="linked"),))) == []


def test_an_unknown_founding_is_told_with_what_is_counted_from_instead() -> None:
    unknown = told(state(paper("1", FOUNDED)), "TV-09")
    assert [(f.severity, f.part, f.documents) for f in unknown] == [(Severity.INFO, "6a", ())]
    assert unknown[0].citation == KINDS["mo-hinh"].item_of("6a").citation
    assert unknown[0].message.startswith("Chưa biết ngày thành lập nên chưa kiểm tra các mục theo năm")
    counted = told(state(paper("9", FOUNDED, period="2023")), "TV-09")
    assert "được tính từ 05/03/2023" in counted[0].message and counted[0].part == "6a"
    assert told(state(paper("6a", FOUNDED)), "TV-09") == []


def test_an_unknown_plan_of_an_exemplar_is_told_where_the_plan_belongs() -> None:
    unknown = told(state(paper("1", FOUNDED), kind="dien-hinh"), "TV-09")
    assert [(f.severity, f.part) for f in unknown] == [(Severity.INFO, "3")]
    assert unknown[0].message == (
        "Chưa biết ngày ban hành kế hoạch xây dựng điển hình nên chưa kiểm tra hạn đánh giá 01 năm."
    )
    assert told(state(paper("3", FOUNDED), kind="dien-hinh"), "TV-09") == []


@pytest.mark.parametrize(
    ("founded", "ended", "handed"),
    [
        ("2023-03", "2023-03-10", None),
        ("2024-04", None, None),
        (None, None, "2024-04"),
        (None, "2023", "2023-05"),
    ],
    ids=["ended within its month", "founded this month", "handed over this month", "within its year"],
)
def test_days_known_to_the_month_or_year_are_wrong_only_where_no_day_of_it_is_right(
    founded: str | None, ended: str | None, handed: str | None
) -> None:
    days = {"founded": founded, "ended": ended, "handed_over": handed}
    said = tuple(ToldFact("mo-hinh/A", key, value, "Lê Thị B", MADE) for key, value in days.items() if value)
    assert told(replace(state(), told=said)) == []
