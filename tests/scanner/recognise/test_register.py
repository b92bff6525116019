"""Handwritten numbers against the order of the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dossier.model import FieldReading, FieldSource, Form, Header
from dossier.scanner.recognise.cited import reconciled
from dossier.scanner.recognise.register import as_read, misplaced

MARCH = date(2024, 3, 20)


def plain(number: int | str, day: date, **more: object) -> Header:
    header = Header(type="quyet-dinh", number_symbol=f"{number}/QĐ-UBND", date=day, issuing_body="UBND xã A")
    return replace(header, **more)  # type: ignore[arg-type]


def by_hand(number: int, *rivals: int, day: date = MARCH, sure: float = 0.97, **more: object) -> Header:
    numbers = tuple(f"{each}/QĐ-UBND" for each in (number, *rivals))
    reading = FieldReading(sure, FieldSource.HANDWRITING, numbers)
    return plain(number, day, fields={"number_symbol": reading}, **more)


def looked(*headers: Header, cited: str = "") -> dict[int, Header]:
    return misplaced(dict(enumerate(headers)), lambda _key, number: number == cited)


BEFORE, AFTER = plain(44, date(2024, 3, 1)), plain(46, date(2024, 4, 9))


def test_a_number_dated_between_its_neighbours_is_left_alone() -> None:
    assert looked(by_hand(45), BEFORE, AFTER) == {}


def test_a_number_against_the_order_is_in_doubt_and_not_replaced() -> None:
    found = looked(by_hand(15, 75, 45), BEFORE, AFTER)
    assert list(found) == [0]
    reading = found[0].fields["number_symbol"]
    assert found[0].number_symbol == "/QĐ-UBND"
    assert (reading.doubtful, reading.source) == (True, FieldSource.ORDER)
    assert reading.candidates == ("15/QĐ-UBND", "45/QĐ-UBND", "75/QĐ-UBND")  # as read, then the one that fits


def test_the_doubt_goes_with_the_neighbours() -> None:
    doubted = looked(by_hand(15, 45), BEFORE, AFTER)[0]
    assert looked(doubted, BEFORE, AFTER) == {}
    alone = looked(doubted)[0]
    assert alone.number_symbol == "15/QĐ-UBND"
    assert alone.fields["number_symbol"].source is FieldSource.HANDWRITING
    assert alone.fields["number_symbol"].confidence == 0.97
    assert as_read(alone) == alone


def test_weighing_a_dossier_does_not_take_the_doubt_back() -> None:
    doubted = looked(by_hand(15, 45), BEFORE, AFTER)[0]
    assert reconciled({0: doubted}) == {}


def test_neighbours_that_do_not_tell() -> None:
    for others in (
        (BEFORE,),  # two papers do not tell which of them is misplaced
        (plain(90, date(2024, 3, 1)), AFTER),  # not in order themselves: the office began anew
        (plain(44, date(2024, 3, 1), issuing_body="UBND xã B"), AFTER),  # another office
        (plain("44/1", date(2024, 3, 1)), AFTER),  # another symbol
        (plain(44, date(2023, 3, 1)), AFTER),  # of another year
        (plain(44, date(2024, 3, 14)), plain(46, date(2024, 3, 25))),  # numbers are taken days before
        (BEFORE, AFTER, plain(15, MARCH)),  # another copy reads the same
    ):
        assert looked(by_hand(15), *others) == {}, others


def test_the_same_number_long_before_is_a_contradiction() -> None:
    assert list(looked(by_hand(44), BEFORE, AFTER)) == [0]


def test_only_sure_handwritten_numbers_are_doubted() -> None:
    typed = plain(15, MARCH)
    named = replace(
        typed, fields={"number_symbol": FieldReading(0.93, FieldSource.FILE_NAME, ("15/QĐ-UBND",))}
    )
    blank = by_hand(15, sure=0.5, number_symbol="/QĐ-UBND")
    for header in (typed, named, blank):
        assert looked(header, BEFORE, AFTER) == {}


def test_a_number_that_another_paper_cites_is_not_doubted() -> None:
    assert looked(by_hand(15), BEFORE, AFTER, cited="15/QĐ-UBND") == {}


def test_numbers_of_the_party_run_through_a_term() -> None:
    papers = (by_hand(15), BEFORE, AFTER)
    assert looked(*(replace(each, form=Form.PARTY) for each in papers)) == {}


def test_a_doubtful_neighbour_is_no_evidence() -> None:
    unsure = FieldReading(0.5, FieldSource.OCR)
    assert looked(by_hand(15), replace(BEFORE, fields={"date": unsure}), AFTER) == {}
