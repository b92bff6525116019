"""Data for viewing a document: its text, positions of recognised fields on its pages, and the file itself.

Documents with a secrecy stamp are not shown at all, nor are images that have not been read, since they may
have one.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossier.archive import Archive
from dossier.errors import ArchiveError
from dossier.i18n import N_, _
from dossier.index.query import parse
from dossier.index.snippets import marker
from dossier.index.tree import All, leaves
from dossier.model import OUTSIDE, Document, Reading, UnreadFile
from dossier.model.layout import Box, FieldSource, Segment
from dossier.model.places import PagePlaces
from dossier.plain_file import open_beneath
from dossier.scanner.pictures import can_draw
from dossier.usecases.known import open_known
from dossier.vietnamese import fold, nfc

FIELD_NAMES = {
    "number_symbol": N_("Số, ký hiệu"),
    "date": N_("Ngày"),
    "type": N_("Loại"),
    "issuing_body": N_("Cơ quan ban hành"),
    "abstract": N_("Trích yếu"),
    "signer": N_("Người ký"),
    "signer_title": N_("Chức vụ"),
    "superior_body": N_("Cơ quan chủ quản"),
    "place": N_("Nơi ban hành"),
}
_QUOTED = re.compile(r"[“\"]([^”\"]{3,200})[”\"]")
_LARGEST = 500 << 20  # maximal bytes of a file served to people
_MARGIN = 0.12  # margin above and below a box, as a fraction of its height
_MOST_MARKS = 400  # marks per page


@dataclass(frozen=True, slots=True)
class ViewedFile:
    """A file with its documents. ``dossier``: path of its dossier, empty if it is in none; ``beside``: all
    documents of this dossier that may be shown."""

    path: str
    raw_path: bytes
    dossier: str
    documents: tuple[Document, ...]
    unread: UnreadFile | None
    beside: tuple[Document, ...] = ()

    @property
    def secret(self) -> bool:
        """Whether a document in the file has a secrecy stamp: nothing of the file is shown then."""
        return bool(self.stamp)

    @property
    def stamp(self) -> str:
        """What seals the file: the first stamp met in it; empty if none does."""
        return next((each.security for each in self.documents if each.security is not None), "")

    @property
    def sha256(self) -> str:
        """SHA-256 of the file as it was read."""
        return self.documents[0].sha256 if self.documents else ""

    @property
    def format(self) -> str:
        """Format of the file, as named by the readers."""
        return self.documents[0].format if self.documents else ""

    @property
    def drawable(self) -> bool:
        """Whether images of the pages may be shown, and this machine can make them.

        The whole file must have been read, and nothing in it be secret.
        """
        read = bool(self.documents) and self.unread is None
        return (
            read
            and not self.secret
            and can_draw(self.format)
            and all(document.reading is not Reading.NONE for document in self.documents)
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlighted box on a page, in fractions of the page. ``kind``: ``field``, ``evidence`` or ``hit``."""

    page: int
    box: Box
    kind: str
    name: str
    label: str


def view_file(archive: Archive, path: str) -> ViewedFile | None:
    """Return the catalogued file at a path; ``None`` if there is none."""
    with open_known(archive) as catalogue:
        around = catalogue.dossier_of(path)
        raw = catalogue.raw_path(path)
        if around is None or raw is None:
            return None
        found: Sequence[Document]
        unread: Sequence[UnreadFile]
        if around == OUTSIDE:
            outside = catalogue.waiting.at(path)
            found, unread = outside.documents, outside.unread
        else:
            states = catalogue.states(around)
            found = [d for state in states for d in state.documents]
            unread = [file for state in states for file in state.unread]
    return ViewedFile(
        path,
        raw,
        "" if around == OUTSIDE else around,
        tuple(d for d in found if d.path == path),
        next((file for file in unread if file.path == path), None),
        () if around == OUTSIDE else tuple(d for d in found if d.security is None),
    )


def text_of(archive: Archive, document: Document) -> tuple[str, tuple[PagePlaces, ...]]:
    """Return the text of a document and the positions of its words on each page; empty if it is secret."""
    if document.security is not None:
        return "", ()
    with open_known(archive) as catalogue:
        text = catalogue.feed.text(document.path, document.ordinal)
        places = catalogue.feed.places(document.path, document.ordinal)
    return text, places


def marks(document: Document, text: str, places: Sequence[PagePlaces], page: int, query: str) -> list[Mark]:
    """Return the marks on a page: recognised fields, evidence for the classification, words of a query."""
    found = [
        Mark(reading.page, framed(reading.box, reading.source), "field", name, _(FIELD_NAMES.get(name, name)))
        for name, reading in document.header.fields.items()
        if reading.box is not None and reading.page == page
    ]
    on_page = [segment for each in places if each.number == page for segment in each.segments]
    for placement in document.placements:
        for said in placement.evidence:
            for quoted in _QUOTED.findall(said):
                pattern = _pattern_of(quoted)
                found += [Mark(page, box, "evidence", "", said) for box in _boxes(text, on_page, pattern)]
    if sought := query_pattern(query):
        found += [Mark(page, box, "hit", "", query) for box in _boxes(text, on_page, sought)]
    return list(dict.fromkeys(found))[:_MOST_MARKS]


def framed(box: Box, source: FieldSource) -> Box:
    """Return the frame to draw around a value. Boxes from OCR fit tightly around the letters and are enlarged
    vertically, so that they can be seen and clicked."""
    if source is not FieldSource.OCR:
        return box
    more = _MARGIN * (box.bottom - box.top)
    return Box(box.left, max(box.top - more, 0.0), box.right, min(box.bottom + more, 1.0))


def query_pattern(query: str) -> re.Pattern[str] | None:
    """Return the pattern of a query's words in folded text; ``None`` if there are none."""
    understood = parse(query[:200]).tree if query.strip() else None
    if understood is None:
        return None
    boosts = understood.boosts if isinstance(understood, All) else ()
    return marker(leaves(understood), boosts).pattern


def pieces(text: str, pattern: re.Pattern[str] | None) -> Iterator[tuple[str, bool]]:
    """Split a text into matches and the pieces between them; the flag tells matches."""
    at = 0
    for match in pattern.finditer(_folded(text)) if pattern else ():
        if match.start() > at:
            yield text[at : match.start()], False
        yield text[match.start() : match.end()], True
        at = match.end()
    if at < len(text):
        yield text[at:], False


def pages_of(document: Document, text: str) -> list[tuple[int, str]]:
    """Split a document's text into pages, each with its page number in the file."""
    first = document.pages[0]
    return [(first + at, page.strip("\n")) for at, page in enumerate(text.split("\f"))]


def original(archive: Archive, shown: ViewedFile) -> bytes:
    """Return the bytes of the file. Raises :class:`ArchiveError` if it is missing or has changed since it was
    read."""

    try:
        with os.fdopen(open_beneath(os.fsencode(archive.root), shown.raw_path), "rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise ArchiveError(
            _("“{path}” không còn ở đó nữa.").format(path=shown.path),
            _("Danh mục sẽ được cập nhật ở lần quét tới."),
        ) from error
    if len(content) > _LARGEST:
        raise ArchiveError(_("“{path}” quá lớn để tải qua trang này.").format(path=shown.path))
    if hashlib.sha256(content).hexdigest() != shown.sha256:
        raise ArchiveError(
            _("“{path}” đã thay đổi từ lần đọc gần nhất.").format(path=shown.path),
            _("Đợi công cụ đọc lại rồi thử lại."),
        )
    return content


def _pattern_of(quoted: str) -> re.Pattern[str]:
    tokens = re.findall(r"\w+", fold(nfc(quoted)))
    return re.compile(r"(?<!\w)" + r"[\W_]+".join(map(re.escape, tokens)) + r"(?!\w)") if tokens else _NEVER


_NEVER = re.compile(r"(?!)")


def _boxes(text: str, segments: Sequence[Segment], pattern: re.Pattern[str]) -> Iterator[Box]:
    """Yield boxes around the matches, one per segment that a match touches."""
    if not segments:
        return
    first, last = min(s.start for s in segments), max(s.end for s in segments)
    for match in pattern.finditer(_folded(text[first:last])):
        start, end = match.start() + first, match.end() + first
        for segment in segments:
            if segment.end <= start or segment.start >= end:
                continue
            box, at = None, segment.start
            for word in segment.words:
                if at < end and at + len(word.text) > start:
                    box = word.box if box is None else box.with_(word.box)
                at += len(word.text) + 1
            if box is not None:
                yield box


def _folded(text: str) -> str:
    """Fold a text without changing its length."""
    folded = fold(text)
    return folded if len(folded) == len(text) else "".join(fold(char)[:1] or " " for char in text)
