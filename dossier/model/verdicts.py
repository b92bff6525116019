"""What all rules together say of a dossier and of an archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dossier.model.documents import AlteredFile, DepartedFile, Document, IgnoredFile, Paper, UnreadFile
from dossier.model.dossiers import DossierFolder, Facts, Proposal, ToldFact, Usual
from dossier.model.findings import Finding, ItemResult, Severity, Status, Waiver
from dossier.model.nights import ChangesSince, Night
from dossier.model.owed import Due, Retention
from dossier.model.tally import Tally


@dataclass(frozen=True)
class Office:
    """``[unit]``: what stands in the head and at the foot of the unit's own papers; all optional.

    ``superior`` and ``name`` are the two lines of the head, ``symbol`` what its numbers end in
    (``CAX``: ``12/BC-CAX``), ``place`` stands before the date. ``to`` is who reports are addressed to.
    ``signer_title`` and ``signer`` sign. ``code`` is the body's identifier in exchanges (``mã định danh``).
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
    """What is known of one dossier: the input of the evaluation. ``files``: not ignored, on disk.
    ``sketches``: runs of words, as numbers, of the texts by which versions of one paper are known, by the
    ids of the documents."""

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
    """What lies in no dossier: read and found by a search, but part of no verdict.

    ``files`` are the paths of all that is not ignored: those of ``documents`` and of ``unread``.
    """

    files: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    unread: tuple[UnreadFile, ...] = ()
    ignored: tuple[IgnoredFile, ...] = ()

    @property
    def count(self) -> int:
        """How many files that are."""
        return len(self.files)


class Unsorted(StrEnum):
    """Why an archive cannot be called complete, whatever its dossiers are; part of the JSON contract."""

    NO_DOSSIER = "no-dossier"
    PROPOSALS = "proposals"  # folders look like dossiers, and nobody has said whether they are
    MANY_OUTSIDE = "many-outside"  # too much lies in no dossier


_HALVES = {Status.PRESENT: 2, Status.WAIVED: 2, Status.PARTIAL: 1}


@dataclass(frozen=True, slots=True)
class DossierReport:
    """Everything the tool has to say about one dossier on one day.

    ``kind_title`` is what people call the kind, in the language in use.
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
    due: tuple[Due, ...] = ()  # by day: what was due, what falls due next
    papers: tuple[Paper, ...] = ()  # the documents, versions of one paper told together

    @property
    def secret(self) -> bool:
        """Whether a paper in it bears a stamp of secrecy."""
        return any(finding.secret for finding in self.findings)

    @property
    def errors(self) -> int:
        """Findings that are errors; none of them was accepted."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def score(self) -> float:
        """How much of what is asked for today is there, 0–100, never rounded up.

        Every part that anything is asked of counts the same: 1 where it is present or waived, ½ where
        a period or step is missing, 0 where it is missing or waits for review.
        """
        asked = [p.status for item in self.items for p in item.parts if p.status is not Status.NOT_APPLICABLE]
        halves = sum(_HALVES.get(status, 0) for status in asked)
        return int(1000 * halves / (2 * len(asked))) / 10 if asked else 100.0


@dataclass(frozen=True, slots=True)
class RuleNote:
    """What a rule asks (``what``) and how to mend what it finds, in the language in use."""

    title: str
    severity: Severity
    citation: str
    what: str
    why: str
    fix: str


@dataclass(frozen=True, slots=True)
class ComplianceReport:
    """The value every report is made from.

    ``findings`` concern the archive as a whole and none of its dossiers: one that vanished; the first of
    a finding's ``documents`` is what it is about. ``rules`` says of each rule what it asks, for the
    formats that hand that on.
    ``waivers`` are in force, ``expired`` ones are not any more. ``adjusted`` gives the archive's own
    severities by rule. ``name`` is what people call the archive, ``archive`` where it
    lies, ``office`` who keeps it. ``changes`` and
    ``nights`` are filled where the history was asked for.
    """

    archive: str
    scanned_at: datetime
    today: date
    dossiers: tuple[DossierReport, ...]
    outside: Outside = Outside()
    proposals: tuple[Proposal, ...] = ()  # folders that look like dossiers, of which nobody said anything yet
    unsorted: Unsorted | None = None
    problems: tuple[str, ...] = ()  # sentences about folders that could not be read, broken manifests …
    findings: tuple[Finding, ...] = ()
    rules: Mapping[str, RuleNote] = field(default_factory=dict)  # by id
    due: tuple[Due, ...] = ()  # by day: what the unit owes as a whole
    waivers: tuple[Waiver, ...] = ()
    expired: tuple[Waiver, ...] = ()
    adjusted: Mapping[str, str] = field(default_factory=dict)
    changes: ChangesSince | None = None
    nights: tuple[Night, ...] = ()
    name: str = ""
    office: Office = field(default_factory=Office)
    log_head: str = ""  # the hash of the last line of the log of acts, for papers that are signed

    @property
    def parts(self) -> tuple[DossierReport | Outside, ...]:
        """The dossiers, then what lies in none."""
        return (*self.dossiers, self.outside)

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
        """Findings that somebody accepted."""
        return sum(finding.waiver is not None for finding in self.all_findings)

    @property
    def known(self) -> int:
        """Errors and warnings that were there when the baseline was drawn."""
        return sum(f.baseline and f.severity is not Severity.INFO for f in self.all_findings)

    @property
    def all_findings(self) -> Iterator[Finding]:
        """In the order of :attr:`placed`."""
        return (finding for _dossier, finding in self.placed)

    @property
    def placed(self) -> list[tuple[DossierReport | None, Finding]]:
        """Findings with their dossiers: of papers with a stamp of secrecy, then those of the archive as a
        whole, then dossier by dossier."""
        found: list[tuple[DossierReport | None, Finding]] = [(None, finding) for finding in self.findings]
        found += ((dossier, finding) for dossier in self.dossiers for finding in dossier.findings)
        return sorted(found, key=lambda each: not each[1].secret)

    @property
    def score(self) -> float:
        """The mean of the dossiers' scores, 0–100, never rounded up; 100 without any dossier."""
        return self._tally.score

    @property
    def units(self) -> dict[str, float]:
        """As :attr:`Tally.units`."""
        return self._tally.units

    @property
    def summary(self) -> dict[str, int]:
        """As :meth:`Tally.summary`."""
        return self._tally.summary(self.outside)

    @property
    def _tally(self) -> Tally:
        tally = Tally()
        for dossier in self.dossiers:
            tally.add(dossier)
        return tally
