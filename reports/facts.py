"""What is known of a dossier with its sources, and what people said of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from rich import box
from rich.console import RenderableType
from rich.table import Table

from dossier.i18n import _
from dossier.model import DossierReport, Fact, FactValue, ToldFact
from reports import looks
from reports.looks import printable


def view(report: DossierReport) -> RenderableType:
    """One row per fact: what, value, from where."""
    shown = Table(box=box.SIMPLE_HEAD)
    for head in (_("Điều đã biết"), _("Giá trị"), _("Nguồn")):
        shown.add_column(head, overflow="fold")
    for name, value, source in looks.shown_facts(report):
        shown.add_row(name, printable(value), printable(source))
    return shown


def as_json(report: DossierReport) -> dict[str, Any]:
    """The same for machines."""
    return {
        "dossier": report.path,
        "facts": {
            key: {"value": _machine(fact.value), "source": fact.source.value, "from": fact.origin}
            for key, fact in report.facts.items()
        },
    }


def history(said: Iterable[ToldFact]) -> RenderableType:
    """One row per word of a person, oldest first."""
    shown = Table(box=box.SIMPLE_HEAD)
    for head in (_("Điều"), _("Giá trị"), _("Người ghi"), _("Ghi lúc"), _("Đến")):
        shown.add_column(head, overflow="fold")
    for each in said:
        ended = f"{each.ended_at.astimezone():%d/%m/%Y %H:%M} ({each.ended_by})" if each.ended_at else ""
        shown.add_row(
            looks.fact_name(each.key.replace("/", " ")),
            printable(_("đã làm") if each.value is True and "/" in each.key else _said(each)),
            printable(each.author),
            f"{each.made_at.astimezone():%d/%m/%Y %H:%M}",
            printable(ended),
        )
    return shown


def history_json(said: Iterable[ToldFact]) -> list[dict[str, Any]]:
    """The same for machines."""
    return [
        {
            "dossier": each.dossier,
            "key": each.key,
            "value": _machine(each.value),
            "author": each.author,
            "made_at": each.made_at.isoformat(timespec="seconds"),
            "ended_at": each.ended_at.isoformat(timespec="seconds") if each.ended_at else None,
        }
        for each in said
    ]


def _said(each: ToldFact) -> str:
    return looks.fact_value(each.key, Fact(each.value))


def _machine(value: FactValue) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
