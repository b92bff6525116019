"""Retention: how long a dossier is kept, when it is handed over, and when it may be appraised. Pure.

Nothing here approves destruction: a dossier may at most be submitted to the appraisal council, and only if
every applicable row was verified by the agency. Periods run from the end of the year in which
the work ended (Thông tư 10/2022/TT-BNV, secondary).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from dossier.checklists.days_off import cited, end_of_term, latest_end
from dossier.checklists.duties import day_before
from dossier.checklists.retention import Pack, RetentionPacks, RetentionRow
from dossier.checklists.schema import Checklist
from dossier.compliance import periods
from dossier.compliance.case import Placed
from dossier.compliance.deadlines import due_status
from dossier.compliance.periods import span
from dossier.i18n import _
from dossier.model import (
    Document,
    DossierState,
    Due,
    DueStatus,
    Facts,
    HandoverLimit,
    KeptFor,
    Retention,
)
from dossier.vietnamese import words

_PERMANENT = "permanent"
_FOREVER = 10**6  # years: longer than any row may say


def retention(
    state: DossierState,
    placed: Placed,
    checklist: Checklist,
    facts: Facts,
    packs: RetentionPacks,
    today: date,
) -> Retention:
    """Return a dossier's retention by the pack in force when the work ended, or today while it is open."""
    ended = span(facts["ended"].value)
    end = ended[1] if ended and ended[1] <= today else None
    handed = span(facts["handed_over"].value)
    pack = packs.choose(str(facts["led_by"].value), end or today, electronic=bool(facts["electronic"].value))
    hold = str(facts["hold"].value or "")
    if pack is None:
        said = _("chưa có gói quy định cho ngày {day:%d/%m/%Y}").format(day=end or today)
        return Retention("", said, "", hold=hold)
    reasons = _reasons(placed, checklist, facts, pack, packs, end or today)
    limits = _limits(pack, packs.follow, end, handed[1] if handed else None)
    longest = reasons[0] if reasons else None
    clock = date(end.year, 12, 31) if end else None
    expires = None
    if longest is not None and longest.period != _PERMANENT and clock is not None:
        expires = _years_on(clock, int(longest.period.split()[0]))
    verified = bool(reasons) and all(reason.verified for reason in reasons)
    known = not state.unread and not any(document.review for document in state.documents)
    known = known and not any(left.unseen for left in state.ignored)
    return Retention(
        pack.id,
        pack.said,
        pack.citation,
        period=longest.period if longest else None,
        verified=verified,
        handover_due=next((limit.day for limit in limits if limit.drives), None),
        expires=expires,
        period_title=longest.period_title if longest else "",
        clock=clock,
        reasons=reasons,
        limits=limits,
        # An unread or unplaced document may be one to be kept permanently.
        review=bool(expires and expires < today and verified and known and not hold),
        hold=hold,
    )


def due(state: DossierState, facts: Facts, of: Retention, today: date, due_days: int) -> Iterator[Due]:
    """Yield the hand-over as a duty, if a limit applies."""
    driving = next((limit for limit in of.limits if limit.drives), None)
    if driving is None or driving.day is None:
        return
    done = span(facts["handed_over"].value)
    if done:
        status = DueStatus.LATE if done[0] > (driving.latest or driving.day) else DueStatus.ON_TIME
    else:
        status = due_status(driving.day, today, due_days, driving.latest)
    what = _("Nộp lưu hồ sơ “{name}”").format(name=state.folder.name)
    yield Due(driving.day, "BQ-01", what, driving.citation, state.folder.path, status)


def period_title(row: RetentionRow) -> str:
    """The row's period in words."""
    return _("vĩnh viễn") if row.permanent else _("{years} năm").format(years=row.years)


def limit_title(row: RetentionRow) -> str:
    """The row's hand-over limit in words."""
    if row.before:
        return _("trước ngày {before}").format(before=row.before)
    if row.counted_from == "handover":
        return _("{years} năm, tính từ năm nộp vào lưu trữ hiện hành").format(years=row.years)
    if row.days is not None:
        return _("{days} ngày, tính từ ngày kết thúc").format(days=row.days)
    if row.counted_from == "day":
        return _("{years} năm, tính từ ngày kết thúc").format(years=row.years)
    return _("{years} năm, tính từ hết năm kết thúc").format(years=row.years)


def _reasons(
    placed: Placed, checklist: Checklist, facts: Facts, pack: Pack, packs: RetentionPacks, day: date
) -> tuple[KeptFor, ...]:
    """The applicable rows, longest first, each with its documents."""
    own = _table(pack, "periods", checklist.kind, day)
    fallback = _table(pack if pack.fallback else packs, "fallback", checklist.kind, day)
    others = [*own.others, *fallback.others][:1]
    pilot = bool(facts["pilot"].value)
    by_row: dict[int, tuple[RetentionRow, dict[str, None]]] = {}
    for item in checklist.items:
        for part in item.parts:
            for document, place in placed.at(part.id):
                rows = own.of(place.part, place.step, pilot) or fallback.of(place.part, place.step, pilot)
                for row in _of_issuer(rows, document) or others:
                    by_row.setdefault(id(row), (row, {}))[1][document.id] = None
    kept = sorted(by_row.values(), key=lambda entry: (-_length(entry[0]), entry[0].id))
    return tuple(
        KeptFor(
            row.id,
            row.said,
            _PERMANENT if row.permanent else f"{row.years} years",
            period_title(row),
            row.citation,
            row.flag,
            row.verified,
            tuple(documents),
        )
        for row, documents in kept
    )


def _of_issuer(rows: list[RetentionRow], document: Document) -> list[RetentionRow]:
    """The rows that name the document's issuer, by name or by level; else those that name none."""
    open_to_all = [row for row in rows if not (row.issued_by or row.levels)]
    if len(open_to_all) == len(rows):
        return rows
    body = f" {words(document.header.issuing_body)} "
    named = [row for row in rows if any(f" {name} " in body for name in row.issued_by)]
    named = named or [row for row in rows if document.header.issuer_level in row.levels]
    return [*named, *(row for row in open_to_all if row.pilot)] if named else open_to_all


def _table(of: Pack | RetentionPacks, table: str, kind: str, day: date) -> _Rows:
    # Cached by the interval between changes of the table, not by the day.
    return _rows_in(of, table, kind, bisect_right(_turns(of, table), day))


@lru_cache(maxsize=64)
def _turns(of: Pack | RetentionPacks, table: str) -> tuple[date, ...]:
    """Days on which the set of rows in force changes, in order."""
    rows: tuple[RetentionRow, ...] = getattr(of, table)
    begin = {row.effective_from for row in rows if row.effective_from}
    over = {row.effective_to for row in rows if row.effective_to and row.effective_to < date.max}
    return tuple(sorted(begin | {last + timedelta(days=1) for last in over}))


@lru_cache(maxsize=256)
def _rows_in(of: Pack | RetentionPacks, table: str, kind: str, stretch: int) -> _Rows:
    day = _turns(of, table)[stretch - 1] if stretch else date.min
    return _Rows(tuple(row for row in getattr(of, table) if row.covers(day)), kind)


class _Rows:
    """Rows of one table by the part or step they apply to."""

    def __init__(self, rows: tuple[RetentionRow, ...], kind: str) -> None:
        self.others = [row for row in rows if not row.parts]
        self._pilot = [row for row in rows if row.pilot]
        self._by: dict[str, list[RetentionRow]] = {}
        for row in rows:
            for place in row.parts.get(kind, ()):
                self._by.setdefault(place, []).append(row)

    def of(self, part: str, step: str, pilot: bool) -> list[RetentionRow]:
        """The rows for a place: those for its step if there are any, else those for the part."""
        found = (self._by.get(f"{part}.{step}") if step else None) or self._by.get(part, [])
        return found + [row for row in self._pilot if row not in found] if pilot else found


def _length(row: RetentionRow) -> int:
    return _FOREVER if row.permanent else row.years or 0


def _limits(pack: Pack, follow: str, end: date | None, handed: date | None) -> tuple[HandoverLimit, ...]:
    """All limits of the pack, earliest first; the configured one, or the earliest eligible one, drives."""
    rows = [row for row in pack.handover if end is None or row.covers(end)]
    dated = sorted(
        ((_limit(row, end, handed), row) for row in rows), key=lambda each: (each[0] or date.max, each[1].id)
    )
    chosen = next((row for _day, row in dated if row.id == follow), None)
    chosen = chosen or next((row for _day, row in dated if row.drives), None)
    return tuple(_handover(row, day, drives=row is chosen) for day, row in dated)


def _handover(row: RetentionRow, last: date | None, *, drives: bool) -> HandoverLimit:
    """The limit of a row; a term that ends on a day off ends later, a fixed day of the year does not."""
    if last is None or row.before:
        day, latest, citation = last, last, row.citation
    else:
        day, latest, citation = end_of_term(last), latest_end(last), cited(row.citation, last)
    return HandoverLimit(
        row.id, row.said, day, citation, row.flag, row.verified, drives and day is not None, latest
    )


def _limit(row: RetentionRow, end: date | None, handed: date | None) -> date | None:
    if row.counted_from == "handover":
        end = handed
    if end is None:
        return None
    if row.before:
        day = day_before(row.before, end.year)
        return day if day >= end else day_before(row.before, end.year + 1)
    start = end if row.counted_from == "day" else date(end.year, 12, 31)
    return start + timedelta(days=row.days) if row.days is not None else _years_on(start, row.years or 0)


def _years_on(day: date, years: int) -> date:
    """The day ``years`` later, at most the last day of the calendar."""
    return periods.add_months(day, 12 * years) if day.year + years <= date.max.year else date.max
