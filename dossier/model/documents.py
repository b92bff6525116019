"""Documents: their headers, their placements in the checklist, and the decisions about these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dossier.model.files import FileEntry, Reading, Signature, UnreadReason
from dossier.model.layout import FieldReading

_ASKED = ("number_symbol", "date")  # a person is asked about these as soon as they are doubtful
_HARDLY_READ = 0.5  # confidence below which a person is asked about other fields


class Form(StrEnum):
    """Which rules of form a document's head follows."""

    STATE = "state"
    PARTY = "party"
    LETTER = "letter"  # công văn: no type name, abstract after V/v
    NONE = "none"  # no header was recognised


class Level(StrEnum):
    """Administrative level, or else the kind, of an issuing body."""

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
    """A citation of another document; ``type`` and ``number_symbol`` as in :class:`Header`."""

    type: str
    number_symbol: str
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The fields read from the head and the foot of a document. An empty string or ``None`` means not found.

    ``type`` is the slug of the Vietnamese type name (``quyet-dinh``); ``number_symbol`` is
    normalised (``12/QĐ-UBND``, ``05-QĐ/HU``; a blank number gives ``/QĐ-UBND``). ``signer`` is the
    name without the police or army rank, which is in ``signer_rank``. ``copy`` is the kind of copy that
    the document states: ``sao-y``, ``sao-luc`` or ``trich-sao``. ``signer_capacity`` is ``TM.``, ``KT.``,
    ``TL.``, ``TUQ.`` or ``Q.``. ``recipients`` are the lines under "Nơi nhận", "Như trên" followed by those
    addressed. ``rank`` is the ranking stated (``tot``, ``kha``, ``trung-binh``, ``yeu``); where several
    models are ranked, ``ranked`` holds for each its name in folded words and its rank. ``percentage`` (0–100
    and above) is the stated share of the targets reached, ``criteria`` of the criteria. ``periods`` are the
    periods covered: ``2024``, ``2024-H1``. ``members`` are the units named by a decision that founds a
    linked model.
    ``mentions`` are the ids of the checklists' content conditions (``ND-03.duties``, ``fund``) that the text
    fulfils; ``None``: not examined. ``date_flaw``: the date is written with a year of two digits
    (``short-year``; ``date`` is the assumed one) or does not exist in the calendar
    (``impossible``; then ``date`` is ``None``). ``partial_date``: the known part of an incomplete date
    (``2024-12``, ``2024``); empty beside a complete one. ``fields`` holds the confidence and the source of
    single fields, by their names here (``number_symbol``, ``date`` …).
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
    ranked: tuple[tuple[str, str], ...] = ()
    percentage: float | None = None
    criteria: float | None = None
    periods: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    mentions: tuple[str, ...] | None = None
    date_flaw: str = ""
    partial_date: str = ""
    fields: Mapping[str, FieldReading] = field(default_factory=dict, hash=False)  # a mapping has none

    @property
    def dated(self) -> str:
        """The date or its known part in ISO form: ``2024-12-05``, ``2024-12``, ``2024``; else empty."""
        return self.date.isoformat() if self.date else self.partial_date


@dataclass(frozen=True, slots=True)
class LogicalDocument:
    """One document of a file: its pages (first, last; from 1), its header and its whole text.

    In ``text`` each page after the first begins with a form feed.

    ``name`` is the name of its file inside a container, as :attr:`Page.inner`. ``places`` are the positions
    of its words as packed by :func:`dossier.model.places.pack`; set only on the way to the catalogue.
    """

    ordinal: int
    pages: tuple[int, int]
    header: Header
    text: str
    reading: Reading = Reading.TEXT
    confidence: float | None = None  # lowest OCR confidence of its pages
    name: str = ""
    places: bytes = b""


class Source(StrEnum):
    """Who placed a document."""

    RULES = "rules"
    PERSON = "person"
    LEARNED = "learned"
    CONTINUED = "continued"  # a page without a head of its own: placed like the document it continues


@dataclass(frozen=True, slots=True)
class Placement:
    """A document's place in the checklist, with its confidence (0–1) and the evidence for it.

    ``part`` is the part's id: ``6a``, or ``2`` for an item with one part. ``step`` names one of several
    documents that a part requires (the termination decision of 16c). ``period`` is
    ``2024`` or ``2024-H1`` for recurring parts.
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
    """A person's decision on a document's placement; empty ``placements``: it belongs to no item.

    The document is identified by content: SHA-256 of the file, ``ordinal`` in it, and its first and last
    page (``None``: not known). ``path`` is where the file was at that time. Times are in UTC. ``ended_at``
    and ``ended_by`` are set once it was revoked or superseded. ``astray``: the file is now split into other
    documents, and none of them is this one.
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


def named(path: str, ordinal: int) -> str:
    """What a person calls a document: the path of its file, with ``#2`` for the second one in it."""
    return f"{path}#{ordinal}" if ordinal > 1 else path


@dataclass(frozen=True, slots=True)
class Document:
    """A document as stored in the catalogue.

    ``placements`` are certain unless ``review`` is true; then a person must confirm them first, and they
    are candidates, best first.
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
    inner: str = ""  # name of its file inside a container, as Page.inner
    notes: tuple[str, ...] = ()  # of the whole file: what was left out when it was read

    @property
    def id(self) -> str:
        """``path#ordinal``, by which results refer to a document."""
        return f"{self.path}#{self.ordinal}"

    @property
    def named(self) -> str:
        """By what a person calls it (:func:`named`)."""
        return named(self.path, self.ordinal)

    def logical(self, text: str) -> LogicalDocument:
        """The document as read, to be classified again; ``text``: its whole text, kept apart from it."""
        return LogicalDocument(
            self.ordinal, self.pages, self.header, text, self.reading, self.confidence, self.inner
        )

    @property
    def continues(self) -> bool:
        """Whether this is a further page of the document in the preceding file, not one of its own."""
        return any(place.source is Source.CONTINUED for place in self.placements)

    @property
    def open_fields(self) -> tuple[str, ...]:
        """Names of the fields a person should check: number and date when doubtful, since documents are found
        and ordered by them; bodies and abstract only when hardly legible."""
        readings = self.header.fields
        return tuple(
            name
            for name in ("number_symbol", "date", "issuing_body", "superior_body", "abstract")
            if name in readings
            and (readings[name].doubtful if name in _ASKED else readings[name].confidence < _HARDLY_READ)
        )

    @property
    def needs_review(self) -> bool:
        """Whether a person should check the placement or a field of the header."""
        return self.review or bool(self.open_fields)


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file of the dossier whose text could not be read.

    ``candidates`` are placements suggested by its name and folder: enough to ask a person, never
    enough to call a part present. ``placements`` count although the file was not read: a person decided
    so, or it is a picture, film or recording in the folder of an item that requires evidence.
    """

    path: str
    reason: UnreadReason
    detail: str
    candidates: tuple[Placement, ...] = ()
    placements: tuple[Placement, ...] = ()
    sha256: str = ""

    @property
    def ordinal(self) -> int:
        """Number by which people decide about the file: as a whole it counts as its first document."""
        return 1


@dataclass(frozen=True, slots=True)
class PlacedDocument:
    """A logical document with the placements found for it; ``review`` as in :class:`Document`.

    ``doubted``: its own content does not settle the placement, so that its surroundings are weighed too;
    ``weighed``: they were.
    """

    document: LogicalDocument
    placements: tuple[Placement, ...] = ()
    review: bool = False
    security: str | None = None
    doubted: bool = False
    weighed: bool = False


@dataclass(frozen=True, slots=True)
class FileRecord:
    """The result of reading one file, stored in the catalogue in one transaction.

    ``unread`` is set exactly when the file could not be read; then ``documents`` is empty.
    ``doubtful``: the file was written so shortly before it was read that a later change could keep
    size and time, so the next scan compares its hash. ``unkept``: the content of a sealed file, used to
    find copies of its text elsewhere and never stored.
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
    unkept: tuple[LogicalDocument, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """The catalogue's row of a file without its documents: a scan compares the file on disk with it.

    ``reader`` is the ``VERSION`` of the scanner that made the row; ``lacks`` as in :class:`Content`.
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
    ctime_ns: int = 0  # 0: not known


@dataclass(frozen=True, slots=True)
class AlteredFile:
    """A file whose content changed although its size and time did not; found out at ``noticed``.

    No ordinary program does so: the disk fails, a copy went wrong, or somebody hid a change.
    """

    path: str
    noticed: datetime


@dataclass(frozen=True, slots=True)
class DepartedFile:
    """The last catalogued state of a file that no longer exists or, ``replaced``, has other content now.

    ``number_symbol``, ``date`` and ``part`` of its first document; empty for a secret one. ``seen``: when
    the content was last confirmed; ``noticed``: when it was found missing.
    """

    path: str
    size: int
    number_symbol: str
    date: date | None
    part: str
    seen: datetime | None
    noticed: datetime
    replaced: bool = False


UNKNOWN_NUMBER = 0  # of files in a folder that could not be listed


@dataclass(frozen=True, slots=True)
class IgnoredFile:
    """A file left out on purpose; ``why`` is a sentence. ``files`` is their number for a hidden folder, and
    :data:`UNKNOWN_NUMBER` for a folder that could not be listed."""

    path: str
    why: str
    files: int = 1

    @property
    def unseen(self) -> bool:
        """Whether this is a folder of which nobody knows what it contains."""
        return self.files == UNKNOWN_NUMBER


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which another version of a paper differs from the authoritative one.

    ``field`` is the name of a field of :class:`~dossier.model.Header` (``date``, ``signer`` …), or ``pages``;
    ``counts`` is its value in the authoritative version, ``other`` in this one, both as stored.
    """

    document: str
    field: str
    counts: str
    other: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a dossier with all its versions. ``document`` is the authoritative version: the signed
    original if there is one. ``versions`` are drafts, scans and copies; ``annexes`` are papers issued under
    the same number (a decision's regulation). Each document of a dossier is in exactly one paper, once."""

    document: Document
    versions: tuple[Document, ...] = ()
    annexes: tuple[Paper, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """The authoritative document, its versions, then the documents of its annexes."""
        return (self.document, *self.versions, *(each for paper in self.annexes for each in paper.documents))
