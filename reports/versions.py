"""Papers that lie in several files, told together: which version counts, in what the others differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dossier.i18n import N_, _
from dossier.model import Difference, Document, Paper
from reports import looks

_FIELDS = {
    "number_symbol": N_("số, ký hiệu"),
    "date": N_("ngày"),
    "issuing_body": N_("cơ quan ban hành"),
    "abstract": N_("trích yếu"),
    "signer": N_("người ký"),
    "pages": N_("số trang"),
}


def lines(papers: Iterable[Paper], folder: str) -> Iterator[str]:
    """A line for each paper in several files, one for each other version of it and for what is attached;
    paths as seen from ``folder``."""
    for paper in papers:
        if not (paper.versions or paper.annexes):
            continue
        yield _("{paper}: bản được tính là {file}").format(
            paper=looks.heading(paper.document), file=_inside(paper.document, folder)
        )
        yield from _others(paper, folder)
        for annex in paper.annexes:
            yield "  " + _("kèm theo: {file}").format(file=_inside(annex.document, folder))
            yield from _others(annex, folder)


def _others(paper: Paper, folder: str) -> Iterator[str]:
    for version in paper.versions:
        said = "  " + _("bản khác: {file}").format(file=_inside(version, folder))
        differing = [_differs(each) for each in paper.differences if each.document == version.id]
        yield f"{said} ({'; '.join(differing)})" if differing else said


def _differs(difference: Difference) -> str:
    other, counts = difference.other, difference.counts
    if difference.field == "date":
        other, counts = looks.written(other), looks.written(counts)
    return _("{field}: {other}, bản được tính: {counts}").format(
        field=_(_FIELDS[difference.field]), other=other, counts=counts
    )


def _inside(document: Document, folder: str) -> str:
    return document.path.removeprefix(f"{folder}/")


def plain(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """The papers that consist of several documents, for machines."""
    return [_plain(paper) for paper in papers if paper.versions or paper.annexes]


def _plain(paper: Paper) -> dict[str, Any]:
    return {
        "document": paper.document.id,
        "versions": [version.id for version in paper.versions],
        "annexes": [_plain(annex) for annex in paper.annexes],
        "differences": [
            {"document": each.document, "field": each.field, "counts": each.counts, "other": each.other}
            for each in paper.differences
        ],
    }
