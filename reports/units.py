"""Comparison of units or archives: totals, ranking, and what is missing where. For the terminal, as a page,
as a workbook, and for machines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dossier.checklists.sentence_case import body
from dossier.i18n import _, language
from dossier.machine_json import fields
from dossier.model.figures import ItemTitle, Total, Totals
from reports import looks, sheet
from reports.looks import printable

# Title, function for a unit's value, and whether it is text.
Column = tuple[str, Callable[[Total], sheet.Cell], bool]
_LEAST_NAME = 18  # minimal width of a unit's name in the terminal
_SCREEN_ITEMS = 8  # most frequently missing items shown in the terminal


def unit_name(name: str) -> str:
    """The name of a unit, or words for an unknown one."""
    return body(name) or _("(chưa rõ đơn vị)")


def _row_name(found: Totals, part: Total) -> str:
    return _("Cộng") if part is found.whole else unit_name(part.name)


def sentence(found: Totals) -> str:
    """The totals in one sentence, secrets first."""
    whole = found.whole
    if not whole.dossiers:
        return _("Chưa có hồ sơ nào.")
    said = _("{dossiers} hồ sơ, {complete} đầy đủ; mức đầy đủ {score}; {overdue} việc quá hạn.").format(
        dossiers=whole.dossiers,
        complete=whole.complete,
        score=looks.percent(whole.score),
        overdue=whole.overdue,
    )
    if whole.secret:
        alarm = _("{count} tệp có dấu chỉ độ mật, hoặc dấu đỏ chưa đọc được!").format(count=whole.secret)
        return f"{alarm} {said}"
    return said


def absent(found: Totals) -> list[str]:
    """If some gave no figures: how many did, then a sentence for each that did not, and for each file
    that was not counted."""
    said = []
    if found.missing:
        there = sum(part.day is not None for part in found.parts)
        said = [
            _("Có số liệu của {there} trên {all} nơi:").format(there=there, all=there + len(found.missing))
        ]
    if found.refused:
        files = _("Tệp không tính được:")
        return [*said, *_each(found.missing), files, *_each(found.refused)]
    return [*said, *_each(found.missing)]


def _each(reasons: Mapping[str, str]) -> list[str]:
    return [f"{name}: {why}" for name, why in reasons.items()]


def order() -> str:
    """The criteria of the ranking in words."""
    return _(
        "Xếp hạng theo mức đầy đủ, rồi tỷ lệ hồ sơ đầy đủ, rồi số việc quá hạn trên mỗi hồ sơ; bằng nhau thì "
        "cùng hạng."
    )


def cell_text(cell: sheet.Cell) -> str:
    """Format a cell; only scores have a fraction."""
    return looks.decimal(cell) if isinstance(cell, float) else str(cell)


def item_name(title: ItemTitle) -> str:
    """An item in words, with its number and kind."""
    return _("{kind}, mục {item}: {title}").format(kind=title.kind_title, item=title.item, title=title.title)


def screen(found: Totals) -> RenderableType:
    """For the terminal."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
    every = (*found.parts, found.whole)
    # Columns of zeros are left out to save width.
    columns = [each for each in _columns(found) if each[2] or any(each[1](part) for part in every)]
    for head, _value, words in columns:
        least = _LEAST_NAME if words else None
        table.add_column(head, justify="left" if words else "right", overflow="fold", min_width=least)
    for part in every:
        style = "bold" if part is found.whole else ""
        table.add_row(
            *(Text(printable(cell_text(value(part))), style=style) for _title, value, _words in columns)
        )
    blocks: list[RenderableType] = [
        Text(printable(sentence(found)), style="bold red" if found.whole.secret else "bold"),
        *(Text(printable(line), style="yellow") for line in absent(found)),
    ]
    if found.parts:
        blocks.append(table)
    if len(found.parts) > 1:
        blocks.append(Text(order(), style="dim"))
    if found.items:
        blocks.append(Text(_("Thiếu nhiều nhất:"), style="bold"))
        for title in found.items[:_SCREEN_ITEMS]:
            blocks.append(
                Text(printable(f"  {found.whole.lacking[title.kind, title.item]:>4}  {item_name(title)}"))
            )
    return Group(*blocks)


def page(found: Totals) -> bytes:
    """A complete HTML page, for the screen and for A4."""
    return _rendered("units.html.j2", found).encode()


def tables(found: Totals) -> str:
    """The HTML tables alone, for inclusion in another page."""
    return _rendered("units_tables.html.j2", found)


def _rendered(template: str, found: Totals) -> str:
    from reports.html import environment

    return (
        environment()
        .get_template(template)
        .render(
            found=found,
            columns=_columns(found),
            cell_text=cell_text,
            unit_name=unit_name,
            lang=language(),
            looks=looks,
            said=sentence(found),
            absent=absent(found),
            order=order(),
        )
    )


def workbook(found: Totals) -> bytes:
    """A workbook of two sheets: the totals, and how often each unit lacks each item."""
    columns = _columns(found)
    rows = _rows(found, columns)
    head = [_("Đơn vị"), *map(item_name, found.items)]
    keys = [(title.kind, title.item) for title in found.items]
    lacking: list[list[sheet.Cell]] = [
        [_row_name(found, part), *(part.lacking.get(key, 0) for key in keys)]
        for part in (*found.parts, found.whole)
    ]
    return sheet.book_bytes(
        [
            (_("Các đơn vị"), [title for title, _value, _words in columns], rows),
            (_("Còn thiếu"), head, lacking),
        ],
        [
            _("So sánh các đơn vị, ngày {day}").format(day=looks.day(found.day)),
            found.name,
            sentence(found),
            *absent(found),
            order(),
        ],
    )


def table(found: Totals) -> bytes:
    """The totals as CSV, with rows without figures for units that gave none and for files not counted."""
    columns = _columns(found)
    head, rows = [title for title, _value, _words in columns], _rows(found, columns)
    if absent(found):
        head.append(_("Ghi chú"))
        rows = [[*row, ""] for row in rows]
        blank: list[sheet.Cell] = [""] * (len(columns) - 2)
        rows += [["", name, *blank, why] for name, why in (*found.missing.items(), *found.refused.items())]
    return sheet.csv_bytes(head, rows)


def plain(found: Totals) -> dict[str, Any]:
    """The totals for machines."""
    return {
        "name": found.name,
        "day": found.day.isoformat(),
        "total": _plain(found.whole),
        "said": sentence(found),
        "units": [_plain(part) for part in found.parts],
        "items": [
            {"kind": title.kind, "item": title.item, "title": title.title,
             "lacking": found.whole.lacking[title.kind, title.item]}
            for title in found.items
        ],
        "missing": [{"name": name, "why": why} for name, why in found.missing.items()],
        "refused": [{"name": name, "why": why} for name, why in found.refused.items()],
    }  # fmt: skip


def _plain(part: Total) -> dict[str, Any]:
    return fields(part, "name rank? day dossiers complete") | {
        "score": part.score if part.dossiers else None,  # a mean of nothing is no figure
        **fields(part, "errors warnings overdue needs_review=doubts unread secret"),
        "lacking": [{"kind": kind, "item": item, "dossiers": count}
                    for (kind, item), count in sorted(part.lacking.items())],
        "rules": dict(sorted(part.rules.items())),
    }  # fmt: skip


def _rows(found: Totals, columns: Sequence[Column]) -> list[list[sheet.Cell]]:
    return [[value(part) for _title, value, _words in columns] for part in (*found.parts, found.whole)]


def _columns(found: Totals) -> Sequence[Column]:
    columns: list[Column] = [
        (_("Hạng"), lambda part: part.rank or "", False),
        (_("Đơn vị"), lambda part: _row_name(found, part), True),
        (_("Mức đầy đủ, %"), lambda part: part.score if part.dossiers else "", False),
        (_("Hồ sơ"), lambda part: part.dossiers, False),
        (_("Đầy đủ"), lambda part: part.complete, False),
        (_("Quá hạn"), lambda part: part.overdue, False),
        (_("Lỗi"), lambda part: part.errors, False),
        (_("Cần xem"), lambda part: part.doubts, False),
        (_("Chưa đọc"), lambda part: part.unread, False),
        (_("Niêm phong"), lambda part: part.secret, False),
    ]
    if any(part.day not in (None, found.day) for part in found.parts):
        columns.append((_("Số liệu ngày"), lambda part: looks.day(part.day), True))
    return columns
