"""Carries out the changes requested on pages, by the use cases that the command line calls too. Each is
carried out once: after a crash, what is in the catalogue already is not done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from dossier.archive import Archive
from dossier.compliance.unit import WHERE
from dossier.errors import ArchiveError, UsageError
from dossier.scanner.pipeline import Processor
from dossier.usecases import adopt, answering, correct, create, decide, fact_entries, retention
from dossier.usecases.inbox import filing
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.weighing import follow
from dossier.usecases.whole_acts import is_carried_out

Payload = Mapping[str, Any]
Carry = Callable[[Archive, Payload, Processor], str]  # returns the path of the changed dossier


def _in_dossier(run: Callable[[Archive, Payload, Processor], object], key: str = "dossier") -> Carry:
    """What changes the dossier that the request names under ``key``."""

    def carry(archive: Archive, p: Payload, by: Processor) -> str:
        run(archive, p, by)
        return str(p[key])

    return carry


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _document(p: Payload) -> tuple[str, int, str]:
    return p["path"], p["ordinal"], p["sha256"]


def _file(archive: Archive, p: Payload, by: Processor) -> object:
    places = {int(ordinal): said for ordinal, said in p["places"].items()}
    wanted = filing.Filing(p["path"], p["sha256"], p["dossier"], places)
    return filing.file(archive, wanted, key=p["key"], by=by)


def _done(archive: Archive, p: Payload, _by: Processor) -> str:
    fact_entries.done(archive, p["rule"], p["year"], p["on"], undo=p["undo"], today=_day(p["today"]))
    return WHERE


def _new(archive: Archive, p: Payload, _by: Processor) -> str:
    _checklist, folder = create.place_for(archive, p["kind"], p["name"])
    path = folder.relative_to(archive.root).as_posix()
    if not folder.exists():  # otherwise the process was killed after creating it
        try:
            create.new(archive, p["kind"], p["name"])
        except ArchiveError as error:  # shown to the person, who may try again
            raise UsageError(error.message, error.advice) from error
    if p["unit"]:
        fact_entries.record(archive, path, [f"unit={p['unit']}"])
    return path


KINDS: Mapping[str, Carry] = {
    "place": lambda a, p, by: answering.place(a, *_document(p), p["places"], by),
    "unplace": lambda a, p, by: answering.take_back(a, *_document(p), by),
    "fields": lambda a, p, by: answering.fix(a, *_document(p), p["fields"], by),
    "waive": _in_dossier(
        lambda a, p, _by: decide.waive(
            a, p["dossier"], p["rule"], part=p["part"], reason=p["reason"], until=_day(p.get("until"))
        )
    ),
    "unwaive": _in_dossier(lambda a, p, _by: decide.unwaive(a, p["dossier"], p["rule"], p["part"])),
    "file": _in_dossier(_file),
    "unfile": lambda a, p, by: filing.take_back(a, p["move"], key=p["key"], by=by).dossier,
    "tell": _in_dossier(lambda a, p, _by: fact_entries.record(a, p["dossier"], p["said"])),
    "done": _done,
    "retention": _in_dossier(
        lambda a, p, _by: retention.confirm(
            a, p["pack"], p["row"], p["article"], years=p["years"], permanent=p["permanent"],
            today=_day(p["today"]),
        )
    ),
    "unseal": _in_dossier(
        lambda a, p, _by: correct.unseal(a, p["path"], p["reason"], sha256=p["sha256"], read=False)
    ),
    "seal": _in_dossier(lambda a, p, _by: correct.seal_again(a, p["path"], sha256=p["sha256"], read=False)),
    "new": _new,
    "adopt": _in_dossier(
        lambda a, p, _by: adopt.adopt(a, [p["path"]], kind=p["kind"], name=p["name"], none=p["none"]), "path"
    ),
    "unadopt": _in_dossier(lambda a, p, _by: adopt.undo(a, [p["path"]]), "path"),
}  # fmt: skip
SCANNED_AFTER = frozenset({"unseal", "seal", "new", "adopt", "unadopt"})  # take effect with the next scan


def followed_if_done(archive: Archive, request: str) -> bool:
    """Whether the request is in the catalogue already; then what follows from it is done too."""
    with writing(archive, "index"), open_known(archive) as catalogue:
        if not is_carried_out(archive, catalogue, request):
            return False
        follow(archive, catalogue, ())
    return True


def dossier_of(kind: str, p: Payload) -> str:
    """The dossier that a request changes, as far as it tells."""
    return WHERE if kind == "done" else str(p.get("dossier") or p.get("path") or WHERE)
