"""One self-contained HTML page for the archive: urgent matters, what dossiers lack, a matrix, all dossiers.

It has no external resources: it opens from a memory stick in any browser and prints on A4. Its one script,
which filters and sorts the dossiers, is optional; a content security policy blocks any injected one.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from dossier.i18n import _, language, moment
from dossier.model import ChangesSince, ComplianceReport, Document, DossierReport, Finding, Severity, Status
from dossier.model.one_by_one import OneByOne, only, sorted_by
from reports import looks, own_rules, proposals, trend, urgent, versions

if TYPE_CHECKING:
    from jinja2 import Environment

_OF_WINDOWS = re.compile(r"[A-Za-z]:[\\/]|\\\\")  # D:\… or \\server\share\…


def render(report: ComplianceReport) -> bytes:
    """Render the report."""
    from markupsafe import Markup

    page = environment().get_template("archive.html.j2")
    shown = _shown(report)
    name = report.name or PurePath(report.archive).name
    duties = urgent.duties(report)
    script = _script()
    return page.render(
        report=report,
        name=name,
        printed_name="".join(c for c in looks.printable(name) if c not in '"\\<&'),  # in a style sheet
        lang=language(),
        script=Markup(script),  # noqa: S704  the project's own file
        policy=_policy(script),
        link=lambda path, page=1: _link(report.archive, path, page),
        shown=shown,
        kinds=_by_kind(shown),
        counts=Counter(dossier.kind for dossier in report.dossiers),
        summary={**report.summary, "needs_review": report.asked},
        anchors={dossier.path: f"hs{at}" for at, dossier in enumerate(shown, start=1)},
        chart=trend.draw(report.nights),
        secrets=urgent.secrets(report),
        unsorted=proposals.unsorted(report),
        proposed=list(proposals.lines(report.proposals)),
        overdue=[duty for duty in duties if duty.overdue],
        soon=[duty for duty in duties if not duty.overdue],
        most=_MOST,
    ).encode()


_MOST = 100  # changes and deadlines per section; the dossiers' own sections have all findings
_MOST_DOSSIERS = 500  # on one page: about 8 MB, which browsers open quickly


def _seen(value: object) -> object:
    """Make invisible and direction-changing characters (U+202E) in a text visible."""
    return (
        looks.printable(value, "\n\t") if isinstance(value, str) and not hasattr(value, "__html__") else value
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The Jinja2 environment for this package's templates, with autoescaping."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("reports"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=_seen,
    )  # fmt: skip
    made.globals.update(
        moment=moment,
        _=lambda message: _(message),
        looks=looks,
        own_rules=own_rules,
        urgent=urgent,
        versions=versions,
        papers=_papers,
        by_severity=_by_severity,
        reviewed=_reviewed,
        signed=_signed,
        share=looks.share,
        Status=Status,
    )
    return made


def _shown(report: ComplianceReport) -> Sequence[DossierReport]:
    """The dossiers shown on the page, most incomplete first; if there are too many, those with changes are
    preferred."""
    worst = urgent.worst_first(report.dossiers)
    if len(worst) <= _MOST_DOSSIERS:
        return worst
    found = report.changes or ChangesSince()
    news = {change.dossier for change in (*found.new, *found.mended)} | {*found.appeared, *found.completed}
    chosen = {d.path for d in sorted_by(worst, lambda d: d.path not in news)[:_MOST_DOSSIERS]}
    return only(worst, lambda dossier: dossier.path in chosen)


def _link(archive: str, path: str, page: int) -> str:
    """The file URL of a document, for a PDF with the page."""
    windows = _OF_WINDOWS.match(archive)  # by the path's form, so that the report is the same on every system
    place = PureWindowsPath(archive) if windows else PurePosixPath(archive)
    return f"{place.as_uri()}/{quote(path)}" + (f"#page={page}" if page > 1 else "")


@lru_cache(maxsize=1)
def _script() -> str:
    return (files("reports") / "templates" / "archive.js").read_text(encoding="utf-8")


def _policy(script: str) -> str:
    """The content security policy of the page, which allows only this script."""
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


def _by_kind(dossiers: Sequence[DossierReport]) -> dict[str, Sequence[DossierReport]]:
    """Group dossiers by kind, one matrix each, since they have the same items."""
    kinds: dict[str, list[int]] = {}
    for at, dossier in enumerate(dossiers):
        kinds.setdefault(dossier.kind, []).append(at)
    return {kind: OneByOne(dossiers, places) for kind, places in kinds.items()}


def _papers(dossier: DossierReport, ids: Sequence[str]) -> list[tuple[str, Document]]:
    """Documents with the path inside their dossier."""
    known = {document.id: document for document in dossier.documents}
    found = (known[id_] for id_ in ids if id_ in known)
    return [(_inside(dossier, document), document) for document in found]


def _inside(dossier: DossierReport, document: Document) -> str:
    return document.named.removeprefix(f"{dossier.path}/")


def _by_severity(findings: Sequence[Finding]) -> list[Finding]:
    """Sort by severity, most severe first, stable."""
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def _reviewed(dossier: DossierReport) -> list[tuple[str, Document]]:
    return [
        (_inside(dossier, document), document)
        for document in dossier.documents
        if document.id in dossier.asked
    ]


def _signed(dossier: DossierReport) -> list[tuple[str, Document]]:
    """Digitally signed files, each once, with the path inside the dossier."""
    first = {document.path: document for document in reversed(dossier.documents) if document.signatures}
    return [(path.removeprefix(f"{dossier.path}/"), first[path]) for path in sorted(first)]
