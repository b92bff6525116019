"""CSV and the workbook: complete, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace

import pytest
from specimen import FORMULA, report

import reports
from reports.csv import harmless
from reports.sheet import xlsx_bytes as sheet_bytes


def rows() -> list[list[str]]:
    return list(csv.reader(io.StringIO(reports.render("csv", report()).decode("utf-8-sig"))))


def sheets() -> dict[str, str]:
    book = zipfile.ZipFile(io.BytesIO(reports.render("xlsx", report())))
    return {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}


def test_csv_begins_with_the_mark_by_which_excel_knows_utf8() -> None:
    assert reports.render("csv", report()).startswith(b"\xef\xbb\xbf")


def test_csv_has_one_row_for_each_part() -> None:
    parts = sum(len(item.parts) for dossier in report().dossiers for item in dossier.items)
    assert len(rows()) == 1 + parts


def test_csv_rows_are_all_as_wide_as_the_head() -> None:
    assert {len(row) for row in rows()} == {len(rows()[0])}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_looks_like_a_formula_is_disarmed(text: str) -> None:
    assert harmless(text) == "'" + text.replace("\r", "�")


@pytest.mark.parametrize("text", ["a;=1+1", "a; =1", 'a;"=1', "a;@SUM(A1)", "a;+1", "a;＝1", "=1;=1"])
def test_no_cell_is_a_formula_where_semicolons_part_cells(text: str) -> None:
    cells = [cell.strip(' "') for cell in harmless(text).split(";")]
    assert not any(cell.startswith(("=", "+", "-", "@", "＝")) for cell in cells)


@pytest.mark.parametrize("text", ["", "6a", "Camera an ninh", "a=b", "a; b; c.pdf"])
def test_an_ordinary_cell_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_no_csv_cell_can_be_taken_for_a_formula() -> None:
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows() for cell in row)


def test_a_line_end_in_a_name_stays_within_its_cell() -> None:
    assert all(len(row) == len(rows()[0]) for row in rows())


def test_workbook_has_its_five_sheets() -> None:
    names = ("Tổng hợp", "Ma trận", "Phát hiện", "Văn bản", "Chưa đọc")
    assert all(f'name="{name}"' in sheets()["xl/workbook.xml"] for name in names)


def test_workbook_holds_no_formula() -> None:
    assert not any("<f>" in text for name, text in sheets().items() if "worksheets" in name)


def test_workbook_holds_no_link() -> None:
    assert not any("<hyperlink" in text for text in sheets().values())


def test_workbook_keeps_a_name_like_a_formula_as_text() -> None:
    assert (
        FORMULA.replace('"', "&quot;") in sheets()["xl/sharedStrings.xml"]
        or FORMULA in sheets()["xl/sharedStrings.xml"]
    )


def test_mark_that_turns_a_name_round_is_seen_in_a_workbook() -> None:
    books = [sheet_bytes("a", ["Tệp"], [["\u202efdp.exe\x1b"]])]
    turned = replace(report().dossiers[0], name="\u202efdp.exe")
    books.append(reports.render("xlsx", replace(report(), dossiers=(turned,))))
    for book in books:
        with zipfile.ZipFile(io.BytesIO(book)) as packed:
            text = "".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))
        assert "\N{REPLACEMENT CHARACTER}fdp.exe" in text
        assert not {"\u202e", "\x1b"} & set(text)


def test_workbook_sheets_are_frozen_and_filtered() -> None:
    made = [text for name, text in sheets().items() if name.startswith("xl/worksheets/sheet")]
    assert len(made) == 7 and all("<pane" in text and "<autoFilter" in text for text in made)


@pytest.mark.parametrize("name", ["xlsx", "docx"])
def test_no_file_of_the_package_carries_the_time_of_its_making(name: str) -> None:
    package = zipfile.ZipFile(io.BytesIO(reports.render(name, report())))
    assert {entry.date_time[:3] for entry in package.infolist()} == {(1980, 1, 1)}


def test_every_row_is_printed_on_one_page_and_large_enough_to_be_read() -> None:
    found = sheets()
    areas = dict(
        re.findall(
            r"_xlnm.Print_Area[^>]*localSheetId=\"(\d+)\"[^>]*>[^!]*!\$A\$1:\$([A-Z])\$",
            found["xl/workbook.xml"],
        )
    )
    for name, xml in found.items():
        if "worksheets/" not in name:
            continue
        last = areas.get(str(int(name[len("xl/worksheets/sheet") : -4]) - 1), "Z")
        widths = re.findall(r'<col min="(\d+)" max="\d+" width="([\d.]+)"', xml)
        assert sum(float(width) for at, width in widths if int(at) <= ord(last) - 64) < 175, name
        assert 'fitToHeight="0"' in xml, name
        assert ("cột xem trong tệp" in xml) == (last != "Z"), name
