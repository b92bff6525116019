"""Numbers in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.papers.wording import number_in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1021, "một nghìn không trăm hai mươi mốt"),
        (2_000_000, "hai triệu"),
        (1_000_010, "một triệu không trăm mười"),
        (3_405_201, "ba triệu bốn trăm linh năm nghìn hai trăm linh một"),
        (10**9, "một tỷ"),
    ],
)
def test_number_is_said_as_people_say_it(number: int, words: str) -> None:
    assert number_in_words(number) == words


@given(st.integers(0, 10**12 - 1), st.integers(0, 10**12 - 1))
def test_two_numbers_never_sound_alike(one: int, other: int) -> None:
    assert (number_in_words(one) == number_in_words(other)) == (one == other)


@pytest.mark.parametrize("number", [-1, 10**12])
def test_number_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="range"):
        number_in_words(number)
