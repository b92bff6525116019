"""The record of a hand-over, the cover and the closing certificate, reopened; and PDF made from papers."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import docx
import pypdfium2
import pytest
from pypdf import PdfReader
from specimen import ESCAPE, complete, ended, finished, holding, report

from dossier.errors import UsageError
from dossier.model import Fact, FactSource, Office
from dossier.scanner._exec import libreoffice
from dossier.usecases import papers
from reports.papers import closing, handover
from reports.papers import report as report_paper

OFFICE = Office("Công an tỉnh A", "Công an xã B", "CAX", "B", "Phòng PV05", "Trưởng Công an xã", "Lê Văn C")
needs_writer = pytest.mark.skipif(
    libreoffice.converter(libreoffice.TO_PDF) is None, reason="LibreOffice Writer is not here"
)


def text(made: bytes) -> str:
    paper = docx.Document(io.BytesIO(made))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in paper.paragraphs), *cells])


def test_record_names_grounds_both_sides_quantities_and_condition() -> None:
    said = text(papers.handover(replace(finished(ended(complete()), complete()), office=OFFICE), "docx"))
    for expected in (
        "Căn cứ Nghị định số 30/2020/NĐ-CP", "Chúng tôi gồm:", "BÊN GIAO: Công an xã B", "BÊN NHẬN",
        "a) Đối với hồ sơ, tài liệu giấy", "- Tổng số hồ sơ: 01 (viết bằng chữ: một).",
        "- Tổng số tệp tin trong hồ sơ: 01", "01 hồ sơ đầy đủ", "ĐẠI DIỆN BÊN NHẬN",
    ):  # fmt: skip
        assert expected in said


def test_record_has_place_and_day_as_the_annex_and_no_number() -> None:
    said = text(papers.handover(replace(finished(), office=OFFICE), "docx"))
    assert "B, ngày …. tháng …. năm" in said
    assert "Số: …" not in said and "Hôm nay" not in said and "Chức vụ công tác:" in said


@pytest.mark.parametrize("paper", [papers.handover, papers.inventory])
def test_papers_of_a_hand_over_bear_the_last_code_of_the_log(paper: Callable[..., bytes]) -> None:
    of = replace(finished(ended(complete())), office=OFFICE)
    said = text(paper(replace(of, log_head="0123456789abcdef" * 4), "docx"))
    assert "01234567 89abcdef" in said and "nhật ký" in said
    assert "nhật ký" not in text(paper(of, "docx"))


def test_years_are_those_of_the_documents_and_blank_without_any() -> None:
    assert "năm 2023." in handover.lines([complete()])[1]
    undated = replace(complete(), facts={"founded": Fact(None)})
    assert "………" in handover.lines([holding(undated)])[1]


def test_name_of_a_unit_breaks_no_file() -> None:
    odd = replace(report(), office=Office(name=f"UBND{ESCAPE} <xã>"))
    assert "<xã>" in text(handover.docx(odd, ()))


def test_same_report_gives_the_same_bytes() -> None:
    assert handover.docx(report(), ()) == handover.docx(report(), ())


def test_other_format_is_refused() -> None:
    with pytest.raises(UsageError):
        papers.handover(report(), "xlsx")


def test_cover_bears_title_symbol_days_and_sheets() -> None:
    one = replace(complete(), facts={**complete().facts, "symbol": Fact("01.MH", FactSource.PERSON)})
    said = text(closing.cover(one, OFFICE))
    for expected in ("HỒ SƠ", "Số, ký hiệu: 01.MH", "Từ ngày 05/03/2023 đến ngày 05/03/2023", "Gồm: 2 tờ"):
        assert expected in said


def test_closing_certificate_counts_sheets_in_figures_and_words() -> None:
    said = "\n".join(closing.lines(complete()))
    assert "2 tờ/trang (viết bằng chữ: hai), được đánh số từ số 1 đến số 2" in said


def test_closing_certificate_leaves_blank_what_nobody_counted() -> None:
    word = replace(complete().documents[0], format="docx")
    assert "……… tờ/trang, được đánh số từ số ……… đến số ………" in closing.lines(holding(complete(), word))[1]


def test_every_paper_keeps_the_margins_and_letters_of_the_decree() -> None:
    office, day = OFFICE, date(2026, 1, 2)
    for made in (
        report_paper.docx(report()), closing.cover(complete(), office),
        closing.certificate(complete(), office, day),
        handover.docx(report(), ()), papers.inventory(finished(), "docx"),
    ):  # fmt: skip
        paper = docx.Document(io.BytesIO(made))
        section = paper.sections[0]
        assert 20 <= section.top_margin.mm <= 25 and 20 <= section.bottom_margin.mm <= 25
        assert 30 <= section.left_margin.mm <= 35 and 15 <= round(section.right_margin.mm) <= 20
        assert paper.styles["Normal"].font.name == "Times New Roman"
        assert paper.core_properties.title
        width = round(section.page_width.mm - section.left_margin.mm - section.right_margin.mm)
        for table in paper.tables:
            assert sum(column.width.mm for column in table.columns) <= width + 1


@needs_writer
def test_a_paper_becomes_pdf_a_on_pages_of_a4_with_its_words() -> None:
    made = papers.handover(replace(finished(), office=OFFICE), "pdf")
    read = PdfReader(io.BytesIO(made))
    width, height = (float(side) * 25.4 / 72 for side in read.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (210, 297)
    assert "Giao nhận hồ sơ" in pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()
    metadata = read.trailer["/Root"]["/Metadata"].get_data()
    assert b"pdfaid:part>2<" in metadata and "Giao nhận".encode() in metadata


def test_without_libreoffice_a_pdf_is_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "converter", lambda how: None)
    with pytest.raises(UsageError, match="LibreOffice") as refused:
        papers.handover(finished(), "pdf")
    assert ".docx" in refused.value.advice


def test_a_formal_report_says_nothing_of_files_and_commands() -> None:
    said = text(report_paper.docx(report()))
    assert "dossier " not in said and "mo-hinh/" not in said and "HD22" not in said
