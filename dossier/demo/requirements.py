"""The documents that a dossier requires on a day, implemented a second time to check the program.

Written from Hướng dẫn 22/HD-BCA-V05 (III.1, III.2, III.3, IV.1, V.1, V.2) alone; nothing here comes from
the package that judges archives, so that an error in one shows against the other.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

ALWAYS = ("1", "2", "3", "4", "5", "6a", "6b", "6c", "7a", "7b", "8a")
ENDING_STEPS = ("assessment", "opinions", "decision", "notice")
VERDICT_STEPS = ("recognise", "end")
# The guidance replaced an earlier procedure and does not reach back: before it nothing is demanded.
SINCE = date(2022, 11, 18)


@dataclass(frozen=True, slots=True)
class SampleLife:
    """The facts the requirements depend on. ``founded`` counts for models only, ``planned`` (the
    earliest plan of part 3) and ``recognised`` for exemplars only."""

    kind: str
    founded: date | None = None
    ended: date | None = None
    linked: bool = False
    fund: bool = False
    pilot: bool = False
    planned: date | None = None
    recognised: date | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement: a part, or one period or step of it. ``any_step``: one of these steps is enough."""

    part: str
    period: str = ""
    step: str = ""
    any_step: tuple[str, ...] = ()
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A place that a document of the dossier fills."""

    part: str
    period: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing: ids of parts in checklist order; ``periods`` by part."""

    missing: tuple[str, ...] = ()
    warning_only: tuple[str, ...] = ()
    periods: dict[str, list[str]] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether no required document is missing; recommended ones may be."""
        return set(self.missing) <= set(self.warning_only)


def months_after(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _active(life: SampleLife, first: date, last: date) -> int:
    """Return the days of activity from ``first`` to ``last``, inclusive; the future counts as active."""
    assert life.founded is not None
    start = max(first, life.founded)
    end = min(last, life.ended) if life.ended else last
    return max(0, (end - start).days + 1)


def qualifies(life: SampleLife, year: int) -> bool:
    """Whether the model is ranked for evaluation year ``year`` (III.2.a: ten months of activity)."""
    assert life.founded is not None
    close = date(year, 10, 31)
    return months_after(life.founded, 10) <= close and (life.ended is None or life.ended >= close)


def needs(life: SampleLife, today: date) -> list[Need]:
    """Return all requirements of the dossier on ``today``, in checklist order."""
    return _exemplar_needs(life, today) if life.kind == "dien-hinh" else _model_needs(life, today)


def _exemplar_needs(life: SampleLife, today: date) -> list[Need]:
    old = life.planned is not None and life.planned < SINCE
    asked = [Need(part, warning=old) for part in ("1", "2", "3")]
    if life.planned is not None:
        last = months_after(life.planned, 12)
        if today > last >= SINCE and not (life.ended and life.ended <= last):
            # The year binds the assessment; the decision follows it, and is listed as “if any” (V.2).
            asked += [Need("4"), Need("5", any_step=VERDICT_STEPS, warning=True)]
    if life.recognised is not None:  # assessed again every year (IV.3)
        for year in range(life.recognised.year + 1, today.year + 1):
            close = date(year, 12, 31)
            if close >= SINCE and today >= close + timedelta(30) and not (life.ended and life.ended < close):
                asked.append(Need("4", str(year), warning=True))
    if life.ended is not None and life.ended <= today:
        asked.append(Need("5", step="notice", warning=True))
    return asked


def _model_needs(life: SampleLife, today: date) -> list[Need]:
    assert life.founded is not None
    years = range(life.founded.year, today.year + 1)
    ended = life.ended is not None and life.ended <= today
    asked = [Need(part, warning=life.founded < SINCE) for part in ALWAYS]
    if life.linked:
        asked.append(Need("7c", warning=life.founded < SINCE))
    if life.pilot:
        asked.append(Need("8b", warning=life.founded < SINCE))
    for year in years:
        asked += _recurring(life, year, today)
    if life.fund:
        asked.append(Need("12"))
    ranked = [y for y in years if qualifies(life, y)]
    reviewed = any(today >= date(y, 10, 31) for y in ranked)
    ranked_ever, ranked = ranked, [y for y in ranked if date(y, 10, 31) >= SINCE]
    if any(today >= date(y, 11, 10) for y in ranked_ever):
        asked.append(Need("11", warning=ended and life.ended < SINCE))  # type: ignore[operator]
    for year in ranked:
        if today >= date(year, 11, 5):
            asked.append(Need("13a", str(year)))
        if today >= date(year, 11, 10):
            asked.append(Need("13b", str(year)))
    if ended or any(_whole_year_reviewed(life, y, today) for y in years):
        mild = not (ended and reviewed) or life.ended < SINCE  # type: ignore[operator]
        asked += [Need("15a", warning=mild), Need("15b", warning=mild)]
    if ended:
        old = life.ended is not None and life.ended < SINCE
        asked += [Need("16c", step=step, warning=old) for step in ENDING_STEPS]
    return asked


def _recurring(life: SampleLife, year: int, today: date) -> list[Need]:
    """Return the requirements of one year: plan, half-year and yearly report (III.1.d and đ)."""
    assert life.founded is not None
    asked = []
    new_year, half, close = date(year, 1, 1), date(year, 6, 30), date(year, 10, 31)
    begun = max(new_year, life.founded)
    planned = _active(life, new_year, date(year, 12, 31)) >= 60 and begun >= SINCE
    if planned and today >= begun + timedelta(60):
        asked.append(Need("9", str(year)))
    # Who reports must still be there at the end of the period; a part of it is worth a reminder only.
    if _reports(life, half) and _active(life, new_year, half) >= 90 and today >= half + timedelta(15):
        asked.append(Need("10a", f"{year}-H1", warning=life.founded > new_year))
    lived = _reports(life, close) and _active(life, date(year - 1, 11, 1), close) >= 90
    if lived and today >= date(year, 11, 5):
        asked.append(Need("10b", str(year), warning=not qualifies(life, year)))
    return asked


def _reports(life: SampleLife, last: date) -> bool:
    return last >= SINCE and (life.ended is None or life.ended >= last)


def _whole_year_reviewed(life: SampleLife, year: int, today: date) -> bool:
    assert life.founded is not None
    close = date(year, 10, 31)
    return (
        life.founded <= date(year - 1, 11, 1)
        and (life.ended is None or life.ended >= close)
        and today >= close + timedelta(60)
    )


def meets(need: Need, held: Held) -> bool:
    """Whether a filled place meets a requirement."""
    return (
        held.part == need.part
        and (not need.period or held.period == need.period)
        and (not need.step or held.step == need.step)
        and (not need.any_step or held.step in need.any_step)
    )


def gaps(asked: Iterable[Need], held: Iterable[Held]) -> Gaps:
    """Return the unmet requirements."""
    places = list(held)
    open_needs = [need for need in asked if not any(meets(need, place) for place in places)]
    missing = tuple(dict.fromkeys(need.part for need in open_needs))
    mild = {need.part for need in open_needs if need.warning}
    hard = {need.part for need in open_needs if not need.warning}
    periods: dict[str, list[str]] = {}
    for need in open_needs:
        if need.period:
            periods.setdefault(need.part, []).append(need.period)
    return Gaps(_in_order(missing), _in_order(mild - hard), periods)


def _in_order(parts: Iterable[str]) -> tuple[str, ...]:
    """Sort parts by item number, then letter."""
    return tuple(sorted(parts, key=lambda part: (int(part.rstrip("abc")), part)))
