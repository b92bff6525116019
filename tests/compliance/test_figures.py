"""Totals of units: sums, ranks, and one unit under several spellings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.compliance.figures import figures_of, ranked, titles_of, total, totals
from dossier.model import DueStatus, Severity, UnreadFile, UnreadReason, Waiver
from dossier.model.figures import DossierFigures, ItemTitle
from tests.compliance.states import MADE, judge, paper, state, whole

DAY = date(2026, 11, 24)
TITLES = [ItemTitle("mo-hinh", "Hồ sơ mô hình", item, f"Mục {item}") for item in range(1, 17)]


def dossier(name: str = "A", unit: str = "Xã A", score: float = 50.0, **more: object) -> DossierFigures:
    return DossierFigures(name, "mo-hinh", unit, score == 100.0, score, **more)  # type: ignore[arg-type]


def side_by_side(*figures: DossierFigures) -> list[tuple[int, str]]:
    found = totals("Kho", DAY, [(each.unit, each) for each in figures], TITLES)
    return [(part.rank, part.name) for part in found.parts]


def test_the_best_stands_first_and_equals_share_a_rank() -> None:
    found = side_by_side(
        dossier(unit="Xã C", score=50.0), dossier(unit="Xã B", score=90.0), dossier(unit="Xã A", score=90.0),
        dossier(unit="Xã D", score=10.0),
    )  # fmt: skip
    assert found == [(1, "Xã A"), (1, "Xã B"), (3, "Xã C"), (4, "Xã D")]


def test_of_equal_scores_more_complete_dossiers_and_then_less_overdue_come_first() -> None:
    lazy = [dossier(unit="Xã A", score=50.0, overdue=3)]
    half = [dossier(unit="Xã B", score=100.0), dossier(unit="Xã B", score=0.0)]
    prompt = [dossier(unit="Xã C", score=50.0, overdue=1)]
    assert [name for _rank, name in side_by_side(*lazy, *half, *prompt)] == ["Xã B", "Xã C", "Xã A"]


@pytest.mark.parametrize("other", ["CÔNG AN XÃ HOÀ TRỊ", "Công an xã  Hòa Trị", "công an xã hòa trị"])
def test_a_unit_in_several_spellings_is_one(other: str) -> None:
    assert side_by_side(dossier(unit="Công an xã Hòa Trị"), dossier(unit=other)) == [
        (1, "Công an xã Hòa Trị")
    ]


def test_units_that_differ_in_a_mark_are_two() -> None:
    assert len(side_by_side(dossier(unit="Xã Hòa Trị"), dossier(unit="Xã Hoa Trị"))) == 2


def test_what_most_dossiers_lack_is_told_first() -> None:
    figures = [dossier(lacking=(1, 13)), dossier(lacking=(13,)), dossier(unit="Xã B", lacking=(5,))]
    found = totals("Kho", DAY, [(each.unit, each) for each in figures], TITLES)
    assert [(title.item, found.whole.lacking["mo-hinh", title.item]) for title in found.items] == [
        (13, 2), (1, 1), (5, 1)
    ]  # fmt: skip
    assert {part.name: dict(part.lacking) for part in found.parts} == {
        "Xã A": {("mo-hinh", 1): 1, ("mo-hinh", 13): 2}, "Xã B": {("mo-hinh", 5): 1}
    }  # fmt: skip


def test_a_score_is_never_rounded_up() -> None:
    assert total("x", [dossier(score=99.9), dossier(score=100.0), dossier(score=100.0)]).score == 99.9


def test_without_a_dossier_nothing_is_lacking() -> None:
    assert (total("x", []).score, total("x", []).dossiers) == (100.0, 0)


def test_figures_of_a_dossier_are_those_of_its_report() -> None:
    ledger = UnreadFile("mo-hinh/A/so.xlsx", UnreadReason.CORRUPT, "hỏng")
    papers = [each for each in whole(date(2023, 3, 5), "3") if each.placements[0].part != "1"]
    doubtful, secret = paper("2", name="x", review=True), replace(paper("9", name="y"), security="mat")
    waivers = (Waiver("mo-hinh/A", "MH-03", "lạc", "lan", MADE),)
    report = judge(state(*papers, doubtful, secret, unread=(ledger,), waivers=waivers), date(2024, 12, 1))
    open_ = [finding for finding in report.findings if finding.rule != "MH-03"]
    figures = figures_of(report)
    assert figures == DossierFigures(
        name="Camera an ninh", kind="mo-hinh", unit=report.unit, complete=False, score=report.score,
        errors=len([f for f in open_ if f.severity is Severity.ERROR]),
        warnings=len([f for f in open_ if f.severity is Severity.WARNING]),
        overdue=len([due for due in report.due if due.status is DueStatus.OVERDUE]),
        doubts=1, unread=1, secret=1, lacking=figures.lacking, rules=figures.rules,
    )  # fmt: skip
    assert figures.errors and figures.warnings and figures.overdue
    assert 1 in figures.lacking and not {2, 3, 6, 12} & set(figures.lacking)
    assert figures.rules["MH-01", "error", "1"] == 1 and sum(figures.rules.values()) == len(open_)
    assert titles_of(report)["mo-hinh", 4] == ItemTitle(
        "mo-hinh", "Hồ sơ mô hình", 4, "Chủ trương của cấp ủy về xây dựng mô hình"
    )


@pytest.mark.parametrize(
    ("complete", "overdue", "dossiers"), [((1, 1), (3, 0), (2, 1)), ((0, 0), (2, 2), (2, 1))]
)
def test_shares_and_not_counts_decide_between_equal_scores(
    complete: tuple[int, int], overdue: tuple[int, int], dossiers: tuple[int, int]
) -> None:
    one, other = (
        replace(total(name, []), dossiers=of, complete=whole_, overdue=late, score=50.0)
        for name, of, whole_, late in zip("ab", dossiers, complete, overdue, strict=True)
    )
    better = one if complete == (0, 0) else other
    assert ranked([one, other])[0].name == better.name


numbers = st.integers(0, 1000)
each = st.builds(
    DossierFigures, name=st.text(), kind=st.sampled_from(["mo-hinh", "dien-hinh"]),
    unit=st.sampled_from(["Xã A", "Xã B", "", "Xã C"]), complete=st.booleans(),
    score=st.integers(0, 1000).map(lambda tenths: tenths / 10), errors=numbers, warnings=numbers,
    overdue=numbers, doubts=numbers, unread=numbers, secret=numbers,
    lacking=st.lists(st.integers(1, 16), unique=True).map(tuple),
)  # fmt: skip


@given(st.lists(each, max_size=30))
def test_the_parts_together_are_the_whole(figures: list[DossierFigures]) -> None:
    found = totals("Kho", DAY, [(one.unit, one) for one in figures], [])
    for name in ("dossiers", "complete", "errors", "warnings", "overdue", "doubts", "unread", "secret"):
        assert sum(getattr(part, name) for part in found.parts) == getattr(found.whole, name)
    for key, count in found.whole.lacking.items():
        assert sum(part.lacking.get(key, 0) for part in found.parts) == count
    assert [part.rank for part in ranked(found.parts)] == [part.rank for part in found.parts]
