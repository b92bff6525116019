"""Bring a compliance report to a person or a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import reports
from dossier.archive import Archive
from dossier.errors import UsageError
from dossier.i18n import _, language, speaking
from dossier.model import (
    ArchiveBrief,
    ComplianceReport,
    Document,
    DossierReport,
    Night,
    Proposal,
    UnreadFile,
    Waiver,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dossier.compliance.rules import RuleText
    from dossier.model.figures import Totals
    from dossier.usecases.audit import AuditEntry
    from dossier.usecases.decisions import Decided
    from dossier.usecases.review import Question


def summary(brief: ArchiveBrief) -> RenderableType:
    """The whole archive as a table for the terminal."""
    from reports.screen import archive as screen

    return screen.summary(brief)


def dossier_rows(brief: ArchiveBrief) -> list[str]:
    """The paths of the dossiers in the order of the rows of :func:`summary`."""
    from reports.screen import archive as screen

    return screen.rows(brief)


def paper_rows(report: DossierReport) -> list[str]:
    """The papers in the order of the numbers of :func:`dossier_view`: paths, with ``#2`` for a file's second
    document."""
    from reports.screen import dossier as screen

    return screen.rows(report)


def dossier_view(report: DossierReport) -> RenderableType:
    """One dossier's checklist for the terminal."""
    from reports.screen import dossier as screen

    return screen.dossier_view(report)


def document_view(archive: Archive, document: Document) -> RenderableType:
    """What one document was taken for, for the terminal."""
    from dossier.usecases.inspect import places_in_words
    from reports.screen import document as screen

    return screen.document_view(document, places_in_words(archive, document))


def decimal(value: float) -> str:
    """A number with at most one decimal, as the language in use writes it."""
    from reports import looks

    return looks.decimal(value)


def reason(file: UnreadFile) -> str:
    """Why a file was not read, in two or three words."""
    from reports import looks

    return looks.reason(file.reason)


def log_line(entry: AuditEntry) -> str:
    """One act of the log, for the terminal."""
    from reports import acts

    at = f"{entry.at.astimezone():%H:%M:%S %d/%m/%Y}"
    who = f"{entry.actor} ({acts.way(entry.way)})"
    said = [acts.act(entry.act), acts.about(entry.about), acts.particulars(entry.details)]
    return f"{entry.number:>6}  {at}  {who}: " + " – ".join(filter(None, said))


def question_view(question: Question, lines: Sequence[str]) -> RenderableType:
    """A doubtful document with its first ``lines`` and the answers to choose from, for the terminal."""
    from reports import questions

    doubt = question.doubt
    return questions.question(
        doubt.document, question.folder.name, question.why, lines, doubt.answers, question.title
    )


def question_list(found: Sequence[Question]) -> RenderableType:
    """All doubtful documents in order, for the terminal."""
    from reports import questions

    return questions.listing([(q.document, q.doubt.answers, q.doubt.parts) for q in found])


def decision_list(archive: Archive, found: Sequence[Decided]) -> RenderableType:
    """Decisions with who and when, for the terminal."""
    from reports import questions

    return questions.decisions([(d.decision, d.path, d.state, d.said(archive.checklists)) for d in found])


def proposal_list(archive: Archive, found: Sequence[Proposal]) -> RenderableType:
    """Folders that look like dossiers, with numbers, for the terminal."""
    from reports import proposals

    return proposals.listing(found, {kind: each.title for kind, each in archive.checklists.items()})


def proposal_plain(proposal: Proposal) -> dict[str, object]:
    """A folder that looks like a dossier, for machines."""
    from reports import proposals

    return proposals.plain(proposal)


def field_names(names: Sequence[str]) -> list[str]:
    """What the fields of a head are called, in the language in use."""
    from reports.questions import FIELD_NAMES

    return [_(FIELD_NAMES.get(name, name)).lower() for name in names]


def rule_list(rules: Sequence[RuleText]) -> RenderableType:
    """All rules by family, for the terminal."""
    from reports.screen import rules as screen

    return screen.listing(rules)


def waivers_view(known: list[tuple[Waiver, bool, int]]) -> RenderableType:
    """Waivers, whether each is in force, and how many findings it covers, as a table."""
    from reports.screen import waivers as screen

    return screen.waivers(known)


def trend_view(nights: Sequence[Night], last_two: Sequence[Night]) -> RenderableType:
    """Kept nights for the terminal; ``last_two`` with their dossiers."""
    from reports import trend

    return trend.screen(nights, last_two)


def trend_page(archive: Archive, nights: Sequence[Night], last_two: Sequence[Night]) -> bytes:
    """Kept nights as a page with a chart; ``last_two`` with their dossiers."""
    from reports import trend

    return trend.page(archive.name, nights, last_two)


def trend_plain(nights: Sequence[Night]) -> object:
    """Kept nights for machines."""
    from reports import trend

    return trend.plain(nights)


def totals_view(found: Totals) -> RenderableType:
    """Units or archives side by side, for the terminal."""
    from reports import units

    return units.screen(found)


def totals_plain(found: Totals) -> dict[str, object]:
    """The same for machines."""
    from reports import units

    return units.plain(found)


def totals_file(found: Totals, output: str) -> bytes:
    """The same in the format that the file's name asks for. Raises :class:`UsageError` for an unknown one."""
    from dossier import machine_json
    from reports import units

    format_ = format_of(output)
    if format_ == "json":
        return (machine_json.dumps(units.plain(found), indent=2) + "\n").encode()
    makers = {"html": units.page, "xlsx": units.workbook, "csv": units.table}
    if format_ not in makers:
        raise UsageError(
            _("Không ghi được “{output}” ở dạng ấy.").format(output=output),
            _("Đặt tên tệp có đuôi .html, .xlsx, .csv hoặc .json."),
        )
    return makers[format_](found)


def as_dict(known: object) -> object:
    """What :func:`dossier.usecases.inspect.inspect` found, for machines, by the names of the contract."""
    from reports import json as json_report

    return json_report.plain(known)


def format_of(output: str) -> str:
    """The report format that a file name asks for; plain text on standard output. Raises
    :class:`UsageError` for a name that has no suffix."""
    suffix = Path(output).suffix.lower().lstrip(".")
    if suffix or output == "-":
        return suffix or "txt"
    raise UsageError(
        _("Tên tệp “{name}” chưa có đuôi, nên chưa rõ phải ghi loại nào.").format(name=output),
        _(
            "Ghi đuôi của tệp cần có, ví dụ: {name}.docx (Word), {name}.pdf (PDF), {name}.xlsx (Excel)."
        ).format(name=output),
    )


def write(
    report: ComplianceReport, format_: str, output: str, archive: Archive, *, force: bool = False
) -> Path | None:
    """Write the report to the file ``output``, whole or not at all; ``-`` is standard output.

    ``force``: a file that is there outside of archives is replaced. Raises :class:`UsageError` for an
    unknown format or a place where nothing may be written, :class:`ArchiveError` when it cannot be.
    """
    if format_ == "pdf":
        from dossier.usecases.papers import report_of

        made = report_of(report, format_)
    else:
        with speaking("vi" if format_ == "docx" else language()):  # what is signed is Vietnamese
            made = reports.get(format_).render(report)
    return write_bytes(made, output, archive, force=force, act="report")


def write_bytes(
    made: bytes, output: str, archive: Archive, *, force: bool = False, act: str = ""
) -> Path | None:
    """Write anything else that was made, by the same rules. ``act``: by what the log knows it; empty where it
    is told already."""
    from dossier.usecases import audit
    from dossier.usecases.output import check, deliver

    check(output, archive, force=force)
    if act:
        audit.hand_out(archive, act, output)
    return deliver(made, output, archive, force=force)
