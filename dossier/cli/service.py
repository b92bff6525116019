"""``dossier service install|status|remove``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossier.cli.shared import (
    Command,
    GivenArchive,
    archive_argument,
    common,
    emit_json,
    gathered,
    note,
    standard,
    tell,
)
from dossier.cli.typed import as_typed
from dossier.i18n import _

if TYPE_CHECKING:
    from dossier.archive import Archive
    from dossier.usecases.service import Plan


@dataclass(frozen=True, slots=True)
class ServiceOptions:
    """What is to be run by the machine, and how: fields as the options are called."""

    given: GivenArchive
    kind: str | None
    at: str
    to: Path | None
    page: bool
    page_options: tuple[str, ...]


def _options(command: Command) -> Command:
    command = gathered("wanted", ServiceOptions)(command)
    for option in (
        click.option("--page-option", "page_options", multiple=True, metavar=_("TÙY_CHỌN"),
                     help=_("Với --page: thêm tùy chọn của serve, ví dụ --page-option=--host=0.0.0.0.")),
        click.option("--page", is_flag=True, help=_("Trang web (dossier serve) thay cho việc hằng đêm.")),
        click.option("--to", type=click.Path(path_type=Path, file_okay=False), metavar=_("THƯ_MỤC"),
                     help=_("Nơi ghi các tệp, thay cho nơi thường dùng.")),
        click.option("--at", default="02:00", show_default=True, metavar="HH:MM",
                     help=_("Giờ chạy mỗi đêm.")),
        click.option("--kind", type=click.Choice(["systemd", "windows", "cron"]),
                     help=_("Mặc định: theo máy này.")),
        archive_argument,
    ):  # fmt: skip
        command = option(command)
    return command


_write = click.option("--write", is_flag=True, help=_("Làm thật; không có thì chỉ cho xem sẽ làm gì."))


@click.group(
    help=_("Cho máy tự chạy “dossier nightly” mỗi đêm, hoặc trang web: systemd, Task Scheduler hoặc cron.")
)
def service() -> None:
    pass


@service.command(help=_("Cài. Không có --write thì chỉ cho xem các tệp sẽ ghi và các lệnh sẽ chạy."))
@_options
@_write
@common
def install(wanted: ServiceOptions, write: bool) -> None:
    from dossier.usecases import service as usecase

    _check_page_options(wanted.page_options)
    opened, planned = _plan(wanted)
    if planned.line:
        note(_told(opened, wanted))
        note(_("Việc phải làm: chạy “crontab -e”, thêm dòng sau vào cuối rồi lưu."))
        tell(planned.line, nl=False)
        return
    if not write:
        note(_told(opened, wanted))
        note(_("Chưa ghi gì. Để cài thật, chạy lại với --write: ghi các tệp dưới đây, chạy các lệnh cuối."))
        for path, content in planned.files.items():
            encoding = "utf-16" if planned.kind == "windows" else "utf-8"
            tell(f"# {path}\n{content.decode(encoding)}")
        _commands(planned.start)
        return
    left = usecase.install(opened, planned)
    for path in planned.files:
        tell(str(path))
    _left(left)


def _check_page_options(given: tuple[str, ...]) -> None:
    """Refuse what ``dossier serve`` would refuse, since nobody sees what a service prints when it starts."""
    from dossier.cli.serve import serve

    serve.make_context("serve", list(given))


@service.command(help=_("Gỡ. Không có --write thì chỉ cho xem sẽ xóa gì."))
@_options
@_write
@common
def remove(wanted: ServiceOptions, write: bool) -> None:
    from dossier.usecases import service as usecase

    opened, planned = _plan(wanted)
    if planned.line:
        note(_("Xóa dòng này bằng: crontab -e"))
        tell(planned.line, nl=False)
        return
    for path in planned.files:
        tell(str(path))
    if write:
        _left(usecase.remove(opened, planned))
    else:
        _commands(planned.stop)
        note(_("Chưa xóa gì. Để gỡ thật, thêm --write."))


@service.command(help=_("Đã cài chưa, và đêm gần nhất ra sao."))
@_options
@standard("json")
def status(wanted: ServiceOptions, as_json: bool) -> None:
    from dossier.usecases import service as usecase

    opened, planned = _plan(wanted)
    known = usecase.status(opened, planned)
    if as_json:
        emit_json(known)
        return
    said = {"missing": _("chưa có"), "current": _("đã cài"), "different": _("đã cài, khác cấu hình hiện nay")}
    files: dict[str, str] = known["files"]  # type: ignore[assignment]
    for path, found in files.items():
        tell(f"{path}: {said[found]}")
    if wanted.page:
        return
    last = "/".join(reversed(str(known["last_report"] or "").split("-")))
    tell(_("Báo cáo gần nhất: {day}").format(day=last or _("chưa có")))
    if "missing" in files.values():
        tell(_("Chưa cài việc hằng đêm. Cài: dossier service install"))
    if known["failure"]:
        tell(str(known["failure"]).rstrip())


def _plan(wanted: ServiceOptions) -> tuple[Archive, Plan]:
    from dossier.usecases import service as usecase

    try:
        hour = datetime.strptime(wanted.at, "%H:%M").time()
    except ValueError:
        raise click.BadParameter(_("“{at}” không phải giờ; viết như 02:00.").format(at=wanted.at)) from None
    opened = wanted.given.open()
    kind = usecase.StartedBy(wanted.kind) if wanted.kind else usecase.usual_kind()
    folder = wanted.to.resolve() if wanted.to else None
    if wanted.page:
        return opened, usecase.plan_page(opened, kind, wanted.page_options, folder=folder)
    return opened, usecase.plan(opened, kind, hour, folder=folder)


def _told(archive: Archive, wanted: ServiceOptions) -> str:
    """What the machine will do from then on."""
    if wanted.page:
        said = _("Máy sẽ tự mở trang web của kho “{name}” khi khởi động, và mở lại nếu dừng.")
        return said.format(name=archive.name)
    said = _("Máy sẽ tự quét kho “{name}” lúc {at} mỗi đêm, kiểm tra nội dung tệp và lập báo cáo.")
    return said.format(name=archive.name, at=wanted.at)


def _commands(commands: tuple[tuple[str, ...], ...]) -> None:
    for command in commands:
        tell("# " + as_typed(command))


def _left(commands: list[tuple[str, ...]]) -> None:
    if commands:
        note(_("Còn phải chạy (ở đây chưa chạy được):"))
        for command in commands:
            tell("  " + as_typed(command), err=True)
