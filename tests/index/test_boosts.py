"""Of all that has the words, what they probably mean stands first."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import doc, paths

from dossier.index import Index, new_index
from dossier.index.query import boosts_of, parse
from dossier.index.tree import DateSpan, Term


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("bao cao 2025", [("type", "bao-cao"), ("2025-00-00", "2025-12-31")]),
        ("qd 12", [("type", "quyet-dinh")]),
        ("giấy mời họp", [("type", "giay-moi")]),
        ("thang 11 nam 2025", [("2025-11-00", "2025-11-31")]),
        ("ngày 5 tháng 3 năm 2023", [("2023-03-05", "2023-03-05")]),
        ("ngay 45 thang 13 nam 2023", [("2023-00-00", "2023-12-31")]),
        ("muc 06 camera", [("items", "6")]),
        ("so thu chi", []),  # “sổ” is a type, but as a syllable a word like others
        ("camera an ninh", []),
    ],
)
def test_words_mean_a_type_a_time_or_an_item(query: str, meant: list[tuple[str, str]]) -> None:
    found = list(boosts_of(parse(query).tree.boosts[0].folded))  # type: ignore[union-attr]
    told = [
        (boost.field, boost.value) if isinstance(boost, Term) else (boost.first, boost.last)
        for boost in found
        if isinstance(boost, Term | DateSpan)
    ]
    assert sorted(told) == sorted(meant)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, engine: str) -> Index:
    """A list under its decision's number and date, a plan of the year, and papers that mention both."""
    made = new_index(tmp_path_factory.mktemp("meant") / "i", engine)
    common = {"dossier_name": "Camera", "signer": ""}
    decision = {"number_symbol": "359/QĐ-UBND", "dated": "2026-09-13"}
    with made.writer() as writer:
        for name, fields in {
            "list": decision | {"type": "danh-sach", "abstract": "Danh sách", "body": "theo quyết định"},
            "decision": decision
            | {"type": "quyet-dinh", "abstract": "Thành lập", "body": "danh sách, năm 2026"},
            "plan": {
                "type": "ke-hoach", "number_symbol": "35/KH-BCĐ", "dated": "2025-01-02",
                "abstract": "Kế hoạch năm 2026", "body": "thực hiện quyết định 13/09/2026",
            },
        }.items():  # fmt: skip
            writer.replace(name, [doc(name, **common, **fields)])
    return made


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("359", "decision"),
        ("359/qđ", "decision"),
        ("so:359", "decision"),
        ("số 359", "decision"),
        ("quyet dinh nam 2026", "decision"),
        ("13/09/2026", "decision"),
        ("13-9-2026", "decision"),
        ("9/2026", "decision"),
        ("danh sach", "list"),
        ("2026 ke hoach", "plan"),
    ],
)
def test_what_is_meant_stands_first(shelf: Index, query: str, first: str) -> None:
    assert paths(shelf, query)[0] == first


@pytest.mark.parametrize(
    "query", ["loai:qd", "ngay:2020..", "*", "loai:qd -kẻng", "nam:2023 HOẶC nam:2024 HOẶC nam:2022"]
)
def test_newest_of_what_conditions_alone_find_stands_first(tmp_path: Path, engine: str, query: str) -> None:
    made = new_index(tmp_path / "i", engine)
    with made.writer() as writer:
        for year in (2023, 2024, 2022):
            writer.replace(str(year), [doc(str(year), dated=f"{year}-01-01")])
    assert paths(made, query) == ["2024", "2023", "2022"]


@pytest.mark.parametrize(
    "query", ["359/QD-UBMD", "3S9/QĐ-UBND", "359QĐUBND", "359qdubnd", "so:3s9/qd-ubnd", "O359/QĐ-UBND"]
)
def test_number_with_misread_letters_is_answered_and_told(shelf: Index, query: str) -> None:
    found = shelf.search(query)
    assert (found.hits[0].path, found.corrected, "359/QĐ-UBND" in found.suggestion) == (
        "decision",
        True,
        True,
    )


def test_word_that_begins_with_a_letter_like_a_digit_is_no_number(tmp_path: Path, engine: str) -> None:
    made = new_index(tmp_path / "i", engine)
    with made.writer() as writer:
        writer.replace("a", [doc("a", number_symbol="1/BB-HOP")])
    assert "1/BB" not in made.search("bbhop").suggestion
