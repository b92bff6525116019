"""Show reports and other results on the terminal, or write them to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import reports
from dossier.archive import Archive
from dossier.errors import UsageError
from dossier.i18n import _, language, speaking
from dossier.model import ComplianceReport, Document

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dossier.model.figures import Totals
    from dossier.renaming import Made


def document_view(archive: Archive, document: Document) -> RenderableType:
    """Show the classification of a document, for the terminal."""
    from dossier.usecases.inspect import places_in_words
    from reports.screen import document as screen

    return screen.document_view(document, places_in_words(archive, document))


def totals_file(found: Totals, output: str) -> bytes:
    """Render the totals in the format of the file name's extension. Raises :class:`UsageError` for an unknown
    one."""
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


def format_of(output: str) -> str:
    """Return the report format of a file name's extension; plain text for standard output. Raises
    :class:`UsageError` for a name without extension."""
    if output != "-" and Path(output).is_dir():
        raise UsageError(
            _("“{name}” là một thư mục.").format(name=output),
            _("Ghi cả tên tệp, ví dụ: {name}").format(name=Path(output, "bao-cao.docx")),
        )
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
    """Write the report to the file ``output`` atomically and return its path; ``-`` is standard output.

    ``force``: replace an existing file outside of archives. Raises :class:`UsageError` for an unknown format
    or a place closed to output, :class:`ArchiveError` if writing fails.
    """
    made: Made
    if format_ == "pdf":
        from dossier.usecases.papers import report_of

        made = report_of(report, format_)
    else:
        with speaking("vi" if format_ == "docx" else language()):  # documents to be signed are in Vietnamese
            made = reports.pieces(format_, report)
    return write_bytes(made, output, archive, force=force, act="report")


def write_bytes(
    made: Made, output: str, archive: Archive, *, force: bool = False, act: str = ""
) -> Path | None:
    """Write other output by the same rules as :func:`write`. ``act``: code of the entry for the audit log;
    empty if the act is already logged."""
    from dossier.usecases import audit
    from dossier.usecases.output import check, deliver

    check(output, archive, force=force)
    if act:
        audit.hand_out(archive, act, output)
    return deliver(made, output, archive, force=force)
