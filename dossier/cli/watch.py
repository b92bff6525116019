"""``dossier watch``."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossier.cli.shared import archive_argument, common, console, open_for
from dossier.i18n import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dossier.usecases.watch import News, Watcher

_LINES = 12  # of what happened last, in the live view
_REFRESH = 2  # times a second
_RATE_SECONDS = 10  # over which the rate is taken


@click.command(
    help=_(
        "Theo dõi KHO: tệp mới, sửa, đổi tên, chuyển chỗ, xóa đều được cập nhật ngay vào danh mục và mục lục "
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
    recent: deque[News] = deque(maxlen=_LINES)
    gaps: dict[str, News] = {}

    def keep(news: News) -> None:
        if news.what == "dossier":
            gaps.pop(news.path, None)
            gaps[news.path] = news
        elif news.what != "caught-up":
            recent.append(news)

    tell: Callable[[News], None] = keep if live else _as_json if log_json else _as_line
    watcher = Watcher(open_for(archive, state), tell, workers=workers or 0)
    with _signals(watcher) as interrupted, _live(watcher, recent, gaps) if live else nullcontext():
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
    more = {"path": news.path, "detail": news.detail, "parts": list(news.parts), "count": news.count}
    click.echo(json.dumps(said | {key: value for key, value in more.items() if value}, ensure_ascii=False))
    sys.stdout.flush()


def _as_line(news: News) -> None:
    click.echo(f"{datetime.now().astimezone():%H:%M:%S}  {_sentence(news)}")
    sys.stdout.flush()


def _sentence(news: News) -> str:
    parts = ", ".join(news.parts)
    said = {
        "watching": _("Đang theo dõi {path} ({parts}): {detail}."),
        "read": _("Đã đọc {path} → mục {parts}") if parts else _("Đã đọc {path}: chưa xếp vào mục nào"),
        "unread": _("Chưa đọc được {path}: {detail}"),
        "moved": _("{count} tệp được xếp lại, không cần đọc"),
        "gone": _("{count} tệp không còn"),
        "dossier": _("Hồ sơ “{detail}” đầy đủ") if news.count else _("Hồ sơ “{detail}” còn thiếu: {parts}"),
        "waiting": _("Đang đợi: {detail}"),
        "trouble": _("Chưa làm được, sẽ thử lại: {detail}"),
        "lost": _("Quá nhiều thay đổi cùng lúc trong {path}: kiểm tra lại toàn bộ thư mục này."),
        "polling": _("Chuyển sang kiểm tra định kỳ {path}: {detail}."),
        "settings": _("Cấu hình mới chưa dùng được: {detail}") if news.detail else _("Đã nhận cấu hình mới."),
        "caught-up": _("Danh mục đã khớp với kho."),
        "stopped": _("Đã dừng; mọi thứ đã được ghi."),
    }
    return said[news.what].format(path=news.path, parts=parts or "–", detail=news.detail, count=news.count)


@contextmanager
def _live(watcher: Watcher, recent: deque[News], gaps: dict[str, News]) -> Iterator[None]:
    """A view of what goes on, drawn anew several times a second."""
    from rich.live import Live

    done: deque[tuple[float, int]] = deque(maxlen=_RATE_SECONDS * _REFRESH)

    def view() -> RenderableType:
        done.append((time.monotonic(), watcher.totals.read + watcher.totals.placed_anew))
        (began, before), (now, after) = done[0], done[-1]
        return _view(watcher, recent, gaps, (after - before) / max(now - began, 1.0))

    with Live(get_renderable=view, console=console(), refresh_per_second=_REFRESH):
        yield


def _view(watcher: Watcher, recent: deque[News], gaps: dict[str, News], rate: float) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    totals = watcher.totals
    head = _(
        "Hàng đợi {queue} · đã đọc {read} · xếp lại {moved} · không còn {gone} · {rate:.1f} tệp/giây"
    ).format(
        queue=totals.queue, read=totals.read, moved=totals.placed_anew, gone=totals.gone,
        rate=rate,
    )  # fmt: skip
    lines: list[RenderableType] = [Text(head, style="bold"), *(_line(news) for news in list(recent))]
    missing = [news for news in gaps.values() if not news.count][-_LINES // 2 :]
    if missing:
        lines += [Text(_("Còn thiếu"), style="bold"), *(_line(news, "yellow") for news in missing)]
    return Group(*lines)


def _line(news: News, style: str = "") -> RenderableType:
    from rich.text import Text

    return Text(_sentence(news), style=style, overflow="ellipsis", no_wrap=True)
