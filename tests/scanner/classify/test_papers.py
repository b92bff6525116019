"""Papers written by hand: recognised and placed by their content alone, under a name that tells nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dossier import checklists
from dossier.scanner.classify import Classifier
from dossier.scanner.recognise.header import read_header

PAPERS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("papers.toml").read_text(encoding="utf-8")
)["paper"]
CLASSIFIERS = {kind: Classifier(checklist) for kind, checklist in checklists.load().items()}


def name(paper: dict[str, Any]) -> str:
    return f"{paper['number'] or '-'} {' '.join(paper['parts']) or 'none'}"


@pytest.mark.parametrize("paper", PAPERS, ids=name)
def test_head_of_paper_is_read(paper: dict[str, Any]) -> None:
    head = read_header(paper["text"])
    assert (head.type, head.number_symbol, head.date) == (paper["type"], paper["number"], paper.get("date"))
    assert " ".join(head.abstract.split()).casefold() == paper["abstract"].casefold()


@pytest.mark.parametrize("paper", PAPERS, ids=name)
def test_paper_is_placed_by_its_content(paper: dict[str, Any]) -> None:
    head = read_header(paper["text"])
    found = CLASSIFIERS[paper["kind"]].classify(head, paper["text"], "scan0007.pdf", ())
    assert found.review == paper.get("review", False)
    if not found.review:
        assert {place.part for place in found.placements} == set(paper["parts"])
