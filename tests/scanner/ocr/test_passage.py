"""The abstract of a scanned page is read again, word for word."""

from __future__ import annotations

from PIL import Image

from dossier.model import Box, Word
from dossier.scanner.ocr.interface import Recognised, TextLine
from dossier.scanner.ocr.passage import looked_again

PAGE = Image.new("RGB", (1000, 1400), "white")
PLACE = Box(0.1, 0.2, 0.9, 0.215)


def line(text: str, box: Box = PLACE) -> TextLine:
    """Words spread over a box."""
    words, wide = text.split(), (box.right - box.left) / max(len(text.split()), 1)
    return TextLine(
        tuple(
            Word(word, Box(box.left + at * wide, box.top, box.left + (at + 0.9) * wide, box.bottom), 0.8)
            for at, word in enumerate(words)
        )
    )


def again(page: str, *looks: str) -> tuple[Word, ...]:
    """The words of the passage, when the page and then each look at it say this."""
    answers = iter(looks)
    within = Box(0.06, 0.35, 0.94, 0.65)  # of the piece that is cut out
    seen = Recognised((line("Số: 12/QĐ-UBND", Box(0.1, 0.1, 0.3, 0.11)), line(page)))
    found = looked_again(seen, PLACE, PAGE, lambda _piece: Recognised((line(next(answers), within),)))
    assert found.lines[0] == seen.lines[0]  # what stands elsewhere stays
    return tuple(word for one in found.lines[1:] for word in one.words)


def said(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)


def surest(words: tuple[Word, ...]) -> float:
    return min(word.confidence or 0.0 for word in words)


def test_what_all_looks_read_alike_is_sure() -> None:
    words = again(*["bổ nhiệm cán bộ của tỉnh Quảng Ngãi"] * 4)
    assert said(words) == "bổ nhiệm cán bộ của tỉnh Quảng Ngãi"
    assert surest(words) >= 0.95


def test_the_reading_that_is_a_known_word_wins_over_more_votes() -> None:
    words = again(
        "trao đôi về quy định", "trao đổi về quy định", "trao đôi về quy định", "trao đối về quy định"
    )
    assert said(words) == "trao đổi về quy định"


def test_what_only_one_look_sees_and_is_no_word_is_left_out_and_leaves_doubt() -> None:
    words = again(
        "thi hành án hành chính CV T56: L2) | trên địa bàn", "thi hành án hành chính CV15 †. ng trên địa bàn",
        "thi hành án hành chính im7 trên địa bàn", "thi hành án hành chính |) ]] trên địa bàn",
    )  # fmt: skip
    assert said(words) == "thi hành án hành chính trên địa bàn"
    assert surest(words) < 0.8


def test_a_word_that_no_two_looks_read_alike_is_in_doubt() -> None:
    words = again("xã Chiềng Ken", "xã Chiêng Ken", "xã Chiếng Kon", "xã Chiễng Kan")
    assert surest(words) < 0.8


def test_a_small_word_that_fits_beside_neither_neighbour_is_in_doubt() -> None:
    words = again(*["hóa chất hiểm băng phẩm"] * 4)
    assert surest(words) < 0.8


def test_a_passage_that_no_look_reads_stays_as_the_page_has_it() -> None:
    words = again("kế hoạch số 5", "", "", "")
    assert said(words) == "kế hoạch số 5"


def test_a_dash_between_words_stays() -> None:
    words = again(*["phát triển kinh tế - xã hội của tỉnh"] * 4)
    assert said(words) == "phát triển kinh tế - xã hội của tỉnh"


def test_words_of_a_line_stand_as_high_as_most_of_them() -> None:
    words = again(*["bổ nhiệm cán bộ của tỉnh Quảng Ngãi"] * 4)
    assert len({(word.box.top, word.box.bottom) for word in words}) == 1


def test_the_first_quarter_is_in_doubt_for_its_figure_looks_like_a_letter() -> None:
    assert surest(again(*["nhiệm vụ trọng tâm Quý 1/2026"] * 4)) < 0.75
    assert surest(again(*["nhiệm vụ trọng tâm Quý 12/2026"] * 4)) >= 0.75
