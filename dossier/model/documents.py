"""Logical documents: their heads, their places, and who decided these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dossier.model.files import FileEntry, Reading, Signature, UnreadReason
from dossier.model.layout import FieldReading

_ASKED = ("number_symbol", "date")  # fields that a person is asked about as soon as they are in doubt
_HARDLY_READ = 0.5  # confidence below which the others are asked about


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
    states (``tot``, ``kha``, ``trung-binh``, ``yeu``), ``ranked`` where it ranks several the words that name
    each, folded, with its rank; ``percentage`` (0–100 and above) is how much of the targets it says was
    reached, ``criteria`` how much of its criteria. ``periods`` are what it says it covers: ``2024``,
    ``2024-H1``. ``members`` are the units that a decision founding a linked model names.
    ``mentions`` are ids of what the checklists ask about the text (``ND-03.duties``, ``fund``) and it speaks
    of; ``None``: nobody looked. ``date_flaw``: the date is written with a year of two digits
    (``short-year``; ``date`` is what it was taken for) or is in no
    calendar (``impossible``; then ``date`` is ``None``). ``partial_date``: what is known of a date
    that is not whole (``2024-12``, ``2024``); empty beside a whole one. ``fields`` tells how surely and
    from what single fields were read, by their names here (``number_symbol``, ``date`` …).
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
        """The date, or what is known of it, in ISO form: ``2024-12-05``, ``2024-12``, ``2024``; or empty."""
        return self.date.isoformat() if self.date else self.partial_date


@dataclass(frozen=True, slots=True)
class LogicalDocument:
    """One document of a file: its pages (first, last; from 1), its header and its whole text.

    Every page of the text but the first begins with a form feed.

    ``name`` is the name of the file it is from inside a container, as :attr:`Page.inner`. ``places`` tell
    where its words stand, as :func:`dossier.model.places.pack` packs them; only on the way to the catalogue.
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
    CONTINUED = "continued"  # a page without a head of its own: it lies where the paper before it does


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

    @property
    def continues(self) -> bool:
        """Whether it is a further page of the paper in the file before it, not a paper of its own."""
        return any(place.source is Source.CONTINUED for place in self.placements)

    @property
    def open_fields(self) -> tuple[str, ...]:
        """Number and date where their reading is in doubt: by them a paper is found and put in order; the
        bodies and the abstract where they could hardly be read."""
        readings = self.header.fields
        return tuple(
            name
            for name in ("number_symbol", "date", "issuing_body", "superior_body", "abstract")
            if name in readings
            and (readings[name].doubtful if name in _ASKED else readings[name].confidence < _HARDLY_READ)
        )

    @property
    def needs_review(self) -> bool:
        """Whether a person should look: at its place, or at what its head says."""
        return self.review or bool(self.open_fields)


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that is in the dossier but whose text is not known.

    ``candidates`` are the places its name and folder point to: enough to ask a person, never
    enough to call a part present. ``placements``: where it counts although nobody read it: a person said
    so, or it is a picture, film or recording in the folder of an item that asks for evidence.
    """

    path: str
    reason: UnreadReason
    detail: str
    candidates: tuple[Placement, ...] = ()
    placements: tuple[Placement, ...] = ()
    sha256: str = ""


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
    behind the same size and time, so the next scan compares its hash. ``unkept``: what a sealed file says, by
    which traces of it are found; it is stored nowhere.
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
    ctime_ns: int = 0  # 0: not known


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
    """A file left out on purpose; ``why`` is a sentence. ``files``: a hidden folder stands for so many."""

    path: str
    why: str
    files: int = 1


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version says otherwise than the one that counts.

    ``field`` is the name of a field of :class:`~dossier.model.Header` (``date``, ``signer`` …), or ``pages``;
    ``counts`` what the version that counts says, ``other`` what this one says, both as they are stored.
    """

    document: str
    field: str
    counts: str
    other: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a dossier. ``document`` is the version that counts: the signed original where there is
    one. ``versions`` are its drafts, scans and copies, ``annexes`` the papers issued with it under its number
    (a decision's regulation). Every document of a dossier is in exactly one paper, once."""

    document: Document
    versions: tuple[Document, ...] = ()
    annexes: tuple[Paper, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents of it: the one that counts, its versions, then those of its annexes."""
        return (self.document, *self.versions, *(each for paper in self.annexes for each in paper.documents))
