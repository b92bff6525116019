"""``dossier watch`` and its live view."""

from __future__ import annotations

import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from dossier import machine_json
from dossier.cli.numbers import WholeNumber
from dossier.cli.shared import GivenArchive, console, standard, tell
from dossier.errors import ExitCode
from dossier.i18n import _

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

    from dossier.usecases.watch import News, Watcher, WatchTotals


_LINES = 12  # latest events shown
_GAPS = 6  # incomplete dossiers shown
_REFRESH = 2  # times a second
_RATE_SECONDS = 10  # interval for computing the rate
_STATES = ("watching", "polling", "waiting", "trouble", "caught-up", "stopped")


def sentence(news: News) -> str:
    """An event in words."""
    parts = ", ".join(news.parts)
    said = {
        "watching": _("Đang theo dõi {path} ({parts}): {detail}."),
        "secret": _(
            "CÓ DẤU MẬT, HOẶC DẤU ĐỎ CHƯA ĐỌC ĐƯỢC: {path}. Xem bản gốc; có dấu mật thì tách "
            "ra và báo người phụ trách bảo vệ bí mật nhà nước."
        ),
        "read": _about_reading(news),
        "unread": _("Chưa đọc được {path}: {detail}"),
        "moved": _("{count} tệp được xếp lại, không cần đọc"),
        "gone": _("{count} tệp không còn"),
        "dossier": _about_dossier(news),
        "waiting": _("Đang đợi: {detail}"),
        "trouble": _("Chưa làm được, sẽ thử lại: {detail}"),
        "lost": _("Quá nhiều thay đổi cùng lúc trong {path}: kiểm tra lại toàn bộ thư mục này."),
        "polling": _("Chuyển sang kiểm tra định kỳ {path}: {detail}."),
        "settings": _("Cấu hình mới chưa dùng được: {detail}") if news.detail else _("Đã nhận cấu hình mới."),
        "caught-up": _("Danh mục đã khớp với kho."),
        "stopped": _("Đã dừng; mọi thứ đã được ghi."),
    }
    return said[news.what].format(path=news.path, parts=parts or "–", detail=news.detail, count=news.count)


def _about_reading(news: News) -> str:
    if not news.parts:
        return _("Đã đọc {path}: chưa xếp vào mục nào")
    if news.review:
        return _("Đã đọc {path}: cần người xem, có thể là mục {parts}")
    return _("Đã đọc {path} → mục {parts}")


def _about_dossier(news: News) -> str:
    if news.count:
        return _("Hồ sơ “{detail}” đầy đủ")
    if news.parts:
        return _("Hồ sơ “{detail}” còn thiếu: {parts}")
    return _("Hồ sơ “{detail}” có đủ thành phần nhưng còn lỗi khác; xem: dossier show")


class LiveView:
    """Collects events by :meth:`tell`, and shows them by :meth:`render`."""

    def __init__(self) -> None:
        self._ways: dict[str, News] = {}  # how each folder is watched
        self._state: tuple[datetime, News] | None = None
        self._recent: deque[tuple[datetime, News]] = deque(maxlen=_LINES)
        self._gaps: dict[str, News] = {}
        self._secrets: dict[str, News] = {}  # secret documents by path; they stay on the screen
        self._console: Console | None = None
        self._done: deque[tuple[float, int]] = deque(maxlen=_RATE_SECONDS * _REFRESH)

    def tell(self, news: News) -> None:
        """Add an event."""
        now = datetime.now().astimezone()
        if news.what == "secret":
            if self._console is not None and news.path not in self._secrets:
                self._console.bell()
            self._secrets[news.path] = news
            return
        if news.what in ("watching", "polling"):
            self._ways[news.path] = news
        elif news.what == "dossier":
            self._gaps.pop(news.path, None)
            if not news.count:
                self._gaps[news.path] = news
        elif news.what not in _STATES:
            self._recent.append((now, news))
        if news.what in _STATES:
            self._state = now, news
        elif self._state and self._state[1].what != "stopped":
            self._state = None  # outdated by later events

    @contextmanager
    def shown(self, console: Console, totals: WatchTotals) -> Iterator[None]:
        """Refresh the view several times a second while the body runs, with current totals."""
        from rich.live import Live

        self._console = console
        with Live(get_renderable=lambda: self._now(totals), console=console, refresh_per_second=_REFRESH):
            yield

    def _now(self, totals: WatchTotals) -> RenderableType:
        self._done.append((time.monotonic(), totals.read + totals.placed_anew))
        (began, before), (now, after) = self._done[0], self._done[-1]
        return self.render(totals, (after - before) / max(now - began, 1.0))

    def render(self, totals: WatchTotals, rate: float) -> RenderableType:
        """The whole view. ``rate``: files per second."""
        from rich.console import Group
        from rich.text import Text

        lines: list[RenderableType] = [
            Text(f"✗ {sentence(secret)}", style="bold red")
            for secret in list(self._secrets.values())[-_GAPS:]
        ]
        lines += [Text(sentence(way), overflow="ellipsis", no_wrap=True) for way in self._ways.values()]
        lines += [Text(_counts(totals, rate), style="bold"), self._status()]
        if self._recent:
            lines += [Text(), Text(_("Vừa xong"), style="bold"), self._happened()]
        if self._gaps:
            lines += [Text(), Text(_("Còn thiếu"), style="bold"), self._missing()]
        return Group(*lines)

    def _status(self) -> RenderableType:
        from rich.text import Text

        if self._state is None or self._state[1].what in ("watching", "polling"):
            return Text(_("Đang cập nhật …"), style="cyan")
        since, news = self._state
        style = {"trouble": "red", "waiting": "yellow"}.get(news.what, "green")
        return Text(f"{sentence(news)} ({since:%H:%M:%S})", style=style)

    def _happened(self) -> Table:
        """A row for an event: time, item, file, dossier; the item first, since long names are truncated."""
        from rich.text import Text

        table = _grid(8, 9)
        for at, news in list(self._recent):
            name, dossier = (path.rpartition("/")[2] for path in (news.path, news.dossier))
            where = (", ".join(news.parts) or "–") + ("?" if news.review else "")
            if news.what == "unread":
                row = Text(_("chưa đọc"), style="red"), Text(name), Text(dossier)
            elif news.what == "read":
                row = Text(where, style="yellow" if news.review else ""), Text(name), Text(dossier)
            else:
                row = Text(), Text(sentence(news)), Text()
            table.add_row(Text(f"{at:%H:%M:%S}"), *row)
        return table

    def _missing(self) -> Table:
        from rich.text import Text

        table = _grid()
        for news in list(self._gaps.values())[-_GAPS:]:
            lacks = ", ".join(news.parts) or _("còn lỗi khác")
            table.add_row(Text(news.detail), Text(lacks), style="yellow")
        return table


def _counts(totals: WatchTotals, rate: float) -> str:
    said = _("Hàng đợi {queue} · đã đọc {read} · xếp lại {moved} · không còn {gone} · {rate:.1f} tệp/giây")
    return said.format(
        queue=totals.queue, read=totals.read, moved=totals.placed_anew, gone=totals.gone, rate=rate
    )


def _grid(*widths: int) -> Table:
    """A grid with columns of these widths and two that share the rest; long texts are truncated."""
    from rich.table import Table

    table = Table.grid(padding=(0, 1), expand=True)
    for width in widths:
        table.add_column(width=width, no_wrap=True, overflow="ellipsis")
    for ratio in (3, 2):
        table.add_column(ratio=ratio, no_wrap=True, overflow="ellipsis")
    return table


@click.command(
    help=_(
        "Theo dõi KHO: tệp mới, sửa, đổi tên, chuyển chỗ, xóa đều được cập nhật ngay vào danh mục và chỉ mục "
        "tìm kiếm. Dừng bằng Ctrl-C."
    )
)
@click.option("--once", is_flag=True, help=_("Cập nhật hết những gì đang có rồi thoát."))
@click.option("--workers", type=WholeNumber(1, 256), help=_("Số tiến trình đọc; mặc định: số nhân máy."))
@click.option("--log-json", is_flag=True, help=_("Mỗi sự kiện một dòng JSON ra stdout."))
@standard("archive")
def watch(given: GivenArchive, once: bool, workers: int | None, log_json: bool) -> None:
    from dossier.usecases.watch import Watcher

    live = not log_json and not once and sys.stdout.isatty()
    view = LiveView()
    tell: Callable[[News], None] = view.tell if live else _as_json if log_json else _as_line
    watcher = Watcher(given.open_to_write(), tell, workers=workers or 0)
    with _signals(watcher) as interrupted, view.shown(console(), watcher.totals) if live else nullcontext():
        watcher.run(once=once)
    if interrupted:  # it has stopped in order and said so
        raise SystemExit(ExitCode.INTERRUPTED)


@contextmanager
def _signals(watcher: Watcher) -> Iterator[list[int]]:
    """Stop in order on SIGTERM (from a service manager: exit code 0) and on Ctrl-C (130)."""
    interrupted: list[int] = []

    def on_signal(number: int, _frame: object) -> None:
        if number == signal.SIGINT:
            if interrupted:  # on a second Ctrl-C stop at once
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
    more = machine_json.fields(news, "path dossier detail parts count review")
    tell(machine_json.dumps(said | {key: value for key, value in more.items() if value}))
    sys.stdout.flush()


def _as_line(news: News) -> None:
    tell(f"{datetime.now().astimezone():%H:%M:%S}  {sentence(news)}")
    sys.stdout.flush()
