"""Folders of an archive as found: proposals for dossiers, and people's decisions about folders."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import select

from dossier.catalogue import meta
from dossier.catalogue.records import Records, dumped, loaded
from dossier.catalogue.session import Session
from dossier.catalogue.tables import adoptions, dossiers, files
from dossier.model import OUTSIDE, Adoption, Hint, Proposal, Reason

_PROPOSALS = "proposals"  # key of ``meta``


class Adoptions(Records[Adoption]):
    """Stores adoptions, which are never deleted, only ended, and proposals, which are recomputed when their
    basis changes."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session, adoptions, Adoption, ("path",),
            load=lambda row: loaded(Adoption, row, chosen=tuple(json.loads(row["chosen"]))),
            dump=lambda each: dumped(each, chosen=json.dumps(each.chosen, ensure_ascii=False)),
        )  # fmt: skip

    def all(self, *, history: bool = False, **only: object) -> tuple[Adoption, ...]:
        """Adoptions in force, by path; with ``history`` also ended ones, in the order of recording."""
        found = super().all(history=history, **only)
        return found if history else tuple(sorted(found, key=lambda each: each.path))

    def grounds(self) -> list[tuple[str, str, int]]:
        """The basis of proposals: path, SHA-256 and reader version of every file outside dossiers."""
        columns = select(files.c.path, files.c.sha256, files.c.reader)
        with self._session.reading() as connection:
            found = connection.execute(columns.where(files.c.dossier == OUTSIDE).order_by(files.c.path))
            return [(path, sha, reader) for path, sha, reader in found]

    def propose(self, digest: str, found: Iterable[Proposal]) -> None:
        """Store proposals with a digest of their basis."""
        stored = json.dumps([digest, [asdict(each) for each in found]], ensure_ascii=False)
        with self._session.writing(again=True) as connection:
            meta.keep(connection, _PROPOSALS, stored)

    def proposed(self) -> tuple[str, tuple[Proposal, ...]]:
        """The digest and all proposals, including those decided since."""
        with self._session.reading() as connection:
            kept = meta.value(connection, _PROPOSALS)
        digest, found = json.loads(kept) if kept else ("", [])
        return digest, tuple(_proposal(each) for each in found)

    def waiting(self) -> tuple[Proposal, ...]:
        """Proposals that no person has decided yet, without the files that somebody decided about."""
        said = self.all()
        settled = {each.path for each in said} | {file for each in said for file in each.chosen}
        with self._session.reading() as connection:
            known = {*settled, *connection.execute(select(dossiers.c.path)).scalars()}
        found: list[Proposal] = []
        for each in self.proposed()[1]:
            chosen = tuple(file for file in each.chosen if file not in settled)
            if (each.adds or each.path not in known) and (chosen or not each.chosen):
                files = each.files - len(each.chosen) + len(chosen)
                found.append(replace(each, files=files, chosen=chosen))
        return tuple(found)


def _proposal(told: dict[str, Any]) -> Proposal:
    reasons = tuple(
        Reason(Hint(r["hint"]), r["text"], r["count"], tuple(r["documents"])) for r in told["reasons"]
    )
    chosen = tuple(told.get("chosen", ()))
    return Proposal(told["path"], told["kind"], told["name"], told["files"], reasons, chosen)
