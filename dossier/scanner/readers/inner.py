"""Read the files inside a container (archive, mail, PDF, Office file) and combine their pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from dossier.i18n import _, joined
from dossier.model import Content, Page, Reading, Signature, Unread, UnreadReason
from dossier.scanner.readers.interface import DEEPER, Limits, ReadError
from dossier.scanner.readers.marks import of_names, of_pages
from dossier.scanner.readers.signatures import MOST
from dossier.scanner.sandbox_worker import still_alive
from dossier.vietnamese import nfc

_MAX_NAME = 240  # characters
_MAX_NOTES = 50
_MOST_LOOKED_AT = 50  # files of a nested container that are searched for stamps


@dataclass(frozen=True, slots=True)
class Inner:
    """A file inside another: its name (``/`` between folders) and its bytes, or why there are none.

    ``data`` is the extracted content where only the container's reader can read the file.
    """

    name: str
    data: bytes | Content | Unread


class Gathering:
    """Combines the contents of the files inside a container, within the limits of one file.

    ``own``: pages of the container itself, which come first.
    """

    def __init__(self, format_: str, limits: Limits, own: Sequence[Page] = ()) -> None:
        self._format = format_
        self._limits = limits
        self._pages = list(own)
        self._room = limits.max_text_chars - sum(len(page.text) for page in own)
        self._ocr_left = limits.ocr_max_pages
        self._names: set[str] = set()
        self._named: list[str] = []
        self._unread: list[Unread] = []
        self._lacks: set[str] = set()
        self._signatures: list[Signature] = []
        self._marks: tuple[str, ...] = ()
        self.notes: list[str] = []

    def add_all(self, files: Iterable[Inner]) -> None:
        """Read the files one by one until a limit is reached; iterating ``files`` unpacks them lazily."""
        for count, file in enumerate(files):
            full = self._room <= 0 or len(self._pages) >= self._limits.max_pages
            if full or count >= self._limits.max_inner_files:
                self.notes.append(
                    _("Chỉ đọc {count} tệp đầu bên trong; hãy giải nén vào hồ sơ để đọc hết.").format(
                        count=count
                    )
                )
                return
            still_alive()
            self._add(file)

    def content(self, properties: dict[str, str] | None = None) -> Content:
        """Return all pages. Raises :class:`ReadError` if neither the container nor a file in it has text."""
        if not self._pages and self._marks and (self._limits.deeper < DEEPER or self._stamped()):
            return Content(self._format, (Page(1, "", Reading.NONE, marks=self._marks),))
        if not any(page.text.strip() for page in self._pages):
            raise ReadError(self._nothing())
        pages = tuple(replace(page, number=number) for number, page in enumerate(self._pages, 1))
        marks = pages[0].marks + self._marks + of_names(self._named)
        pages = (replace(pages[0], marks=marks), *pages[1:])
        lacks, signatures = tuple(sorted(self._lacks)), tuple(self._signatures[:MOST])
        return Content(self._format, pages, properties or {}, self._noted(), lacks, signatures)

    def _stamped(self) -> bool:
        """Whether the nested files, whose text is not kept, bear a secrecy stamp, which must be reported."""
        from dossier.scanner.recognise import secrecy

        return secrecy.level((Page(1, "", Reading.NONE, marks=self._marks),), ()) is not None

    def _add(self, file: Inner) -> None:
        from dossier.scanner.readers import read_bytes

        name = self._unique(file.name)
        self._named.append(file.name)
        data = file.data
        result = read_bytes(data, self._inner_limits()) if isinstance(data, bytes) else data
        self._lacks.update(result.lacks)
        if isinstance(result, Unread):
            if isinstance(data, bytes) and is_nested(result):
                self.look_at([file])
            self._unread.append(result)
            self.notes.append(
                _("Không đọc được “{name}” bên trong: {why}").format(name=name, why=result.detail)
            )
            return
        self.notes.extend(f"“{name}”: {note}" for note in result.notes)
        self._ocr_left -= sum(1 for page in result.pages if page.reading is Reading.OCR)
        self._room -= sum(len(page.text) for page in result.pages)
        self._pages.extend(replace(page, inner=name) for page in result.pages)
        self._signatures.extend(replace(signature, inner=name) for signature in result.signatures)

    def look_at(self, files: Iterable[Inner]) -> None:
        """Search nested files for secrecy stamps only; their text is not kept."""
        if self._limits.deeper <= 0:
            return
        from dossier.scanner.readers import read_bytes

        limits = replace(self._inner_limits(), containers=True, deeper=self._limits.deeper - 1)
        for file in islice(files, _MOST_LOOKED_AT):
            still_alive()
            if isinstance(file.data, bytes):
                self._marks += of_pages(read_bytes(file.data, limits))

    def _inner_limits(self) -> Limits:
        return replace(
            self._limits,
            containers=False,
            max_pages=max(self._limits.max_pages - len(self._pages), 1),
            max_text_chars=max(self._room, 1),
            ocr_max_pages=max(self._ocr_left, 0),
        )

    def _unique(self, name: str) -> str:
        """Return the name in NFC, shortened, printable, and unique among the files of this container."""
        kept = "".join(char for char in nfc(name) if char.isprintable()).strip(" /")[-_MAX_NAME:] or "?"
        unique, number = kept, 2
        while unique in self._names:
            unique, number = f"{kept} ({number})", number + 1
        self._names.add(unique)
        return unique

    def _noted(self) -> tuple[str, ...]:
        if len(self.notes) <= _MAX_NOTES:
            return tuple(self.notes)
        more = _("… và {count} ghi chú nữa.").format(count=len(self.notes) - _MAX_NOTES)
        return (*self.notes[:_MAX_NOTES], more)

    def _nothing(self) -> Unread:
        if not self._unread:
            return Unread(UnreadReason.EMPTY, _("Bên trong không có chữ nào."), self._format)
        (reason, _count), *_rest = Counter(unread.reason for unread in self._unread).most_common(1)
        if self._lacks:
            reason = UnreadReason.UNSUPPORTED
        detail = joined(self._noted()[:5])
        return Unread(reason, detail, self._format, tuple(sorted(self._lacks)))


def nested(format_: str) -> Unread:
    """The reason for a container inside another one, which is not opened."""
    detail = _("Tệp nén nằm trong tệp khác nên không mở; hãy giải nén vào hồ sơ.")
    return Unread(UnreadReason.UNSUPPORTED, detail, format_)


def is_nested(unread: Unread) -> bool:
    """Whether a file is unread only because it is a container inside another one."""
    return unread == nested(unread.format)
