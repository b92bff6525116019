"""People correct what was read of a document's head; their word goes before everything at once."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, TODAY, again, put, run, write
from hypothesis import given
from hypothesis import strategies as st

from dossier.archive import Archive, open_archive
from dossier.errors import DossierError, UsageError
from dossier.index.interface import Filters
from dossier.model import Document, FieldSource, Header
from dossier.usecases.backup import backup
from dossier.usecases.correct import correct, reset
from dossier.usecases.decisions import decisions, export, import_, undo
from dossier.usecases.field_values import parse_date, parse_type, parsed
from dossier.usecases.restore import restore
from dossier.usecases.search import search
from reports.json import as_dict

BLANK = FOUNDING.replace("Số: 12/QĐ-UBND", "Số:      /QĐ-UBND").replace("ngày 05 tháng 3", "ngày    tháng 3")
_TODAY = date(2024, 6, 1)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("scanned")
    put(root, a_txt=BLANK, b_txt=SURVEY)
    run(root)
    return root


@pytest.fixture
def archive(scanned: Path, tmp_path: Path) -> Archive:
    return open_archive(shutil.copytree(scanned, tmp_path, dirs_exist_ok=True))


def document(archive: Archive, name: str = "a.txt") -> Document:
    return next(d for d in again(archive).documents if d.path.endswith(name))


def fix(archive: Archive, name: str = "a.txt", **said: str) -> Document:
    return correct(archive, str(archive.root / "mo-hinh/A" / name), said, TODAY)[0]


def numbers(archive: Archive) -> set[str]:
    """Numbers of all documents as the full-text index has them."""
    return {hit.number_symbol for hit in search(archive, "camera", Filters()).hits}


def test_every_field_can_be_corrected(archive: Archive) -> None:
    header = fix(
        archive, number="Số 15 / QĐ-UBND", date="6/3/2023", type="nghị quyết", abstract="Về việc khác",
        issuer="UBND xã Hàm Liêm", signer="Đại úy Trần Văn Bình",
    ).header  # fmt: skip
    assert (header.number_symbol, header.dated, header.type) == ("15/QĐ-UBND", "2023-03-06", "nghi-quyet")
    assert (header.abstract, header.issuing_body) == ("Về việc khác", "UBND xã Hàm Liêm")
    assert (header.signer, header.signer_rank) == ("Trần Văn Bình", "Đại úy")


def test_corrected_field_says_that_a_person_did(archive: Archive) -> None:
    fix(archive, number="15/QĐ-UBND")
    (made,) = [d for d in as_dict(again(archive))["documents"] if d["path"].endswith("a.txt")]
    field = made["fields"]["number_symbol"]
    assert (made["number_symbol"], field["confidence"], field["source"]) == ("15/QĐ-UBND", 1.0, "person")


def test_rules_and_search_follow_at_once(archive: Archive) -> None:
    before = {f.rule for d in again(archive).dossiers for f in d.findings}
    assert "15/QĐ-UBND" not in numbers(archive)
    fix(archive, number="15/QĐ-UBND", date="05/3/2023")
    report = again(archive)
    assert report.dossiers[0].facts["founded"].value == date(2023, 3, 5)
    assert {f.rule for d in report.dossiers for f in d.findings} != before
    assert not document(archive).header.draft
    assert "15/QĐ-UBND" in numbers(archive)


def test_corrected_abstract_places_the_document(archive: Archive) -> None:
    assert [p.part for p in document(archive, "b.txt").placements] == ["1"]
    fix(archive, "b.txt", type="tờ trình", abstract="Về việc đề xuất xây dựng mô hình “Camera an ninh”")
    assert [p.part for p in document(archive, "b.txt").placements] == ["3"]
    run(archive.root, full=True)
    assert [p.part for p in document(archive, "b.txt").placements] == ["3"]
    reset(archive, str(archive.root / "mo-hinh/A/b.txt"))
    assert [p.part for p in document(archive, "b.txt").placements] == ["1"]


def test_date_known_in_part_states_no_day(archive: Archive) -> None:
    header = fix(archive, date="3/2023").header
    assert (header.date, header.dated) == (None, "2023-03")


def test_empty_value_says_that_the_paper_has_none(archive: Archive) -> None:
    header = fix(archive, "b.txt", number="", signer="", date="").header
    assert (header.number_symbol, header.signer, header.dated) == ("", "", "")
    assert header.fields["number_symbol"].source is FieldSource.PERSON


def test_second_correction_leaves_the_first_for_other_fields(archive: Archive) -> None:
    fix(archive, number="15/QĐ-UBND")
    header = fix(archive, date="6/3/2023").header
    assert (header.number_symbol, header.dated) == ("15/QĐ-UBND", "2023-03-06")
    assert [d.state for d in decisions(archive, history=True)] == ["ended", "in-force"]


def test_correction_survives_rescans_renames_moves_and_copies(archive: Archive) -> None:
    fix(archive, number="15/QĐ-UBND")
    root = archive.root
    (root / "mo-hinh/A/a.txt").rename(root / "mo-hinh/A/z.txt")
    write(root, "mo-hinh/B/hoso.toml", "")
    shutil.copy(root / "mo-hinh/A/z.txt", root / "mo-hinh/B/c.txt")
    shutil.copy(root / "mo-hinh/A/z.txt", root / "rời.txt")
    report = run(root, full=True)[1]
    numbers = {d.path: d.header.number_symbol for d in report.documents if not d.path.endswith("b.txt")}
    assert numbers == dict.fromkeys(("mo-hinh/A/z.txt", "mo-hinh/B/c.txt", "rời.txt"), "15/QĐ-UBND")


def test_file_outside_dossiers_can_be_corrected(archive: Archive) -> None:
    write(archive.root, "rời/c.txt", SURVEY)
    run(archive.root)
    correct(archive, str(archive.root / "rời/c.txt"), {"number": "99/KH-UBND"}, TODAY)
    assert "99/KH-UBND" in numbers(archive)


def test_correction_is_taken_back_by_reset_and_by_undo(archive: Archive) -> None:
    file = str(archive.root / "mo-hinh/A/a.txt")
    before = document(archive).header
    fix(archive, number="15/QĐ-UBND")
    assert reset(archive, file) == 1
    assert document(archive).header == before
    fix(archive, number="15/QĐ-UBND")
    undo(archive, file)
    assert document(archive).header == before
    assert reset(archive, file) == 0


def test_history_says_who_and_when(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dossier.usecases.correct.person", lambda: "Trung úy Lan")
    fix(archive, number="15/QĐ-UBND")
    (told,) = [d.as_dict() for d in decisions(archive)]
    assert (told["author"], told["what"], told["fields"]) == (
        "Trung úy Lan", "fields", {"number_symbol": "15/QĐ-UBND"},
    )  # fmt: skip


def test_corrections_are_carried_over_in_a_table(archive: Archive, tmp_path: Path) -> None:
    fix(archive, number="15/QĐ-UBND", date="3/2023", type="QĐ", signer="")
    made = export(archive)
    known = document(archive).header
    reset(archive, str(archive.root / "mo-hinh/A/a.txt"))
    done = import_(archive, made)
    assert (done.taken, done.refused) == (1, [])
    assert document(archive).header == known
    assert import_(archive, made).known == 1


def test_wrong_cell_of_a_table_costs_its_row_only(archive: Archive) -> None:
    fix(archive, number="15/QĐ-UBND", date="3/2023")
    made = export(archive).replace(b"2023-03", b"2023-13")
    done = import_(archive, made)
    assert done.taken == 0
    assert "lịch" in done.refused[0][1]


def test_correction_comes_back_with_a_backup(archive: Archive, tmp_path: Path) -> None:
    fix(archive, number="15/QĐ-UBND")
    target = tmp_path.parent / f"{tmp_path.name}.zip"
    backup(archive, target)
    reset(archive, str(archive.root / "mo-hinh/A/a.txt"))
    restore(archive, target, force=True)
    run(archive.root)
    assert document(archive).header.number_symbol == "15/QĐ-UBND"


def test_original_is_never_touched(archive: Archive) -> None:
    file = archive.root / "mo-hinh/A/a.txt"
    before = file.read_bytes(), os.stat(file).st_mtime_ns
    fix(archive, number="15/QĐ-UBND")
    assert (file.read_bytes(), os.stat(file).st_mtime_ns) == before


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("05/12/2023", "2023-12-05"),
        ("5-12-2023", "2023-12-05"),
        ("5.12.2023", "2023-12-05"),
        ("2023-12-05", "2023-12-05"),
        ("ngày 5 tháng 12 năm 2023", "2023-12-05"),
        ("5 thang 12 nam 2023", "2023-12-05"),
        ("12/2023", "2023-12"),
        ("tháng 12 năm 2023", "2023-12"),
        ("2023-12", "2023-12"),
        ("2023/12/05", "2023-12-05"),
        ("2023", "2023"),
        ("năm 2023", "2023"),
        ("", ""),
    ],
)
def test_dates_are_read_as_people_write_them(typed: str, meant: str) -> None:
    assert parse_date(typed, _TODAY) == meant


@pytest.mark.parametrize(
    "typed", ["31/02/2023", "5/13/2023", "5/12/23", "2204", "1/1/1800", "hôm qua", "12", "0/0/2023"]
)
def test_date_that_cannot_be_meant_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        parse_date(typed, _TODAY)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_dates(typed: str) -> None:
    try:
        found = parse_date(typed, _TODAY)
    except DossierError:
        return
    assert len(found) in (0, 4, 7, 10)


@pytest.mark.parametrize("typed", ["Quyết định", "quyet dinh", "quyet-dinh", "QĐ", "qđ"])
def test_type_is_named_as_people_do(typed: str) -> None:
    assert parse_type(typed) == "quyet-dinh"


def test_unknown_type_is_refused_with_near_ones(archive: Archive) -> None:
    with pytest.raises(UsageError) as refused:
        fix(archive, type="quyêt đinhh")
    assert "quyết định" in refused.value.advice


def test_nothing_to_correct_is_told(archive: Archive) -> None:
    with pytest.raises(UsageError, match="Chưa ghi trường nào"):
        fix(archive)


@pytest.mark.parametrize("said", [
    "khong so", "không số", "quyết định", "tháng 12", "?", "Số:", "05/12/2024", "12/QĐ-UBND ngày 5",
    "<b>1</b>", "9" * 20, "a." * 29,
])  # fmt: skip
def test_what_cannot_be_a_number_is_refused_with_an_example(said: str) -> None:
    with pytest.raises(UsageError) as refused:
        parsed({"number": said}, Header())
    assert "12/QĐ-UBND" in (refused.value.advice or "")


@pytest.mark.parametrize(("said", "kept"), [
    ("12/QĐ-UBND", "12/QĐ-UBND"), ("Số: 12-QĐ/ĐU", "12-QĐ/ĐU"), ("12 / QĐ - UBND", "12/QĐ-UBND"),
    ("12", "12"), ("77/PT-UBND", "77/PT-UBND"), ("HD-05/CAX", "HD-05/CAX"), ("05a/X11", "05a/X11"),
    ("/QĐ-UBND", "/QĐ-UBND"), ("12 bis/QĐ-UBND", "12 bis/QĐ-UBND"), ("12/CAX(ANCS)", "12/CAX(ANCS)"),
    ("12 QĐ/ĐU", "12 QĐ/ĐU"), ("", ""), ("   ", ""),
])  # fmt: skip
def test_a_number_is_kept_whatever_its_symbol(said: str, kept: str) -> None:
    assert parsed({"number": said}, Header()) == {"number_symbol": kept}
