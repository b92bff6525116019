"""A backup holds the page's accounts and the log of acts; a restore takes them and unsays no act."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from dossier.archive import Archive, open_archive
from dossier.errors import ArchiveError, LockedError
from dossier.usecases import audit
from dossier.usecases.backup import backup
from dossier.usecases.decide import waive
from dossier.usecases.locking import serving
from dossier.usecases.restore import restore
from dossier.web.accounts import Accounts
from dossier.web.roles import Role
from dossier.web.storage import Storage
from tests.usecases.archives import FOUNDING, put, run

PASSWORD = "một câu dài khó đoán 7"


@contextmanager
def opened(archive: Archive) -> Iterator[Storage]:
    storage = Storage(archive.state)
    try:
        yield storage
    finally:
        storage.close()


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("used") / "kho"
    put(root, a_txt=FOUNDING)
    run(root)
    archive = open_archive(root)
    waive(archive, "mo-hinh/A", "MH-04", reason="đang xin ý kiến")
    with opened(archive) as storage:
        Accounts(storage).put("an", Role.ADMIN, None, PASSWORD)
        storage.change("INSERT INTO sessions VALUES ('x', 'an', 1, 1, 'vi')")
        storage.secret("csrf", lambda: "bí mật")
    return root


@pytest.fixture
def archive(used: Path, tmp_path: Path) -> Archive:
    return open_archive(shutil.copytree(used, tmp_path / "kho"))


@pytest.fixture
def file(archive: Archive, tmp_path: Path) -> Path:
    backup(archive, tmp_path / "b.zip")
    return tmp_path / "b.zip"


def forged(file: Path, name: str, data: bytes) -> Path:
    """The backup with a member of other content, its manifest made to fit."""
    with zipfile.ZipFile(file) as packed:
        content = {each: packed.read(each) for each in packed.namelist()}
    manifest = json.loads(content.pop("manifest.json"))
    content[name] = data
    manifest["files"][name] = [hashlib.sha256(data).hexdigest(), len(data)]
    with zipfile.ZipFile(file, "w") as packed:
        for each, raw in {**content, "manifest.json": json.dumps(manifest).encode()}.items():
            packed.writestr(each, raw)
    return file


def acts(archive: Archive) -> list[str]:
    return [entry.act for entry in reversed(audit.entries(archive))]


def logs(file: Path) -> list[str]:
    with zipfile.ZipFile(file) as packed:
        return [name for name in packed.namelist() if "audit-" in name]


def test_accounts_come_back_without_sessions_and_secrets(archive: Archive, file: Path) -> None:
    shutil.rmtree(archive.state)
    restore(archive, file)
    with opened(archive) as storage:
        assert Accounts(storage).verify("an", PASSWORD, "")
        assert storage.all("SELECT * FROM sessions") == storage.all("SELECT * FROM secrets") == []


def test_account_still_in_the_log_beside_the_file_is_in_the_backup(archive: Archive, tmp_path: Path) -> None:
    with opened(archive) as storage:
        Accounts(storage).put("bình", Role.ADMIN, None, PASSWORD)
        backup(archive, tmp_path / "b.zip")
    shutil.rmtree(archive.state)
    restore(archive, tmp_path / "b.zip")
    with opened(archive) as storage:
        assert [each.name for each in Accounts(storage).all()] == ["an", "bình"]


def test_no_session_is_anywhere_in_the_packed_file(archive: Archive, file: Path) -> None:
    with zipfile.ZipFile(file) as packed:
        assert "bí mật".encode() not in packed.read("state/web.sqlite")


def test_session_that_a_stranger_put_into_a_backup_is_not_restored(
    archive: Archive, file: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(file) as packed:
        (tmp_path / "w").write_bytes(packed.read("state/web.sqlite"))
    with closing(sqlite3.connect(tmp_path / "w", isolation_level=None)) as forging:
        forging.execute("INSERT INTO sessions VALUES ('y', 'an', 1, 1, 'vi')")
    restore(archive, forged(file, "state/web.sqlite", (tmp_path / "w").read_bytes()), force=True)
    with opened(archive) as storage:
        assert storage.all("SELECT * FROM sessions") == []


@pytest.mark.parametrize(
    "strange",
    [
        "CREATE TRIGGER t AFTER INSERT ON sessions BEGIN UPDATE accounts SET role = 'admin'; END",
        "CREATE VIEW v AS SELECT * FROM accounts",
        "CREATE TABLE more (x)",
        "ALTER TABLE accounts ADD COLUMN x",
    ],
)
def test_file_of_accounts_with_a_strange_schema_is_refused(
    archive: Archive, file: Path, tmp_path: Path, strange: str
) -> None:
    with zipfile.ZipFile(file) as packed:
        (tmp_path / "w").write_bytes(packed.read("state/web.sqlite"))
    with closing(sqlite3.connect(tmp_path / "w", isolation_level=None)) as forging:
        forging.execute(strange)
    before = acts(archive)
    with pytest.raises(ArchiveError):
        restore(archive, forged(file, "state/web.sqlite", (tmp_path / "w").read_bytes()), force=True)
    assert acts(archive) == before


def test_file_of_accounts_that_is_no_database_is_refused(archive: Archive, file: Path) -> None:
    with pytest.raises(ArchiveError):
        restore(archive, forged(file, "state/web.sqlite", b"x" * 5000), force=True)


def test_chain_verifies_after_a_restore_onto_an_empty_machine(archive: Archive, file: Path) -> None:
    shutil.rmtree(archive.state)
    restore(archive, file)
    assert acts(archive) == ["waive", "backup", "restore"]
    assert audit.verify(archive).broken == ""


def test_acts_since_the_backup_stay_in_the_log(archive: Archive, file: Path) -> None:
    waive(archive, "mo-hinh/A", "MH-01", reason="đã có bản giấy")
    restore(archive, file, force=True)
    assert acts(archive) == ["waive", "backup", "waive", "restore"]
    assert audit.verify(archive).broken == ""


def test_log_of_another_past_is_kept_aside(archive: Archive, file: Path) -> None:
    for log in audit.files_in(archive.state):
        log.unlink()
    audit.note(archive, "other")
    done = restore(archive, file, force=True)
    assert acts(archive) == ["waive", "backup", "restore"] and audit.verify(archive).broken == ""
    assert done.former is not None
    (kept,) = (done.former / "state").glob("audit-*.jsonl")
    assert '"other"' in kept.read_text()


def test_log_in_the_backup_that_does_not_hold_is_not_put_back(archive: Archive, file: Path) -> None:
    (name,) = logs(file)
    with zipfile.ZipFile(file) as packed:
        data = packed.read(name).replace(b"MH-04", b"MH-05")
    done = restore(archive, forged(file, name, data), force=True)
    assert done.broken.startswith("audit-")
    assert acts(archive) == ["waive", "backup", "restore"] and audit.verify(archive).broken == ""


def test_restore_waits_for_nobody_who_has_the_page_open(archive: Archive, file: Path) -> None:
    with serving(archive.state), pytest.raises(LockedError):
        restore(archive, file, force=True)
