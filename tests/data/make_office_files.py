"""Makes the office files beside it from one Vietnamese text, with LibreOffice (soffice on the path).

    python tests/data/make_office_files.py

``quyet-dinh.*`` is a decision with its two-column head, a table of members, a page header and a
page break; ``danh-sach.*`` a workbook of two sheets; ``trinh-chieu.*`` two slides.
``*.txt`` hold every word that must come back. ``giua-trang.*`` has centred paragraphs: by their own
alignment, with a line break, by a style, and in a table.
"""

from __future__ import annotations

import subprocess
import tempfile
from datetime import date
from pathlib import Path

import docx
import xlsxwriter
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH

HERE = Path(__file__).parent

LEFT = ("ỦY BAN NHÂN DÂN", "XÃ HÀM THẮNG", "Số: 12/QĐ-UBND")
RIGHT = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Hàm Thắng, ngày 05 tháng 3 năm 2023",
)
BODY = (
    "QUYẾT ĐỊNH",
    "Về việc thành lập mô hình “Camera an ninh” và Ban Chỉ đạo mô hình",
    "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ HÀM THẮNG",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều "
    "của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019;",
    "Căn cứ Hướng dẫn số 22/HD-BCA-V05 ngày 18/11/2022 của Bộ Công an về xây dựng, nhân rộng mô hình, "
    "điển hình tiên tiến trong phong trào toàn dân bảo vệ an ninh Tổ quốc;",
    "Điều 1. Thành lập mô hình tại thôn Kim Ngọc gồm các ông, bà có tên trong danh sách dưới đây.",
)
MEMBERS = (
    ("STT", "Họ và tên", "Chức vụ", "Nhiệm vụ"),
    ("1", "Nguyễn Văn Thạnh", "Trưởng thôn Kim Ngọc", "Trưởng mô hình"),
    ("2", "Trần Thị Thuỷ", "Chi hội trưởng Phụ nữ", "Phó Trưởng mô hình"),
    ("3", "Đặng Hữu Nghĩa", "Công an viên thường trực", "Thành viên"),
    ("4", "Lê Quỳnh Như", "Bí thư Chi đoàn thanh niên", "Thành viên"),
)
END = (
    "Điều 2. Ban Chỉ đạo hoạt động theo quy chế được Chủ tịch Ủy ban nhân dân xã phê duyệt; sinh hoạt định "
    "kỳ mỗi quý một lần, kinh phí 1.500.000 đồng/quý.",
    "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.",
)
SECOND_PAGE = ("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, CAX.", "CHỦ TỊCH", "Phạm Ngọc Ẩn")
HEADER = "Hồ sơ mô hình Camera an ninh"
SHEETS = {
    "Thành viên": (*MEMBERS, ("5", "", "", "")),
    "Hoạt động": (
        ("Ngày", "Nội dung", "Kinh phí", "Đạt"),
        (date(2023, 3, 5), "Họp Ban Chỉ đạo", 1500000, 0.5),
        (date(2024, 12, 31), "Tổng kết năm", 2000000, 12.25),
    ),
}

# Text, style, alignment of each paragraph.
CENTRED = (
    ("BÁO CÁO", None, WD_ALIGN_PARAGRAPH.CENTER),
    ("Kết quả hoạt động\ncủa Tổ bảo vệ", None, WD_ALIGN_PARAGRAPH.CENTER),
    ("Nhà máy đường Tân Hội", "Below", None),
    ("Nhà máy có 410 lao động", None, WD_ALIGN_PARAGRAPH.JUSTIFY),
    ("Làm việc ba ca", "Below", WD_ALIGN_PARAGRAPH.LEFT),
)

# Flat OpenDocument: two slides, the first with notes.
SLIDES = """<?xml version="1.0" encoding="UTF-8"?>
<office:document office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.presentation"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">
<office:automatic-styles><style:page-layout style:name="PM1"/></office:automatic-styles>
<office:master-styles><style:master-page style:name="Default" style:page-layout-name="PM1"/>
</office:master-styles>
<office:body><office:presentation>
<draw:page draw:name="p1" draw:master-page-name="Default">
<draw:frame svg:width="20cm" svg:height="3cm" svg:x="1cm" svg:y="1cm"><draw:text-box>
<text:p>BÁO CÁO SƠ KẾT MÔ HÌNH</text:p>
<text:p>Camera an ninh xã Hàm Thắng</text:p></draw:text-box></draw:frame>
<presentation:notes><draw:frame svg:width="10cm" svg:height="3cm"><draw:text-box>
<text:p>Ghi chú: nhắc lại số liệu quý trước</text:p></draw:text-box></draw:frame></presentation:notes>
</draw:page>
<draw:page draw:name="p2" draw:master-page-name="Default">
<draw:frame svg:width="20cm" svg:height="5cm" svg:x="1cm" svg:y="1cm"><draw:text-box><text:list>
<text:list-item><text:p>Lắp đặt 45 mắt camera tại các ngõ</text:p></text:list-item>
<text:list-item><text:p>Phát hiện, xử lý 12 vụ việc; giữ vững an ninh trật tự</text:p></text:list-item>
</text:list></draw:text-box></draw:frame>
<draw:custom-shape svg:width="8cm" svg:height="3cm" svg:x="1cm" svg:y="10cm">
<text:p>Đặng Thị Thuỷ — Trưởng mô hình</text:p></draw:custom-shape>
</draw:page>
</office:presentation></office:body></office:document>
"""


def write_document(path: Path) -> None:
    """The decision as .docx."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = HEADER
    head = document.add_table(rows=1, cols=2)
    for cell, lines in zip(head.rows[0].cells, (LEFT, RIGHT), strict=True):
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
    for text in BODY:
        document.add_paragraph(text)
    table = document.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    for row in MEMBERS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for text in END:
        document.add_paragraph(text)
    document.add_page_break()
    for text in SECOND_PAGE:
        document.add_paragraph(text)
    document.save(str(path))


def write_centred(path: Path) -> None:
    """Paragraphs centred in several ways, as .docx."""
    document = docx.Document()
    centre = document.styles.add_style("Centre", WD_STYLE_TYPE.PARAGRAPH)
    centre.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles.add_style("Below", WD_STYLE_TYPE.PARAGRAPH).base_style = centre
    for text, style, alignment in CENTRED:
        document.add_paragraph(text, style).alignment = alignment
    cell = document.add_table(rows=1, cols=2).rows[0].cells[0]
    cell.paragraphs[0].text = "Trong ô"
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.save(str(path))


def write_workbook(path: Path) -> None:
    """The sheets as .xlsx."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in SHEETS.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write(number, column, value)
    book.close()


def convert(source: Path, *formats: str) -> None:
    """Other formats of a file, beside this script."""
    for format_ in formats:
        command = ["soffice", "--headless", "--convert-to", format_, "--outdir", str(HERE), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def main() -> None:
    """Make everything anew."""
    lines = (HEADER, *LEFT, *RIGHT, *BODY, *(cell for row in MEMBERS for cell in row), *END, *SECOND_PAGE)
    (HERE / "quyet-dinh.txt").write_text("\n".join(lines) + "\n", "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        document, workbook = Path(folder, "quyet-dinh.docx"), Path(folder, "danh-sach.xlsx")
        write_document(document)
        write_workbook(workbook)
        convert(document, "doc", "rtf", "odt", "html:HTML (StarWriter)")
        convert(workbook, "xls", "ods")
        centred = Path(folder, "giua-trang.docx")
        write_centred(centred)
        convert(centred, "doc", "rtf", "odt", "html:HTML (StarWriter)")
        slides = Path(folder, "trinh-chieu.fodp")
        slides.write_text(SLIDES, "utf-8")
        convert(slides, "odp", "ppt")
        (HERE / "danh-sach.xlsx").write_bytes(workbook.read_bytes())


if __name__ == "__main__":
    main()
