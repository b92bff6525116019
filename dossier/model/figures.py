"""Figures on dossiers and their totals by unit and archive. They hold no text of any document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class DossierFigures:
    """Figures of one dossier on one day. ``score``: 0–100; ``lacking``: numbers of the items that make it
    incomplete; ``rules``: number of findings not waived, by rule, severity and part."""

    name: str
    kind: str
    unit: str
    complete: bool
    score: float
    errors: int = 0
    warnings: int = 0
    overdue: int = 0
    doubts: int = 0  # documents that need review
    unread: int = 0
    secret: int = 0  # files with a stamp of secrecy
    lacking: tuple[int, ...] = ()
    rules: Mapping[tuple[str, str, str], int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class ItemTitle:
    """Title of an item of a kind of dossier; ``kind_title`` is the title of the kind."""

    kind: str
    kind_title: str
    item: int
    title: str


@dataclass(frozen=True, slots=True)
class Total:
    """Sum of the figures of several dossiers. ``score``: their mean, never rounded up; ``lacking``:
    number of dossiers that lack an item, by kind and item; ``rules``: findings by rule; ``rank``: from 1,
    equal results share a rank."""

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
    day: date | None = None  # day of these figures, where it differs from that of the others


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals of units or archives on ``day``, best first. ``items``: items lacking somewhere, the most
    frequent first. ``missing``: units or archives that gave no figures, with the reason;
    ``refused``: files that were not counted, with the reason."""

    name: str
    day: date
    whole: Total
    parts: tuple[Total, ...]
    items: tuple[ItemTitle, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict, hash=False)
    refused: Mapping[str, str] = field(default_factory=dict, hash=False)
