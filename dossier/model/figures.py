"""How dossiers stand in figures, and what these come to for units and archives; no word of any paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class DossierFigures:
    """One dossier on one day. ``score``: 0–100; ``lacking``: numbers of the items without which it is not
    complete; ``rules``: findings that nobody accepted, counted by rule, severity and part."""

    name: str
    kind: str
    unit: str
    complete: bool
    score: float
    errors: int = 0
    warnings: int = 0
    overdue: int = 0
    doubts: int = 0  # documents of which a person must say what they are
    unread: int = 0
    secret: int = 0  # files with a stamp of secrecy
    lacking: tuple[int, ...] = ()
    rules: Mapping[tuple[str, str, str], int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class ItemTitle:
    """What an item of a kind of dossier is called; ``kind_title``: what the kind is called."""

    kind: str
    kind_title: str
    item: int
    title: str


@dataclass(frozen=True, slots=True)
class Total:
    """What the figures of several dossiers come to. ``score``: their mean, never rounded up; ``lacking``:
    how many of them lack an item, by kind and number; ``rules``: findings by rule; ``rank``: from 1, the same
    for those that stand alike."""

    name: str
    dossiers: int
    complete: int
    score: float
    errors: int
    warnings: int
    overdue: int
    doubts: int
    unread: int
    secret: int
    lacking: Mapping[tuple[str, int], int] = field(default_factory=dict, hash=False)
    rules: Mapping[str, int] = field(default_factory=dict, hash=False)
    rank: int = 0
    day: date | None = None  # of the figures, where it is not that of all


@dataclass(frozen=True, slots=True)
class Totals:
    """Units, or archives, side by side on ``day``, the best first. ``items``: those that somebody lacks, what
    is lacked most often first. ``missing``: who was asked and gave no figures, with the reason;
    ``refused``: files that count nothing, with the reason."""

    name: str
    day: date
    whole: Total
    parts: tuple[Total, ...]
    items: tuple[ItemTitle, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict, hash=False)
    refused: Mapping[str, str] = field(default_factory=dict, hash=False)
