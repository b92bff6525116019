"""Nightly results and the changes between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dossier.model.findings import Severity


@dataclass(frozen=True, slots=True)
class Night:
    """The stored result of one night: the state of the archive on ``day``.

    ``standing`` maps dossiers' paths to their results; ``findings`` maps keys of findings on the archive
    as a whole to their severity, as in :class:`DossierAtNight`; ``off`` holds the ids of rules that were
    switched off. ``score`` is 0–100; ``units`` gives it by unit. ``new`` and ``mended`` are numbers of
    findings in comparison with the previous stored night; ``None`` for the first.
    """

    day: date
    counts: Mapping[str, int]
    score: float
    units: Mapping[str, float]
    standing: Mapping[str, DossierAtNight] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    off: tuple[str, ...] = ()
    new: int | None = None
    mended: int | None = None


@dataclass(frozen=True, slots=True)
class DossierAtNight:
    """Result of one dossier: its score (0–100) and the keys of its findings with their severity.

    A waived finding has the severity ``waived``.
    """

    name: str
    complete: bool
    score: float
    findings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that appeared or was mended. ``what`` is a sentence; ``key`` as in :attr:`Finding.keys`."""

    dossier: str
    name: str
    rule: str
    part: str
    severity: Severity
    what: str
    key: str


@dataclass(frozen=True, slots=True)
class ChangesSince:
    """Changes since the night of ``since``; empty where no earlier night is stored.

    Errors and warnings only; ``still`` is the number of unchanged ones. ``appeared``, ``gone`` and
    ``completed`` are paths of dossiers.
    """

    since: date | None = None
    new: tuple[FindingChange, ...] = ()
    mended: tuple[FindingChange, ...] = ()
    still: int = 0
    appeared: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    completed: tuple[str, ...] = ()
