"""What a family of rules is given: a dossier, its facts and papers by place, the day, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossier.checklists.schema import Checklist
from dossier.checklists.settings import RuleSettings
from dossier.compliance.neighbours import Neighbours
from dossier.compliance.placed import Placed
from dossier.model import DossierState, Due, Facts, ItemResult, Retention


@dataclass(frozen=True, slots=True)
class Case:
    """One dossier on one day. ``items`` is the verdict on its parts, ``due`` all that fell or falls due,
    ``kept`` how long it is kept; ``around`` what must be known of the other dossiers."""

    state: DossierState
    checklist: Checklist
    facts: Facts
    placed: Placed
    items: tuple[ItemResult, ...]
    due: tuple[Due, ...]
    kept: Retention
    today: date
    settings: RuleSettings
    around: Neighbours
