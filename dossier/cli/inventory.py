"""``dossier inventory``: the papers required for a hand-over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import click

from dossier.cli.shared import (
    GivenArchive,
    dossier_meant,
    emit_json,
    gathered,
    note_written,
    standard,
)
from dossier.errors import UsageError
from dossier.i18n import _

if TYPE_CHECKING:
    from dossier.model import DossierReport


@dataclass(frozen=True, slots=True)
class InventoryOptions:
    """Which list, and of what: fields as the options are called."""

    only: str | None
    handover: bool
    kept_back: bool
    council: bool
    chosen: tuple[str, ...]


@click.command(
    help=_("Mục lục hồ sơ nộp lưu của cả kho, hoặc mục lục văn bản của một hồ sơ: Word, PDF, Excel.")
)
@click.option("--dossier", "only", metavar=_("HỒ_SƠ"), help=_("Mục lục văn bản của hồ sơ này."))
@click.option("--handover", is_flag=True, help=_("Biên bản giao nhận thay cho mục lục."))
@click.option("--kept-back", is_flag=True, help=_("Danh mục hồ sơ đã kết thúc còn giữ lại."))
@click.option("--council", is_flag=True, help=_("Danh mục đề nghị Hội đồng xét."))
@click.option(
    "--choose",
    "chosen",
    multiple=True,
    metavar=_("HỒ_SƠ"),
    help=_("Chỉ những hồ sơ này, dù chưa kết thúc; ghi được nhiều lần."),
)
@click.option("-o", "--output", default="", metavar=_("TỆP"), help=_("Tệp .docx, .pdf hoặc .xlsx."))
@standard("archive", "force", "json", "today")
@gathered("wanted", InventoryOptions)
def inventory(
    given: GivenArchive, wanted: InventoryOptions, output: str, force: bool, as_json: bool, today: date | None
) -> None:
    from dossier.usecases import papers, publish
    from dossier.usecases.naming import no_dossier
    from reports.papers.inventory import kept_back as ended_and_kept

    if (wanted.only is not None) + wanted.handover + wanted.kept_back + wanted.council > 1:
        raise UsageError(
            _("Mỗi lần chỉ lập một văn bản."), _("Bỏ bớt: --dossier, --handover, --kept-back, --council.")
        )
    if not output:
        raise UsageError(
            _("Chưa nói ghi vào tệp nào."),
            _("Thêm -o TỆP, ví dụ: -o muc-luc.docx (Word), -o muc-luc.pdf (PDF), -o muc-luc.xlsx (Excel)."),
        )
    opened = given.open()
    paths = tuple(dossier_meant(opened, each) for each in wanted.chosen)
    found = papers.formal(opened, today, dossier_meant(opened, wanted.only) if wanted.only else None)
    if missing := set(paths) - {dossier.path for dossier in found.dossiers}:
        raise no_dossier(opened, "”, “".join(sorted(missing)))
    format_ = publish.format_of(output)
    listed: Sequence[DossierReport]
    if wanted.kept_back:
        listed = ended_and_kept(found)
    else:
        listed = found.dossiers if wanted.only or wanted.council else papers.handed_over(found, paths)
    if not listed:
        raise UsageError(*_nothing(kept_back=wanted.kept_back))
    if wanted.only:
        made = papers.documents(found, format_)
    elif wanted.kept_back:
        made = papers.kept_back(found, format_)
    elif wanted.council:
        made = papers.council(found, format_)
    elif wanted.handover:
        made = papers.handover(found, format_, paths)
    else:
        made = papers.inventory(found, format_, paths)
    where = publish.write_bytes(made, output, opened, force=force, act="inventory")
    if where and as_json:
        emit_json({"written": str(where), "dossiers": [dossier.path for dossier in listed]})
    else:
        note_written(where)


def _nothing(*, kept_back: bool) -> tuple[str, str]:
    """The error for an empty list, which cannot be signed."""
    if kept_back:
        return (
            _("Không có hồ sơ đã kết thúc nào còn giữ lại, nên không lập danh mục."),
            _("Hồ sơ kết thúc mà chưa đầy đủ hay đang tạm giữ mới vào danh mục này; xem: dossier report"),
        )
    return (
        _("Chưa có hồ sơ nào đã kết thúc, đầy đủ và chưa nộp lưu, nên không lập văn bản."),
        _(
            "Chọn hồ sơ bằng: --choose HỒ_SƠ. Một hồ sơ còn việc gì: dossier close HỒ_SƠ. "
            "Ghi ngày kết thúc: dossier set HỒ_SƠ kết-thúc=NGÀY"
        ),
    )
