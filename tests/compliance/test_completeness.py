"""Which parts are asked for, which are there: the conditions of both checklists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from states import ALWAYS, MADE, judge, lacking, paper, part_of, rules, state, whole

from dossier.model import Manifest, Severity, Status, UnreadFile, UnreadReason, Waiver

YOUNG = date(2026, 11, 1)
TODAY = date(2026, 11, 24)


def test_young_model_with_everything_is_complete() -> None:
    report = judge(state(*whole(YOUNG)), TODAY)
    assert report.complete
    assert not [f for f in report.findings if f.severity is Severity.ERROR]


@pytest.mark.parametrize("part", ["10c", "13c", "14", "16a", "16b"])
def test_part_that_is_there_only_if_any_is_never_missed(part: str) -> None:
    report = judge(state(manifest=Manifest(founded=date(2015, 1, 1), ended=date(2025, 1, 1))), TODAY)
    assert part not in lacking(report)


def test_periods_of_a_long_life_are_named_one_by_one() -> None:
    report = judge(state(*whole(date(2023, 3, 5))), date(2024, 12, 31))
    named = {p.part: p.periods_missing for item in report.items for p in item.parts if p.periods_missing}
    assert named == {
        "9": ("2023", "2024"),
        "10a": ("2023-H1", "2024-H1"),
        "10b": ("2023", "2024"),
        "13a": ("2024",),
        "13b": ("2024",),
    }


def test_missing_period_is_named_as_people_say_it() -> None:
    there = [paper("10a", period="2023-H1")]
    report = judge(state(*whole(date(2023, 3, 5)), *there), date(2024, 8, 1))
    part = part_of(report, "10a")
    assert (part.status, part.missing) == (Status.PARTIAL, ("6 tháng đầu năm 2024",))


def test_report_with_the_next_plan_is_no_plan_of_its_own_year() -> None:
    ends = replace(paper("9", period="2024").placements[0], confidence=1.0)
    report = paper("10b", date(2023, 11, 3), period="2023")
    report = replace(
        report,
        placements=(*report.placements, ends),
        header=replace(report.header, periods=("2023", "2024")),
    )
    judged = judge(state(*whole(date(2023, 3, 5)), report), date(2024, 6, 30))
    assert part_of(judged, "9").periods_missing == ("2023",)
    assert "10b" not in lacking(judged)


def test_periodical_parts_are_present_when_every_period_is_there() -> None:
    papers = [
        *(paper("9", period=year) for year in ("2023", "2024")),
        *(paper("10a", period=half) for half in ("2023-H1", "2024-H1")),
        *(paper(part, period=year) for part in ("10b",) for year in ("2023", "2024")),
        *(paper(part, period="2024") for part in ("13a", "13b")),
        paper("11"),
    ]
    report = judge(state(*whole(date(2023, 3, 5)), *papers), date(2024, 12, 20))
    assert (lacking(report), report.complete) == ([], True)


def test_reviews_are_a_warning_after_the_first_full_year() -> None:
    report = judge(state(*whole(date(2022, 11, 1))), date(2023, 12, 30))
    grave = {f.part: f.severity for f in report.findings if f.part in ("15a", "15b")}
    assert grave == {"15a": Severity.WARNING, "15b": Severity.WARNING}
    assert not part_of(report, "15a").required


def test_each_step_of_the_termination_is_asked_for() -> None:
    steps = [paper("16c", step=step) for step in ("assessment", "decision", "notice")]
    manifest = Manifest(ended=date(2026, 11, 20))
    part = part_of(judge(state(*whole(YOUNG), *steps, manifest=manifest), TODAY), "16c")
    assert part.status is Status.PARTIAL
    assert part.missing == ("Biên bản, phiếu lấy ý kiến của các thành viên về chủ trương kết thúc",)


def test_termination_is_inferred_from_its_decision() -> None:
    decision = paper("16c", date(2026, 11, 20), step="decision")
    report = judge(state(*whole(YOUNG), decision), TODAY)
    assert report.facts["ended"].value == date(2026, 11, 20)
    assert part_of(report, "16c").status is Status.PARTIAL


def test_unknown_founding_date_asks_for_no_period_and_says_so() -> None:
    report = judge(state(), TODAY)
    assert lacking(report) == list(ALWAYS)
    assert "TV-09" in rules(report)


def test_document_under_review_makes_its_part_wait() -> None:
    doubtful = paper("6c", review=True, sure=0.4)
    report = judge(state(*whole(YOUNG, "6c"), doubtful), TODAY)
    assert part_of(report, "6c").status is Status.NEEDS_REVIEW
    assert not report.complete


def test_unread_file_named_like_a_part_makes_it_wait() -> None:
    place = paper("6c", sure=0.4).placements
    unread = UnreadFile("mo-hinh/A/danh sach.xls", UnreadReason.UNSUPPORTED, "…", place)
    report = judge(state(*whole(YOUNG, "6c"), unread=(unread,)), TODAY)
    assert part_of(report, "6c").status is Status.NEEDS_REVIEW


def test_placement_below_the_threshold_is_not_relied_on() -> None:
    report = judge(state(*whole(YOUNG, "6c"), paper("6c", sure=0.3)), TODAY)
    assert part_of(report, "6c").status is Status.NEEDS_REVIEW


def test_one_document_may_serve_several_parts() -> None:
    decision = paper("6a", YOUNG)
    places = tuple(p for part in ("6a", "6b", "6c") for p in paper(part).placements)
    both = type(decision)(**{
        **{name: getattr(decision, name) for name in decision.__slots__}, "placements": places,
    })  # fmt: skip
    others = [d for d in whole(YOUNG) if d.placements[0].item != 6]
    assert judge(state(*others, both), TODAY).complete


def test_waived_gap_leaves_the_dossier_complete_and_is_shown() -> None:
    waiver = Waiver("mo-hinh/A", "MH-06", "mất do bão số 9", "lan", MADE, "6c")
    report = judge(state(*whole(YOUNG, "6c"), waivers=(waiver,)), TODAY)
    assert report.complete
    assert part_of(report, "6c").status is Status.WAIVED
    (finding,) = [f for f in report.findings if f.part == "6c"]
    assert finding.severity is Severity.INFO
    assert "mất do bão số 9" in finding.message


def test_waiver_of_one_part_leaves_the_others_of_its_rule() -> None:
    waiver = Waiver("mo-hinh/A", "MH-07", "…", "lan", MADE, "7a")
    documents = [d for d in whole(YOUNG) if d.placements[0].item != 7]
    report = judge(state(*documents, waivers=(waiver,)), TODAY)
    assert lacking(report) == ["7b"]


def test_expired_waiver_counts_no_more() -> None:
    waiver = Waiver("mo-hinh/A", "MH-06", "…", "lan", MADE, "6c", until=date(2026, 11, 23))
    assert lacking(judge(state(*whole(YOUNG, "6c"), waivers=(waiver,)), TODAY)) == ["6c"]


def test_waiver_holds_on_its_last_day() -> None:
    waiver = Waiver("mo-hinh/A", "MH-06", "…", "lan", MADE, "6c", until=TODAY)
    assert judge(state(*whole(YOUNG, "6c"), waivers=(waiver,)), TODAY).complete


PLAN = date(2025, 11, 24)


@pytest.mark.parametrize("step", ["recognise", "end"])
def test_exemplar_needs_a_decision_to_recognise_or_to_end(step: str) -> None:
    papers = [paper(p, PLAN) for p in "1234"]
    given = state(*papers, paper("5", step=step), kind="dien-hinh")
    assert judge(given, date(2026, 12, 1)).complete


def test_commendation_alone_does_not_settle_an_exemplar() -> None:
    papers = [paper(p, PLAN) for p in "1234"]
    report = judge(state(*papers, paper("5", step="commend"), kind="dien-hinh"), date(2026, 12, 1))
    assert lacking(report) == ["5"]


@given(st.permutations([*whole(date(2023, 3, 5), "6c"), paper("10a", period="2024-H1")]))
def test_verdict_does_not_depend_on_the_order_of_the_documents(documents: list[object]) -> None:
    given_order = state(*whole(date(2023, 3, 5), "6c"), paper("10a", period="2024-H1"))
    shuffled = state(*documents)  # type: ignore[arg-type]
    assert judge(shuffled, TODAY) == judge(given_order, TODAY)


@given(st.sets(st.sampled_from([*ALWAYS, "9", "10a", "10b", "13a", "13b", "11", "15a", "15b"])))
def test_a_further_document_never_makes_more_missing(there: set[str]) -> None:
    manifest = Manifest(founded=date(2023, 3, 5))
    papers = [paper(part, date(2023, 3, 5), period="2024") for part in sorted(there)]
    before = set(lacking(judge(state(*papers, manifest=manifest), TODAY)))
    for part in ("6c", "9", "13b"):
        after = judge(state(*papers, paper(part, period="2025", name="x"), manifest=manifest), TODAY)
        assert set(lacking(after)) <= before


def test_where_there_is_no_party_committee_the_directive_of_the_head_is_asked_for() -> None:
    without = judge(state(*whole(YOUNG, "4"), manifest=Manifest(party_committee=False)), TODAY)
    with_ = judge(state(*whole(YOUNG, "4")), TODAY)
    (finding,) = [f for f in without.findings if f.rule == "MH-04"]
    assert "thủ trưởng" in finding.message
    assert part_of(without, "4").title != part_of(with_, "4").title
    assert judge(state(*whole(YOUNG), manifest=Manifest(party_committee=False)), TODAY).complete
