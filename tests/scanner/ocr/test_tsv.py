from __future__ import annotations

from dossier.scanner.ocr.tesseract import parse_tsv

HEAD = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext\n"


def table(*rows: tuple[int, int, str]) -> str:
    """Tesseract's table of words: paragraph, left edge, text."""
    words = [
        f"5\t1\t1\t{par}\t1\t{n}\t{left}\t10\t50\t30\t90.0\t{word}"
        for n, (par, left, word) in enumerate(rows, 1)
    ]
    return HEAD + "\n".join(words)


def test_lines_are_told_apart() -> None:
    seen = parse_tsv(table((1, 100, "UBND"), (1, 160, "XÃ"), (2, 100, "Hai")), 1000, 1000)
    assert [[word.text for word in line.words] for line in seen.lines] == [["UBND", "XÃ"], ["Hai"]]
    assert seen.confidence == 0.9


def test_words_know_their_place_and_how_surely_they_were_read() -> None:
    word = parse_tsv(table((1, 100, "UBND")), 1000, 100).lines[0].words[0]
    assert (word.box.left, word.box.top, word.box.right, word.box.bottom) == (0.1, 0.1, 0.15, 0.4)
    assert word.confidence == 0.9


def test_a_word_with_the_rule_below_it_is_as_tall_as_its_line() -> None:
    rows = [(100, 10, 30), (160, 6, 70), (220, 12, 30), (280, 11, 30)]
    words = [
        f"5\t1\t1\t1\t1\t{n}\t{left}\t{top}\t50\t{tall}\t90.0\tw" for n, (left, top, tall) in enumerate(rows)
    ]
    boxes = [word.box for word in parse_tsv(HEAD + "\n".join(words), 1000, 1000).lines[0].words]
    assert [(box.top, box.bottom) for box in boxes] == [
        (0.01, 0.04), (0.01, 0.042), (0.012, 0.042), (0.011, 0.041),
    ]  # fmt: skip


def test_a_word_as_flat_as_a_mark_is_as_tall_as_its_line_and_a_dash_stays_flat() -> None:
    rows = [("DỰNG", 30, 3), ("PHONG", 10, 30), ("-", 22, 3), ("TRÀO", 8, 34)]
    words = [
        f"5\t1\t1\t1\t1\t{n}\t{100 * n}\t{top}\t50\t{tall}\t90.0\t{text}"
        for n, (text, top, tall) in enumerate(rows)
    ]
    boxes = [word.box for word in parse_tsv(HEAD + "\n".join(words), 1000, 1000).lines[0].words]
    assert [(box.top, box.bottom) for box in boxes] == [
        (0.01, 0.04), (0.01, 0.04), (0.022, 0.025), (0.008, 0.042),
    ]  # fmt: skip


def test_a_table_that_says_nothing_gives_no_line() -> None:
    assert parse_tsv(HEAD + "5\t1\t1\t1\t1\t1\t0\t0\t5\t5\t-1\t \ncut off\t1", 10, 10).lines == ()
