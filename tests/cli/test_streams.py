"""Commands whose standard streams or current folder are not there, as schedulers may start them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.usecases.archives import FOUNDING, put, run

pytestmark = [
    pytest.mark.slow,  # a process for each test
    pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes the streams"),
]


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    put(tmp_path / "kho", qd_txt=FOUNDING)
    run(tmp_path / "kho")
    return tmp_path / "kho"


def _in_shell(script: str, kho: Path) -> subprocess.CompletedProcess[str]:
    command = ["sh", "-c", script, "sh", sys.executable, "-m", "dossier"]
    return subprocess.run(command, cwd=kho, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_command_without_standard_streams_does_its_work(kho: Path, closed: str) -> None:
    assert _in_shell(f'"$@" scan {closed}', kho).returncode == 1  # findings, as with all streams
    assert _in_shell('"$@" show .', kho).returncode == 0


def test_command_without_a_terminal_to_ask_on_says_what_to_do(kho: Path) -> None:
    done = _in_shell('"$@" account add an --role admin <&-', kho)
    assert done.returncode == 2 and "--password-stdin" in done.stderr


def test_command_in_a_removed_folder_says_what_to_do(kho: Path) -> None:
    done = _in_shell('mkdir x && cd x && rmdir ../x && "$@" status', kho)
    assert done.returncode == 4
    assert "cd KHO" in done.stderr and "Traceback" not in done.stderr
