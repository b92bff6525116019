"""No file of declarations stops a scan, hangs it, or is read through a link."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dossier.archive import find_root, open_archive
from dossier.errors import ConfigurationError
from dossier.plain_file import open_beneath
from dossier.scanner.discover import walk
from dossier.scanner.listing import Entry, Mark
from dossier.scanner.walk_result import Walk

TEXTS = {
    "brackets": "a = " + "[" * 5000,
    "brackets at the limit": "a = " + "[" * 60_000,
    "inline tables": "a = " + "{a=" * 10_000,
    "digits": "x = " + "9" * 5000,
    "dots of a key": ".".join("a" * 30_000) + " = 1",
    "dots of a table": "[" + ".".join("a" * 30_000) + "]",
    "dots in an inline table": "x = {" + ".".join("a" * 30_000) + " = 1}",
    "large": "# " + "x" * (2 << 20),
    "zeros": "\0" * 1000,
    "no UTF-8": b"\xff\xfe\x00",
}


def walked(root: Path) -> Walk:
    started = time.process_time()
    found = walk(open_archive(root))
    assert time.process_time() - started < 5
    return found


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    (tmp_path / "kho/mo-hinh/A").mkdir(parents=True)
    return tmp_path / "kho/mo-hinh/A"


@pytest.mark.parametrize("name", TEXTS)
def test_wrong_manifest_is_a_problem_of_its_dossier(dossier: Path, name: str) -> None:
    text = TEXTS[name]
    (dossier / "hoso.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder,) = walked(dossier.parents[1]).dossiers
    assert folder.problems


def test_manifest_that_is_a_pipe_a_link_or_a_folder_is_told_and_not_read(dossier: Path) -> None:
    root = dossier.parents[1]
    os.mkfifo(dossier / "hoso.toml")
    for other in ("B", "C", "D"):
        (root / "mo-hinh" / other).mkdir()
    (root / "rieng.toml").write_text('name = "Bị đọc qua liên kết"')
    (root / "mo-hinh/B/hoso.toml").symlink_to(root / "rieng.toml")
    (root / "mo-hinh/C/hoso.toml").mkdir()
    (root / "mo-hinh/D/hoso.toml").symlink_to("/dev/zero")
    found = walked(root)
    assert [folder.name for folder in found.dossiers if folder.path != "mo-hinh/C/hoso.toml"] == list("ABCD")
    assert all(folder.problems for folder in found.dossiers if "/" not in folder.path[8:])


@pytest.mark.parametrize("name", ["dossier.toml", "retention.toml", "checklists/x.toml"])
@pytest.mark.parametrize("what", ["pipe", "link", "device", *TEXTS])
def test_wrong_configuration_is_told_and_never_hangs(dossier: Path, name: str, what: str) -> None:
    file = dossier.parents[1] / name
    file.parent.mkdir(exist_ok=True)
    if what == "pipe":
        os.mkfifo(file)
    elif what in ("link", "device"):
        file.symlink_to("/dev/zero" if what == "device" else "/etc/hostname")
    else:
        text = TEXTS[what]
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigurationError):
        archive = open_archive(dossier.parents[1])
        _all = archive.retention_packs, archive.checklists


def test_checklists_behind_a_link_are_not_used(dossier: Path, tmp_path: Path) -> None:
    (tmp_path / "khác").mkdir()
    (dossier.parents[1] / "checklists").symlink_to(tmp_path / "khác")
    with pytest.raises(ConfigurationError):
        _checklists = open_archive(dossier.parents[1]).checklists


def test_nothing_is_opened_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "kho/a").mkdir(parents=True)
    (tmp_path / "ngoài").mkdir()
    (tmp_path / "ngoài/t.txt").write_text("bí mật")
    (tmp_path / "kho/a/lk.txt").symlink_to(tmp_path / "ngoài/t.txt")
    (tmp_path / "kho/b").symlink_to(tmp_path / "ngoài")
    (tmp_path / "kho/a/t.txt").write_text("thường")
    root = os.fsencode(tmp_path / "kho")
    for raw in (
        b"a/lk.txt",
        b"b/t.txt",
        "../ngoài/t.txt".encode(),
        "a/../../ngoài/t.txt".encode(),
        b"a",
        b"",
    ):
        with pytest.raises(OSError):
            open_beneath(root, raw)
    with open(open_beneath(root, b"a/t.txt")) as file:
        assert file.read() == "thường"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid(), reason="only root may give files away")
def test_archive_of_another_user_above_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / ".dossier").mkdir()
    (tmp_path / "việc").mkdir()
    assert find_root(tmp_path / "việc") == tmp_path
    os.chown(tmp_path / ".dossier", 65534, 65534)
    assert find_root(tmp_path / "việc") == tmp_path / "việc"


@pytest.mark.parametrize("where", ["mo-hinh/A", ".ẩn", "."])
def test_folders_nested_without_end_are_a_problem_and_the_rest_is_walked(dossier: Path, where: str) -> None:
    root = dossier.parents[1]
    (dossier / "a.txt").write_text("x")
    (root / where).mkdir(exist_ok=True)
    at = os.open(root / where, os.O_RDONLY)
    for _level in range(1500):
        os.mkdir("d", dir_fd=at)
        below = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(at)
    found = walked(root)
    subprocess.run(["rm", "-rf", str(root)], check=True)  # too deep for what clears up after tests
    assert [file.path for file in found.files] == ["mo-hinh/A/a.txt"]
    assert len(found.problems) == (where != ".ẩn")


def test_manifest_behind_a_folder_swapped_for_a_link_is_not_read(
    dossier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dossier.scanner import discover

    (tmp_path / "riêng").mkdir()
    (tmp_path / "riêng/hoso.toml").write_text('name = "của người khác"\n', "utf-8")
    (dossier / "hoso.toml").write_text('name = "của ta"\n', "utf-8")
    listed = discover.list_folder

    def swapping(root: bytes, raw: bytes) -> tuple[Mark, list[Entry]]:
        entries = listed(root, raw)
        if raw == os.fsencode("/".join(dossier.parts[-2:])):
            dossier.rename(tmp_path / "xa")
            dossier.symlink_to(tmp_path / "riêng")
        return entries

    monkeypatch.setattr(discover, "list_folder", swapping)
    (found,) = walked(dossier.parents[1]).dossiers
    assert found.name != "của người khác" and found.problems


def test_folder_swapped_for_a_link_while_it_is_walked_is_not_followed(
    dossier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dossier.scanner import discover

    (tmp_path / "riêng").mkdir()
    (tmp_path / "riêng/kín.txt").write_text("của người khác")
    (dossier / "con").mkdir()
    listed = discover.list_folder

    def swapping(root: bytes, raw: bytes) -> tuple[Mark, list[Entry]]:
        if raw.endswith(b"con"):
            (dossier / "con").rmdir()
            (dossier / "con").symlink_to(tmp_path / "riêng")
        return listed(root, raw)

    monkeypatch.setattr(discover, "list_folder", swapping)
    found = walked(dossier.parents[1])
    assert found.files == []
    assert found.problems
