"""What is freed goes back to the system; judging does without the collector, and lets it work again."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from dossier.usecases.heap import uncollected

_WORK = """
import sys, threading
from pathlib import Path
from dossier.usecases import heap
if sys.argv[1] == "small":
    heap.stay_small()
def held():
    return int(Path("/proc/self/statm").read_text().split()[1])
before, kept = held(), []
def fill():
    blocks = [bytes(60_000) for _number in range(600)]
    kept.append(blocks[::50])
for _round in range(4):
    threads = [threading.Thread(target=fill) for _number in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
if sys.argv[1] == "small":
    heap.give_back()
print((held() - before) * 4096 >> 20)
"""


def _grown(how: str) -> int:
    done = subprocess.run([sys.executable, "-c", _WORK, how], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's")
def test_what_threads_freed_is_given_back() -> None:
    assert _grown("small") < 40 < _grown("as it is")


def test_collector_rests_and_comes_back_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), uncollected():
        assert not gc.isenabled()
        1 / 0  # noqa: B018
    assert gc.isenabled()


def test_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
