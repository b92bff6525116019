"""What is told of a machine and of what it works with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """State of one thing that was looked at."""

    OK = "ok"
    MISSING = "missing"  # the tool works without it, but does less
    BROKEN = "broken"  # the tool does not work as it is


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what was found, what its absence costs, what mends it."""

    name: str
    health: Health
    found: str
    cost: str = ""
    mend: str = ""
