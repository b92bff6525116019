"""The forms of a hand-over, reopened."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from python_calamine import CalamineWorkbook
from specimen import ESCAPE, complete, document, ended, finished, incomplete, report

from dossier.model import Fact, FactSource, Office
from reports import inventory


def tables(made: bytes) -> list[list[list[str]]]:
    return [[[c.text for c in row.cells] for row in t.rows] for t in docx.Document(io.BytesIO(made)).tables]


def sheet(made: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize(
    "form", [inventory.of_archive(finished()), inventory.of_dossier(complete(), Office(), date.today())]
)
def test_forms_have_the_seven_columns_of_the_decree(form: inventory.Form) -> None:
    assert len(form.columns) == 7 and all(len(row) == 7 for row in form.rows)


def test_inventory_counts_dossiers_in_figures_and_in_words() -> None:
    two = finished(ended(complete()), ended(complete()))
    assert inventory.of_archive(two).foot == (
        "Mục lục này gồm: 2 hồ sơ (đơn vị bảo quản). Viết bằng chữ: hai.",
    )


def test_open_dossiers_and_those_handed_over_are_not_listed() -> None:
    handed = replace(ended(complete()), facts={"handed_over": Fact(date(2026, 1, 5), FactSource.DECLARED)})
    form = inventory.of_archive(finished(complete(), handed, ended(complete())))
    assert len(form.rows) == 1 and not form.kept_rows


def test_finished_dossiers_that_lack_something_or_are_held_are_listed_apart() -> None:
    held = ended(complete())
    held = replace(held, retention=replace(held.retention, hold="đang thanh tra"))
    form = inventory.of_archive(finished(ended(incomplete()), held, ended(complete())))
    assert [row[-1] for row in form.kept_rows] == ["chưa đầy đủ", "đang tạm giữ: đang thanh tra"]
    assert len(form.rows) == 1 and "giữ lại" in form.kept_title.lower()
    assert form.kept_title in "\n".join(str(cell) for row in sheet(inventory.xlsx(form)) for cell in row)


def test_every_document_and_every_unread_file_is_listed() -> None:
    dossier = incomplete()
    assert len(inventory.of_dossier(dossier, Office(), date.today()).rows) == len(dossier.documents) + len(
        dossier.unread
    )


def test_documents_stand_in_the_order_of_their_dates_undated_last() -> None:
    one = document("a.pdf")
    early = replace(one, path="z.pdf", sha256="1", header=replace(one.header, date=date(2020, 1, 1)))
    undated = replace(one, path="b.pdf", sha256="2", header=replace(one.header, date=None))
    form = inventory.of_dossier(replace(complete(), documents=(undated, one, early)), Office(), date.today())
    assert [row[2] for row in form.rows] == ["01/01/2020", "05/03/2023", ""]


def test_same_content_twice_is_noted() -> None:
    twice = (document("a.pdf"), document("b.pdf"))
    form = inventory.of_dossier(replace(complete(), documents=twice), Office(), date.today())
    assert form.rows[1][6] == "trùng nội dung với số 1"


def test_retention_that_nobody_verified_says_so() -> None:
    kept = replace(ended(complete()).retention, verified=False)
    form = inventory.of_archive(finished(replace(complete(), retention=kept)))
    assert "chưa đối chiếu" in form.rows[0][4]


def test_pages_are_left_blank_where_the_format_has_none() -> None:
    word = replace(document("a.docx"), format="docx")
    form = inventory.of_dossier(replace(complete(), documents=(word,)), Office(), date.today())
    assert form.rows[0][5] == ""


def test_word_file_holds_motto_columns_and_rows() -> None:
    made = tables(inventory.docx(inventory.of_archive(finished())))
    assert "Độc lập - Tự do - Hạnh phúc" in made[0][0][1]
    assert made[1][0][3] == "Thời gian tài liệu" and len(made[1]) == 2


def test_excel_file_holds_the_same_rows() -> None:
    form = inventory.of_archive(finished())
    rows = sheet(inventory.xlsx(form))
    assert [name for name, _mm in form.columns] in rows
    assert any("Viết bằng chữ: một" in str(cell) for row in rows for cell in row)


@pytest.mark.parametrize("make", [inventory.docx, inventory.xlsx])
def test_absurd_names_break_no_form(make) -> None:  # type: ignore[no-untyped-def]
    odd = replace(incomplete(), name=f"\x00{ESCAPE}<&>=1+1", unit="\x07")
    assert make(inventory.of_archive(report(odd))) == make(inventory.of_archive(report(odd)))
    assert make(inventory.of_dossier(odd, Office(), date(2026, 1, 1)))
