"""Reports to be read as they are: Word, plain text, the terminal."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import docx
import pytest
from rich.console import Console
from specimen import ESCAPE, complete, incomplete, many, report

import reports
from dossier.model import (
    ComplianceReport,
    Fact,
    FactSource,
    FieldReading,
    FieldSource,
    Office,
    Outside,
    Unsorted,
    in_brief,
)
from reports.screen.archive import summary
from reports.screen.document import document_view
from reports.screen.dossier import dossier_view


def plain() -> str:
    return reports.render("txt", report()).decode()


def screen(what: object, width: int) -> str:
    out = io.StringIO()
    Console(file=out, width=width, highlight=False).print(what)
    return out.getvalue()


def everything(width: int) -> str:
    shown = [
        summary(in_brief(report())),
        dossier_view(incomplete()),
        dossier_view(complete()),
    ]
    shown += [document_view(document) for document in report().documents]
    return "\n".join(screen(what, width) for what in shown)


def test_docx_is_a4_in_times_new_roman() -> None:
    made = docx.Document(io.BytesIO(reports.render("docx", report())))
    section = made.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert made.styles["Normal"].font.name == "Times New Roman"


def test_docx_has_a_row_for_every_dossier() -> None:
    made = docx.Document(io.BytesIO(reports.render("docx", report())))
    assert len(made.tables[2].rows) == 1 + len(report().dossiers)


def test_docx_is_headed_and_signed_as_an_office_does_it() -> None:
    made = docx.Document(io.BytesIO(reports.render("docx", report())))
    head = "\n".join(cell.text for table in made.tables[:2] for row in table.rows for cell in row.cells)
    foot = "\n".join(cell.text for row in made.tables[-1].rows for cell in row.cells)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head and "Số: ……/BC" in head and "năm 2026" in head
    assert "Nơi nhận:" in foot and "THỦ TRƯỞNG ĐƠN VỊ" in foot


def test_docx_names_what_is_missing() -> None:
    made = docx.Document(io.BytesIO(reports.render("docx", report())))
    assert any("Thiếu Kế hoạch khảo sát" in paragraph.text for paragraph in made.paragraphs)


def test_docx_repeats_the_head_of_its_table() -> None:
    made = docx.Document(io.BytesIO(reports.render("docx", report())))
    assert "w:tblHeader" in made.tables[2].rows[0]._tr.xml


def test_plain_text_keeps_each_line_short_enough_for_mail() -> None:
    assert max(map(len, plain().splitlines())) <= 100


def test_plain_text_holds_no_control_character() -> None:
    assert all(char == "\n" or char.isprintable() for char in plain())


def test_plain_text_names_what_is_missing() -> None:
    assert "Thiếu Kế hoạch khảo sát (mục 1)." in plain()


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_on_the_screen_is_wider_than_it(width: int) -> None:
    assert max(map(len, everything(width).splitlines())) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_nothing_on_the_screen_is_cut_short(width: int) -> None:
    assert "…" not in screen(summary(in_brief(report())), width)


def test_an_escape_sequence_in_a_name_never_reaches_the_screen() -> None:
    assert "\x1b" not in everything(80)


def test_names_that_hold_escape_sequences_are_disarmed_wherever_they_stand() -> None:
    bad = f"A{ESCAPE}"
    odd = replace(incomplete(), name=bad, path=f"mo-hinh/{bad}")
    around = replace(report(odd), outside=Outside((bad,)), problems=(bad,))
    shown = screen(summary(in_brief(around)), 120) + screen(dossier_view(odd), 120)
    assert "\x1b" not in shown


def test_square_brackets_in_a_name_are_no_markup() -> None:
    odd = replace(complete(), name="[red]Tổ 5[/red]")
    assert "[red]Tổ 5[/red]" in screen(summary(in_brief(report(odd))), 120)


def test_the_summary_says_how_many_dossiers_are_complete() -> None:
    assert "2 hồ sơ: 1 đầy đủ, 1 chưa đầy đủ" in " ".join(screen(summary(in_brief(report())), 120).split())


def test_the_summary_of_an_ordinary_archive_names_each_dossier() -> None:
    shown = screen(summary(in_brief(many(40))), 120)
    assert all(f"Mô hình số {number}" in shown for number in range(40))


def test_the_summary_of_a_large_archive_names_incomplete_ones_and_says_where_all_are() -> None:
    mixed = (
        replace(complete() if n % 2 else incomplete(), path=f"mo-hinh/{n}", name=f"Số {n}!")
        for n in range(100)
    )
    shown = " ".join(screen(summary(in_brief(report(*mixed))), 120).split())
    assert "Số 0!" in shown
    assert "Số 1!" not in shown
    assert "dossier report -o" in shown


def test_an_archive_without_dossiers_is_told_what_a_dossier_is() -> None:
    known = report()
    empty = ComplianceReport("/kho", known.scanned_at, known.today, (), unsorted=Unsorted.NO_DOSSIER)
    assert "dossier new" in " ".join(screen(summary(in_brief(empty)), 80).split())


def test_a_document_under_review_shows_why_it_was_taken_for_what_it_is() -> None:
    shown = screen(document_view(incomplete().documents[0]), 80)
    assert "tên loại" in shown and "dossier assign" in shown


def test_a_dossier_says_how_to_learn_about_a_rule() -> None:
    assert "dossier explain" in screen(dossier_view(incomplete()), 80)


def test_a_dossier_flags_retention_nobody_verified() -> None:
    assert "chưa đối chiếu" in " ".join(screen(dossier_view(incomplete()), 80).split())


def test_square_brackets_in_an_abstract_are_no_markup() -> None:
    header = replace(incomplete().documents[0].header, abstract="V/v [/x] camera [red]đỏ")
    shown = screen(document_view(replace(incomplete().documents[0], header=header)), 120)
    assert "V/v [/x] camera [red]đỏ" in shown


def test_square_brackets_in_a_declared_fact_are_no_markup() -> None:
    facts = {"unit": Fact("Tổ [/x] 5", FactSource.DECLARED, "hoso.toml")}
    assert "Tổ [/x] 5" in screen(dossier_view(replace(complete(), facts=facts)), 120)


def test_the_unit_and_its_signer_stand_in_the_report() -> None:
    office = Office(
        "Công an tỉnh A", "Công an xã B", "CAX", "B", "Phòng PV05", "Trưởng Công an xã", "Lê Văn C"
    )
    made = docx.Document(io.BytesIO(reports.render("docx", replace(report(), office=office))))
    cells = "\n".join(cell.text for table in made.tables for row in table.rows for cell in row.cells)
    assert "CÔNG AN TỈNH A\nCÔNG AN XÃ B" in cells and "/BC-CAX" in cells and "B, ngày" in cells
    assert "TRƯỞNG CÔNG AN XÃ" in cells and "Lê Văn C" in cells
    assert any(paragraph.text == "Kính gửi: Phòng PV05" for paragraph in made.paragraphs)
    assert made.core_properties.author == "Công an xã B"


def test_a_formal_report_bears_no_codes_of_the_program() -> None:
    made = docx.Document(io.BytesIO(reports.render("docx", report())))
    told = [paragraph.text for paragraph in made.paragraphs]
    told += [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert not [text for text in told if re.search(r"\b(MH|DH|TT|TH|TV|XL|LK|BQ)-\d\d\b", text)]


def test_parts_of_the_report_are_headings_that_a_reader_can_jump_to() -> None:
    made = docx.Document(io.BytesIO(reports.render("docx", report())))
    heads = [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "Heading 1"]
    assert len(heads) == 4 and heads[0].startswith("1. ")


def test_a_field_that_was_not_read_for_certain_is_told_with_what_it_may_be() -> None:
    paper = incomplete().documents[0]
    unsure = FieldReading(0.6, FieldSource.HANDWRITING, ("2023-03-05", "2023-03-08"))
    fields = {"date": unsure, "type": FieldReading(0.98, FieldSource.OCR)}
    header = replace(paper.header, date=None, partial_date="2023-03", fields=fields)
    shown = screen(document_view(replace(paper, header=header)), 120)
    assert "Chưa đọc chắc: ngày; có thể là: 05/03/2023, 08/03/2023" in shown
    assert "Chưa đọc chắc: loại" not in shown
