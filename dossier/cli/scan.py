"""``dossier scan``."""

from __future__ import annotations

import sys
from datetime import date

import click

from dossier.cli.numbers import WholeNumber
from dossier.cli.shared import (
    GivenArchive,
    at_a_screen,
    exit_code,
    note,
    show_summary,
    standard,
    tell,
    waiting,
)
from dossier.i18n import _


@click.command(help=_("Đọc những gì mới hoặc đã đổi trong KHO, rồi cho biết từng hồ sơ còn thiếu gì."))
@click.option("--full", is_flag=True, help=_("Đọc lại mọi tệp, kể cả tệp không đổi."))
@click.option(
    "--accept-missing", is_flag=True, help=_("Coi mọi hồ sơ không còn thấy là đã xóa, dù mất bao nhiêu.")
)
@click.option("--workers", type=WholeNumber(1, 256), help=_("Số tiến trình đọc; mặc định: số nhân máy."))
@click.option(
    "--json",
    "json_out",
    metavar=_("TỆP|-"),
    help=_("Ghi kết quả cho máy đọc vào TỆP; “-”: ra stdout."),
)
@standard("archive", "force", "today", "wait")
@click.pass_context
def scan(
    ctx: click.Context,
    given: GivenArchive,
    full: bool,
    accept_missing: bool,
    workers: int | None,
    json_out: str | None,
    force: bool,
    today: date | None,
) -> None:
    from dossier.usecases.reading import early_pool

    opened = given.open_to_write()
    if json_out:
        from dossier.usecases.output import check

        check(json_out, opened, force=force)  # fail before the work, not after it
    with early_pool(opened, workers or 0) as pool:
        # Loaded while the processes come up.
        from dossier.usecases import publish
        from dossier.usecases.assess import assess
        from dossier.usecases.overview import overview
        from dossier.usecases.scan import scan as run

        with waiting(_("Đang đọc")):
            counts = run(opened, full=full, accept_missing=accept_missing, pool=pool)
    brief = overview(opened, today)
    if brief.proposals and json_out != "-" and at_a_screen() and sys.stdout.isatty():
        from dossier.cli.adopt import ask

        if ask(opened, brief.proposals):
            brief = overview(opened, today)
    if json_out:
        publish.write(assess(opened, today), "json", json_out, opened, force=force)
    if json_out != "-":
        show_summary(opened, brief)
    note(
        _("{files} tệp: {read} đã đọc, {unchanged} không đổi, {anew} xếp lại, {gone} không còn.").format(
            files=counts.files,
            read=counts.read,
            unchanged=counts.unchanged,
            anew=counts.placed_anew,
            gone=counts.gone,
        )
    )
    for said in counts.secrets:
        tell(said, fg="red", err=True)
    ctx.exit(exit_code(brief))
