"""One writer at a time, and what the others are told."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dossier.errors import ArchiveError, LockedError
from dossier.usecases.locking import watching, writing

_HOLD = """
import sys, time
from pathlib import Path
from dossier.usecases.locking import writing
with writing(Path(sys.argv[1]), "scan"):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holder(state: Path, seconds: float) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(state), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_holder_is_named_with_its_number_and_start(tmp_path: Path) -> None:
    process = holder(tmp_path, 60)
    with pytest.raises(LockedError) as error, writing(tmp_path, "assign", wait=0):
        pass
    process.kill()
    process.wait()
    assert f"dossier scan, số tiến trình {process.pid}, từ " in error.value.message
    assert "--wait" in error.value.advice


def test_lock_of_a_killed_process_is_taken_over(tmp_path: Path) -> None:
    process = holder(tmp_path, 60)
    process.kill()
    process.wait()
    assert json.loads((tmp_path / "lock.json").read_text())["pid"] == process.pid
    with writing(tmp_path, "assign", wait=0):
        assert json.loads((tmp_path / "lock.json").read_text())["pid"] == os.getpid()


def test_waiting_writer_gets_its_turn(tmp_path: Path) -> None:
    process = holder(tmp_path, 0.5)
    with writing(tmp_path, "assign", wait=60):
        assert process.wait(60) == 0


def test_holder_on_another_machine_is_named_with_it(tmp_path: Path) -> None:
    with writing(tmp_path, "scan", wait=0):
        known = json.loads((tmp_path / "lock.json").read_text()) | {"host": "may-khac"}
        (tmp_path / "lock.json").write_text(json.dumps(known))
        with pytest.raises(LockedError) as error, writing(tmp_path, "assign", wait=0):
            pass
    assert "trên máy may-khac" in error.value.message


def test_holder_whose_note_is_garbage_is_not_named(tmp_path: Path) -> None:
    with writing(tmp_path, "scan", wait=0):
        (tmp_path / "lock.json").write_text("rác")
        with pytest.raises(LockedError) as error, writing(tmp_path, "assign", wait=0):
            pass
    assert error.value.message == "Một tiến trình khác đang ghi vào kho này."


def test_second_watcher_is_refused_while_writers_are_not(tmp_path: Path) -> None:
    with watching(tmp_path):
        with pytest.raises(LockedError), watching(tmp_path):
            pass
        with writing(tmp_path, "assign", wait=0):
            assert json.loads((tmp_path / "lock.json").read_text())["purpose"] == "assign"


def test_command_waits_as_long_as_it_is_told_and_then_says_who_holds_the_archive(tmp_path: Path) -> None:
    state = tmp_path / ".dossier"
    state.mkdir()
    process = holder(state, 60)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "dossier", "scan", str(tmp_path), "--wait", "0.2"],
            capture_output=True, text=True,
        )  # fmt: skip
    finally:
        process.kill()
        process.wait()
    assert done.returncode == 4
    assert str(process.pid) in done.stderr


def test_state_that_cannot_be_locked_is_told_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "đâu")
    with pytest.raises(ArchiveError, match="Không khóa được") as refused, writing(tmp_path, "scan"):
        pass
    assert "--state" in refused.value.advice
    assert not (tmp_path / "đâu").exists()


def test_a_full_disk_does_not_keep_the_lock_from_being_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_told: object, **_named: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with writing(tmp_path, "done"):
        pass


def test_a_state_that_may_not_be_written_is_not_blamed_on_a_share(unprivileged: Path) -> None:
    state = unprivileged / "st"
    state.mkdir(mode=0o555)
    with pytest.raises(ArchiveError) as error, writing(state, "assign", wait=0):
        pass
    assert "không có quyền" in error.value.message
    assert "ổ mạng" not in error.value.message
