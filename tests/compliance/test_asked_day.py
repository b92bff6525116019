"""A day that notes what it is asked: within the window that it gives, everything is as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from states import KINDS, MADE, paper, state, whole
from test_properties import manifests, near, papers, unique

from dossier.checklists.retention import load_packs
from dossier.checklists.settings import RuleSettings
from dossier.compliance import evaluate
from dossier.compliance.asked_day import AskedDay, Window
from dossier.model import Document, DossierReport, DossierState, Manifest, Waiver

DAY = date(2026, 11, 24)

waivers = st.builds(
    Waiver,
    dossier=st.just("mo-hinh/A"),
    rule=st.sampled_from(["MH-06", "MH-09", "MH-15", "TV-02"]),
    reason=st.just("đang bổ sung"),
    author=st.just("An"),
    made_at=st.just(MADE),
    until=st.none() | near,
)


def judged(of: DossierState, today: date, grace: int = 0) -> tuple[DossierReport, Window]:
    window = Window()
    settings_ = RuleSettings(grace_days=grace)
    asked = AskedDay(today, window)
    return evaluate(of, KINDS[of.folder.kind], load_packs(), asked, settings_), window


def told(question: Callable[[date], object]) -> tuple[date, date]:
    """The window after one question."""
    window = Window()
    question(AskedDay(DAY, window))
    return window.first, window.last


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        (lambda day: day < date(2026, 12, 1), date.min, date(2026, 11, 30)),
        (lambda day: day <= date(2026, 12, 1), date.min, date(2026, 12, 1)),
        (lambda day: day > date(2026, 12, 1), date.min, date(2026, 12, 1)),
        (lambda day: day >= date(2026, 12, 1), date.min, date(2026, 11, 30)),
        (lambda day: day > date(2026, 11, 1), date(2026, 11, 2), date.max),
        (lambda day: date(2026, 11, 1) <= day, date(2026, 11, 1), date.max),
        (lambda day: date(2026, 11, 24) >= day, date.min, DAY),
        (lambda day: day == date(2026, 12, 1), date.min, date(2026, 11, 30)),
        (lambda day: day != DAY, DAY, DAY),
        (lambda day: max(day, date(2026, 12, 1)), date.min, date(2026, 11, 30)),
        (lambda day: day + timedelta(days=30) < date(2027, 1, 1), date.min, date(2026, 12, 1)),
        (lambda day: day - timedelta(days=30) >= date(2026, 11, 24), date.min, date(2026, 12, 23)),
        (lambda day: day.year, date(2026, 1, 1), date(2026, 12, 31)),
        (lambda day: day.month, DAY, DAY),
        (lambda day: date(2026, 12, 1) - day, DAY, DAY),
        (lambda day: f"{day:%d/%m}", DAY, DAY),
        (lambda day: {day: 1}, DAY, DAY),
        (lambda day: day < day + timedelta(days=1), date.min, date.max),
    ],
)  # fmt: skip
def test_window_of_one_question(question: Callable[[date], object], first: date, last: date) -> None:
    assert told(question) == (first, last)


def test_whatever_else_tells_of_the_day_is_about_that_day_only() -> None:
    """No way to read the day may be left that the window does not hear of."""
    of_the_class = {"fromisocalendar", "fromisoformat", "fromordinal", "fromtimestamp", "max", "min",
                    "resolution", "today"}  # fmt: skip
    names = {name for name in dir(date) if name not in dir(object)} - of_the_class
    assert names <= AskedDay.__dict__.keys()
    for name in set(dir(date)) & {"__eq__", "__ne__", "__hash__", "__str__", "__repr__", "__format__"}:
        assert name in AskedDay.__dict__


@given(near, st.integers(-400, 400), st.lists(near, max_size=6))
def test_arithmetic_and_order_are_those_of_dates(day: date, shift: int, others: list[date]) -> None:
    asked = AskedDay(day, Window()) + timedelta(days=shift)
    plain = day + timedelta(days=shift)
    for other in others:
        assert (asked < other, asked <= other, asked == other) == (
            plain < other,
            plain <= other,
            plain == other,
        )
        assert asked - other == plain - other
        assert other - asked == other - plain
    assert sorted([*others, asked]) == sorted([*others, plain])
    assert (str(asked), asked.isoformat(), hash(asked)) == (str(plain), plain.isoformat(), hash(plain))


@given(
    st.lists(papers(), max_size=12),
    manifests,
    st.lists(waivers, max_size=3),
    near,
    st.integers(0, 40),
    st.integers(0, 1200),
)
@settings(max_examples=150, deadline=None)
def test_verdict_is_the_same_on_every_day_of_its_window(
    documents: list[Document], manifest: Manifest, pardons: list[Waiver], today: date, grace: int, away: int
) -> None:
    of = replace(state(*unique(documents), manifest=manifest), waivers=tuple(pardons))
    report, window = judged(of, today, grace)
    assert window.first <= today <= window.last
    within = max(window.first, min(window.last, today + timedelta(days=away - 600)))
    for day in (window.first, window.last, within):
        if date(1990, 1, 1) <= day <= date(2100, 1, 1):  # beyond, a dossier asks for a paper of every year
            plain = evaluate(of, KINDS["mo-hinh"], load_packs(), day, RuleSettings(grace_days=grace))
            assert plain == report


def test_whole_dossier_is_asked_again_only_when_something_falls_due() -> None:
    of = state(*whole(date(2026, 3, 5)), manifest=Manifest(founded=date(2026, 3, 5)))
    report, window = judged(of, DAY)
    assert window.last > DAY + timedelta(days=5)
    changed = [day for day in range(400) if judged(of, DAY + timedelta(days=day))[0] != report]
    assert window.last <= DAY + timedelta(days=changed[0] - 1)


def test_waiver_ends_the_window_with_its_last_day() -> None:
    pardon = Waiver("mo-hinh/A", "MH-03", "đang bổ sung", "An", MADE, until=date(2026, 11, 26))
    of = replace(state(*whole(date(2026, 3, 5), "3"), paper("none")), waivers=(pardon,))
    assert judged(of, DAY)[1].last == date(2026, 11, 26)
