"""Retention rules as data: packs selected by who led the work and by the day on which it ended.

Every legal value is a row with its citation, its validity, and a flag: ``public``
(the legal text itself was read), ``secondary`` (read as quoted elsewhere), ``unverified`` (neither).
Appraisal is proposed only on verified rows. An agency verifies rows and adds its own in
``retention.toml`` beside ``dossier.toml``: :mod:`dossier.checklists.confirmed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from dossier.checklists.build import Problem
from dossier.checklists.locate import Path, listed
from dossier.checklists.source import parse_toml, shipped
from dossier.checklists.vocabulary import LevelName
from dossier.errors import ConfigurationError
from dossier.i18n import _, language

SHIPPED = "retention.toml"
FALLBACK = "fallback"
_FILLED: dict[str, Any] = {"filled": True}
_SPAN: dict[str, Any] = {"ge": 0, "le": 1000}
Flag = Literal["public", "secondary", "unverified"]


class _InForce:
    """A rule with a title in two languages and a period of validity (both ends included)."""

    __slots__ = ()
    title: str
    title_en: str
    effective_from: date | None
    effective_to: date | None

    def covers(self, day: date) -> bool:
        """Whether it is in force on ``day``."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)

    @property
    def said(self) -> str:
        """The title in the language in use."""
        return (self.title_en or self.title) if language() == "en" else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRow(_InForce):
    """One legal value: a retention period (``years``; ``permanent``) or a hand-over limit.

    A period applies to documents in ``parts`` (by kind of dossier; a step is ``16c.decision``); one
    without ``parts`` to documents covered by no other row; with ``pilot``, to every document of a pilot.
    A row that names issuers (``issued_by``: folded words of the body's name; ``levels``) takes
    precedence over other rows of the same part, for documents of those issuers only.
    A limit is ``years`` or ``days`` after the end, ``counted_from`` its ``day`` or the end of its
    ``year`` (``handover``: the end of the year of the hand-over to the current archive), or the
    next day ``before`` (``31/12``). ``drives`` false: it is shown, but warnings
    ignore it. ``verified_by`` and ``verified_on`` are set by the agency that read the law.
    """

    id: str = field(metadata=_FILLED)
    title: str
    title_en: str = ""
    citation: str
    flag: Flag
    effective_from: date | None = None
    effective_to: date | None = None
    permanent: bool = False
    years: int | None = field(default=None, metadata=_SPAN)
    days: int | None = field(default=None, metadata={"ge": 0, "le": 36_600})
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pilot: bool = False
    issued_by: tuple[str, ...] = ()
    levels: tuple[LevelName, ...] = ()
    counted_from: Literal["day", "year", "handover"] = "year"
    before: str = field(default="", metadata={"pattern": r"(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])"})
    drives: bool = True
    verified_by: str = ""
    verified_on: date | None = None

    @property
    def verified(self) -> bool:
        """Whether a named person read the article itself."""
        return bool(self.verified_by and self.verified_on)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pack(_InForce):
    """Rules for dossiers led by ``applies_to`` whose work ended within the validity (both ends included)."""

    id: str = field(metadata={"pattern": r"[a-z0-9]+(-[a-z0-9]+)*"})
    title: str
    title_en: str = ""
    citation: str
    applies_to: Literal["police", "other"]
    effective_from: date | None = None
    effective_to: date | None = None
    flag: Flag
    note: str = ""
    note_en: str = ""
    periods: tuple[RetentionRow, ...] = field(default=(), metadata={"key": "period"})
    handover: tuple[RetentionRow, ...] = ()
    fallback: tuple[
        RetentionRow, ...
    ] = ()  # rows of the reference table as the agency confirmed them for this pack
    electronic: bool = False  # for dossiers that are kept as files only

    @property
    def note_said(self) -> str:
        """The note in the language in use."""
        return (self.note_en or self.note) if language() == "en" else self.note


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RetentionPacks:
    """All packs, and fallback periods used where a pack's own rows are not known.

    ``follow``: id of the hand-over limit that warnings use, as chosen by the agency.
    """

    packs: tuple[Pack, ...] = field(metadata={"key": "pack", "filled": True})
    fallback: tuple[RetentionRow, ...] = ()
    follow: str = ""

    def choose(self, led_by: str, day: date, *, electronic: bool = False) -> Pack | None:
        """The pack for the body that led the work and the day on which it ended (or today); for
        ``electronic`` dossiers, the one for these if there is one."""
        found = [p for p in self.packs if p.applies_to == led_by and p.covers(day)]
        own = [p for p in found if p.electronic]
        return next(iter(own if electronic and own else [p for p in found if not p.electronic]), None)


@lru_cache(maxsize=1)
def load_packs() -> RetentionPacks:
    """The packs that ship with the product."""
    return parse_packs(shipped(SHIPPED), SHIPPED)


def parse_packs(source: str, name: str) -> RetentionPacks:
    """Parse packs from a TOML text. Raises :class:`ConfigurationError` naming the line: two packs for the
    same dossiers, or two rows of one id, must not be in force on the same day."""
    packs = parse_toml(source, name, RetentionPacks)
    refuse(clashes(packs), source, name)
    return packs


def refuse(found: Iterable[Problem], source: str, name: str, advice: str = "") -> None:
    """Raise :class:`ConfigurationError` that lists the problems with their lines, if there are any."""
    problems = list(found)
    if problems:
        raise ConfigurationError(
            listed(name, source, problems),
            advice
            or _("Mỗi ngày chỉ một gói, một dòng có hiệu lực cho cùng một đối tượng; sửa tệp rồi chạy lại."),
        )


def clashes(packs: RetentionPacks) -> Iterator[Problem]:
    """Problems beyond the schema: overlapping or reversed validity, rows without a value."""
    for index, pack in enumerate(packs.packs):
        for other in packs.packs[:index]:
            if other.id == pack.id:
                yield ("pack", index, "id"), _("đã dùng cho một gói khác")
            elif (
                pack.applies_to == other.applies_to
                and pack.electronic == other.electronic
                and _overlap(pack, other)
            ):
                message = _("hiệu lực chồng lên gói “{other}”").format(other=other.id)
                yield ("pack", index, "effective_from"), message
        if _backwards(pack):
            yield ("pack", index, "effective_to"), _("trước ngày bắt đầu hiệu lực")
        yield from row_clashes(pack.periods, ("pack", index, "period"))
        yield from row_clashes(pack.handover, ("pack", index, "handover"), limits=True)
    yield from row_clashes(packs.fallback, (FALLBACK,))


def row_clashes(rows: tuple[RetentionRow, ...], path: Path, *, limits: bool = False) -> Iterator[Problem]:
    """Like :func:`clashes`, for the rows of one table."""
    for index, row in enumerate(rows):
        if _backwards(row):
            yield (*path, index, "effective_to"), _("trước ngày bắt đầu hiệu lực")
        values = [row.years is not None, row.permanent, row.days is not None, bool(row.before)]
        allowed = (values[0], values[2], values[3]) if limits else (values[0], values[1])
        if sum(values) != 1 or not any(allowed):
            yield (*path, index, "id"), _("phải có đúng một giá trị thời hạn")
        for other in rows[:index]:
            if other.id == row.id and _overlap(row, other):
                yield (*path, index, "id"), _("hiệu lực chồng lên một dòng cùng mã")


def _overlap(one: Pack | RetentionRow, other: Pack | RetentionRow) -> bool:
    first = max(one.effective_from or date.min, other.effective_from or date.min)
    return first <= min(one.effective_to or date.max, other.effective_to or date.max)


def _backwards(one: Pack | RetentionRow) -> bool:
    return (one.effective_from or date.min) > (one.effective_to or date.max)
