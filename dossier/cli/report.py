"""``dossier report``."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date

import click

from dossier.cli.shared import (
    GivenArchive,
    dossier_meant,
    exit_code,
    note_written,
    show_dossier,
    show_summary,
    standard,
    waiting,
)
from dossier.i18n import _
from dossier.model import in_brief
from reports import formats


@click.command(help=_("Báo cáo từ lần quét gần nhất; không đọc lại tệp nào."))
@click.option("--dossier", "only", metavar=_("HỒ_SƠ"), help=_("Chỉ một hồ sơ: tên, phần tên, số dòng."))
@click.option(
    "--format",
    "format_",
    metavar="|".join((*formats(), "pdf")),
    help=_("Mặc định: theo đuôi tệp của -o."),
)
@click.option("-o", "--output", metavar=_("TỆP|-"), help=_("Nơi ghi; “-”: ra stdout."))
@standard("archive", "force", "json", "today")
@click.pass_context
def report(
    ctx: click.Context,
    given: GivenArchive,
    only: str | None,
    format_: str | None,
    output: str | None,
    force: bool,
    as_json: bool,
    today: date | None,
) -> None:
    from dossier.usecases import papers, publish
    from dossier.usecases.assess import assess
    from dossier.usecases.history import with_history
    from dossier.usecases.overview import overview

    if as_json:
        format_, output = "json", output or "-"
    opened = given.open()
    if not (format_ or output or only):
        with waiting(_("Đang đối chiếu")):
            brief = overview(opened, today)
        show_summary(opened, brief)
        ctx.exit(exit_code(brief))
    path = dossier_meant(opened, only) if only else None
    signed = (format_ or (publish.format_of(output) if output else "")) in ("docx", "pdf")
    with waiting(_("Đang đối chiếu")):
        found = papers.formal(opened, today, path) if signed else assess(opened, today, path)
    if format_ is None and output is None:
        show_dossier(opened, found.dossiers[0])
    else:
        if only is None:
            found = with_history(opened, found)
        output = output or "-"
        format_ = format_ or publish.format_of(output)
        # A progress bar would mix with the report on the screen.
        with waiting(_("Đang lập")) if output != "-" else nullcontext():
            where = publish.write(found, format_, output, opened, force=force)
        note_written(where)
    ctx.exit(exit_code(in_brief(found)))
