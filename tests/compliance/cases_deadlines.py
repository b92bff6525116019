"""TH-nn: what came late, to the day."""

from __future__ import annotations

from datetime import date, timedelta

from cases import Given, Row, Unit
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


def within_a_year(
    rule: str, part: str, step: str = "", more: int = 0, severity: Severity = Severity.WARNING
) -> Row:
    """``more``: days beyond the year, a threshold of the program's own."""
    last = YEAR_ON + timedelta(more)

    def on(day: date, planned: date | None = PLAN) -> Given:
        papers = paper("3", planned), paper(part, day, step=step)
        return Given(state(*papers, kind="dien-hinh"), TODAY)

    return Row(
        rule=rule,
        satisfied=on(date(2024, 12, 1)),
        violated=on(last + timedelta(20)),
        not_applicable=on(last + timedelta(20), planned=None),
        boundary=(on(last), on(last + timedelta(1))),
        severity=severity,
    )


def of_the_unit(rule: str, last: date, told: Document) -> Row:
    """``last``: the last day of a year; ``told``: a paper of the year before, from which it is known that the
    archive keeps them."""
    today = date(last.year + 1, 2, 1)

    def on(day: date) -> Unit:
        return Unit(today, (told,), {rule: (day,)})

    return Row(
        rule=rule,
        satisfied=on(last - timedelta(9)),
        violated=Unit(today, (told,)),
        not_applicable=Unit(last - timedelta(1), (), {rule: (told.header.date or last,)}),  # not yet due
        boundary=(on(last), on(last + timedelta(1))),
        severity=Severity.WARNING,
    )


def sent(day: date, type_: str, abstract: str, to: str) -> Document:
    return paper("none", day, name="x", type_=type_, abstract=abstract, recipients=(to,))


ROWS = (
    of_the_unit(
        "TH-21",
        date(2025, 5, 19),
        sent(
            date(2024, 5, 12), "bao-cao", "Kết quả 06 tháng xây dựng mô hình, điển hình", "- V05, Bộ Công an"
        ),
    ),
    of_the_unit(
        "TH-22",
        date(2025, 11, 14),
        sent(
            date(2024, 11, 12), "cong-van", "V/v kết quả đánh giá, xếp loại mô hình năm 2024", "- Phòng PV05"
        ),
    ),
    of_the_unit(
        "TH-23",
        date(2025, 11, 19),
        sent(
            date(2024, 11, 15), "bao-cao", "Kết quả xây dựng các mô hình năm 2024", "- Bộ Công an (qua V05)"
        ),
    ),
    of_the_unit(
        "TH-24", date(2026, 12, 30), sent(date(2025, 7, 3), "danh-sach", "Hồ sơ nộp lưu năm 2025", "")
    ),
    yearly("TH-01", "10b", date(2024, 11, 4), date(2024, 8, 4)),
    yearly("TH-02", "13a", date(2024, 11, 4), date(2024, 1, 1)),
    yearly("TH-03", "13b", date(2024, 11, 9), date(2024, 1, 1)),
    within_a_year("TH-11", "4"),
    within_a_year("TH-12", "5", "recognise", 60, Severity.INFO),
)
