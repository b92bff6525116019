"""The pool of worker processes: whatever a task does, every task gets exactly one outcome."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dossier.errors import ArchiveError
from dossier.scanner import landlock
from dossier.scanner.sandbox import _AHEAD, Bounds, Died, Done, Outcome, Pool, still_alive
from dossier.scanner.sandbox_worker import BOUNDS, bounds_in_force

pytestmark = pytest.mark.slow  # waits for processes to come to their end

MEMORY = 512 * 1024**2


def job(task: str) -> str:
    """What the word says."""
    match task.split():
        case ["exit"]:
            os._exit(3)
        case ["segfault"]:
            os.kill(os.getpid(), signal.SIGSEGV)
        case ["spin"]:
            while True:
                pass
        case ["burn", _number]:
            end = time.process_time() + 0.7  # five of it are more than the two seconds allowed
            while time.process_time() < end:
                pass
        case ["hang"]:
            time.sleep(60)
        case ["eat"]:
            return str(len(bytearray(2 * MEMORY)))
        case ["raise"]:
            raise ValueError("hỏng")
        case ["print"]:
            for stream in (1, 2):
                os.write(stream, b"thread 'main' panicked")
        case ["pid"]:
            return str(os.getpid())
        case ["slow"]:
            for _ in range(8):
                time.sleep(0.1)
                still_alive()
        case ["child"]:
            subprocess.run(["sleep", "61.25"], check=False)
        case ["big", size]:
            return "x" * int(size)
        case ["connect", port]:
            with socket.socket() as client:
                client.settimeout(5)
                return "đến được" if client.connect_ex(("127.0.0.1", int(port))) == 0 else "bị chặn"
        case ["write", path]:
            with open(path, "wb") as file:
                file.seek((1 << 30) + 10)
                file.write(b"x")
    return task


class BreaksWhenLoaded:
    """A job no worker can unpickle."""

    def __call__(self, task: str) -> str:
        return task

    def __reduce__(self) -> tuple[object, ...]:
        return (os._exit, (7,))


def pool(seconds: float = 20.0, workers: int = 2) -> Pool[str, str]:
    return Pool(job, workers=workers, seconds=seconds, bounds=Bounds(MEMORY))


def outcomes(tasks: list[str], seconds: float = 20.0) -> dict[str, Outcome[str]]:
    with pool(seconds) as running:
        pairs = list(running.run(tasks))
    assert sorted(task for task, _outcome in pairs) == sorted(tasks)  # each exactly once
    return dict(pairs)


def cause(outcome: Outcome[str]) -> str:
    assert isinstance(outcome, Died)
    return outcome.cause


NUMBERS = [str(n) for n in range(40)]


@pytest.mark.parametrize(
    ("word", "expected", "detail"),
    [
        ("exit", "crash", "exit 3"),
        ("segfault", "crash", "SIGSEGV"),
        ("raise", "crash", "ValueError: hỏng"),
        ("eat", "memory", "MemoryError"),
        ("hang", "timeout", "> 0.5 s"),
    ],
)
def test_bad_task_is_blamed_and_the_others_are_done(word: str, expected: str, detail: str) -> None:
    found = outcomes([*NUMBERS[:20], word, *NUMBERS[20:]], seconds=0.5)
    assert found.pop(word) == Died(expected, detail)  # type: ignore[arg-type]
    assert found == {number: Done(number) for number in NUMBERS}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not bound processor time")
def test_task_that_spins_is_ended_by_its_processor_time_long_before_its_wall_clock() -> None:
    with Pool(job, workers=1, seconds=60, bounds=Bounds(cpu_seconds=1)) as running:
        found = dict(running.run(["1", "spin", "2"]))
    assert found == {"1": Done("1"), "spin": Died("cpu", "SIGXCPU"), "2": Done("2")}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not bound processor time")
def test_processor_time_is_counted_anew_for_every_task() -> None:
    # The kernel counts by ticks, which on a busy machine may be off by half a second: room for that.
    with Pool(job, workers=1, seconds=120, bounds=Bounds(cpu_seconds=2)) as running:
        found = dict(running.run([f"burn {n}" for n in range(5)]))
    assert {type(outcome) for outcome in found.values()} == {Done}, found


def test_result_larger_than_allowed_is_not_taken_and_the_worker_goes_on() -> None:
    with Pool(job, workers=1, seconds=20, bounds=Bounds(output_bytes=100_000)) as running:
        found = dict(running.run(["pid", "big 200000", "1"]))
    assert cause(found["big 200000"]) == "output"
    assert found["1"] == Done("1")


def test_many_bad_tasks_in_a_row() -> None:
    with pool() as running:
        found = list(running.run(["exit"] * 10 + NUMBERS))
    assert sum(isinstance(outcome, Died) for _task, outcome in found) == 10
    assert len(found) == 50


def test_task_that_reports_progress_outlives_its_time() -> None:
    assert outcomes(["slow"], seconds=0.4) == {"slow": Done("slow")}


def test_programs_a_task_started_end_with_it() -> None:
    assert cause(outcomes(["child"], seconds=0.5)["child"]) == "timeout"
    time.sleep(0.1)
    assert "61.25" not in _all_commands()


def test_worker_killed_from_outside_is_replaced() -> None:
    with pool(workers=1) as running:
        [(_task, first)] = running.run(["pid"])
        assert isinstance(first, Done)
        os.kill(int(first.value), 9)  # SIGKILL, which Windows has no name for
        time.sleep(0.1)
        [(_task, second)] = running.run(["pid"])
    assert isinstance(second, Done)
    assert second.value != first.value


def test_large_tasks_and_results_do_not_block() -> None:
    tasks = ["big 3000000 " + "y" * 300_000, "big 5000000"] * 4
    with pool() as running:
        sizes = sorted(len(outcome.value) for _t, outcome in running.run(tasks) if isinstance(outcome, Done))
    assert sizes == [300_000 + 12] * 4 + [5_000_000] * 4


def test_nothing_waits_behind_a_task_that_may_take_long() -> None:
    with Pool(job, workers=2, bounds=Bounds(MEMORY), long=lambda task: task == "slow") as running:
        list(running.run("ab"))  # both are up
        finished = [task for task, _outcome in running.run(["slow", *"abcdefghij"])]
    assert finished[-1] == "slow"


def test_tasks_are_taken_only_as_workers_get_free() -> None:
    taken = 0

    def tasks() -> Iterator[str]:
        nonlocal taken
        for taken in range(1, 1001):  # noqa: B007
            yield "x"

    with pool() as running:
        next(running.run(tasks()))
    assert taken <= 2 * (_AHEAD + 1)


def test_no_tasks_start_no_process() -> None:
    with pool() as running:
        assert list(running.run([])) == []
        assert running._workers == []


def test_workers_serve_several_runs() -> None:
    with pool(workers=1) as running:
        first, second = list(running.run(["pid"])), list(running.run(["pid"]))
    assert first == second


def test_early_close_ends_the_workers_and_the_pool_goes_on() -> None:
    with pool() as running:
        results = running.run(["1", "hang", "hang", "2"])
        next(results)
        results.close()  # type: ignore[attr-defined]
        assert dict(running.run(["3"])) == {"3": Done("3")}


def test_one_run_at_a_time() -> None:
    with pool() as running:
        first = running.run(["1", "2"])
        next(first)
        with pytest.raises(RuntimeError):
            next(running.run(["3"]))


def test_error_of_the_consumer_leaves_no_process_behind() -> None:
    pid = ""
    with pytest.raises(KeyError), pool() as running:
        for _task, outcome in running.run(["pid", "hang", "hang"]):
            assert isinstance(outcome, Done)
            pid = outcome.value
            raise KeyError
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


def test_job_that_cannot_be_loaded_is_an_error_not_a_bad_file(capfd: pytest.CaptureFixture[str]) -> None:
    with Pool(BreaksWhenLoaded(), workers=1) as running, pytest.raises(ArchiveError):
        list(running.run(["1"]))


@dataclass
class LongJob:
    """A job that does not fit into a pipe."""

    rules: str = "x" * 1_000_000

    def __call__(self, task: str) -> str:
        return f"{len(self.rules)} {task}"


def test_a_long_job_reaches_its_workers() -> None:
    with Pool(LongJob(), workers=2) as running:
        assert list(running.run(["a"])) == [("a", Done("1000000 a"))]


@pytest.mark.skipif(sys.platform == "win32", reason="no such program")
def test_worker_that_dies_at_birth_is_told_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.spawn._python_exe", b"/bin/false")
    started = time.monotonic()
    with Pool(LongJob(), workers=1) as running, pytest.raises(ArchiveError):
        list(running.run(["a"]))
    assert time.monotonic() - started < 20


def test_nothing_that_a_library_prints_reaches_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with pool() as running:
        list(running.run(["print"]))
    assert capfd.readouterr() == ("", "")


def test_throughput_is_far_above_what_reading_needs() -> None:
    with pool() as running:
        list(running.run(["warm"] * 2))
        started = time.perf_counter()
        assert sum(1 for _ in running.run(["x"] * 4000)) == 4000
        assert 4000 / (time.perf_counter() - started) > 2000


@pytest.mark.skipif(sys.platform != "linux", reason="needs prctl(2)")
def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import time\nfrom dossier.scanner.sandbox import Pool\n"
        "def job(task):\n    open(task, 'w').write(str(__import__('os').getpid()))\n    time.sleep(60)\n"
        f"if __name__ == '__main__':\n    list(Pool(job, workers=1).run([{str(tmp_path / 'pid')!r}]))\n"
    )
    parent = subprocess.Popen([sys.executable, str(script)])
    pid = _content_when_there(tmp_path / "pid")
    parent.kill()
    parent.wait()
    for _ in range(100):
        if not _runs(pid):
            return
        time.sleep(0.05)
    pytest.fail("the worker outlived its parent")


def _content_when_there(path: Path) -> str:
    for _ in range(400):
        if path.exists() and path.read_text():
            return path.read_text()
        time.sleep(0.05)
    raise AssertionError("the worker did not start")


def _runs(pid: str) -> bool:
    """Whether the process is there and no zombie that nobody has collected yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _all_commands() -> str:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue
    return "\n".join(found)


def test_worker_has_no_network() -> None:
    flags = 0x40000000 if os.geteuid() == 0 else 0x50000000
    asked = f"import ctypes; raise SystemExit(ctypes.CDLL(None).unshare({flags}) != 0)"
    if subprocess.run([sys.executable, "-c", asked], check=False).returncode:
        pytest.skip("the kernel gives this process no network of its own")
    with socket.create_server(("127.0.0.1", 0)) as server:
        task = f"connect {server.getsockname()[1]}"
        assert job(task) == "đến được"
        assert outcomes([task]) == {task: Done("bị chặn")}


def test_worker_cannot_fill_the_disk(tmp_path: Path) -> None:
    task = f"write {tmp_path / 'x'}"
    assert cause(outcomes([task])[task]) == "crash"
    assert (tmp_path / "x").stat().st_size <= 1 << 30


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder that does not lie where all programs make their sockets."""
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="dossier-test-") as name:
        yield Path(name)


def seen(task: str) -> str:
    """What comes of looking at a file, or of writing one."""
    what, path = task.split(" ", 1)
    try:
        if what == "read":
            with open(path, "rb") as file:
                return file.read().decode("utf-8", "replace")
        if what == "run":
            return subprocess.run(["cat", path], capture_output=True, text=True, check=False).stdout
        with tempfile.NamedTemporaryFile(dir=path or None) as file:
            return "viết được"
    except OSError as error:
        return type(error).__name__


@pytest.mark.skipif(not landlock.version(), reason="the kernel has no Landlock")
def test_worker_sees_its_files_and_no_others_and_writes_only_in_a_folder_of_its_own(
    elsewhere: Path,
) -> None:
    inside, outside = elsewhere / "kho", elsewhere / "khác"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "a.txt").write_text("lời văn")
    tasks = [f"{what} {folder / 'a.txt'}" for folder in (inside, outside) for what in ("read", "run")]
    tasks += [
        "write ",
        f"write {inside}",
        f"write {outside}",
        f"write {tempfile.gettempdir()}",
        "read /etc/shadow",
    ]
    with Pool(seen, workers=1, bounds=Bounds(readable=(str(inside),))) as running:
        came = [outcome.value for _task, outcome in running.run(tasks) if isinstance(outcome, Done)]
    refused = "PermissionError"
    assert came == ["lời văn", "lời văn", refused, "", "viết được", refused, refused, refused, refused]
    assert [path.name for path in inside.iterdir()] == ["a.txt"]


def test_folder_of_a_worker_goes_with_it_however_it_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Pool(job, workers=1) as running:
        list(running.run(["exit", "1"]))
    assert list(tmp_path.iterdir()) == []


def test_worker_says_which_bounds_hold() -> None:
    with Pool(bounds_in_force, workers=1, bounds=Bounds(readable=())) as running:
        ((_task, outcome),) = running.run([""])
    assert isinstance(outcome, Done)
    assert {"memory", "cpu", "rights"} <= set(outcome.value) <= set(BOUNDS)
    assert ("files" in outcome.value) is bool(landlock.version())


def test_task_that_crashes_is_tried_once_more_in_another_way_and_those_behind_it_are_done() -> None:
    calmer = {"segfault": "calm"}
    with Pool(job, workers=1, seconds=20, again=calmer.get) as workers:
        found = list(workers.run(["a", "segfault", "b", "exit", "raise", "c"]))
    said = {task: outcome.value for task, outcome in found if isinstance(outcome, Done)}
    assert set(said) == {"a", "calm", "b", "c"}
    assert [task for task, outcome in found if isinstance(outcome, Died)] == ["exit", "raise"]
