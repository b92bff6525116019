"""Results of ``dossier doctor``: the state of the machine, its programs and libraries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """Result of one check."""

    OK = "ok"
    MISSING = "missing"  # the tool works without it, but does less
    BROKEN = "broken"  # the tool does not work as it is


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was ``found``, what its absence costs (``cost``), and how to ``mend`` it."""

    name: str
    health: Health
    found: str
    cost: str = ""
    mend: str = ""
