"""What killed runs leave behind is swept away; what somebody works on never is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dossier.usecases import new_folder
from dossier.usecases.new_folder import whole_folder

PREFIX = ".dossier-building-"


def made(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


def swept(folder: Path) -> list[str]:
    return [left.name for left in new_folder.left_behind(folder, PREFIX)]


def test_what_a_killed_process_left_is_swept_when_the_next_folder_is_made(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from dossier.usecases.new_folder import whole_folder\n"
        "with whole_folder(Path(sys.argv[1])) as folder:\n"
        "    (folder / 'a.txt').write_text('x'); os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "gói")], check=False)
    assert len(swept(tmp_path)) == 1
    with whole_folder(tmp_path / "gói"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["gói"]


def test_what_a_living_process_works_on_stays(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        made(tmp_path, new_folder.name(PREFIX).replace(str(os.getpid()), str(other.pid)))
        made(tmp_path, new_folder.name(PREFIX))
        assert not swept(tmp_path)
        other.communicate(b"\n")
    assert len(swept(tmp_path)) == 1


def test_what_another_machine_makes_on_the_same_share_stays_for_a_week(tmp_path: Path) -> None:
    theirs = made(tmp_path, f"{PREFIX}999999999-00000000-ab12")
    assert not swept(tmp_path)
    long_ago = time.time() - 8 * 86_400
    os.utime(theirs, (long_ago, long_ago))
    assert swept(tmp_path) == [theirs.name]


@pytest.mark.parametrize(
    "maker", ["²-ab", "99999999999999999999999-ab", "-ab", "1", "x-y", "0x1-ab", "1-ab.txt"]
)
def test_what_only_looks_like_it_is_left_alone(tmp_path: Path, maker: str) -> None:
    made(tmp_path, PREFIX + maker)
    assert not swept(tmp_path)
