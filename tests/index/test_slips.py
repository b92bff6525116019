"""Slips as typists make them are mended by the archive's own papers; what finds nothing is never offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import doc

from dossier.index import Index, new_index
from dossier.index.interface import Filters
from dossier.index.suggest import meant, without_keys

PAPERS = {
    "kh": "Kế hoạch khảo sát địa bàn xây dựng mô hình",
    "bc": "Báo cáo kết quả khảo sát; kho vật chứng, khách sạn",
    "qd": "Quyết định thành lập Ban Chỉ đạo, danh sách thành viên",
    "qc": "Quy chế hoạt động của Ban Chỉ đạo; cách sử dụng quỹ",
    "xl": "Đề nghị xếp loại mô hình camera an ninh năm 2024",
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, engine: str) -> Index:
    made = new_index(tmp_path_factory.mktemp("slips") / "i", engine)
    with made.writer() as writer:
        for name, abstract in PAPERS.items():
            writer.replace(name, [doc(name, dossier=name, abstract=abstract, body=abstract, dossier_name="")])
    return made


@pytest.mark.parametrize(("query", "better"), [
    ("ke hach kho sat", "ke hoach khao sat"),  # “kho” is written too, but not there
    ("ke6 hoac5h kha3o sa1t", "ke hoach khao sat"),
    ("ke61 hoach5 kha3o sat1", "ke hoach khao sat"),
    ("kees hoachj khaor sats", "ke hoach khao sat"),
    ("quyeets ddinhj thanhf laapj", "quyet dinh thanh lap"),
    ("Quyết định thanhf lập", "Quyết định thanh lập"),
    ("quyetdinh thanhlap", "quyet dinh thanh lap"),
    ("kehoachkhaosat", "ke hoach khao sat"),
    ("ke hoa ch khao sat", "ke hoach khao sat"),
    ("qyuet dinh thnah lap", "quyet dinh thanh lap"),
    ("bao coa ket qua", "bao cao ket qua"),
    ("de nghi xep laoij", "de nghi xep loai"),
    ("wuy che hoat dong", "quy che hoat dong"),
    ('"ke hach khao sat"', '"ke hoach khao sat"'),
    ("loai:qd danh sahc", "loai:qd danh sach"),
])  # fmt: skip
def test_slip_of_the_hands_is_mended_and_said(shelf: Index, query: str, better: str) -> None:
    found = shelf.search(query)
    assert (found.suggestion, found.corrected) == (better, True)
    assert found.hits


@pytest.mark.parametrize(
    "query", ["khao sat camera", "xyz abc def", '"kho sat"', "zxcv qwrt", "xep laoi khach san"]
)
def test_what_finds_nothing_is_never_what_was_meant(shelf: Index, query: str) -> None:
    found = shelf.search(query)
    assert not found.suggestion or shelf.search(found.suggestion).total
    assert not (found.corrected and not found.hits)


def test_only_papers_that_fit_the_filters_tell_what_was_meant(shelf: Index) -> None:
    assert shelf.search("ke hach kho sat", Filters(within=frozenset({"qd"}))).suggestion == ""
    assert shelf.search("danh sahc", Filters(within=frozenset({"qd"}))).suggestion == "danh sach"


@pytest.mark.parametrize(("typed", "word"), [
    ("hoac5h", "hoach"), ("d9inh5", "dinh"), ("quye61t", "quyet"), ("hoachj", "hoach"), ("ddoongj", "dong"),
    ("truwowngf", "truong"), ("quyeest", "quyet"), ("quyete", "quyet"), ("laapj", "lap"), ("dinhdj", "dinh"),
    ("dongd", "dong"), ("odng", ""), ("hoach", ""), ("khao", ""), ("2024", ""), ("", ""),
])  # fmt: skip
def test_keys_of_telex_and_vni_are_taken_out(typed: str, word: str) -> None:
    assert without_keys(typed) == word


def test_words_that_papers_have_stay_where_changing_the_others_finds_something(shelf: Index) -> None:
    assert shelf.search("thành viên danh thàh").suggestion == "thành viên danh thanh"


def test_a_word_with_keys_in_it_is_no_word_though_a_paper_has_it(tmp_path: Path, engine: str) -> None:
    made = new_index(tmp_path / "i", engine)
    with made.writer() as writer:
        writer.replace("garbage", [doc("garbage", abstract="chu3", body="chu3 1ich")])
        writer.replace("chairman", [doc("chairman", abstract="Kết luận của Chủ tịch", body="Kết luận.")])
    assert made.search("ke6t1 lua6n5 cua3 chu3 tich5").suggestion == "ket luan cua chu tich"


def test_a_dash_before_a_word_of_a_copied_title_leaves_nothing_out(tmp_path: Path, engine: str) -> None:
    made = new_index(tmp_path / "i", engine)
    with made.writer() as writer:
        writer.replace("a", [doc("a", abstract="Xây dựng cao tốc Nội Bài - Lào Cai đoạn qua xã", body="")])
    title = "xây dựng cao tốc Nội Bài -Lào Cai đoạn"
    found = made.search(title)
    assert [hit.path for hit in found.hits] == ["a"]
    assert found.corrected
    assert not made.search("cao tốc -Lào").hits


@pytest.mark.parametrize("typed", ["184/GP-BKHCN", "số 184/GP-BKHCN", "184 GP BKHCN", "184 / gp-bkhcn"])
def test_number_whose_digits_nobody_could_read_is_found_by_its_symbol(
    tmp_path: Path, engine: str, typed: str
) -> None:
    made = new_index(tmp_path / "i", engine)
    with made.writer() as writer:
        writer.replace("unread", [doc("unread", number_symbol="/GP-BKHCN", abstract="", body="")])
        writer.replace("other", [doc("other", number_symbol="22/HD-BCA-V05", abstract="", body="")])
    found = made.search(typed)
    assert [hit.path for hit in found.hits] == ["unread"]
    assert found.corrected


@settings(max_examples=60, deadline=None)
@given(st.text("abcdeghiklmnopqrstuvwxyz0123456789", max_size=40))
def test_any_word_may_be_typed(typed: str) -> None:
    known = {"ke": 3, "hoach": 2, "khao": 1, "sat": 1}
    for way, size in meant(typed, known):
        assert size >= 0
        assert all(word in known for word in way)
