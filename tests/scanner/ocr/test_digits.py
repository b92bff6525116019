"""Digits written by hand into a printed line, read beside the recogniser of whole lines."""

from __future__ import annotations

import pytest
from drawn_pages import by_hand, printed
from PIL import Image

from dossier.model import Box, Word
from dossier.scanner.ocr.digits import written_digits
from dossier.scanner.ocr.symbols import agreed_symbol
from dossier.scanner.ocr.votes import AGREED, LEGIBLE, backed, confirmed, together

pytestmark = pytest.mark.usefixtures("needs_scans")


def _line(digits: str, label: str, behind: str, *, typed: bool = False) -> tuple[Image.Image, list[Word]]:
    """A page with one line, and its printed words as an engine boxes them."""
    page = Image.new("RGB", (1654, 2339), "white")
    end = printed(page, label, 200, 300)
    left = printed(page, digits, end + 14, 300) if typed else by_hand(page, digits, end + 14, 288)
    right = printed(page, behind, left + 14, 300)
    words = [
        Word(text, Box(x / 1654, 306 / 2339, after / 1654, 342 / 2339))
        for text, x, after in ((label, 200, end), ("..", end + 14, left), (behind, left + 14, right))
    ]
    return page, words


def _most(weights: dict[str, float]) -> str:
    return max(weights, key=lambda value: weights[value], default="")


@pytest.mark.parametrize("digits", ["5", "12", "28", "30", "183", "2053"])
def test_what_a_pen_wrote_between_print_is_read(digits: str) -> None:
    page, words = _line(digits, "Số:", "/QĐ-UBND")
    assert _most(written_digits(words, page)) == digits


def test_a_day_between_its_words_is_read() -> None:
    page, words = _line("25", "ngày", "tháng")
    assert _most(written_digits(words, page)) == "25"


def test_a_value_that_does_not_fit_is_left_out() -> None:
    page, words = _line("58", "ngày", "tháng")
    assert "58" not in written_digits(words, page, lambda day: 1 <= int(day) <= 31)


def test_nothing_is_read_where_nobody_wrote() -> None:
    page, words = _line("", "Số:", "/QĐ-UBND")
    assert sum(written_digits(words, page).values()) < 0.5


def test_an_empty_page_says_nothing() -> None:
    word = Word("Số:", Box(0.1, 0.1, 0.14, 0.115))
    assert sum(written_digits([word], Image.new("RGB", (800, 1100), "white")).values()) < 0.5


def test_a_value_that_both_saw_is_sure() -> None:
    assert confirmed("27", 0.7, {"27": 0.8, "21": 0.1}, {"27": 0.7, "22": 0.3}) == ("27", AGREED)


def test_a_value_that_both_saw_with_a_rival_in_both_is_not_sure() -> None:
    value, sure = confirmed("14", 0.6, {"14": 0.7, "19": 0.25}, {"14": 0.6, "19": 0.4})
    assert (value, sure < AGREED) == ("14", True)


def test_a_sure_value_stays_as_sure() -> None:
    assert confirmed("05", 0.97, {"5": 0.9}, {"05": 0.97}) == ("5", 0.97)


def test_a_value_beside_which_another_is_seen_is_in_doubt() -> None:
    _value, sure = confirmed("28", 0.97, {"20": 0.65, "28": 0.29}, {"28": 0.92})
    assert sure < LEGIBLE


def test_a_clear_value_comes_before_a_guess() -> None:
    assert confirmed("21", 0.7, {"27": 0.99}, {"21": 0.7, "27": 0.1})[0] == "27"


def test_what_is_not_clear_is_no_contradiction() -> None:
    assert confirmed("27", 0.97, {"21": 0.2}, {"27": 1.0}) == ("27", 0.97)


def test_a_value_that_is_none_of_those_seen_is_in_doubt() -> None:
    _value, sure = confirmed("3", 0.97, {"311": 0.4, "3191": 0.3}, {"3": 1.0})
    assert sure < AGREED


def test_a_value_that_may_be_what_is_left_of_longer_ones_is_in_doubt() -> None:
    _value, sure = confirmed("425", 0.97, {"425": 0.33, "4254": 0.35, "4258": 0.28}, {"425": 1.0})
    assert sure < AGREED


def test_a_value_that_one_alone_saw_is_a_candidate() -> None:
    assert confirmed("", 0.0, {"27": 0.99}, {}) == ("27", LEGIBLE)


def test_a_zero_that_the_looks_lost_is_kept() -> None:
    assert confirmed("4", 0.8, {"04": 0.97}, {"4": 0.8}) == ("04", AGREED)


def test_a_number_of_which_the_looks_lost_a_digit_is_sure_where_it_is_clear() -> None:
    assert confirmed("75", 0.8, {"705": 0.99}, {"75": 0.8}) == ("705", AGREED)


def test_another_digit_is_no_lost_digit() -> None:
    _value, sure = confirmed("715", 0.8, {"705": 0.99}, {"715": 0.95})
    assert sure < AGREED


def test_only_what_is_clearly_seen_backs_a_value() -> None:
    assert backed("5", {"05": 0.95}, {})
    assert not backed("5", {"05": 0.6}, {})
    assert not backed("5", {"15": 0.99}, {"5": 1.0})


def test_a_likely_value_of_which_the_looks_saw_a_part_is_backed() -> None:
    assert backed("25", {"25": 0.8, "5": 0.02}, {"5": 0.7, "25": 0.3})


def test_chances_of_both_are_multiplied() -> None:
    chances = together({"27": 0.5, "21": 0.5}, {"27": 0.9, "22": 0.1})
    assert chances["27"] > 0.9 > 0.05 > max(chances["21"], chances["22"])


def test_a_typed_number_is_read_too() -> None:
    page, words = _line("183", "Số:", "/QĐ-UBND", typed=True)
    assert _most(written_digits(words, page)) == "183"


def test_the_beginning_of_a_symbol_that_the_pen_hid_is_taken_from_the_looks() -> None:
    assert agreed_symbol("/ĐTN", "-KH/DTN") == ("-KH/ĐTN", AGREED)


def test_typed_digits_that_the_second_reader_leaves_out_are_no_doubt() -> None:
    seen = {"70": 0.92, "700": 0.07}
    assert confirmed("700", 0.95, seen, {"700": 0.95}, printed="700") == ("700", 0.95)
    assert confirmed("700", 0.95, seen, {"700": 0.95}, printed="100")[1] < AGREED


def test_another_digit_than_a_typed_one_is_a_doubt() -> None:
    assert confirmed("700", 0.95, {"708": 0.9}, {"700": 0.95}, printed="700")[1] < AGREED
