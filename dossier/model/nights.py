"""What is kept from night to night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dossier.model.findings import Severity


@dataclass(frozen=True, slots=True)
class Night:
    """One kept result: how an archive stood on ``day``.

    ``standing`` maps a dossier's path to its state, ``findings`` the keys of what concerns the archive
    as a whole to their severity, as in :class:`DossierAtNight`; ids of rules that were switched off are in
    ``off``. ``score`` is 0–100; ``units`` gives it by unit. ``new`` and ``mended`` count against the
    night kept before; ``None`` for the first.
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
    """How one dossier stood: its score (0–100) and the keys of its findings with their severity.

    A finding that somebody waived has the severity ``waived``.
    """

    name: str
    complete: bool
    score: float
    findings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that came, went or stayed. ``what`` is a sentence; ``key`` as in :attr:`Finding.keys`."""

    dossier: str
    name: str
    rule: str
    part: str
    severity: Severity
    what: str
    key: str


@dataclass(frozen=True, slots=True)
class ChangesSince:
    """What changed since the night of ``since``; nothing is told where no earlier night is kept.

    Errors and warnings only; ``still`` is how many of them are there as before. ``appeared``, ``gone`` and
    ``completed`` are paths of dossiers.
    """

    since: date | None = None
    new: tuple[FindingChange, ...] = ()
    mended: tuple[FindingChange, ...] = ()
    still: int = 0
    appeared: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    completed: tuple[str, ...] = ()
