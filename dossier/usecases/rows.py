"""The rows of the tables shown last, by their numbers: for each person on each computer.

Two tables are kept, that of the dossiers and that of the papers, and which was shown last. What was asked to
make them is not kept.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dossier.archive import Archive
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.state import writable
from dossier.usecases.naming import path_on_disk
from dossier.vietnamese import words
from dossier.workspace import here

_NUMBER = re.compile(r"(?:so |dong |stt )?([1-9]\d{0,5})")


class Rows(StrEnum):
    """What the rows of a table are."""

    DOSSIERS = "dossiers"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class _Table:
    first: int  # number of the first row
    names: tuple[str, ...]  # what each row names: a path, of a paper with #2 for a file's second document

    @property
    def last(self) -> int:
        return self.first + len(self.names) - 1


def remember(archive: Archive, rows: Rows, names: Sequence[str], first: int = 1) -> None:
    """Keep what the rows numbered from ``first`` name.

    A state folder that cannot be written costs the numbers, not the answer.
    """
    tables = _kept(archive)
    tables[rows] = _Table(first, tuple(names))
    told = {
        "last": rows.value,
        "tables": {kept.value: {"first": t.first, "names": t.names} for kept, t in tables.items()},
    }
    try:
        handle, name = tempfile.mkstemp(dir=archive.state, prefix=".last-answer.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False)
        Path(name).replace(_file(archive))
    except OSError:
        return


def meant(archive: Archive, said: str, rows: Rows | None = None) -> str:
    """What a person names: the row of that number in the table shown last (of these rows, where one kind is
    asked for), else what was said as it is. What lies on the disk by that name goes first.

    Raises :class:`UsageError` for a number that the table has not.
    """
    number = number_said(said)
    if number is None or path_on_disk(archive, said):
        return said
    return row(archive, number, rows)


def number_said(said: str) -> int | None:
    """The number of a row in ``3``, ``số 3`` or ``dòng 3``; ``None`` for anything else."""
    match = _NUMBER.fullmatch(words(said))
    return int(match[1]) if match and said.strip()[:1] not in "#./" else None


def row(archive: Archive, number: int, rows: Rows | None = None) -> str:
    """What the row of that number names. Raises :class:`UsageError` when there is none."""
    wanted = rows or _shown_last(archive)
    table = _kept(archive).get(wanted) if wanted else None
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
    return archive.state / f"last-answer.{here()}.json"


def _told(archive: Archive) -> dict[str, object]:
    try:
        told = json.loads(_file(archive).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _kept(archive: Archive) -> dict[Rows, _Table]:
    tables = _told(archive).get("tables")
    found = {}
    for rows in Rows:
        try:
            table = tables[rows.value]  # type: ignore[index]
            found[rows] = _Table(int(table["first"]), tuple(map(str, table["names"])))
        except (KeyError, TypeError, ValueError):
            continue
    return found


def _shown_last(archive: Archive) -> Rows | None:
    last = _told(archive).get("last")
    return next((rows for rows in Rows if rows.value == last), None)


def _none_kept(archive: Archive) -> UsageError:
    advice = _("Xem bảng trước, ví dụ: dossier show . hoặc dossier search 12/QĐ-UBND")
    if not writable(archive.state):
        advice = _("Số dòng không được nhớ vì không ghi được vào {path}; hãy ghi tên hoặc đường dẫn.")
    return UsageError(_("Chưa có bảng nào để chọn theo số."), advice.format(path=archive.state))
