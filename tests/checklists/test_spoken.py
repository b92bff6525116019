"""Kinds, items, parts and rules as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.checklists import load
from dossier.checklists.spoken import item_named, kind_named, kinds_like, places_said, rule_named

MODEL = load()["mo-hinh"]


@pytest.mark.parametrize(
    ("said", "kind"),
    [("mô hình", "mo-hinh"), ("Mô Hình", "mo-hinh"), ("MH", "mo-hinh"), ("mohinh", "mo-hinh"),
     ("mo-hinh", "mo-hinh"), ("các mô hình", "mo-hinh"), ("hồ sơ mô hình", "mo-hinh"),
     ("điển hình", "dien-hinh"), ("ĐH", "dien-hinh"), ("DHTT", None), ("x", None), ("", None)],
)  # fmt: skip
def test_kinds(said: str, kind: str | None) -> None:
    assert kind_named(load(), said) == kind


def test_kinds_that_may_be_meant_are_told_in_words() -> None:
    assert kinds_like(load(), "mô hin") == ["mô hình"]
    assert kinds_like(load(), "???") == ["mô hình", "điển hình"]


@pytest.mark.parametrize(
    ("said", "item"),
    [("6a", "6a"), ("6 A", "6a"), ("06a", "6a"), ("mục 6", "6"), ("muc 6a", "6a"), ("MH-6", "6"),
     ("mh 06", "6"), ("thành phần 16c", "16c"), ("0", None), ("123", None), ("a6", None), ("", None)],
)  # fmt: skip
def test_items(said: str, item: str | None) -> None:
    assert item_named(said) == item


@pytest.mark.parametrize(
    ("said", "rule"),
    [("MH-6", "MH-06"), ("mh6", "MH-06"), ("MH 06", "MH-06"), ("mat1", "MAT-01"), ("th-22", "TH-22"),
     ("XX", "XX"), (" tv-01 ", "TV-01")],
)  # fmt: skip
def test_rules(said: str, rule: str) -> None:
    assert rule_named(said) == rule


@pytest.mark.parametrize(
    ("said", "places"),
    [
        (["6a"], ["6a"]), (["mục", "6a"], ["6a"]), (["mục 6a"], ["6a"]), (["6a,", "6c"], ["6a", "6c"]),
        (["6a và mục 7b"], ["6a", "7b"]), (["MH-6"], ["6"]), (["10a:2024-H1"], ["10a:2024-H1"]),
        (["10a 6 tháng đầu năm 2024"], ["10a:2024-H1"]), (["13a năm 2025"], ["13a:2025"]),
        (["10a:2024-H2"], ["10a:2024-H2"]), (["10a 6 tháng cuối năm 2024"], ["10a:2024-H2"]),
        (["16c.notice"], ["16c.notice"]), (["16c.thông báo"], ["16c.notice"]), (["none"], []),
        (["không"], []), (["Không thuộc mục nào"], []), (["6a", "6a"], ["6a"]),
        (["quyết định thành lập mô hình"], ["6a"]), (["abc"], None), (["2.1"], None), ([""], None),
        (["6a không"], None),
    ],
)  # fmt: skip
def test_places(said: list[str], places: list[str] | None) -> None:
    assert places_said(MODEL, said) == places


@given(st.lists(st.text(max_size=12), max_size=4))
def test_nothing_typed_breaks_the_reading_of_places(said: list[str]) -> None:
    places = places_said(MODEL, said)
    assert places is None or all(place[0].isdigit() for place in places)


@given(st.sampled_from([part.id for item in MODEL.items for part in item.parts]))
def test_a_part_as_it_is_written_is_itself(part: str) -> None:
    assert places_said(MODEL, [part]) == [part]
