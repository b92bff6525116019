"""Compliance: pure functions of what is known about a dossier, its checklist and the day."""

from __future__ import annotations

from dossier.compliance.evaluate import evaluate
from dossier.compliance.facts import infer_facts
from dossier.compliance.lost import check as lost
from dossier.compliance.neighbours import Neighbours, neighbours
from dossier.compliance.unit import owed
from dossier.compliance.unsorted import check as unsorted

__all__ = ["Neighbours", "evaluate", "infer_facts", "lost", "neighbours", "owed", "unsorted"]
