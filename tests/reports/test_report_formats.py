"""What holds for every report format."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from specimen import complete, many, report

import reports
from dossier import i18n
from dossier.errors import UsageError
from dossier.model import DossierReport, Due, DueStatus

FORMATS = reports.formats()


def test_the_formats_of_the_contract_are_there() -> None:
    contract = {"html", "json", "csv", "xlsx", "docx", "txt"}
    assert set(FORMATS) == contract | {"digest", "junit", "sarif", "ics"}


def test_a_name_in_capitals_with_a_dot_is_understood() -> None:
    assert reports.render(".TXT", report()) == reports.render("txt", report())


def test_an_unknown_format_names_those_that_are_known() -> None:
    with pytest.raises(UsageError) as caught:
        reports.render("pptx", report())
    assert all(name in caught.value.advice for name in FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    assert reports.render(name, report()) == reports.render(name, report())


# What a format says of an archive in which nothing was found to judge.
OF_NOTHING = {
    "html": "<h1>Kết quả kiểm tra hồ sơ mô hình, điển hình",
    "xlsx": "Kết quả kiểm tra hồ sơ: Ma trận",
    "docx": "0 hồ sơ",
    "json": '"dossiers": []',
    "csv": "Hồ sơ,Tên,Loại,Đơn vị",
    "txt": "0 hồ sơ: 0 đầy đủ, 0 chưa đầy đủ",
    "digest": "0 hồ sơ: 0 đầy đủ, 0 chưa đầy đủ",
    "junit": 'tests="0" failures="0"',
    "sarif": '"results": []',
    "ics": "X-WR-CALNAME:Việc đến hạn của hồ sơ",
}


@pytest.mark.parametrize("name", FORMATS)
def test_an_archive_without_dossiers_can_be_reported(name: str) -> None:
    said = _words(name, reports.render(name, replace(report(), dossiers=())))
    assert OF_NOTHING[name] in said and complete().path not in said


@pytest.mark.parametrize("name", sorted({*FORMATS} - {"digest", "ics"}))
def test_each_of_two_hundred_dossiers_is_reported(name: str) -> None:
    archive = many(200)
    said = _words(name, reports.render(name, archive))
    assert [dossier.path for dossier in archive.dossiers if not _names(dossier, said)] == []


def test_a_digest_of_two_hundred_dossiers_counts_them_and_names_the_first() -> None:
    said = reports.render("digest", many(200)).decode()
    assert "0/200" in said and "Mô hình số 0:" in said and len(said.splitlines()) < 60


def test_a_calendar_of_two_hundred_dossiers_holds_what_falls_due_in_each() -> None:
    archive = many(200)
    due = Due(date(2026, 12, 15), "TH-01", "Báo cáo năm", "HD22 V.3", "", DueStatus.SOON)
    dossiers = tuple(replace(d, due=(replace(due, dossier=d.path),)) for d in archive.dossiers)
    said = reports.render("ics", replace(archive, dossiers=dossiers)).decode()
    assert said.count("BEGIN:VEVENT") == 200 and len(set(re.findall(r"^UID:.*", said, re.M))) == 200


# A report of ours in the reader's language; what is sent on as a paper of the authority is always Vietnamese.
IN_ENGLISH = {
    "html": ("<h2>What is missing", "<h2>Còn thiếu gì"),
    "xlsx": ("As of 24/11/2026", "Tính đến ngày"),
    "csv": ("Dossier,Name,Type", "Hồ sơ,Tên,Loại"),
    "txt": ("RESULT OF THE DOSSIER CHECK", "KẾT QUẢ KIỂM TRA"),
    "digest": ("dossiers complete", "hồ sơ đầy đủ"),
    "sarif": ('"language": "en"', '"language": "vi"'),
    "ics": ("What falls due in the dossiers", "Việc đến hạn"),
}


@pytest.mark.parametrize("name", IN_ENGLISH)
def test_a_report_can_be_had_in_english(name: str) -> None:
    english, vietnamese = IN_ENGLISH[name]
    told = _words(name, reports.render(name, report()))
    i18n.use("en")
    said = _words(name, reports.render(name, report()))
    assert vietnamese in told and english not in told
    assert english in said and vietnamese not in said


def test_a_paper_of_the_authority_is_vietnamese_whatever_the_reader_speaks() -> None:
    told = reports.render("docx", report())
    i18n.use("en")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in _words("docx", reports.render("docx", report()))
    assert _words("docx", told) == _words("docx", reports.render("docx", report()))


def test_asking_for_the_formats_loads_no_heavy_library() -> None:
    heavy = "{'jinja2', 'docx', 'xlsxwriter', 'rich'}"
    code = f"import reports, sys; reports.formats(); print(*{heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_to_a_file_is_the_same_report(name: str, tmp_path: Path) -> None:
    written = tmp_path / "report"
    reports.write(name, report(), written)
    assert [file.name for file in tmp_path.iterdir()] == ["report"]
    if name == "xlsx":  # one is made in memory, the other beside the file: the same cells, packed differently
        assert _cells(written.read_bytes()) == _cells(reports.render(name, report()))
    else:
        assert written.read_bytes() == reports.render(name, report())


def _cells(book: bytes) -> dict[str, list[list[object]]]:
    from python_calamine import CalamineWorkbook

    opened = CalamineWorkbook.from_filelike(BytesIO(book))
    return {name: opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names}


def _names(dossier: DossierReport, said: str) -> bool:
    """Whether its name or its path is said, and not only as the beginning of another's."""
    return re.search(rf"({re.escape(dossier.name)}|{re.escape(dossier.path)})(?!\d)", said) is not None


def _words(name: str, made: bytes) -> str:
    """What a person reads in it."""
    if name == "xlsx":
        return "\n".join(str(cell) for rows in _cells(made).values() for row in rows for cell in row)
    if name == "docx":
        body = etree.fromstring(ZipFile(BytesIO(made)).read("word/document.xml"))
        return "\n".join("".join(paragraph.itertext()) for paragraph in body.iter("{*}p"))
    return made.decode("utf-8")
