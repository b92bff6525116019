"""The list of rules on a screen: by family, in order, with their weight in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dossier.i18n import N_, _
from dossier.model import Severity
from reports import looks

# Families by the letters of their ids, in the order in which they matter.
_FAMILIES = {
    "MAT": N_("Bí mật nhà nước"),
    "MH": N_("Hồ sơ mô hình đủ 16 mục"),
    "DH": N_("Hồ sơ điển hình đủ 5 mục"),
    "TT": N_("Trình tự thời gian giữa các văn bản"),
    "TH": N_("Thời hạn báo cáo, đề nghị, quyết định"),
    "XL": N_("Xếp loại và thẩm quyền"),
    "LK": N_("Mô hình liên kết"),
    "BQ": N_("Thời hạn bảo quản, nộp lưu"),
    "ND": N_("Nội dung văn bản theo hướng dẫn"),
    "TV": N_("Tệp và thể thức văn bản"),
}


class ListedRule(Protocol):
    """A rule as it is listed."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def severity(self) -> str: ...


def listing(rules: Iterable[ListedRule]) -> RenderableType:
    """All rules under the names of their families; those of a family by weight, then by number."""
    families: dict[str, list[ListedRule]] = {name: [] for name in _FAMILIES}
    for rule in rules:
        families.setdefault(rule.id.partition("-")[0], []).append(rule)
    blocks: list[RenderableType] = []
    for name, own in families.items():
        if own:
            blocks += [Text(f"{_(_FAMILIES.get(name, name))} ({name})", style="bold"), _table(own), Text()]
    blocks.append(Text(_("Xem kỹ một quy tắc: dossier explain MH-06"), style="dim"))
    return Group(*blocks)


def _table(own: list[ListedRule]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 1))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    order = list(Severity)
    for rule in sorted(own, key=lambda rule: (order.index(Severity(rule.severity)), rule.id)):
        look = looks.severity(Severity(rule.severity))
        table.add_row(rule.id, Text(f"{look.symbol} {look.word}", style=look.colour), rule.title)
    return table
