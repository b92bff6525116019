"""A page reads as a person reads it, whatever the order in which it was drawn."""

from __future__ import annotations

import re
import time
from random import Random

import pytest
from drawing import HEIGHT, WIDTH, Drawing, page
from hypothesis import given
from hypothesis import strategies as st

from dossier.model import Box, Word
from dossier.scanner.layout import arranged

HEAD = (
    Drawing("ỦY BAN NHÂN DÂN", 100, 80),
    Drawing("XÃ HÀM THẮNG", 110, 97),
    Drawing("Số: 12/QĐ-UBND", 105, 120),
    Drawing("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 270, 80),
    Drawing("Độc lập - Tự do - Hạnh phúc", 310, 97),
    Drawing("Hàm Thắng, ngày 05 tháng 3 năm 2023", 290, 120),
)


def test_the_columns_of_a_head_stand_side_by_side() -> None:
    assert page(*HEAD).text.split("\n") == [
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "XÃ HÀM THẮNG\tĐộc lập - Tự do - Hạnh phúc",
        "Số: 12/QĐ-UBND\tHàm Thắng, ngày 05 tháng 3 năm 2023",
    ]


def test_letters_of_a_second_font_join_their_words() -> None:
    # The letters between are drawn later, in a font of other heights.
    half = [Drawing("HUY", 100, 80), Drawing("N PHAN THI", 128, 80), Drawing("T", 198, 80)]
    letters = [Drawing("Ệ", 121, 80, tall=1.2), Drawing("Ế", 191, 80, tall=1.2)]
    assert page(*half, *letters).text == "HUYỆN PHAN THIẾT"


def test_a_comma_under_the_horn_of_a_letter_of_a_second_font_stays_in_its_line() -> None:
    # The comma reaches lower than the capitals of its font, and the wider letter covers it.
    first = [Drawing("TR", 100, 80), Drawing("T T", 121, 80), Drawing("AN", 153, 80)]
    letters = [Drawing("Ậ", 114, 80), Drawing("Ự", 138.5, 80, size=15)]
    comma = Drawing(",", 142, 83.9, tall=1.416)
    below = Drawing("TOÀN GIAO", 100, 97)
    assert page(*first, comma, below, *letters).text == "TRẬT TỰ, AN\nTOÀN GIAO"


def test_a_tall_capital_with_its_marks_keeps_the_gap_behind_it() -> None:
    # The blank fell away with the second font, whose letters are wider; an eighth of a capital is left.
    first = [Drawing("S", 100, 80), Drawing("CÔNG", 116.6, 80)]
    wide = page(*first, Drawing("Ở", 107.3, 80, tall=1.5)).text
    assert wide == "SỞ CÔNG"


def test_a_gap_that_a_wide_letter_of_a_second_font_has_narrowed_parts_syllables() -> None:
    # Drawn without blanks; a tenth of the height is left behind the letters of the second font.
    first = [Drawing("x", 100, 80), Drawing("phạt, s", 115.6, 80), Drawing("kết", 169.7, 80)]
    second = [Drawing("ử", 107, 80), Drawing("ơ", 161.1, 80)]
    assert page(*first, *second).text == "xử phạt, sơ kết"
    assert page(Drawing("T", 100, 80), Drawing("ỉ", 108, 80), Drawing("nh", 115, 80)).text == "Tỉnh"
    assert page(Drawing("Nh", 100, 80), Drawing("ư", 114, 80), Drawing("Kon", 122.5, 80)).text == "Như Kon"


def test_a_narrowed_gap_parts_a_syllable_from_a_name_of_another_language() -> None:
    # In capitals no small letter tells where the second word begins.
    names = [Drawing("C", 100, 80), Drawing("Ư", 107, 80), Drawing("JUT", 115, 80)]
    assert page(*names).text == "CƯ JUT"
    names = [Drawing("C", 100, 80), Drawing("Ư", 107, 80), Drawing("KUIN", 115, 80)]
    assert page(*names).text == "CƯ KUIN"
    assert page(Drawing("T", 100, 80), Drawing("Ư", 107, 80), Drawing("LĐ", 115, 80)).text == "TƯLĐ"


def test_a_squeezed_blank_parts_and_a_kerned_letter_does_not() -> None:
    assert page(Drawing("AV", 100, 80, spaced=-1.5), Drawing("A B", 200, 80, spaced=-1.0)).text == "AV\tA B"


def test_a_blank_over_a_gap_between_letters_parts_no_syllable() -> None:
    # As programs that set each letter apart, with half a point more than its width, leave their text.
    halves = [Drawing("văn b", 100, 80), Drawing(" ản của Đảng", 129, 80)]
    assert page(*halves).text == "văn bản của Đảng"
    assert page(Drawing("điểm b", 100, 80), Drawing(" ản của Đảng", 138.5, 80)).text == "điểm b ản của Đảng"


def test_narrow_blanks_between_words_stay() -> None:
    assert page(Drawing("hộ A", 100, 80), Drawing(" và B ở", 122, 80)).text == "hộ A và B ở"
    assert page(Drawing("lớp 1", 100, 80), Drawing(" B của", 129, 80)).text == "lớp 1 B của"


def test_spaced_letters_are_words() -> None:
    spaced = page(Drawing("QUYẾT", 100, 80, spaced=6), Drawing("ĐỊNH", 175, 80, spaced=6))
    assert spaced.text == "QUYẾT ĐỊNH"
    assert page(Drawing("Q U Y Ế T   Đ Ị N H", 100, 80)).text == "QUYẾT ĐỊNH"


def test_a_page_whose_letters_all_stand_apart_has_words() -> None:
    spaced = page(
        Drawing("Số:", 60, 80, spaced=3), Drawing("71/QĐ-UBND", 95, 80, spaced=3),
        Drawing("Suối", 300, 80, spaced=3), Drawing("Đá,", 347, 80, spaced=3),
    )  # fmt: skip
    assert spaced.text == "Số: 71/QĐ-UBND\tSuối Đá,"


def test_a_number_printed_over_another_is_not_shuffled_with_it() -> None:
    over = page(Drawing("Số: 9999/BC-CU", 60, 80), Drawing("Số: 528/BC-PV05", 63.3, 80.4))
    assert set(over.text.split()) == {"Số:", "9999/BC-CU", "528/BC-PV05"}


def test_one_figure_over_another_makes_no_third_number() -> None:
    over = page(Drawing("Số: 12/QĐ-UBND", 60, 80), Drawing("Số: 72/QĐ-UBND", 60, 80))
    assert set(over.text.split()) == {"Số:", "12/QĐ-UBND", "72/QĐ-UBND"}


def test_figures_on_the_dots_of_a_form_stand_among_them() -> None:
    form = page(Drawing("Số: ............../QĐ-UBND", 60, 80), Drawing("71", 110, 78))
    assert re.fullmatch(r"Số: \.+ ?71 ?\.+/QĐ-UBND", form.text)


def test_of_a_folded_sheet_the_page_with_the_head_comes_first() -> None:
    sheet = [Drawing(f"{at}. Tổ viên trực đủ giờ, ghi sổ", 40, 60 + 20 * at, 10) for at in range(1, 9)]
    sheet += [Drawing("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 600, 80, 10)]
    sheet += [
        Drawing(f"Điều {at}. Thành lập tổ tự quản ở các thôn", 600, 80 + 20 * at, 10) for at in range(1, 8)
    ]
    text = page(*sheet, width=1190).text
    assert text.index("CỘNG HÒA") == 0
    assert text.index("Điều 7.") < text.index("1. Tổ viên")


def test_marks_in_a_table_are_no_word() -> None:
    assert page(*(Drawing("x", left, 80) for left in (100, 150, 200, 250))).text == "x\tx\tx\tx"


def test_text_drawn_twice_counts_once() -> None:
    again = [Drawing("QUYẾT ĐỊNH", 200.3, 80.2), Drawing("QUYẾT", 200, 80), Drawing("ĐỊNH", 238.5, 80)]
    assert page(Drawing("QUYẾT ĐỊNH", 200, 80), *again).text == "QUYẾT ĐỊNH"


def test_what_nobody_sees_is_left_out() -> None:
    outside = [Drawing("ẩn", -200, 80), Drawing("ẩn", 100, 2000), Drawing("ẩn", 100, 300, size=0.0)]
    assert page(Drawing("thấy", 100, 80), *outside).text == "thấy"


def test_a_stamp_over_a_line_is_a_row_of_its_own() -> None:
    lines = page(Drawing("PHÓ CHỦ TỊCH XÃ", 300, 80), Drawing("ĐÃ KÝ ĐIỆN TỬ", 305, 75, size=9)).text
    assert sorted(lines.split("\n")) == ["PHÓ CHỦ TỊCH XÃ", "ĐÃ KÝ ĐIỆN TỬ"]


def test_a_small_raised_figure_does_not_change_a_number() -> None:
    raised = Drawing("1", 177, 74, size=8)
    assert page(Drawing("số 42/QH15", 107, 80), raised).text == "số 42/QH15 1"
    assert page(Drawing("100 m", 100, 80), Drawing("2", 131.5, 74, size=8)).text == "100 m2"


def test_a_blank_to_be_filled_in_parts_no_columns() -> None:
    assert page(Drawing("Số:", 100, 80), Drawing("/QĐ-UBND", 160, 80)).text == "Số: /QĐ-UBND"
    day = (Drawing("ngày", 100, 80), Drawing("tháng", 160, 80), Drawing("năm 2024", 230, 80))
    assert page(*day).text == "ngày tháng năm 2024"


def test_a_narrow_gap_parts_columns_where_the_next_row_has_a_wide_one() -> None:
    near = [Drawing("CÔNG AN TỈNH BÌNH THUẬN CŨ", 60, 80), Drawing("CỘNG HÒA XÃ HỘI", 250, 80)]
    assert page(*near, *HEAD[1:2], *HEAD[4:5]).text.startswith("CÔNG AN TỈNH BÌNH THUẬN CŨ\tCỘNG HÒA")


def test_words_of_segments_stand_where_the_text_says() -> None:
    made = page(*HEAD)
    for segment in made.segments:
        assert made.text[segment.start : segment.end] == segment.text
    first = made.segments[0].words[0]
    assert first.text == "ỦY"
    assert first.box.left == pytest.approx(100 / WIDTH)
    assert first.box.bottom == pytest.approx((80 + 0.22 * 14) / HEIGHT)


@st.composite
def drawings(draw: st.DrawFn) -> list[Drawing]:
    """Pieces of text that lie on a page as they please, some over others."""
    words = st.text("aĂbệN1./ ", min_size=1, max_size=8)
    return draw(
        st.lists(
            st.builds(
                Drawing,
                words,
                st.integers(-20, 600).map(float),
                st.integers(0, 60).map(lambda row: 6.5 * row),
                st.sampled_from([0.0, 8.0, 13.0, 14.0, 40.0]),
                st.sampled_from([0.0, 0.5, 5.0]),
            ),
            max_size=25,
        )
    )


@given(drawings(), st.randoms(use_true_random=False))
def test_the_order_of_drawing_does_not_matter(pieces: list[Drawing], chance: Random) -> None:
    straight = page(*pieces)
    chance.shuffle(pieces)
    assert page(*pieces) == straight


@given(drawings())
def test_segments_always_tell_their_place(pieces: list[Drawing]) -> None:
    made = page(*pieces)
    for segment in made.segments:
        assert made.text[segment.start : segment.end] == segment.text


@given(st.randoms(use_true_random=False))
def test_recognised_words_make_the_same_page_in_any_order(chance: Random) -> None:
    words = [
        Word(text, Box(0.1 * column, 0.05 * row, 0.1 * column + 0.06, 0.05 * row + 0.02), 0.9)
        for row, line in enumerate(("Căn cứ Luật", "Xét đề nghị"))
        for column, text in enumerate(line.split())
    ]
    chance.shuffle(words)
    made = arranged(words, 2480, 3508)
    assert made.text.split() == ["Căn", "cứ", "Luật", "Xét", "đề", "nghị"]
    assert made.segments[0].words[0].confidence == 0.9


def test_a_page_full_of_noise_takes_bounded_time() -> None:
    chance = Random(1)
    pieces = [
        Drawing("ab", chance.uniform(0, 590), chance.uniform(0, 840), chance.uniform(1, 90))
        for _piece in range(20_000)
    ]
    started = time.process_time()
    page(*pieces)
    assert time.process_time() - started < 10


def test_letters_in_cells_of_their_own_height_are_one_line_beside_a_column_a_little_lower() -> None:
    cells = [
        Drawing("- Nh", 60, 80),
        Drawing("ư Đ", 84.5, 80, tall=0.8),
        Drawing("iều 3;", 102, 80, tall=1.1),
    ]
    text = page(*cells, Drawing("PHÓ CHỦ TỊCH XÃ", 300, 85.5)).text
    assert "- Như Điều 3;" in text


def test_a_figure_behind_a_bracket_is_no_footnote() -> None:
    assert page(Drawing("(", 100, 82, tall=1.3), Drawing("2025)", 107, 80, tall=0.7)).text == "(2025)"


@pytest.mark.parametrize("off", [-11, -7, 9])
def test_digits_stamped_off_the_line_of_their_blank_fill_it_in(off: float) -> None:
    # Between the motto's line and that of the day, beside a line of the other column.
    lines = [
        Drawing("BAN CHỈ ĐẠO", 105, 100),
        Drawing("PHẠM,", 105, 112),
        Drawing("Độc lập - Tự do - Hạnh phúc", 310, 97),
        Drawing("Sông Lam, ngày", 290, 120),
        Drawing("tháng 3 năm 2024", 410, 120),
    ]
    assert "ngày 15 tháng 3 năm 2024" in page(*lines, Drawing("15", 390, 120 + off)).text


def test_a_lone_number_beside_a_blank_stays_where_it_is() -> None:
    day = (Drawing("Sông Lam, ngày", 290, 120), Drawing("tháng 3 năm 2024", 410, 120))
    assert page(*day, Drawing("2", 500, 105)).text == "2\nSông Lam, ngày tháng 3 năm 2024"
