"""An archive on a share, or that may only be read: its state, and what a cut does."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

if sys.platform != "win32":
    pytest.skip("only for Windows", allow_module_level=True)

from dossier import state_home
from dossier.archive import Archive, find_root, open_archive
from dossier.errors import ArchiveError
from dossier.progress import heard_by
from dossier.scanner.watch import choose
from dossier.usecases.known import open_known
from dossier.usecases.mounted import where_the_state_lies
from dossier.usecases.scan import scan
from tests.usecases.archives import FOUNDING, SURVEY, write

SHARE = r"\\may-chu\ho so"
DOSSIERS = ("mo-hinh/A", "mo-hinh/B", "mo-hinh/C", "mo-hinh/D")


@pytest.fixture
def kho(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """What Windows says of it is made up: Wine has no shares."""
    root = tmp_path / "Kho"
    for dossier in DOSSIERS:
        write(root, f"{dossier}/qd.txt", FOUNDING + dossier)
    named = {str(root).casefold(): rf"{SHARE}\Kho"}
    monkeypatch.setattr(state_home, "unc", lambda path: named.get(str(path).casefold(), ""))
    scan(open_archive(root), workers=1)
    return open_archive(root)


def away(root: Path) -> Path:
    return root.with_name(f"{root.name} (ngắt)")


def known(archive: Archive) -> set[bytes]:
    with open_known(archive) as catalogue:
        return set(catalogue.known_files())


def test_state_lies_in_the_person_s_own_folder_and_nothing_on_the_share(kho: Archive) -> None:
    assert kho.state_why == "share"
    assert kho.state.is_relative_to(Path(os.environ["LOCALAPPDATA"]) / "dossier")
    assert (kho.state / "catalogue.sqlite").is_file()
    assert [path.name for path in kho.root.iterdir()] == ["mo-hinh"]


def test_names_of_server_and_share_mean_the_same_in_any_case(kho: Archive) -> None:
    assert open_archive(Path(str(kho.root).upper())).state == kho.state


def test_share_cut_off_in_the_middle_of_a_scan_is_no_deletion(kho: Archive) -> None:
    before = known(kho)
    for dossier in DOSSIERS:
        write(kho.root, f"{dossier}/qd.txt", SURVEY + dossier)

    def cut(done: int, _total: int, _path: str) -> None:
        if done == 1:
            kho.root.rename(away(kho.root))

    with pytest.raises(ArchiveError, match="mất kết nối"), heard_by(cut):
        scan(kho, workers=1)
    assert known(kho) == before
    away(kho.root).rename(kho.root)
    assert scan(kho, workers=1).gone == 0
    assert known(kho) == before


def test_archive_that_may_only_be_read_has_its_state_in_the_person_s_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "kho", "mo-hinh/A/qd.txt", FOUNDING)
    monkeypatch.setattr(state_home, "writable", lambda _path: False)  # Wine lets root write everywhere
    archive = open_archive(tmp_path / "kho")
    assert archive.state_why == "read-only"
    assert archive.state.is_relative_to(Path(os.environ["LOCALAPPDATA"]) / "dossier")
    scan(archive, workers=1)
    assert [path.name for path in archive.root.iterdir()] == ["mo-hinh"]


def test_folders_of_a_share_are_listed_and_those_of_a_disk_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = os.fsencode(tmp_path)
    assert [each.name for each in choose.chosen(folder, [], 3)] == ["native"]
    monkeypatch.setattr(choose, "unc", lambda _path: SHARE)
    assert [(each.name, each.remote) for each in choose.chosen(folder, [], 3)] == [("polling", True)]


@pytest.fixture
def deep(tmp_path: Path) -> Path:
    """Wine takes paths of any length; Windows, as it is delivered, does not."""
    folder = tmp_path
    while len(str(folder)) < 195:
        folder = folder / "Đội xây dựng phong trào"[: 225 - len(str(folder))]
    write(folder, "mo-hinh/A/qd.txt", FOUNDING)
    return folder


def test_archive_with_a_long_path_has_its_state_in_the_person_s_own_folder(deep: Path) -> None:
    archive = open_archive(deep)
    assert archive.state_why == "long-path"
    assert archive.state.is_relative_to(Path(os.environ["LOCALAPPDATA"]) / "dossier")
    scan(archive, workers=1)
    assert [path.name for path in deep.iterdir()] == ["mo-hinh"]
    assert find_root(deep / "mo-hinh/A") == deep
    assert any("dài quá" in said for said in where_the_state_lies(archive))


def test_archive_that_windows_does_not_open_is_told_by_the_length_of_its_path(
    deep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_path: object) -> None:
        raise FileNotFoundError(2, "no such path")

    monkeypatch.setattr("dossier.archive.os.scandir", refused)
    with pytest.raises(ArchiveError, match="248"):
        open_archive(deep)
