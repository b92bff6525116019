"""Which folder a double click is about."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from dossier.archive import find_root
from dossier.windows.ask import dropped_on_script, folder_to_open
from dossier.windows.shares import folder_name, plain, unc


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    return tmp_path


def nobody() -> str:
    raise AssertionError("nobody is to be asked")


def test_what_is_typed_and_not_dropped_is_a_command() -> None:
    """In the folder of the build the command interpreter takes “dossier” for Dossier.exe."""
    start = Path(__file__).parents[2] / "scripts/portable/start.py"
    environment = {name: value for name, value in os.environ.items() if name != "LOCALAPPDATA"}
    done = subprocess.run(
        [sys.executable, start, "explain", "MH-06"], capture_output=True, env=environment, timeout=300
    )
    assert done.returncode == 0 and "MH-06" in done.stdout.decode("utf-8")


def test_folder_dropped_on_the_icon_is_opened_without_a_question(home: Path) -> None:
    archive = home / "Kho A & B"
    archive.mkdir()
    assert folder_to_open([str(archive)], find_root, nobody) == archive


def test_folder_of_a_file_that_was_dropped_is_opened(home: Path) -> None:
    (home / "12.docx").write_bytes(b"")
    assert folder_to_open([str(home / "12.docx")], find_root, nobody) == home


def test_archive_that_a_dropped_file_or_folder_lies_in_is_opened(home: Path) -> None:
    inside = home / "Kho/Mô hình/Camera/06 Quyết định"
    inside.mkdir(parents=True)
    (home / "Kho/dossier.toml").write_text("", "utf-8")
    (inside / "12.docx").write_bytes(b"")
    assert folder_to_open([str(inside)], find_root, nobody) == home / "Kho"
    assert folder_to_open([str(inside / "12.docx"), str(inside)], find_root, nobody) == home / "Kho"


def test_of_two_archives_the_first_is_opened_and_that_is_said(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = home / "Kho A", home / "Kho B"
    one.mkdir()
    other.mkdir()
    assert folder_to_open([str(one), str(other)], find_root, nobody) == one
    assert f"mở {one};" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("dropped", "names"),
    [
        ("", []),
        (r"D:\A&B", [r"D:\A&B"]),
        (r'"D:\Nguyễn Văn A & B"', [r"D:\Nguyễn Văn A & B"]),
        (r'D:\100%^!\Kho "D:\Kho (2)"', [r"D:\100%^!\Kho", r"D:\Kho (2)"]),
        ("D:\\", ["D:\\"]),
        (r"\\server\share\Hồ&sơ", [r"\\server\share\Hồ&sơ"]),
    ],
)
def test_names_dropped_on_the_script_are_taken_whole(dropped: str, names: list[str]) -> None:
    line = rf'C:\Windows\system32\cmd.exe /c ""D:\Nguyễn Văn A\DOSSIER.CMD" {dropped}"'
    assert dropped_on_script(line, dropped.partition("&")[0], "Dossier.cmd") == names


def test_names_typed_behind_the_script_are_taken_too() -> None:
    line = r'"C:\Windows\system32\cmd.exe" '
    assert dropped_on_script(line, r'"D:\Kho A" D:\B', "Dossier.cmd") == [r"D:\Kho A", r"D:\B"]


def test_folder_of_last_time_is_opened_again(home: Path) -> None:
    assert folder_to_open([], find_root, lambda: f'"{home}"') == home
    assert folder_to_open([], find_root, nobody) == home


def test_person_is_asked_where_the_folder_of_last_time_is_gone(home: Path) -> None:
    old, new = home / "old", home / "new"
    old.mkdir()
    assert folder_to_open([str(old)], find_root, nobody) == old
    old.rmdir()
    new.mkdir()
    assert folder_to_open([], find_root, lambda: str(new)) == new


def test_nothing_is_opened_where_nobody_names_a_folder() -> None:
    assert folder_to_open([], find_root, lambda: "") is None
    assert folder_to_open([r"Z:\no such"], find_root, lambda: "no such") is None


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        (r"\\?\UNC\may-chu\ho so\Kho", r"\\may-chu\ho so\Kho"),
        (r"\\?\D:\Kho", r"D:\Kho"),
        (r"\\?\Volume{1}\Kho", r"\\?\Volume{1}\Kho"),
        (r"\\may-chu\ho so\Kho", r"\\may-chu\ho so\Kho"),
    ],
)
def test_a_folder_named_in_the_system_s_long_form_is_the_same(told: str, meant: str) -> None:
    assert str(plain(Path(told))) == meant


def test_a_share_named_in_the_long_form_is_one() -> None:
    assert unc(Path(r"\\?\UNC\may-chu\ho so\Kho")) == r"\\may-chu\ho so\Kho"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (PureWindowsPath("D:\\"), "D:"),
        (PureWindowsPath(r"\\maychu\hoso"), "hoso"),
        (PureWindowsPath(r"D:\Kho A"), "Kho A"),
        (PurePosixPath("/"), "/"),
    ],
    ids=str,
)
def test_a_whole_drive_or_share_has_a_name(path: PureWindowsPath | PurePosixPath, name: str) -> None:
    assert folder_name(path) == name
