"""``dossier letter``: letters and drafts made from findings."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossier.cli.numbers import WholeNumber
from dossier.cli.shared import (
    GivenArchive,
    archive_option,
    dossier_meant,
    emit_json,
    note,
    standard,
    tell,
    waiting,
)
from dossier.i18n import _

if TYPE_CHECKING:
    from dossier.archive import Archive
    from dossier.model import ComplianceReport

_file = click.option("-o", "--output", required=True, metavar=_("TỆP"), help=_("Tệp .docx hoặc .pdf."))


@click.group(help=_("Công văn, dự thảo từ kết quả kiểm tra: đề nghị bổ sung, đề nghị xếp loại, khung."))
def letter() -> None:
    pass


@letter.command(
    short_help=_("Công văn đề nghị bổ sung gửi từng đơn vị"),
    help=_("Công văn đề nghị bổ sung gửi từng đơn vị có hồ sơ còn thiếu; mỗi đơn vị một tệp."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar=_("THƯ_MỤC"),
    help=_("Thư mục mới."),
)
@click.option("--pdf", is_flag=True, help=_("Lập thêm bản PDF (cần LibreOffice)."))
@standard("archive", "json", "today")
def lacking(given: GivenArchive, output: Path, pdf: bool, as_json: bool, today: date | None) -> None:
    from dossier.usecases.letters import about_lacking, write_letters
    from dossier.usecases.papers import formal

    opened = given.open()
    with waiting(_("Đang lập")):
        made = about_lacking(formal(opened, today))
        written = write_letters(opened, made, output, pdf=pdf) if made else []
    if as_json:
        letters = [{"to": each.to, "name": each.name, "dossiers": list(each.dossiers)} for each in made]
        emit_json({"letters": letters, "written": [str(path) for path in written]})
        return
    if not made:
        tell(_("Không có hồ sơ nào còn thiếu tài liệu bắt buộc."), fg="green")
    for each in made:
        tell(
            _("{unit}: {count} hồ sơ còn thiếu").format(
                unit=each.to or _("Chưa rõ đơn vị"), count=len(each.dossiers)
            )
        )
    for path in written:
        note(_("Đã ghi {path}").format(path=path))


@letter.command(
    short_help=_("Văn bản đề nghị xếp loại một mô hình"),
    help=_("Văn bản đề nghị xếp loại năm của mô hình HỒ_SƠ, điền từ hồ sơ."),
)
@click.argument("dossier", metavar=_("HỒ_SƠ"))
@click.option("--year", type=WholeNumber(2000, 2200), help=_("Năm đánh giá; mặc định: năm vừa kết thúc."))
@archive_option(_("Kho chứa nó."))
@_file
@standard("force", "today")
def ranking(
    dossier: str, year: int | None, given: GivenArchive, output: str, force: bool, today: date | None
) -> None:
    from dossier.usecases import letters

    opened, report = _judged(given, dossier, today)
    _write(letters.request_to_rank(opened, report, year), output, opened, force=force)


@letter.command(
    short_help=_("Khung dự thảo của một văn bản còn thiếu"),
    help=_("Khung dự thảo của văn bản còn thiếu ở MỤC của HỒ_SƠ (6a, “kế hoạch khảo sát”)."),
)
@click.argument("dossier", metavar=_("HỒ_SƠ"))
@click.argument("part", metavar=_("MỤC"))
@archive_option(_("Kho chứa nó."))
@_file
@standard("force", "today")
def draft(dossier: str, part: str, given: GivenArchive, output: str, force: bool, today: date | None) -> None:
    from dossier.usecases import letters

    opened, report = _judged(given, dossier, today)
    _write(letters.draft_of(opened, report, part), output, opened, force=force)


def _judged(given: GivenArchive, dossier: str, today: date | None) -> tuple[Archive, ComplianceReport]:
    """The archive, and how the one dossier that is meant stands."""
    from dossier.usecases.papers import formal

    opened = given.open()
    return opened, formal(opened, today, dossier_meant(opened, dossier))


def _write(made: bytes, output: str, opened: Archive, *, force: bool) -> None:
    from dossier.usecases import papers, publish

    with waiting(_("Đang lập")):
        paper = papers.written(made, publish.format_of(output))
    if where := publish.write_bytes(paper, output, opened, force=force, act="letter"):
        note(_("Đã ghi {path}; các chỗ chấm là điều chưa biết, hãy điền trước khi ký.").format(path=where))
