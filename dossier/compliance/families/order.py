"""Order: whether the dates of documents follow the order of the process (TT-nn)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checklists.judging import Order, part_of
from dossier.compliance import periods
from dossier.compliance.case import Case, Placed, earliest, not_before, poorly_read, speaks_of
from dossier.compliance.finding import finding, milder
from dossier.compliance.naming import document_name, place_title, the_paper
from dossier.compliance.periods import EARLIEST, date_words, day_said, span, span_of
from dossier.i18n import _
from dossier.model import Document, Finding, Reference, Severity
from dossier.vietnamese import capitalised

RULES = ("TT-16", "TT-31", "TT-32", "TT-33", "TT-34", "TT-35", "TT-36")


def check(case: Case) -> Iterator[Finding]:
    """All findings of this family, in the order of their rules."""
    for link in case.checklist.order:
        yield from _link(link, case)
    yield from _early(case)
    yield from _impossible(case)
    yield from _after_end(case)
    yield from _cited(case)


def _link(link: Order, case: Case) -> Iterator[Finding]:
    labels = {place.period for _d, place in case.placed.at(link.part)} if link.same_period else {""}
    for label in sorted(labels):
        later = _first(case.placed, link.part, link, label, but=link.announcing)
        if later is None:
            continue
        there = [(p, d) for p in link.after if (d := _first(case.placed, p, link, label)) is not None]
        asked = there[:1] + [(p, d) for p, d in there[1:] if p in link.rests_on]
        place, before = next(((p, d) for p, d in asked if not not_before(later, d)), ("", None))
        if before is None:
            continue
        message = _(
            "{later} ({day}) có trước {before} ({first}); kiểm tra lại ngày hoặc mục của hai văn bản."
        ).format(
            later=capitalised(the_paper(place_title(case.checklist, link.part, case.facts))),
            day=day_said(later),
            before=the_paper(place_title(case.checklist, place, case.facts)),
            first=day_said(before),
        )
        yield finding(
            link.rule,
            message,
            (later.id, before.id),
            part=part_of(link.part),
            severity=Severity.INFO if poorly_read(later) or poorly_read(before) else Severity.WARNING,
            citation=link.citation,
            subject=(label,) if label else None,
        )


def _first(placed: Placed, at: str, link: Order, label: str, but: tuple[str, ...] = ()) -> Document | None:
    """The earliest document at a place to which the link applies, leaving out the types in ``but``."""
    if not (link.same_period or link.unless or but):
        return placed.first(at)
    return earliest(
        document
        for document, place in placed.at(at)
        if (not link.same_period or place.period == label)
        and not (link.unless and speaks_of(document.header.abstract, link.unless))
        and document.header.type not in but
    )


def _early(case: Case) -> Iterator[Finding]:
    """Reports on a whole year that were signed before its end."""
    for early in case.checklist.early:
        for document, place in case.placed.at(early.part):
            days = span_of(document)
            if days is None or not place.period.isdecimal() or case.year_before_guidance(int(place.period)):
                continue
            year = periods.evaluation_year(int(place.period), case.checklist.clock)
            if days[1] < year.last:
                message = _("{document} nói về năm {year} mà ký trước ngày cuối kỳ ({last}).")
                told = message.format(
                    document=document_name(document), year=place.period, last=date_words(year.last)
                )
                yield finding(early.rule, told, [document.id], part=early.part, citation=early.citation)


def _impossible(case: Case) -> Iterator[Finding]:
    for document in case.state.documents:
        day, flaw = document.header.date, document.header.date_flaw
        if flaw == "impossible":
            told = _("{document} ghi một ngày không có trong lịch; hãy xem bản gốc.")
            told = told.format(document=document_name(document))
            yield finding("TT-36", told, [document.id], severity=milder(poorly_read(document)))
        days = span_of(document)
        if days is None:
            continue
        if days[0] > case.today:
            told = _("{document} ghi ngày sau ngày kiểm tra.").format(document=document_name(document))
            yield finding("TT-31", told, [document.id])
        elif days[0] < EARLIEST and day is not None:
            told = _("{document} ghi năm {year}; năm phải đủ bốn chữ số.")
            told = told.format(document=document_name(document), year=day.year)
            yield finding("TT-32", told, [document.id])
        if flaw == "short-year":
            told = _("{document}: năm chỉ ghi hai chữ số, hiểu là {day}; hãy so với bản gốc.")
            told = told.format(document=document_name(document), day=day_said(document))
            yield finding("TT-32", told, [document.id], severity=milder(poorly_read(document)))


def _after_end(case: Case) -> Iterator[Finding]:
    ended = span(case.facts["ended"].value)
    if ended is None:
        return
    told = set()
    for item in case.checklist.items:
        for part in item.parts:
            if part.id in case.checklist.after_end:
                continue
            for document, place in case.placed.at(part.id):
                days = span_of(document)
                if days is None or days[0] <= ended[1] or document.id in told:
                    continue
                if _speaks_of_life(case, part.period, place.period, ended[1]):
                    continue
                told.add(document.id)
                message = _("{document} được lập sau khi kết thúc ({ended}).")
                words = message.format(
                    document=document_name(document), ended=date_words(case.facts["ended"].value)
                )
                yield finding("TT-33", words, [document.id], part=part.id)


def _speaks_of_life(case: Case, kind: str, label: str, ended: date) -> bool:
    """Whether a document reports on or ranks a period that began before the end, so that it may follow it."""
    if not label or kind == "year":
        return False
    year, _dash, half = label.partition("-")
    if not year.isdecimal():
        return False
    clock = case.checklist.clock
    period = periods.first_half(int(year)) if half else periods.evaluation_year(int(year), clock)
    return period.first <= ended


def _cited(case: Case) -> Iterator[Finding]:
    """Documents that cite the founding decision with another date or number."""
    founding = case.founding
    if founding is None or not founding.header.number_symbol or founding.header.date is None:
        return
    number, day = _same(founding.header.number_symbol), founding.header.date
    known = {(_same(d.header.number_symbol), d.header.date) for d in case.state.documents}
    for document in case.state.documents:
        for reference in document.header.references:
            if document.id == founding.id or not _is_decision(reference):
                continue
            cited = _same(reference.number_symbol)
            assert reference.date is not None
            if (cited, reference.date) in known:
                continue
            if cited == number and reference.date.year == day.year:
                rule, message = (
                    "TT-34",
                    _(
                        "{document} dẫn quyết định {cited} ngày {on}; quyết định thành lập trong hồ sơ "
                        "ghi ngày {day}."
                    ),
                )
            elif reference.date == day and _other_digits(cited, number):
                rule, message = (
                    "TT-35",
                    _(
                        "{document} dẫn quyết định {cited} ngày {on}; quyết định thành lập cùng ngày "
                        "trong hồ sơ "
                        "mang số {number}."
                    ),
                )
            else:
                continue
            told = message.format(
                document=document_name(document),
                number=founding.header.number_symbol,
                day=date_words(day),
                cited=reference.number_symbol,
                on=date_words(reference.date),
            )
            yield finding(rule, told, [document.id, founding.id])


def _other_digits(one: str, other: str) -> bool:
    """Whether two numbers of one symbol differ; a number that is blank or could not be read does not."""
    (digits, _slash, symbol), (known, _slash, same) = one.partition("/"), other.partition("/")
    return symbol == same and bool(digits and known) and digits != known


def _is_decision(reference: Reference) -> bool:
    return bool(
        reference.type in ("", "quyet-dinh")
        and reference.number_symbol.partition("/")[2].upper().startswith("QĐ")
        and reference.date
    )


def _same(number: str) -> str:
    """Normalise a number: case, spaces and leading zeros do not matter."""
    return number.upper().replace(" ", "").lstrip("0")
