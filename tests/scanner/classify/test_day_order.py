"""Where a document stands among the days of its dossier."""

from __future__ import annotations

from datetime import date, timedelta

from dossier import checklists
from dossier.model import Header
from dossier.scanner.classify.around import Around
from dossier.scanner.classify.order import DayOrder, turn
from dossier.scanner.classify.papers import ContextPaper

FIRST = date(2024, 1, 1)
DAYS = [FIRST + timedelta(days=30 * at) for at in range(12)]


def test_the_first_paper_stands_in_the_first_sixth_and_the_last_in_the_last() -> None:
    order = DayOrder(DAYS, None)
    assert order.of(DAYS[0]) == ("q 0", "e 1")
    assert order.of(DAYS[-1]) == ("q 5", "e 5")
    assert order.of(date(2030, 1, 1))[0] == "q 5"


def test_days_from_the_founding_are_told_where_it_is_known() -> None:
    order = DayOrder(DAYS, DAYS[3])
    told = [order.of(DAYS[3] + timedelta(days=days))[-1] for days in (-400, -1, 0, 1, 30, 31, 900)]
    assert told == ["d 0", "d 3", "d 4", "d 5", "d 5", "d 6", "d 9"]


def test_a_paper_without_a_day_and_a_folder_of_one_day_have_no_order() -> None:
    assert DayOrder(DAYS, FIRST).of(None) == ()
    assert DayOrder([FIRST] * 20, None).of(FIRST) == ()
    assert DayOrder(DAYS[:4], None).of(FIRST) == ()


def test_one_paper_of_older_work_does_not_shift_the_days_of_many() -> None:
    order = DayOrder([date(1999, 5, 5), *DAYS, *DAYS], None)
    assert order.of(DAYS[0])[1] == "e 1"


def test_papers_of_no_dossier_are_dealt_over_all_sixths() -> None:
    assert {turn(at)[0] for at in range(6)} == {f"q {sixth}" for sixth in range(6)}


def test_the_order_is_seen_from_each_paper_of_a_dossier() -> None:
    papers = [
        ContextPaper(f"{at}.docx", 1, f"{at}.docx", (), day, (), certain=False, header=Header(date=day))
        for at, day in enumerate(DAYS)
    ]
    around = Around(checklists.load()["mo-hinh"], papers, {"6a": DAYS[2]})
    assert around.seen_from(papers[0]).order == ("q 0", "e 1", "d 2")
