"""The hand-written papers as a person may find them, and all that is said of each: where it goes or might go,
step, period, how sure, and why.

After a change that is meant: ``pytest tests/scanner/classify/test_whole_classifications.py
--snapshot-update``, and read what differs as an archivist would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from dossier import checklists
from dossier.model import Header
from dossier.scanner.classify import Classification
from dossier.scanner.classify.around import Around
from dossier.scanner.classify.papers import ContextPaper
from dossier.scanner.recognise.header import read_header
from dossier.vietnamese import fold
from tests.scanner.classify.test_papers import CLASSIFIERS, PAPERS, name

KINDS = checklists.load()
OWN = "Khu nhà trọ 3 không"


def said(found: Classification) -> str:
    head = "asked" if found.review else "placed" if found.placements else "none"
    lines = [f"{head}{' untied' if found.untied else ''}"]
    for place in found.placements:
        where = " ".join(filter(None, (str(place.item), place.part, place.step, place.period)))
        lines.append(f"  {where} {place.confidence:.1f}: {'; '.join(place.evidence)}")
    return "\n".join(lines)


def bare(paper: dict[str, Any]) -> Classification:
    return CLASSIFIERS[paper["kind"]].classify(read_header(paper["text"]), paper["text"], "scan0007.pdf", ())


def without_marks(paper: dict[str, Any]) -> Classification:
    """A poor reading of a scan, in a folder numbered as the paper's item, or as item 10."""
    text = fold(paper["text"])
    folders = (f"{int(''.join(filter(str.isdigit, (paper['parts'] or ['10'])[0]))):02}. Tai lieu",)
    header = replace(read_header(paper["text"]), abstract=fold(paper["abstract"]))
    return CLASSIFIERS[paper["kind"]].classify(header, text, "Scan_0007.pdf", folders, scanned=True)


def undated(paper: dict[str, Any]) -> Classification:
    """Without day and number, under the name that somebody gave it, in the dossier of another model."""
    header = replace(read_header(paper["text"]), date=None, number_symbol="")
    file = f"03. {paper['type']} {paper['abstract'][:60]}.docx"
    return CLASSIFIERS[paper["kind"]].classify(
        header, paper["text"], file, ("Năm 2024",), dossier="Mô hình Tiếng kẻng an ninh xã Hòa Trị"
    )


def by_name(paper: dict[str, Any]) -> Classification:
    """Unread, with its number and title as its name."""
    number = paper["number"].replace("/", "-")
    file = f"{number} {paper['abstract'][:50]}.pdf"
    return Classification(CLASSIFIERS[paper["kind"]].by_name(file, ("13 Xếp loại", "13b")), review=True)


@pytest.mark.parametrize("found_as", [bare, without_marks, undated, by_name], ids=lambda way: way.__name__)
def test_all_that_is_said_of_a_paper(
    found_as: Callable[[dict[str, Any]], Classification], snapshot: SnapshotAssertion
) -> None:
    assert "\n".join(f"# {name(paper)}\n{said(found_as(paper))}" for paper in PAPERS) == snapshot


def together(kind: str) -> Iterator[tuple[dict[str, Any], Header, ContextPaper]]:
    """All papers of a kind, taken for one dossier in which they stand one after the other."""
    for at, paper in enumerate(paper for paper in PAPERS if paper["kind"] == kind):
        header = read_header(paper["text"])
        file = f"{at:02} van ban.pdf"
        found = CLASSIFIERS[kind].classify(header, paper["text"], file, ("Chung",), dossier=OWN)
        certain = not CLASSIFIERS[kind].doubted(found)
        folders = ("Chung",)
        yield paper, header, ContextPaper(
            f"Chung/{file}", 1, file, folders, header.date, found.placements, certain, header
        )  # fmt: skip


@pytest.mark.parametrize("kind", list(CLASSIFIERS))
def test_all_that_is_said_of_a_paper_among_others(kind: str, snapshot: SnapshotAssertion) -> None:
    papers = list(together(kind))
    around = Around(KINDS[kind], [context for _paper, _header, context in papers], {"6a": date(2024, 3, 1)})
    lines = []
    for paper, header, context in papers:
        view = around.seen_from(context)
        found = CLASSIFIERS[kind].classify(
            header, paper["text"], context.name, context.folders, dossier=OWN, around=view
        )
        lines.append(f"# {name(paper)}{' astray' if around.astray(context) else ''}\n{said(found)}")
    assert "\n".join(lines) == snapshot
