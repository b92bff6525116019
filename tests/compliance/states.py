"""Dossiers as values, for the tests of the evaluation: no file is needed to judge one."""

from __future__ import annotations

from datetime import UTC, date, datetime

from dossier import checklists
from dossier.checklists.retention import load_packs
from dossier.compliance import evaluate
from dossier.model import (
    Document,
    DossierFolder,
    DossierReport,
    DossierState,
    Form,
    Header,
    Manifest,
    PartResult,
    Placement,
    Reading,
    UnreadFile,
    Waiver,
)

KINDS = checklists.load()
ALWAYS = ("1", "2", "3", "4", "5", "6a", "6b", "6c", "7a", "7b", "8a")
MADE = datetime(2026, 1, 1, tzinfo=UTC)


def paper(
    part: str,
    day: date | None = None,
    *,
    step: str = "",
    period: str = "",
    review: bool = False,
    name: str = "",
    type_: str = "quyet-dinh",
    number: str = "12/QĐ-UBND",
    sure: float = 0.95,
    **header: object,
) -> Document:
    """A document placed at ``part``; ``none`` for a document of no item."""
    path = f"mo-hinh/A/{name or f'{part}{step}{period}'}.pdf"
    places = ()
    if part != "none":
        item = int("".join(char for char in part if char.isdigit()))
        places = (Placement(item, part, sure, step=step, period=period),)
    known: dict[str, object] = {"form": Form.STATE, "type": type_, "number_symbol": number, "date": day}
    head = Header(**(known | header))  # type: ignore[arg-type]
    return Document(path, 1, (1, 1), path, "pdf", 1, Reading.TEXT, head, places, review)


def whole(founded: date, without: str = "", *more: Document) -> tuple[Document, ...]:
    """All documents that are always asked for, but one."""
    return (*(paper(part, founded) for part in ALWAYS if part != without), *more)


def state(
    *documents: Document,
    kind: str = "mo-hinh",
    name: str = "Camera an ninh",
    manifest: Manifest | None = None,
    unread: tuple[UnreadFile, ...] = (),
    waivers: tuple[Waiver, ...] = (),
    problems: tuple[str, ...] = (),
) -> DossierState:
    """What the catalogue would say of such a dossier."""
    folder = DossierFolder("mo-hinh/A", b"mo-hinh/A", kind, name, manifest or Manifest(), problems)
    return DossierState(folder, documents, unread, (), waivers, len(documents) + len(unread))


def judge(given: DossierState, today: date) -> DossierReport:
    """The verdict under the checklists that ship."""
    return evaluate(given, KINDS[given.folder.kind], load_packs(), today)


def lacking(report: DossierReport) -> list[str]:
    """Ids of the parts that lack something, errors and warnings alike."""
    return [part for item in report.items for part in item.missing]


def part_of(report: DossierReport, part: str) -> PartResult:
    """The verdict on one part."""
    return next(p for item in report.items for p in item.parts if p.part == part)


def rules(report: DossierReport) -> set[str]:
    """Ids of the rules that found something."""
    return {finding.rule for finding in report.findings}
