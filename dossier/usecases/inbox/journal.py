"""Journal of moved files: who moved what from where to where, and the step reached. It is a database of its
own, written before each step is done, so that interrupted moves can be completed.

Steps: ``planned`` (there is at most an unfinished copy) → ``published`` (the copy is complete and has its
name, the source still exists) → ``removed`` (the source is deleted) → ``done`` (the catalogue is updated); or
``failed``, with the source where it was.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from dossier.archive import Archive
from dossier.errors import CatalogueError
from dossier.i18n import _
from dossier.os_errors import in_words

NAME = "inbox.sqlite"
SCHEMA = """
CREATE TABLE IF NOT EXISTS moves (
  id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, at TEXT NOT NULL, actor TEXT NOT NULL,
  source BLOB NOT NULL, target BLOB NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
  dossier TEXT NOT NULL, places TEXT NOT NULL, takes_back INTEGER REFERENCES moves (id),
  step TEXT NOT NULL, trouble TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS unfinished ON moves (step) WHERE step NOT IN ('done', 'failed');
"""


class MoveStep(StrEnum):
    """Step that a move has reached; see the module."""

    PLANNED = "planned"
    PUBLISHED = "published"
    REMOVED = "removed"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMove:
    """A move to be done. ``source`` and ``target``: raw paths below the root; ``places``: the person's
    decision on the documents in the file, by number; ``takes_back``: id of the move that this one undoes."""

    source: bytes
    target: bytes
    sha256: str
    size: int
    dossier: str
    places: Mapping[int, tuple[str, ...]]
    takes_back: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(PlannedMove):
    """A move in the journal, with its author, time and step. ``trouble``: code of what went wrong."""

    id: int
    at: datetime
    actor: str
    step: MoveStep
    trouble: str
    taken_back: bool

    @property
    def part(self) -> bytes:
        """Name of the unfinished copy; scans ignore it."""
        return f".dossier-{self.id}-{self.sha256[:12]}.part".encode()


def is_kept(archive: Archive) -> bool:
    """Whether the archive has a journal, that is, anything was ever moved."""
    return (archive.state / NAME).is_file()


class Journal:
    """The journal's database. Use as a context manager. Raises :class:`CatalogueError` if it is unusable."""

    def __init__(self, archive: Archive) -> None:
        file = archive.ready_state() / NAME
        try:
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
            self._connection = sqlite3.connect(file, timeout=30, isolation_level=None)
            self._connection.row_factory = sqlite3.Row
            for pragma in ("journal_mode=DELETE", "synchronous=FULL", "trusted_schema=OFF"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.executescript(SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise _unusable(file, error) from error

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._connection.close()

    def plan(self, key: str, at: datetime, actor: str, move: PlannedMove) -> Move:
        """Record a move to be done; a repeated ``key`` returns the move recorded with it."""
        self._connection.execute(
            "INSERT OR IGNORE INTO moves (key, at, actor, source, target, sha256, size, dossier, places, "
            "takes_back, step) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key, at.isoformat(), actor, move.source, move.target, move.sha256, move.size, move.dossier,
                json.dumps({str(ordinal): said for ordinal, said in move.places.items()}), move.takes_back,
                MoveStep.PLANNED.value,
            ),
        )  # fmt: skip
        planned = self.by_key(key)
        assert planned is not None
        return planned

    def step(self, move: Move, step: MoveStep, trouble: str = "") -> Move:
        """Record the step that a move has reached, and return the move."""
        self._connection.execute(
            "UPDATE moves SET step = ?, trouble = CASE WHEN ? = '' THEN trouble ELSE ? END WHERE id = ?",
            (step.value, trouble, trouble, move.id),
        )
        return self.get(move.id)

    def aim(self, move: Move, target: bytes) -> Move:
        """Change the target of a move because another file has taken the planned name; return the move."""
        self._connection.execute("UPDATE moves SET target = ? WHERE id = ?", (target, move.id))
        return self.get(move.id)

    def get(self, number: int) -> Move:
        """Return the move with this number. Raises ``KeyError``."""
        found = self._moves("moves.id = ?", number)
        if not found:
            raise KeyError(number)
        return found[0]

    def by_key(self, key: str) -> Move | None:
        """Return the move recorded with this key, if any."""
        return next(iter(self._moves("moves.key = ?", key)), None)

    def unfinished(self) -> list[Move]:
        """Return interrupted moves, oldest first."""
        return self._moves("moves.step NOT IN ('done', 'failed')")

    def latest(self, most: int) -> list[Move]:
        """Return the newest filings, latest first, without failed ones and undoing ones."""
        found = self._moves("moves.takes_back IS NULL AND moves.step != 'failed'")
        return found[::-1][:most]

    def _moves(self, where: str, *values: object) -> list[Move]:
        query = (
            "SELECT moves.*, EXISTS (SELECT 1 FROM moves AS back WHERE back.takes_back = moves.id "  # noqa: S608
            f"AND back.step != 'failed') AS taken_back FROM moves WHERE {where} ORDER BY moves.id"
        )
        with closing(self._connection.execute(query, values)) as cursor:
            return [_move(row) for row in cursor.fetchall()]


def _move(row: sqlite3.Row) -> Move:
    places = {int(ordinal): tuple(said) for ordinal, said in json.loads(row["places"]).items()}
    at = datetime.fromisoformat(row["at"])
    return Move(
        id=row["id"], at=at if at.tzinfo else at.replace(tzinfo=UTC), actor=row["actor"],
        source=bytes(row["source"]), target=bytes(row["target"]), sha256=row["sha256"], size=row["size"],
        dossier=row["dossier"], places=places, takes_back=row["takes_back"], step=MoveStep(row["step"]),
        trouble=row["trouble"], taken_back=bool(row["taken_back"]),
    )  # fmt: skip


def _unusable(file: Path, error: Exception) -> CatalogueError:
    return CatalogueError(
        _("Không mở được {path}: {why}.").format(path=file, why=in_words(error)),
        _("Kiểm tra chỗ trống trên đĩa và quyền ghi; tệp này giữ việc chuyển từ hộp thư đến vào hồ sơ."),
    )
