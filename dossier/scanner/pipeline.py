"""The processing of one file, from its bytes to its classified documents; runs in a worker process."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from dossier.checklists import vocabulary
from dossier.checklists.schema import Checklist
from dossier.i18n import use
from dossier.model import (
    Content,
    FileEntry,
    FileRecord,
    Header,
    LogicalDocument,
    PlacedDocument,
    Placement,
    Reading,
    Signature,
    Unread,
    UnreadFile,
)
from dossier.scanner.classify import Classifier
from dossier.scanner.classify.around import View
from dossier.scanner.classify.learned import Learned, available, load_model
from dossier.scanner.classify.names import mentions
from dossier.scanner.ocr.tesseract import TesseractProgram
from dossier.scanner.readers import read_file
from dossier.scanner.readers.interface import Limits
from dossier.scanner.readers.marks import of_names, with_marks
from dossier.scanner.recognise import esign, evidence, recognise, secrecy
from dossier.scanner.recognise.misread import respelled, with_symbol

# A file written so shortly before it was read may not be complete, or may change again with the same time
# stamp (FAT has a resolution of two seconds; the time of change that of the system's clock ticks).
_DOUBT_NS = 2_000_000_000
_TICK_NS = 100_000_000


@dataclass(frozen=True, slots=True)
class Task:
    """One file to process. ``kind``: of its dossier, empty for a file outside, which is read but not
    classified. ``expected``: hashes of catalogued content; a file with one of them is not read again.
    ``unsealed``: hashes of content that, by people's decisions, has no secrecy stamp. ``called``: the
    dossier's name if it differs from its folder's. ``apart``: run what can crash the process in separate
    programs."""

    entry: FileEntry
    kind: str
    expected: tuple[str, ...] = ()
    unsealed: frozenset[str] = frozenset()
    called: str = ""
    apart: bool = False


def apart(task: Task) -> Task | None:
    """Return the task to be run after ``task`` crashed its worker: with ``apart``; ``None`` the second
    time."""
    return None if task.apart else replace(task, apart=True)


@dataclass(frozen=True, slots=True)
class Same:
    """The result for a file whose content is one of the expected ones."""

    sha256: str
    doubtful: bool


@dataclass
class Processor:
    """The job of a worker; picklable. Classifiers are built when first needed."""

    root: bytes
    checklists: Mapping[str, Checklist]
    limits: Limits
    language: str = "vi"
    vocabulary: Path | None = None  # file with the archive's own words
    learned: str = ""  # file of the model learned from people's decisions, if there is one
    _model: Learned | None = field(default=None, repr=False)
    _stamp: tuple[int, int] = field(default=(0, 0), repr=False)  # time and inode of the model's file loaded
    _classifiers: dict[str, Classifier] = field(default_factory=dict, repr=False)

    def __call__(self, task: Task) -> FileRecord | Same:
        """Read, recognise and classify one file. Never raises for a bad file."""
        use(self.language)
        vocabulary.use(self.vocabulary)
        entry = task.entry
        started = time.time_ns()
        limits = self.limits
        if task.apart:
            limits = replace(limits, ocr_engine=TesseractProgram.name, apart=True)
        reading = read_file(entry.raw_path, limits, expected=task.expected, below=self.root)
        doubtful = _may_hide_a_change(entry, started) or reading.size != entry.size
        if reading.result is None:
            return Same(reading.sha256, doubtful)
        entry = replace(entry, size=reading.size)
        if isinstance(reading.result, Unread):
            unread = reading.result
            return FileRecord(
                entry,
                reading.sha256,
                unread.format,
                unread=UnreadFile(entry.path, unread.reason, unread.detail, self.candidates(task)),
                doubtful=doubtful,
                lacks=unread.lacks,
            )
        content = reading.result
        weighed = evidence.weighed(map(respelled, recognise(content)), content, entry.path.rpartition("/")[2])
        issued = (_issued(with_symbol(document), content.signatures) for document in weighed)
        documents = tuple(map(self._with_mentions, issued))
        # A mark of secrecy in the file's name counts like one on a page.
        shown = with_marks(content, of_names([entry.path.rpartition("/")[2]]))
        level = secrecy.level(shown.pages, documents)
        if level is not None and reading.sha256 not in task.unsealed:
            sealed = _sealed(entry, reading.sha256, content, level, doubtful)
            return replace(sealed, unkept=documents)
        placed = tuple(self.place(task, document) for document in documents)
        return FileRecord(
            entry,
            reading.sha256,
            content.format,
            placed,
            None,
            content.notes,
            doubtful,
            content.lacks,
            _signatures(content),
        )

    def _with_mentions(self, document: LogicalDocument) -> LogicalDocument:
        """Return the document with the ids of the checklists' subjects that its text mentions."""
        if not document.text.strip():
            return document
        mentioned = mentions(document.text, self.checklists.values())
        return replace(document, header=replace(document.header, mentions=mentioned))

    def place(self, task: Task, document: LogicalDocument, around: View | None = None) -> PlacedDocument:
        """Classify one logical document of the file; ``around``: its surroundings in the dossier."""
        if not task.kind:
            return PlacedDocument(document)
        name, folders = name_in_dossier(task.entry, document)
        classifier = self._classifier(task.kind)
        found = classifier.classify(
            document.header,
            document.text,
            name,
            folders,
            dossier=task.called or task.entry.dossier,
            scanned=document.reading is not Reading.TEXT,
            around=around,
        )
        weighed = around is not None
        doubted = weighed or classifier.doubted(found)
        return PlacedDocument(document, found.placements, found.review, doubted=doubted, weighed=weighed)

    def candidates(self, task: Task) -> tuple[Placement, ...]:
        """Return candidate placements of an unread file by its name and folders."""
        if not task.kind:
            return ()
        return self._classifier(task.kind).by_name(
            *name_and_folders(task.entry), task.called or task.entry.dossier
        )

    def _classifier(self, kind: str) -> Classifier:
        self._relearn()
        if kind not in self._classifiers:
            self._classifiers[kind] = Classifier(self.checklists[kind], self._model)
        return self._classifiers[kind]

    def _relearn(self) -> None:
        """Load the learned model again if its file changed, because a watcher's workers run for a long
        time."""
        try:
            now = os.stat(self.learned)
            stamp = (now.st_mtime_ns, now.st_ino)
        except OSError:
            stamp = (0, 0)
        if stamp != self._stamp:
            self._model = load_model(Path(self.learned)) if any(stamp) and available() else None
            self._classifiers.clear()
            self._stamp = stamp


def _issued(document: LogicalDocument, signatures: tuple[Signature, ...]) -> LogicalDocument:
    """Return the document, not as a draft if it has a number and a valid signature: apparent blanks are then
    only in the picture of the page."""
    header = document.header
    signed = any(
        signature.checked and signature.intact and not signature.amended and signature.inner == document.name
        for signature in signatures
    )
    if not (header.draft and signed and header.number_symbol[:1].isdigit()):
        return document
    return replace(document, header=replace(header, draft=False))


def _may_hide_a_change(entry: FileEntry, read_ns: int) -> bool:
    """Whether the file may change after it was read at ``read_ns`` without a change of its times."""
    return entry.mtime_ns > read_ns - _DOUBT_NS or entry.ctime_ns > read_ns - _TICK_NS


def _signatures(content: Content) -> tuple[Signature, ...]:
    """Return the digital signatures, and the printed signature blocks of inner files without digital ones."""
    signed = {signature.inner for signature in content.signatures}
    return content.signatures + esign.printed([p for p in content.pages if p.inner not in signed])


def _sealed(entry: FileEntry, sha256: str, content: Content, level: str, doubtful: bool) -> FileRecord:
    """Return the only record allowed of a file with a secrecy stamp: its existence, hash and level."""
    blank = LogicalDocument(1, (1, len(content.pages)), Header(), "", Reading.NONE)
    return FileRecord(
        entry, sha256, content.format, (PlacedDocument(blank, security=level),), doubtful=doubtful
    )


def name_in_dossier(entry: FileEntry, document: LogicalDocument) -> tuple[str, tuple[str, ...]]:
    """Return the document's name and folders in its dossier (see :func:`inside_dossier`)."""
    return inside_dossier(entry, document.name)


def inside_dossier(entry: FileEntry, inner_name: str) -> tuple[str, tuple[str, ...]]:
    """Return name and folders of the file, or of the file ``inner_name`` inside it, if it is a container."""
    name, folders = name_and_folders(entry)
    if inner_name:  # an inner file is classified by its own name, not the container's
        *inner, name = inner_name.split("/")
        folders = (*folders, *inner)
    return name, folders


def name_and_folders(entry: FileEntry) -> tuple[str, tuple[str, ...]]:
    """Return the file's name and the folders between its dossier and itself, outermost first; of a file
    elsewhere, the folders below the one beside which its dossier is."""
    above, around = f"{entry.dossier}/", f"{entry.dossier.rpartition('/')[0]}/"
    inside = entry.path
    if inside.startswith(above):
        inside = inside[len(above) :]
    elif entry.dossier != "." and around != "/":
        inside = inside[len(around) :] if inside.startswith(around) else inside.rpartition("/")[2]
    *folders, name = inside.split("/")
    return name, tuple(folders)
