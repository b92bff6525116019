"""Where words stand decides what is read once more and what is one page; the engine's answers are given."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PIL import Image

from dossier.model import Box, Segment, Word
from dossier.scanner.layout.spread import gutter, one_page, second_first
from dossier.scanner.ocr.head_columns import columns_again
from dossier.scanner.ocr.interface import Recognised, TextLine

PAGE = Image.new("RGB", (1000, 1414), "white")
SPREAD = (2000, 1414)


def words(text: str, left: float, top: float, sure: float = 0.95) -> tuple[Word, ...]:
    out = []
    for at, word in enumerate(text.split()):
        out.append(Word(word, Box(left + at * 0.06, top, left + at * 0.06 + 0.05, top + 0.01), sure))
    return tuple(out)


def texts(seen: Recognised) -> list[str]:
    return [" ".join(word.text for word in line.words) for line in seen.lines]


def head(name: Sequence[Word]) -> Recognised:
    return Recognised(
        (
            TextLine((*words("UBND HUYỆN", 0.1, 0.05), *words("CỘNG HÒA XÃ HỘI", 0.6, 0.05))),
            TextLine((*name, *words("Độc lập", 0.65, 0.07))),
            TextLine(words("Căn cứ quy chế làm việc của cơ quan và các đơn vị", 0.1, 0.2)),
        )
    )


ANSWER = Recognised((TextLine(words("UBND HUYỆN", 0.2, 0.2)), TextLine(words("SUỐI ĐÁ", 0.2, 0.6))))


def test_a_column_of_a_head_that_was_read_badly_is_read_by_itself() -> None:
    seen = columns_again(head(words("BEDH Enn", 0.1, 0.07, sure=0.1)), PAGE, lambda _piece: ANSWER)
    assert "SUỐI ĐÁ" in texts(seen)
    assert "BEDH" not in " ".join(texts(seen))
    assert texts(seen)[-1].startswith("Căn cứ")
    assert any("Độc lập" in text for text in texts(seen))


def test_a_line_that_was_lost_beside_an_illegible_one_is_read_with_its_column() -> None:
    before = Recognised(
        (
            TextLine((*words("BAN CHỈ ĐẠO", 0.1, 0.05), *words("CỘNG HÒA XÃ HỘI", 0.6, 0.05))),
            TextLine((*words("PHONG TRÀO", 0.1, 0.07), *words("ta nhiệt", 0.65, 0.07, sure=0.1))),
            TextLine(words("Căn cứ quy chế làm việc của cơ quan và các đơn vị", 0.1, 0.2)),
        )
    )
    left = (words("BAN CHỈ ĐẠO", 0.1, 0.1), words("PHONG TRÀO", 0.1, 0.4), words("TỔ QUỐC", 0.1, 0.7))
    answers = iter(
        (Recognised(tuple(map(TextLine, left))), Recognised((TextLine(words("Độc lập", 0.2, 0.4)),)))
    )
    seen = columns_again(before, PAGE, lambda _piece: next(answers))
    assert "TỔ QUỐC" in texts(seen)


def test_a_second_look_that_is_no_surer_changes_nothing() -> None:
    before = head(words("XÃ Enn", 0.1, 0.07, sure=0.4))
    unsure = Recognised((TextLine(words("BAN ĐHD", 0.2, 0.2, sure=0.3)),))
    assert columns_again(before, PAGE, lambda _piece: unsure) is before


def test_a_head_that_was_read_well_costs_no_second_look() -> None:
    def never(_piece: Image.Image) -> Recognised:
        raise AssertionError

    before = head(words("XÃ ĐÁ", 0.1, 0.07))
    assert columns_again(before, PAGE, never) is before


def prose(left: float, right: float, rows: int = 20) -> list[TextLine]:
    width = (right - left) / 7
    return [
        TextLine(
            tuple(
                Word(
                    "lời",
                    Box(left + at * width, row / 30, left + at * width + width * 0.8, row / 30 + 0.01),
                    0.9,
                )
                for at in range(7)
            )
        )
        for row in range(rows)
    ]


def reaches(lines: Sequence[TextLine]) -> list[list[tuple[float, float]]]:
    return [[(word.box.left, word.box.right) for word in line.words] for line in lines]


def test_two_pages_on_one_picture_part_at_the_binding() -> None:
    middle = gutter(reaches([*prose(0.06, 0.45), *prose(0.56, 0.95)]), *SPREAD)
    assert middle == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize(
    ("lines", "size"),
    [
        (prose(0.06, 0.95), SPREAD),  # one page that lies across
        ([*prose(0.06, 0.45), *prose(0.56, 0.95)], (1000, 1414)),  # two columns of an upright page
        ([*prose(0.06, 0.45), *prose(0.56, 0.95, rows=2)], SPREAD),  # a head with two columns and little else
        ([*prose(0.06, 0.45), *prose(0.56, 0.95), *prose(0.3, 0.7, rows=1)], SPREAD),  # a title across both
        ([], SPREAD),
    ],
)
def test_other_pages_are_one(lines: list[TextLine], size: tuple[int, int]) -> None:
    assert gutter(reaches(lines), *size) is None


def test_words_of_both_pages_keep_their_places_in_text_and_picture() -> None:
    one = Segment(words("trang một", 0.5, 0.1), 0)
    text, segments = one_page([("trang một", [one], (0.0, 0.5)), ("trang một", [one], (0.5, 1.0))])
    assert [text[segment.start : segment.end] for segment in segments] == ["trang một", "trang một"]
    assert [segment.box.left for segment in segments] == pytest.approx([0.25, 0.75])


def test_the_page_with_the_head_is_the_first_of_a_folded_sheet() -> None:
    head = "UBND XÃ ĐÁ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/QĐ-UBND"
    assert second_first("5. Tổ chức thực hiện", head)
    assert not second_first(head, "5. Tổ chức thực hiện")
    assert not second_first(head, head)
