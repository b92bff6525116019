"""What a catalogue on a server has to stand beside the tests that every catalogue passes."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from postgres_server import Cluster
from sqlalchemy import BigInteger, Column, create_engine, delete, insert, inspect, select, text

from dossier.archive import open_archive
from dossier.catalogue import Catalogue, open_catalogue
from dossier.catalogue.postgres import holding, is_made
from dossier.catalogue.server import Server, schema_for, server_of
from dossier.catalogue.tables import metadata
from dossier.errors import CatalogueError, ConfigurationError
from dossier.model import (
    DossierFolder,
    FileEntry,
    FileRecord,
    Header,
    LogicalDocument,
    PlacedDocument,
)


def record(path: str, sha: str = "s1", size: int = 10) -> FileRecord:
    document = LogicalDocument(1, (1, 1), Header(), f"văn bản {sha}")
    entry = FileEntry(path, path.encode(), size, 1000, 7, "kho/A")
    return FileRecord(entry, sha, "pdf", (PlacedDocument(document, review=True),))


@pytest.fixture
def catalogue(place: Path | Server) -> Iterator[Catalogue]:
    with open_catalogue(place, 1) as opened:
        opened.save_walk([DossierFolder("kho/A", b"kho/A", "mo-hinh", "A")], {}, [])
        yield opened


def test_of_two_who_read_a_file_one_is_heard(catalogue: Catalogue) -> None:
    assert catalogue.store(record("kho/A/1.pdf"))
    assert not catalogue.store(record("kho/A/1.pdf", "s2"))
    known = catalogue.current(b"kho/A/1.pdf")
    assert known is not None
    assert known.sha256 == "s1"
    assert catalogue.store(record("kho/A/1.pdf", "s2"), known)
    assert not catalogue.store(record("kho/A/1.pdf", "s3"), known)  # who knew the first, not the second
    assert [d.sha256 for d in catalogue.states()[0].documents] == ["s2"]


def test_a_file_that_changed_since_is_not_forgotten(catalogue: Catalogue) -> None:
    catalogue.store(record("kho/A/1.pdf"))
    known = catalogue.current(b"kho/A/1.pdf")
    assert known is not None
    catalogue.store(record("kho/A/1.pdf", "s2", size=11), known)
    catalogue.remove([known])
    (state,) = catalogue.states()
    assert (state.files, [gone.replaced for gone in state.departed]) == (1, [True])


def test_what_changed_while_it_was_indexed_is_indexed_again(catalogue: Catalogue) -> None:
    catalogue.store(record("kho/A/1.pdf"))
    seen = catalogue.feed.pending()
    catalogue.feed.everything_pending()
    catalogue.feed.settled(seen)
    assert list(catalogue.feed.pending()) == ["kho/A/1.pdf"]
    catalogue.feed.settled(catalogue.feed.pending())
    assert not catalogue.feed.pending()


def test_files_below_a_folder_are_found_whatever_the_language_of_the_server(catalogue: Catalogue) -> None:
    paths = ["kho/A/Đơn.pdf", "kho/A/a b.pdf", "kho/A/Ầ.pdf", "kho/A/sub/x.pdf"]
    outside = ["kho/A.pdf", "kho/A0.pdf", "Kho A/1.pdf", "kho-A/1.pdf"]
    catalogue.store_all([(record(path, f"s{n}"), None) for n, path in enumerate(paths + outside)])
    assert {file.path for file in catalogue.known_files(["kho/A"]).values()} == set(paths)
    assert catalogue.paths() and [d.path for d in catalogue.states()[0].documents] == sorted(
        paths + outside, key=lambda path: path.encode()
    )


def test_long_values_are_no_reason_to_lose_a_file(catalogue: Catalogue) -> None:
    long = replace(record("kho/A/1.pdf"), format="x" * 300)
    assert catalogue.store(long)


def test_tables_of_a_server_compare_bytes_and_count_beyond_two_billion(server: Server) -> None:
    with open_catalogue(server, 1) as opened:
        assert opened.trouble() == ""
    engine = create_engine(server.url.replace("postgresql:", "postgresql+psycopg:"))
    found = inspect(engine)
    for table in metadata.sorted_tables:
        columns = {c["name"]: c for c in found.get_columns(table.name, schema=server.schema)}
        assert set(columns) == set(table.columns.keys())
        for column in columns.values():
            if str(column["type"]) in ("TEXT", "VARCHAR"):
                assert column["type"].collation == "C", (table.name, column["name"])
        if "id" in columns:
            assert str(columns["id"]["type"]) == "BIGINT"
    with engine.begin() as connection:
        connection.execute(text(f'ALTER SEQUENCE "{server.schema}".files_id_seq RESTART WITH 3000000000'))
    with open_catalogue(server, 1) as opened:
        opened.save_walk([DossierFolder("kho/A", b"kho/A", "mo-hinh", "A")], {}, [])
        assert opened.store(record("kho/A/1.pdf"))


def test_a_newer_server_is_refused_and_left_alone(cluster: Cluster, server: Server) -> None:
    open_catalogue(server, 1).close()
    cluster.query(f"UPDATE {server.schema}.alembic_version SET version_num = '9999'", "hoso")
    with pytest.raises(CatalogueError, match="mới hơn"):
        open_catalogue(server, 1)


def test_many_who_come_first_make_one_catalogue(server: Server) -> None:
    failed: list[BaseException] = []

    def come() -> None:
        try:
            open_catalogue(server, 1).close()
        except Exception as error:  # noqa: BLE001 (told below)
            failed.append(error)

    comers = [threading.Thread(target=come) for _ in range(4)]
    for comer in comers:
        comer.start()
    for comer in comers:
        comer.join()
    assert not failed
    assert is_made(server)


def test_a_server_that_is_away_is_told_without_its_password(tmp_path: Path) -> None:
    away = Server(f"postgresql://hoso@/hoso?host={tmp_path}", "kho_x", "mật khẩu rất dài")
    with pytest.raises(CatalogueError) as told:
        open_catalogue(away, 1)
    assert "mật khẩu rất dài" not in f"{told.value} {told.value.advice} {away!r}"


def test_a_lock_tells_who_holds_it_and_falls_with_its_holder(cluster: Cluster, server: Server) -> None:
    with holding(server, "lock", "scan", 0):
        with pytest.raises(TimeoutError, match="dossier scan"), holding(server, "lock", "assign", 0.05):
            pass
        with holding(server, "watch", "watch", 0):
            pass
        held = "pg_locks WHERE locktype = 'advisory' AND granted"
        cluster.query(f"SELECT pg_terminate_backend(pid) FROM {held}")
        with holding(server, "lock", "assign", 5):
            pass


def test_whoever_waited_longest_is_next(server: Server) -> None:
    turns: list[str] = []

    def wait() -> None:
        with holding(server, "lock", "assign", 10):
            turns.append("person")

    waiter = threading.Thread(target=wait)
    with holding(server, "lock", "scan", 0):
        waiter.start()
        time.sleep(0.3)
    with holding(server, "lock", "scan", 10):
        turns.append("scan")
    waiter.join()
    assert turns == ["person", "scan"]


def test_the_server_is_named_by_settings_that_nobody_else_can_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "dossier.toml"
    settings.write_text('[archive]\nname = "Kho xã Hàm Thắng"\n[catalogue]\nurl = "postgresql://a@b/c"\n')
    settings.chmod(0o644)
    found = server_of(open_archive(tmp_path))
    assert found is not None
    assert (found.schema, found.shown) == ("kho_kho_xa_ham_thang", "b/c/kho_kho_xa_ham_thang")
    settings.chmod(0o666)
    with pytest.raises(ConfigurationError, match="ai khác cũng sửa được"):
        server_of(open_archive(tmp_path))
    monkeypatch.setenv("DOSSIER_DATABASE", "postgresql://x@y/z")
    assert json.dumps(server_of(open_archive(tmp_path)).shown).startswith('"y/z/')  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "url", ["mysql://a@b/c", "postgresql://a@b", "postgresql://a@b:port/c", "kho.sqlite"]
)
def test_an_address_of_no_server_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DOSSIER_DATABASE", url)
    with pytest.raises(ConfigurationError, match="Địa chỉ cơ sở dữ liệu"):
        server_of(open_archive(tmp_path))


def test_names_of_archives_become_names_of_schemas() -> None:
    assert schema_for("Công an xã Đông Hòa – 2024") == "kho_cong_an_xa_dong_hoa_2024"
    assert len(schema_for("x" * 200)) <= 63


def test_every_row_of_every_table_moves_there_and_back(server: Server, tmp_path: Path) -> None:
    awkward = ("", "a'b\"c\\N\t\n\r", "Hồ sơ 𠮷 e\u0301", "\\.", "\u2028x" * 3000)
    with open_catalogue(tmp_path, 1) as first, first._session.writing() as connection:
        for table in metadata.sorted_tables:
            connection.execute(delete(table))
            for number, words in enumerate(awkward, start=1):
                row = {column.name: awkward_value(column, number, words) for column in table.columns}
                connection.execute(insert(table), row)
    back = tmp_path / "back"
    back.mkdir()
    with open_catalogue(server, 1) as second, open_catalogue(back, 1) as third:
        with open_catalogue(tmp_path, 1) as first:
            before = everything(first)
            there = second.moving.take_over(first.moving)
        second.moving.take_up()
        moved = everything(second)
        third.moving.take_over(second.moving)
        third.moving.take_up()
        returned = everything(third)
    assert all(len(rows) >= len(awkward) for rows in before.values())
    assert set(there) == {table.name for table in metadata.sorted_tables}
    assert moved == before
    assert returned == before


def awkward_value(column: Column[Any], number: int, words: str) -> object:
    """One of its type, another for each number; nothing where that may be, of the first."""
    if column.foreign_keys or column.name == "id":
        return number
    if number == 1 and column.nullable and not column.primary_key:
        return None
    kind = column.type.python_type
    if kind is str:
        return f"{number}{words}"
    values = {
        int: (-1) ** number * (2**31 + number) if isinstance(column.type, BigInteger) else number,
        bytes: bytes([number, 0, 255, 92]) * number,
        bool: number % 2 == 0,
        float: (0.1 + 0.2, -1e300, 5e-324, 0.0, 1 / 3)[number - 1],
    }
    return values[kind]


def everything(catalogue: Catalogue) -> dict[str, list[tuple[object, ...]]]:
    """All rows by table, but for the marks of moves."""
    with catalogue._session.reading() as connection:
        tables = metadata.sorted_tables
        rows = {t.name: connection.execute(select(t).order_by(*t.primary_key)).all() for t in tables}
    return {
        name: [tuple(row) for row in found if row[0] not in ("moving", "revision", "revision_of_all")]
        for name, found in rows.items()
    }
