"""The record of a hand-over, reopened."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from specimen import ESCAPE, complete, ended, finished, report

from dossier.errors import UsageError
from dossier.model import Office
from dossier.usecases import publish
from reports import handover


def text(made: bytes) -> str:
    paper = docx.Document(io.BytesIO(made))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in paper.paragraphs), *cells])


def test_record_names_both_sides_quantity_and_condition() -> None:
    said = text(publish.handover(finished(ended(complete()), complete()), "docx"))
    for expected in ("BÊN GIAO", "BÊN NHẬN", "1 hồ sơ (viết bằng chữ: một)", "1 hồ sơ đầy đủ"):
        assert expected in said


def test_years_are_those_of_the_documents_and_blank_without_any() -> None:
    one = replace(report(), dossiers=(complete(),))
    assert "năm 2023" in handover.lines(one)[1]
    assert "………" in handover.lines(replace(one, dossiers=()))[1]


def test_name_of_a_unit_breaks_no_file() -> None:
    odd = replace(report(), office=Office(name=f"UBND{ESCAPE} <xã>"))
    assert "<xã>" in text(handover.docx(odd))


def test_same_report_gives_the_same_bytes() -> None:
    assert handover.docx(report()) == handover.docx(report())


def test_other_format_is_refused() -> None:
    with pytest.raises(UsageError):
        publish.handover(report(), "xlsx")
