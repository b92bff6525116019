"""Compliance: pure functions that evaluate a dossier's state against its checklist on a given day."""

from __future__ import annotations

from dossier.compliance.archive_wide import unsorted, vanished
from dossier.compliance.evaluate import evaluate
from dossier.compliance.facts import infer_facts
from dossier.compliance.neighbours import Neighbours, neighbours
from dossier.compliance.unit import duties_owed

__all__ = ["Neighbours", "duties_owed", "evaluate", "infer_facts", "neighbours", "unsorted", "vanished"]
