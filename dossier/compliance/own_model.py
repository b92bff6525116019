"""The name of the dossier's model, and its rank in a document that covers several models. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.compliance.case import Case
from dossier.model import Document
from dossier.vietnamese import words

_BEFORE_NAME = 40  # characters
_QUOTED = re.compile(r"[“\"«']([^”\"»']{3,120})[”\"»']")
_NUMBER = re.compile(r"^(?:\d+ )+")


def name_of_model(case: Case) -> str:
    """The model's name as quoted in the founding decision, else the folder's name."""
    about = case.founding.header.abstract if case.founding else ""
    return quoted(about, case.checklist.called) or case.state.folder.name


def quoted(abstract: str, called: str) -> str:
    """The first quoted name that follows the word for the kind of dossier: mô hình “…”; else empty."""
    for found in _QUOTED.finditer(abstract):
        if words(called) in words(abstract[max(found.start() - _BEFORE_NAME, 0) : found.start()]):
            return found[1].strip()
    return ""


def rank_of_model(case: Case, document: Document) -> str:
    """The rank that a document gives the dossier's model: its only rank, or that of the row with the model's
    name. Of several such rows, the one whose name is equal; else empty."""
    header = document.header
    if len({rank for _row, rank in header.ranked}) < 2:
        return header.rank
    names = set(_names(case))
    own = [(row, rank) for row, rank in header.ranked if any(f" {name} " in f" {row} " for name in names)]
    exact = [(row, rank) for row, rank in own if _NUMBER.sub("", row) in names]
    given = {rank for _row, rank in exact or own}
    return given.pop() if len(given) == 1 else ""


def _names(case: Case) -> Iterator[str]:
    """Yield the model's names, folded, without the word for the kind before them."""
    leading = sorted(
        map(words, (case.checklist.called, *case.checklist.folder_names, *case.checklist.abbreviations)),
        key=len,
        reverse=True,
    )
    for name in (name_of_model(case), case.state.folder.name):
        said = words(name)
        word = next((each for each in leading if said.startswith(f"{each} ")), "")
        if bare := said.removeprefix(word).strip():
            yield bare


def leaves_out(case: Case, document: Document) -> bool:
    """Whether a document ranks several models by name, none of which can be the dossier's.

    A row can be about it if it has the first two words of one of its names, or most of the words. Names are
    those that the dossier's titles quote, and the folder's.
    """
    rows = [f" {row} " for row, _rank in document.header.ranked]
    if len(rows) < 2:
        return False
    titles = [each.header.abstract for each in case.state.documents if each.id != document.id]
    own = [name for title in titles if (name := words(quoted(title, case.checklist.called)))]
    if not own:  # a folder's name alone may be no name of a model
        return False
    own += _names(case)
    told = [f" {words(document.header.abstract)} ", *rows]
    return not any(_may_name(name.split(), text) for name in own for text in told)


def _may_name(name: list[str], text: str) -> bool:
    known = sum(f" {word} " in text for word in name)
    return f" {' '.join(name[:2])} " in text or 2 * known > len(name)
