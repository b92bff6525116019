"""Units side by side in every form: what a name may smuggle in, and that the figures stand in them."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook
from specimen import ESCAPE, FORMULA, SCRIPT

from dossier.compliance.figures import totals
from dossier.model.figures import DossierFigures, ItemTitle, Totals
from reports import units

DAY = date(2026, 11, 24)


def found(*names: str, missing: dict[str, str] | None = None, **more: int) -> Totals:
    figures = [
        (name, DossierFigures("A", "mo-hinh", name, complete=False, score=62.5, lacking=(13,), **more))
        for name in names
    ]
    return totals("Tỉnh A", DAY, figures, [ItemTitle("mo-hinh", "Hồ sơ mô hình", 13, "Xếp loại")], missing)


def on_screen(told: Totals) -> str:
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=120).print(units.screen(told))
    return out.getvalue()


def test_a_page_obeys_no_name() -> None:
    page = units.page(found(SCRIPT)).decode()
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_a_screen_obeys_no_name() -> None:
    assert "\x1b[2J" not in on_screen(found(ESCAPE))


def test_a_sheet_takes_no_name_for_a_formula() -> None:
    book = load_workbook(io.BytesIO(units.workbook(found(FORMULA))))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    rows = list(csv.reader(io.StringIO(units.table(found(FORMULA)).decode("utf-8-sig"))))
    assert not rows[1][1].startswith("=")


def test_a_workbook_has_the_figures_as_numbers() -> None:
    book = load_workbook(io.BytesIO(units.workbook(found("Xã A", "Xã B"))))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [1, "Xã A", 62.5, 1, 0] in [row[:5] for row in rows]
    assert ["Cộng", 2] in [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]


def test_secrets_are_told_first() -> None:
    assert units.sentence(found("Xã A", secret=2)).startswith(
        "2 tệp có dấu chỉ độ mật, hoặc dấu đỏ chưa đọc được!"
    )


@pytest.mark.parametrize("form", ["screen", "page"])
def test_who_sent_nothing_is_named(form: str) -> None:
    told = found("Xã A", missing={"Tỉnh B": "chưa có số liệu"})
    said = on_screen(told) if form == "screen" else units.page(told).decode()
    assert "Tỉnh B: chưa có số liệu" in said
    assert "0 trên 1 nơi" in said


def test_who_sent_nothing_is_named_in_a_table_too() -> None:
    told = found("Xã A", missing={"Tỉnh B": "chưa có số liệu"})
    rows = list(csv.reader(io.StringIO(units.table(told).decode("utf-8-sig"))))
    assert [row for row in rows if "Tỉnh B" in row] == [["", "Tỉnh B", *[""] * 8, "chưa có số liệu"]]
    assert {len(row) for row in rows} == {11}


def test_that_somebody_sent_nothing_is_said_before_any_figure() -> None:
    said = on_screen(found("Xã A", missing={"Tỉnh B": "chưa có số liệu"}))
    assert said.index("trên 1 nơi") < said.index("Xã A")


def test_nothing_at_all_is_not_complete() -> None:
    told = found(missing={"Tỉnh B": "chưa có số liệu"})
    book = load_workbook(io.BytesIO(units.workbook(told)))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    page = units.page(told).decode().partition("</style>")[2]
    assert not [said for said in (on_screen(told), page, units.table(told).decode(), *cells) if "100" in said]
    assert "Chưa có hồ sơ nào." in on_screen(told)
    plain = units.plain(told)
    assert (plain["total"]["score"], plain["said"]) == (None, "Chưa có hồ sơ nào.")


def test_machines_get_every_figure() -> None:
    told = units.plain(found("Xã A"))
    assert told["units"][0] == {
        "name": "Xã A", "rank": 1, "day": None, "dossiers": 1, "complete": 0, "score": 62.5, "errors": 0,
        "warnings": 0, "overdue": 0, "needs_review": 0, "unread": 0, "secret": 0,
        "lacking": [{"kind": "mo-hinh", "item": 13, "dossiers": 1}], "rules": {},
    }  # fmt: skip
