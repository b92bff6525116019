"""Findings that somebody decided to live with for a time. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dossier.checklists.rules import FIXED
from dossier.i18n import _
from dossier.model import Finding, Severity, Waiver


def matching(waivers: Sequence[Waiver], rule: str, part: str) -> Waiver | None:
    """The first of the waivers that speaks of the rule and, where it names one, of the part."""
    return next((w for w in waivers if w.rule == rule and w.part in ("", part)), None)


def pardoned(finding: Finding, waivers: Sequence[Waiver]) -> Finding:
    """The finding as information, with the waiver that speaks of it, if any does."""
    if finding.rule in FIXED:
        return finding
    if finding.noticed is not None:  # to live with what happened once is not to expect it again
        waivers = [w for w in waivers if w.made_at >= finding.noticed]
    waiver = matching(waivers, finding.rule, finding.part)
    if waiver is None:
        return finding
    until = waiver.until.strftime("%d/%m/%Y") if waiver.until else _("không thời hạn")
    note = _(" (đã được {author} chấp nhận, {until}: {reason})").format(
        author=waiver.author, until=until, reason=waiver.reason
    )
    return replace(finding, severity=Severity.INFO, message=finding.message + note, waiver=waiver)
