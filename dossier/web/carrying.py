"""What people may ask for on a page, each carried out by the use case that the command line calls too. Once
more does no harm: whoever was killed in between begins again.
"""

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

Carry = Callable[[Archive, Mapping[str, Any], Processor], str]  # gives the path of the dossier


def _place(archive: Archive, told: Mapping[str, Any], by: Processor) -> str:
    return answering.place(archive, told["path"], told["ordinal"], told["sha256"], told["places"], by)


def _unplace(archive: Archive, told: Mapping[str, Any], by: Processor) -> str:
    return answering.take_back(archive, told["path"], told["ordinal"], told["sha256"], by)


def _fields(archive: Archive, told: Mapping[str, Any], by: Processor) -> str:
    return answering.fix(archive, told["path"], told["ordinal"], told["sha256"], told["fields"], by)


def _waive(archive: Archive, told: Mapping[str, Any], _by: Processor) -> str:
    until = date.fromisoformat(told["until"]) if told.get("until") else None
    decide.waive(
        archive, told["dossier"], told["rule"], part=told["part"], reason=told["reason"], until=until
    )
    return str(told["dossier"])


def _unwaive(archive: Archive, told: Mapping[str, Any], _by: Processor) -> str:
    decide.unwaive(archive, told["dossier"], told["rule"], told["part"])
    return str(told["dossier"])


def _file(archive: Archive, told: Mapping[str, Any], by: Processor) -> str:
    places = {int(ordinal): said for ordinal, said in told["places"].items()}
    wanted = filing.Filing(told["path"], told["sha256"], told["dossier"], places)
    filing.file(archive, wanted, key=told["key"], by=by)
    return str(told["dossier"])


def _unfile(archive: Archive, told: Mapping[str, Any], by: Processor) -> str:
    return filing.take_back(archive, told["move"], key=told["key"], by=by).dossier


def _tell(archive: Archive, told: Mapping[str, Any], _by: Processor) -> str:
    telling.record(archive, told["dossier"], told["said"])
    return str(told["dossier"])


def _done(archive: Archive, told: Mapping[str, Any], _by: Processor) -> str:
    today = date.fromisoformat(told["today"])
    telling.done(archive, told["rule"], told["year"], told["on"], undo=told["undo"], today=today)
    return WHERE


def _retention(archive: Archive, told: Mapping[str, Any], _by: Processor) -> str:
    confirming.confirm(
        archive, told["pack"], told["row"], told["article"], years=told["years"],
        permanent=told["permanent"], today=date.fromisoformat(told["today"]),
    )  # fmt: skip
    return str(told["dossier"])


def _unseal(archive: Archive, told: Mapping[str, Any], _by: Processor) -> str:
    correct.unseal(archive, told["path"], told["reason"], sha256=told["sha256"], read=False)
    return str(told["dossier"])


def _seal(archive: Archive, told: Mapping[str, Any], _by: Processor) -> str:
    correct.seal_again(archive, told["path"], sha256=told["sha256"], read=False)
    return str(told["dossier"])


def _new(archive: Archive, told: Mapping[str, Any], _by: Processor) -> str:
    _checklist, folder = create.place_for(archive, told["kind"], told["name"])
    path = folder.relative_to(archive.root).as_posix()
    if not folder.exists():  # else the process was killed after it had been made
        try:
            create.new(archive, told["kind"], told["name"])
        except ArchiveError as error:  # a person is told, and may try again: nothing else waits for it
            raise UsageError(error.message, error.advice) from error
    if told["unit"]:
        telling.record(archive, path, [f"unit={told['unit']}"])
    return path


def _adopt(archive: Archive, told: Mapping[str, Any], _by: Processor) -> str:
    adopt.adopt(archive, [told["path"]], kind=told["kind"], name=told["name"], none=told["none"])
    return str(told["path"])


def _unadopt(archive: Archive, told: Mapping[str, Any], _by: Processor) -> str:
    adopt.undo(archive, [told["path"]])
    return str(told["path"])


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
SCANNED_AFTER = frozenset({"unseal", "seal", "new", "adopt", "unadopt"})  # it counts once that was seen
