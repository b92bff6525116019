"""What a dossier must hold, case by case, as Hướng dẫn 22 has it."""

from __future__ import annotations

from datetime import date

import pytest

from dossier.demo.requirements import Held, Need, SampleLife, gaps, months_after, needs, qualifies


def asked(part: str, life: SampleLife, today: date) -> list[str]:
    """Periods (or steps) of a part that are asked for; ``[""]`` for a part without."""
    return [need.period or need.step for need in needs(life, today) if need.part == part]


def model(founded: date, ended: date | None = None, **facts: bool) -> SampleLife:
    return SampleLife("mo-hinh", founded, ended, **facts)


@pytest.mark.parametrize(
    ("founded", "ended", "today", "periods"),
    [
        (date(2024, 3, 1), None, date(2024, 4, 29), []),
        (date(2024, 3, 1), None, date(2024, 4, 30), ["2024"]),
        (date(2024, 11, 2), None, date(2025, 2, 28), ["2024"]),  # 60 days left in the year
        (date(2024, 11, 3), None, date(2025, 3, 1), []),  # 59 days, and 2025 is too young
        (date(2024, 11, 3), None, date(2025, 3, 2), ["2025"]),
        (date(2023, 5, 1), date(2024, 2, 29), date(2025, 1, 1), ["2023", "2024"]),
        (date(2023, 5, 1), date(2024, 2, 28), date(2025, 1, 1), ["2023"]),
        (date(2018, 5, 1), None, date(2024, 6, 1), ["2023", "2024"]),  # the guidance is of 18/11/2022
    ],
)
def test_yearly_plan(founded: date, ended: date | None, today: date, periods: list[str]) -> None:
    assert asked("9", model(founded, ended), today) == periods


@pytest.mark.parametrize(
    ("founded", "today", "periods"),
    [
        (date(2024, 4, 2), date(2024, 7, 15), ["2024-H1"]),  # 90 days to the end of June
        (date(2024, 4, 3), date(2024, 7, 15), []),
        (date(2024, 4, 2), date(2024, 7, 14), []),
        (date(2023, 8, 1), date(2024, 12, 31), ["2024-H1"]),  # never a second half
    ],
)
def test_half_year_report(founded: date, today: date, periods: list[str]) -> None:
    assert asked("10a", model(founded), today) == periods


@pytest.mark.parametrize(
    ("founded", "today", "periods"),
    [
        (date(2024, 8, 3), date(2024, 11, 5), ["2024"]),
        (date(2024, 8, 4), date(2024, 11, 5), []),
        (date(2024, 8, 3), date(2024, 11, 4), []),
    ],
)
def test_yearly_report(founded: date, today: date, periods: list[str]) -> None:
    assert asked("10b", model(founded), today) == periods


@pytest.mark.parametrize(
    ("founded", "ended", "year", "expected"),
    [
        (date(2023, 12, 31), None, 2024, True),
        (date(2024, 1, 1), None, 2024, False),
        (date(2023, 1, 1), date(2024, 10, 31), 2024, True),
        (date(2023, 1, 1), date(2024, 10, 30), 2024, False),
    ],
)
def test_ten_months_of_activity_qualify(founded: date, ended: date | None, year: int, expected: bool) -> None:
    assert qualifies(model(founded, ended), year) is expected


def test_ranking_is_proposed_before_it_is_decided() -> None:
    life = model(date(2023, 6, 1))
    assert (asked("13a", life, date(2024, 11, 7)), asked("13b", life, date(2024, 11, 7))) == (["2024"], [])


def test_evidence_is_due_with_the_first_ranking() -> None:
    life = model(date(2023, 6, 1))
    assert (asked("11", life, date(2024, 11, 9)), asked("11", life, date(2024, 11, 10))) == ([], [""])


def test_review_after_a_whole_evaluation_year_is_advice() -> None:
    found = gaps(needs(model(date(2023, 11, 1)), date(2024, 12, 30)), [])
    assert found.warning_only == ("15a", "15b")


def test_review_is_not_asked_before_a_whole_evaluation_year() -> None:
    assert not asked("15b", model(date(2023, 11, 2)), date(2025, 10, 1))


def test_ended_model_owes_no_report_of_the_period_in_which_it_ended() -> None:
    life = model(date(2023, 3, 5), date(2025, 3, 31))
    assert asked("10a", life, date(2026, 1, 1)) == ["2023-H1", "2024-H1"]
    assert asked("10b", life, date(2026, 1, 1)) == ["2023", "2024"]


def test_period_lived_in_part_is_a_reminder() -> None:
    found = gaps(needs(model(date(2024, 3, 20)), date(2024, 12, 1)), [])
    assert {"10a", "10b"} <= set(found.warning_only)


def test_founding_papers_from_before_the_guidance_are_a_reminder() -> None:
    assert gaps(needs(model(date(2022, 11, 17)), date(2023, 1, 1)), []).complete
    assert not gaps(needs(model(date(2022, 11, 18)), date(2023, 1, 1)), []).complete


def test_review_of_an_ended_model_is_demanded() -> None:
    found = gaps(needs(model(date(2023, 11, 1), date(2024, 12, 1)), date(2024, 12, 30)), [])
    assert ("15a" in found.missing, found.warning_only) == (True, ())


def test_ending_takes_four_steps() -> None:
    life = model(date(2023, 1, 1), date(2024, 9, 1))
    assert asked("16c", life, date(2024, 9, 1)) == ["assessment", "opinions", "decision", "notice"]


def test_an_end_still_to_come_asks_for_nothing() -> None:
    assert not asked("16c", model(date(2023, 1, 1), date(2025, 9, 1)), date(2024, 9, 1))


@pytest.mark.parametrize(("fact", "part"), [("linked", "7c"), ("fund", "12"), ("pilot", "8b")])
def test_conditional_parts_follow_their_fact(fact: str, part: str) -> None:
    day = date(2024, 1, 1)
    assert (asked(part, model(day), day), asked(part, model(day, **{fact: True}), day)) == ([], [""])


@pytest.mark.parametrize("part", ["10c", "13c", "14", "16a", "16b"])
def test_optional_parts_are_never_asked(part: str) -> None:
    assert not asked(
        part, model(date(2020, 1, 1), None, linked=True, fund=True, pilot=True), date(2026, 1, 1)
    )


def test_an_exemplar_is_judged_a_year_after_its_plan() -> None:
    life = SampleLife("dien-hinh", planned=date(2024, 2, 29))
    before, after = needs(life, date(2025, 2, 28)), needs(life, date(2025, 3, 1))
    assert ([n.part for n in before], [n.part for n in after]) == (["1", "2", "3"], ["1", "2", "3", "4", "5"])


@pytest.mark.parametrize(("step", "missing"), [("recognise", ()), ("end", ()), ("commend", ("5",))])
def test_only_a_verdict_meets_the_last_item_of_an_exemplar(step: str, missing: tuple[str, ...]) -> None:
    asked_for = [Need("5", any_step=("recognise", "end"))]
    assert gaps(asked_for, [Held("5", step=step)]).missing == missing


def test_missing_periods_are_named() -> None:
    asked_for = [Need("9", "2023"), Need("9", "2024"), Need("10a", "2024-H1")]
    assert gaps(asked_for, [Held("9", "2023")]).periods == {"9": ["2024"], "10a": ["2024-H1"]}


def test_parts_stand_in_checklist_order() -> None:
    assert gaps([Need("10a"), Need("2"), Need("6c"), Need("6a")], []).missing == ("2", "6a", "6c", "10a")


def test_months_end_with_the_month() -> None:
    assert months_after(date(2023, 12, 31), 2) == date(2024, 2, 29)
