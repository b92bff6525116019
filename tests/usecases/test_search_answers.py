"""What search promises beyond the engines: the catalogue is right, answers can be opened and exported."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from archives import FOUNDING, PROPOSAL, SURVEY, paper, put, run, write

from dossier import engines, libraries, workspace
from dossier.archive import open_archive
from dossier.catalogue import open_catalogue
from dossier.errors import UsageError
from dossier.index import Filters, SearchOptions
from dossier.model.health import Health
from dossier.scanner import VERSION
from dossier.usecases.answers import export
from dossier.usecases.decide import assign
from dossier.usecases.doctor import examine
from dossier.usecases.figures import of_units
from dossier.usecases.indexing import rebuild, status
from dossier.usecases.locking import working, writing
from dossier.usecases.overview import overview
from dossier.usecases.search import by_unit, search
from dossier.vietnamese import words


def found(root: Path, query: str) -> list[str]:
    return [hit.path for hit in search(open_archive(root), query, Filters()).hits]


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once")
    put(folder, a_txt=FOUNDING, b_txt=SURVEY)
    run(folder)
    return folder


@pytest.fixture
def kho(scanned_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(scanned_once, tmp_path, dirs_exist_ok=True)


def forget(root: Path, path: str) -> None:
    """Take a file out of the catalogue without telling the index, as a killed scan does."""
    with open_catalogue(root / ".dossier", VERSION) as catalogue:
        catalogue.remove([file for file in catalogue.known_files().values() if file.path == path])


def test_search_takes_in_what_a_killed_scan_left_behind(kho: Path) -> None:
    forget(kho, "mo-hinh/A/a.txt")
    assert found(kho, '"thanh lap mo hinh"') == []
    assert status(open_archive(kho)).pending == 0


def test_deleted_file_is_not_shown_while_another_process_writes(kho: Path) -> None:
    forget(kho, "mo-hinh/A/a.txt")
    with workspace.within(patience=0.1), writing(kho / ".dossier", "scan"):
        results = search(open_archive(kho), "mo hinh", Filters())
    assert [hit.path for hit in results.hits] == ["mo-hinh/A/b.txt"]
    assert results.notes


def test_search_reads_on_while_another_process_writes(kho: Path) -> None:
    with writing(kho / ".dossier", "scan"):
        assert found(kho, "thanh lap mo hinh") == ["mo-hinh/A/a.txt"]


def test_renamed_file_is_found_under_its_new_name(kho: Path) -> None:
    (kho / "mo-hinh/A/a.txt").rename(kho / "mo-hinh/A/moi.txt")
    run(kho)
    assert found(kho, "thanh lap mo hinh") == ["mo-hinh/A/moi.txt"]


def test_reassigned_document_is_in_its_new_item_at_once(kho: Path) -> None:
    assign(open_archive(kho), "mo-hinh/A/a.txt", ["14"])
    assert found(kho, "muc:14 trangthai:nguoixep") == ["mo-hinh/A/a.txt"]
    assert found(kho, "muc:6") == []


def test_file_that_became_secret_is_in_no_answer(kho: Path) -> None:
    secret = FOUNDING.replace("Số: 12/QĐ-UBND", "Số: 12/QĐ-UBND\nMẬT")
    (kho / "mo-hinh/A/a.txt").write_text(secret, "utf-8")
    run(kho)
    assert found(kho, '"thanh lap mo hinh"') == []


def test_search_without_tantivy_is_slower_not_broken(kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = libraries.trouble
    monkeypatch.setattr(libraries, "trouble", lambda name: "" if name == "tantivy" else real(name))
    (check,) = (check for check in examine(open_archive(kho)) if check.name == "tantivy")
    assert (check.health, "Whoosh" in check.cost) == (Health.MISSING, True)


def test_search_of_an_up_to_date_archive_loads_no_database_library(kho: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from dossier.archive import open_archive\n"
        "from dossier.index import Filters; from dossier.usecases.search import search\n"
        "found = search(open_archive(Path(sys.argv[1])), 'thanh lap mo hinh', Filters())\n"
        "heavy = {'sqlalchemy', 'alembic', 'whoosh', 'lxml', 'pydantic'} & set(sys.modules)\n"
        "print(len(found.hits), sorted(heavy))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(kho)], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "1 []"


def test_killed_rebuild_leaves_the_index_that_was_there(kho: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from dossier.archive import open_archive\n"
        "from dossier.index import NewIndex; from dossier.usecases.indexing import rebuild\n"
        "NewIndex.publish = lambda self: os.kill(os.getpid(), 9)\n"
        "rebuild(open_archive(Path(sys.argv[1])))"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(kho)], check=False)
    assert abs(killed.returncode) == 9
    assert found(kho, "thanh lap mo hinh") == ["mo-hinh/A/a.txt"]
    assert status(open_archive(kho)).pending == 0


def test_hits_are_counted_by_the_units_that_units_compares(kho: Path) -> None:
    for name, unit in ("B", "CÔNG AN PHƯỜNG PHÚ TÀI"), ("C", "Công an phường Phú Tài"):
        write(kho, f"mo-hinh/{name}/hoso.toml", f'unit = "{unit}"\n')
        write(kho, f"mo-hinh/{name}/{name}.txt", FOUNDING)
    run(kho)
    archive = open_archive(kho)
    units = {part.name: part.dossiers for part in of_units(archive).parts}
    found = search(archive, "loai:quyet-dinh", Filters(), SearchOptions(facets=True))
    units_of = {each.path: each.unit for each in overview(archive).dossiers}
    counted = by_unit(found, units_of).facets["unit"]
    assert dict(counted).keys() == units.keys()
    assert dict(counted)["CÔNG AN PHƯỜNG PHÚ TÀI"] == 2


def test_words_asked_of_a_unit_find_what_is_counted_for_it(kho: Path) -> None:
    write(kho, "mo-hinh/B/B.txt", FOUNDING.replace("Hàm Thắng", "Phú Tài").replace("HÀM THẮNG", "PHÚ TÀI"))
    run(kho)
    archive = open_archive(kho)
    units = {each.path: each.unit for each in overview(archive).dossiers}
    everything = search(archive, "mo hinh", Filters(), SearchOptions(facets=True))
    counted = by_unit(everything, units).facets["unit"]
    assert len(counted) > 1
    for unit, count in counted:
        assert search(archive, f'mo hinh donvi:"{unit}"', Filters()).total == count, unit
    others = sum(count for unit, count in counted if "phu tai" not in words(unit))
    assert search(archive, 'mo hinh -donvi:"phu tai"', Filters()).total == others


def test_unit_declared_later_is_found(kho: Path) -> None:
    put(kho, hoso_toml='unit = "Phường Phú Thủy"\n')
    run(kho)
    assert sorted(found(kho, "donvi:phu-thuy")) == ["mo-hinh/A/a.txt", "mo-hinh/A/b.txt"]


@pytest.mark.parametrize("engine", engines.INDEX)
def test_configured_engine_is_used_and_rebuilt_without_reading(kho: Path, engine: str) -> None:
    (kho / "dossier.toml").write_text(f'[index]\nengine = "{engine}"\n')
    (kho / "mo-hinh/A/a.txt").unlink()  # what is not read again cannot be missed
    archive = open_archive(kho)
    assert found(kho, "thanh lap mo hinh") == ["mo-hinh/A/a.txt"]
    rebuild(archive)
    assert (status(archive).engine, status(archive).documents) == (engine, 2)


def test_results_export_as_csv_and_xlsx(kho: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    from python_calamine import load_workbook

    out = tmp_path_factory.mktemp("out")
    archive = open_archive(kho)
    results = search(archive, "mo hinh", Filters(), SearchOptions(limit=100))
    table = export(archive, results, str(out / "a.csv")).read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    book = load_workbook(export(archive, results, str(out / "a.xlsx")))
    sheet = book.get_sheet_by_index(0).to_python()
    assert {row[7] for row in rows[1:]} == {"mo-hinh/A/a.txt", "mo-hinh/A/b.txt"}
    assert [row[7] for row in sheet] == [row[7] for row in rows]
    # A spreadsheet sorts by real dates only.
    assert {row[2] for row in sheet[1:]} == {date.fromisoformat(hit.date) for hit in results.hits}


@pytest.mark.parametrize("name", ["a.doc", "mo-hinh/A/x.csv"])
def test_export_refuses_other_formats_and_places_inside_dossiers(kho: Path, name: str) -> None:
    archive = open_archive(kho)
    with pytest.raises(UsageError):
        export(archive, search(archive, "mo hinh", Filters()), str(kho / name))
    assert not (kho / name).exists()


def test_page_of_the_best_match_is_told(tmp_path: Path) -> None:
    pages = [PROPOSAL, "Trang giữa không có gì. " * 20, "Phụ lục: danh sách máy quay phim ban đêm. " * 3]
    put(tmp_path, a_txt="\f".join(pages))
    run(tmp_path)
    (hit,) = search(open_archive(tmp_path), "may quay phim", Filters()).hits
    assert (hit.page, "<mark>máy quay phim</mark>" in hit.snippet) == (3, True)


def test_number_with_a_slip_finds_the_document(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING, b_txt=paper("KẾ HOẠCH", "1383/KH-BCĐ", "Tuần tra"))
    run(tmp_path)
    results = search(open_archive(tmp_path), "1383/KH-BDC", Filters())
    assert [hit.number_symbol for hit in results.hits] == ["1383/KH-BCĐ"]
    assert (results.corrected, results.suggestion) == (True, "1383/KH-BCĐ")


def test_who_does_not_wait_takes_nothing_in_while_a_scan_is_at_work(kho: Path) -> None:
    archive = open_archive(kho)
    forget(kho, "mo-hinh/A/a.txt")
    with working(archive, "scan"):
        results = search(archive, "mo hinh", Filters(), waits=False)
        assert [hit.path for hit in results.hits] == ["mo-hinh/A/b.txt"] and results.notes
        assert status(archive).pending == 1
    assert not search(archive, "mo hinh", Filters(), waits=False).notes
    assert status(archive).pending == 0
