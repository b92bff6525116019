"""Plain text for mail and terminals without colour: what is missing, by dossier."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from dossier.i18n import _
from dossier.model import ComplianceReport, DossierReport, Finding, Severity
from reports import looks, own_rules, proposals, urgent
from reports.looks import printable

_WIDTH = 100


def render(report: ComplianceReport) -> bytes:
    """Render the report."""
    return b"".join(pieces(report))


def pieces(report: ComplianceReport) -> Iterator[bytes]:
    """The report line by line."""
    return (f"{line}\n".encode() for line in _lines(report))


def _lines(report: ComplianceReport) -> Iterator[str]:
    title = _("KẾT QUẢ KIỂM TRA HỒ SƠ")
    yield title
    yield "=" * len(title)
    yield _("Kho: {archive}").format(archive=report.archive)
    yield _("Ngày kiểm tra: {day}").format(day=looks.day(report.today))
    for finding in urgent.secrets(report):
        yield from _told(finding, "✗ ")
    yield from _wrapped(looks.summary_line(report.summary, report.asked), "")
    for said in own_rules.sentences(report):
        yield from _wrapped(said, "○ ")
    for look, finding in looks.of_whole(report):
        if finding.secret:
            continue  # shown above
        yield from _told(finding, f"{look.symbol} ")
    if said := proposals.unsorted(report):
        yield from _wrapped(said, "! ")
        for line in proposals.lines(report.proposals):
            yield from _wrapped(line, "  - ")
    for problem in report.problems:
        yield from _wrapped(problem, "! ")
    for dossier in report.dossiers:
        yield ""
        yield from _dossier(dossier)
    if report.outside.files:
        unread = {file.path: file for file in report.outside.unread}
        yield ""
        yield _("Tệp không nằm trong hồ sơ nào:")
        for path in report.outside.files:
            why = _(" (chưa đọc được: {why})").format(why=unread[path].detail) if path in unread else ""
            yield from _wrapped(f"{path}{why}", "  - ")


def _dossier(dossier: DossierReport) -> Iterator[str]:
    look = looks.complete(dossier)
    yield from _wrapped(
        _("{name} ({path}): {verdict}").format(name=dossier.name, path=dossier.path, verdict=look.word),
        f"{look.symbol} ",
    )
    shown = [f for f in dossier.findings if f.severity is not Severity.INFO]
    for finding in shown:
        look = looks.severity(finding.severity)
        yield from _told(finding, f"    {look.symbol} ")


def _told(finding: Finding, lead: str) -> Iterator[str]:
    return _wrapped(f"[{finding.rule}] {finding.message} ({looks.citation(finding.citation)})", lead)


def _wrapped(text: str, lead: str) -> Iterator[str]:
    yield from textwrap.wrap(
        printable(text),
        _WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
