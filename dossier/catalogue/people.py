"""What people decided: where documents belong, which findings to live with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from dossier.catalogue import rows
from dossier.catalogue.session import Session
from dossier.catalogue.tables import OUTBOX_INSERT, decisions, files, waivers
from dossier.model import Placement, Waiver


def decided_placements(connection: Connection) -> dict[tuple[str, int], str]:
    """Every decision by content hash and ordinal, as stored."""
    query = select(decisions.c.sha256, decisions.c.ordinal, decisions.c.placements)
    return {(sha, ordinal): placements for sha, ordinal, placements in connection.execute(query)}


class People:
    """Decisions and waivers; they outlive the files they are about."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def decide(self, sha256: str, ordinal: int, placements: Sequence[Placement], author: str) -> None:
        """A person places a document; kept by content, so it survives renames, moves and rescans."""
        with self._session.writing() as connection:
            self._forget_decision(connection, sha256, ordinal)
            connection.execute(
                insert(decisions),
                {
                    "sha256": sha256,
                    "ordinal": ordinal,
                    "placements": rows.placements_to_text(placements),
                    "author": author,
                    "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                },
            )
            self._tell_of_content(connection, sha256)

    def undecide(self, sha256: str, ordinal: int) -> bool:
        """Undo :meth:`decide`; false when nothing had been decided."""
        with self._session.writing() as connection:
            undone = self._forget_decision(connection, sha256, ordinal)
            self._tell_of_content(connection, sha256)
            return undone

    @staticmethod
    def _forget_decision(connection: Connection, sha256: str, ordinal: int) -> bool:
        where = (decisions.c.sha256 == sha256) & (decisions.c.ordinal == ordinal)
        return bool(connection.execute(delete(decisions).where(where)).rowcount)

    @staticmethod
    def _tell_of_content(connection: Connection, sha256: str) -> None:
        for (path,) in connection.execute(select(files.c.path).where(files.c.sha256 == sha256)).all():
            connection.execute(OUTBOX_INSERT, {"path": path})

    def waive(self, waiver: Waiver) -> None:
        """Record a waiver in place of an earlier one for the same dossier, rule and part."""
        with self._session.writing() as connection:
            self._unwaive(connection, waiver.dossier, waiver.rule, waiver.part)
            connection.execute(
                insert(waivers),
                {
                    "dossier": waiver.dossier,
                    "rule": waiver.rule,
                    "part": waiver.part,
                    "reason": rows.safe(waiver.reason),
                    "author": rows.safe(waiver.author),
                    "made_at": waiver.made_at.isoformat(timespec="seconds"),
                    "until": waiver.until.isoformat() if waiver.until else None,
                },
            )

    def unwaive(self, dossier: str, rule: str, part: str = "") -> bool:
        """Take a waiver back; false when there was none."""
        with self._session.writing() as connection:
            return self._unwaive(connection, dossier, rule, part)

    @staticmethod
    def _unwaive(connection: Connection, dossier: str, rule: str, part: str) -> bool:
        w = waivers.c
        where = (w.dossier == dossier) & (w.rule == rule) & (w.part == part)
        return bool(connection.execute(delete(waivers).where(where)).rowcount)
