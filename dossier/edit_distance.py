"""How many letters apart two words are."""

from __future__ import annotations


def distance(one: str, other: str, limit: int, *, swaps: bool = False) -> int:
    """Edit distance: insertions, deletions and changes of a letter, and with ``swaps`` exchanges of two
    neighbouring ones. ``limit`` + 1 when it is greater than ``limit``."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row, before = before, [i], row
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if swaps and i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
