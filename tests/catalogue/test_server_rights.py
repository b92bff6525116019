"""A user of the database who lacks rights is told so, in words, and nothing is taken for absent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from postgres_server import Cluster

from dossier.archive import Archive, open_archive
from dossier.catalogue import open_catalogue
from dossier.errors import CatalogueError
from dossier.scanner import VERSION
from dossier.usecases.assess import assess
from dossier.usecases.known import open_known
from dossier.work import queue
from dossier.work.worker import Worker

PASSWORD = "Bi-mat-77"
SCHEMA = "kho_quyen"


def archive_of(folder: Path, url: str) -> Archive:
    opened = open_archive(folder, folder / ".dossier")
    settings = replace(opened.config.catalogue, url=url, schema=SCHEMA)
    opened.ready_state()
    return replace(opened, config=replace(opened.config, catalogue=settings))


@pytest.fixture(scope="module")
def rights(cluster: Cluster) -> Iterator[Cluster]:
    for role in ("nguoi_doc", "nguoi_la"):
        cluster.query(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'")
    yield cluster
    cluster.query(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE", "hoso")
    for role in ("nguoi_doc", "nguoi_la"):
        cluster.query(f"DROP ROLE {role}")


def as_role(cluster: Cluster, role: str, folder: Path) -> Archive:
    open_catalogue(archive_of(folder, cluster.url()), VERSION).close()
    cluster.query(f"GRANT USAGE ON SCHEMA {SCHEMA} TO nguoi_doc", "hoso")
    cluster.query(f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO nguoi_doc", "hoso")
    return archive_of(folder, cluster.url().replace("hoso@", f"{role}:{PASSWORD}@", 1))


def is_told(error: CatalogueError) -> None:
    assert "chưa được cấp quyền" in error.message
    assert "quản trị cơ sở dữ liệu" in error.advice
    assert PASSWORD not in error.message + error.advice


def test_who_may_only_read_is_told_when_writing(rights: Cluster, tmp_path: Path) -> None:
    archive = as_role(rights, "nguoi_doc", tmp_path)
    with open_known(archive) as catalogue, pytest.raises(CatalogueError) as caught:
        catalogue.note_drill(datetime.now(UTC))
    is_told(caught.value)


def test_catalogue_that_is_kept_from_us_is_not_taken_for_none(rights: Cluster, tmp_path: Path) -> None:
    archive = as_role(rights, "nguoi_la", tmp_path)
    with pytest.raises(CatalogueError) as caught:
        assess(archive)
    is_told(caught.value)


@pytest.mark.parametrize("role", ["nguoi_doc", "nguoi_la"])
def test_workers_without_rights_are_told(rights: Cluster, tmp_path: Path, role: str) -> None:
    archive = as_role(rights, role, tmp_path)
    for act in (lambda: queue.submit(archive), lambda: queue.progress(archive)):
        with pytest.raises(CatalogueError) as caught:
            act()
        is_told(caught.value)
    with pytest.raises(CatalogueError) as caught:
        Worker(archive, slots=1).run(once=True)
    is_told(caught.value)
