"""Search finds what people look for, however they type it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import A, B, doc, paths

from dossier.index import Filters, Index, NewIndex, SearchOptions, Sort
from dossier.index.fields import ALIASES
from dossier.index.query import MAX_WORDS, number_tokens, parse
from dossier.index.tree import All, Either, Node, Not, Words


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
        (Filters(within=frozenset({"mo-hinh/A", "mo-hinh"})), [A]),
        (Filters(within=frozenset()), []),
    ],
)
def test_filter_keeps(index: Index, filters: Filters, found: list[str]) -> None:
    assert paths(index, "ninh", filters) == found


def test_dates_sort_newest_first(index: Index) -> None:
    assert paths(index, "ninh", options=SearchOptions(Sort.DATE)) == [A, B]


def test_numbers_sort_by_their_digits(index: Index) -> None:
    assert paths(index, "ninh", options=SearchOptions(Sort.NUMBER)) == [B, A]


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


_WORD = st.sampled_from(
    ["camera", "Kẻng", "an", "ninh", "12/QĐ-UBND", "05/03/2023", "2021", "à", "x_y", "-", "·"]
)
_FIELD = st.sampled_from([*(f"{name}:" for name in (*ALIASES, "khongco", "")), "", "", ""])
_PIECE = st.one_of(
    st.builds("{}{}".format, _FIELD, _WORD),
    st.builds('{}"{} {}"'.format, _FIELD, _WORD, _WORD),
    st.builds("{}{}*".format, _FIELD, _WORD),
    st.builds("{}{}..{}".format, _FIELD, _WORD, _WORD),
    st.sampled_from(
        ["OR", "HOẶC", "AND", "VÀ", "NOT", "KHÔNG", "(", ")", "[", "]", "{", "}", '"', "-", "*", "TO"]
    ),
)


@settings(deadline=None)
@given(st.lists(_PIECE, max_size=10), st.sampled_from(["", " "]))
def test_whatever_is_made_of_the_query_language_gets_an_answer(
    index: Index, pieces: list[str], between: str
) -> None:
    found = index.search(between.join(pieces), options=SearchOptions(facets=True))
    assert 0 <= len(found.hits) <= found.total <= 2


@given(st.lists(_WORD.filter(lambda word: word not in "-·"), min_size=1, max_size=6, unique=True))
def test_plain_words_mean_what_the_parser_makes_of_them(words: list[str]) -> None:
    assert parse(" ".join(words)).tree == parse(f"({' '.join(words)})").tree


def test_operator_in_quotes_is_a_word(made: NewIndex) -> None:
    with made.writer() as writer:
        writer.replace("a", [doc("a", body="có hoặc không có")])
        writer.replace("b", [doc("b", body="không có")])
    assert paths(made, '"có HOẶC KHÔNG có"') == ["a"]


def test_unit_of_several_words_is_found_in_quotes(made: NewIndex) -> None:
    with made.writer() as writer:
        writer.replace("a", [doc("a", unit="Phường Phú Thủy")])
        writer.replace("b", [doc("b", unit="Phường Phú Tài")])
    assert paths(made, 'donvi:"phu thuy"') == ["a"]


def test_facets_count_every_match_not_only_those_shown(index: Index) -> None:
    found = index.search("ninh", options=SearchOptions(limit=1, facets=True))
    assert (found.total, len(found.hits)) == (2, 1)
    assert found.facets["year"] == (("2023", 1), ("2021", 1))
    assert dict(found.facets["type"]) == {"quyet-dinh": 1, "ke-hoach": 1}
    assert dict(found.facets["item"]) == {"6": 1, "3": 1}


def test_facets_are_not_counted_unasked(index: Index) -> None:
    assert index.search("ninh").facets == {}


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


@pytest.mark.parametrize(
    ("asked", "found"),
    [("ngay:2024-12", ["a", "b"]), ("ngay:2024", ["a", "b", "c"]), ("nam:2024", ["a", "b", "c"]),
     ("ngay:2024-12-05", ["a"]), ("ngay:2024-11", []), ("ngay:2024-06..2024-12", ["a", "b"])],
)  # fmt: skip
def test_a_date_known_in_part_is_found_by_what_is_known(made: NewIndex, asked: str, found: list[str]) -> None:
    with made.writer() as writer:
        for path, dated in (("a", "2024-12-05"), ("b", "2024-12"), ("c", "2024"), ("d", "")):
            writer.replace(path, [doc(path, dated=dated)])
    results = made.search(asked)
    assert sorted(hit.path for hit in results.hits) == found
    assert all(hit.date == {"a": "2024-12-05", "b": "2024-12", "c": "2024"}[hit.path] for hit in results.hits)


@pytest.mark.parametrize(
    "asked",
    ["loại:quyết định", "loai:quyết định thành lập", "Loại văn bản: Quyết định", 'loai:"quyết định"',
     "hồ sơ:camera", "hồ sơ: camera an ninh", "mục:6a", "mục: mục 6", "muc:MH-6", "loại hồ sơ:MH",
     "thành lập loại:quyết định năm:2023", "người ký:An"],
)  # fmt: skip
def test_fields_and_values_of_several_words_are_understood(index: Index, asked: str) -> None:
    found = index.search(asked, Filters())
    assert (found.notes, [hit.path for hit in found.hits][:1]) == ((), [A])


def test_conditions_alone_are_a_search(index: Index) -> None:
    assert [hit.path for hit in index.search("", Filters(item="mục 6a")).hits] == [A]
    assert [hit.path for hit in index.search("", Filters(kind="mô hình", type="Quyết định")).hits] == [A]


def test_slip_among_other_words_is_mended(index: Index) -> None:
    found = index.search("quyt dinh thanh lap mo hinh", Filters())
    assert (found.suggestion, found.corrected) == ("quyet dinh thanh lap mo hinh", True)
    assert "quyt dinh" in found.notes[-1]


def test_hit_names_its_dossier_and_parts(index: Index) -> None:
    hit = index.search("loại:quyết định", Filters()).hits[0]
    assert (hit.dossier_name, hit.kind, hit.parts) == ("Camera an ninh", "mo-hinh", ("6a",))


def test_hit_names_all_parts_of_a_paper_of_several_items(made: NewIndex) -> None:
    cases = {
        "khao-sat.pdf": ((2, 3), ("2", "3")),
        "ca-hai.pdf": ((3, 6, 6), ("3", "6a", "6b")),
        "mot.pdf": ((9,), ("9",)),
    }
    with made.writer() as writer:
        for path, (items, parts) in cases.items():
            writer.replace(path, [doc(path, items=items, parts=parts)])
    found = {hit.path: hit.parts for hit in made.search("camera an ninh", Filters()).hits}
    assert found == {path: parts for path, (_items, parts) in cases.items()}


def words_of(node: Node | None) -> int:
    """How many words a query's tree asks for."""
    match node:
        case Words():
            return len(node.folded)
        case All(of) | Either(of):
            return sum(map(words_of, of))
        case Not(what):
            return words_of(what)
        case _:
            return 0


@pytest.mark.parametrize("between", [" ", " OR ", " -", '" "'])
def test_a_query_of_hundreds_of_words_is_cut_and_says_so(between: str) -> None:
    words = [f"t{first}{second}" for first in "abcdefghijklmnop" for second in "abcdefghijklm"]
    query = parse('"' * ('"' in between) + between.join(words) + '"' * ('"' in between))
    assert words_of(query.tree) == MAX_WORDS
    assert any(str(MAX_WORDS) in note for note in query.notes)


@pytest.mark.parametrize(
    ("number", "pieces"),
    [("05-NQ/ĐU", ["5", "nq", "du"]), ("5/NQ-ĐU", ["5", "nq", "du"]), ("0/QĐ", ["0", "qd"]), ("007", ["7"])],
)
def test_leading_zeros_of_a_number_do_not_count(number: str, pieces: list[str]) -> None:
    assert number_tokens(number) == pieces
