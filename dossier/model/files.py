"""Files on disk and the content read from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dossier.model.layout import FieldReading, Segment

OUTSIDE = ""  # in place of a dossier's path for files in no dossier; the archive's root is "."


class Reading(StrEnum):
    """How the text of a page or document was obtained."""

    TEXT = "text"
    OCR = "ocr"
    MIXED = "mixed"
    NONE = "none"


class UnreadReason(StrEnum):
    """Why a file was not read; part of the JSON contract.

    ``CORRUPT`` stands for everything that could not be opened or parsed; ``Unread.detail`` says
    what exactly (damaged, vanished, no permission). ``IN_USE``: another program holds it open exclusively;
    the next scan reads it. ``NOT_LOCAL``: a placeholder of a cloud folder, whose content would have to be
    fetched from the network.
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
    """One file as found by the walk of the archive.

    ``raw_path`` is the path relative to the archive in the bytes of the file system
    (``os.fsencode``): needed to open a name in NFD or in an unknown encoding. ``path`` is its
    readable NFC form, unique within the archive. Size in bytes, times in nanoseconds; ``ctime_ns`` is the
    time of the last change of the file's metadata, which programs cannot set; 0 where not available.
    """

    path: str
    raw_path: bytes
    size: int
    mtime_ns: int
    inode: int
    dossier: str
    ctime_ns: int = 0


CENTRED = "\u2003"  # begins a centred line of a page
# Stands among a page's marks for a red frame of a stamp's size with illegible words.
UNREAD_FRAME = "[▭]"
# In place of a level of secrecy: such a frame seals a paper until a person looks at it.
ILLEGIBLE_STAMP = "khung-do"


@dataclass(frozen=True, slots=True)
class Page:
    """Text of one page, lines separated by ``\\n``; ``confidence`` (0–1) only where it was read by OCR.
    Centred lines of formats without positions begin with :data:`CENTRED`.

    ``inner`` is the name (NFC, folders with ``/``) of the page's file inside a container such
    as a .zip or a mail; else ``""``. ``segments`` are the positions of the words of the
    text; empty for formats without positions (then columns of a line are separated by tabs).
    ``fields``: readings of the number and the date of a head on this page that did not come from a text
    layer; candidates as read, in the form of the field.
    ``marks``: other content of the page, examined for stamps of secrecy only and never stored: red ink,
    page headers, pictures, another rendition, :data:`UNREAD_FRAME`.
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

    ``kind``: ``pades`` (in a PDF), ``xml`` (in an Office package), ``printed`` (only the text block
    that a signature leaves on a page). ``signer`` is the common name in the certificate,
    ``at`` the signing time it claims (with a zone, or ``None``). ``checked``: the signature could be
    verified; only then does ``intact`` tell whether the signed content is unchanged. ``trusted``:
    the certificate chains to a configured root. ``detail`` is a sentence. ``amended``:
    the signed content is intact, but the file was changed afterwards by more than further signatures.
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
        """Whether the signed content or the signature itself was changed."""
        return self.checked and not self.intact


@dataclass(frozen=True, slots=True)
class Content:
    """The content a reader extracted from a file: at least one page, pages numbered from 1.

    ``format`` is detected from the content (``pdf``, ``docx``, ``zip``), not from the file's
    name. ``notes`` are sentences about what was left out (pages past a limit, text cut).
    ``lacks`` names missing programs (``tesseract``, ``antiword``) that would have read more.
    """

    format: str
    pages: tuple[Page, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """The reason why a file could not be read; ``detail`` is a sentence that says what to do.

    ``lacks`` names missing programs (``tesseract``) with which it could be read.
    """

    reason: UnreadReason
    detail: str
    format: str = ""
    lacks: tuple[str, ...] = ()
