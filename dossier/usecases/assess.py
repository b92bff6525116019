"""Evaluate the compliance of every dossier from the catalogue, as of one day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from dossier.archive import Archive
from dossier.batches import batched
from dossier.compliance import Neighbours, unit
from dossier.compliance.families.integrity import sealed
from dossier.compliance.rules import notes
from dossier.errors import ExitCode
from dossier.i18n import _
from dossier.model import (
    ArchiveBrief,
    ComplianceReport,
    DossierReport,
    DossierState,
    Occasion,
    Outside,
    Severity,
)
from dossier.progress import counted
from dossier.usecases import audit
from dossier.usecases.heap import uncollected
from dossier.usecases.judging import Judge, Whole
from dossier.usecases.known import open_known
from dossier.usecases.naming import no_dossier
from dossier.usecases.same_paper import with_sketches
from dossier.usecases.set_aside import gathered

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue


AT_ONCE = 100  # dossiers whose states are loaded at a time, together with any nested ones


class Sweep:
    """One-time iterator over the verdicts on all dossiers of known kinds, or on the one at ``dossier``, as of
    ``today``, in the order of their paths.

    States are loaded in batches of :data:`AT_ONCE`, so memory stays bounded if the caller drops the verdicts.
    ``around``: what the dossiers must know of each other, if it was looked up already.
    """

    def __init__(
        self,
        archive: Archive,
        catalogue: Catalogue,
        today: date | None = None,
        dossier: str | None = None,
        around: Neighbours | None = None,
    ) -> None:
        self.today = today or date.today()
        self._archive, self._catalogue, self._dossier = archive, catalogue, dossier
        self._judge = Judge(archive, catalogue, around)
        self._outside = Outside() if dossier is not None else catalogue.outside()
        self._dossiers = self._inside = 0  # number of dossiers of any kind, and of the files in them
        self._occasions: set[Occasion] = set()
        self._sent = self._sent_by(self._outside)

    def __iter__(self) -> Iterator[DossierReport]:
        """Yield the verdicts. Raises :class:`ArchiveError` for an unknown dossier, or before the end of the
        first scan."""
        paths = sorted(self._catalogue.folders()) if self._dossier is None else [self._dossier]
        for state in counted(self._states(paths), len(paths), _("đối chiếu")):
            self._dossiers += 1
            self._inside += state.files
            if state.folder.kind in self._judge.kinds:
                verdict = self._judge(state, self.today)
                self._occasions.add(unit.occasion(verdict, self._judge.kinds[state.folder.kind], self.today))
                self._sent += self._sent_by(state)
                yield verdict
        if self._dossier is not None and not self._dossiers:
            raise no_dossier(self._archive, self._dossier)

    def _states(self, paths: Sequence[str]) -> Iterator[DossierState]:
        for some in batched(paths, AT_ONCE):
            states = self._catalogue.states(some[0], some[-1])
            if states:
                self._whole  # noqa: B018  its errors must be raised before any dossier is evaluated
            for state in states:
                yield with_sketches(self._catalogue, state)

    def _sent_by(self, of: DossierState | Outside) -> list[tuple[str, unit.Sent]]:
        return list(unit.sent_by(self._judge.duties, of.documents)) if self._dossier is None else []

    @cached_property
    def _whole(self) -> Whole:
        return Whole(self._archive, self._catalogue, self._judge, self.today)

    def report(self, dossiers: Sequence[DossierReport]) -> ComplianceReport:
        """Return the report of the whole archive with the given verdicts (those that the caller kept)."""
        archive, judge, whole, outside = self._archive, self._judge, self._whole, self._outside
        alone = self._dossier is not None
        valid, expired = whole.waivers(self._dossier)
        dues, of_unit = whole.duties(self._occasions, self._sent, valid)
        return ComplianceReport(
            archive=str(archive.root),
            name=archive.name,
            office=archive.config.unit,
            log_head=audit.head(archive),
            scanned_at=whole.scanned_at,
            today=self.today,
            dossiers=dossiers,
            outside=outside,
            proposals=() if alone else whole.proposals,
            unsorted=None if alone else whole.unsorted(self._inside, outside.files, self._dossiers),
            problems=whole.problems,
            waivers=valid,
            expired=expired,
            adjusted=judge.severities,
            findings=() if alone else whole.findings(sealed(outside.documents), of_unit, valid),
            rules=notes(judge.kinds, judge.severities),
            due=dues,
        )


@uncollected()
def assess(
    archive: Archive, today: date | None = None, dossier: str | None = None, around: Neighbours | None = None
) -> ComplianceReport:
    """Return the compliance report of all dossiers, or of the one at path ``dossier``, as of ``today``.
    ``around`` as for :class:`Sweep`."""
    with open_known(archive) as catalogue:
        sweep = Sweep(archive, catalogue, today, dossier, around)
        return sweep.report(gathered(sweep, archive.state))


@uncollected()
def digest(archive: Archive, today: date | None = None) -> str:
    """Return the SHA-256 (hexadecimal) of all verdicts on an archive, to compare two catalogues of it. Does
    not depend on the time of the scan or the location of the catalogue."""
    hashed = hashlib.sha256()
    with open_known(archive) as catalogue:
        sweep = Sweep(archive, catalogue, today)
        for verdict in sweep:
            hashed.update(repr(verdict).encode("utf-8", "surrogatepass"))
        # The time of the scan and the log's head are no verdicts.
        rest = replace(sweep.report(()), scanned_at=datetime.min, log_head="")
    hashed.update(repr(rest).encode("utf-8", "surrogatepass"))
    return hashed.hexdigest()


def outcome(brief: ArchiveBrief) -> ExitCode:
    """Return the exit code, the highest of those that apply: 5 if a document bears a stamp of secrecy, 3 if a
    file could not be read, 1 if a dossier is incomplete or the archive is not sorted into dossiers, or 0."""
    if brief.sealed:
        return ExitCode.SECRET
    # An unreadable file that a person placed counts as handled.
    if brief.problems or brief.outside.unplaced or any(dossier.unplaced for dossier in brief.dossiers):
        return ExitCode.UNREAD
    # Findings in the baseline stay visible but do not change the exit code.
    found = any(dossier.failing for dossier in brief.dossiers) or any(
        finding.severity is Severity.ERROR and not finding.baseline for finding in brief.findings
    )
    return ExitCode.FINDINGS if found or brief.unsorted is not None else ExitCode.OK
