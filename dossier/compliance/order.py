"""Whether documents are dated in the order in which the process makes them (TT-nn). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checklists.schema import Checklist
from dossier.compliance import periods
from dossier.compliance.completeness import place_title
from dossier.compliance.definitions import found
from dossier.compliance.facts import EARLIEST
from dossier.compliance.placed import Placed, issued
from dossier.i18n import _
from dossier.model import Document, DossierState, Facts, Finding, Reference, Severity

_POOR = 0.75  # confidence of OCR below which a date may have been misread


def check(
    state: DossierState, placed: Placed, checklist: Checklist, facts: Facts, today: date
) -> Iterator[Finding]:
    """All findings of this family, in the order of their rules."""
    yield from _links(placed, checklist)
    yield from _impossible(state, today)
    yield from _after_end(placed, checklist, facts)
    yield from _cited(state, placed, checklist)


def _links(placed: Placed, checklist: Checklist) -> Iterator[Finding]:
    for link in checklist.order:
        later = placed.first(link.part)
        if later is None:
            continue
        place, before = next(((p, d) for p in link.after if (d := placed.first(p))), ("", None))
        if before is None or issued(later) >= issued(before):
            continue
        message = _(
            "{later} ({day:%d/%m/%Y}) có trước {before} ({first:%d/%m/%Y}); "
            "kiểm tra lại ngày hoặc mục của hai văn bản."
        ).format(
            later=place_title(checklist, link.part),
            day=issued(later),
            before=place_title(checklist, place),
            first=issued(before),
        )
        severity = Severity.INFO if _poorly_read(later) or _poorly_read(before) else Severity.WARNING
        part = link.part.partition(".")[0]
        yield Finding(link.rule, severity, message, link.citation, part, (later.id, before.id))


def _poorly_read(document: Document) -> bool:
    return document.confidence is not None and document.confidence < _POOR


def _impossible(state: DossierState, today: date) -> Iterator[Finding]:
    for document in state.documents:
        day, flaw = document.header.date, document.header.date_flaw
        if flaw == "impossible":
            message = _("{document}: ghi một ngày không có trong lịch; hãy xem bản gốc.")
            said = message.format(document=document.id)
            yield found("TT-36", said, [document.id], mild=_poorly_read(document))
        if day is None:
            continue
        if day > today:
            message = _("{document}: ghi ngày {day:%d/%m/%Y}, sau ngày kiểm tra.")
            yield found("TT-31", message.format(document=document.id, day=day), [document.id])
        elif day < EARLIEST:
            # strftime writes years before 1000 in fewer digits on some systems.
            message = _("{document}: ghi năm {year}; năm phải đủ bốn chữ số.")
            yield found("TT-32", message.format(document=document.id, year=day.year), [document.id])
        if flaw == "short-year":
            message = _("{document}: năm chỉ ghi hai chữ số, hiểu là {day:%d/%m/%Y}; hãy so với bản gốc.")
            said = message.format(document=document.id, day=day)
            yield found("TT-32", said, [document.id], mild=_poorly_read(document))


def _after_end(placed: Placed, checklist: Checklist, facts: Facts) -> Iterator[Finding]:
    ended = facts["ended"].value
    if not isinstance(ended, date):
        return
    told = set()
    for item in checklist.items:
        for part in item.parts:
            if part.id in checklist.after_end:
                continue
            for document, place in placed.at(part.id):
                late = document.header.date is not None and document.header.date > ended
                if late and document.id not in told and not _speaks_of_life(part.period, place.period, ended):
                    told.add(document.id)
                    message = _("{document}: ghi ngày {day:%d/%m/%Y}, sau khi kết thúc ({ended:%d/%m/%Y}).")
                    said = message.format(document=document.id, day=document.header.date, ended=ended)
                    yield found("TT-33", said, [document.id], part=part.id)


def _speaks_of_life(kind: str, label: str, ended: date) -> bool:
    """A report or ranking of a period that began before the end may well be written after it."""
    if not label or kind == "year":
        return False
    year = int(label[:4])
    period = periods.first_half(year) if "-" in label else periods.evaluation_year(year)
    return period.first <= ended


def _cited(state: DossierState, placed: Placed, checklist: Checklist) -> Iterator[Finding]:
    """Documents that cite the founding decision under another date or number."""
    founding = placed.first(checklist.founding_part) if checklist.founding_part else None
    if founding is None or not founding.header.number_symbol or founding.header.date is None:
        return
    number, day = _same(founding.header.number_symbol), founding.header.date
    known = {(_same(d.header.number_symbol), d.header.date) for d in state.documents}
    for document in state.documents:
        for reference in document.header.references:
            if document.id == founding.id or not _is_decision(reference):
                continue
            cited = _same(reference.number_symbol)
            assert reference.date is not None
            if (cited, reference.date) in known:
                continue
            values = {"document": document.id, "number": founding.header.number_symbol, "day": day,
                      "cited": reference.number_symbol, "on": reference.date}  # fmt: skip
            if cited == number and reference.date.year == day.year:
                message = _(
                    "{document}: dẫn quyết định {cited} ngày {on:%d/%m/%Y}; quyết định thành lập "
                    "trong hồ sơ ghi ngày {day:%d/%m/%Y}."
                )
                yield found("TT-34", message.format(**values), [document.id, founding.id])
            elif reference.date == day and cited.partition("/")[2] == number.partition("/")[2]:
                message = _(
                    "{document}: dẫn quyết định {cited} ngày {on:%d/%m/%Y}; quyết định thành lập cùng ngày "
                    "trong hồ sơ mang số {number}."
                )
                yield found("TT-35", message.format(**values), [document.id, founding.id])


def _is_decision(reference: Reference) -> bool:
    return bool(
        reference.type in ("", "quyet-dinh")
        and reference.number_symbol.partition("/")[2].upper().startswith("QĐ")
        and reference.date
    )


def _same(number: str) -> str:
    """Numbers that differ only in case, spaces or leading zeros are one."""
    return number.upper().replace(" ", "").lstrip("0")
