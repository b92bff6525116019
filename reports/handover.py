"""Which dossiers are handed over, and which are kept back.

Nghị định 30/2020/NĐ-CP, Điều 30.2 and 31; Thông tư 55/2025/TT-BCA, Điều 9.1 and 10.1: what is handed over
is finished work in complete dossiers; finished work that is kept back is listed too. Open dossiers and those
that were handed over belong to neither list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dossier.model import ComplianceReport, DossierReport


def ready(report: ComplianceReport) -> tuple[DossierReport, ...]:
    """Ended, complete, not handed over and not held."""
    return tuple(d for d in report.dossiers if _finished(d, report.today) and not reasons(d))


def kept_back(report: ComplianceReport) -> tuple[DossierReport, ...]:
    """Ended and not handed over, but lacking something, or held."""
    return tuple(d for d in report.dossiers if _finished(d, report.today) and reasons(d))


def reasons(dossier: DossierReport) -> list[str]:
    """Why a finished dossier is kept back; in Vietnamese, as the form is."""
    found = [] if dossier.complete else ["chưa đầy đủ"]
    return found + ([f"đang tạm giữ: {dossier.retention.hold}"] if dossier.retention.hold else [])


def only(report: ComplianceReport, dossiers: Sequence[DossierReport]) -> ComplianceReport:
    """The report of these dossiers alone."""
    return replace(report, dossiers=tuple(dossiers))


def _finished(dossier: DossierReport, today: date) -> bool:
    handed = dossier.facts["handed_over"].value if "handed_over" in dossier.facts else None
    over = bool(handed) and not (isinstance(handed, date) and handed > today)
    return dossier.retention.clock is not None and not over
