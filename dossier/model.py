"""The nouns: plain frozen values that carry facts between the parts and know nothing of I/O.

The way of the data, one direction:
``FileEntry → Content → LogicalDocument → Document with Placements → Facts → DossierReport →
ComplianceReport``. Paths are relative to the archive, ``/``-separated, NFC, unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

# ----------------------------------------------------------------- files and what is in them


class Reading(StrEnum):
    """How the text of a page or document was had."""

    TEXT = "text"
    OCR = "ocr"
    MIXED = "mixed"
    NONE = "none"


class UnreadReason(StrEnum):
    """Why a file was not read; part of the JSON contract.

    ``CORRUPT`` stands for everything that could not be opened or parsed; ``Unread.detail`` says
    what exactly (damaged, vanished, no permission).
    """

    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    UNSUPPORTED = "unsupported"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file as the walk of the disk saw it.

    ``raw_path`` is the path relative to the archive in the bytes of the file system
    (``os.fsencode``), the only way back to a name in NFD or in no known encoding; ``path`` is its
    readable NFC form, unique within the archive. Size in bytes, ``mtime_ns`` in nanoseconds.
    """

    path: str
    raw_path: bytes
    size: int
    mtime_ns: int
    inode: int
    dossier: str


@dataclass(frozen=True, slots=True)
class Page:
    """Text of one page, lines parted by ``\\n``; ``confidence`` (0–1) only where it came by OCR.

    ``inner`` is the name (NFC, folders with ``/``) of the file it is from, inside a container such
    as a .zip or a mail; ``""`` where it is the file's own.
    """

    number: int
    text: str
    reading: Reading = Reading.TEXT
    confidence: float | None = None
    inner: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """One digital signature of a file.

    ``kind``: ``pades`` (in a PDF), ``xml`` (in an Office package), ``printed`` (only the block of
    text that a signature leaves on a page). ``signer`` is the common name in the certificate,
    ``at`` when it says it was made (with a zone, or ``None``). ``checked``: its arithmetic could be
    done; only then does ``intact`` say whether what was signed is still as it was. ``trusted``:
    the certificate leads to a root that somebody configured. ``detail`` is a sentence. ``amended``:
    what was signed is still there, but the file was changed afterwards by more than further signing.
    ``inner`` is the name of the signed file inside a container, as :attr:`Page.inner`.
    """

    kind: str
    signer: str
    at: datetime | None
    intact: bool
    trusted: bool
    detail: str
    checked: bool = True
    amended: bool = False
    inner: str = ""

    @property
    def broken(self) -> bool:
        """What was signed was changed, or the signature itself was."""
        return self.checked and not self.intact


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader got out of a file: at least one page, pages numbered from 1.

    ``format`` is the format found in the content (``pdf``, ``docx``, ``zip``), whatever the file's
    name says. ``notes`` are sentences about what was left out (pages past a limit, text cut).
    ``lacks`` names programs (``tesseract``, ``antiword``) that would have read more.
    """

    format: str
    pages: tuple[Page, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A file whose text could not be had; ``detail`` is a sentence that says what to do.

    ``lacks`` names programs (``tesseract``) with which it could be read.
    """

    reason: UnreadReason
    detail: str
    format: str = ""
    lacks: tuple[str, ...] = ()


# ------------------------------------------------------------------------ documents


class Form(StrEnum):
    """Which rules of form a document's head follows."""

    STATE = "state"
    PARTY = "party"
    LETTER = "letter"  # công văn: no type name, abstract after V/v
    NONE = "none"  # no header was recognised


class Level(StrEnum):
    """On which level of the system, or of which kind, an issuing body stands."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    MINISTRY = "ministry"  # ministries, the Government and central bodies
    PARTY = "party"
    FRONT = "front"  # Mặt trận Tổ quốc and its member organisations
    ENTERPRISE = "enterprise"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that a document cites; ``type`` and ``number_symbol`` as in :class:`Header`."""

    type: str
    number_symbol: str
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What the head and the foot of one document say. Empty string or ``None``: not found.

    ``type`` is the slug of the Vietnamese type name (``quyet-dinh``); ``number_symbol`` is
    normalised (``12/QĐ-UBND``, ``05-QĐ/HU``; a blank number gives ``/QĐ-UBND``). ``signer`` is the
    name without the police or army rank, which is in ``signer_rank``. ``copy`` tells what kind of copy
    the paper says it is: ``sao-y``, ``sao-luc`` or ``trich-sao``. ``signer_capacity`` is ``TM.``, ``KT.``,
    ``TL.``, ``TUQ.`` or ``Q.``. ``recipients`` are the lines under "Nơi nhận". ``rank`` is the ranking it
    states (``tot``, ``kha``, ``trung-binh``, ``yeu``), ``percentage`` (0–100 and above) how much of the
    targets it says was reached. ``periods`` are what it says it covers: ``2024``, ``2024-H1``.
    ``members`` are the units that a decision founding a linked model names. ``date_flaw``: the date is
    written with a year of two digits (``short-year``; ``date`` is what it was taken for) or is in no
    calendar (``impossible``; then ``date`` is ``None``).
    """

    form: Form = Form.NONE
    type: str = ""
    number_symbol: str = ""
    date: date | None = None
    place: str = ""
    issuing_body: str = ""
    superior_body: str = ""
    abstract: str = ""
    signer: str = ""
    signer_rank: str = ""
    signer_title: str = ""
    draft: bool = False
    copy: str = ""
    signer_capacity: str = ""
    issuer_level: Level | None = None
    recipients: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    rank: str = ""
    percentage: float | None = None
    periods: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    date_flaw: str = ""


@dataclass(frozen=True, slots=True)
class LogicalDocument:
    """One document of a file: its pages (first, last; from 1), its header and its whole text.

    Every page of the text but the first begins with a form feed.

    ``name`` is the name of the file it is from inside a container, as :attr:`Page.inner`.
    """

    ordinal: int
    pages: tuple[int, int]
    header: Header
    text: str
    reading: Reading = Reading.TEXT
    confidence: float | None = None  # lowest OCR confidence of its pages
    name: str = ""


class Source(StrEnum):
    """Who placed a document."""

    RULES = "rules"
    PERSON = "person"
    LEARNED = "learned"


@dataclass(frozen=True, slots=True)
class Placement:
    """A document's place in the checklist, with how sure (0–1) and why.

    ``part`` is the part's id: ``6a``, or ``2`` for an item with one part. ``step`` names one of the
    documents a part may ask for by itself (the termination decision of 16c). ``period`` is
    ``2024`` or ``2024-H1`` for parts that recur.
    """

    item: int
    part: str
    confidence: float
    source: Source = Source.RULES
    evidence: tuple[str, ...] = ()
    step: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on where a document belongs; no ``placements``: to no item.

    The document is known by its content: SHA-256 of the file, ``ordinal`` in it, and its first and last
    page (``None``: not known). ``path`` is only where the file lay then. Times are in UTC. ``ended_at``
    and ``ended_by``: it was taken back, or another one took its place. ``astray``: the file is split into
    documents differently now, and this one is not among them.
    """

    sha256: str
    ordinal: int
    placements: tuple[Placement, ...]
    author: str
    made_at: datetime
    pages: tuple[int, int] | None = None
    path: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    astray: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A logical document as the catalogue knows it.

    ``placements`` holds what is believed; ``review`` is true when nobody should rely on it before
    a person has looked (then ``placements`` are candidates, best first).
    """

    path: str
    ordinal: int
    pages: tuple[int, int]
    sha256: str
    format: str
    size: int
    reading: Reading
    header: Header
    placements: tuple[Placement, ...] = ()
    review: bool = False
    security: str | None = None
    confidence: float | None = None
    signatures: tuple[Signature, ...] = ()  # of the whole file
    inner: str = ""  # name of the file it is from inside a container, as Page.inner
    notes: tuple[str, ...] = ()  # of the whole file: what was left out when it was read

    @property
    def id(self) -> str:
        """``path#ordinal``, the name by which results refer to a document."""
        return f"{self.path}#{self.ordinal}"


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that is in the dossier but whose text is not known.

    ``candidates`` are the places its name and folder point to: enough to ask a person, never
    enough to call a part present.
    """

    path: str
    reason: UnreadReason
    detail: str
    candidates: tuple[Placement, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedDocument:
    """A logical document with the places found for it; ``review`` as in :class:`Document`.

    ``doubted``: what it says itself does not make its place certain, so what surrounds it counts too.
    """

    document: LogicalDocument
    placements: tuple[Placement, ...] = ()
    review: bool = False
    security: str | None = None
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Everything learned from one file: what the catalogue stores in one transaction.

    ``unread`` is set exactly when the file could not be read; then ``documents`` is empty.
    ``doubtful``: it was written so shortly before it was read that a later change could hide
    behind the same size and time, so the next scan compares its hash.
    """

    entry: FileEntry
    sha256: str
    format: str
    documents: tuple[PlacedDocument, ...] = ()
    unread: UnreadFile | None = None
    notes: tuple[str, ...] = ()
    doubtful: bool = False
    lacks: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What a scan compares a file on disk with: the catalogue's row, without its documents.

    ``reader`` is the version of the reading chain that made the row, ``lacks`` as in
    :class:`Content`.
    """

    id: int
    path: str
    dossier: str
    size: int
    mtime_ns: int
    inode: int
    doubtful: bool
    reader: int
    sha256: str
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlteredFile:
    """A file whose bytes were found changed on ``noticed`` although its size and time are as before.

    Nobody saved it: a failing disk, a bad copy, or a hand that hid what it did.
    """

    path: str
    noticed: datetime


@dataclass(frozen=True, slots=True)
class DepartedFile:
    """A file that is there no more (or, ``replaced``, holds another content), as it was last catalogued.

    ``number_symbol``, ``date`` and ``part`` of its first document; empty for a secret one. ``seen``: when
    it was last known to hold that content; ``noticed``: when it was found not to.
    """

    path: str
    size: int
    number_symbol: str
    date: date | None
    part: str
    seen: datetime | None
    noticed: datetime
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class IgnoredFile:
    """A file left out on purpose; ``why`` is a sentence."""

    path: str
    why: str


# ------------------------------------------------------------------------ dossiers


@dataclass(frozen=True, slots=True)
class Manifest:
    """What ``hoso.toml`` declares; ``None`` means not declared, so it is inferred where possible."""

    kind: str | None = None
    name: str | None = None
    linked: bool | None = None
    members: tuple[str, ...] | None = None
    led_by: str | None = None  # "police" | "other"
    party_committee: bool | None = None
    fund: bool | None = None
    pilot: bool | None = None
    founded: date | None = None
    ended: date | None = None
    handed_over: date | None = None
    unit: str | None = None
    hold: str | None = None


@dataclass(frozen=True, slots=True)
class DossierFolder:
    """A folder taken for a dossier. ``path`` and ``raw_path`` as in :class:`FileEntry`.

    ``problems`` are sentences about a manifest that could not be used as it stands.
    """

    path: str
    raw_path: bytes
    kind: str
    name: str
    manifest: Manifest = Manifest()
    problems: tuple[str, ...] = ()


class FactSource(StrEnum):
    """Where a fact about a dossier comes from."""

    DECLARED = "declared"
    INFERRED = "inferred"
    DEFAULT = "default"


FactValue = str | bool | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; ``origin`` is the path of the document or manifest it was taken from."""

    value: FactValue
    source: FactSource = FactSource.DEFAULT
    origin: str = ""


Facts = Mapping[str, Fact]  # by the manifest's key: founded, ended, linked, fund …


# ------------------------------------------------------------------------ compliance


class Status(StrEnum):
    """State of an item or part; part of the JSON contract."""

    PRESENT = "present"
    PARTIAL = "partial"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    NEEDS_REVIEW = "needs_review"


class Severity(StrEnum):
    """How much a finding matters: an error makes a dossier incomplete."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A person's decision to live with a finding of ``rule`` (or ``rule`` and ``part``) for a time.

    ``until`` is the last day on which it holds; ``None`` means without end.
    """

    dossier: str
    rule: str
    reason: str
    author: str
    made_at: datetime
    part: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in a dossier, with the citation and the documents (ids or paths).

    ``subject`` tells findings of one rule and part apart: the periods or steps that are missing, each
    a gap of its own; ``None`` where the documents do. ``noticed``: what happened at that moment; only a
    waiver made later speaks of it. ``waiver`` is the decision to live with it, ``baseline`` says that it
    was there when the archive's baseline was drawn.
    """

    rule: str
    severity: Severity
    message: str
    citation: str
    part: str = ""
    documents: tuple[str, ...] = ()
    subject: tuple[str, ...] | None = None
    noticed: datetime | None = None
    waiver: Waiver | None = None
    baseline: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """By what this finding is known from night to night, in every language: one key
        ``rule|part|subject`` for each gap it tells of."""
        if self.subject is None:
            return (f"{self.rule}|{self.part}|{' '.join(sorted(self.documents))}",)
        return tuple(f"{self.rule}|{self.part}|{gap}" for gap in self.subject or ("",))


@dataclass(frozen=True, slots=True)
class PartResult:
    """Verdict on one part. ``required`` is true when its absence is an error today."""

    part: str
    title: str
    status: Status
    required: bool
    documents: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # what exactly: periods or steps, in words
    periods_missing: tuple[str, ...] = ()
    periods_unsure: tuple[str, ...] = ()  # periods for which only a document under review stands


@dataclass(frozen=True, slots=True)
class ItemResult:
    """Verdict on one item, from its parts."""

    item: int
    title: str
    status: Status
    parts: tuple[PartResult, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of the parts that are missing in whole or in part (periods, steps)."""
        return tuple(p.part for p in self.parts if p.status in (Status.MISSING, Status.PARTIAL))

    @property
    def periods_missing(self) -> tuple[str, ...]:
        """Missing periods of all parts, in order, each once."""
        return tuple(sorted({period for p in self.parts for period in p.periods_missing}))


class DueStatus(StrEnum):
    """How something that falls due stands on the day of the report."""

    ON_TIME = "on_time"  # done, and in time
    LATE = "late"  # done, but after its day
    OVERDUE = "overdue"  # not done, its day has passed
    SOON = "soon"  # not done, its day is near
    AHEAD = "ahead"  # not done, its day is further away


@dataclass(frozen=True, slots=True)
class Due:
    """Something that falls due. ``day`` is the last day on which it is in time.

    ``dossier`` is a path, or empty for what the whole unit owes. ``part`` and ``period`` name the
    document that settles it, where one does.
    """

    day: date
    rule: str
    what: str
    citation: str
    dossier: str
    status: DueStatus
    part: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class KeptFor:
    """Why documents are kept for a time: the row that says so, and how far it may be relied on.

    ``period`` is ``permanent`` or ``20 years``, ``period_title`` the same in the language in use.
    ``flag`` is ``public``, ``secondary`` or ``unverified``; ``verified``: the agency read the article.
    ``documents`` are ids.
    """

    row: str
    title: str
    period: str
    period_title: str
    citation: str
    flag: str
    verified: bool
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandoverLimit:
    """A limit by which the dossier is handed over to the archive, with its source.

    ``day`` is ``None`` while the work goes on. ``drives``: the one that the warning follows.
    """

    row: str
    title: str
    day: date | None
    citation: str
    flag: str
    verified: bool
    drives: bool = False


@dataclass(frozen=True, slots=True)
class Retention:
    """Which retention rules apply; a value nobody verified has ``verified`` false and shows it.

    ``period`` is the longest among its documents: ``permanent``, ``20 years``, or ``None`` while
    unknown; ``period_title`` the same in the language in use. ``clock`` is the day from which the
    period runs. ``reasons`` are all rows that apply, longest first; ``limits`` all hand-over limits,
    earliest first. ``review``: the period has run out and the rows are verified, so the dossier may be
    put before the appraisal council; nothing is ever released by the tool. ``hold`` is the reason why
    it is kept whatever the law allows.
    """

    pack: str
    title: str
    citation: str
    period: str | None = None
    verified: bool = False
    handover_due: date | None = None
    expires: date | None = None
    period_title: str = ""
    clock: date | None = None
    reasons: tuple[KeptFor, ...] = ()
    limits: tuple[HandoverLimit, ...] = ()
    review: bool = False
    hold: str = ""


@dataclass(frozen=True, slots=True)
class DossierState:
    """What is known of one dossier: the input of the evaluation. ``files``: not ignored, on disk."""

    folder: DossierFolder
    documents: tuple[Document, ...] = ()
    unread: tuple[UnreadFile, ...] = ()
    ignored: tuple[IgnoredFile, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    files: int = 0
    altered: tuple[AlteredFile, ...] = ()
    departed: tuple[DepartedFile, ...] = ()


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
    """The value every report is made from. ``outside`` are files that lie in no dossier.

    ``findings`` concern the archive as a whole and none of its dossiers: one that vanished; the first of
    a finding's ``documents`` is what it is about. ``rules`` says of each rule what it asks, for the
    formats that hand that on.
    ``waivers`` are in force, ``expired`` ones are not any more. ``adjusted`` gives the archive's own
    severities by rule. ``changes`` and ``nights`` are filled where the history was asked for.
    """

    archive: str
    scanned_at: datetime
    today: date
    dossiers: tuple[DossierReport, ...]
    outside: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()  # sentences about folders that could not be read, broken manifests …
    findings: tuple[Finding, ...] = ()
    rules: Mapping[str, RuleNote] = field(default_factory=dict)  # by id
    due: tuple[Due, ...] = ()  # by day: what the unit owes as a whole
    waivers: tuple[Waiver, ...] = ()
    expired: tuple[Waiver, ...] = ()
    adjusted: Mapping[str, str] = field(default_factory=dict)
    changes: Changes | None = None
    nights: tuple[Night, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, dossier by dossier."""
        return tuple(doc for dossier in self.dossiers for doc in dossier.documents)

    @property
    def unread(self) -> tuple[UnreadFile, ...]:
        """All unread files, dossier by dossier."""
        return tuple(file for dossier in self.dossiers for file in dossier.unread)

    @property
    def known(self) -> int:
        """Errors and warnings that were there when the baseline was drawn."""
        return sum(f.baseline and f.severity is not Severity.INFO for f in self.all_findings)

    @property
    def all_findings(self) -> Iterator[Finding]:
        """Those of the archive as a whole, then dossier by dossier."""
        yield from self.findings
        for dossier in self.dossiers:
            yield from dossier.findings

    @property
    def score(self) -> float:
        """The mean of the dossiers' scores, 0–100, never rounded up; 100 without any dossier."""
        return _mean([d.score for d in self.dossiers])

    @property
    def units(self) -> dict[str, float]:
        """The mean score by unit, in the order of the units' names; ``""`` where none is known."""
        by: dict[str, list[float]] = {}
        for dossier in self.dossiers:
            by.setdefault(dossier.unit, []).append(dossier.score)
        return {unit: _mean(by[unit]) for unit in sorted(by)}

    @property
    def summary(self) -> dict[str, int]:
        """The counts of the contract, by their JSON names."""
        complete = sum(d.complete for d in self.dossiers)
        return {
            "dossiers": len(self.dossiers),
            "complete": complete,
            "incomplete": len(self.dossiers) - complete,
            "files": sum(d.files for d in self.dossiers),
            "documents": len(self.documents),
            "unread": len(self.unread),
            "ignored": sum(len(d.ignored) for d in self.dossiers),
            "needs_review": sum(doc.review for doc in self.documents),
        }


def _mean(scores: list[float]) -> float:
    # In tenths: a sum of decimals may come out just below the whole number it stands for.
    return sum(round(10 * score) for score in scores) // len(scores) / 10 if scores else 100.0


# ------------------------------------------------------------------------ from night to night


@dataclass(frozen=True, slots=True)
class Night:
    """One kept result: how an archive stood on ``day``.

    ``standing`` maps a dossier's path to its state, ``findings`` the keys of what concerns the archive
    as a whole to their severity, as in :class:`Standing`; ids of rules that were switched off are in
    ``off``. ``score`` is 0–100; ``units`` gives it by unit. ``new`` and ``mended`` count against the
    night kept before; ``None`` for the first.
    """

    day: date
    counts: Mapping[str, int]
    score: float
    units: Mapping[str, float]
    standing: Mapping[str, Standing] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    off: tuple[str, ...] = ()
    new: int | None = None
    mended: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one dossier stood: its score (0–100) and the keys of its findings with their severity.

    A finding that somebody waived has the severity ``waived``.
    """

    name: str
    complete: bool
    score: float
    findings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that came, went or stayed. ``what`` is a sentence; ``key`` as in :attr:`Finding.keys`."""

    dossier: str
    name: str
    rule: str
    part: str
    severity: Severity
    what: str
    key: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the night of ``since``; nothing is told where no earlier night is kept.

    Errors and warnings only; ``still`` is how many of them are there as before. ``appeared``, ``gone`` and
    ``completed`` are paths of dossiers.
    """

    since: date | None = None
    new: tuple[Change, ...] = ()
    mended: tuple[Change, ...] = ()
    still: int = 0
    appeared: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    completed: tuple[str, ...] = ()
