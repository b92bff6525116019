"""Removes from reports what the visitor may not see: names of files with a secrecy stamp are shown only to
those who handle them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from dossier.i18n import _
from dossier.model import ComplianceReport, Document, DossierReport, Finding
from dossier.model.one_by_one import changed
from dossier.web.roles import Visitor


def there_is_one() -> str:
    """The message that there is a secret document, without naming it."""
    return _("Có văn bản có dấu chỉ độ mật: tách ra, xử lý theo quy định.")


def dossier(report: DossierReport, visitor: Visitor) -> DossierReport:
    """The report as the visitor may see it."""
    secret = _secret(report.documents)
    if visitor.sees_secret_names or not secret:
        return report
    return replace(
        report,
        documents=tuple(d for d in report.documents if d.security is None),
        findings=_redacted(report.findings, secret),
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
    """Like :func:`dossier`, for the report on the whole archive."""
    secret = _secret(document for part in report.parts for document in part.documents)
    if visitor.sees_secret_names or not secret:
        return report
    outside = replace(
        report.outside,
        documents=tuple(d for d in report.outside.documents if d.security is None),
        files=tuple(path for path in report.outside.files if path not in secret),
    )
    dossiers = changed(report.dossiers, partial(dossier, visitor=visitor))
    return replace(
        report, dossiers=dossiers, outside=outside, findings=_redacted(report.findings, secret), changes=None
    )


def _secret(documents: Iterable[Document]) -> frozenset[str]:
    """Ids and paths of the secret documents."""
    return frozenset(name for d in documents if d.security is not None for name in (d.id, d.path))


def _redacted(findings: Iterable[Finding], secret: frozenset[str]) -> tuple[Finding, ...]:
    return tuple(
        replace(finding, message=there_is_one(), documents=()) if finding.secret else finding
        for finding in findings
        if finding.secret or not secret.intersection(finding.documents)
    )
