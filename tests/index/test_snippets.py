"""The passage shown is the one a person would point at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dossier.index.query import parse
from dossier.index.snippets import WIDTH, marker, passage
from dossier.index.tree import All, leaves

DECISION = (
    "UBND XÃ QUẢNG LẬP\nSố: 446/QĐ-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Quảng Lập, ngày 14 tháng 11 năm 2025\nQUYẾT ĐỊNH\nVề việc thành lập mô hình tự quản “Chùa tinh tiến”\n"
    + "Điều khoản thi hành. "
    * 40
)


def shown(query: str, text: str) -> str:
    tree = parse(query).tree
    return passage(text, marker(leaves(tree), tree.boosts if isinstance(tree, All) else ())).html


def test_title_is_shown_instead_of_the_letterhead_that_has_the_words_too() -> None:
    found = shown("quyet dinh thanh lap", DECISION)
    assert "<mark>QUYẾT ĐỊNH</mark> Về việc <mark>thành lập</mark> mô hình tự quản" in found
    assert "CỘNG HÒA" not in found


def test_phrase_is_shown_from_its_own_beginning() -> None:
    text = DECISION.replace("Về việc thành lập", "Thành lập")
    found = shown("quyet dinh thanh lap", text)
    assert "<mark>QUYẾT ĐỊNH Thành lập</mark> mô hình tự quản" in found
    assert "CỘNG HÒA" not in found


def test_words_side_by_side_come_before_the_same_words_apart() -> None:
    text = "camera ở xã, an toàn, ninh " + "x " * 200 + "camera an ninh " + "y " * 200
    assert "<mark>camera an ninh</mark>" in shown("ninh an camera", text)


def test_passage_of_most_matches_is_shown_for_one_word() -> None:
    text = "kẻng " + "x " * 200 + "kẻng làng, kẻng xóm, kẻng chùa"
    assert shown("keng", text).count("<mark>") == 3


@given(st.lists(st.sampled_from(["an", "ninh", "Camera", "x", "—"]), max_size=300).map(" ".join))
def test_window_is_as_wide_as_promised_and_marks_whole_words(text: str) -> None:
    found = shown("camera an ninh", text)
    plain = found.replace("<mark>", "").replace("</mark>", "").strip("…")
    assert len(plain) <= WIDTH
    assert plain in " ".join(text.split())
