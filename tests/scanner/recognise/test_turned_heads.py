"""An abstract ends where its title does, also on a page that lies on its side or is upside down."""

from __future__ import annotations

import io

import font_roboto
import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader as Structure
from pypdf import PdfWriter

from dossier.model import Box
from dossier.scanner.readers import Limits
from dossier.scanner.readers.pdf import PdfReader
from dossier.scanner.recognise import recognise
from dossier.scanner.recognise.frame import as_read
from dossier.scanner.recognise.lines import lines_of

TITLE = ("Phê duyệt Điều lệ (sửa đổi, bổ sung)", "Hiệp hội Doanh nghiệp tỉnh nhiệm kỳ 2025-2030")
BODY = (
    "Hội nghị thống nhất nội dung đã trình và giao các đơn vị có liên quan",
    "triển khai thực hiện, báo cáo kết quả theo quy định hiện hành của tỉnh",
    "trong thời hạn đã nêu.",
)


def turned_paper(degrees: int) -> bytes:
    document = FPDF(unit="pt", format=(595, 842))
    document.add_font("Roboto", "", font_roboto.Roboto)
    document.set_font("Roboto", size=13)
    document.add_page()
    centred = ["QUYẾT ĐỊNH", *TITLE]
    for row, line in enumerate(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]):
        document.text(300, 60 + 18 * row, line)
    document.text(70, 60, "UBND TỈNH BÌNH THUẬN")
    document.text(85, 96, "Số: 12/QĐ-UBND")
    document.text(320, 96, "Bình Thuận, ngày 05 tháng 3 năm 2024")
    for row, line in enumerate(centred):
        document.text(310 - document.get_string_width(line) / 2, 140 + 18 * row, line)
    for row, line in enumerate(BODY):
        document.text(70 + (30 if row == 0 else 0), 220 + 18 * row, line)
    writer = PdfWriter(clone_from=Structure(io.BytesIO(bytes(document.output()))))
    writer.pages[0].rotate(degrees)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_title_of_a_turned_page_is_read_whole(degrees: int) -> None:
    (document,) = recognise(PdfReader().read(turned_paper(degrees), Limits(ocr=False)))
    assert document.header.abstract == " ".join(TITLE)


def turned(box: Box, degrees: int) -> Box:
    for _quarter in range(degrees // 90):  # clockwise
        box = Box(1 - box.bottom, box.left, 1 - box.top, box.right)
    return box


@given(
    st.lists(st.tuples(st.floats(0, 0.3), st.floats(0.5, 1)), min_size=3, max_size=12),
    st.sampled_from([0, 90, 180, 270]),
)
def test_boxes_of_lines_are_those_of_the_page_as_read(edges: list[tuple[float, float]], degrees: int) -> None:
    lines = lines_of("\n".join(["một dòng văn bản dài trên trang"] * len(edges)), len(edges))
    boxes = [Box(left, 0.1 + 0.05 * row, right, 0.12 + 0.05 * row) for row, (left, right) in enumerate(edges)]
    found = as_read(lines, [turned(box, degrees) for box in boxes])
    for box, own in zip(found, boxes, strict=True):
        assert box == pytest.approx(own)
