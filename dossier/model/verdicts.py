"""Reports: the results of all rules for a dossier and for an archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from dossier.model.documents import AlteredFile, DepartedFile, Document, IgnoredFile, Paper, UnreadFile
from dossier.model.dossiers import DossierFolder, Facts, Proposal, ToldFact, Usual
from dossier.model.findings import Finding, ItemResult, Severity, Status, Waiver
from dossier.model.nights import ChangesSince, Night
from dossier.model.owed import Due, Retention
from dossier.model.tally import Tally


@dataclass(frozen=True)
class Office:
    """``[unit]`` of the settings: texts for the head and the foot of the unit's own papers; all optional.

    ``superior`` and ``name`` are the two lines of the head, ``symbol`` the ending of document numbers
    (``CAX``: ``12/BC-CAX``), ``place`` precedes the date. ``to`` is the addressee of reports.
    ``signer_title`` and ``signer`` form the signature. ``code`` is the identifier of the body in electronic
    exchange (``mã định danh``).
    """

    superior: str = ""
    name: str = ""
    symbol: str = ""
    place: str = ""
    to: str = ""
    signer_title: str = ""
    signer: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class DossierState:
    """Everything known of one dossier: the input of the evaluation. ``files``: number of files on disk that
    are not ignored. ``sketches``: hashed word sequences of the texts, by document id, from which versions of
    one paper are recognised."""

    folder: DossierFolder
    documents: tuple[Document, ...] = ()
    unread: tuple[UnreadFile, ...] = ()
    ignored: tuple[IgnoredFile, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    files: int = 0
    altered: tuple[AlteredFile, ...] = ()
    departed: tuple[DepartedFile, ...] = ()
    told: tuple[ToldFact, ...] = ()  # in force
    usual: Usual = field(default_factory=Usual)
    sketches: Mapping[str, frozenset[int]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Outside:
    """Files in no dossier: read and searchable, but not evaluated.

    ``files`` are the paths of all files that are not ignored: of ``documents`` and of ``unread``.
    """

    files: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    unread: tuple[UnreadFile, ...] = ()
    ignored: tuple[IgnoredFile, ...] = ()

    @property
    def count(self) -> int:
        """Number of files; the same name as in :class:`~dossier.model.OutsideBrief`."""
        return len(self.files)


class Unsorted(StrEnum):
    """Why an archive is not complete even if its dossiers are; part of the JSON contract."""

    NO_DOSSIER = "no-dossier"
    PROPOSALS = "proposals"  # folders look like dossiers, and no person has decided about them yet
    MANY_OUTSIDE = "many-outside"  # too many files are in no dossier


_HALVES = {Status.PRESENT: 2, Status.WAIVED: 2, Status.PARTIAL: 1}


@dataclass(frozen=True, slots=True)
class DossierReport:
    """The result of the evaluation of one dossier on one day.

    ``kind_title`` is the kind's title in the language in use.
    """

    path: str
    kind: str
    name: str
    unit: str
    complete: bool
    facts: Facts
    items: tuple[ItemResult, ...]
    findings: tuple[Finding, ...]
    retention: Retention
    documents: tuple[Document, ...] = ()
    unread: tuple[UnreadFile, ...] = ()
    ignored: tuple[IgnoredFile, ...] = ()
    files: int = 0  # files in the dossier that are not ignored
    kind_title: str = ""
    due: tuple[Due, ...] = ()  # past and future duties by due day
    papers: tuple[Paper, ...] = ()  # the documents, grouped by paper
    asked: frozenset[str] = frozenset()  # ids of the documents that a review asks a person about

    @property
    def secret(self) -> bool:
        """Whether a document of the dossier bears a stamp of secrecy."""
        return any(finding.secret for finding in self.findings)

    @property
    def errors(self) -> int:
        """Number of findings that are errors; waived findings never are."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def score(self) -> float:
        """Share of today's requirements that is fulfilled, 0–100, never rounded up.

        Each applicable part has the same weight: 1 when present or waived, ½ when a period or step is
        missing, 0 when missing or waiting for review.
        """
        asked = [p.status for item in self.items for p in item.parts if p.status is not Status.NOT_APPLICABLE]
        halves = sum(_HALVES.get(status, 0) for status in asked)
        return int(1000 * halves / (2 * len(asked))) / 10 if asked else 100.0


@dataclass(frozen=True, slots=True)
class RuleNote:
    """Texts about a rule in the language in use: what it requires (``what``), why, and how to mend it."""

    title: str
    severity: Severity
    citation: str
    what: str
    why: str
    fix: str


@dataclass(frozen=True)
class ComplianceReport:
    """The result of the evaluation of a whole archive, from which every report is made.

    ``findings`` concern the archive as a whole, not one of its dossiers (a dossier vanished); the first of
    a finding's ``documents`` is its subject. ``rules`` holds the texts of rules for the formats that
    include them. ``waivers`` are in force, ``expired`` ones no longer. ``adjusted`` holds the archive's own
    severities by rule. ``archive`` is its path, ``name`` its name shown to people, ``office`` the unit that
    keeps it. ``changes`` and ``nights`` are filled only where the history was requested. ``dossiers`` of a
    large archive are read from the disk one by one: whoever goes through them must not keep them.
    """

    archive: str
    scanned_at: datetime
    today: date
    dossiers: Sequence[DossierReport]
    outside: Outside = Outside()
    proposals: tuple[Proposal, ...] = ()  # folders that look like dossiers, not decided yet
    unsorted: Unsorted | None = None
    problems: tuple[str, ...] = ()  # sentences about folders that could not be read, broken manifests …
    findings: tuple[Finding, ...] = ()
    rules: Mapping[str, RuleNote] = field(default_factory=dict)  # by id
    due: tuple[Due, ...] = ()  # duties of the unit, by due day
    waivers: tuple[Waiver, ...] = ()
    expired: tuple[Waiver, ...] = ()
    adjusted: Mapping[str, str] = field(default_factory=dict)
    changes: ChangesSince | None = None
    nights: tuple[Night, ...] = ()
    name: str = ""
    office: Office = field(default_factory=Office)
    log_head: str = ""  # hash of the last entry of the audit log, printed on papers that are signed

    @property
    def parts(self) -> Iterator[DossierReport | Outside]:
        """The dossiers, then the files in none."""
        yield from self.dossiers
        yield self.outside

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, dossier by dossier, then those in none."""
        return tuple(doc for part in self.parts for doc in part.documents)

    @property
    def unread(self) -> tuple[UnreadFile, ...]:
        """All unread files, dossier by dossier, then those in none."""
        return tuple(file for part in self.parts for file in part.unread)

    @property
    def ignored(self) -> tuple[IgnoredFile, ...]:
        """All files left out on purpose, dossier by dossier, then those in none."""
        return tuple(file for part in self.parts for file in part.ignored)

    @property
    def pardoned(self) -> int:
        """Number of waived findings."""
        return self._tally.pardoned + sum(finding.waiver is not None for finding in self.findings)

    @property
    def known(self) -> int:
        """Number of errors and warnings that are in the baseline."""
        return self._tally.known + sum(f.baseline and f.severity is not Severity.INFO for f in self.findings)

    @property
    def secrets(self) -> list[Finding]:
        """Findings on stamps of secrecy, in the order of :attr:`placed`."""
        return [*(finding for finding in self.findings if finding.secret), *self._tally.secrets]

    @property
    def all_findings(self) -> Iterator[Finding]:
        """All findings, in the order of :attr:`placed`."""
        return (finding for _dossier, finding in self.placed)

    @property
    def placed(self) -> Iterator[tuple[DossierReport | None, Finding]]:
        """Findings with their dossiers: those on stamps of secrecy first, then those on the archive as a
        whole (``None``), then dossier by dossier."""
        for secret in (True, False):
            yield from ((None, finding) for finding in self.findings if finding.secret is secret)
            for dossier in self.dossiers:
                yield from ((dossier, finding) for finding in dossier.findings if finding.secret is secret)

    @property
    def score(self) -> float:
        """The mean of the dossiers' scores, 0–100, never rounded up; 100 without any dossier."""
        return self._tally.score

    @property
    def units(self) -> dict[str, float]:
        """The mean score by unit, see :attr:`Tally.units`."""
        return self._tally.units

    @property
    def summary(self) -> dict[str, int]:
        """The counts of the JSON contract, see :meth:`Tally.summary`."""
        return self._tally.summary(self.outside)

    @property
    def asked(self) -> int:
        """Number of documents that a review asks a person about.

        The contract's ``needs_review`` counts more: papers of no item with a doubtful number or date, too.
        """
        return sum(len(dossier.asked) for dossier in self.dossiers)

    @cached_property
    def _tally(self) -> Tally:
        tally = Tally()
        for dossier in self.dossiers:
            tally.add(dossier)
        return tally
