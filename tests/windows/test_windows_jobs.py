"""Workers bounded by a job object. Runs on Windows alone."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

if sys.platform != "win32":
    pytest.skip("only for Windows", allow_module_level=True)

from dossier.scanner.sandbox import Died, Done, Pool


def doubled(number: int) -> int:
    return number * 2


def started(_task: int) -> int:
    """A program that the task starts and leaves running."""
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid


def crashed(_task: int) -> int:
    import os

    os._exit(3)


def test_worker_in_a_job_does_its_tasks() -> None:
    with Pool(doubled, workers=1) as pool:
        assert [outcome for _task, outcome in pool.run([1, 2])] == [Done(2), Done(4)]


def test_worker_that_dies_takes_only_its_task() -> None:
    with Pool(crashed, workers=1) as pool:
        ((_task, outcome),) = pool.run([1])
    assert isinstance(outcome, Died)
    assert outcome.cause == "crash"


def test_program_of_a_task_ends_with_its_worker() -> None:
    with Pool(started, workers=1) as pool:
        ((_task, outcome),) = pool.run([1])
        assert isinstance(outcome, Done)
        assert running(outcome.value)
    deadline = time.monotonic() + 20
    while running(outcome.value) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not running(outcome.value)


def test_limits_of_a_job_are_taken_by_the_system() -> None:
    script = (
        "from dossier.windows.jobs import JobObject; job = JobObject(1 << 30); job.allow(60); job.allow(90)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def running(pid: int) -> bool:
    import ctypes

    library = ctypes.WinDLL("kernel32")
    library.OpenProcess.restype = ctypes.c_void_p
    handle = library.OpenProcess(0x00100000, False, pid)  # SYNCHRONIZE
    if not handle:
        return False
    still = library.WaitForSingleObject(ctypes.c_void_p(handle), 0) == 258  # WAIT_TIMEOUT
    library.CloseHandle(ctypes.c_void_p(handle))
    return bool(still)
