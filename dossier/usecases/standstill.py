"""Nights on which nothing changed: the last verdict still stands, and so do its reports.

What a verdict hangs on is: the catalogue's rows (a counter there moves with them), the program, the
settings, checklists and retention rules, the language, and the day. Of the day each verdict knows from
when to when it is the same; a dossier beyond that is judged again for both days and compared.
"""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dossier
import reports
from dossier.archive import Archive
from dossier.checklists.duties import load_duties
from dossier.compliance import owed
from dossier.compliance.asked_day import Window
from dossier.i18n import language
from dossier.model import Changes, Due, DueStatus
from dossier.usecases import shelf
from dossier.usecases.assess import Judge
from reports.digest import Digest

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue

RECORD = "night.json"
_TRUSTED = timedelta(days=7)  # then everything is judged anew, whatever the counter says
_FEW = 500  # dossiers that are judged again one by one; more are quicker judged with all others
_SOURCES = (".py", ".toml", ".j2", ".mo")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is kept of a verdict on the whole archive.

    ``grounds`` is a digest of what it hangs on beside the catalogue's rows, ``revision`` their counter.
    ``day`` is the last night it was told, ``judged`` the one on which it was reached. ``reports`` is in
    the record of the reports that were written of it. ``digest`` and ``code`` are what was told; ``still``
    is how many errors and warnings a later night finds as before.
    """

    grounds: str
    revision: int
    day: date
    judged: date
    digest: Digest
    code: int
    still: int
    reports: str


def grounds(archive: Archive, meta: Mapping[str, str]) -> str:
    """A digest of everything a report hangs on beside the catalogue's rows and the day."""
    known = [
        str(archive.root), archive.name, archive.config.rules, archive.config.nightly.formats,
        sorted(archive.checklists.items()), archive.retention_packs, language(), _code(),
        time.tzname, time.timezone, time.altzone, meta.get("outside"), meta.get("problems"),
    ]  # fmt: skip
    return hashlib.sha256(repr(known).encode("utf-8", "replace")).hexdigest()


@lru_cache(maxsize=1)
def _code() -> str:
    """A digest of the program itself: no rule can change without it."""
    found = hashlib.sha256(dossier.__version__.encode())
    for package in (dossier, reports):
        for file in sorted(Path(str(package.__file__)).parent.rglob("*")):
            if file.suffix in _SOURCES:
                found.update(file.read_bytes())
    return found.hexdigest()


def keep(
    catalogue: Catalogue, verdict: Verdict, windows: Mapping[str, Window], *, renewed: bool = False
) -> None:
    """Remember a verdict and for how long it holds; ``renewed``: only these dossiers were looked at."""
    told = asdict(replace(verdict, digest=replace(verdict.digest, changes=Changes())))
    days = {path: (window.first, window.last) for path, window in windows.items()}
    (catalogue.verdicts.renew if renewed else catalogue.verdicts.keep)(told, days)


def record_id() -> str:
    """A name for the reports of a verdict."""
    return uuid.uuid4().hex


def standing(archive: Archive, catalogue: Catalogue, today: date) -> tuple[Verdict, dict[str, Window]] | None:
    """The last verdict with ``today`` as its day, if judging everything anew would give the same, and for
    how long those hold that had to be looked at again."""
    known = _known(catalogue)
    if known is None or not known.day <= today <= known.judged + _TRUSTED:
        return None
    same = (
        known.revision == catalogue.verdicts.revision()
        and known.grounds == grounds(archive, catalogue.meta())
        and (known.day == today or catalogue.nights.day_before(today) == known.day)
        and _reports_are_there(archive, known)
        and _unit_owes_the_same(archive, catalogue, known.judged, today)
    )
    if not same:
        return None
    beyond = catalogue.verdicts.beyond(today)
    if len(beyond) > _FEW:
        return None
    windows = _windows(Judge(archive, catalogue), catalogue, beyond, known.judged, today) if beyond else {}
    if windows is None:
        return None
    changes = Changes(since=known.day, still=known.still)
    told = replace(known.digest, today=today, changes=changes, unchanged_since=known.judged)
    return replace(known, day=today, digest=told), windows


def _windows(
    judge: Judge, catalogue: Catalogue, paths: Iterable[str], then: date, today: date
) -> dict[str, Window] | None:
    """For how long these dossiers' verdicts hold; ``None`` when one differs from what it was ``then``."""
    windows: dict[str, Window] = {}
    for path in paths:
        for state in catalogue.states(path):
            now, windows[path] = judge.holding(state, today)
            if now != judge(state, then):
                return None
    return windows


def _reports_are_there(archive: Archive, known: Verdict) -> bool:
    folder = shelf.shelf_of(archive.state) / known.day.isoformat()
    names = [f"report.{name}" for name in (*archive.config.nightly.formats, "txt")]
    try:
        record = json.loads((folder / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    there = all((folder / name).is_file() for name in (*names, "digest.txt", "digest.html"))
    return there and record.get("reports") == known.reports and shelf.latest(archive.state) == folder.name


def _unit_owes_the_same(archive: Archive, catalogue: Catalogue, then: date, today: date) -> bool:
    duties, days = load_duties(), archive.config.rules.due_days
    until = [w.until for w in catalogue.people.waivers() if w.until is not None]
    ran_out = any(then <= last < today for last in until)
    return not ran_out and owed(duties, then, days) == owed(duties, today, days)


def _known(catalogue: Catalogue) -> Verdict | None:
    told = catalogue.verdicts.told()
    try:
        return _verdict(told) if told else None
    except (KeyError, TypeError, ValueError):  # kept by another version
        return None


def _verdict(told: dict[str, Any]) -> Verdict:
    digest = told["digest"]
    due = [
        Due(**each | {"day": _day(each["day"]), "status": DueStatus(each["status"])})
        for each in digest["due"]
    ]
    digest |= {
        "today": _day(digest["today"]),
        "settings": tuple(digest["settings"]),
        "problems": tuple(digest["problems"]),
        "due": tuple(due),
        "whole": tuple(digest["whole"]),
        "changes": Changes(),
        "unchanged_since": None,
    }
    days = {"day": _day(told["day"]), "judged": _day(told["judged"]), "digest": Digest(**digest)}
    return Verdict(**told | days)


_day = date.fromisoformat
