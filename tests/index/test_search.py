"""Search finds what people look for, however they type it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import A, B, doc, paths

from dossier.index import Filters, Index, NewIndex, Sort


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("thành lập", [A]),
        ("thanh lap mo hinh", [A]),
        ("THÀNH LẬP", [A]),
        ("hòa giải", [A]),
        ("hoà giải", [A]),
        ("22/HD-BCA-V05", [A]),
        ("22 HD BCA", [A]),
        ("22/hd-bca-v05", [A]),
        ("so:22", [A]),
        ("5-NQ/ĐU", [B]),
        ('"kẻng an ninh"', [B]),
        ('"an ninh kẻng"', []),
        ("bồi*", [B]),
        ("camera OR kẻng", [A, B]),
        ("camera HOẶC kẻng", [A, B]),
        ("ninh -kẻng", [A]),
        ("ninh KHÔNG kẻng", [A]),
        ("loai:kh", [B]),
        ("nam:2021", [B]),
        ("ngay:2022-01..2023-06", [A]),
        ("muc:6", [A]),
        ("hoso:camera", [A]),
        ("coquan:đảng", [B]),
        ("nguoiky:binh", [B]),
        ("trichyeu:dien", [B]),
    ],
)
def test_query_finds(index: Index, query: str, found: list[str]) -> None:
    assert sorted(paths(index, query)) == sorted(found)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(kind="mo-hinh"), [A]),
        (Filters(type="ke-hoach"), [B]),
        (Filters(item=6), [A]),
        (Filters(dossier="mo-hinh/A"), [A]),
        (Filters(dossier="camera an ninh"), [A]),
        (Filters(date_from=date(2022, 1, 1)), [A]),
        (Filters(date_to=date(2022, 1, 1)), [B]),
    ],
)
def test_filter_keeps(index: Index, filters: Filters, found: list[str]) -> None:
    assert paths(index, "ninh", filters) == found


def test_dates_sort_newest_first(index: Index) -> None:
    assert paths(index, "ninh", sort=Sort.DATE) == [A, B]


def test_numbers_sort_by_their_digits(index: Index) -> None:
    assert paths(index, "ninh", sort=Sort.NUMBER) == [B, A]


def test_exact_diacritics_rank_first(made: NewIndex) -> None:
    with made.writer() as writer:
        writer.replace("a", [doc("a", abstract="", body="bạn của tôi")])
        writer.replace("b", [doc("b", abstract="", body="bán của tôi")])
    assert paths(made, "bán của")[0] == "b"
    assert len(paths(made, "ban của")) == 2


def test_snippet_marks_accented_words_for_a_plain_query(index: Index) -> None:
    (hit,) = index.search("thanh vien").hits
    assert "<mark>thành viên</mark>" in hit.snippet


def test_markup_in_a_document_is_escaped(made: NewIndex) -> None:
    with made.writer() as writer:
        writer.replace("a", [doc("a", body="<script>alert(1)</script> thử & xem")])
    (hit,) = made.search("script").hits
    assert "<script>" not in hit.snippet
    assert "&lt;<mark>script</mark>&gt;" in hit.snippet


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "*",
        '"',
        '"mở ngoặc',
        "a" * 10_000,
        "AND OR NOT",
        "((((",
        "khong_co_truong:x",
        "so:",
        "-",
        "-a",
        "\x00\x07",
        "ngay:hôm qua",
        "[TO]",
        "a:b:c",
        "(a+)+$",
        "x" * 300 + "*",
        "🙂",
        "\ud800",
    ],
)
def test_odd_query_gets_an_answer(index: Index, query: str) -> None:
    assert index.search(query).total >= 0


def test_unbalanced_quote_is_told(index: Index) -> None:
    found = index.search('"thanh lap')
    assert found.notes
    assert found.total == 1


@settings(deadline=None)
@given(st.text(max_size=60))
def test_search_never_raises(index: Index, query: str) -> None:
    index.search(query)


def test_raised_digit_is_part_of_its_word(made: NewIndex) -> None:
    with made.writer() as writer:
        writer.replace("a", [doc("a", body="diện tích 45 km² có 5 thôn")])
    (hit,) = made.search('"dien tich 45 km² co"').hits
    assert "<mark>diện tích 45 km² có</mark>" in hit.snippet


def test_space_left_out_is_put_back(index: Index) -> None:
    found = index.search("thanhlap", Filters())
    assert (found.suggestion, found.corrected, [hit.path for hit in found.hits]) == ("thanh lap", True, [A])


@pytest.mark.parametrize("query", ["xyzxyz", "qwrtpsdf"])
def test_word_that_is_far_from_all_others_is_not_replaced(index: Index, query: str) -> None:
    found = index.search(query, Filters())
    assert (found.suggestion or "", found.hits) == ("", ())
