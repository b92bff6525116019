"""Compliance: pure functions of what is known about a dossier, its checklist and the day."""

from __future__ import annotations

from dossier.compliance.evaluate import evaluate
from dossier.compliance.facts import infer_facts
from dossier.compliance.linked import Shelf, shelf
from dossier.compliance.lost import check as lost
from dossier.compliance.unit import owed

__all__ = ["Shelf", "evaluate", "infer_facts", "lost", "owed", "shelf"]
