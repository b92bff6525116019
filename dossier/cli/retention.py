"""``dossier retention``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dossier.checklists.english import citation_said
from dossier.cli.numbers import WholeNumber
from dossier.cli.shared import (
    GivenArchive,
    emit_json,
    note,
    say,
    standard,
)
from dossier.i18n import _

if TYPE_CHECKING:
    from dossier.archive import Archive
    from dossier.usecases.retention import OpenRow


@click.command(
    name="confirm",
    help=_(
        "Hỏi từng dòng thời hạn chưa đối chiếu mà hồ sơ đã kết thúc đang dùng: người đã đọc văn bản ghi điều "
        "khoản, công cụ ghi vào retention.toml. Mỗi lần ghi chỉ cho hồ sơ thuộc gói quy định ấy. Bỏ trống "
        "thì để lại dòng đó."
    ),
)
@click.option("--pack", default="", metavar=_("GÓI"), help=_("Ghi thẳng một dòng, không hỏi: gói quy định."))
@click.option("--row", default="", metavar=_("DÒNG"), help=_("Mã của dòng."))
@click.option("--article", default="", metavar=_("ĐIỀU"), help=_("Điều khoản đã đọc."))
@click.option("--years", type=WholeNumber(0, 1000), help=_("Thời hạn theo điều khoản, nếu khác: số năm."))
@click.option("--permanent", is_flag=True, help=_("Thời hạn theo điều khoản là vĩnh viễn."))
@standard("archive", "json", "today", "wait")
def confirm(
    given: GivenArchive,
    pack: str,
    row: str,
    article: str,
    years: int | None,
    permanent: bool,
    as_json: bool,
    today: date | None,
) -> None:
    from dossier.usecases import retention

    opened = given.open()
    if pack or row:
        where = retention.confirm(opened, pack, row, article, years=years, permanent=permanent, today=today)
        note(_("Đã ghi vào {path}").format(path=where))
        return
    rows = retention.open_rows(opened, today)
    if as_json:
        emit_json([asdict(each) for each in rows])
        return
    if not rows:
        note(_("Không còn dòng nào chờ đối chiếu cho các hồ sơ đã kết thúc."))
    for each in rows:
        said = _("{pack}: dòng “{row}”, đang lấy “{period}” theo {citation}; số hồ sơ: {count}.")
        note(
            said.format(
                pack=each.pack_title,
                row=each.title,
                period=each.period_title,
                citation=citation_said(each.citation),
                count=each.dossiers,
            )
        )
        _ask(each, opened, today)


def _ask(row: OpenRow, opened: Archive, today: date | None) -> None:
    from dossier.usecases import retention

    article = click.prompt(_("Điều khoản đã đọc (bỏ trống: để lại dòng này)"), default="", show_default=False)
    if not article.strip():
        return
    said = click.prompt(
        _("Thời hạn theo điều khoản: số năm, v nếu vĩnh viễn, bỏ trống nếu đúng như trên"),
        default="",
        show_default=False,
    ).strip()
    years = int(said) if said.isdecimal() and len(said) < 5 else None
    permanent = said.lower() in ("v", "vĩnh viễn", "vinh vien")
    if said and years is None and not permanent:
        note(_("Không hiểu “{text}”; dòng này để lại.").format(text=said))
        return
    where = retention.confirm(
        opened, row.pack, row.row, article, years=years, permanent=permanent, today=today
    )
    note(_("Đã ghi vào {path}").format(path=where))


class _Retention(click.Command):
    """Group in which ``confirm`` is a subcommand and any other argument is an archive."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args[:1] == ["confirm"] and not Path("confirm").is_dir():
            return confirm.make_context(f"{info_name} confirm", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command(
    cls=_Retention,
    help=_(
        "Thời hạn bảo quản, hạn nộp lưu của từng hồ sơ và danh sách đề nghị Hội đồng xét; "
        "không hủy, không xóa gì. Ghi nhận điều khoản đã đối chiếu: dossier retention confirm."
    ),
)
@click.option("--show", is_flag=True, help=_("In bảng thời hạn đang áp dụng và những dòng chưa kiểm chứng."))
@standard("archive", "json", "today")
def retention(given: GivenArchive, show: bool, as_json: bool, today: date | None) -> None:
    from dossier.usecases import retention as use
    from dossier.usecases.assess import assess
    from reports.screen import retention as screen

    opened = given.open()
    if show:
        rows = use.schedule(opened, today)
        if as_json:
            emit_json(use.schedule_json(rows))
        else:
            for view in screen.schedule(rows):
                say(view)
        return
    kept = assess(opened, today)
    if as_json:
        emit_json(use.kept_json(kept))
    else:
        for view in screen.dossiers(kept):
            say(view)
