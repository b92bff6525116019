"""Make office documents (inventories, handover records, reports) from a report, as Word, PDF or Excel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.archive import Archive
from dossier.errors import UsageError
from dossier.i18n import _, speaking
from dossier.model import ComplianceReport, DossierReport
from dossier.progress import report_progress
from dossier.usecases.assess import assess
from dossier.usecases.new_folder import new_folder
from dossier.usecases.official_names import officially_named
from dossier.usecases.output import check_new_folder

if TYPE_CHECKING:
    from reports.papers.lists import FiledList

_SECONDS = 120.0  # time limit for LibreOffice to start and convert one document
_EACH = 20.0  # additional time limit for each further document


def formal(archive: Archive, today: date | None = None, dossier: str | None = None) -> ComplianceReport:
    """Return the report that office documents are made from: in Vietnamese, whatever the user's language."""
    with speaking("vi"):
        return officially_named(archive, assess(archive, today, dossier))


@speaking("vi")
def inventory(report: ComplianceReport, format_: str, chosen: Sequence[str] = ()) -> bytes:
    """Make the inventory of the dossiers to hand over: those chosen by path, or all that are ready."""
    from reports.papers import inventory as paper

    return _filed(paper.of(report, handed_over(report, chosen)), format_)


@speaking("vi")
def documents(report: ComplianceReport, format_: str) -> bytes:
    """Make the list of documents in the report's only dossier."""
    from reports.papers import documents as paper

    return _filed(paper.of(report.dossiers[0], report.office, report.today), format_)


@speaking("vi")
def kept_back(report: ComplianceReport, format_: str) -> bytes:
    """Make the list of finished dossiers that stay with the unit."""
    from reports.papers import inventory as paper

    return _filed(paper.of_kept_back(report), format_)


def council(report: ComplianceReport, format_: str) -> bytes:
    """Make the list for the appraisal council. Raises :class:`UsageError` if no dossier may be on it."""
    from reports.papers import council as paper

    if not paper.due(report):
        raise UsageError(
            _("Không có hồ sơ nào đủ căn cứ để đề nghị Hội đồng xét."),
            _("Chỉ những hồ sơ hết thời hạn theo quy định đã đối chiếu mới được đề nghị; xem: {how}.").format(
                how="dossier retention"
            ),
        )
    return _filed(paper.of(report), format_)


@speaking("vi")
def handover(report: ComplianceReport, format_: str, chosen: Sequence[str] = ()) -> bytes:
    """Make the handover record for the same dossiers as :func:`inventory`."""
    from reports.papers import handover as paper

    return written(paper.docx(report, handed_over(report, chosen)), format_)


@speaking("vi")
def report_of(report: ComplianceReport, format_: str) -> bytes:
    """Make the report to a superior."""
    from reports.papers import report as paper

    return written(paper.docx(report), format_)


def handed_over(report: ComplianceReport, chosen: Sequence[str] = ()) -> tuple[DossierReport, ...]:
    """Return the dossiers chosen by path, in the report's order; without a choice all that are ready."""
    from reports.papers.inventory import ready

    return tuple(d for d in report.dossiers if d.path in chosen) if chosen else ready(report)


def written(made: bytes, format_: str) -> bytes:
    """Return a Word document as it is or converted to PDF. Raises :class:`UsageError` for another format."""
    if format_ == "docx":
        return made
    if format_ == "pdf":
        return printed([made])[0]
    raise UsageError(
        _("Văn bản này chỉ có dạng .docx và .pdf, không có “{format}”.").format(format=format_ or "?"),
        _("Đổi đuôi tệp sau -o."),
    )


def printed(made: Sequence[bytes]) -> list[bytes]:
    """Convert Word documents to PDF/A. Raises :class:`UsageError` if that is not possible here."""
    from dossier.scanner._exec import libreoffice
    from dossier.scanner._exec.program import ProgramError

    program = libreoffice.converter(libreoffice.TO_PDF)
    install = libreoffice.install_command(libreoffice.TO_PDF)
    if program is None:
        raise UsageError(
            _("Máy này không có LibreOffice (phần Writer) nên chưa lập được PDF."),
            _("Dùng tệp .docx rồi xuất PDF từ Word, hoặc cài: {command}").format(command=install),
        )
    report_progress(0, 0, _("lập PDF"))  # one run of LibreOffice converts all documents, without progress
    try:
        done = libreoffice.to_pdf(program, [("docx", each) for each in made], _SECONDS + _EACH * len(made))
    except ProgramError as error:
        raise UsageError(
            _("LibreOffice chưa lập được PDF ({why}).").format(why=error),
            _("Thử lại, hoặc dùng tệp .docx rồi xuất PDF từ Word."),
        ) from error
    whole = [each for each in done if each is not None]
    if len(whole) != len(made):
        raise UsageError(
            _("LibreOffice chưa lập được đủ các tệp PDF."),
            _("Thử lại, hoặc dùng tệp .docx rồi xuất PDF từ Word."),
        )
    return whole


def write_papers(
    archive: Archive,
    papers: Mapping[str, bytes],
    folder: Path,
    note: Callable[[Path, Path], None],
    *,
    pdf: bool = False,
) -> list[Path]:
    """Write Word documents (by name) into the new folder ``folder``, with ``pdf`` also as PDF; return the
    files' paths. ``note`` is called with the folder before it is there, and with the finished one that is
    then renamed to it.

    Raises the errors of :func:`~dossier.usecases.new_folder.new_folder`, and :class:`UsageError` if a
    requested PDF cannot be made."""
    place = check_new_folder(folder, archive)
    files = {f"{name}.docx": made for name, made in papers.items()}
    if pdf:
        done = printed(list(papers.values()))
        files |= {f"{name}.pdf": made for name, made in zip(papers, done, strict=True)}
    with new_folder(place, archive) as building:
        for name, content in files.items():
            (building / name).write_bytes(content)
        note(place, building)
    return [place / name for name in sorted(files)]


def _filed(made: FiledList, format_: str) -> bytes:
    from reports.papers import lists

    if format_ == "xlsx":
        return lists.xlsx(made)
    if format_ in ("docx", "pdf"):
        return written(lists.docx(made), format_)
    raise UsageError(
        _("Mục lục chỉ có dạng .docx, .pdf hoặc .xlsx, không có “{format}”.").format(format=format_ or "?"),
        _("Đổi đuôi tệp sau -o."),
    )
