"""``dossier doctor --fix``: what can be made anew is, what people decided is carried over."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, put, run
from click.testing import CliRunner

from dossier.archive import Archive, open_archive
from dossier.cli import root
from dossier.errors import ArchiveError
from dossier.index import Filters
from dossier.model.health import Check, Health
from dossier.usecases.decide import assign, waive
from dossier.usecases.doctor import examine
from dossier.usecases.indexing import index_of
from dossier.usecases.known import open_known
from dossier.usecases.locking import backing_up
from dossier.usecases.mend import mend
from dossier.usecases.scan import scan
from dossier.usecases.search import search


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    put(tmp_path, a_txt=FOUNDING, b_txt=SURVEY)
    for file in tmp_path.rglob("*.txt"):
        os.utime(file, (1_000_000, 1_000_000))
    run(tmp_path)
    opened = open_archive(tmp_path)
    assign(opened, str(tmp_path / "mo-hinh/A/a.txt"), ["14"])
    waive(opened, "mo-hinh/A", "MH-04", reason="đang xin ý kiến")
    return opened


def checks(archive: Archive) -> dict[str, Check]:
    return {check.name: check for check in examine(archive)}


def empty_catalogue_log(archive: Archive) -> Path:
    file = archive.state / "catalogue.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


def test_sound_state_needs_nothing(archive: Archive) -> None:
    assert list(mend(archive)) == []
    assert {checks(archive)[name].health for name in ("Danh mục", "Chỉ mục", "Tệp trên đĩa")} == {Health.OK}


def test_damaged_catalogue_is_made_again_and_decisions_are_carried_over(archive: Archive) -> None:
    file = empty_catalogue_log(archive)
    with closing(sqlite3.connect(file)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'documents'"
        page = connection.execute(query).fetchone()[0]
    with file.open("r+b") as out:
        out.seek((page - 1) * 4096)
        out.write(b"\xff" * 4096)
    assert checks(archive)["Danh mục"].health is Health.BROKEN
    told = list(mend(archive))
    assert {"decisions 1", "waivers 1"} <= set(re.findall(r"\w+ 1\b", " ".join(told)))
    assert checks(archive)["Danh mục"].health is Health.OK
    (dossier,) = run(archive.root)[1].dossiers
    assert [p.part for d in dossier.documents for p in d.placements if d.path.endswith("a.txt")] == ["14"]
    assert list(archive.state.glob("catalogue.sqlite.damaged-*"))


def test_decisions_of_a_catalogue_from_before_the_first_release_are_carried_over(archive: Archive) -> None:
    file = empty_catalogue_log(archive)
    with closing(sqlite3.connect(file)) as connection, connection:
        for change in (
            "UPDATE alembic_version SET version_num = '0013'",
            "DROP TABLE corrections",
            "ALTER TABLE waivers DROP COLUMN ended_by",
        ):
            connection.execute(change)
    assert "bản dùng thử cũ" in checks(archive)["Danh mục"].found
    assert "doctor --fix" in checks(archive)["Danh mục"].mend
    shown = CliRunner().invoke(root, ["doctor", str(archive.root)])
    assert shown.exit_code == 4, shown.output
    assert "không dùng được" in shown.output and "hỏng" not in shown.output
    said = " ".join(mend(archive))
    assert "bản thử cũ hơn" in said
    assert "hỏng" not in said
    assert (
        "phiên bản 0013" in said
        and "decisions 1" in said
        and "waivers 1" in said
        and "bản sao lưu" not in said
    )
    assert list(archive.state.glob("catalogue.sqlite.damaged-*[0-9]"))  # nothing is thrown away
    with open_known(archive) as catalogue:
        assert [each.author for each in catalogue.decisions.all()] == [
            each.author for each in catalogue.waivers.all()
        ]
        assert len(catalogue.known_files()) == 2


def test_catalogue_beyond_reading_is_made_again_and_the_loss_is_told(archive: Archive) -> None:
    file = empty_catalogue_log(archive)
    size = file.stat().st_size
    file.write_bytes(b"\xff" * size)
    told = " ".join(mend(archive))
    assert "dossier restore" in told
    assert run(archive.root)[1].summary["files"] == 2


def test_lost_index_is_made_again(archive: Archive) -> None:
    with index_of(archive).writer() as writer:
        writer.remove("mo-hinh/A/a.txt")
    assert checks(archive)["Chỉ mục"].health is Health.BROKEN
    assert any("chỉ mục" in sentence for sentence in mend(archive))
    assert [hit.path for hit in search(archive, "12/QĐ-UBND", Filters()).hits] == ["mo-hinh/A/a.txt"]


def test_index_of_rubbish_is_made_again(archive: Archive) -> None:
    for file in (archive.state / "index").iterdir():
        if file.is_file():
            file.write_bytes(b"rubbish")
    list(mend(archive))
    assert checks(archive)["Chỉ mục"].health is Health.OK
    assert search(archive, "camera", Filters()).total == 2


def test_index_that_is_behind_or_ahead_is_made_again(archive: Archive) -> None:
    """One file that the catalogue has and the index has not, and one the other way round."""
    with open_known(archive) as catalogue:
        (known,) = [file for file in catalogue.known_files().values() if file.path.endswith("b.txt")]
        with catalogue._session.writing() as connection:
            connection.exec_driver_sql(f"UPDATE files SET path = 'mo-hinh/A/c.txt' WHERE id = {known.id}")
    assert checks(archive)["Chỉ mục"].found == "thiếu 1 tệp, thừa 1 tệp"
    assert list(mend(archive))
    assert checks(archive)["Chỉ mục"].health is Health.OK


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM dossiers",
        "DELETE FROM texts WHERE document_id = (SELECT min(id) FROM documents)",
        "DELETE FROM files WHERE path LIKE '%b.txt'",
        "DELETE FROM documents",
    ],
)
def test_rows_that_lost_what_they_belong_to_are_cleared_and_read_again(archive: Archive, damage: str) -> None:
    before = run(archive.root)[1].dossiers
    with closing(sqlite3.connect(archive.state / "catalogue.sqlite")) as connection, connection:
        connection.execute(damage)
    assert "mồ côi" in checks(archive)["Danh mục"].found
    assert "mồ côi" in " ".join(mend(archive))
    assert checks(archive)["Danh mục"].health is checks(archive)["Chỉ mục"].health is Health.OK
    assert run(archive.root)[1].dossiers == before


def test_mending_waits_until_the_disk_is_there(tmp_path: Path) -> None:
    put(tmp_path / "kho", a_txt=FOUNDING)
    archive = open_archive(tmp_path / "kho", tmp_path / "state")
    scan(archive, workers=1)
    (tmp_path / "kho/mo-hinh").rename(tmp_path / "away")
    with pytest.raises(ArchiveError, match="ổ mạng"):
        list(mend(archive))
    with open_known(archive) as catalogue:
        assert len(catalogue.known_files()) == 1


def test_copies_kept_aside_are_named_with_their_size(archive: Archive) -> None:
    assert "Bản sao cũ" not in checks(archive)
    (archive.state / "catalogue.sqlite.bak-0001").write_bytes(b"x" * 3_000_000)
    (archive.state / "former-20260101-000000-x").mkdir()
    (archive.state / "former-20260101-000000-x/catalogue.sqlite").write_bytes(b"x" * 500_000)
    found = checks(archive)["Bản sao cũ"].found
    assert found.startswith("2 bản, 4 MB: catalogue.sqlite.bak-0001, former-")


def test_vanished_file_leaves_the_catalogue(archive: Archive) -> None:
    (archive.root / "mo-hinh/A/b.txt").unlink()
    assert "1 không còn" in checks(archive)["Tệp trên đĩa"].found
    assert any("1 tệp không còn" in sentence for sentence in mend(archive))
    with open_known(archive) as catalogue:
        assert [file.path for file in catalogue.known_files().values()] == ["mo-hinh/A/a.txt"]


def test_what_a_cut_backup_left_is_cleared(archive: Archive) -> None:
    (archive.state / ".backup-x").mkdir()
    shutil.copy(archive.state / "catalogue.sqlite", archive.state / ".backup-x/catalogue.sqlite")
    assert any("tệp tạm" in sentence for sentence in mend(archive))
    assert not (archive.state / ".backup-x").exists()


def test_running_backup_is_left_alone(archive: Archive) -> None:
    (archive.state / ".backup-x").mkdir()
    with backing_up(archive.state):
        assert list(mend(archive)) == []
        assert (archive.state / ".backup-x").is_dir()
