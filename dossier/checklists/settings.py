"""``[rules]`` of ``dossier.toml``: how strictly an archive wants to be judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class RuleSettings:
    """``due_days``: days before its day on which something is told to fall due soon.

    ``grace_days``: days granted beyond those of the checklist before a period's document counts as
    missing. ``severity`` weighs rules by their ids in the archive's own way; ``off`` leaves their
    findings out, which reports say. ``done``: by rule the days on which the unit did what it owes as a
    whole.
    """

    due_days: int = field(default=30, metadata={"ge": 0, "le": 366})
    grace_days: int = field(default=0, metadata={"ge": 0, "le": 366})
    done: dict[str, tuple[date, ...]] = field(default_factory=dict)
    severity: dict[str, Literal["error", "warning", "info", "off"]] = field(default_factory=dict)
