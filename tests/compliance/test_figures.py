"""Totals of units: sums, ranks, and one unit under several spellings."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.compliance.figures import ranked, total, totals
from dossier.model.figures import DossierFigures, ItemTitle

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
