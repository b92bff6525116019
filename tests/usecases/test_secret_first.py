"""What tells of a paper with a stamp of secrecy stands before every other finding, in every format."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, run, write
from lxml import etree
from rich.console import Console

import reports
from dossier.archive import open_archive
from dossier.model import ComplianceReport, in_brief
from dossier.usecases import history
from reports.screen.archive import summary
from reports.screen.dossier import dossier_view

SECRET = FOUNDING.replace("Số: 12/QĐ-UBND", "Số: 12/QĐ-UBND\nTỐI MẬT")
STAMP = "TỐI MẬT"


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> ComplianceReport:
    """Two dossiers with many errors; the one that comes last by name holds a sealed paper."""
    root = tmp_path_factory.mktemp("kho")
    write(root, "mo-hinh/A/khao sat.txt", SURVEY)
    write(root, "mo-hinh/A/hong.pdf", b"%PDF-1.4 broken")
    write(root, "mo-hinh/Z/khao sat.txt", SURVEY)
    write(root, "mo-hinh/Z/van ban.txt", SECRET)
    report = run(root)[1]
    return history.with_history(open_archive(root), report)


def test_the_archive_has_many_other_errors(judged: ComplianceReport) -> None:
    others = [finding for finding in judged.all_findings if not finding.secret]
    assert len(others) > 10 and sum(finding.secret for finding in judged.all_findings) == 1


def rendered(report: ComplianceReport, format_: str) -> bytes:
    return reports.render(format_, report)


def words_of_sheet(book: bytes) -> dict[str, list[str]]:
    """Texts of each sheet in the order of its cells."""
    from openpyxl import load_workbook

    sheets = load_workbook(io.BytesIO(book)).worksheets
    return {
        sheet.title: [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]
        for sheet in sheets
    }


def told(report: ComplianceReport, format_: str) -> str:
    """All that a format says, as text in the order in which it is read."""
    made = rendered(report, format_)
    if format_ == "docx":
        with zipfile.ZipFile(io.BytesIO(made)) as file:
            return "".join(etree.fromstring(file.read("word/document.xml")).itertext())
    return made.decode("utf-8-sig")


# What the other findings are recognised by, in each format that is read as text.
@pytest.mark.parametrize(
    ("format_", "alarm", "other"),
    [
        ("html", STAMP, "hiếu"),
        ("txt", STAMP, "[MH-"),
        ("digest", STAMP, "CÒN THIẾU"),
        ("docx", "dấu chỉ độ mật", "chưa đầy đủ"),
        ("csv", STAMP, "chưa đầy đủ"),
        ("junit", STAMP, '<failure type="MH-'),
        ("sarif", '"ruleId": "MAT-01"', '"ruleId": "MH-'),
    ],
)
def test_the_secret_comes_before_every_other_finding(
    judged: ComplianceReport, format_: str, alarm: str, other: str
) -> None:
    said = told(judged, format_)
    if format_ == "html":
        said = said[said.index("<body") :]
    assert alarm in said and other in said
    assert said.index(alarm) < said.index(other)


def test_every_sheet_of_the_workbook_begins_with_the_secret(judged: ComplianceReport) -> None:
    for name, words in words_of_sheet(rendered(judged, "xlsx")).items():
        assert STAMP in words[3], name


def test_the_sheet_of_findings_lists_it_first(judged: ComplianceReport) -> None:
    words = words_of_sheet(rendered(judged, "xlsx"))["Phát hiện"]
    assert next(word for word in words if word[:3] in ("MAT", "MH-", "TV-")) == "MAT-01"


def test_the_first_row_of_the_table_is_of_the_secret(judged: ComplianceReport) -> None:
    rows = list(csv.reader(io.StringIO(told(judged, "csv"))))
    assert rows[1][0] == "mo-hinh/Z" and rows[1][4] == "CÓ TÀI LIỆU NIÊM PHONG"
    assert {len(row) for row in rows} == {len(rows[0])}


def test_machines_get_its_dossier_first_and_it_first_in_it(judged: ComplianceReport) -> None:
    first, *_others = json.loads(told(judged, "json"))["dossiers"]
    assert first["path"] == "mo-hinh/Z" and first["findings"][0]["rule"] == "MAT-01"


def test_the_mail_says_so_in_its_subject(judged: ComplianceReport) -> None:
    archive = open_archive(Path(judged.archive))
    assert history.digest(archive, judged).subject.startswith("[CÓ TÀI LIỆU NIÊM PHONG]")


def test_the_report_to_a_superior_tells_it_in_red_before_its_results(judged: ComplianceReport) -> None:
    from docx import Document

    paragraphs = Document(io.BytesIO(rendered(judged, "docx"))).paragraphs
    at = next(n for n, each in enumerate(paragraphs) if "dấu chỉ độ mật" in each.text)
    assert str(paragraphs[at].runs[0].font.color.rgb) == "A4161A"
    assert at < next(n for n, each in enumerate(paragraphs) if "Kết quả chung" in each.text)


def shown(view: object) -> str:
    out = io.StringIO()
    Console(file=out, width=200, force_terminal=True, color_system="standard").print(view)
    return out.getvalue()


def test_the_terminal_tells_it_first_and_red(judged: ComplianceReport) -> None:
    for view in (summary(in_brief(judged)), dossier_view(judged.dossiers[0])):
        before, _stamp, _after = shown(view).partition(STAMP)
        assert before.count("\n") <= 2 and "31m" in before
