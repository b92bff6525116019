"""What both recognisers of handwriting say of a head together; the answers of both are given here."""

from __future__ import annotations

import pytest
from test_number_and_day import Recogniser, line, read

from dossier.model import FieldReading
from dossier.scanner.ocr.votes import AGREED

DAY = "Phước Hòa, ngày à-# tháng 12 năm 2020"
LOOKED = "Phưc Hòa, ngày 4 tháng 12 năm 2020"


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """What the second recogniser sees: to be filled by the test."""
    seen: dict[str, float] = {}
    monkeypatch.setattr("dossier.scanner.ocr.number_and_day.written_digits", lambda *_args: seen)
    return seen


def _date(second: dict[str, float], looked: str = LOOKED, printed: str = DAY, **seen: float) -> FieldReading:
    second.update({key.lstrip("_"): weight for key, weight in seen.items()})
    _text, fields = read(Recogniser([looked]), line(printed, confidence=0.95, **{"à-#": 0.3}))
    return fields["date"]


def test_a_digit_that_the_looks_saw_is_a_part_of_the_day_that_the_other_sees(
    second: dict[str, float],
) -> None:
    date = _date(second, _24=0.98)
    assert date.confidence >= AGREED and date.candidates[0] == "2020-12-24"


def test_a_digit_that_is_no_part_of_what_the_other_sees_states_nothing(second: dict[str, float]) -> None:
    assert _date(second, _28=0.98).confidence < AGREED


def test_the_day_that_both_prefer_is_the_first_candidate_where_it_stays_open(
    second: dict[str, float],
) -> None:
    date = _date(second, _24=0.6, _14=0.3)
    assert date.confidence < AGREED and date.candidates[0] == "2020-12-24"


def test_a_day_that_the_looks_passed_over_is_not_blank(second: dict[str, float]) -> None:
    date = _date(second, "Phưc Hòa, ngày tháng 12 năm 2020", _21=0.84)
    assert date.confidence < AGREED and date.candidates[0] == "2020-12-21"


@pytest.mark.parametrize("word", ["Sháng", "5háng", "áng", "đháng", "#:háng"])
def test_a_month_of_which_the_pen_hid_the_first_letter_is_one(second: dict[str, float], word: str) -> None:
    second["24"] = 0.98
    printed = line(f"Phước Hòa, ngày2 {word} 12 năm 2020", ngày2=0.3)
    _text, fields = read(Recogniser(["Phưc Hòa, ngày24 Sháng 12 năm 2020"]), printed)
    assert fields["date"].candidates[0] == "2020-12-24"


def test_words_on_what_is_done_every_year_are_no_date(second: dict[str, float]) -> None:
    _text, fields = read(Recogniser(["?"]), line("Phước Hòa, công tác trọng tâm hằng năm 2023"))
    assert "date" not in fields


def _number(second: dict[str, float], looked: str, printed: str, **seen: float) -> FieldReading:
    second.update({key.lstrip("_"): weight for key, weight in seen.items()})
    _text, fields = read(Recogniser([looked]), line(printed, confidence=0.3))
    return fields["number_symbol"]


def test_digits_over_the_stroke_are_sure_where_the_other_sees_the_same(second: dict[str, float]) -> None:
    number = _number(second, "Só:4874BB-CAP", "Số:48U7BB-CAP", _4874=0.97)
    assert number.confidence >= AGREED and number.candidates[0] == "4874/BB-CAP"


def test_the_end_of_a_symbol_whose_beginning_the_pen_hid_is_in_doubt(second: dict[str, float]) -> None:
    assert _number(second, "so:1463-CAH", "Số:/ 1 ÉcŸ-CAH", _1463=0.99).confidence < AGREED


def test_a_symbol_that_no_office_has_and_only_the_looks_saw_is_in_doubt(second: dict[str, float]) -> None:
    assert _number(second, "s:242/MB-QXZW", "số: L{ +Ằn-THCS", _242=0.97).confidence < AGREED


def test_capitals_are_no_part_of_a_number(second: dict[str, float]) -> None:
    number = _number(second, "s:477QD-UBND", "Số:C( ` Tf)Đ-UBND", _4770=0.5)
    assert all(each.endswith("/QĐ-UBND") for each in number.candidates)


def test_a_label_read_with_a_nought_is_no_part_of_the_number(second: dict[str, float]) -> None:
    number = _number(second, "S0:604/TB-UBND", "Số: OU/TB-UBND", _604=0.99)
    assert number.confidence >= AGREED and number.candidates[0] == "604/TB-UBND"
