"""What of a head is stated and what is left open; the recogniser's answers are given here."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from dossier.model import Box, FieldSource, Word
from dossier.scanner.ocr.interface import Recognised, TextLine
from dossier.scanner.ocr.looks import LettersSeen, bars, strokes
from dossier.scanner.ocr.number_and_day import with_number_and_day
from dossier.scanner.ocr.ppocr import Character
from dossier.scanner.ocr.spans import date_span
from dossier.scanner.ocr.votes import AGREED

PAGE = Image.new("RGB", (1600, 2200), "white")


@dataclass
class Recogniser:
    """Answers its readings in turn; a letter in brackets has a rival: ``4[1]1`` is 41, or 11."""

    readings: list[str]
    asked: int = 0

    def read(self, _line: Image.Image) -> tuple[Character, ...]:
        said = self.readings[self.asked % len(self.readings)]
        self.asked += 1
        letters: list[Character] = []
        for letter in said:
            if letter in "[]":
                continue
            if said[max(said.find("["), 0)] == "[" and said[said.find("[") + 1] == letter and letters:
                last = letters.pop()
                letters.append(Character(last.text, last.at, 0.7, ((letter, 0.3),)))
                said = said.replace("[" + letter + "]", "\0", 1)
                continue
            letters.append(Character(letter, 0.5, 1.0))
        return tuple(letters)


def line(text: str, top: float = 0.12, confidence: float = 0.95, **sure: float) -> TextLine:
    """A line of words; ``_``-less words in ``sure`` have another confidence."""
    words, left = [], 0.1
    for word in text.split():
        right = left + 0.012 * len(word)
        words.append(Word(word, Box(left, top, right, top + 0.01), sure.get(word, confidence)))
        left = right + 0.01
    return TextLine(tuple(words))


def read(recogniser: Recogniser | None, *lines: TextLine) -> tuple[list[str], dict]:
    seen, fields = with_number_and_day(Recognised(lines), PAGE, lambda: recogniser)  # type: ignore[arg-type,return-value]
    return [" ".join(word.text for word in each.words) for each in seen.lines], fields


def test_printed_digits_are_believed_without_a_second_look() -> None:
    recogniser = Recogniser(["?"])
    text, fields = read(
        recogniser, line("Số: 12 /QĐ-UBND"), line("Hàm Thắng, ngày 05 tháng 12 năm 2024", 0.14)
    )
    assert text == ["Số: 12 /QĐ-UBND", "Hàm Thắng, ngày 05 tháng 12 năm 2024"]
    assert recogniser.asked == 0
    assert fields["number_symbol"].source is fields["date"].source is FieldSource.OCR


def test_what_every_look_reads_alike_goes_into_the_text() -> None:
    text, fields = read(Recogniser(["S: 04 /QD-UBND"]), line("Số: 0+ /QĐ-UBND", **{"0+": 0.5}))
    assert text == ["Số: 04 /QĐ-UBND"]
    assert fields["number_symbol"].confidence >= AGREED
    assert fields["number_symbol"].source is FieldSource.HANDWRITING
    assert fields["number_symbol"].candidates[0] == "04/QĐ-UBND"


def test_what_wavers_is_left_out_with_its_candidates() -> None:
    text, fields = read(
        Recogniser(["S: 41 /CT-UBND", "S: 11 /CT-UBND"]), line("SôztT /CT-UBND", confidence=0.2)
    )
    assert text == ["Số: /CT-UBND"]
    assert fields["number_symbol"].confidence < AGREED
    assert {"41/CT-UBND", "11/CT-UBND"} <= set(fields["number_symbol"].candidates)


def test_what_is_hardly_seen_pushes_no_candidate_out(monkeypatch: pytest.MonkeyPatch) -> None:
    hardly = {str(number): 0.08 for number in range(60, 70)}
    monkeypatch.setattr("dossier.scanner.ocr.number_and_day.written_digits", lambda *_args: hardly)
    _text, fields = read(
        Recogniser(["S: 41 /CT-UBND", "S: 11 /CT-UBND"]), line("SôztT /CT-UBND", confidence=0.2)
    )
    assert {"41/CT-UBND", "11/CT-UBND"} <= set(fields["number_symbol"].candidates)


def test_a_digit_with_a_rival_is_not_sure_though_all_looks_prefer_it() -> None:
    text, fields = read(Recogniser(["S:4[1]1 /CT-UBND"]), line("Số: M /CT-UBND", confidence=0.2))
    assert text == ["Số: /CT-UBND"]
    assert "11/CT-UBND" in fields["number_symbol"].candidates


def test_two_engines_that_read_the_same_agree() -> None:
    text, _fields = read(
        Recogniser(["S: 239 /TTr-UBND", "S: 289 /TTr-UBND"] + ["S: 239 /TTr-UBND"] * 3),
        line("Số: 239 /TTr-UBND", **{"239": 0.85}),
    )
    assert text == ["Số: 239 /TTr-UBND"]


def test_two_engines_that_contradict_each_other_leave_it_open() -> None:
    text, fields = read(Recogniser(["S: 90 /QD-UBND"]), line("Số: 40 /QĐ-UBND", **{"40": 0.85}))
    assert text == ["Số: /QĐ-UBND"]
    assert set(fields["number_symbol"].candidates) >= {"90/QĐ-UBND", "40/QĐ-UBND"}


def test_dots_of_a_form_are_no_part_of_what_is_written_on_them() -> None:
    looks = ["So: 164.0/QD-UBND", "So: .1640. /QD-UBND", "So: 1640/QD-UBND"]
    text, fields = read(Recogniser(looks), line("Số: ..1..0.. /QĐ-UBND", confidence=0.3))
    assert text == ["Số: 1640 /QĐ-UBND"]
    assert fields["number_symbol"].candidates[0] == "1640/QĐ-UBND"
    days = ["ngay..2.4. thang 12 nam 2020", "ngay. 24 .thang 12 nam 2020"]
    text, fields = read(Recogniser(days), line("Phố Mới, ngày .ñ. tháng 12 năm 2020", **{".ñ.": 0.3}))
    assert fields["date"].candidates[0] == "2020-12-24"
    assert fields["date"].confidence >= AGREED


def test_dots_of_a_law_s_number_belong_to_it() -> None:
    _text, fields = read(Recogniser(["So: 66.7/2025/NQ-CP"]), line("Số: 66.7/2025/NQ-CP", confidence=0.7))
    assert fields["number_symbol"].candidates[0] == "66.7/2025/NQ-CP"


def test_the_last_figures_of_a_year_by_hand_are_read_with_the_day() -> None:
    """``năm 20`` is printed; of what follows only looks that all agree are believed, not the first engine."""
    written = line("Phố Mới, ngày .Í. tháng 12 năm 20.27.", confidence=0.9, **{".Í.": 0.2})
    _text, fields = read(Recogniser(["ngay 24 thang 12 nam 20 23", "ngay 24 thang 12 nam 20.23"]), written)
    assert fields["date"].candidates[0] == "2023-12-24"
    assert fields["date"].confidence >= AGREED
    _text, fields = read(Recogniser(["ngay 24 thang 12 nam 20 23", "ngay 24 thang 12 nam 20 28"]), written)
    assert fields["date"].confidence < AGREED


def test_a_blank_number_stays_blank() -> None:
    text, fields = read(Recogniser(["S: /QD-UBND"]), line("Số: /QĐ-UBND"))
    assert (text, fields) == (["Số: /QĐ-UBND"], {})


def test_day_by_hand_with_printed_month_and_year() -> None:
    text, fields = read(
        Recogniser(["Ham Thang, ngay05 thang 12 nam 2024"]),
        line("Hàm Thắng, ngày0P' tháng 12 năm 2024", **{"ngày0P'": 0.1}),
    )
    assert text == ["Hàm Thắng, ngày 05 tháng 12 năm 2024"]
    assert fields["date"].candidates[0] == "2024-12-05"


def test_a_day_that_is_in_no_calendar_is_never_stated() -> None:
    text, fields = read(
        Recogniser(["Ha Noi, ngay 34 thang 5 nam 2024"]),
        line("Hà Nội, ngày 5t tháng 5 năm 2024", **{"5t": 0.2}),
    )
    assert text == ["Hà Nội, ngày tháng 5 năm 2024"]
    assert fields["date"].candidates == ("2024-05-31",)  # a 1 that was read as a 4


def test_a_single_digit_may_have_lost_its_neighbour() -> None:
    text, fields = read(
        Recogniser(["ngay1 thang 5 nam 2021"]), line("Quảng Ngãi, ngàM/{ tháng 5 năm 2021", **{"ngàM/{": 0.3})
    )
    assert text == ["Quảng Ngãi, ngày tháng 5 năm 2021"]
    assert "2021-05-11" in fields["date"].candidates


def test_numbers_cited_further_down_are_not_the_papers_own() -> None:
    _text, fields = read(
        Recogniser(["?"]),
        line("Hàm Thắng, ngày 05 tháng 12 năm 2024", 0.12),
        line("Số 15/2020/TT-BGDĐT ngày 26 tháng 5", 0.4),
    )
    assert "number_symbol" not in fields


def test_without_a_recogniser_only_clear_print_is_stated() -> None:
    text, fields = read(
        None, line("Số: 23 /BC-UBND", **{"23": 0.85}), line("Hà Nội, ngày 03 tháng 01 năm 2025", 0.14)
    )
    assert text == ["Số: /BC-UBND", "Hà Nội, ngày 03 tháng 01 năm 2025"]
    assert fields["number_symbol"].candidates == ("23/BC-UBND",)
    assert fields["number_symbol"].confidence < AGREED


@pytest.mark.parametrize("text", ["", "Số:", "/QĐ-UBND", "ngày tháng năm", "Số: / ngày", "S0 1/AB tháng nam"])
def test_broken_heads_change_nothing_and_break_nothing(text: str) -> None:
    lines = (line(text),) if text else ()
    said, _fields = read(Recogniser([""]), *lines)
    assert [each.replace("  ", " ") for each in said] == ([text] if text else [])


def test_a_look_that_sees_no_year_breaks_nothing() -> None:
    _text, fields = read(
        Recogniser(["ngay 05 thang 12 nam"]), line("Hàm Thắng, ngày 0P tháng 12 năm 2O24", **{"0P": 0.1})
    )
    assert "date" not in fields or fields["date"].confidence < AGREED


@given(
    st.lists(st.text("Số:/QĐ-UBND ngàythángm0123456789.…", max_size=40), max_size=5),
    st.lists(st.text("S: /QDngaythm0123456789-", max_size=30), min_size=1, max_size=3),
)
@settings(max_examples=200, deadline=None)
def test_whatever_engines_say_something_comes_of_it(lines: list[str], looks: list[str]) -> None:
    said, fields = read(Recogniser(looks), *(line(text) for text in lines if text.split()))
    assert len(said) == sum(bool(text.split()) for text in lines)
    assert all(0 <= reading.confidence <= 1 for reading in fields.values())


@pytest.mark.parametrize(
    "cited",
    [
        "Căn cứ Hướng dẫn số 22/HD-BCA-V05 ngày 18 tháng 11 năm 2022",
        "Hướng dẫn số 22/HD-BCA-V05 ngày 18 tháng 11 năm 2022",
        "ngày 18 tháng 11 năm 2022 của Bộ Công an",
        "Luật ban hành ngày 19 tháng 6 năm 2015;",
    ],
)
def test_date_of_a_paper_that_is_cited_is_not_that_of_the_paper(cited: str) -> None:
    _text, fields = read(
        Recogniser(["?"]), line("Số: 43 /QĐ-UBND Long Phú, ngày sS (Qh 01 năm 2024"), line(cited, top=0.3)
    )
    assert "date" not in fields


def test_date_beside_the_number_is_that_of_the_paper() -> None:
    _text, fields = read(Recogniser(["?"]), line("Số: 43/QĐ-UBND Long Phú, ngày 30 tháng 01 năm 2024 ."))
    assert fields["date"].candidates == ("2024-01-30",)


@pytest.mark.parametrize("seven", "†‡♀千")
def test_a_seven_with_a_bar_through_it_is_a_month(seven: str) -> None:
    _text, fields = read(
        Recogniser([f"Lao Cai, ngay 02 thang {seven} nam 2026"]),
        line("Lào Cai, ngày 0Â tháng Œ năm 2026", **{"0Â": 0.4, "Œ": 0.1}),
    )
    assert fields["date"].candidates[0] == "2026-07-02" and fields["date"].confidence >= AGREED


def test_of_a_day_that_no_month_has_the_rivals_are_left() -> None:
    _text, fields = read(
        Recogniser(["ngay 4[1]5 thang 3 nam 2024"]),
        line("Phan Thiết, ngày 4S tháng 3 năm 2024", **{"4S": 0.2}),
    )
    assert fields["date"].candidates == ("2024-03-15",) and fields["date"].confidence >= AGREED


def test_a_digit_that_one_look_lost_is_no_doubt_but_one_that_most_lost_is() -> None:
    blurred = line("Hà Nội, ngày Ê tháng 4 năm 2026", **{"Ê": 0.0})
    whole, part = "ngay 22 thang 4 nam 2026", "ngay 2 thang 4 nam 2026"
    _text, fields = read(Recogniser([whole, whole, whole, whole, part]), blurred)
    assert fields["date"].candidates[0] == "2026-04-22" and fields["date"].confidence >= AGREED
    _text, fields = read(Recogniser([part, whole, part]), blurred)
    assert fields["date"].confidence < AGREED


def test_a_month_with_and_without_its_nought_is_one_month() -> None:
    looks = ["ngay 25 thang 2 nam 2021", "ngay 25 thang 02 nam 2021"]
    _text, fields = read(
        Recogniser(looks), line("Long Phú, ngày 2Õ tháng ÓỆ năm 2021", **{"2Õ": 0.2, "ÓỆ": 0.0})
    )
    assert fields["date"].candidates[0] == "2021-02-25" and fields["date"].confidence >= AGREED


def test_only_a_first_look_that_wavers_is_followed_by_others() -> None:
    sure, unsure = Recogniser(["S: 16 /CT-UBND"]), Recogniser(["S: 16 /CT-UBND", "S: 46 /CT-UBND"])
    for recogniser in (sure, unsure):
        _text, fields = read(recogniser, line("Số: ⁄‡ /CT-UBND", **{"⁄‡": 0.2}))
    assert unsure.asked > sure.asked and fields["number_symbol"].confidence < AGREED


def test_rubbish_in_the_left_column_does_not_make_the_date_a_cited_one() -> None:
    words = [
        *line("Số: ó;yế").words,
        *(
            Word(w.text, Box(w.box.left + 0.4, w.box.top, w.box.right + 0.4, w.box.bottom), w.confidence)
            for w in line("Hà Nội, ngày 08 tháng 7 năm 2026").words
        ),
    ]
    _text, fields = read(Recogniser(["?"]), TextLine(tuple(words)))
    assert fields["date"].candidates == ("2026-07-08",)


def test_a_symbol_that_nobody_printed_legibly_is_read_with_the_number() -> None:
    text, fields = read(
        Recogniser(["S6: 26 /QD-XPVPHC"]),
        line("Số: ó;yế_ p2 XPVPHC", **{"ó;yế_": 0.2, "p2": 0.3}),
        line("Hà Nội, ngày 08 tháng 7 năm 2026", 0.125),
    )
    assert text[0] == "Số: 26 /QĐ-XPVPHC"
    assert fields["number_symbol"].candidates[0] == "26/QĐ-XPVPHC"


def test_printed_digits_that_are_not_quite_clear_are_looked_at_again() -> None:
    text, fields = read(Recogniser(["Số: 21 /TB-BTS"]), line("Số: 27 /TB-BTS", **{"27": 0.91}))
    assert fields["number_symbol"].confidence < AGREED
    assert text == ["Số: /TB-BTS"]


@pytest.mark.parametrize(
    ("printed", "looked", "number"),
    [
        ("/KH-BCP138", "/KH-BCD138", "66/KH-BCĐ138"),
        ("/BCUBND", "/BC-UBND", "66/BC-UBND"),
        ("/KH-BCĐ138", "/KH-BCD138", "66/KH-BCĐ138"),
    ],
)
def test_a_symbol_of_no_office_gives_way_to_one_of_an_office(printed: str, looked: str, number: str) -> None:
    _text, fields = read(Recogniser([f"So: 66 {looked}"]), line(f"Số: 6ó {printed}", **{"6ó": 0.4}))
    assert fields["number_symbol"].candidates[0] == number
    assert fields["number_symbol"].confidence >= AGREED


def test_a_symbol_that_two_engines_read_differently_leaves_doubt() -> None:
    _text, fields = read(Recogniser(["So: 66 /KX-QZW"]), line("Số: 6ó /KX-QZ", **{"6ó": 0.4}))
    assert fields["number_symbol"].confidence < AGREED


def test_a_second_stroke_before_the_symbol_may_be_a_one() -> None:
    recogniser = Recogniser(["Số: 7/ /QĐ-UBND"])
    text, fields = read(recogniser, line("Số: 7? /QĐ-UBND", confidence=0.4))
    assert text == ["Số: /QĐ-UBND"]
    assert fields["number_symbol"].confidence < AGREED
    assert fields["number_symbol"].candidates[:2] == ("7/QĐ-UBND", "71/QĐ-UBND")


def test_a_stroke_that_the_recogniser_passed_over_is_seen() -> None:
    piece = Image.new("L", (600, 60), 230)
    pen = ImageDraw.Draw(piece)
    read_at = [20, 70, 120, 170, 220, 380, 430, 480, 530, 580]
    for at in read_at:
        pen.rectangle((at - 10, 15, at + 10, 45), fill=20)
    pen.line((300, 12, 300, 48), fill=20, width=3)
    look = LettersSeen(Character("x", at / 600, 1.0) for at in read_at)
    look.strokes = strokes(piece)
    assert len(look.strokes) == 11
    assert look.missed(5, 5, 0)
    assert not look.missed(5, 5, 1)


def test_a_one_that_leans_between_digits_is_no_stroke_before_the_symbol() -> None:
    text, fields = read(Recogniser(["S: 2/5 /QD-UBND"]), line("Số: 2ƒs /QĐ-UBND", confidence=0.3))
    assert text == ["Số: 215 /QĐ-UBND"]
    assert fields["number_symbol"].candidates[0] == "215/QĐ-UBND"


def test_a_date_behind_a_place_goes_before_that_of_a_stamp_above_it() -> None:
    stamp, own = line("Ngày 12 tháng 7 năm 2025", 0.03), line("Suối Đá, ngày 02 tháng 8 năm 2023", 0.12)
    _text, fields = read(Recogniser(["?"]), stamp, own)
    assert fields["date"].candidates == ("2023-08-02",)


def test_a_year_that_no_paper_has_yet_is_not_stated() -> None:
    _text, fields = read(Recogniser(["?"]), line("Suối Đá, ngày 24 tháng 4 năm 2924"))
    assert "date" not in fields or fields["date"].confidence < AGREED


def test_digits_that_are_struck_out_are_seen_and_a_rule_above_hides_no_digit() -> None:
    piece = Image.new("RGB", (600, 60), "white")
    pen = ImageDraw.Draw(piece)
    for x in range(20, 580, 40):
        pen.line((x, 18, x, 50), fill="black", width=6)
    pen.line((0, 5, 600, 5), fill="black", width=3)
    assert len(strokes(piece)) == 14 and not bars(piece)
    pen.line((300, 33, 415, 35), fill="blue", width=3)
    look = LettersSeen(Character("1", at / 600, 1.0) for at in range(20, 580, 40))
    look.bars = bars(piece)
    assert look.is_struck(8, 10) and not look.is_struck(2, 5)


def test_a_stroke_that_only_the_first_engine_saw_leaves_the_number_open() -> None:
    lines, fields = read(Recogniser(["Số: 7 /QĐ-BCĐ"]), line("Số: 7 | /QĐ-BCĐ"))
    assert fields["number_symbol"].confidence < AGREED and "7" not in lines[0]


def test_a_sign_beside_the_day_may_be_a_one() -> None:
    printed = line("Trung Hưng, ngày { 3 tháng 11 năm 2022")
    _text, fields = read(Recogniser(["Trung Hung, ngày 1 3 tháng 11 năm 2022"]), printed)
    assert fields["date"].candidates[0] == "2022-11-13"
    half = line("An Phú Đông, ngày 2` tháng 6 năm 2025", **{"2`": 0.2})
    looks = ["An Phú Đông, ngày 24 tháng 6 năm 2025", "An Phú Đông, ngày2tháng 6 năm 2025"]
    _text, fields = read(Recogniser(looks), half)
    assert fields["date"].confidence < AGREED


@pytest.mark.parametrize(
    ("printed", "looked", "number"),
    [
        ("/KH-BGTMT", "/KH-BCTMT", "29/KH-BCTMT"),
        ("/GTr-CĐCT", "/CTr-CDCT", "29/CTr-CĐCT"),
        ("/BCCCB", "/BC-CCB", "29/BC-CCB"),
    ],
)
def test_c_read_as_g_and_a_lost_dash_are_what_the_other_reads(printed: str, looked: str, number: str) -> None:
    _text, fields = read(Recogniser([f"S: 29 {looked}"]), line(f"Số: ?9 {printed}", **{"?9": 0.3}))
    assert fields["number_symbol"].candidates[0] == number
    assert fields["number_symbol"].confidence >= AGREED


@pytest.mark.parametrize("looked", ["/KH-GBTMT", "/KH-BCTM", "/KH-BOTMT", "/KH-BCTMTX"])
def test_other_differences_leave_a_symbol_in_doubt(looked: str) -> None:
    _text, fields = read(Recogniser([f"S: 29 {looked}"]), line("Số: ?9 /KH-BGTMT", **{"?9": 0.3}))
    assert fields["number_symbol"].confidence < AGREED


def test_digits_over_the_stroke_leave_the_number_open_and_the_symbol_known() -> None:
    text, fields = read(Recogniser(["Só:4874BB-CAP"]), line("Số:48U7BB-CAP", confidence=0.3))
    assert text == ["Số: /BB-CAP"]
    assert fields["number_symbol"].candidates[:2] == ("4874/BB-CAP", "487/BB-CAP")
    assert fields["number_symbol"].confidence < AGREED


@pytest.mark.parametrize(
    ("before", "own"),
    [
        ("được Hội đồng thông qua", False),
        ("công bố", False),
        ("Thông Nông,", True),
        ("Bến phà", True),
        ("bến phà,", True),
        ("", True),
    ],
)
def test_a_day_behind_words_of_a_sentence_is_not_the_papers_own(before: str, own: bool) -> None:
    assert (date_span(line(f"{before} ngày 30 tháng 6 năm 1983 ;".strip())) is not None) is own


@pytest.mark.parametrize(
    ("before", "own"), [("Ea Sô,", True), ("Chiềng Sơ,", True), ("Quyết định số 12/QĐ-UB", False)]
)
def test_a_place_that_ends_like_the_word_for_number_has_a_day_of_its_own(before: str, own: bool) -> None:
    assert (date_span(line(f"{before} ngày ® tháng 8 năm 1991")) is not None) is own


@pytest.mark.parametrize(
    ("below", "text", "stated"),
    [
        ("2024", ["Hàm Thắng, ngày 05 tháng 12 năm 2024", "QUYẾT ĐỊNH"], ("2024-12-05",)),
        ("2024 12", ["Hàm Thắng, ngày tháng 12 năm", "2024 12", "QUYẾT ĐỊNH"], ()),
        ("2924", ["Hàm Thắng, ngày tháng 12 năm", "2924", "QUYẾT ĐỊNH"], ()),
    ],
)
def test_a_year_below_its_date_belongs_to_it(below: str, text: list[str], stated: tuple[str, ...]) -> None:
    date = line("Hàm Thắng, ngày 05 tháng 12 năm")
    found, fields = read(Recogniser(["?"]), date, line(below, 0.133), line("QUYẾT ĐỊNH", 0.2))
    assert found == text
    assert fields["date"].candidates == stated


def test_a_printed_number_with_wide_blanks_becomes_one_column() -> None:
    words, left = [], 0.1
    for word in ("Số", "84", "-", "KH/ĐU"):
        words.append(Word(word, Box(left, 0.12, left + 0.02, 0.13), 0.97))
        left += 0.06
    text, fields = read(None, TextLine(tuple(words)))
    assert text == ["Số: 84 -KH/ĐU"]
    assert fields["number_symbol"].candidates[0] == "84-KH/ĐU"


def test_a_label_read_as_figures_is_a_label() -> None:
    text, fields = read(None, line("56:1723/QĐ-BCHQS", confidence=0.99))
    assert text == ["Số: 1723 /QĐ-BCHQS"]
    assert fields["number_symbol"].candidates[0] == "1723/QĐ-BCHQS"


def test_blanks_around_the_dash_of_a_symbol_do_not_end_it() -> None:
    _text, fields = read(None, line("Số : 09 / QĐ - MPH Nam Hải"))
    assert fields["number_symbol"].candidates[0] == "09/QĐ-MPH"


def test_a_number_in_the_head_counts_though_the_date_stands_in_the_foot() -> None:
    date = line("Nam Hải, ngày 05 tháng 12 năm 2024", 0.4)
    _text, fields = read(None, line("Số: 12/QĐ-UBND"), date)
    assert fields["number_symbol"].candidates[0] == "12/QĐ-UBND"


def test_a_number_far_down_a_page_without_a_date_is_a_citation() -> None:
    _text, fields = read(None, line("Số: 12/QĐ-UBND", 0.35))
    assert "number_symbol" not in fields
