"""Text that is codes of fonts: which letters they are."""

from __future__ import annotations

from dossier.legacy.font_codes import contradicts_positions, decoded, is_coded

MOTTO = "ĈӝF OұS - 7ӵ do - +ҥQK phúc"
FONTS = [1 if char in "ĈӝFOұS7ӵ+ҥQK" else 2 for char in MOTTO]


def of_one_font(text: str) -> str:
    return decoded(text, [None if char == " " else 1 for char in text])


def test_positions_in_upright_fonts_are_their_letters() -> None:
    assert decoded(MOTTO, FONTS) == "Độc lập - Tự do - Hạnh phúc"


def test_positions_in_slanted_fonts_are_their_letters() -> None:
    assert of_one_font("ÿ\u0353QK ÿ\u032fX W˱ WK\u0331P TX\\\u0349Q") == "định đầu tư thẩm quyền"


def test_figures_and_signs_between_positions_are_read() -> None:
    assert of_one_font("6ӕ\x1d \x14\x13\x1a\x17 TX\\ӃW ÿӏQK QJKӏ") == "Số: 1074 quyết định nghị"


def test_windows_letters_shown_as_those_of_mac_os_are_read() -> None:
    assert of_one_font("L‡o Cai, ng‡y th·ng trÏnh cÙng XÃ GI£M") == "Lào Cai, ngày tháng trình công XÃ GIÁM"


def test_a_word_of_two_fonts_is_read() -> None:
    text = "CӜNG HӜI NGHƬA VIӊT NAM"
    assert decoded(text, [char.isascii() for char in text]) == "CỘNG HỘI NGHĨA VIỆT NAM"


def test_figures_of_another_font_stay_though_they_might_be_codes() -> None:
    text = "ngày 12 WKiQJ ÿӇ OұS TXҧ QJKӏ"
    fonts = [3 if char.isdigit() else None if char == " " else text.index(" ", 6) < at
             for at, char in enumerate(text)]  # fmt: skip
    assert decoded(text, fonts) == "ngày 12 tháng để lập quả nghị"


def test_text_stays_as_it_is_where_too_few_words_become_vietnamese() -> None:
    text = "ӝ zz qq ÿӏQK xx ww vv"
    assert of_one_font(text) == text


def test_text_stays_as_it_is_where_codes_are_left() -> None:
    text = MOTTO + " \x07"
    assert decoded(text, [*FONTS, None, 3]) == text


def test_vietnamese_and_foreign_texts_have_no_codes() -> None:
    assert not is_coded("Số: 12/QĐ-UBND, “xã Hàm Thuận” – 5 m² … Đà Nẵng, Москва, Łódź, 12°C")
    assert is_coded("Ĉӝc lұp") and is_coded("ng‡y")


def test_many_fonts_and_long_texts_are_not_searched_through() -> None:
    text = MOTTO + " " + "ӝ" * 40
    assert decoded(text, [*FONTS, None, *range(100, 140)]) == text
    assert not is_coded("ӝ" * 60_000)


def test_a_font_that_names_one_letter_for_several_contradicts_its_positions() -> None:
    plain = {code: chr(code + 29) for code in range(3, 98)}
    right = {**plain, 1245: "ộ", 1227: "ệ"}
    assert contradicts_positions({**right, 1227: "ß", 1245: "ß"})
    assert not contradicts_positions(right)


def test_positions_of_another_kind_of_font_contradict_nothing() -> None:
    assert not contradicts_positions({**{code: chr(code + 30) for code in range(3, 97)}, 1245: "ß"})
