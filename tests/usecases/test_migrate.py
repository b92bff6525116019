"""A catalogue moves to a server and back: every row and every verdict arrives."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from archives import decided_archive
from postgres_server import Cluster

from dossier.archive import Archive, open_archive
from dossier.catalogue.server import server_of
from dossier.catalogue.sqlite.glance import NAME
from dossier.errors import CatalogueError, UsageError
from dossier.usecases.assess import digest
from dossier.usecases.known import open_known
from dossier.usecases.migrate import migrate_to
from dossier.usecases.scan import scan

TODAY = date(2026, 11, 24)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return decided_archive(tmp_path / "kho", TODAY, dossiers=2)


def test_there_and_back_again(archive: Archive, cluster: Cluster) -> None:
    before = digest(archive, TODAY)
    moved = migrate_to(archive, cluster.url("viet" if cluster.speaks_vietnamese else "hoso"), TODAY)
    assert moved.verdicts == before
    assert moved.kept is not None
    assert stat.S_IMODE(moved.kept.stat().st_mode) == 0o400
    assert not (archive.state / NAME).exists()
    assert server_of(archive) is not None
    with open_known(archive) as catalogue:
        assert len(catalogue.decisions.all()) == 1
    counts = scan(archive)  # new rows get numbers of their own
    assert (counts.read, counts.gone) == (0, 0)
    (archive.root / "moi.txt").write_text("Báo cáo")
    scan(archive)
    back = migrate_to(archive, str(archive.state), TODAY)
    assert back.rows["files"] == moved.rows["files"] + 1
    assert server_of(archive) is None
    assert digest(archive, TODAY) == back.verdicts


def test_what_is_there_already_is_not_overwritten(archive: Archive, cluster: Cluster, tmp_path: Path) -> None:
    migrate_to(archive, cluster.url(), TODAY)
    with pytest.raises(UsageError, match="đã nằm trên máy chủ"):
        migrate_to(archive, cluster.url(), TODAY)
    other = replace(open_archive(archive.root, tmp_path / "other"), config=archive.config)
    scan(other, workers=1)
    with pytest.raises(CatalogueError, match="đã có danh mục"):
        migrate_to(other, cluster.url(), TODAY)
    assert (other.state / NAME).exists()


def test_a_password_is_never_written(archive: Archive, cluster: Cluster) -> None:
    migrate_to(archive, cluster.url().replace("hoso@", "hoso:bí-mật@"), TODAY)
    assert "bí-mật" not in (archive.state / "server.json").read_text()
