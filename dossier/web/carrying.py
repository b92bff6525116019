"""Carries out the changes requested on pages, by the use cases that the command line calls too. Each is
idempotent: after a crash it is simply run again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from dossier.archive import Archive
from dossier.compliance.unit import WHERE
from dossier.errors import ArchiveError, UsageError
from dossier.scanner.pipeline import Processor
from dossier.usecases import adopt, answering, confirming, correct, create, decide, telling
from dossier.usecases.inbox import filing

Carry = Callable[[Archive, Mapping[str, Any], Processor], str]  # returns the path of the changed dossier


def _place(archive: Archive, payload: Mapping[str, Any], by: Processor) -> str:
    return answering.place(
        archive, payload["path"], payload["ordinal"], payload["sha256"], payload["places"], by
    )


def _unplace(archive: Archive, payload: Mapping[str, Any], by: Processor) -> str:
    return answering.take_back(archive, payload["path"], payload["ordinal"], payload["sha256"], by)


def _fields(archive: Archive, payload: Mapping[str, Any], by: Processor) -> str:
    return answering.fix(
        archive, payload["path"], payload["ordinal"], payload["sha256"], payload["fields"], by
    )


def _waive(archive: Archive, payload: Mapping[str, Any], _by: Processor) -> str:
    until = date.fromisoformat(payload["until"]) if payload.get("until") else None
    decide.waive(
        archive,
        payload["dossier"],
        payload["rule"],
        part=payload["part"],
        reason=payload["reason"],
        until=until,
    )
    return str(payload["dossier"])


def _unwaive(archive: Archive, payload: Mapping[str, Any], _by: Processor) -> str:
    decide.unwaive(archive, payload["dossier"], payload["rule"], payload["part"])
    return str(payload["dossier"])


def _file(archive: Archive, payload: Mapping[str, Any], by: Processor) -> str:
    places = {int(ordinal): said for ordinal, said in payload["places"].items()}
    wanted = filing.Filing(payload["path"], payload["sha256"], payload["dossier"], places)
    filing.file(archive, wanted, key=payload["key"], by=by)
    return str(payload["dossier"])


def _unfile(archive: Archive, payload: Mapping[str, Any], by: Processor) -> str:
    return filing.take_back(archive, payload["move"], key=payload["key"], by=by).dossier


def _tell(archive: Archive, payload: Mapping[str, Any], _by: Processor) -> str:
    telling.record(archive, payload["dossier"], payload["said"])
    return str(payload["dossier"])


def _done(archive: Archive, payload: Mapping[str, Any], _by: Processor) -> str:
    today = date.fromisoformat(payload["today"])
    telling.done(archive, payload["rule"], payload["year"], payload["on"], undo=payload["undo"], today=today)
    return WHERE


def _retention(archive: Archive, payload: Mapping[str, Any], _by: Processor) -> str:
    confirming.confirm(
        archive, payload["pack"], payload["row"], payload["article"], years=payload["years"],
        permanent=payload["permanent"], today=date.fromisoformat(payload["today"]),
    )  # fmt: skip
    return str(payload["dossier"])


def _unseal(archive: Archive, payload: Mapping[str, Any], _by: Processor) -> str:
    correct.unseal(archive, payload["path"], payload["reason"], sha256=payload["sha256"], read=False)
    return str(payload["dossier"])


def _seal(archive: Archive, payload: Mapping[str, Any], _by: Processor) -> str:
    correct.seal_again(archive, payload["path"], sha256=payload["sha256"], read=False)
    return str(payload["dossier"])


def _new(archive: Archive, payload: Mapping[str, Any], _by: Processor) -> str:
    _checklist, folder = create.place_for(archive, payload["kind"], payload["name"])
    path = folder.relative_to(archive.root).as_posix()
    if not folder.exists():  # otherwise the process was killed after creating it
        try:
            create.new(archive, payload["kind"], payload["name"])
        except ArchiveError as error:  # shown to the person, who may try again
            raise UsageError(error.message, error.advice) from error
    if payload["unit"]:
        telling.record(archive, path, [f"unit={payload['unit']}"])
    return path


def _adopt(archive: Archive, payload: Mapping[str, Any], _by: Processor) -> str:
    adopt.adopt(archive, [payload["path"]], kind=payload["kind"], name=payload["name"], none=payload["none"])
    return str(payload["path"])


def _unadopt(archive: Archive, payload: Mapping[str, Any], _by: Processor) -> str:
    adopt.undo(archive, [payload["path"]])
    return str(payload["path"])


KINDS: Mapping[str, Carry] = {
    "place": _place,
    "unplace": _unplace,
    "fields": _fields,
    "waive": _waive,
    "unwaive": _unwaive,
    "file": _file,
    "unfile": _unfile,
    "tell": _tell,
    "done": _done,
    "retention": _retention,
    "unseal": _unseal,
    "seal": _seal,
    "new": _new,
    "adopt": _adopt,
    "unadopt": _unadopt,
}
SCANNED_AFTER = frozenset({"unseal", "seal", "new", "adopt", "unadopt"})  # take effect with the next scan
