"""Remember the numbered rows of the tables shown last, per person and computer, so that people can refer to
a dossier or a document by its row number.

The last table of dossiers, the last table of documents, and which of both was shown last are stored; the
queries that produced them are not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dossier.archive import Archive
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.renaming import write_whole
from dossier.state import writable
from dossier.usecases.known import check_scanned
from dossier.usecases.naming import path_on_disk
from dossier.vietnamese import words
from dossier.workspace import machine_suffix

_NUMBER = re.compile(r"(?:so |dong |stt )?([1-9]\d{0,5})")
_RANGE = re.compile(r"\d{1,6}(?:-\d{1,6})?", re.ASCII)


class Rows(StrEnum):
    """Kind of the rows of a table."""

    DOSSIERS = "dossiers"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class _Table:
    first: int  # number of the first row
    names: tuple[str, ...]  # the path of each row, for a document with #2 if it is the second in its file

    @property
    def last(self) -> int:
        return self.first + len(self.names) - 1


def remember(archive: Archive, rows: Rows, names: Sequence[str], first: int = 1) -> None:
    """Store the paths of the rows, numbered from ``first``.

    If the state folder cannot be written, nothing is stored and no error is raised.
    """
    tables = _tables(archive)
    tables[rows] = _Table(first, tuple(names))
    stored = {
        "last": rows.value,
        "tables": {kept.value: {"first": t.first, "names": t.names} for kept, t in tables.items()},
    }
    with suppress(OSError):
        write_whole(_file(archive), json.dumps(stored, ensure_ascii=False).encode(), private=True)


def path_of_row(archive: Archive, given: str, rows: Rows | None = None) -> str:
    """Resolve a row number typed by a person to the path in the table shown last (of kind ``rows``, if
    given); any other text is returned unchanged. An existing file with this name takes precedence.

    Raises :class:`UsageError` if the table has no row with this number.
    """
    number = number_said(given)
    if number is None or path_on_disk(archive, given):
        return given
    return row(archive, number, rows)


def number_said(typed: str) -> int | None:
    """Parse a row number from ``3``, ``số 3`` or ``dòng 3``; ``None`` for any other text."""
    match = _NUMBER.fullmatch(words(typed))
    return int(match[1]) if match and typed.strip()[:1] not in "#./" else None


def numbers_said(typed: str) -> Sequence[range] | None:
    """Parse ranges of row numbers from ``3,5-8``, in either direction; ``None`` for any other text."""
    ranges = typed.split(",")
    if not all(map(_RANGE.fullmatch, ranges)):
        return None
    ends = [sorted(map(int, each.split("-"))) for each in ranges]
    return [range(each[0], each[-1] + 1) for each in ends]


def row(archive: Archive, number: int, rows: Rows | None = None) -> str:
    """Return the path in the row with this number. Raises :class:`UsageError` if there is no such row, and
    :class:`ArchiveError` if the archive was never scanned."""
    wanted = rows or _shown_last(archive)
    table = _tables(archive).get(wanted) if wanted else None
    if table is None:
        raise _none_kept(archive)
    if not table.first <= number <= table.last:
        known = _("Bảng vừa hiện có số {first}–{last}.").format(first=table.first, last=table.last)
        raise UsageError(
            _("Bảng vừa hiện không có dòng số {number}.").format(number=number),
            known
            if table.names
            else _("Bảng ấy không có dòng nào; hiện bảng khác trước, ví dụ: dossier report"),
        )
    return table.names[number - table.first]


def _file(archive: Archive) -> Path:
    return archive.state / f"last-answer.{machine_suffix()}.json"


def _stored(archive: Archive) -> dict[str, object]:
    try:
        stored = json.loads(_file(archive).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _tables(archive: Archive) -> dict[Rows, _Table]:
    tables = _stored(archive).get("tables")
    found = {}
    for rows in Rows:
        try:
            table = tables[rows.value]  # type: ignore[index]
            found[rows] = _Table(int(table["first"]), tuple(map(str, table["names"])))
        except (KeyError, TypeError, ValueError):
            continue
    return found


def _shown_last(archive: Archive) -> Rows | None:
    last = _stored(archive).get("last")
    return next((rows for rows in Rows if rows.value == last), None)


def _none_kept(archive: Archive) -> UsageError:
    check_scanned(archive)  # it is usually another folder's table that was meant
    advice = _("Xem bảng trước, ví dụ: dossier show . hoặc dossier search 12/QĐ-UBND")
    if not writable(archive.state):
        advice = _("Số dòng không được nhớ vì không ghi được vào {path}; hãy ghi tên hoặc đường dẫn.")
    return UsageError(_("Chưa có bảng nào để chọn theo số."), advice.format(path=archive.state))
