"""The audit log of everything that people do: a hash chain that reveals changed, removed or inserted lines.

Files ``audit-YYYY-MM.jsonl`` in the state folder, one line per act, synced to disk before the act is done.
Each line contains the hash of the previous one; the last hash, printed on paper, therefore secures them all.

The words of an act (``details``) have a hash of their own: if they repeat a document that turns out to be
secret, they can be removed and the chain stays valid.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from dossier.archive import Archive
from dossier.catalogue.secrecy import Repeated
from dossier.errors import ArchiveError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.renaming import write_whole
from dossier.state import writable
from dossier.usecases.locking import logging_to
from dossier.workspace import current, person

_NAME = re.compile(r"audit-[0-9]{4}-[0-9]{2}\.jsonl")
_NOTHING = "0" * 64
_LAST_BYTES = 1 << 16  # size of the file's tail that surely contains the last line
_LONGEST = 400  # maximum characters of one value
_MOST = 100  # maximum entries of one list or table
_WORDS = ("details", "salt")  # removable keys of a line; the salt keeps removed words from being guessed
_NOT_CHAINED = (*_WORDS, "hash")
NOT_DONE = "not-done"  # act of a line that tells of an earlier one that it was not done
REPLACING = frozenset({"restore", "mend"})  # acts after which another catalogue is in use


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act in the log. ``number`` counts from 1 without gaps; ``at`` (UTC) is later than in all previous
    lines."""

    number: int
    at: datetime
    actor: str
    way: str
    act: str
    about: str
    details: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """Result of verifying the whole chain. ``broken``: file and line of the first invalid line, or empty."""

    entries: int
    head: str
    broken: str = ""


def note(archive: Archive, act: str, about: str = "", **details: object) -> None:
    """Append an act of the current person to the log and sync it to disk.

    Raises :class:`ArchiveError` if it cannot be written: then the act must not be done either.
    """
    append(archive, act, about, details)


def append(archive: Archive, act: str, about: str, details: Mapping[str, object], **sign: str | int) -> int:
    """Like :func:`note`; return the number of the line. ``sign``: by what :func:`unsure` can tell later
    whether the act was done."""
    return append_in(archive.ready_state(), act, about, details, **sign)


def append_in(state: Path, act: str, about: str, details: Mapping[str, object], **sign: str | int) -> int:
    """Like :func:`append`, for the log in a folder."""
    told = {name: value for name, value in details.items() if value not in (None, "", (), [])}
    try:
        with logging_to(state):
            _cut_torn(state)
            number, latest, before = _end(state)
            at = max(time.time_ns(), latest + 1)
            words = {
                "details": _short(json.loads(json.dumps(told, default=str))),
                "salt": os.urandom(16).hex(),
            }
            body = {
                "n": number + 1, "at": at, "actor": person(), "way": current().way, "host": platform.node(),
                "act": act, "about": about[:4096], "words": _hash(words), "prev": before, **sign,
            }  # fmt: skip
            _append(_file_of(state, at), _line({**body, **words, "hash": _hash(body)}))
            return number + 1
    except (OSError, ValueError) as error:
        raise ArchiveError(
            _("Không ghi được nhật ký: {why}.").format(why=in_words(error)),
            _("Việc vừa yêu cầu chưa được làm. Chạy: dossier audit verify"),
        ) from error


@dataclass(frozen=True, slots=True)
class UnsureLine:
    """A line written before its act was done. ``process``: the one that wrote the line, on this machine;
    ``unfinished``: the file or folder that the act then renames; ``move``: its key in the journal of moved
    files; both empty for an act in the catalogue."""

    number: int
    act: str
    about: str
    process: int
    unfinished: str = ""
    move: str = ""


def unsure(state: Path) -> list[UnsureLine]:
    """Return recent lines of this machine, latest first, that tell of acts which a killed process may have
    left undone. Lines that came before the catalogue was replaced tell nothing of this one."""
    found: list[UnsureLine] = []
    settled = set()
    for line in reversed([line for file in files_in(state)[-2:] for line in _tail(file)]):
        try:
            record = json.loads(line)
            not_done = record["n"] in settled or os.path.lexists(record.get("unfinished") or "")
            if record["act"] in REPLACING and not not_done:
                break
            if record["act"] == NOT_DONE:
                settled.add(record["of_line"])
            elif "process" in record and record["host"] == platform.node() and record["n"] not in settled:
                found.append(
                    UnsureLine(
                        record["n"], record["act"], record["about"], int(record["process"]),
                        str(record.get("unfinished", "")), str(record.get("move", "")),
                    )
                )  # fmt: skip
        except (ValueError, KeyError, TypeError):
            continue  # reported by verify
    return found


def count(state: Path) -> int:
    """Return the number of the log's last line; 0 if there is none or it is invalid."""
    with suppress(OSError, ValueError):
        return _end(state)[0]
    return 0


def hand_out(archive: Archive, act: str, about: str, **details: object) -> None:
    """Log an act that only gives out information, such as a report. Skipped without an error for people who
    may read the archive but not write its state."""
    if archive.state.is_dir() and writable(archive.state):
        note(archive, act, about, **details)


def entries(
    archive: Archive, newest: int = 100, actor: str | None = None,
    wanted: Callable[[AuditEntry], bool] = lambda _entry: True,
) -> list[AuditEntry]:  # fmt: skip
    """Return up to ``newest`` entries, latest first, optionally of one ``actor`` and those that are
    ``wanted``."""
    found: list[AuditEntry] = []
    for file in reversed(files_in(archive.state)):
        for line in reversed(_read(file).splitlines()):
            try:
                entry = _entry(json.loads(line))
            except (ValueError, KeyError, TypeError):
                continue  # reported by verify
            if (actor is None or entry.actor == actor) and wanted(entry):
                found.append(entry)
            if len(found) >= newest:
                return found
    return found


def verify(archive: Archive) -> ChainCheck:
    """Verify the archive's whole log from the first line."""
    return verify_in(archive.state)


def verify_in(folder: Path) -> ChainCheck:
    """Verify the whole log in a folder."""
    count, before, latest = 0, _NOTHING, 0
    for file, number, line in _lines(folder):
        try:
            record = json.loads(line)
            body = {name: value for name, value in record.items() if name not in _NOT_CHAINED}
            words = {name: record[name] for name in _WORDS if name in record}
            holds = (
                (not words or record["words"] == _hash(words))
                and record["n"] == count + 1
                and record["prev"] == before
                and record["at"] > latest
                and record["hash"] == _hash(body)
                and file == _file_of(folder, record["at"]).name
            )
        except (ValueError, KeyError, TypeError, OverflowError, OSError):
            holds = False
        if not holds:
            return ChainCheck(count, before, f"{file}:{number}")
        count, before, latest = record["n"], record["hash"], record["at"]
    return ChainCheck(count, before)


def redact(folder: Path, repeated: Repeated) -> int:
    """Remove the words that repeat a secret document from the log in a folder; return the number of changed
    lines. Raises :class:`OSError`."""
    count = 0
    with logging_to(folder):
        for file in files_in(folder):
            lines = file.read_bytes().splitlines(keepends=True)
            kept = [_redacted(line, repeated) for line in lines]
            if changed := sum(one != other for one, other in zip(lines, kept, strict=True)):
                write_whole(file, b"".join(kept), private=True)
                count += changed
    return count


def _redacted(line: bytes, repeated: Repeated) -> bytes:
    try:
        record = json.loads(line)
        if not repeated.in_value(record["details"]):
            return line
    except (ValueError, KeyError, TypeError):
        return line
    return _line({name: value for name, value in record.items() if name not in _WORDS}).encode() + b"\n"


def head(archive: Archive) -> str:
    """Return the hash of the last line, to be printed where nobody can change it; empty for an empty log."""
    try:
        _number, _at, last = _end(archive.state)
    except (OSError, ValueError):
        return ""
    return "" if last == _NOTHING else last


def is_log(name: str) -> bool:
    """Return whether ``name`` is the name of a log file."""
    return _NAME.fullmatch(name) is not None


def pack(state: Path, folder: Path) -> None:
    """Copy a consistent state of the log into ``folder``. Raises :class:`OSError`."""
    with logging_to(state):
        for file in files_in(state):
            shutil.copyfile(file, folder / file.name)


def continues(folder: Path, other: Path) -> bool:
    """Return whether the log in ``folder`` is valid and equal to, or a continuation of, the valid log in
    ``other``."""
    whole, beginning = verify_in(folder), verify_in(other)
    if whole.broken or beginning.broken or beginning.entries > whole.entries:
        return False
    if not beginning.entries:
        return True
    at = next(islice(_lines(folder), beginning.entries - 1, None))
    return bool(json.loads(at[2])["hash"] == beginning.head)


def files_in(state: Path) -> list[Path]:
    """Return the log files in a folder, oldest first."""
    return sorted(path for path in state.glob("audit-*.jsonl") if _NAME.fullmatch(path.name))


def _lines(state: Path) -> Iterator[tuple[str, int, bytes]]:
    files = files_in(state)
    for file in files:
        for number, line in enumerate(_read(file).splitlines(keepends=True), start=1):
            if line.endswith(b"\n"):
                yield file.name, number, line.rstrip(b"\n")
            elif file != files[-1]:  # in the last file, an unfinished line is one that was never confirmed
                yield file.name, number, b""


def _read(file: Path) -> bytes:
    """Return the content of a log file (one month). Raises :class:`ArchiveError` if it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise ArchiveError(
            _("Không đọc được nhật ký {path}: {why}.").format(path=file, why=in_words(error)),
            _("Chạy lại bằng tài khoản đã quét kho, hoặc xem quyền của tệp: dossier doctor"),
        ) from error


def _file_of(state: Path, at: int) -> Path:
    return state / f"audit-{datetime.fromtimestamp(at / 1e9, UTC):%Y-%m}.jsonl"


def _end(state: Path) -> tuple[int, int, str]:
    """Return number, time (ns) and hash of the last line. Raises :class:`ValueError` if it is invalid."""
    files = [file for file in files_in(state) if file.stat().st_size]
    if not files:
        return 0, 0, _NOTHING
    told = json.loads((_tail(files[-1]) or [b""])[-1])
    return int(told["n"]), int(told["at"]), str(told["hash"])


def _tail(file: Path) -> list[bytes]:
    """Return the last lines of a log file; the first of them may be cut off."""
    with file.open("rb") as opened:
        opened.seek(0, os.SEEK_END)
        opened.seek(max(opened.tell() - _LAST_BYTES, 0))
        return opened.read().rstrip(b"\n").split(b"\n")


def _append(file: Path, line: str) -> None:
    fresh = not file.exists()
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.write(handle, line.encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
    if fresh and hasattr(os, "O_DIRECTORY"):
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _cut_torn(state: Path) -> None:
    """Remove an unfinished last line: its act was never confirmed (crash or full disk while writing)."""
    for file in files_in(state)[-1:]:
        with file.open("r+b") as opened:
            size = opened.seek(0, os.SEEK_END)
            opened.seek(max(size - _LAST_BYTES, 0))
            last = opened.read()
            if last and not last.endswith(b"\n"):
                opened.truncate(size - len(last.rpartition(b"\n")[2]))


def _hash(body: Mapping[str, Any]) -> str:
    plain = json.dumps(body, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _entry(record: Mapping[str, Any]) -> AuditEntry:
    at = datetime.fromtimestamp(record["at"] / 1e9, UTC)
    return AuditEntry(
        record["n"], at, record["actor"], record["way"], record["act"], record["about"],
        record.get("details", {}), record["hash"],
    )  # fmt: skip


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=True, sort_keys=True)


def _short(value: Any) -> Any:
    """Return the value with long strings and collections truncated, recursively."""
    if isinstance(value, str):
        return value[:_LONGEST]
    if isinstance(value, dict):
        return {name[:_LONGEST]: _short(inner) for name, inner in list(value.items())[:_MOST]}
    return [_short(inner) for inner in value[:_MOST]] if isinstance(value, list) else value
