"""Totals over the reports on all dossiers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dossier.model.findings import Severity
from dossier.vietnamese import marked_words

if TYPE_CHECKING:
    from dossier.model.findings import Finding
    from dossier.model.verdicts import DossierReport, Outside


class Tally:
    """Running totals of reports added one at a time; the reports themselves are not kept."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._scores: dict[str, list[float]] = {}  # by unit
        self._spelt: dict[str, str] = {}
        self.pardoned = self.known = 0
        """Waived findings; errors and warnings in the baseline."""
        self.secrets: list[Finding] = []
        """Findings on stamps of secrecy."""

    def add(self, dossier: DossierReport) -> None:
        """Add the report on one dossier."""
        unit = self._spelt.setdefault(marked_words(dossier.unit), dossier.unit)
        self._scores.setdefault(unit, []).append(dossier.score)
        self._counts["dossiers"] += 1
        self._counts["complete"] += dossier.complete
        self._add(dossier, dossier.files)
        self.pardoned += sum(finding.waiver is not None for finding in dossier.findings)
        self.known += sum(f.baseline and f.severity is not Severity.INFO for f in dossier.findings)
        self.secrets += (finding for finding in dossier.findings if finding.secret)

    def _add(self, part: DossierReport | Outside, files: int) -> None:
        self._counts["files"] += files
        self._counts["documents"] += len(part.documents)
        self._counts["unread"] += len(part.unread)
        self._counts["ignored"] += sum(file.files for file in part.ignored)
        self._counts["needs_review"] += sum(document.needs_review for document in part.documents)

    @property
    def score(self) -> float:
        """The mean of the dossiers' scores, 0–100, never rounded up; 100 without any dossier."""
        return mean_score([score for scores in self._scores.values() for score in scores])

    @property
    def units(self) -> dict[str, float]:
        """The mean score by unit, in the order of the units' names; ``""`` where none is known.

        ``XÃ HOÀ TRỊ`` and ``Xã Hòa Trị`` are one, under the first spelling.
        """
        return {unit: mean_score(self._scores[unit]) for unit in sorted(self._scores)}

    def summary(self, outside: Outside) -> dict[str, int]:
        """The counts of the JSON contract's ``summary``, with files ``outside`` all dossiers included."""
        whole = Tally()
        whole._counts.update(self._counts)
        whole._add(outside, len(outside.files))
        found = whole._counts
        return {
            "dossiers": found["dossiers"],
            "complete": found["complete"],
            "incomplete": found["dossiers"] - found["complete"],
            "files": found["files"],
            "documents": found["documents"],
            "unread": found["unread"],
            "ignored": found["ignored"],
            "needs_review": found["needs_review"],
            "outside": len(outside.files),
        }


def mean_score(scores: list[float]) -> float:
    """The mean, never rounded up; 100 for no scores."""
    # In tenths: a sum of floats may come out just below the exact value.
    return sum(round(10 * score) for score in scores) // len(scores) / 10 if scores else 100.0
