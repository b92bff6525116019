"""Stored summaries of reports, and the documents that were in doubt.

Each row records what it was computed from; callers compare that with the current state
(:mod:`dossier.usecases.overview`) before using it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Table, delete, insert, select, update

from dossier.batches import batched
from dossier.catalogue import encoding, revisions
from dossier.catalogue.revisions import Revisions
from dossier.catalogue.session import Session
from dossier.catalogue.tables import MOST_ASKED, briefs, doubts
from dossier.i18n import packed, unpacked
from dossier.model import (
    DossierBrief,
    Due,
    DueStatus,
    ItemResult,
    Occasion,
    PartResult,
    Placement,
    Status,
)

_COLUMNS = (
    "kind", "name", "unit", "complete", "score", "errors", "warnings", "documents", "needs_review", "sealed",
    "files", "unread",
)  # fmt: skip
_REST = ("kind_title", "failing", "pardoned", "known", "unplaced", "ignored")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a report was computed from: a revision of the dossier, digests of the rules and of the data on
    other dossiers (``around``), and a day."""

    revision: str
    rules: str
    around: str
    day: date


@dataclass(frozen=True, slots=True)
class KeptVerdict:
    """A stored summary of a dossier, and data on it needed for the archive as a whole."""

    brief: DossierBrief
    ground: Ground
    linked: bool
    """Whether it is of a linked model or names another dossier, so that it depends on other dossiers."""
    occasion: Occasion
    """What it gives its unit cause to report."""
    sent: tuple[tuple[str, date, str], ...] = ()
    """Reports required of the unit that are in this dossier: rule, day, path."""
    secrets: tuple[tuple[str, str], ...] = ()
    """For files in no dossier: path and stamp of each document with a stamp of secrecy."""
    doubts: int | None = None
    """Number of documents in doubt; ``None``: not computed."""


@dataclass(frozen=True, slots=True)
class KeptDoubt:
    """A document in doubt: possible answers, its stake, and the parts that depend on it."""

    dossier: str
    path: str
    ordinal: int
    sha256: str
    stake: float
    parts: tuple[str, ...]
    answers: tuple[tuple[Placement, ...], ...]


class Briefs:
    """Stores summaries by the path of their dossier, in each language requested so far."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def revisions(self, language: str) -> Revisions:
        """Current revisions for a language. Must be read before the data to be evaluated."""
        with self._session.reading() as connection:
            return revisions.current(connection, language)

    def kept(self, language: str, dossiers: Collection[str] | None = None) -> dict[str, KeptVerdict]:
        """Stored summaries in a language, of all or the given dossiers."""
        return {row["dossier"]: _kept(row) for row in self._rows(briefs, language, dossiers)}

    def keep(
        self, language: str, made: Iterable[KeptVerdict], gone: Iterable[str] = (), judged: str | None = None
    ) -> None:
        """Replace the summaries of dossiers, and delete those of ``gone`` ones. ``judged``: the revision for
        which all stored summaries are valid."""
        new = [_row(language, each) for each in made]
        with self._session.writing(again=True) as connection:
            for path in gone:
                for table in (briefs, doubts):
                    connection.execute(delete(table).where(table.c.dossier == path))
            for row in new:
                for table in (briefs, doubts):
                    here = (table.c.dossier == row["dossier"]) & (table.c.language == language)
                    connection.execute(delete(table).where(here))
            if new:
                connection.execute(insert(briefs), new)
            if judged is not None:
                revisions.keep_judged(connection, language, judged)

    def doubts(self, language: str, dossiers: Collection[str] | None = None) -> list[KeptDoubt]:
        """Documents in doubt, of all or the given dossiers, unordered."""
        return [
            KeptDoubt(
                row["dossier"],
                row["path"],
                row["ordinal"],
                row["sha256"],
                row["stake"],
                tuple(json.loads(row["parts"])),
                tuple(encoding.placements_from_text(answer) for answer in json.loads(row["answers"])),
            )
            for row in self._rows(doubts, language, dossiers)
        ]

    def _rows(self, table: Table, language: str, dossiers: Collection[str] | None) -> Iterator[RowMapping]:
        query = select(table).where(table.c.language == language)
        with self._session.reading() as connection:
            if dossiers is None:
                yield from connection.execute(query).mappings()
                return
            for some in batched(sorted(dossiers), MOST_ASKED):
                yield from connection.execute(query.where(table.c.dossier.in_(some))).mappings()

    def keep_doubts(self, language: str, found: Mapping[str, tuple[Ground, Sequence[KeptDoubt]]]) -> None:
        """Store documents in doubt by dossier, if its summary still has the same ground."""
        b = briefs.c
        with self._session.writing(again=True) as connection:
            for dossier, (ground, some) in found.items():
                here = (b.dossier == dossier) & (b.language == language)
                same = (b.revision == ground.revision) & (b.rules == ground.rules)
                same &= (b.around == ground.around) & (b.day == ground.day.isoformat())
                counted = update(briefs).where(here & same).values(doubts=len(some))
                if not connection.execute(counted).rowcount:
                    continue
                there = (doubts.c.dossier == dossier) & (doubts.c.language == language)
                connection.execute(delete(doubts).where(there))
                if some:
                    connection.execute(insert(doubts), [_doubt_row(language, each) for each in some])

    def clear(self) -> None:
        """Delete everything, for a catalogue restored from elsewhere."""
        with self._session.writing() as connection:
            for table in (briefs, doubts):
                connection.execute(delete(table))


def _row(language: str, kept: KeptVerdict) -> dict[str, Any]:
    brief, ground = kept.brief, kept.ground
    rest = {name: getattr(brief, name) for name in _REST} | {
        "items": [[i.item, i.title, i.status, [_part(part) for part in i.parts]] for i in brief.items],
        "due": [
            [d.day.isoformat(), d.rule, packed(d.what), d.citation, d.status, d.part, d.period]
            for d in brief.due
        ],
        "alarms": [packed(said) for said in brief.alarms],
        "next": packed(brief.next),
        "linked": kept.linked,
        "occasion": _occasion(kept.occasion),
        "sent": [[rule, day.isoformat(), path] for rule, day, path in kept.sent],
        "secrets": kept.secrets,
    }
    return {
        "dossier": encoding.safe(brief.path),
        "language": language,
        "revision": ground.revision,
        "rules": ground.rules,
        "around": ground.around,
        "day": ground.day.isoformat(),
        "worst": brief.worst.value,
        "overdue": sum(due.status is DueStatus.OVERDUE for due in brief.due),
        "due": min((due.day.isoformat() for due in brief.due), default=None),
        "missing": encoding.dump(brief.missing),
        "doubts": kept.doubts,
        "rest": encoding.safe(encoding.dump(rest)),
        **{name: getattr(brief, name) for name in _COLUMNS},
        "name": encoding.safe(brief.name),
        "unit": encoding.safe(brief.unit),
    }


def _part(part: PartResult) -> list[object]:
    return [
        part.part, part.title, part.status, part.required, [*map(packed, part.missing)],
        part.periods_missing, part.periods_unsure, part.later,
    ]  # fmt: skip


def _kept(row: RowMapping) -> KeptVerdict:
    rest: dict[str, Any] = json.loads(row["rest"])
    brief = DossierBrief(
        path=row["dossier"],
        items=tuple(
            ItemResult(item, title, Status(status), tuple(_part_of(*part) for part in parts))
            for item, title, status, parts in rest["items"]
        ),
        due=tuple(
            Due(
                date.fromisoformat(day), rule, unpacked(what), citation, row["dossier"],
                DueStatus(status), part, period,
            )
            for day, rule, what, citation, status, part, period in rest["due"]
        ),
        alarms=tuple(map(unpacked, rest["alarms"])),
        next=unpacked(rest["next"]),
        **{name: row[name] for name in _COLUMNS if name != "complete"},
        complete=bool(row["complete"]),
        **{name: rest[name] for name in _REST},
    )  # fmt: skip
    return KeptVerdict(
        brief,
        Ground(row["revision"], row["rules"], row["around"], date.fromisoformat(row["day"])),
        rest["linked"],
        _occasion_of(*rest.get("occasion", ("", None, ()))),  # not in rows of earlier versions, all stale
        tuple((rule, date.fromisoformat(day), path) for rule, day, path in rest["sent"]),
        tuple((path, stamp) for path, stamp in rest["secrets"]),
        row["doubts"],
    )


def _part_of(
    part: str,
    title: str,
    status: str,
    required: bool,
    missing: list[object],
    periods_missing: Sequence[str],
    periods_unsure: Sequence[str],
    later: bool = False,  # not in rows of earlier versions, all stale
) -> PartResult:
    return PartResult(
        part, title, Status(status), required, (), tuple(map(unpacked, missing)), tuple(periods_missing),
        tuple(periods_unsure), later,
    )  # fmt: skip


def _occasion(occasion: Occasion) -> list[object]:
    return [occasion.led_by, occasion.since.isoformat() if occasion.since else None, occasion.ranked]


def _occasion_of(led_by: str, since: str | None, ranked: Sequence[int]) -> Occasion:
    return Occasion(led_by, date.fromisoformat(since) if since else None, tuple(ranked))


def _doubt_row(language: str, doubt: KeptDoubt) -> dict[str, Any]:
    return {
        "dossier": encoding.safe(doubt.dossier),
        "language": language,
        "path": encoding.safe(doubt.path),
        "ordinal": doubt.ordinal,
        "sha256": doubt.sha256,
        "stake": doubt.stake,
        "parts": encoding.dump(doubt.parts),
        "answers": encoding.dump([encoding.placements_to_text(answer) for answer in doubt.answers]),
    }
