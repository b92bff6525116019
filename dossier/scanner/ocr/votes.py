"""Decide on a value by the votes of the looks (:mod:`.looks`) and of the engine for printed text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

CLEAR = 0.93  # weight from which a value of the looks is sure
_LIKELY = 0.5  # weight from which it is sure if Tesseract reads the same value
_LOST = 0.35  # weight below which a single digit is a part of a two-digit value of other looks
LEGIBLE = 0.8  # below it, digits read by Tesseract alone are a guess
UNANIMOUS, AGREED = 0.97, 0.93  # confidence of a value read alike by all looks, or by two engines
_CONFIRMS = 0.7  # weight from which what another recogniser sees makes the same value sure
_SEEN = 0.9  # weight from which what another recogniser sees comes before what is not sure
_CLEARLY_SEEN = 0.95  # weight from which it is sure if the looks saw some of its digits
_UNSEEN = 0.1  # weight below which it saw other digits only
TORN = 0.6  # confidence of what two recognisers read differently
ENOUGH = 0.7  # fraction of the looks that must find the line


def decided(votes: Mapping[str, float], found: float, printed: str, sure: float) -> tuple[str, float]:
    """Return the likeliest value and its confidence.

    ``votes``: weight (0–1) of each value; ``found``: fraction of looks that found the line; ``printed`` and
    ``sure``: value and confidence of Tesseract.
    """
    if not votes:
        return printed, sure
    best, weight = max(votes.items(), key=lambda vote: vote[1])
    if len(best) == 1 and any(best in other for other in votes if len(other) > 1):
        return best, min(weight, LEGIBLE)  # both engines may have lost the other digit
    if printed and _same(printed, best) and weight >= _LIKELY:
        return best, max(AGREED, min(weight, UNANIMOUS))
    if weight < CLEAR or found < ENOUGH:
        return best, min(weight, LEGIBLE)
    if sure >= LEGIBLE and not _lost_one(printed, best):
        return best, 0.5
    return best, UNANIMOUS


def confirmed(value: str, sure: float, seen: Mapping[str, float]) -> tuple[str, float]:
    """Return a value and its confidence beside what a recogniser of another kind saw: its values with their
    weights (0–1). Without a clear value of its own it says nothing, unless it sees only others."""
    best = max(seen, key=lambda each: seen[each], default="")
    if not best or seen[best] < _LIKELY:
        unseen = sum(seen.values()) >= _LIKELY and _weight(value, seen) < _UNSEEN
        return value, min(sure, TORN) if unseen else sure
    if _same(best, value):
        whole = max(value, best, key=len)  # with the zero that the looks lost
        if sure >= _LIKELY:
            return whole, max(sure, AGREED) if seen[best] >= _CONFIRMS else sure
        return whole, min(seen[best], LEGIBLE)
    if value and seen[best] >= _CLEARLY_SEEN and len(value) < len(best) and _in_order(value, best):
        return best, AGREED  # the looks lost digits
    if sure < AGREED and seen[best] >= _SEEN:
        return best, LEGIBLE
    return value, min(sure, TORN)


def backed(value: str, seen: Mapping[str, float]) -> bool:
    """Whether a recogniser of another kind clearly saw the value: ``seen``, its values with weights (0–1)."""
    return _weight(value, seen) >= _SEEN


def _weight(value: str, seen: Mapping[str, float]) -> float:
    return sum(weight for each, weight in seen.items() if _same(each, value))


def clear(seen: Mapping[str, float]) -> bool:
    """Whether one value outweighs all others by far."""
    return max(seen.values(), default=0.0) >= _SEEN


def _in_order(part: str, whole: str) -> bool:
    """Whether the digits of a part stand in the whole in this order."""
    rest = iter(whole)
    return all(digit in rest for digit in part)


def _lost_one(printed: str, best: str) -> bool:
    """Whether Tesseract read one digit of a two-digit day."""
    day = printed[-2:].lstrip("0")
    return len(best) == len("2025-02-05") and len(day) == 1 and day in best[-2:] and best[-2] != "0"


def _same(one: str, other: str) -> bool:
    return one.lstrip("0") == other.lstrip("0")


def summed(weights: Mapping[str, float], meant: Callable[[str], str]) -> dict[str, float]:
    """Return the weights of what the values mean: 2 and 02 are one month."""
    sums: dict[str, float] = defaultdict(float)
    for value, weight in weights.items():
        sums[meant(value)] += weight
    return dict(sums)


def likeliest(votes: Mapping[str, float]) -> list[str]:
    """Return the values, the likeliest first."""
    return sorted(votes, key=lambda value: -votes[value])


def joined(weights: Mapping[str, float]) -> dict[str, float]:
    """Return the weights with those of single digits that few looks saw added to the values of two digits of
    other looks that contain them."""
    known = dict(weights)
    for digit, weight in weights.items():
        whole = {value: known[value] for value in known if len(value) == 2 and digit in value}
        if len(digit) == 1 and whole and weight < _LOST:
            share = weight / sum(whole.values())
            known |= {value: own * (1 + share) for value, own in whole.items()}
            del known[digit]
    return known
