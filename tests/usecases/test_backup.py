"""A backup holds what cannot be made again, reads back as written, and never takes anything away."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, put, run, write

from dossier.archive import Archive, open_archive
from dossier.errors import ArchiveError, CatalogueError, DossierError, UsageError
from dossier.index import Filters
from dossier.usecases.backup import MANIFEST, backup, beside, read_packing_list, verify_backup
from dossier.usecases.decide import assign, waive
from dossier.usecases.restore import restore
from dossier.usecases.scan import scan
from dossier.usecases.search import search


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("decided") / "kho"
    put(root, a_txt=FOUNDING, b_txt=SURVEY)
    write(root, "dossier.toml", '[archive]\nname = "Kho A"\n')
    run(root)
    opened = open_archive(root)
    assign(opened, str(root / "mo-hinh/A/a.txt"), ["14"])
    waive(opened, "mo-hinh/A", "MH-04", reason="đang xin ý kiến")
    return root


@pytest.fixture
def archive(decided: Path, tmp_path: Path) -> Archive:
    return open_archive(shutil.copytree(decided, tmp_path / "kho"))


def placed(archive: Archive) -> list[str]:
    _counts, report = run(archive.root)
    return [place.part for doc in report.documents for place in doc.placements if doc.path.endswith("a.txt")]


def repack(file: Path, **changed: bytes) -> None:
    """The backup with other content under some names (``__`` for a slash), its manifest as it was."""
    with zipfile.ZipFile(file) as packed:
        content = {name: packed.read(name) for name in packed.namelist()}
    content |= {name.replace("__", "/").replace("_", "."): new for name, new in changed.items()}
    with zipfile.ZipFile(file, "w") as packed:
        for name, data in content.items():
            packed.writestr(name, data)


def test_backup_brings_decisions_waivers_and_configuration_back(archive: Archive, tmp_path: Path) -> None:
    backup(archive, tmp_path / "b.zip")
    shutil.rmtree(archive.state)
    (archive.root / "dossier.toml").unlink()
    done = restore(open_archive(archive.root), tmp_path / "b.zip")
    assert done.former is None
    assert open_archive(archive.root).name == "Kho A"
    assert placed(archive) == ["14"]
    with closing(sqlite3.connect(archive.state / "catalogue.sqlite")) as known:
        assert known.execute("SELECT rule, reason FROM waivers").fetchall() == [("MH-04", "đang xin ý kiến")]


def test_restore_reaches_an_archive_on_another_disk_than_its_state(tmp_path: Path, small_disk: Path) -> None:
    put(tmp_path / "kho", a_txt=FOUNDING)
    write(tmp_path / "kho", "dossier.toml", '[archive]\nname = "Kho A"\n')
    archive = open_archive(tmp_path / "kho", small_disk / "state")
    scan(archive, workers=1)
    backup(archive, tmp_path / "b.zip")
    (archive.root / "dossier.toml").unlink()
    restore(archive, tmp_path / "b.zip", force=True)
    assert open_archive(archive.root).name == "Kho A"
    assert sorted(file.name for file in archive.root.iterdir()) == ["dossier.toml", "mo-hinh"]


def test_search_works_after_a_restore_without_reading_a_file(archive: Archive, tmp_path: Path) -> None:
    backup(archive, tmp_path / "b.zip")
    restore(archive, tmp_path / "b.zip", force=True)
    assert [hit.path for hit in search(archive, "camera", Filters(item=14)).hits] == ["mo-hinh/A/a.txt"]
    assert scan(archive, workers=1).unchanged == 2


def test_manifest_lists_every_file_with_its_hash(archive: Archive, tmp_path: Path) -> None:
    made = backup(archive, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        assert sorted(packed.namelist()) == sorted([*made.files, MANIFEST])
    assert read_packing_list(tmp_path / "b.zip") == made
    (log,) = archive.state.glob("audit-*.jsonl")
    assert set(made.files) == {"state/catalogue.sqlite", f"state/{log.name}", "archive/dossier.toml"}


def test_backup_is_for_its_owner_only(archive: Archive, tmp_path: Path) -> None:
    backup(archive, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0


def test_existing_backup_is_replaced_only_when_told(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("bản cũ")
    with pytest.raises(UsageError, match="không ghi đè"):
        backup(archive, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_text() == "bản cũ"
    backup(archive, tmp_path / "b.zip", force=True)
    assert zipfile.is_zipfile(tmp_path / "b.zip")


def test_backup_never_lies_in_a_dossier(archive: Archive) -> None:
    with pytest.raises(UsageError, match="nằm trong hồ sơ"):
        backup(archive, archive.root / "mo-hinh/A/b.zip")


def test_backup_that_cannot_be_written_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError):
        backup(archive, tmp_path / "không có/b.zip")
    assert [p.name for p in archive.state.iterdir() if p.name.startswith(".")] == []


@pytest.mark.slow  # writes all the while
def test_backup_while_others_write_is_of_one_moment(archive: Archive, tmp_path: Path) -> None:
    stop = threading.Event()

    def always_write() -> None:
        with closing(sqlite3.connect(archive.state / "catalogue.sqlite", timeout=30)) as other:
            number = 0
            while not stop.is_set():
                number += 1
                with other:  # two rows that belong together
                    other.execute("INSERT OR REPLACE INTO meta VALUES ('one', ?)", (str(number),))
                    other.execute("INSERT OR REPLACE INTO meta VALUES ('two', ?)", (str(number),))

    writer = threading.Thread(target=always_write)
    writer.start()
    try:
        for number in range(5):
            backup(archive, tmp_path / f"{number}.zip")
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        verify_backup(
            tmp_path / f"{number}.zip", read_packing_list(tmp_path / f"{number}.zip"), tmp_path / str(number)
        )
        with closing(sqlite3.connect(tmp_path / f"{number}/state/catalogue.sqlite")) as copy:
            rows = dict(copy.execute("SELECT key, value FROM meta WHERE key IN ('one', 'two')").fetchall())
            assert rows.get("one") == rows.get("two")


def test_restore_never_overwrites_untold(archive: Archive, tmp_path: Path) -> None:
    backup(archive, tmp_path / "b.zip")
    assign(archive, str(archive.root / "mo-hinh/A/a.txt"), ["16a"])
    with pytest.raises(UsageError, match="không ghi đè"):
        restore(archive, tmp_path / "b.zip")
    assert placed(archive) == ["16a"]


def test_restore_keeps_the_former_state_aside(archive: Archive, tmp_path: Path) -> None:
    backup(archive, tmp_path / "b.zip")
    assign(archive, str(archive.root / "mo-hinh/A/a.txt"), ["16a"])
    (archive.root / "dossier.toml").write_text('[archive]\nname = "Kho B"\n', "utf-8")
    former = restore(archive, tmp_path / "b.zip", force=True).former
    assert placed(archive) == ["14"]
    assert former is not None
    assert "Kho B" in (former / "archive/dossier.toml").read_text("utf-8")
    with closing(sqlite3.connect(former / "state/catalogue.sqlite")) as known:
        assert "16a" in known.execute("SELECT placements FROM decisions ORDER BY id DESC").fetchone()[0]


@pytest.mark.parametrize(
    "change",
    [
        {"state__catalogue_sqlite": b"SQLite format 3\0 but not this one"},
        {"manifest_json": b"{}"},
        {"manifest_json": b"no JSON"},
    ],
)
def test_damaged_backup_changes_nothing(archive: Archive, tmp_path: Path, change: dict[str, bytes]) -> None:
    backup(archive, tmp_path / "b.zip")
    repack(tmp_path / "b.zip", **change)
    with pytest.raises(ArchiveError):
        restore(archive, tmp_path / "b.zip", force=True)
    assert placed(archive) == ["14"]


def test_backup_cut_short_anywhere_is_refused(archive: Archive, tmp_path: Path) -> None:
    backup(archive, tmp_path / "b.zip")
    whole = (tmp_path / "b.zip").read_bytes()
    for end in range(0, len(whole), max(1, len(whole) // 25)):
        (tmp_path / "b.zip").write_bytes(whole[:end])
        with pytest.raises(ArchiveError):
            restore(archive, tmp_path / "b.zip", force=True)
    assert placed(archive) == ["14"]


@pytest.mark.parametrize("name", ["state/../../evil", "/etc/evil", "archive/..\\evil", "state/c:evil"])
def test_backup_cannot_write_outside_its_place(archive: Archive, tmp_path: Path, name: str) -> None:
    made = backup(archive, tmp_path / "b.zip")
    said = {"format": 1, "dossier": "0", "catalogue": "0001", "made_at": "", "archive": ""}
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as packed:
        packed.writestr(name, b"")
        empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        packed.writestr(MANIFEST, json.dumps(said | {"files": {name: [empty, 0]}}))
    with pytest.raises(ArchiveError):
        restore(archive, tmp_path / "evil.zip", force=True)
    assert made.files


@pytest.mark.parametrize("newer", [{"format": 99}, {"catalogue": "9999"}])
def test_newer_backup_is_refused(archive: Archive, tmp_path: Path, newer: dict[str, object]) -> None:
    backup(archive, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        said = json.loads(packed.read(MANIFEST))
    repack(tmp_path / "b.zip", manifest_json=json.dumps(said | newer).encode())
    with pytest.raises(ArchiveError, match="mới hơn"):
        restore(archive, tmp_path / "b.zip", force=True)


def test_damaged_catalogue_is_not_backed_up(archive: Archive, tmp_path: Path) -> None:
    with (archive.state / "catalogue.sqlite").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    with pytest.raises(DossierError) as error:
        backup(archive, tmp_path / "b.zip")
    assert isinstance(error.value, CatalogueError)
    assert not (tmp_path / "b.zip").exists()


def test_backup_without_a_name_lies_beside_the_archive_and_replaces_none(archive: Archive) -> None:
    made = beside(archive)
    backup(archive, made)
    assert made.parent == archive.root.parent
    assert re.fullmatch(r"kho-sao-luu-\d{4}-\d\d-\d\d-\d{6}\.zip", made.name)
    with pytest.raises(UsageError):
        backup(archive, made)
