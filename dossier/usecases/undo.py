"""Undo the last act of people of any kind; the records it had replaced are in force again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from dossier.archive import Archive
from dossier.compliance.unit import WHERE
from dossier.model import named
from dossier.scanner.walk_result import readable
from dossier.usecases.decide import written
from dossier.usecases.inbox.filing import filed, may_be_taken_back, recover, take_back
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.weighing import follow
from dossier.usecases.whole_acts import whole_act
from dossier.workspace import person

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue
    from dossier.catalogue.records import Records

_MOVES = 200  # latest filings considered
_AT_ONCE = timedelta(seconds=1)  # a replaced record ends within this time of the new one's creation


class ActKind(StrEnum):
    """Kind of a person's act."""

    ASSIGN = "assign"
    CORRECT = "correct"
    WAIVE = "waive"
    SET = "set"
    DONE = "done"
    ADOPT = "adopt"
    UNSEAL = "unseal"
    BASELINE = "baseline"
    FILE = "file"  # from the inbox into a dossier


@dataclass(frozen=True, slots=True)
class Act:
    """The effect of one command of a person, as far as it is still in force.

    ``subjects``: files, dossiers or folders; ``details``: places, fields, keys or rules, as stored; ``own``:
    the records made by the command; ``former``: the records they replaced.
    """

    kind: ActKind
    at: datetime
    author: str
    subjects: tuple[str, ...]
    details: tuple[str, ...] = ()
    own: tuple[Any, ...] = field(default=(), repr=False)
    former: tuple[Any, ...] = field(default=(), repr=False)


def acts(archive: Archive) -> list[Act]:
    """Return people's acts still in force, latest first."""
    with open_known(archive) as catalogue:
        found = [act for kind in _RECORDED for act in _acts(kind, catalogue)]
        found += [
            Act(ActKind.UNSEAL, datetime.fromisoformat(word.made_at), word.author, (word.path,))
            for word in catalogue.secrecy.words_of_people()
        ]
        if drawn := catalogue.baseline.drawn():
            found.append(Act(ActKind.BASELINE, drawn[1], drawn[0], ()))
    moves = [move for move in filed(archive, _MOVES) if may_be_taken_back(archive, move)]
    with_a_move = {(_second(move.at), move.actor, readable(move.target)) for move in moves}
    found = [
        act
        for act in found
        if act.kind is not ActKind.ASSIGN
        or not any((_second(act.at), act.author, each.path) in with_a_move for each in act.own)
    ]
    found += [
        Act(ActKind.FILE, move.at, move.actor, (readable(move.target),), (move.dossier,), (move,))
        for move in moves
    ]
    return sorted(found, key=lambda act: _utc(act.at), reverse=True)


def undo(archive: Archive) -> Act | None:
    """Undo the last act and return it; ``None`` if no act is in force."""
    recover(archive)
    last = next(iter(acts(archive)), None)
    if last is None:
        return None
    if last.kind is ActKind.FILE:  # moving the file back is recorded in the inbox's journal
        take_back(archive, last.own[0].id)
        return last
    if last.kind is ActKind.UNSEAL:  # reads the file again and takes the lock itself
        from dossier.usecases.correct import seal_again

        seal_again(archive, last.subjects[0])
        return last
    with writing(archive, "undo"), open_known(archive) as catalogue:
        _take_back(archive, catalogue, last)
    if last.kind is ActKind.ADOPT:
        from dossier.usecases.scan import scan

        scan(archive)
    return last


def _take_back(archive: Archive, catalogue: Catalogue, act: Act) -> None:
    with whole_act(archive, catalogue) as say:
        say("undo", ", ".join(act.subjects), of=act.kind.value, details=act.details)
        if act.kind is ActKind.BASELINE:
            catalogue.baseline.remove()
            return
        kept = _RECORDED[act.kind].kept(catalogue)
        for each in act.own:
            kept.end(*kept.about(each), author=person())
        kept.record(act.former)
    if act.kind in (ActKind.ASSIGN, ActKind.CORRECT):
        follow(archive, catalogue, [each.path for each in act.own])


@dataclass(frozen=True, slots=True)
class _Recorded:
    """How acts of a kind are kept and shown; ``among``: which of the records are of this kind."""

    kept: Callable[[Catalogue], Records[Any]]
    subject: Callable[[Any], str]
    details: Callable[[Any], Iterable[str]]
    among: Callable[[Any], bool] = lambda _record: True


def _document(each: Any) -> str:
    return named(each.path, each.ordinal)


def _dossier(each: Any) -> str:
    return str(each.dossier)


_RECORDED: Mapping[ActKind, _Recorded] = {
    ActKind.ASSIGN: _Recorded(lambda c: c.decisions, _document, lambda each: map(written, each.placements)),
    ActKind.CORRECT: _Recorded(lambda c: c.corrections, _document, lambda each: each.values),
    ActKind.SET: _Recorded(
        lambda c: c.facts, _dossier, lambda fact: [fact.key], lambda fact: fact.dossier != WHERE
    ),
    ActKind.DONE: _Recorded(
        lambda c: c.facts, _dossier, lambda fact: [fact.key], lambda fact: fact.dossier == WHERE
    ),
    ActKind.ADOPT: _Recorded(lambda c: c.adoptions, lambda each: str(each.path), lambda each: [each.kind]),
    ActKind.WAIVE: _Recorded(
        lambda c: c.waivers, _dossier, lambda each: [f"{each.rule} {each.part}".strip()]
    ),
}


def _acts(kind: ActKind, catalogue: Catalogue) -> Iterator[Act]:
    """Group the records in force into acts: those of one person and time were made by one command."""
    how = _RECORDED[kind]
    kept = how.kept(catalogue)
    records = [each for each in kept.all(history=True) if how.among(each)]
    groups: dict[tuple[datetime, str], list[Any]] = {}
    for each in records:
        if each.ended_at is None:
            groups.setdefault((each.made_at, each.author), []).append(each)
    for (at, author), own in groups.items():
        yield Act(
            kind, at, author,
            tuple(dict.fromkeys(map(how.subject, own))),
            tuple(dict.fromkeys(detail for each in own for detail in how.details(each))),
            tuple(own),
            tuple(former for each in own if (former := _former(records, each, kept.about)) is not None),
        )  # fmt: skip


def _former(records: Sequence[Any], now: Any, key: Callable[[Any], object]) -> Any | None:
    """Return the record that ``now`` replaced: the last one with the same key recorded before it that ended
    when ``now`` was made. ``records``: in the order of recording, since many may be of the same second. A
    record restored by an undo counts at the position of its first recording."""
    about = [each for each in records if key(each) == key(now)]
    first = next(place for place, each in enumerate(about) if _is_same(each, now))
    for each in reversed(about[:first]):
        if (
            each.ended_at is not None
            and abs(_utc(each.ended_at) - _utc(now.made_at)) <= _AT_ONCE
            and each.ended_by == now.author
        ):
            return replace(each, ended_at=None, ended_by="")
    return None


def _is_same(one: Any, other: Any) -> bool:
    """Whether two records differ at most in their end."""
    return bool(replace(one, ended_at=other.ended_at, ended_by=other.ended_by) == other)


def _second(at: datetime) -> datetime:
    return _utc(at).replace(microsecond=0)


def _utc(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
