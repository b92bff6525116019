"""Number and day that are pasted into a form as pictures are read; those in its text are not looked for."""

from __future__ import annotations

import font_roboto
import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from dossier.scanner.readers import Limits
from dossier.scanner.readers.filled_in import may_be_pasted
from dossier.scanner.readers.pdf import PdfReader
from dossier.scanner.recognise import recognise
from dossier.scanner.recognise.evidence import weighed

HEAD = "CÔNG AN XÃ A\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: {}/KH-CAX\tA, ngày {} tháng 8 năm 2025\n"


@pytest.mark.parametrize(
    ("text", "is_"),
    [
        (HEAD.format("   ", "14"), True),
        (HEAD.format("47", "   "), True),
        (HEAD.format("47", "14"), False),
        ("PHỤ LỤC\nSố:   /KH-CAX", False),
        (HEAD.format("", "") + "\n\n\nCăn cứ Kế hoạch số 12/KH-UBND ngày 05/3/2024", True),
    ],
)
def test_only_a_head_with_an_open_place_may_be_pasted(text: str, is_: bool) -> None:
    assert may_be_pasted(text) is is_


@pytest.mark.slow  # OCR
@pytest.mark.usefixtures("needs_tesseract")
def test_number_and_day_pasted_as_pictures_are_those_of_the_paper() -> None:
    document = FPDF(unit="pt", format="A4")
    document.add_font("Roboto", "", font_roboto.Roboto)
    document.set_font("Roboto", size=13)
    document.add_page()
    for x, y, text in (
        (60, 60, "CÔNG AN XÃ HÀM THUẬN"),
        (280, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (330, 80, "Độc lập - Tự do - Hạnh phúc"),
        (70, 110, "Số:"),
        (130, 110, "/KH-CAX"),
        (300, 110, "Hàm Thuận, ngày"),
        (430, 110, "tháng 8 năm 2025"),
        (260, 160, "KẾ HOẠCH"),
        (180, 180, "Tuần tra, kiểm soát dịp Quốc khánh 02/9"),
    ):
        document.text(x, y, text)
    for row in range(8):
        document.text(60, 240 + 20 * row, "Lực lượng bảo vệ an ninh trật tự cùng tuần tra trên địa bàn xã.")
    for x, figures in ((98, "475"), (402, "14")):
        picture = Image.new("RGB", (120, 56), "white")
        font = ImageFont.truetype(font_roboto.Roboto, 54)
        ImageDraw.Draw(picture).text((4, -4), figures, font=font, fill="navy")
        document.image(picture, x=x, y=98, w=30, h=14)
    content = PdfReader().read(bytes(document.output()), Limits())
    (paper,) = weighed(recognise(content), content, "x.pdf")
    assert (paper.header.number_symbol, str(paper.header.date)) == ("475/KH-CAX", "2025-08-14")
    assert not paper.header.draft
    assert paper.text.startswith("CÔNG AN XÃ HÀM THUẬN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n")
