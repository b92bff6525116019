"""What people decided: where documents belong (:mod:`decisions`), and which findings to live with."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from dossier.catalogue import rows
from dossier.catalogue.decisions import Decisions
from dossier.catalogue.tables import waivers
from dossier.model import Waiver


class People(Decisions):
    """Decisions and waivers; they outlive the files they are about."""

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

    def waivers(self) -> list[Waiver]:
        """Every waiver, in the order in which they were given."""
        with self._session.reading() as connection:
            query = select(waivers).order_by(waivers.c.id)
            return [rows.waiver_of(row) for row in connection.execute(query).mappings()]

    def unwaive(self, dossier: str, rule: str, part: str = "") -> bool:
        """Take a waiver back; false when there was none."""
        with self._session.writing() as connection:
            return self._unwaive(connection, dossier, rule, part)

    @staticmethod
    def _unwaive(connection: Connection, dossier: str, rule: str, part: str) -> bool:
        w = waivers.c
        where = (w.dossier == dossier) & (w.rule == rule) & (w.part == part)
        return bool(connection.execute(delete(waivers).where(where)).rowcount)
