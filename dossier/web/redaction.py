"""What of a report is told to whom: names of files with a secrecy stamp only to who must deal with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dossier.i18n import _
from dossier.model import ComplianceReport, Document, DossierReport, Finding
from dossier.web.roles import Visitor


def there_is_one() -> str:
    """That there is a secret paper, and nothing more."""
    return _("Có văn bản có dấu chỉ độ mật: tách ra, xử lý theo quy định.")


def dossier(report: DossierReport, visitor: Visitor) -> DossierReport:
    """The report as that visitor may have it."""
    secret = _secret(report.documents)
    if visitor.sees_secret_names or not secret:
        return report
    return replace(
        report,
        documents=tuple(d for d in report.documents if d.security is None),
        findings=_told(report.findings, secret),
        items=tuple(
            replace(
                item,
                parts=tuple(
                    replace(part, documents=tuple(id_ for id_ in part.documents if id_ not in secret))
                    for part in item.parts
                ),
            )
            for item in report.items
        ),
    )


def archive(report: ComplianceReport, visitor: Visitor) -> ComplianceReport:
    """The same of the whole archive."""
    secret = _secret(report.documents)
    if visitor.sees_secret_names or not secret:
        return report
    outside = replace(
        report.outside,
        documents=tuple(d for d in report.outside.documents if d.security is None),
        files=tuple(path for path in report.outside.files if path not in secret),
    )
    dossiers = tuple(dossier(each, visitor) for each in report.dossiers)
    return replace(
        report, dossiers=dossiers, outside=outside, findings=_told(report.findings, secret), changes=None
    )


def _secret(documents: Iterable[Document]) -> frozenset[str]:
    """Ids and paths of the secret ones."""
    return frozenset(name for d in documents if d.security is not None for name in (d.id, d.path))


def _told(findings: Iterable[Finding], secret: frozenset[str]) -> tuple[Finding, ...]:
    return tuple(
        replace(finding, message=there_is_one(), documents=()) if finding.secret else finding
        for finding in findings
        if finding.secret or not secret.intersection(finding.documents)
    )
