"""Notes and stamps in colour over the lines of a head: the lines are read again without the ink."""

from __future__ import annotations

from PIL import Image, ImageDraw

from dossier.model import Box, Word
from dossier.scanner.ocr.inked_lines import without_ink_over
from dossier.scanner.ocr.interface import Recognised, TextLine

BLUE = (38, 64, 158)


def line(text: str, top: float, sure: float = 0.96) -> TextLine:
    words, left = [], 0.1
    for word in text.split():
        words.append(Word(word, Box(left, top, left + 0.012 * len(word), top + 0.015), sure))
        left += 0.012 * len(word) + 0.01
    return TextLine(tuple(words))


def said(recognised: Recognised) -> list[str]:
    return [" ".join(word.text for word in each.words) for each in recognised.lines]


HEAD = [
    line("Số: 15 /KH-CAX Hàm Thắng, ngày 05 tháng 3 năm 2025", 0.1),
    line("KẾ HOẠCH", 0.15),
    line("Xây dựng m0 h!nh xyQ", 0.18, 0.3),
    line("Căn cứ Kế hoạch của Công an huyện;", 0.25),
]


def page(note: tuple[int, int, int, int] | None) -> Image.Image:
    """A page with print as black bars on all lines, and a blue note."""
    picture = Image.new("RGB", (1000, 1400), "white")
    pen = ImageDraw.Draw(picture)
    for top in (0.1, 0.15, 0.18, 0.25):
        pen.rectangle((100, round(top * 1400), 700, round(top * 1400) + 18), fill=(20, 20, 20))
    if note:
        pen.line(note, fill=BLUE, width=9)
    return picture


def read(_piece: Image.Image) -> Recognised:
    """What is read of the cut-out: the line without the note."""
    return Recognised((line("Xây dựng mô hình Camera an ninh", 0.3),))


def test_a_line_under_a_note_is_read_again_and_the_others_stay() -> None:
    inked = without_ink_over(Recognised(tuple(HEAD)), page((300, 262, 800, 258)), read)
    assert said(inked.recognised) == [
        *said(Recognised(tuple(HEAD[:2]))), "Xây dựng mô hình Camera an ninh", *said(Recognised((HEAD[3],))),
    ]  # fmt: skip


def test_print_stays_and_the_note_is_white_in_the_picture_that_is_read() -> None:
    seen: list[Image.Image] = []

    def watched(piece: Image.Image) -> Recognised:
        seen.append(piece)
        return read(piece)

    inked = without_ink_over(Recognised(tuple(HEAD)), page((300, 262, 800, 258)), watched)
    assert len(seen) == 1
    assert inked.page.getpixel((780, 258)) == 255  # the note
    assert inked.page.getpixel((200, 262)) == 20  # print


def test_a_number_and_a_day_by_pen_are_no_reason_to_read_again() -> None:
    def never(_piece: Image.Image) -> Recognised:
        raise AssertionError

    picture = page((170, 150, 200, 150))
    inked = without_ink_over(Recognised(tuple(HEAD)), picture, never)
    assert inked.page is picture


def test_what_is_printed_in_blue_is_not_taken_away() -> None:
    picture, head = page((300, 262, 800, 258)), [*HEAD[:2], line("Xây dựng mô hình", 0.18), HEAD[3]]
    inked = without_ink_over(Recognised(tuple(head)), picture, lambda _piece: Recognised())
    assert said(inked.recognised) == said(Recognised(tuple(head)))
    assert inked.page is picture


def test_a_page_in_grey_is_as_it_is() -> None:
    grey = page((300, 262, 800, 258)).convert("L")
    assert without_ink_over(Recognised(tuple(HEAD)), grey, read).page is grey
