"""A move to a server or back that is killed leaves one catalogue in use, and the same command ends it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from archives import decided_archive
from postgres_server import Cluster, binaries

from dossier import workspace
from dossier.archive import Archive, open_archive
from dossier.catalogue import transfer
from dossier.catalogue.server import server_of
from dossier.catalogue.sqlite.glance import NAME
from dossier.errors import ArchiveError, CatalogueError, UsageError
from dossier.usecases import migrate
from dossier.usecases.assess import digest
from dossier.usecases.known import open_known
from dossier.usecases.migrate import migrate_to
from dossier.usecases.scan import scan
from dossier.work import queue

TODAY = date(2026, 11, 24)
WAYS = [(transfer, "_digest"), (migrate, "_check"), (migrate, "_take_up")]
THERE = [*WAYS, (migrate, "remember_server"), (migrate, "put_aside")]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return decided_archive(tmp_path / "kho", TODAY, dossiers=1)


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A server that may be restarted."""
    programs = binaries()
    if programs is None:
        pytest.skip("no PostgreSQL 15 or newer on this machine")
    made = Cluster(programs)
    yield made
    made.stop()


def killed(module: object, name: str, work: Callable[[], object]) -> None:
    """Do it in a process that is killed where it comes to that function."""
    if not (child := os.fork()):
        setattr(module, name, lambda *_a: os.kill(os.getpid(), signal.SIGKILL))
        try:
            work()
        finally:
            os._exit(7)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def in_use(archive: Archive) -> tuple[str, int]:
    with open_known(archive) as catalogue:
        return digest(archive, TODAY), len(catalogue.decisions.all())


def test_who_names_the_server_before_the_move_is_told_to_move(archive: Archive, cluster: Cluster) -> None:
    there = replace(archive.config.catalogue, url=cluster.url(), schema="chua_chuyen")
    named = replace(archive, config=replace(archive.config, catalogue=there))
    with pytest.raises(ArchiveError, match="còn là tệp trên máy này"):
        migrate_to(named, cluster.url(), TODAY)


def test_a_server_that_restarts_while_rows_are_copied_is_told_and_nothing_is_lost(
    archive: Archive, own_cluster: Cluster
) -> None:
    def move(target: str) -> None:
        restarts = iter([1])

        def restart(_done: int, _total: int, what: str) -> None:
            if "chép" in what and next(restarts, 0):
                own_cluster.halt("immediate")
                own_cluster.start()

        with (
            workspace.within(listener=restart),
            pytest.raises(CatalogueError, match="kết nối bị ngắt") as told,
        ):
            migrate_to(archive, target, TODAY)
        assert told.value.advice.startswith("Kiểm tra máy chủ cơ sở dữ liệu")
        assert in_use(archive) == before
        migrate_to(archive, target, TODAY)

    before = in_use(archive)
    move(own_cluster.url())
    move(str(archive.state))
    assert in_use(archive) == before


@pytest.mark.parametrize(("module", "name"), THERE, ids=[name for _module, name in THERE])
def test_a_move_to_a_server_goes_on_after_a_kill(
    archive: Archive, cluster: Cluster, module: object, name: str
) -> None:
    before = in_use(archive)
    killed(module, name, lambda: migrate_to(archive, cluster.url(), TODAY))
    assert in_use(archive) == before
    (archive.root / "mới.txt").write_text("Báo cáo", "utf-8")
    if server_of(archive) is None:
        scan(archive, workers=1)  # the catalogue that is in use goes its way meanwhile
        migrate_to(archive, cluster.url(), TODAY)
    else:
        with pytest.raises(UsageError, match="đã nằm trên máy chủ"):
            migrate_to(archive, cluster.url(), TODAY)
    assert server_of(archive) is not None
    assert not (archive.state / NAME).exists()
    assert len(list(archive.state.glob(f"{NAME}.moved-*"))) == 1
    assert in_use(archive)[1] == 1


@pytest.mark.parametrize(("module", "name"), WAYS, ids=[name for _module, name in WAYS])
@pytest.mark.parametrize("elsewhere", [False, True], ids=["home", "another folder"])
def test_a_move_back_goes_on_after_a_kill(
    archive: Archive, cluster: Cluster, tmp_path: Path, module: object, name: str, elsewhere: bool
) -> None:
    before = in_use(archive)
    migrate_to(archive, cluster.url(), TODAY)
    folder = tmp_path / "chỗ khác" if elsewhere else archive.state
    killed(module, name, lambda: migrate_to(archive, str(folder), TODAY))
    assert in_use(archive) == before
    if elsewhere or server_of(archive):
        migrate_to(archive, str(folder), TODAY)
    assert (server_of(archive) is not None) is elsewhere
    assert in_use(archive) == before
    assert in_use(replace(archive, state=folder)) == before


def test_a_copy_that_was_taken_up_is_never_made_anew(archive: Archive, cluster: Cluster) -> None:
    moved = migrate_to(archive, cluster.url(), TODAY)
    assert moved.kept is not None
    (archive.state / "server.json").unlink()
    moved.kept.chmod(0o600)
    moved.kept.rename(archive.state / NAME)  # somebody goes back to the old file by hand
    with pytest.raises(CatalogueError, match="đã có danh mục"):
        migrate_to(archive, cluster.url(), TODAY)


@pytest.mark.parametrize("remembered", [True, False], ids=["moved", "address in the settings"])
def test_a_catalogue_that_is_gone_from_the_server_is_never_begun_anew(
    archive: Archive, cluster: Cluster, remembered: bool
) -> None:
    migrate_to(archive, cluster.url(), TODAY)
    server = server_of(archive)
    assert server is not None
    if not remembered:
        (archive.state / "server.json").unlink()
        archive = migrate.at_server(archive, replace(server, schema="ten_moi"))  # as an archive renamed
    else:
        cluster.query(f"DROP SCHEMA {server.schema} CASCADE", "hoso")
    acts: list[Callable[[], object]] = [
        lambda: scan(archive, workers=1),
        lambda: open_known(archive),
        lambda: queue.submit(archive),
        lambda: queue.progress(archive),
    ]
    for act in acts:
        with pytest.raises(ArchiveError, match="không có danh mục") as refused:
            act()
        assert "bản sao lưu" in refused.value.advice


def test_a_folder_with_somebody_elses_catalogue_is_left_alone(
    archive: Archive, cluster: Cluster, tmp_path: Path
) -> None:
    migrate_to(archive, cluster.url(), TODAY)
    other = open_archive(archive.root, tmp_path / "khác")
    scan(other, workers=1)
    was = (other.state / NAME).read_bytes()
    with pytest.raises(UsageError, match="đã có danh mục"):
        migrate_to(archive, str(other.state), TODAY)
    assert (other.state / NAME).read_bytes() == was


if sys.platform == "win32":
    pytest.skip("processes are not forked on Windows", allow_module_level=True)
