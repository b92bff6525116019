"""Memory and processor time of a program and all that came of it; any of them may end meanwhile.

Only on Linux: it reads /proc.
"""

from __future__ import annotations

import os
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and all that came of it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [one for child in task.read_text().split() for one in family(int(child))]
        except OSError:
            continue
    return found


def memory(pid: int) -> int:
    """KiB of memory that a process has, its part of what it shares with others (PSS); 0 if it ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def mib(pid: int) -> float:
    """MiB of memory of a process and all that came of it."""
    return sum(map(memory, family(pid))) / 1024


def cpu(pid: int) -> float:
    """Processor seconds of a process itself so far; 0 if it ended."""
    return sum(_times(pid)[:2]) / TICKS_A_SECOND


def cpu_of_all(pid: int) -> float:
    """Processor seconds of a process and all that came of it so far, those that ended too."""
    return sum(sum(_times(one)) for one in family(pid)) / TICKS_A_SECOND


def _times(pid: int) -> list[int]:
    """Ticks of a process in user and kernel mode, then of its children that ended (proc(5))."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
    return [int(field) for field in fields[11:15]]
