"""MH-nn and DH-nn: what a dossier must hold."""

from __future__ import annotations

from datetime import date, timedelta

from cases import Given, No, Row
from states import ALWAYS, KINDS, paper, state, whole

from dossier.model import Document, Manifest, Severity

TODAY = date(2026, 11, 24)
YOUNG = date(2026, 11, 1)  # a model so young owes nothing that recurs
_WARN, _ERR = Severity.WARNING, Severity.ERROR
OTHER_KIND = {"mo-hinh": "dien-hinh", "dien-hinh": "mo-hinh"}
SURE = KINDS["mo-hinh"].threshold  # from that confidence on a place is relied on


def young(*papers: Document, without: str = "", **manifest: object) -> Given:
    return Given(state(*whole(YOUNG, without), *papers, manifest=Manifest(**manifest)), TODAY)  # type: ignore[arg-type]


def asked_if(rule: str, part: str, **condition: object) -> Row:
    """A part asked for at once, or under a condition that is declared."""
    return Row(
        rule=rule,
        part=part,
        satisfied=young(*([paper(part)] if condition else []), **condition),
        violated=young(without=part, **condition),
        not_applicable=(
            young() if condition else Given(state(kind=OTHER_KIND["mo-hinh"]), TODAY)
        ),
        # No day bounds what is asked for from the first one on: how sure its place is does.
        boundary=(
            young(paper(part, sure=SURE), without=part, **condition),
            young(paper(part, sure=SURE - 0.01), without=part, **condition),
        ),
        first=_WARN,  # somebody must look at it: neither there nor missing
    )  # fmt: skip


def recurring(
    rule: str, part: str, period: str, founded: date, first: date, too_young: date, severity: Severity
) -> Row:
    """A part that somebody owes from ``first`` on; ``too_young``: a founding date that owes none by then."""

    def on(day: date, *papers: Document, since: date = founded) -> Given:
        return Given(state(*whole(since), *papers), day)

    return Row(
        rule=rule,
        part=part,
        satisfied=on(first, paper(part, first, period=period)),
        violated=on(first + timedelta(9)),
        not_applicable=on(first, since=too_young),
        boundary=(on(first - timedelta(1)), on(first)),
        severity=severity,
    )


def at_the_end(rule: str, part: str, *there: Document, severity: Severity = _ERR) -> Row:
    """A part that a model owes once it has ended."""
    ended = date(2026, 11, 20)

    def on(day: date, *papers: Document) -> Given:
        return Given(state(*whole(YOUNG), *papers, manifest=Manifest(ended=ended)), day)

    return Row(
        rule=rule,
        part=part,
        satisfied=on(ended, *there),
        violated=on(TODAY),
        not_applicable=young(),
        boundary=(on(ended - timedelta(1)), on(ended)),
        severity=severity,
    )


PLAN = date(2025, 11, 25)
DUE = date(2026, 11, 25)  # a Wednesday; the day before may be off


def exemplar(*papers: Document, without: str = "", today: date = DUE, planned: date | None = PLAN) -> Given:
    there = [paper(part, planned) for part in ("1", "2", "3") if part != without]
    return Given(state(*there, *papers, kind="dien-hinh"), today)


def of_exemplar(rule: str, part: str) -> Row:
    return Row(
        rule=rule,
        part=part,
        satisfied=exemplar(today=PLAN),
        violated=exemplar(without=part, today=PLAN),
        not_applicable=Given(state(*whole(YOUNG, part), kind="mo-hinh"), TODAY),
        boundary=(
            exemplar(paper(part, PLAN, sure=SURE), without=part, today=PLAN),
            exemplar(paper(part, PLAN, sure=SURE - 0.01), without=part, today=PLAN),
        ),
        first=_WARN,
    )


def assessed(rule: str, part: str, severity: Severity, *there: Document) -> Row:
    return Row(
        rule=rule,
        part=part,
        satisfied=exemplar(*there),
        violated=exemplar(today=DUE + timedelta(30)),
        not_applicable=exemplar(planned=None),  # nothing to count the year from: TV-09 tells
        boundary=(exemplar(today=DUE), exemplar(today=DUE + timedelta(1))),
        severity=severity,
    )


_IF_ANY = No("Item 14 is asked for “if any”: its absence is never told")
_NUMBERS = {"1": "01", "2": "02", "3": "03", "4": "04", "5": "05", "6": "06", "7": "07", "8": "08"}
ROWS = (
    *(asked_if(f"MH-{_NUMBERS[part[0]]}", part) for part in ALWAYS),
    asked_if("MH-07", "7c", linked=True),
    asked_if("MH-08", "8b", pilot=True),
    # The plan is owed sixty days after the founding, where sixty days of the year are left.
    recurring("MH-09", "9", "2026", date(2026, 3, 5), date(2026, 5, 4), date(2026, 3, 6), _ERR),
    # The whole half-year, or as a reminder ninety days of it; fifteen of grace.
    recurring("MH-10", "10a", "2026-H1", date(2026, 1, 1), date(2026, 7, 15), date(2026, 4, 3), _ERR),
    recurring("MH-10", "10a", "2026-H1", date(2026, 4, 2), date(2026, 7, 15), date(2026, 4, 3), _WARN),
    recurring("MH-10", "10b", "2026", date(2025, 12, 31), date(2026, 11, 5), date(2026, 8, 4), _ERR),
    recurring("MH-10", "10b", "2026", date(2026, 8, 3), date(2026, 11, 5), date(2026, 8, 4), _WARN),
    # Ten months of activity by 31/10.
    recurring("MH-11", "11", "", date(2025, 12, 31), date(2026, 11, 10), date(2026, 1, 1), _ERR),
    asked_if("MH-12", "12", fund=True),
    recurring("MH-13", "13a", "2026", date(2025, 12, 31), date(2026, 11, 5), date(2026, 1, 1), _ERR),
    recurring("MH-13", "13b", "2026", date(2025, 12, 31), date(2026, 11, 10), date(2026, 1, 1), _ERR),
    Row(
        rule="MH-14",
        satisfied=young(paper("14")),
        violated=_IF_ANY,
        not_applicable=young(),
        boundary=_IF_ANY,
    ),
    # A whole evaluation year, sixty days of grace.
    recurring("MH-15", "15a", "", date(2022, 11, 1), date(2023, 12, 30), date(2022, 11, 2), _WARN),
    recurring("MH-15", "15b", "", date(2022, 11, 1), date(2023, 12, 30), date(2022, 11, 2), _WARN),
    at_the_end("MH-15", "15a", paper("15a"), severity=_WARN),
    at_the_end("MH-15", "15b", paper("15b"), severity=_WARN),
    at_the_end(
        "MH-16", "16c", *(paper("16c", step=s) for s in ("assessment", "opinions", "decision", "notice"))
    ),
    *(of_exemplar(f"DH-0{part}", part) for part in ("1", "2", "3")),
    assessed("DH-04", "4", _ERR, paper("4", DUE)),
    assessed("DH-05", "5", _WARN, paper("5", DUE, step="recognise")),
)
