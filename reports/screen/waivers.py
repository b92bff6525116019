"""Findings that people accepted, on a screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dossier.i18n import _
from dossier.model import Waiver
from reports import looks
from reports.looks import printable


def waivers(known: Sequence[tuple[Waiver, bool, int]], names: Mapping[str, str]) -> RenderableType:
    """Waivers with their reason, author and end; those that cover nothing any more say so. ``names``: of
    dossiers, by path."""
    if not known:
        return Text(_("Chưa có phát hiện nào được chấp nhận."))
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column(_("Hồ sơ"), overflow="fold", ratio=3)
    table.add_column(_("Quy tắc"), no_wrap=True)
    table.add_column(_("Tình trạng"), overflow="fold", ratio=2)
    table.add_column(_("Lý do"), overflow="fold", ratio=3)
    table.add_column(_("Người quyết định"), overflow="fold", ratio=1)
    for waiver, valid, count in known:
        until = (
            _("đến hết ngày {day}").format(day=looks.day(waiver.until))
            if waiver.until
            else _("không thời hạn")
        )
        if not valid:
            state, style = _("hết hạn {day}").format(day=looks.day(waiver.until)), "yellow"
        elif count:
            state, style = (
                _("còn hiệu lực, {until}, {count} phát hiện").format(until=until, count=count),
                "cyan",
            )
        else:
            state, style = _("còn hiệu lực, {until}, không còn phát hiện nào").format(until=until), "dim"
        table.add_row(
            Text(printable(_called(waiver.dossier, names), keep="\n")),
            f"{waiver.rule} {waiver.part}".strip(),
            Text(state, style=style), Text(printable(waiver.reason)), Text(printable(waiver.author)),
        )  # fmt: skip
    return table


def _called(dossier: str, names: Mapping[str, str]) -> str:
    """The dossier by its name, with where it lies; the unit's own duties by theirs."""
    if dossier == ".":
        return _("cả đơn vị")
    place, _slash, folder = dossier.rpartition("/")
    name = names.get(dossier, folder)
    if name != folder:
        place = dossier
    return f"{name}\n{place}" if place else name
