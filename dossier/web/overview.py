"""Pages of the archive as a whole, of one dossier, of deadlines, of units, and of the nightly trend."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from dossier.model import DossierReport, DueStatus, Finding
from dossier.model.units import is_one_of
from dossier.usecases.assess import assess
from dossier.usecases.history import last_two, nights
from dossier.usecases.standing import Row, Standing
from dossier.vietnamese import words
from dossier.web import fact_forms, redaction
from dossier.web.request import Answer, Ask, NotFoundError, file, page

PAGE = 50  # rows
T = TypeVar("T")


def standing_for(ask: Ask) -> Standing:
    """The status of all dossiers that the visitor may see."""
    return ask.cache.standing().of_units(ask.visitor.units)


def row_for(ask: Ask, id_: str) -> Row:
    """The dossier with that id. Raises :class:`NotFoundError` if there is none or the visitor may not see
    it."""
    row = standing_for(ask).dossiers.get(id_)
    if row is None:
        raise NotFoundError
    return row


def report_for(ask: Ask, row: Row) -> DossierReport:
    """The full report on one dossier."""
    report = assess(ask.cache.archive, ask.today, row.path, ask.cache.standing().around).dossiers[0]
    return redaction.dossier(report, ask.visitor)


def chosen(ask: Ask, rows: Iterable[Row]) -> list[Row]:
    """The rows that match the query, in its order."""
    query = ask.query
    found = list(rows)
    if query.get("don-vi"):
        found = [row for row in found if row.unit == query["don-vi"]]
    if query.get("loai"):
        found = [row for row in found if row.kind == query["loai"]]
    if item := ask.number("muc", 0, 0):
        found = [row for row in found if any(c.item == item and c.kind in _LACKING for c in row.cells)]
    if wanted := words(query.get("ten", "")[:200]):
        found = [row for row in found if wanted in _named(row.name)]
    if test := _STATES.get(query.get("tinh-trang", "")):
        found = [row for row in found if test(row)]
    return sorted(found, key=_ORDERS.get(query.get("sap", ""), _weighty))


_LACKING = ("missing", "partial", "advised", "needs_review")
_STATES: Mapping[str, Callable[[Row], bool]] = {
    "thieu": lambda row: not row.complete,
    "du": lambda row: row.complete,
    "can-xem": lambda row: row.doubts > 0,
}


_named = lru_cache(maxsize=20_000)(words)  # thousands of names are sorted for every page


def _weighty(row: Row) -> tuple[Any, ...]:
    return not row.sealed, -min(row.errors, 1), row.next_due or date.max, row.score, _named(row.name)


_ORDERS: Mapping[str, Callable[[Row], tuple[Any, ...]]] = {
    "ten": lambda row: (_named(row.name),),
    "diem": lambda row: (row.score, _named(row.name)),
    "han": lambda row: (row.next_due or date.max, _named(row.name)),
}


def paged(found: Sequence[T], number: int, size: int = PAGE) -> tuple[Sequence[T], int, int]:
    """One page of a list, its number, and the number of pages."""
    pages = max(-(-len(found) // size), 1)
    number = min(number, pages)
    return found[(number - 1) * size : number * size], number, pages


def archive(ask: Ask) -> Answer:
    """Show the overview with its matrix of dossiers and items."""
    standing = standing_for(ask)
    rows = chosen(ask, standing.rows)
    shown, number, pages = paged(rows, ask.number("trang", 1))
    kinds: dict[str, list[Row]] = {}
    for row in shown:
        kinds.setdefault(row.kind, []).append(row)
    titles = {row.kind: row.kind_title for row in standing.rows}
    return page(
        "overview.html.j2",
        standing=standing,
        kinds=kinds,
        titles=titles,
        units=sorted({row.unit for row in standing.rows if row.unit}),
        total=len(rows),
        number=number,
        pages=pages,
        query=dict(ask.query),
        complete=sum(row.complete for row in standing.rows),
        overdue=sum(due.status is DueStatus.OVERDUE for due in standing.dues),
        soon=sum(due.status is DueStatus.SOON for due in standing.dues),
        secret=sum(row.sealed for row in standing.rows),
        keeps=fact_forms.acts_for_office(ask.visitor),
    )


def dossier(ask: Ask) -> Answer:
    """Show one dossier: its checklist, findings and documents."""
    row = row_for(ask, ask.params["id"])
    report = report_for(ask, row)
    papers = {document.id: document for document in report.documents}
    asked = [q for q in standing_for(ask).questions if q.folder.path == row.path]
    return page(
        "dossier.html.j2",
        row=row,
        report=report,
        papers=papers,
        findings=_gathered(report.findings),
        dues=[due for due in report.due if due.status not in (DueStatus.ON_TIME, DueStatus.LATE)],
        questions=asked,
        today=ask.today,
        saying=fact_forms.of_dossier(ask, row, report),
        keys=fact_forms.fact_keys(ask),
        keeps=fact_forms.acts_for_office(ask.visitor),
        click=secrets.token_hex(12),
    )


_GRAVE = {"error": 0, "warning": 1, "info": 2}
_ALIKE = 3  # findings of one rule in sight; of hundreds of papers the same may be said of each


def _gathered(findings: Iterable[Finding]) -> list[tuple[list[Finding], list[Finding]]]:
    """The gravest findings first; of each rule those in sight, and further ones folded."""
    ordered = sorted(findings, key=lambda f: (f.waiver is not None, _GRAVE[f.severity.value]))
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in ordered:
        groups.setdefault((finding.waiver is not None, finding.severity, finding.rule), []).append(finding)
    seen = {key: _ALIKE if len(group) > _ALIKE + 1 else len(group) for key, group in groups.items()}
    return [(group[: seen[key]], group[seen[key] :]) for key, group in groups.items()]


def units(ask: Ask) -> Answer:
    """Show the units side by side: totals, ranking, what is missing where."""
    from markupsafe import Markup

    from dossier.usecases.figures import of_standing
    from reports import units

    found = of_standing(standing_for(ask))
    tables = Markup(units.tables(found))  # noqa: S704  made of an escaping template
    return page("units.html.j2", found=found, tables=tables, said=units.sentence(found))


def calendar(ask: Ask) -> Answer:
    """Show what is overdue and what falls due."""
    standing = standing_for(ask)
    names = {row.path: row for row in standing.rows}
    found, query = list(standing.dues), ask.query
    if unit := query.get("don-vi"):
        found = [due for due in found if due.dossier in names and names[due.dossier].unit == unit]
    if query.get("tinh-trang") in ("overdue", "soon", "open"):
        found = [due for due in found if due.status.value == query["tinh-trang"]]
    if month := query.get("thang", "")[:7]:
        found = [due for due in found if due.day.isoformat()[:7] == month]
    shown, number, pages = paged(found, ask.number("trang", 1), 100)
    from reports.ics import STATUS

    saying_it = fact_forms.of_duty(ask)
    return page(
        "calendar.html.j2",
        dues=shown,
        total=len(found),
        months=sorted({due.day.isoformat()[:7] for due in standing.dues}),
        units=sorted({row.unit for row in standing.rows if row.unit}),
        states=[status for status in STATUS if any(due.status is status for due in standing.dues)],
        query=dict(query),
        number=number,
        pages=pages,
        names=names,
        looks_of=STATUS,
        keeps=fact_forms.acts_for_office(ask.visitor),
        saying=saying_it,
        recorded=fact_forms.duties_recorded(ask),
    )


def calendar_file(ask: Ask) -> Answer:
    """Return the deadlines as an iCalendar file."""
    from reports import ics

    standing = standing_for(ask)
    names = {row.path: row.name for row in standing.rows}
    made = ics.written(standing.dues, names, standing.scanned_at)
    return file(made, "text/calendar; charset=utf-8", "han-ho-so.ics")


def trend(ask: Ask) -> Answer:
    """Show the nightly results; to a visitor limited to units only the scores of these units."""
    from markupsafe import Markup

    from reports import since, trend

    found = nights(ask.cache.archive)
    units = ask.visitor.units
    whole = units is None
    mine = is_one_of(units or ())
    drawn = Markup(trend.picture(found)) if whole else Markup()  # noqa: S704  our own picture
    said = since.sentence(last_two(ask.cache.archive)) if whole else ""
    return page(
        "trend.html.j2",
        nights=list(reversed(found))[:100],
        chart=drawn,
        whole=whole,
        own=sorted({unit for night in found for unit in night.units if mine(unit)} or units or ()),
        said=said,
    )
