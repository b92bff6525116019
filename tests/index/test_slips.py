"""Slips as typists make them are mended by the archive's own papers; what finds nothing is never offered."""

from __future__ import annotations

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
    ("hoach", ""), ("khao", ""), ("2024", ""), ("", ""),
])  # fmt: skip
def test_keys_of_telex_and_vni_are_taken_out(typed: str, word: str) -> None:
    assert without_keys(typed) == word


@settings(max_examples=60, deadline=None)
@given(st.text("abcdeghiklmnopqrstuvwxyz0123456789", max_size=40))
def test_any_word_may_be_typed(typed: str) -> None:
    known = {"ke": 3, "hoach": 2, "khao": 1, "sat": 1}
    for way, size in meant(typed, known):
        assert size >= 0
        assert all(word in known for word in way)
