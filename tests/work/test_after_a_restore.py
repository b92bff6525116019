"""A catalogue that was restored from a backup while the queue beside it went on: jobs speak of dossiers,
files and contents that it does not know."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import procrastinate
import psycopg
import pytest
from machines import TODAY, whole
from postgres_server import Cluster
from psycopg import sql

from dossier.archive import Archive, open_archive
from dossier.index import Filters
from dossier.model import FileEntry
from dossier.usecases.assess import digest
from dossier.usecases.demo import write_sample
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from dossier.usecases.search import search
from dossier.work import queue, steps
from dossier.work.tasks import as_argument
from dossier.work.worker import Worker

pytestmark = pytest.mark.slow  # a worker with readers of its own


@pytest.fixture
def archive(cluster: Cluster, tmp_path: Path) -> Archive:
    root = tmp_path / "kho"
    write_sample(root, dossiers=1, seed=19, today=TODAY, scans=False)
    opened = open_archive(root, tmp_path / "state")
    settings = replace(opened.config.catalogue, url=cluster.url(), schema=f"lai_{time.time_ns()}")
    archive = replace(opened, config=replace(opened.config, catalogue=settings))
    scan(archive, workers=1)
    return archive


def tables(server: psycopg.Connection[tuple[str, ...]]) -> list[str]:
    found = server.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() "
        "AND tablename NOT LIKE 'procrastinate%' AND tablename NOT LIKE 'kept%'"
    )
    return [name for (name,) in found.fetchall()]


def connected(archive: Archive) -> psycopg.Connection[tuple[str, ...]]:
    server = queue.server_for(archive)
    options = f"-c search_path={server.schema} -c session_replication_role=replica"
    return psycopg.connect(server.url, autocommit=True, options=options)


def back_up(archive: Archive) -> None:
    with closing(connected(archive)) as server:
        for name in tables(server):
            kept = sql.Identifier(f"kept_{name}")
            server.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(kept, sql.Identifier(name)))


def restore(archive: Archive) -> None:
    """The catalogue as it was, and its numbers too: a new row may get the number of one that was lost."""
    with closing(connected(archive)) as server:
        names = tables(server)
        every = sql.SQL(", ").join(map(sql.Identifier, names))
        server.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(every))
        for name in names:
            kept = sql.Identifier(f"kept_{name}")
            server.execute(sql.SQL("INSERT INTO {} TABLE {}").format(sql.Identifier(name), kept))
            server.execute(sql.SQL("DROP TABLE {}").format(kept))
        for name in ("files", "documents"):
            server.execute(
                sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(
                    sql.Literal(name), sql.Identifier(name)
                )
            )


def newer(archive: Archive) -> list[FileEntry]:
    """What came after the backup, catalogued and in the index: a dossier, and a file in the known one."""
    with open_known(archive) as catalogue:
        (path,) = catalogue.kinds()
    folder = archive.root / path
    (folder / "bien-ban.txt").write_text("BIÊN BẢN\nVề việc kiểm tra xoongchaomoi\n", "utf-8")
    new = folder.with_name("Mô hình mới")
    new.mkdir()
    for number in range(3):
        (new / f"{number}.txt").write_text(f"KẾ HOẠCH\nKhảo sát mô hình, đợt {number}\n", "utf-8")
    entries = steps.plan(archive, None)
    scan(archive, workers=1)
    return entries


def put(archive: Archive, entries: list[FileEntry], *, finish: bool) -> None:
    """The jobs as they stood when the catalogue was lost, all of them also as a person's files, and one that
    took three workers with it."""
    queue.make_tables(queue.server_for(archive))
    terms = steps.terms_of(archive)
    files = [as_argument(entry) for entry in entries]
    planned = {"reader": terms.reader, "checklists": terms.checklists}

    async def jobs(app: procrastinate.App) -> None:
        await queue.put(app, "read", queue.READER, queue.NIGHT, {"files": files[1:], **planned})
        await queue.put(app, "read", queue.READER, queue.NOW, {"files": files[1:], "now": True, **planned})
        await queue.put(app, "read", queue.READER, queue.NIGHT, {"files": files, "hopeless": True, **planned})
        await queue.put(app, "index", queue.WALKER, queue.NOW, {"files": files})
        if finish:
            await queue.put(app, "finish", queue.WALKER, queue.DAY, {"left": 3, "priority": queue.NIGHT})

    queue.run(queue.server_for(archive), jobs)


@pytest.mark.parametrize("finish", [True, False])
def test_newer_jobs_lose_and_double_nothing(archive: Archive, tmp_path: Path, finish: bool) -> None:
    back_up(archive)
    entries = newer(archive)
    assert len(entries) > 2
    restore(archive)
    put(archive, entries, finish=finish)
    Worker(archive, slots=1).run(once=True)
    with open_known(archive) as catalogue:
        assert not catalogue.orphans.count()
        assert len(catalogue.paths()) == len(set(catalogue.paths()))
        dossiers = set(catalogue.kinds())
        assert {catalogue.dossier_of(path) for path in catalogue.paths()} <= {*dossiers, "", None}
    found = queue.progress(archive)
    assert (found.waiting, found.doing, found.failed) == (0, 0, 0)
    scan(archive, workers=1)
    alone = open_archive(archive.root, tmp_path / "alone")
    scan(alone, workers=1)
    whole(archive, digest(alone, TODAY))
    assert search(archive, "xoongchaomoi", Filters()).total == 1
