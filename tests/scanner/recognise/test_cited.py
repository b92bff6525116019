"""Numbers and days by hand, as the other papers of the dossier tell them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dossier.model import FieldReading, FieldSource, Header, Reference
from dossier.scanner.recognise.cited import as_read, reconciled

DAY = date(2023, 3, 5)


def by_hand(*numbers: str, sure: float = 0.5, day: date | None = DAY, **more: object) -> Header:
    """A decision whose number may be one of these; sure: the first is stated."""
    reading = FieldReading(sure, FieldSource.HANDWRITING, numbers)
    stated = numbers[0] if sure >= 0.9 else "/QĐ-UBND"
    header = Header(type="quyet-dinh", number_symbol=stated, date=day, issuing_body="UBND XÃ A")
    return replace(header, fields={"number_symbol": reading}, **more)  # type: ignore[arg-type]


def citing(*numbers: str, day: date | None = DAY) -> Header:
    cited = tuple(Reference("quyet-dinh", number, day) for number in numbers)
    return Header(type="bao-cao", number_symbol="9/BC-UBND", references=cited)


def plain(number: str, day: date) -> Header:
    return Header(type="quyet-dinh", number_symbol=number, date=day, issuing_body="UBND xã A")


def number(header: Header) -> tuple[str, bool]:
    return header.number_symbol, header.fields["number_symbol"].doubtful


def test_the_candidate_that_another_paper_cites_is_stated_until_that_paper_goes() -> None:
    scan = by_hand("12/QĐ-UBND", "17/QĐ-UBND")
    found = reconciled({1: scan, 2: citing("17/QĐ-UBND")})
    assert number(found[1]) == ("17/QĐ-UBND", False)
    assert found[1].fields["number_symbol"].source is FieldSource.CITED
    assert reconciled({1: found[1], 2: citing("17/QĐ-UBND")}) == {}
    assert number(reconciled({1: found[1]})[1]) == ("/QĐ-UBND", True)


def test_a_paper_does_not_vouch_for_itself() -> None:
    scan = by_hand("12/QĐ-UBND", "17/QĐ-UBND", references=(Reference("quyet-dinh", "17/QĐ-UBND", DAY),))
    assert reconciled({1: scan, 2: plain("3/QĐ-UBND", DAY)}) == {}


def test_citations_that_mean_another_paper_settle_nothing() -> None:
    scan = by_hand("12/QĐ-UBND", "17/QĐ-UBND")
    for others in (
        {2: citing("17/QĐ-UBND", day=date(2024, 1, 9))},  # of another day
        {2: citing("17/QĐ-TTg")},  # of another office
        {2: citing("12/QĐ-UBND", "17/QĐ-UBND")},  # both
        {2: citing("17/QĐ-UBND"), 3: plain("17/QĐ-UBND", DAY)},  # that paper is there
        {2: replace(citing(), references=(Reference("ke-hoach", "17/QĐ-UBND", DAY),))},
    ):
        assert reconciled({1: scan, **others}) == {}


def test_a_sure_number_that_another_paper_contradicts_is_in_doubt_with_both() -> None:
    scan = by_hand("12/QĐ-UBND", sure=0.95)
    found = reconciled({1: scan, 2: citing("17/QĐ-UBND")})[1]
    assert number(found) == ("/QĐ-UBND", True)
    assert found.fields["number_symbol"].candidates == ("12/QĐ-UBND", "17/QĐ-UBND")
    assert number(as_read(found)) == ("12/QĐ-UBND", False)
    for vouched in (
        citing("17/QĐ-UBND", "12/QĐ-UBND"),
        citing("17/QĐ-UBND", day=None),
        citing("250/QĐ-UBND"),
    ):
        assert reconciled({1: scan, 2: vouched}) == {}


def test_a_day_in_doubt_is_the_one_that_goes_with_the_number_elsewhere() -> None:
    scan = by_hand("12/QĐ-UBND", sure=0.95, day=None, partial_date="2023-03")
    reading = FieldReading(0.4, FieldSource.HANDWRITING, ("2023-03-06", "2023-03-05"))
    scan = replace(scan, fields={**scan.fields, "date": reading})
    found = reconciled({1: scan, 2: citing("12/QĐ-UBND")})[1]
    assert (found.date, found.partial_date, found.fields["date"].doubtful) == (DAY, "", False)
    back = reconciled({1: found})[1]
    assert (back.date, back.partial_date, back.fields["date"].doubtful) == (None, "2023-03", True)
    assert reconciled({1: scan, 2: citing("12/QĐ-UBND", day=date(2022, 1, 1))}) == {}


def test_of_the_candidates_the_one_that_lies_between_the_numbers_before_and_after_is_stated() -> None:
    scan = by_hand("12/QĐ-UBND", "72/QĐ-UBND", "42/QĐ-UBND")
    before, after = plain("8/QĐ-UBND", date(2023, 3, 1)), plain("31/QĐ-UBND", date(2023, 4, 2))
    assert number(reconciled({1: scan, 2: before, 3: after})[1]) == ("12/QĐ-UBND", False)
    assert reconciled({1: scan, 2: before}) == {}
    assert reconciled({1: scan, 2: before, 3: plain("90/QĐ-UBND", date(2023, 4, 2))}) == {}
    other = replace(after, issuing_body="UBND xã B")
    assert reconciled({1: scan, 2: before, 3: other}) == {}
