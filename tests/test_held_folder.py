"""Temporary folders of killed processes go when another process makes one; those in use stay."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from dossier import held_folder
from dossier.held_folder import HeldFolder

_HOLDS = """
import time
from dossier.held_folder import HeldFolder
folder = HeldFolder()
print("ok", flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    held_folder._clear_once.cache_clear()
    return tmp_path


def held_elsewhere(parent: Path) -> subprocess.Popen[bytes]:
    """A process with a folder that was made an hour ago."""
    environment = os.environ | {"TMPDIR": str(parent), "TEMP": str(parent), "TMP": str(parent)}
    process = subprocess.Popen([sys.executable, "-c", _HOLDS], stdout=subprocess.PIPE, env=environment)
    assert process.stdout is not None and process.stdout.readline().strip() == b"ok"
    for lock in parent.glob("*/held.lock"):
        os.utime(lock, (time.time() - 3600,) * 2)
    return process


def test_folder_of_a_killed_process_goes_when_the_next_is_made(parent: Path) -> None:
    process = held_elsewhere(parent)
    os.kill(process.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    process.wait()
    (left,) = parent.iterdir()
    (left / "in" / "a.txt").write_text("lời văn")
    HeldFolder().remove()
    assert list(parent.iterdir()) == []


def test_folder_in_use_stays(parent: Path) -> None:
    process = held_elsewhere(parent)
    try:
        HeldFolder().remove()
        assert len(list(parent.iterdir())) == 1
    finally:
        process.kill()
        process.wait()


def test_new_folder_and_folders_of_others_stay(parent: Path) -> None:
    (parent / "dossier-demo").mkdir()
    (parent / "dossier-moi").mkdir()
    (parent / "dossier-moi" / "held.lock").touch()
    HeldFolder().remove()
    assert {path.name for path in parent.iterdir()} == {"dossier-demo", "dossier-moi"}


def test_link_to_a_folder_is_not_followed(parent: Path) -> None:
    there = parent / "nơi khác"
    there.mkdir()
    (there / "held.lock").touch()
    os.utime(there / "held.lock", (0, 0))
    try:
        (parent / "dossier-x").symlink_to(there)
    except OSError:
        pytest.skip("no links here")
    HeldFolder().remove()
    assert (there / "held.lock").exists()


def test_removed_folder_may_be_removed_again(parent: Path) -> None:
    folder = HeldFolder()
    (folder.path / "a").touch()
    folder.remove()
    folder.remove()
    assert list(parent.iterdir()) == []
