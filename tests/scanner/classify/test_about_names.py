"""Names of other models that stand in titles without quotation marks."""

from __future__ import annotations

import pytest

from dossier.scanner.classify.about import KindWords, Names, Tie, Title, movement, named_after, tie
from dossier.vietnamese import words

MOVEMENT = movement("an ninh trật tự | tự quản | tội phạm")
UNNAMED = movement("điển hình | năm | tại | của | trên | thôn | tự quản")
OWN = Names(("tuyen duong camera an ninh",))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Thực hiện mô hình Nhà sạch vườn đẹp tại thôn Đoài", "nha sach vuon dep"),
        ("Xây dựng mô hình năm 2024", ""),
        ("Ra mắt mô hình", ""),
        ("Kết quả mô hình điểm năm 2025", ""),
        ("Kế hoạch phòng, chống dịch bệnh", ""),
    ],
)
def test_what_follows_the_word_for_the_kind_is_a_name_up_to_a_place_or_time(title: str, name: str) -> None:
    assert named_after(title, "mo hinh", UNNAMED) == name


@pytest.mark.parametrize(
    ("title", "body", "told"),
    [
        ("Triển khai mô hình trồng dưa lưới nhà màng", " giong cay ", Tie.NONE),
        ("Triển khai mô hình trồng dưa lưới nhà màng", " giu vung an ninh trat tu ", Tie.NONE),
        ("Triển khai mô hình cổng rào an ninh trật tự", " ", Tie.MOVEMENT),
        ("Triển khai mô hình năm 2024", " ", Tie.MOVEMENT),
    ],
)
def test_a_title_that_names_another_model_is_at_most_a_question(title: str, body: str, told: Tie) -> None:
    fields = {"abstract": f" {words(title)} ", "body": body}
    found = tie(fields, Title(title), OWN, KindWords("mo hinh", MOVEMENT, unnamed=UNNAMED))
    assert found is told


@pytest.mark.parametrize(
    ("name", "said", "same"),
    [
        ("Ánh sáng an ninh thôn Đông", "Ánh sáng an ninh thôn Đoài", False),
        ("Tuyến đường camera an ninh khu phố 3", "Tuyến đường camera an ninh khu phố 5", False),
        ("Tuyến đường camera an ninh khu phố 3", "Tuyến đường camera an ninh khu phố 3 và khu phố 5", True),
        ("Tuyến đường camera an ninh khu phố 3", "Tuyến đường camera an ninh phường Tân An", True),
        ("Ánh sáng an ninh thôn Đông", "Ánh sáng an ninh năm 2024", True),
    ],
)
def test_a_long_name_is_not_its_first_words_with_another_units_name(name: str, said: str, same: bool) -> None:
    assert Names((words(name),)).among(words(said)) is same
    assert Names((words(name),)).are_in(f" ket qua {words(said)} ") is same
