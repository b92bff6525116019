"""A line of a title as wide as the page belongs to it, if the sentence ends centred below."""

from __future__ import annotations

import pytest

from dossier.model import Box
from dossier.scanner.recognise.alignment import alignment_of, axis_of, layout_of
from dossier.scanner.recognise.lines import Line, lines_of


def line(text: str, left: float, right: float) -> Line:
    (made,) = lines_of(text, 1)
    return made._replace(box=Box(left, 0.2, right, 0.22))


TITLE = line("THÔNG BÁO", 0.45, 0.6)
ABOVE = line("ủy, Chủ tịch", 0.44, 0.61)
FULL = line("Ủy ban nhân dân tỉnh tại cuộc họp về tình hình triển khai", 0.145, 0.905)
LAST = line("các cụm công nghiệp trên địa bàn tỉnh", 0.27, 0.78)
BODY = line("cuộc họp về tình hình triển khai các cụm công nghiệp trên địa", 0.145, 0.905)
END = line("bàn tỉnh có đại biểu dự họp", 0.145, 0.5)


@pytest.mark.parametrize(
    ("below", "how"),
    [
        ([FULL, LAST], "centred"),
        ([FULL, BODY], ""),
        ([FULL, END], "indented"),
        ([FULL._replace(text=f"{FULL.text}."), LAST], ""),
        ([FULL, line("ĐIỀU KHOẢN CHUNG", 0.27, 0.78)], ""),
    ],
)
def test_a_line_of_the_whole_width_is_of_the_title_if_the_next_one_is(below: list[Line], how: str) -> None:
    layout = layout_of([TITLE, ABOVE, *below], scanned=False)
    assert alignment_of(below, ABOVE, layout, axis_of(TITLE, LAST)) == how
