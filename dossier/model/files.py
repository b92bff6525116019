"""Files as the disk holds them, and what was read in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dossier.model.layout import FieldReading, Segment

OUTSIDE = ""  # stands for the dossier of files that lie in none; the archive's root is "."


class Reading(StrEnum):
    """How the text of a page or document was had."""

    TEXT = "text"
    OCR = "ocr"
    MIXED = "mixed"
    NONE = "none"


class UnreadReason(StrEnum):
    """Why a file was not read; part of the JSON contract.

    ``CORRUPT`` stands for everything that could not be opened or parsed; ``Unread.detail`` says
    what exactly (damaged, vanished, no permission). ``IN_USE``: a program has it open and lets nobody
    read it meanwhile; nothing is wrong with it, and the next scan reads it. ``NOT_LOCAL``: only its name is
    on this machine, and reading would fetch its content from a network.
    """

    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    UNSUPPORTED = "unsupported"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    EMPTY = "empty"
    IN_USE = "in-use"
    NOT_LOCAL = "not-local"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file as the walk of the disk saw it.

    ``raw_path`` is the path relative to the archive in the bytes of the file system
    (``os.fsencode``), the only way back to a name in NFD or in no known encoding; ``path`` is its
    readable NFC form, unique within the archive. Size in bytes, times in nanoseconds; ``ctime_ns`` is when
    anything about the file last changed, which no program can set; 0 where the system does not say.
    """

    path: str
    raw_path: bytes
    size: int
    mtime_ns: int
    inode: int
    dossier: str
    ctime_ns: int = 0


# Among a page's marks: a red frame of a stamp's size whose words cannot be read.
UNREAD_FRAME = "[▭]"


@dataclass(frozen=True, slots=True)
class Page:
    """Text of one page, lines parted by ``\\n``; ``confidence`` (0–1) only where it came by OCR.

    ``inner`` is the name (NFC, folders with ``/``) of the file it is from, inside a container such
    as a .zip or a mail; ``""`` where it is the file's own. ``segments`` tell where the words of the
    text stand; empty where the format knows no places (then columns of a line are parted by tabs).
    ``fields``: how number and date of a head on this page were read where letters of a file did not tell;
    candidates as they were read, in the form of the field.
    ``marks``: what is on the page beside its text and is looked at for stamps of secrecy only, kept
    nowhere: red ink, page headers, pictures, another rendition, :data:`UNREAD_FRAME`.
    """

    number: int
    text: str
    reading: Reading = Reading.TEXT
    confidence: float | None = None
    inner: str = ""
    segments: Sequence[Segment] = ()
    fields: Mapping[str, FieldReading] = field(default_factory=dict)
    marks: tuple[str, ...] = ()


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
