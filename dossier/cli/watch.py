"""``dossier watch``."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossier import machine_json
from dossier.cli.shared import archive_argument, common, console, open_to_write, tell
from dossier.cli.watch_view import LiveView, sentence
from dossier.i18n import _

if TYPE_CHECKING:
    from dossier.usecases.watch import News, Watcher


@click.command(
    help=_(
        "Theo dõi KHO: tệp mới, sửa, đổi tên, chuyển chỗ, xóa đều được cập nhật ngay vào danh mục và chỉ mục "
        "tìm kiếm. Dừng bằng Ctrl-C."
    )
)
@archive_argument
@click.option("--once", is_flag=True, help=_("Cập nhật hết những gì đang có rồi thoát."))
@click.option("--workers", type=click.IntRange(1, 256), help=_("Số tiến trình đọc; mặc định: số nhân máy."))
@click.option("--log-json", is_flag=True, help=_("Mỗi sự kiện một dòng JSON ra stdout."))
@common
def watch(archive: Path | None, once: bool, workers: int | None, log_json: bool, state: Path | None) -> None:
    """See the help text."""
    from dossier.usecases.watch import Watcher

    live = not log_json and not once and sys.stdout.isatty()
    view = LiveView()
    tell: Callable[[News], None] = view.tell if live else _as_json if log_json else _as_line
    watcher = Watcher(open_to_write(archive, state), tell, workers=workers or 0)
    with _signals(watcher) as interrupted, view.shown(console(), watcher.totals) if live else nullcontext():
        watcher.run(once=once)
    if interrupted:
        raise KeyboardInterrupt


@contextmanager
def _signals(watcher: Watcher) -> Iterator[list[int]]:
    """Come to an end in order on SIGTERM (a service manager asks: exit code 0) and on Ctrl-C (130)."""
    interrupted: list[int] = []

    def on_signal(number: int, _frame: object) -> None:
        if number == signal.SIGINT:
            if interrupted:  # asked twice: at once
                raise KeyboardInterrupt
            interrupted.append(number)
        watcher.stop()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield interrupted
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _as_json(news: News) -> None:
    said = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": news.what}
    more = {
        "path": news.path, "dossier": news.dossier, "detail": news.detail, "parts": list(news.parts),
        "count": news.count, "review": news.review,
    }  # fmt: skip
    tell(machine_json.dumps(said | {key: value for key, value in more.items() if value}))
    sys.stdout.flush()


def _as_line(news: News) -> None:
    tell(f"{datetime.now().astimezone():%H:%M:%S}  {sentence(news)}")
    sys.stdout.flush()
