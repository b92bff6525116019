"""What holds for every report format."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from specimen import many, report

import reports
from dossier import i18n
from dossier.errors import UsageError
from dossier.model import ComplianceReport

FORMATS = reports.formats()


def test_the_formats_of_the_contract_are_there() -> None:
    contract = {"html", "json", "csv", "xlsx", "docx", "txt"}
    assert set(FORMATS) == contract | {"digest", "junit", "sarif", "ics"}


@pytest.mark.parametrize("name", FORMATS)
def test_the_suffix_is_the_name_of_the_format_or_what_programs_expect(name: str) -> None:
    expected = {"digest": ".txt", "junit": ".xml"}
    assert reports.get(name).suffix == expected.get(name, f".{name}")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_what_it_is_good_for(name: str) -> None:
    assert reports.get(name).title


def test_a_name_in_capitals_with_a_dot_is_understood() -> None:
    assert reports.get(".HTML") is reports.get("html")


def test_an_unknown_format_names_those_that_are_known() -> None:
    with pytest.raises(UsageError) as caught:
        reports.get("pptx")
    assert all(name in caught.value.advice for name in FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    assert reports.get(name).render(report()) == reports.get(name).render(report())


@pytest.mark.parametrize("name", FORMATS)
def test_an_archive_without_dossiers_can_be_reported(name: str) -> None:
    empty = report()
    empty = ComplianceReport(empty.archive, empty.scanned_at, empty.today, ())
    assert reports.get(name).render(empty)


@pytest.mark.parametrize("name", FORMATS)
def test_two_hundred_dossiers_can_be_reported(name: str) -> None:
    assert reports.get(name).render(many(200))


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_can_be_had_in_english(name: str) -> None:
    i18n.use("en")
    assert reports.get(name).render(report())


def test_asking_for_the_formats_loads_no_heavy_library() -> None:
    heavy = "{'jinja2', 'docx', 'xlsxwriter', 'rich'}"
    code = f"import reports, sys; reports.formats(); print(*{heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_to_a_file_is_the_same_report(name: str, tmp_path: Path) -> None:
    written = tmp_path / "report"
    reports.get(name).write(report(), written)
    assert [file.name for file in tmp_path.iterdir()] == ["report"]
    if name == "xlsx":  # one is made in memory, the other beside the file: the same cells, packed differently
        assert _cells(written.read_bytes()) == _cells(reports.get(name).render(report()))
    else:
        assert written.read_bytes() == reports.get(name).render(report())


def _cells(book: bytes) -> dict[str, list[list[object]]]:
    from python_calamine import CalamineWorkbook

    opened = CalamineWorkbook.from_filelike(BytesIO(book))
    return {name: opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names}
