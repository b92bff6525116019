"""Decide on a value by the votes of the looks (:mod:`.looks`) and of the engine for printed text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

CLEAR = 0.93  # weight from which a value of the looks is sure
_LIKELY = 0.5  # weight from which it is sure if Tesseract reads the same value
_LOST = 0.35  # weight below which a single digit is a part of a two-digit value of other looks
LEGIBLE = 0.8  # below it, digits read by Tesseract alone are a guess
UNANIMOUS, AGREED = 0.97, 0.93  # confidence of a value read alike by all looks, or by two engines
_SEEN = 0.9  # weight from which what another recogniser sees is clear
_RATHER = 0.6  # weight from which what another recogniser sees is likely
_TOGETHER = 0.92  # chance from which what both see is sure
# See :func:`together`: the weight that everything has, of the looks and of the other recogniser; the power of
# the looks; the share of a part.
_FLOOR_LOOKS, _FLOOR_SEEN, _POWER, _PART = 0.03, 0.01, 0.8, 0.5
_ALONE = 0.8  # chance from which what is clear to the looks is sure
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


def confirmed(
    value: str, sure: float, seen: Mapping[str, float], looks: Mapping[str, float], printed: str = ""
) -> tuple[str, float]:
    """Return a value (digits) and its confidence beside what a recogniser of another kind saw.

    ``seen``: its values with their weights (0–1); ``looks``: those of the looks, parts of values too. Both
    together state a value; the looks alone do so where the other sees nothing else, or only a part of what
    the engine for printed text read too (``printed``): typed digits are print to it, which it leaves out.
    """
    if sum(seen.values()) < _LIKELY:
        return value, sure
    chances = together(looks, seen)
    best = max(chances, key=lambda each: chances[each], default="")
    alike = [each for each in (*seen, *looks) if _same(each, best)]
    whole = max(alike, key=lambda each: seen.get(each, 0.0), default=value)  # a zero that the looks lost
    if chances[best] >= _TOGETHER and _has_part(best, looks):
        return whole, max(sure, AGREED) if _same(best, value) else AGREED
    if sure < AGREED:
        return (
            (whole, min(chances[best], LEGIBLE)) if chances[best] >= _LIKELY or not value else (value, sure)
        )
    longer = sum(weight for each, weight in seen.items() if lost(value, each))
    other = max(seen, key=lambda each: seen[each])
    if printed and _same(printed, value) and lost(other, value) and longer < _LIKELY:
        return value, sure
    if not _same(other, value) and seen[other] >= _LIKELY:
        return whole, TORN
    if chances.get(value.lstrip("0"), 0.0) < _ALONE or longer >= _LIKELY:
        return whole, TORN
    return whole, sure


def together(looks: Mapping[str, float], seen: Mapping[str, float]) -> dict[str, float]:
    """Return how likely (0–1) values are by the looks and by another recogniser, both with their weights.

    The two err apart, so that the chances multiply; looks lose digits, and count in part for values that
    contain what they saw. A leading zero means nothing. The constants have the least error (mean logarithm)
    on pages with digits of MNIST.
    """
    own, others = _plain(looks), _plain(seen)
    scores = {"": _FLOOR_SEEN * _FLOOR_LOOKS**_POWER}
    for value in own.keys() | others.keys():
        parts = sum(weight for each, weight in own.items() if lost(each, value))
        looked = own.get(value, 0.0) + _PART * parts + _FLOOR_LOOKS
        scores[value] = (others.get(value, 0.0) + _FLOOR_SEEN) * looked**_POWER
    whole = sum(scores.values())
    return {value: score / whole for value, score in scores.items()}


def _plain(weights: Mapping[str, float]) -> dict[str, float]:
    return summed(weights, lambda value: value.lstrip("0"))


def backed(value: str, seen: Mapping[str, float], looks: Mapping[str, float]) -> bool:
    """Whether a recogniser of another kind clearly saw the value, or likely, and the looks nothing else but
    parts of it: ``seen`` and ``looks``, their values with weights (0–1)."""
    own = sum(weight for each, weight in seen.items() if _same(each, value))
    chance = together(looks, seen).get(value.lstrip("0"), 0.0) if _has_part(value, looks) else 0.0
    return own >= _SEEN or (own >= _RATHER and chance >= _TOGETHER)


def _has_part(value: str, looks: Mapping[str, float]) -> bool:
    """Whether the looks saw a value or a part of it."""
    return any(_same(each, value) or lost(each, value) for each in looks)


def filled(seen: Mapping[str, float]) -> bool:
    """Whether a recogniser of another kind saw something written: ``seen``, its values with weights (0–1)."""
    return sum(seen.values()) >= _LIKELY


def lost(part: str, whole: str) -> bool:
    """Whether a value may be what is left of a longer one: its digits stand there in this order."""
    rest = iter(whole.lstrip("0"))
    return 0 < len(part) < len(whole) and all(digit in rest for digit in part.lstrip("0"))


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
