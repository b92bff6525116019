"""TT-nn: dates against the order of the process, the calendar, the end, and what is cited."""

from __future__ import annotations

from datetime import date, timedelta

from cases import Given, No, Row
from states import KINDS, paper, state

from dossier.checklists.judging import Order
from dossier.model import Document, Manifest, Reference, Severity

DAY = date(2024, 3, 5)
TODAY = date(2026, 11, 24)
_WARN, _INFO = Severity.WARNING, Severity.INFO


def at(place: str, day: date | None, **more: object) -> Document:
    part, _dot, step = place.partition(".")
    return paper(part, day, step=step, **more)  # type: ignore[arg-type]


def link(kind: str, order: Order) -> Row:
    """The later paper beside the one it rests on, so many days apart."""

    def apart(days: int) -> Given:
        papers = at(order.after[0], DAY), at(order.part, DAY + timedelta(days))
        return Given(state(*papers, kind=kind), TODAY)

    return Row(
        rule=order.rule,
        satisfied=apart(30),
        violated=apart(-30),
        not_applicable=Given(state(at(order.part, DAY), kind=kind), TODAY),
        boundary=(apart(0), apart(-1)),
        severity=_WARN,
    )


def one(*papers: Document, **manifest: object) -> Given:
    return Given(state(*papers, manifest=Manifest(**manifest)), TODAY)  # type: ignore[arg-type]


def citing(number: str, day: date | None, *, founding: date | None = DAY) -> Given:
    reference = Reference("quyet-dinh", number, day)
    return one(paper("6a", founding), paper("7b", DAY, number="20/QC-BCĐ", references=(reference,)))


_LIFE = {"founded": date(2022, 1, 1), "ended": date(2024, 6, 1)}
ROWS = (
    *(link(kind, order) for kind, checklist in KINDS.items() for order in checklist.order),
    Row(
        rule="TT-31",
        satisfied=one(paper("7b", DAY)),
        violated=one(paper("7b", TODAY + timedelta(60))),
        not_applicable=one(paper("7b")),
        boundary=(one(paper("7b", TODAY)), one(paper("7b", TODAY + timedelta(1)))),
        severity=_WARN,
    ),
    Row(
        rule="TT-32",
        satisfied=one(paper("7b", DAY)),
        violated=one(paper("7b", date(24, 3, 5))),
        not_applicable=one(paper("7b")),
        boundary=(one(paper("7b", date(1945, 9, 2))), one(paper("7b", date(1945, 9, 1)))),
        severity=_WARN,
    ),
    Row(
        rule="TT-32",
        satisfied=one(paper("7b", DAY)),
        violated=one(paper("7b", DAY, date_flaw="short-year")),
        not_applicable=one(paper("7b")),
        boundary=No("It is so or it is not: two digits or four"),
        severity=_WARN,
    ),
    Row(
        rule="TT-36",
        satisfied=one(paper("7b", DAY)),
        violated=one(paper("7b", date_flaw="impossible")),
        not_applicable=one(paper("7b")),
        boundary=No("It is so or it is not: the calendar has the day or has it not"),
        severity=_WARN,
    ),
    Row(
        rule="TT-33",
        satisfied=one(paper("7b", DAY), **_LIFE),
        violated=one(paper("9", date(2025, 1, 5), period="2025"), **_LIFE),
        not_applicable=one(paper("7b", date(2025, 1, 5)), founded=date(2022, 1, 1)),
        boundary=(one(paper("7b", date(2024, 6, 1)), **_LIFE), one(paper("7b", date(2024, 6, 2)), **_LIFE)),
        severity=_WARN,
    ),
    Row(
        rule="TT-34",
        satisfied=citing("12/QĐ-UBND", DAY),
        violated=citing("12/QĐ-UBND", date(2024, 5, 3)),
        not_applicable=citing("12/QĐ-UBND", date(2024, 5, 3), founding=None),
        # Numbers begin anew on 1 January: the same one a year earlier is another decision.
        boundary=(citing("12/QĐ-UBND", date(2023, 12, 31)), citing("12/QĐ-UBND", date(2024, 1, 1))),
        severity=_WARN,
    ),
    Row(
        rule="TT-35",
        satisfied=citing("12/QĐ-UBND", DAY),
        violated=citing("13/QĐ-UBND", DAY),
        not_applicable=citing("13/QĐ-UBND", DAY, founding=None),
        boundary=(citing("13/QĐ-UBND", DAY - timedelta(1)), citing("13/QĐ-UBND", DAY)),
        severity=_INFO,
    ),
)
