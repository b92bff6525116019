"""People's decisions and corrections (:mod:`decisions`), waivers, and the baseline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, select

from dossier.catalogue import encoding
from dossier.catalogue.decisions import kept_corrections, kept_decisions
from dossier.catalogue.records import Records
from dossier.catalogue.revisions import concerns
from dossier.catalogue.session import Session
from dossier.catalogue.tables import baseline, waivers
from dossier.model import Correction, Decision, Waiver


class People:
    """Decisions, corrections and waivers; they outlive the files they are about."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._decisions = kept_decisions(session)
        self._corrections = kept_corrections(session)
        self._waivers = Records(
            session, waivers, Waiver, ("dossier", "rule", "part"),
            changed=lambda connection, dossier: concerns(connection, [dossier]),
        )  # fmt: skip

    def decide(self, made: Iterable[Decision]) -> None:
        """Record decisions, which supersede earlier ones of the same documents, in one transaction."""
        self._decisions.record(made)

    def undecide(self, sha256: str, ordinal: int, author: str) -> bool:
        """Revoke the decision on a document; false if there was none."""
        return self._decisions.end(sha256, ordinal, author=author)

    def decisions(self, *, history: bool = False, sha256: str = "") -> tuple[Decision, ...]:
        """Decisions in force, oldest first; with ``history`` also ended ones. ``sha256``: only those of that
        content."""
        return self._decisions.all(history=history, **_of(sha256))

    def correct(self, made: Iterable[Correction]) -> None:
        """Record corrections, which supersede earlier ones of the same documents, in one transaction."""
        self._corrections.record(made)

    def uncorrect(self, sha256: str, ordinal: int, author: str) -> bool:
        """Revoke the correction of a document; false if there was none."""
        return self._corrections.end(sha256, ordinal, author=author)

    def corrections(self, *, history: bool = False, sha256: str = "") -> tuple[Correction, ...]:
        """Corrections, selected like :meth:`decisions`."""
        return self._corrections.all(history=history, **_of(sha256))

    def waive(self, waiver: Waiver) -> None:
        """Record a waiver, which supersedes an earlier one for the same dossier, rule and part."""
        self._waivers.record([waiver])

    def waivers(self, *, history: bool = False) -> list[Waiver]:
        """Waivers that were not revoked, expired ones included, oldest first; with ``history`` also revoked
        and superseded ones."""
        return list(self._waivers.all(history=history))

    def unwaive(self, dossier: str, rule: str, part: str = "", who: str = "") -> bool:
        """Revoke a waiver; false if there was none."""
        return self._waivers.end(dossier, rule, part, author=who)


def _of(sha256: str) -> dict[str, object]:
    return {"sha256": sha256} if sha256 else {}


class Baseline:
    """The baseline: keys of known findings by dossier. There is at most one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def draw(self, found: Mapping[str, Sequence[str]], author: str) -> int:
        """Replace the baseline by these keys by dossier; return their number."""
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        lines = [
            {"dossier": path, "finding": key, "author": encoding.safe(author), "made_at": made_at}
            for path, keys in found.items()
            for key in dict.fromkeys(map(encoding.safe, keys))
        ]
        with self._session.writing() as connection:
            connection.execute(delete(baseline))
            if lines:
                connection.execute(insert(baseline), lines)
        return len(lines)

    def remove(self) -> int:
        """Delete the baseline; return its number of findings."""
        with self._session.writing() as connection:
            return int(connection.execute(delete(baseline)).rowcount)

    def known(self) -> dict[str, set[str]]:
        """The keys of known findings by dossier."""
        found: dict[str, set[str]] = {}
        with self._session.reading() as connection:
            for path, key in connection.execute(select(baseline.c.dossier, baseline.c.finding)):
                found.setdefault(path, set()).add(key)
        return found

    def drawn(self) -> tuple[str, datetime] | None:
        """Author and time of the baseline; ``None`` without one."""
        query = select(func.max(baseline.c.author), func.max(baseline.c.made_at))
        with self._session.reading() as connection:
            author, made_at = connection.execute(query).one()
        return (author, datetime.fromisoformat(made_at)) if made_at else None
