"""PDF files: text layer, scans, damage, passwords."""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from made_files import SCANNED_LINES

from dossier.model import Reading, UnreadReason
from dossier.scanner import ocr
from dossier.scanner._exec import tesseract
from dossier.scanner.readers import Limits, ReadError
from dossier.scanner.readers.pdf import PdfReader

Build = Callable[..., bytes]
TEXT = "QUYẾT ĐỊNH\nVề việc thành lập mô hình Camera an ninh"


def refused(data: bytes, limits: Limits | None = None) -> ReadError:
    with pytest.raises(ReadError) as error:
        PdfReader().read(data, limits or Limits())
    return error.value


def locked(data: bytes) -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("mat-khau", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_text_layer_by_page_and_line(pdf: Build) -> None:
    content = PdfReader().read(pdf(TEXT, "Trang hai, có chữ đủ dài"), Limits())
    assert [page.text for page in content.pages] == [TEXT, "Trang hai, có chữ đủ dài"]
    assert {page.reading for page in content.pages} == {Reading.TEXT}


def test_password_is_asked_for(pdf: Build) -> None:
    assert refused(locked(pdf(TEXT))).unread.reason is UnreadReason.ENCRYPTED


def test_garbage_behind_the_magic_is_corrupt() -> None:
    assert refused(b"%PDF-1.7\n" + bytes(range(256)) * 20).unread.reason is UnreadReason.CORRUPT


def test_truncated_file_is_corrupt_or_says_so(pdf: Build) -> None:
    data = pdf(TEXT)
    assert refused(data[: len(data) // 3]).unread.reason is UnreadReason.CORRUPT


def test_missing_end_is_noted(pdf: Build) -> None:
    data = pdf(TEXT)
    content = PdfReader().read(data[: data.rindex(b"%%EOF")], Limits())
    assert TEXT in content.pages[0].text
    assert "cắt cụt" in content.notes[0]


def test_blank_pages_are_empty(pdf: Build) -> None:
    assert refused(pdf("")).unread.reason is UnreadReason.EMPTY


def test_pages_past_the_limit_are_noted(pdf: Build) -> None:
    content = PdfReader().read(pdf(TEXT, TEXT, TEXT), Limits(max_pages=2))
    assert len(content.pages) == 2
    assert content.notes == ("Chỉ đọc 2 trên 3 trang vì tệp quá dài.",)


def test_text_past_the_limit_is_cut_and_noted(pdf: Build) -> None:
    content = PdfReader().read(pdf(TEXT, TEXT), Limits(max_text_chars=30))
    assert sum(len(page.text) for page in content.pages) <= 30
    assert content.notes


def test_scan_is_read_by_ocr(scan: bytes, needs_tesseract: None) -> None:
    page = PdfReader().read(scan, Limits()).pages[0]
    truth = Counter(" ".join(SCANNED_LINES).split())
    right = sum((truth & Counter(page.text.split())).values())
    assert right / truth.total() >= 0.95
    assert page.reading is Reading.OCR
    assert page.confidence is not None
    assert 0.8 < page.confidence <= 1


def test_stamp_over_a_scan_does_not_pass_for_its_text(scan: bytes, pdf: Build, needs_tesseract: None) -> None:
    import pypdf

    page = pypdf.PdfReader(io.BytesIO(scan)).pages[0]
    stamp = pypdf.PdfReader(io.BytesIO(pdf("Người ký: UBND xã Hàm Thắng\nThời gian ký: 28.08.2024"))).pages[0]
    writer = pypdf.PdfWriter()
    writer.add_page(page).merge_page(stamp)
    out = io.BytesIO()
    writer.write(out)
    [read] = PdfReader().read(out.getvalue(), Limits()).pages
    assert read.reading is Reading.OCR
    assert "Điều 1. Thành lập mô hình" in read.text


def test_scan_without_ocr_names_what_is_lacking(scan: bytes) -> None:
    unread = refused(scan, Limits(ocr=False)).unread
    assert unread.reason is UnreadReason.UNSUPPORTED
    assert unread.lacks == ("tesseract",)


@pytest.mark.parametrize("engine", ["auto", "tesserocr", "tesseract"])
def test_scan_without_tesseract_gives_the_command(scan: bytes, without_engine: None, engine: str) -> None:
    unread = refused(scan, Limits(ocr_engine=engine)).unread
    assert unread.lacks == ("tesseract",)
    assert "Tesseract" in unread.detail and tesseract.install_command() in unread.detail


def test_engine_inside_the_process_needs_no_program(scan: bytes, only_inside: None) -> None:
    content = PdfReader().read(scan, Limits())
    assert content.pages[0].reading is Reading.OCR
    assert "tesseract" not in content.lacks


def test_program_asked_for_is_named_though_an_engine_is_there(scan: bytes, only_inside: None) -> None:
    unread = refused(scan, Limits(ocr_engine="tesseract")).unread
    assert unread.lacks == ("tesseract",)
    assert tesseract.install_command() in unread.detail


def test_program_reads_where_the_package_asked_for_is_missing(
    scan: bytes, needs_tesseract: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    ocr.engine.cache_clear()
    try:
        content = PdfReader().read(scan, Limits(ocr_engine="tesserocr"))
    finally:
        ocr.engine.cache_clear()
    assert content.pages[0].reading is Reading.OCR


def test_page_that_takes_tesseract_too_long_is_noted(scan: bytes, needs_tesseract: None) -> None:
    unread = refused(scan, Limits(ocr_page_seconds=0.01)).unread
    assert unread.reason is UnreadReason.UNSUPPORTED
    assert unread.lacks == ()


def test_scanned_pages_among_text_pages_are_noted(pdf: Build, scan: bytes) -> None:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(TEXT)))
    writer.append(io.BytesIO(scan))
    out = io.BytesIO()
    writer.write(out)
    content = PdfReader().read(out.getvalue(), Limits(ocr=False))
    assert [page.reading for page in content.pages] == [Reading.TEXT, Reading.NONE]
    assert "Trang chỉ có ảnh, chưa đọc được chữ: 2." in content.notes[0]
    assert content.lacks == ("tesseract",)


def test_pypdf_reads_where_pdfium_is_missing(pdf: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    content = PdfReader().read(pdf(TEXT), Limits())
    assert content.pages[0].text.split() == TEXT.split()


def test_pypdf_tells_a_password_too(pdf: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    data = locked(pdf(TEXT))
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert refused(data).unread.reason is UnreadReason.ENCRYPTED


def misnamed(*pages: str) -> bytes:
    """A PDF that shows the pages rightly, but whose font names every letter another one."""
    import font_roboto
    from fpdf import FPDF

    document = FPDF()
    document.set_compression(False)
    document.add_font("Roboto", "", font_roboto.Roboto)
    document.set_font("Roboto", size=13)
    for text in pages:
        document.add_page()
        for line in text.split("\n"):
            document.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")

    def another(pair: re.Match[bytes]) -> bytes:
        code = int(pair[2], 16)
        return b"<%s> <%04X>" % (pair[1], code + 0x2E if code > 0x40 else code)

    return re.sub(rb"<([0-9A-F]{4})> <([0-9A-F]{4})>(?=\n)", another, bytes(document.output()))


ORDER = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nQUYẾT ĐỊNH\nVề việc thành lập mô hình Camera an ninh\n"
    "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của\n"
    "Trưởng Công an xã, Ủy ban nhân dân xã ban hành quyết định này."
)


def test_pages_whose_font_names_other_letters_are_read_by_ocr(needs_tesseract: None) -> None:
    content = PdfReader().read(misnamed(ORDER, "Nơi nhận: Lưu văn thư"), Limits())
    assert [page.reading for page in content.pages] == [Reading.OCR, Reading.OCR]
    assert "QUYẾT ĐỊNH" in content.pages[0].text
    assert "văn thư" in content.pages[1].text  # too short to tell by itself
    assert any("1, 2" in note for note in content.notes)


def test_without_ocr_a_wrong_layer_is_no_text() -> None:
    assert refused(misnamed(ORDER), Limits(ocr=False)).unread.reason is UnreadReason.UNSUPPORTED
