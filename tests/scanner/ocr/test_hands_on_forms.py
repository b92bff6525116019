"""Numbers and days on forms: dots, codes of sections, strokes over strokes; what one engine loses of them."""

from __future__ import annotations

import pytest
from drawn_pages import printed
from PIL import Image, ImageDraw
from test_number_and_day import Recogniser, line, read

from dossier.model import Box, Word
from dossier.scanner.ocr.dots import without_dots
from dossier.scanner.ocr.interface import Recognised, TextLine
from dossier.scanner.ocr.missed_lines import with_missed_lines
from dossier.scanner.ocr.regions import Region
from dossier.scanner.ocr.votes import AGREED


def number(looks: list[str], text: str, **sure: float) -> tuple[str, float]:
    _text, fields = read(Recogniser(looks), line(text, **sure))
    reading = fields.get("number_symbol")
    return (reading.candidates[0], reading.confidence) if reading else ("", 0.0)


def day(looks: list[str], text: str, **sure: float) -> tuple[str, float]:
    _text, fields = read(Recogniser(looks), line(text, **sure))
    return fields["date"].candidates[0], fields["date"].confidence


@pytest.mark.parametrize(
    ("printed_line", "look", "value"),
    [
        ("Số: Z2 /V05-P3", "ső: 75 /V05-P3", "75/V05-P3"),  # the code of a department has one letter
        ("số .527 -NQ/CB", "só 327 -NQ/CB", "327-NQ/CB"),  # the Party prints no colon, and OCR no capital
        ("sấ...35...-NQ/CB", "s 35 -NQ/CB", "35-NQ/CB"),
        ("Số:..../ZZ... /SGDĐT-CTTT", "Só: 77 /SGDDT-CTTT", "77/SGDĐT-CTTT"),  # digits as a symbol
        ("Số: /ÑQ-HĐND", "Só: 59 /NQ-HDND", "59/NQ-HĐND"),
        ("Số: 5? /BŒLĐTBXH", "Só: 05 /BC-LĐTBXH", "05/BC-LĐTBXH"),
        ("Số: ƒƒ /QĐ-UBND", "ső:∥ /QD-UBND", "11/QĐ-UBND"),
        ("Số: 6Ÿ /CAT-PV05", "ső: 6f[7] /CAT-PV05", "67/CAT-PV05"),  # no number ends in f
    ],
)
def test_number_that_a_person_reads_at_a_glance(printed_line: str, look: str, value: str) -> None:
    found, sure = number([look], printed_line, confidence=0.3)
    assert found == value
    assert sure >= AGREED


def test_a_number_cited_in_lower_case_without_a_colon_is_none() -> None:
    assert number(["so 12/QD-UBND"], "số 12/QĐ-UBND của Ủy ban nhân dân xã") == ("", 0.0)


def test_a_stroke_before_the_digits_is_a_one() -> None:
    found, sure = number(["ső: /20 /QD-UBND", "ső: 120 /QD-UBND"], "Số: [2Ô /QĐ-UBND", **{"[2Ô": 0.3})
    assert (found, sure >= AGREED) == ("120/QĐ-UBND", True)


def test_two_strokes_far_apart_before_the_symbol_may_hold_a_one() -> None:
    found, sure = number(["ső: 48/  /TTr-BVDK"], "Số: 46F /TTr-BVĐK", **{"46F": 0.3})
    assert (found, sure < AGREED) == ("48/TTr-BVĐK", True)


def test_a_digit_that_few_looks_lost_is_no_doubt_about_the_number() -> None:
    looks = ["ső: 03 /HD-BCH"] * 4 + ["ső: 3 /HD-BCH"]
    found, sure = number(looks, "Số: ?? /HD-BCH", **{"??": 0.3})
    assert (found, sure >= AGREED) == ("03/HD-BCH", True)


def test_one_digit_that_print_would_have_is_looked_at_by_the_other_engine() -> None:
    # Tesseract is sure of the 6 that it saw of 61, and of the 2 that it saw of 29.
    found, sure = number(["ső: 61 /QD-UBND"], "Số: 6 /QĐ-UBND", confidence=0.97)
    assert not (found == "6/QĐ-UBND" and sure >= AGREED)
    assert day(["Lam, ngày 29 tháng 11 năm 2025"], "Sông Lam, ngày 2 tháng 11 năm 2025") == (
        "2025-11-29",
        0.97,
    )
    assert number(["ső: 6 /QD-UBND"], "Số: 6 /QĐ-UBND", confidence=0.97)[1] >= AGREED


def test_a_digit_that_both_engines_lost_in_some_looks_leaves_doubt() -> None:
    looks = ["ső: 6 /QD-UBND", "ső: 61 /QD-UBND"]
    assert number(looks, "Số: 6 /QĐ-UBND", confidence=0.97)[1] < AGREED


@pytest.mark.parametrize(
    ("look", "printed_day", "known"),
    [
        ("Lam, ngày 23 tháng 02 năm 2025", "Sông Lam, ngày ?3 tháng 02 năm 2022", "ngày tháng 02 năm"),
        ("Lam, ngày 23 tháng 02 năm 2025", "Sông Lam, ngày ?3 tháng 7 năm 2025", "ngày tháng năm 2025"),
    ],
)
def test_a_month_or_year_that_the_engines_read_differently_is_not_stated(
    look: str, printed_day: str, known: str
) -> None:
    text, fields = read(Recogniser([look]), line(printed_day, confidence=0.9, **{"?3": 0.3}))
    assert fields["date"].confidence < AGREED
    assert text[0].endswith(known)


def test_a_number_below_the_day_under_a_long_name_is_the_papers_own() -> None:
    _text, fields = read(
        Recogniser(["Số: 01 /KH-BCD"]),
        line("Sông Lam, ngày 11 tháng 3 năm 2024", 0.1),
        line("Số: lợi /KH-BCĐ", 0.2, **{"lợi": 0.3}),
    )
    assert fields["number_symbol"].candidates[0] == "01/KH-BCĐ"


def dotted(*, digits: bool) -> Image.Image:
    piece = Image.new("RGB", (700, 60), "white")
    end = printed(piece, "Số:", 10, 12)
    ink = ImageDraw.Draw(piece)
    for x in range(int(end) + 6, int(end) + 150, 12):
        ink.ellipse((x, 42, x + 3, 45), fill="#222")
    if digits:
        ink.line((end + 60, 12, end + 56, 44), fill="navy", width=3)
    printed(piece, "/QĐ-UBND", end + 160, 12)
    return piece


def test_dots_of_a_form_are_removed_and_letters_colons_and_strokes_stay() -> None:
    blank, written = (without_dots(dotted(digits=digits), 34) for digits in (False, True))
    plain = Image.new("RGB", (700, 60), "white")
    end = printed(plain, "Số:", 10, 12)
    printed(plain, "/QĐ-UBND", end + 160, 12)
    assert blank.tobytes() == plain.tobytes()
    assert written.getpixel((int(end) + 58, 28))[2] > 2 * written.getpixel((int(end) + 58, 28))[0]  # type: ignore[index]
    assert without_dots(plain, 34) is plain


class Detector:
    """Finds one line; counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def find(self, picture: Image.Image, _short_side: int) -> list[Region]:
        self.asked += 1
        return [Region(picture.width * 0.2, 400, picture.width * 0.2, 40, 0.0, 0.9)]


MOTTO = line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.05)
DATED = line("Sông Lam, ngày 11 tháng 3 năm 2024", 0.12)


@pytest.mark.parametrize(
    ("lines", "asked"),
    [((MOTTO, DATED), 1), ((MOTTO, DATED, line("Số: 5/QĐ-UBND", 0.13)), 0), ((DATED,), 0)],
)
def test_a_line_that_a_head_lacks_is_looked_for(lines: tuple[TextLine, ...], asked: int) -> None:
    detector, page = Detector(), Image.new("RGB", (1654, 2339), "white")
    words = (Word("Số:", Box(0, 0.2, 0.3, 0.8), 0.9), Word("35/QĐ-UBND", Box(0.4, 0.2, 0.9, 0.8), 0.9))
    seen = with_missed_lines(
        Recognised(lines), page, lambda: detector, lambda _piece: Recognised((TextLine(words),))  # type: ignore[arg-type,return-value]
    )  # fmt: skip
    assert detector.asked == asked
    added = [found for found in seen.lines if found.words == words or found.words[0].text == "Số:"]
    assert len(added) == (1 if len(lines) > 1 else 0)
    if asked:
        assert 0.16 < added[0].words[0].box.top < added[0].words[0].box.bottom < 0.19
