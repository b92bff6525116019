"""Edit distance, compared with its definition."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.edit_distance import distance

WORDS = st.text("abc", max_size=6)


def by_definition(one: str, other: str, *, swaps: bool) -> int:
    @cache
    def apart(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        ways = [apart(i - 1, j) + 1, apart(i, j - 1) + 1, apart(i - 1, j - 1) + (one[i - 1] != other[j - 1])]
        if swaps and i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
            ways.append(apart(i - 2, j - 2) + 1)
        return min(ways)

    return apart(len(one), len(other))


@given(WORDS, WORDS, st.integers(0, 7), st.booleans())
def test_distance_is_that_of_the_definition_up_to_its_limit(
    one: str, other: str, limit: int, swaps: bool
) -> None:
    assert distance(one, other, limit, swaps=swaps) == min(by_definition(one, other, swaps=swaps), limit + 1)


@pytest.mark.parametrize(("swaps", "apart"), [(False, 2), (True, 1)])
def test_two_letters_exchanged_are_one_change_only_where_swaps_count(swaps: bool, apart: int) -> None:
    assert distance("quyet", "queyt", 3, swaps=swaps) == apart
