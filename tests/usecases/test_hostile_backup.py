"""A backup that a stranger made is refused whole, before anything is written."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from archives import FOUNDING, SURVEY, TODAY, put, run, write

from dossier.archive import open_archive
from dossier.errors import ArchiveError, DossierError
from dossier.index import Filters
from dossier.model import in_brief
from dossier.usecases import page_file
from dossier.usecases.assess import assess
from dossier.usecases.backup import backup
from dossier.usecases.indexing import status
from dossier.usecases.overview import overview
from dossier.usecases.restore import restore
from dossier.usecases.search import search

Content = dict[str, bytes]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that was scanned, its backup beside it."""
    root = tmp_path_factory.mktemp("nguồn") / "nguồn"
    put(root, a_txt=FOUNDING, b_txt=SURVEY)
    write(root, "dossier.toml", '[archive]\nname = "Kho A"\n')
    run(root)
    backup(open_archive(root), root.with_name("b.zip"))
    return root


@pytest.fixture
def good(source: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(source.with_name("b.zip"), tmp_path))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    root = tmp_path / "đích"
    put(root, a_txt=FOUNDING, new_txt=SURVEY)
    (tmp_path / "ngoài").mkdir()
    (root / "lk").symlink_to(tmp_path / "ngoài")
    (root / "checklists").symlink_to(tmp_path / "ngoài")
    return root


def forged(good: Path, change: Callable[[Content], Any], lie: Callable[[dict[str, Any]], Any] = id) -> Path:
    """The backup with other members, its manifest made to fit, then with what ``lie`` makes of it."""
    with zipfile.ZipFile(good) as packed:
        content = {name: packed.read(name) for name in packed.namelist()}
    manifest = json.loads(content.pop("manifest.json"))
    change(content)
    manifest["files"] = {n: [hashlib.sha256(d).hexdigest(), len(d)] for n, d in content.items()}
    lie(manifest)
    bad = good.with_name("xấu.zip")
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in content.items():
            packed.writestr(name, data)
        packed.writestr("manifest.json", json.dumps(manifest))
    return bad


def refused(bad: Path, target: Path) -> None:
    """Whatever is asked, nothing is written anywhere."""
    base = target.parent

    def seen() -> dict[str, bytes]:
        return {str(f): f.read_bytes() for f in base.rglob("*") if f.is_file()}

    before, folders = seen(), sorted(map(str, base.rglob("*")))
    for force in (False, True):
        with pytest.raises(DossierError):
            restore(open_archive(target), bad, force=force)
    assert seen() == before
    assert sorted(map(str, base.rglob("*"))) == folders


NAMES = [
    "state//tmp/pwned", "state///pwned", "archive//pwned.toml", "archive/../pwned.toml", "state/../pwned",
    "archive/C:/pwned.toml", "archive/C:pwned.toml", "archive/..\\pwned.toml", "archive/./pwned.toml",
    "archive/lk/pwned.toml", "archive/mo-hinh/A/a.txt", "archive/mo-hinh/A/new.docx", "archive/hoso.txt",
    "archive/mo-hinh/A/hoso.toml", "archive/checklists/x.toml", "archive/con.toml", "archive/x.toml ",
    "archive/checklists/../../pwned.toml", "archive/.hidden.toml", "state/lock", "state/index/x",
    "state/catalogue.sqlite-wal", "archive/a\x01.toml", "pwned.toml", "/etc/pwned", "archive/",
    "state/catalogue.sqlite/x", "archive/\u202exlmot.toml", "STATE/catalogue.sqlite",
    "archive/x.toml.", "archive/x.toml...", "archive/checklists /x.toml", "archive/checklists./x.toml",
    "archive/checklists/a. /x.toml", "archive/x.toml::$DATA", "archive/x:y.toml", "archive/CON .toml",
    "archive/COM¹.toml", "archive/checklists/NUL.a/x.toml", "archive/CONIN$.toml", "archive/lpt1.x.toml",
    "archive/checklists/conout$/x.toml", "archive/Checklists/x.toml", "archive/ｘ.toml", "archive/x．toml",
    "archive/checklists∕x.toml", "archive/x\u200b.toml", "archive/hoso.toml", "archive/HOSO.toml",
    "state/Catalogue.sqlite", "state/catalogue.sqlite ", "state/web.sqlite-wal",
    "state/audit-2026-13.jsonl.x",
    "state/./catalogue.sqlite", "state/audit-２０２６-11.jsonl", "archive/retention/../dossier.toml",
    "archive/DOSSIER~1.TOM.toml/x.toml", "archive/a/dossier.toml", "archive/dossier.toml/", "archive\\x.toml",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_name_that_no_backup_holds_is_refused(good: Path, target: Path, name: str) -> None:
    refused(forged(good, lambda content: content.update({name: b"pwned"})), target)


def test_name_that_is_refused_is_shown_as_people_write_it(good: Path, target: Path) -> None:
    bad = forged(good, lambda content: content.update({"archive/Mô hình/Chợ\u202e.txt": b"x"}))
    with pytest.raises(DossierError) as no:
        restore(open_archive(target), bad, force=False)
    assert "Mô hình/Chợ" in no.value.message and no.value.message.isprintable()


def test_link_inside_is_refused(good: Path, target: Path) -> None:
    bad = forged(good, lambda content: None)
    with zipfile.ZipFile(bad) as packed:
        content = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(bad, "w") as packed:
        for name, data in content.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (0o120777 if name.endswith("dossier.toml") else 0o100644) << 16
            packed.writestr(info, data)
    refused(bad, target)


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("name", ["archive/dossier.toml", "manifest.json"])
def test_packing_that_takes_any_amount_of_memory_is_refused(
    good: Path, target: Path, packing: int, name: str
) -> None:
    with zipfile.ZipFile(good) as packed:
        members = {member: packed.read(member) for member in packed.namelist()}
    with zipfile.ZipFile(good, "w") as packed:
        for member, content in members.items():
            packed.writestr(member, content, packing if member == name else zipfile.ZIP_DEFLATED)
    refused(good, target)


@pytest.mark.parametrize("size", [1 << 40, -1, 0, 10**30, float("inf")])
def test_declared_size_that_is_not_true_is_refused(good: Path, target: Path, size: float) -> None:
    def lie(manifest: dict[str, Any]) -> None:
        manifest["files"]["state/catalogue.sqlite"][1] = size

    refused(forged(good, lambda content: None, lie), target)


def test_backup_of_no_known_time_is_refused(good: Path, target: Path) -> None:
    refused(forged(good, lambda content: None, lambda told: told.update(made_at="hôm qua")), target)


def test_bomb_is_refused(good: Path, target: Path) -> None:
    refused(forged(good, lambda c: c.update({"archive/x.toml": b"#" * (64 << 20)})), target)


def test_manifest_without_end_is_refused(good: Path, target: Path) -> None:
    refused(forged(good, lambda content: None, lambda m: m.update(archive="x" * (17 << 20))), target)


def test_manifest_nested_without_end_is_refused(good: Path, target: Path) -> None:
    bad = good.with_name("sâu.zip")
    with zipfile.ZipFile(bad, "w") as packed:
        packed.writestr("manifest.json", '{"files": ' + "[" * 200_000)
    refused(bad, target)


def test_member_that_the_manifest_does_not_name_is_refused(good: Path, target: Path) -> None:
    refused(forged(good, lambda c: c.update({"archive/x.toml": b""}), lambda m: m["files"].popitem()), target)


SCHEMAS = [
    "CREATE TRIGGER evil AFTER INSERT ON decisions BEGIN DELETE FROM decisions; END",
    "CREATE VIEW evil AS SELECT load_extension('x')",
    "CREATE TABLE evil (x)",
    "CREATE VIRTUAL TABLE evil USING fts4(x)",
    "CREATE INDEX evil ON files (size)",
    "ALTER TABLE decisions ADD COLUMN evil TEXT",
    "UPDATE files SET raw_path = CAST('../../etc/passwd' AS BLOB) WHERE id = 1",
    "UPDATE files SET raw_path = CAST('/etc/passwd' AS BLOB) WHERE id = 1",
    "DROP TABLE waivers; CREATE VIEW waivers AS SELECT 1 AS id",
    "DELETE FROM alembic_version; INSERT INTO alembic_version VALUES ('0000')",
    "DELETE FROM alembic_version; INSERT INTO alembic_version VALUES ('head')",
    "ALTER TABLE files ADD COLUMN evil TEXT GENERATED ALWAYS AS (hex(sha256)) VIRTUAL",
    "CREATE VIRTUAL TABLE evil USING fts5(x)",
    "CREATE VIRTUAL TABLE evil USING rtree(id, a, b)",
    "CREATE TEMP TRIGGER x AFTER INSERT ON main.files BEGIN SELECT 1; END; CREATE TABLE evil AS SELECT 1",
    "UPDATE files SET path = '../x' WHERE id = 1",
    "UPDATE files SET raw_path = CAST('a/' || char(0) AS BLOB) WHERE id = 1",
    "UPDATE dossiers SET raw_path = CAST('/etc' AS BLOB)",
    "PRAGMA application_id=1; CREATE UNIQUE INDEX evil ON decisions (author)",
]
# What no statement may make, but a file may hold: put into the schema's own table by hand.
WRITTEN = [
    ("trigger", "sqlite_stat_evil", "decisions",
     "CREATE TRIGGER sqlite_stat_evil AFTER INSERT ON decisions BEGIN DELETE FROM decisions; END"),
    ("trigger", "sqlite_stat1", "decisions",
     "CREATE TRIGGER sqlite_stat1 AFTER INSERT ON decisions BEGIN DELETE FROM decisions; END"),
    ("view", "sqlite_stat4", "sqlite_stat4", "CREATE VIEW sqlite_stat4 AS SELECT * FROM decisions"),
    ("trigger", "sqlite_autoindex_x", "decisions",
     "CREATE TRIGGER sqlite_autoindex_x AFTER INSERT ON decisions BEGIN DELETE FROM decisions; END"),
]  # fmt: skip


@pytest.mark.parametrize("sql", SCHEMAS)
def test_catalogue_with_anything_of_its_own_is_refused(good: Path, target: Path, sql: str) -> None:
    def change(content: Content) -> None:
        file = good.with_name("c.sqlite")
        file.write_bytes(content["state/catalogue.sqlite"])
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(sql)
        content["state/catalogue.sqlite"] = file.read_bytes()
        file.unlink()

    refused(forged(good, change), target)


@pytest.mark.parametrize("row", WRITTEN, ids=[f"{row[0]} {row[1]}" for row in WRITTEN])
@pytest.mark.parametrize("name", ["catalogue.sqlite", "web.sqlite"])
def test_schema_written_by_hand_is_refused(
    good: Path, target: Path, name: str, row: tuple[str, str, str, str]
) -> None:
    def change(content: Content) -> None:
        file = good.with_name("c.sqlite")
        if name == "catalogue.sqlite":
            file.write_bytes(content[f"state/{name}"])
        with closing(sqlite3.connect(file)) as connection, connection:
            if name == "web.sqlite":
                connection.executescript(page_file.SCHEMA)
            connection.execute("PRAGMA writable_schema=ON")
            table = row[2] if name == "catalogue.sqlite" else "accounts"
            sql = row[3].replace("decisions", table)
            connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, 0, ?)", (*row[:2], table, sql))
        content[f"state/{name}"] = file.read_bytes()
        file.unlink()

    refused(forged(good, change), target)


def test_statistics_that_sqlite_keeps_are_no_objection(good: Path, target: Path) -> None:
    def change(content: Content) -> None:
        file = good.with_name("c.sqlite")
        file.write_bytes(content["state/catalogue.sqlite"])
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("ANALYZE")
        content["state/catalogue.sqlite"] = file.read_bytes()
        file.unlink()

    restore(open_archive(target), forged(good, change))


def test_member_given_twice_is_refused(good: Path, target: Path) -> None:
    with zipfile.ZipFile(good) as packed:
        twice = packed.read("state/catalogue.sqlite")
    with zipfile.ZipFile(good, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("state/catalogue.sqlite", twice)
    refused(good, target)


def test_countless_members_are_refused_at_once(good: Path, target: Path) -> None:
    many = {f"archive/checklists/x{at}.toml": b"" for at in range(10_001)}
    refused(forged(good, lambda content: content.update(many)), target)


def test_names_that_differ_in_case_only_are_refused(good: Path, target: Path) -> None:
    pair = {"archive/checklists2.toml": b"", "archive/CHECKLISTS2.toml": b""}
    refused(forged(good, lambda content: content.update(pair)), target)


def test_names_that_differ_in_form_only_are_refused(good: Path, target: Path) -> None:
    pair = {"archive/ế.toml": b"", "archive/e\u0302\u0301.toml": b""}
    refused(forged(good, lambda content: content.update(pair)), target)


@pytest.mark.parametrize("mode", [0o010644, 0o020644, 0o060644, 0o140644, 0o040755])
def test_member_that_is_no_plain_file_is_refused(good: Path, target: Path, mode: int) -> None:
    bad = forged(good, lambda content: None)
    with zipfile.ZipFile(bad) as packed:
        content = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(bad, "w") as packed:
        for name, data in content.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (mode if name.endswith("dossier.toml") else 0o100644) << 16
            packed.writestr(info, data)
    refused(bad, target)


def test_target_with_another_name_is_not_written_through(good: Path, target: Path) -> None:
    """A hard link of an original to the name that is restored: the original keeps its content."""
    original = target / "mo-hinh/A/a.txt"
    before = original.read_bytes()
    (target / "dossier.toml").hardlink_to(original)
    with pytest.raises(DossierError):
        restore(open_archive(target.parent / "đích"), good)
    (target / "dossier.toml").unlink()
    archive = open_archive(target)
    (target / "dossier.toml").hardlink_to(original)
    restore(archive, good, force=True)
    assert original.read_bytes() == before


def test_damaged_catalogue_is_refused(good: Path, target: Path) -> None:
    def change(content: Content) -> None:
        data = bytearray(content["state/catalogue.sqlite"])
        data[8192:12288] = b"\xff" * 4096
        content["state/catalogue.sqlite"] = bytes(data)

    refused(forged(good, change), target)


def _changed_by(statement: str) -> Callable[[Content], None]:
    def change(content: Content) -> None:
        database = sqlite3.connect(":memory:")
        database.deserialize(content["state/catalogue.sqlite"])
        database.execute(statement)
        database.commit()
        content["state/catalogue.sqlite"] = database.serialize()

    return change


def _with_a_page_too_many(content: Content) -> None:
    page = len(content["state/catalogue.sqlite"]) // 4096
    header = bytearray(content["state/catalogue.sqlite"] + bytes(4096))
    header[28:32] = (page + 1).to_bytes(4, "big")
    content["state/catalogue.sqlite"] = bytes(header)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_changed_by("DELETE FROM alembic_version"), "không ghi phiên bản"),
        (_changed_by("INSERT INTO alembic_version VALUES ('0001')"), "không ghi phiên bản"),
        (_changed_by("UPDATE dossiers SET name = X'FF00FE'"), "cột name của bảng dossiers"),
        (_changed_by("UPDATE dossiers SET ignored = 'x'"), "cột ignored của bảng dossiers"),
        (_changed_by("UPDATE dossiers SET manifest = '5'"), "cột manifest của bảng dossiers"),
        (_changed_by("UPDATE files SET size = 'lớn'"), "cột size của bảng files"),
        (_changed_by("UPDATE files SET verified_at = 'hôm qua'"), "cột verified_at của bảng files"),
        (_with_a_page_too_many, "nội dung bên trong hỏng"),
        (lambda content: content.update({"state/web.sqlite": b"no database"}), "như dossier tạo ra: không"),
    ],
)
def test_why_a_database_is_refused_is_told_without_words_of_a_library(
    good: Path, target: Path, change: Callable[[Content], Any], told: str
) -> None:
    with pytest.raises(DossierError, match=told):
        restore(open_archive(target), forged(good, change))


def test_damaged_member_is_told_by_its_name_alone(good: Path, target: Path) -> None:
    with zipfile.ZipFile(good) as packed:
        catalogue = packed.getinfo("state/catalogue.sqlite")
    data = bytearray(good.read_bytes())
    data[catalogue.header_offset + catalogue.compress_size // 2] ^= 0xFF
    good.write_bytes(bytes(data))
    with pytest.raises(DossierError, match=r"đã hỏng: state/catalogue\.sqlite\.$"):
        restore(open_archive(target), good)


def test_good_backup_of_the_same_names_is_taken_and_its_index_works(good: Path, target: Path) -> None:
    restore(open_archive(target), good)
    archive = open_archive(target)
    assert status(archive).documents == 2
    assert search(archive, "camera", Filters()).total == 2


def test_what_an_earlier_version_packed_besides_is_left_out(good: Path, target: Path) -> None:
    more = {"state/learned.npz": b"x", "state/last-answer.root@a.json": b"{}"}
    restore(open_archive(target), forged(good, lambda content: content.update(more)))
    assert not (target / ".dossier/learned.npz").exists()


def test_trigger_in_the_catalogue_in_use_is_told_by_doctor(good: Path, target: Path) -> None:
    from dossier.usecases.doctor import examine

    restore(open_archive(target), good)
    with closing(sqlite3.connect(target / ".dossier/catalogue.sqlite")) as connection:
        connection.execute(SCHEMAS[0])
    assert any("evil" in check.found for check in examine(open_archive(target)))


def test_path_of_the_catalogue_that_leads_out_opens_nothing(good: Path, target: Path) -> None:
    from dossier.usecases.answers import file_of

    restore(open_archive(target), good)
    archive = open_archive(target)
    (path, *_more) = [hit.path for hit in search(archive, "camera", Filters()).hits]
    with closing(sqlite3.connect(archive.state / "catalogue.sqlite")) as connection, connection:
        connection.execute("UPDATE files SET raw_path = CAST('../ngoài' || id AS BLOB)")
    for name in ("ngoài1", "ngoài2"):
        (target.parent / name).write_text("bí mật")
    with pytest.raises(ArchiveError):
        file_of(archive, path)


def test_verdicts_that_a_backup_brings_are_not_believed(source: Path, good: Path, target: Path) -> None:
    overview(open_archive(source), TODAY)
    backup(open_archive(source), good.with_name("c.zip"))

    def lie(content: Content) -> None:
        name = next(name for name in content if name.endswith("catalogue.sqlite"))
        copy = good.with_name("lie.sqlite")
        copy.write_bytes(content[name])
        with closing(sqlite3.connect(copy)) as connection, connection:
            assert connection.execute("UPDATE briefs SET complete = 1, score = 100").rowcount
        content[name] = copy.read_bytes()

    (target / "checklists").unlink()
    restore(open_archive(target), forged(good.with_name("c.zip"), lie))
    restored = open_archive(target)
    assert overview(restored, TODAY) == in_brief(assess(restored, TODAY))
