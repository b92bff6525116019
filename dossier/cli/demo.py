"""``dossier demo``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dossier.cli.numbers import WholeNumber
from dossier.cli.shared import (
    emit_json,
    note,
    say,
    show_rows,
    standard,
    waiting,
)
from dossier.cli.typed import as_typed, into
from dossier.i18n import _


@click.command(
    help=_(
        "Tạo một kho mẫu tại THƯ_MỤC (mặc định: dossier-demo), quét, xem báo cáo rồi tìm thử. "
        "Kho mẫu có sẵn được dùng lại."
    )
)
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path, file_okay=False), metavar=_("[THƯ_MỤC]")
)
@click.option("--dossiers", type=WholeNumber(1, 100_000), default=6, show_default=True, help=_("Số hồ sơ."))
@click.option("--seed", type=int, default=0, show_default=True, help=_("Cùng số thì cùng kho."))
@click.option("--no-scans", is_flag=True, help=_("Không tạo bản quét (khỏi cần OCR)."))
@standard("json", "today")
def demo(
    folder: Path | None,
    dossiers: int,
    seed: int,
    no_scans: bool,
    as_json: bool,
    today: date | None,
    state: Path | None,
) -> None:
    from dossier.cli.found import table
    from dossier.model import in_brief
    from dossier.usecases import demo as usecase

    folder = (folder or Path("dossier-demo")).resolve()
    with waiting(_("Đang tạo kho mẫu")):
        fresh = usecase.write_sample(
            folder, dossiers=dossiers, seed=seed, today=today or date.today(), scans=not no_scans
        )
    note((_("1. Đã tạo kho mẫu: {path}") if fresh else _("1. Dùng lại kho mẫu: {path}")).format(path=folder))
    with waiting(_("Đang đọc")):
        shown = usecase.demonstrate(folder, state)
    if as_json:
        emit_json(
            {
                "archive": str(folder),
                "fresh": fresh,
                "summary": shown.report.summary,
                "query": shown.query,
                "found": shown.found.total,
                "html": str(shown.html),
                "truth": str(shown.truth),
            }
        )
        return
    note(
        _("2. Đã quét: {files} tệp, {read} đọc mới, {same} không đổi.").format(
            files=shown.counts.files, read=shown.counts.read, same=shown.counts.unchanged
        )
    )
    show_rows(shown.archive, in_brief(shown.report))
    note(_("3. Tìm “{query}” (gõ không dấu):").format(query=shown.query))
    say(table(shown.found, shown.archive.checklists, 0))
    note(_("Báo cáo HTML: {path}").format(path=shown.html))
    note(_("Thử tiếp: {there}, rồi dossier show 1").format(there=as_typed(into(folder))))
