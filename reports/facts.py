"""Facts of a dossier with their sources, and the history of people's entries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dossier.checklists.english import type_said
from dossier.checklists.sentence_case import signed_as
from dossier.i18n import N_, _, moment
from dossier.machine_json import fields
from dossier.model import DossierReport, Fact, Header, Level, Reference, ToldFact
from reports import looks
from reports.looks import printable


def view(report: DossierReport) -> RenderableType:
    """One row per fact: name, value, source."""
    shown = Table(box=box.SIMPLE_HEAD)
    for head in (_("Điều đã biết"), _("Giá trị"), _("Nguồn")):
        shown.add_column(head, overflow="fold")
    for name, value, source in looks.shown_facts(report):
        shown.add_row(name, printable(value), printable(source))
    return shown


def as_json(report: DossierReport) -> dict[str, Any]:
    """The facts for machines."""
    return {
        "dossier": report.path,
        "facts": {key: fields(fact, "value source from=origin") for key, fact in report.facts.items()},
    }


def history(said: Iterable[ToldFact]) -> RenderableType:
    """One row per entry of a person, oldest first."""
    said = list(said)
    if not said:
        return Text(
            _("Chưa ghi nhận điều gì. Việc chung của đơn vị: dossier due; ghi: dossier done TH-22 2026")
        )
    shown = Table(box=box.SIMPLE_HEAD)
    for head in (_("Điều"), _("Giá trị"), _("Người ghi"), _("Ghi lúc"), _("Đến")):
        shown.add_column(head, overflow="fold")
    for each in said:
        ended = f"{moment(each.ended_at)} ({each.ended_by})" if each.ended_at else ""
        shown.add_row(
            looks.fact_name(each.key.replace("/", " ")),
            printable(_("đã làm") if each.value is True and "/" in each.key else _said(each)),
            printable(each.author),
            moment(each.made_at),
            printable(ended),
        )
    return shown


def history_json(said: Iterable[ToldFact]) -> list[dict[str, Any]]:
    """The history for machines."""
    return [
        fields(each, "dossier key value author")
        | {
            "made_at": each.made_at.isoformat(timespec="seconds"),
            "ended_at": each.ended_at.isoformat(timespec="seconds") if each.ended_at else None,
        }
        for each in said
    ]


def _said(each: ToldFact) -> str:
    return looks.fact_value(each.key, Fact(each.value))


_MOST = 6  # entries shown of a list; the rest is counted
_LEVELS = {
    Level.COMMUNE: N_("cấp xã"),
    Level.DISTRICT: N_("cấp huyện"),
    Level.PROVINCE: N_("cấp tỉnh"),
    Level.MINISTRY: N_("cấp bộ, trung ương"),
    Level.PARTY: N_("tổ chức đảng"),
    Level.FRONT: N_("Mặt trận, đoàn thể"),
    Level.ENTERPRISE: N_("doanh nghiệp"),
    Level.SCHOOL: N_("trường học"),
}
_RANKS = {"tot": N_("Tốt"), "kha": N_("Khá"), "trung-binh": N_("Trung bình"), "yeu": N_("Yếu")}


def particulars(header: Header) -> list[tuple[str, str]]:
    """Names and values of the header's minor fields, without empty ones."""
    level = _(_LEVELS[header.issuer_level]) if header.issuer_level else ""
    rank = _(_RANKS[header.rank]) if header.rank in _RANKS else ""
    share = "" if header.percentage is None else _("{share:g} %").format(share=header.percentage)
    authority, post = signed_as(header.signer_title)
    found = [
        (_("Quyền hạn ký"), authority),
        (_("Chức vụ người ký"), post),
        (_("Cấp ban hành"), level),
        (_("Kỳ, năm"), ", ".join(map(_period, header.periods))),
        (_("Mức xếp loại nêu trong văn bản"), rank),
        (_("Kết quả so với chỉ tiêu"), share),
        (_("Đơn vị thành viên"), _few(header.members)),
        (_("Nơi nhận"), _few(header.recipients)),
        (_("Văn bản được nhắc đến"), _few([_cited(reference) for reference in header.references])),
    ]
    return [(name, value) for name, value in found if value]


def _period(label: str) -> str:
    """A period in words, as the recogniser writes it: ``2024``, ``2024-H1``, ``2024-Q3``."""
    year, _dash, part = label.partition("-")
    said = {
        "": _("năm {year}"),
        "H1": _("6 tháng đầu năm {year}"),
        "H2": _("6 tháng cuối năm {year}"),
    }
    return said.get(part, _("quý {quarter} năm {year}")).format(year=year, quarter=part[1:])


def _few(values: list[str] | tuple[str, ...]) -> str:
    text = "; ".join(values[:_MOST])
    return text + _(" và {count} nữa").format(count=len(values) - _MOST) if len(values) > _MOST else text


def _cited(reference: Reference) -> str:
    day = f" ({looks.day(reference.date)})" if reference.date else ""
    return f"{type_said(reference.type)} {reference.number_symbol}{day}".strip()
