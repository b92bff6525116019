"""Doubt handwritten numbers that lie against the order of the numbers in the whole archive."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from dossier.catalogue import Catalogue
from dossier.scanner.pipeline import Processor
from dossier.scanner.recognise import register
from dossier.scanner.recognise.number import symbol_of
from dossier.usecases.weighing import task_of


def doubt_misplaced(catalogue: Catalogue, processor: Processor, changed: Collection[str]) -> None:
    """Compare the numbers of the registers that documents of the ``changed`` dossiers belong to, and doubt
    those out of order, or no longer.

    The caller must hold the lock. Numbers are compared as read, so that the result does not depend on the
    order in which dossiers change.
    """
    handwritten = _registers(catalogue.circumstances.handwritten()) if changed else frozenset()
    if not handwritten:
        return
    concerned = handwritten & _registers(catalogue.circumstances.registers(changed))
    numbered = catalogue.circumstances.numbered(sorted(concerned))
    known = {each.id: (dossier, each) for dossier, each in numbered}
    headers = {key: each.document.header for key, (_dossier, each) in known.items()}

    def is_cited(key: int, number: str) -> bool:
        return any(
            reference.number_symbol == number
            for other in catalogue.circumstances.documents(known[key][0])
            if other.id != key
            for reference in other.document.header.references
        )

    changed_headers = register.misplaced(headers, is_cited).items()
    found = [(*known[key], header) for key, header in changed_headers if not known[key][1].corrected]
    if not found:
        return
    catalogue.circumstances.reread([(each, header) for _dossier, each, header in found])
    folders = catalogue.folders({dossier for dossier, _each, _header in found})
    logical = catalogue.circumstances.logical
    catalogue.circumstances.place(
        [
            (each, processor.place(task_of(each, folders[dossier]), replace(logical(each), header=header)))
            for dossier, each, header in found
            if dossier in folders and not each.decided
        ]
    )


def _registers(numbers: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Symbol and year of numbers with their years, those without a symbol left out."""
    return frozenset((symbol, year) for number, year in numbers if (symbol := symbol_of(number)))
