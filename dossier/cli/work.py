"""``dossier work`` and ``dossier migrate-to``: archives with a catalogue on a server."""

from __future__ import annotations

import signal
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from dossier.cli.numbers import WholeNumber
from dossier.cli.shared import (
    GivenArchive,
    emit_json,
    note,
    say,
    standard,
    waiting,
)
from dossier.errors import UsageError
from dossier.i18n import _

if TYPE_CHECKING:
    from dossier.work.queue import Progress


@click.command(
    help=_(
        "Cùng nhiều máy làm việc cho một kho có danh mục trên PostgreSQL: máy này nhận việc từ hàng đợi (đọc "
        "tệp, đối chiếu, cập nhật chỉ mục) cho tới khi được dừng. Máy nào vào hay ra lúc nào cũng được."
    )
)
@click.option("--slots", type=WholeNumber(1, 256), help=_("Số tệp đọc cùng lúc; mặc định: số nhân máy."))
@click.option("--only-read", is_flag=True, help=_("Chỉ đọc tệp; không duyệt kho, không giữ chỉ mục."))
@click.option("--once", is_flag=True, help=_("Dừng khi hàng đợi đã hết việc."))
@click.option("--plan", "submit", is_flag=True, help=_("Chỉ giao việc xem lại cả kho rồi thôi."))
@click.option(
    "--file",
    "files",
    multiple=True,
    metavar=_("ĐƯỜNG_DẪN"),
    help=_("Giao đọc ngay tệp này, trước mọi việc khác."),
)
@click.option("--status", is_flag=True, help=_("Hàng đợi, máy đang làm, tốc độ, còn bao lâu."))
@standard("archive", "json")
def work(
    given: GivenArchive,
    slots: int | None,
    only_read: bool,
    once: bool,
    submit: bool,
    files: tuple[str, ...],
    status: bool,
    as_json: bool,
) -> None:
    from dossier.work import queue

    opened = given.open()
    if submit and files:
        raise UsageError(_("Chỉ dùng một trong hai: --plan hoặc --file."))
    if submit or files:
        queue.submit(opened, files)
        note(_("Đã giao việc."))
    elif status:
        found = queue.progress(opened)
        emit_json(asdict(found)) if as_json else _tell(found)
    else:
        from dossier.work.worker import Worker

        worker = Worker(opened, slots=slots or 0, only_read=only_read, tell=note)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_said: worker.stop())
        done = worker.run(once=once)
        note(_("Đã làm {count} việc.").format(count=done))


def _tell(found: Progress) -> None:
    say(
        _("Hàng đợi: {waiting} việc chờ, {doing} đang làm ({files} tệp); {workers} máy đang làm.").format(
            waiting=found.waiting, doing=found.doing, files=found.files, workers=found.workers
        )
    )
    if found.failed:
        say(_("{count} việc không làm được: xem nhật ký của các máy.").format(count=found.failed))
    if found.left is None:
        say(_("Chưa rõ còn bao lâu."))
    elif found.files:
        left = timedelta(seconds=round(found.left))
        say(_("{rate:.0f} tệp mỗi phút; còn khoảng {left}.").format(rate=found.rate, left=left))


@click.command(
    "migrate-to",
    help=_(
        "Chuyển danh mục của kho đến ĐÍCH: một địa chỉ postgresql://… để nhiều máy dùng chung, hoặc một thư "
        "mục để trở lại thành tệp. Từng dòng và mọi kết quả đối chiếu được so trước và sau; tệp cũ được giữ "
        "lại, chỉ đọc."
    ),
)
@click.argument("where", metavar=_("ĐÍCH"))
@standard("archive", "json", "today", "wait")
def migrate(where: str, given: GivenArchive, as_json: bool, today: date | None) -> None:
    from dossier.usecases.migrate import migrate_to

    opened = given.open()
    with waiting(_("Đang chuyển danh mục")):
        moved = migrate_to(opened, where, today)
    if as_json:
        emit_json(asdict(moved) | {"kept": str(moved.kept) if moved.kept else None})
        return
    said = _(
        "Đã chuyển danh mục đến {where}: {files} tệp, {documents} văn bản; từng dòng và kết quả đối chiếu "
        "giống nhau."
    )
    say(said.format(where=moved.where, files=moved.rows["files"], documents=moved.rows["documents"]))
    if moved.kept:
        say(_("Danh mục cũ được giữ, chỉ đọc: {path}").format(path=moved.kept))
        say(_("Trên các máy khác, ghi địa chỉ ấy vào [catalogue] url của dossier.toml."))
    else:
        say(_("Bỏ [catalogue] url trong dossier.toml, nếu có, để kho dùng danh mục này."))
