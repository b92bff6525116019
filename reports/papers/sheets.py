"""The papers of a dossier in order, each with its running sheet numbers.

Sheets are counted by pages: of scans and PDF files these are known, of others only where ``pages`` tells
(by the id of the document). After a paper whose pages nobody knows the numbers stop: a number that may be
wrong is written by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dossier.model import Document, DossierReport, Paper, UnreadFile
from dossier.vietnamese import capitalised
from reports.papers import wording

_PAGED = ("pdf", "tiff", "png", "jpeg", "jpg")  # formats whose pages are those of the paper
_COPIES = {"sao-y": "bản sao y", "sao-luc": "bản sao lục", "trich-sao": "bản trích sao"}
Pages = Mapping[str, int]  # numbers of pages, by the id of the document
UNKNOWN: Pages = {}


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One line of the list: a paper with what is attached to it, or (``file``) something without text.

    ``pages``: how many, ``None`` where nobody knows; ``first``: its first sheet, ``None`` likewise.
    """

    paper: Paper | None
    file: UnreadFile | None
    pages: int | None
    first: int | None

    @property
    def sheets(self) -> str:
        """``3–4``, ``5``, or empty."""
        if self.first is None or not self.pages:
            return ""
        last = self.first + self.pages - 1
        return str(self.first) if last == self.first else f"{self.first}–{last}"


def entries(dossier: DossierReport, pages: Pages = UNKNOWN) -> list[SheetEntry]:
    """By day, those without a day after them, then what has no text: photos, films."""
    papers = sorted(wording.kept(dossier), key=_by_day)
    made: list[SheetEntry] = []
    following: int | None = 1
    for paper in papers:
        counted = _pages(paper, pages)
        made.append(SheetEntry(paper, None, counted, following))
        following = following + counted if following is not None and counted is not None else None
    made += [SheetEntry(None, file, None, None) for file in dossier.unread]
    return [e if e.pages is not None else SheetEntry(e.paper, e.file, None, None) for e in made]


def _by_day(paper: Paper) -> tuple[str, str, int]:
    document = paper.document
    return document.header.dated or "9999", document.path, document.ordinal


def total(listed: list[SheetEntry]) -> int | None:
    """All sheets, ``None`` where those of one paper are not known. What has no text has no sheets."""
    known = [entry.pages for entry in listed if entry.paper is not None]
    return sum(filter(None, known)) if known and None not in known else None


def _pages(paper: Paper, pages: Pages) -> int | None:
    counted = [_of(each, pages) for each in (paper.document, *(annex.document for annex in paper.annexes))]
    return None if None in counted else sum(filter(None, counted))


def _of(document: Document, pages: Pages) -> int | None:
    if document.id in pages:
        return pages[document.id]
    if document.format not in _PAGED or document.security:
        return None
    return document.pages[1] - document.pages[0] + 1


def named(entry: SheetEntry, dossier: DossierReport) -> str:
    """The paper by kind and abstract, with the names of what is attached; a file by its name."""
    if entry.paper is None:
        return inside(entry.file.path, dossier) if entry.file else ""
    if entry.paper.document.security:
        return "Tài liệu bị niêm phong"
    said = wording.paper(entry.paper.document) or inside(entry.paper.document.path, dossier)
    attached = [wording.paper(annex.document) for annex in entry.paper.annexes]
    return f"{said} (kèm theo: {'; '.join(filter(None, attached))})" if any(attached) else said


def notes(entry: SheetEntry) -> str:
    """What the last column says of it."""
    if entry.paper is None:
        placed = entry.file is not None and entry.file.placements
        return "Tài liệu không có chữ" if placed else "Chưa đọc được"
    document = entry.paper.document
    if document.security:
        return "Để riêng"
    said = ["bản dự thảo"] if document.header.draft else []
    said += [_COPIES[document.header.copy]] if document.header.copy in _COPIES else []
    if any(each.kind != "printed" and each.checked and each.intact for each in document.signatures):
        said.append("bản ký số")
    if document.needs_review:
        said.append("cần xem lại")
    text = "; ".join(said)
    return capitalised(text)


def inside(path: str, dossier: DossierReport) -> str:
    """A path as seen from the dossier's folder."""
    return path.removeprefix(f"{dossier.path}/")
