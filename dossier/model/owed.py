"""Duties with their deadlines, and retention periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DueStatus(StrEnum):
    """State of a duty on the day of the report."""

    ON_TIME = "on_time"  # done, and in time
    LATE = "late"  # done, but after its day
    OVERDUE = "overdue"  # not done, its day has passed
    SOON = "soon"  # not done, its day is near
    AHEAD = "ahead"  # not done, its day is further away


DONE = (DueStatus.ON_TIME, DueStatus.LATE)


@dataclass(frozen=True, slots=True)
class Due:
    """A duty with its deadline. ``day`` is the last day on which it is in time.

    ``dossier`` is a path, or empty for a duty of the unit. ``part`` and ``period`` name the
    document that fulfils it, where one does.
    """

    day: date
    rule: str
    what: str
    citation: str
    dossier: str
    status: DueStatus
    part: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why the unit must report on a dossier: it has existed ``since`` that day (``None``: unknown), and its
    model may be ranked, or was, in the years ``ranked``. ``led_by`` as in the facts."""

    led_by: str
    since: date | None = None
    ranked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptFor:
    """A row of the retention schedule that applies to documents, and how reliable it is.

    ``period`` is ``permanent`` or ``20 years``, ``period_title`` the same in the language in use.
    ``flag`` is ``public``, ``secondary`` or ``unverified``; ``verified``: the agency read the article.
    ``documents`` are ids.
    """

    row: str
    title: str
    period: str
    period_title: str
    citation: str
    flag: str
    verified: bool
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandoverLimit:
    """A limit for the hand-over of the dossier to the archive, with its source.

    ``day`` is ``None`` while the dossier is open; ``latest``: the last day in time where days off are not
    known. ``drives``: the warning uses this limit.
    """

    row: str
    title: str
    day: date | None
    citation: str
    flag: str
    verified: bool
    drives: bool = False
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """Which retention rules apply; a value nobody verified has ``verified`` false and shows it.

    ``period`` is the longest among its documents: ``permanent``, ``20 years``, or ``None`` while
    unknown; ``period_title`` the same in the language in use. ``clock`` is the day from which the
    period runs. ``reasons`` are all rows that apply, longest first; ``limits`` all hand-over limits,
    earliest first. ``review``: the period has run out and the rows are verified, so the dossier may be
    put before the appraisal council; nothing is ever released by the tool. ``hold`` is the reason why
    it is kept whatever the law allows.
    """

    pack: str
    title: str
    citation: str
    period: str | None = None
    verified: bool = False
    handover_due: date | None = None
    expires: date | None = None
    period_title: str = ""
    clock: date | None = None
    reasons: tuple[KeptFor, ...] = ()
    limits: tuple[HandoverLimit, ...] = ()
    review: bool = False
    hold: str = ""
