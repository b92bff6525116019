"""TH-nn: what came late, to the day."""

from __future__ import annotations

from datetime import date, timedelta

from cases import Given, Row
from states import paper, state, whole

from dossier.model import Document, Severity

TODAY = date(2025, 3, 1)
FOUNDED = date(2023, 3, 5)


def model(*papers: Document, founded: date = FOUNDED) -> Given:
    return Given(state(*whole(founded), *papers), TODAY)


def yearly(rule: str, part: str, last: date, too_young: date) -> Row:
    """A paper of each year; a model founded on ``too_young`` owes none for 2024."""

    def on(day: date, founded: date = FOUNDED) -> Given:
        return model(paper(part, day, period="2024"), founded=founded)

    return Row(
        rule=rule,
        satisfied=on(last - timedelta(20)),
        violated=on(last + timedelta(20)),
        not_applicable=on(last + timedelta(20), too_young),
        boundary=(on(last), on(last + timedelta(1))),
        severity=Severity.WARNING,
    )


PLAN = date(2024, 1, 10)
YEAR_ON = date(2025, 1, 10)


def within_a_year(rule: str, part: str, step: str = "") -> Row:
    def on(day: date, planned: date | None = PLAN) -> Given:
        papers = paper("3", planned), paper(part, day, step=step)
        return Given(state(*papers, kind="dien-hinh"), TODAY)

    return Row(
        rule=rule,
        satisfied=on(date(2024, 12, 1)),
        violated=on(YEAR_ON + timedelta(20)),
        not_applicable=on(YEAR_ON + timedelta(20), planned=None),
        boundary=(on(YEAR_ON), on(YEAR_ON + timedelta(1))),
        severity=Severity.WARNING,
    )


ROWS = (
    yearly("TH-01", "10b", date(2024, 11, 4), date(2024, 8, 4)),
    yearly("TH-02", "13a", date(2024, 11, 4), date(2024, 1, 1)),
    yearly("TH-03", "13b", date(2024, 11, 9), date(2024, 1, 1)),
    within_a_year("TH-11", "4"),
    within_a_year("TH-12", "5", "recognise"),
)
