"""First scan and rescan of one tree, beside the desktop indexer Recoll and a bare walk of the disk.

    python benchmarks/scan.py [--files 5000] [--keep DIR]

Everything is measured in one run on the same files: whole processes from outside, wall and CPU
seconds and the peak memory of all processes together. Recoll comes from Debian's package ``recollcmd``; it
reads PDF files by ``pdftotext`` of ``poppler-utils``, and is no peer without it.
Runs alternate (ours, Recoll, ours, Recoll …) from nothing each time; the median is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from processes import mib

from dossier.demo import write_archive

# As users run it: compiled modules are kept from one run to the next.
_ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
_WALK = """
import os, sys, time
def walk(folder):
    count = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                count += walk(entry.path)
            else:
                entry.stat(follow_symlinks=False)
                count += 1
    return count
started = time.perf_counter()
count = walk(sys.argv[1])
print(count, time.perf_counter() - started)
"""

_RESCAN = """
import sys, time
from pathlib import Path
from dossier.archive import open_archive
from dossier.usecases.scan import scan
archive = open_archive(Path(sys.argv[1]), Path(sys.argv[2]))
archive.checklists
started = time.perf_counter()
counts = scan(archive)
print(counts.unchanged, counts.read, time.perf_counter() - started)
"""


def run(command: list[str], env: dict[str, str] | None = None) -> tuple[float, float, float, str]:
    """Wall seconds, CPU seconds, peak MiB of all its processes together, and standard output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        running = subprocess.Popen(command, env={**_ENVIRONMENT, **(env or {})}, stdout=out, stderr=err)
        peak = 0.0
        while running.poll() is None:
            peak = max(peak, mib(running.pid))
            time.sleep(0.05)
        wall = time.perf_counter() - started
        out.seek(0)
        err.seek(0)
        said, complaint = (stream.read().decode("utf-8", "replace") for stream in (out, err))
    if running.returncode not in (0, 1, 3):
        sys.exit(f"{command[0]} failed with {running.returncode}:\n{complaint[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, peak, said


def tree(folder: Path, files: int) -> int:
    """A sample archive without scans of at least ``files`` files; their number."""
    dossiers, count = max(files // 18, 1), 0
    while True:
        write_archive(folder, dossiers=dossiers, seed=7, today=date(2026, 11, 24), scans=False)
        count = sum(len(names) for _base, _dirs, names in os.walk(folder))
        if count >= files:
            return count
        shutil.rmtree(folder)
        dossiers = dossiers * files // count + 1


def recoll(conf: Path, folder: Path) -> dict[str, str]:
    """A Recoll configuration for the tree; the environment for its programs."""
    shutil.rmtree(conf, ignore_errors=True)
    conf.mkdir(parents=True)
    (conf / "recoll.conf").write_text(f"topdirs = {folder}\nfollowLinks = 0\nidxflushmb = 100\n")
    return {"RECOLL_CONFDIR": str(conf)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="make the tree here, or use the one that is there")
    options = parser.parse_args()
    has_peer = shutil.which("recollindex") is not None
    if has_peer and shutil.which("pdftotext") is None:
        sys.exit("Recoll reads no PDF file without pdftotext: apt-get install poppler-utils")
    work = Path(tempfile.mkdtemp(prefix="dossier-bench-"))
    folder = options.keep or work / "tree"
    started = time.perf_counter()
    count = (
        sum(len(names) for _b, _d, names in os.walk(folder))
        if folder.exists()
        else tree(folder, options.files)
    )
    print(f"tree: {count} files in {folder} ({time.perf_counter() - started:.0f} s to make or count)")
    ours: list[tuple[float, float, float]] = []
    peer: list[tuple[float, float, float]] = []
    state, conf = work / "state", work / "recoll"
    python = sys.executable
    for _number in range(options.runs):
        shutil.rmtree(state, ignore_errors=True)
        wall, cpu, peak, _out = run(
            [python, "-m", "dossier", "scan", str(folder), "--state", str(state), "--today", "2026-11-24"]
        )
        ours.append((wall, cpu, peak))
        if has_peer:
            env = recoll(conf, folder)
            wall, cpu, peak, _out = run(["recollindex", "-c", str(conf)], env)
            peer.append((wall, cpu, peak))
    show("first scan, dossier", ours, count)
    if peer:
        show("first scan, recollindex", peer, count)
        print(f"  dossier / recollindex, wall: {mid(ours, 0) / mid(peer, 0):.2f}")
    else:
        print("recollindex is not installed (apt-get install recollcmd): no comparison")
    rescans(folder, state, conf if has_peer else None, options.runs)
    help_ = [run([python, "-m", "dossier", "--help"])[0] for _number in range(5)]
    print(f"dossier --help: {statistics.median(help_):.3f} s")
    print(
        json.dumps({"files": count, "first_scan_s": mid(ours, 0), "recoll_s": mid(peer, 0) if peer else None})
    )
    if options.keep is None:
        shutil.rmtree(work)


def rescans(folder: Path, state: Path, conf: Path | None, runs: int) -> None:
    """Nothing changed: the scan itself, the whole command, the peer, the bare walk."""
    walks, scans, commands, peers = [], [], [], []
    for _number in range(max(runs, 5)):
        walks.append(float(run([sys.executable, "-c", _WALK, str(folder)])[3].split()[1]))
        unchanged, read, seconds = run([sys.executable, "-c", _RESCAN, str(folder), str(state)])[3].split()
        scans.append(float(seconds))
        commands.append(
            run([sys.executable, "-m", "dossier", "scan", str(folder), "--state", str(state),
                 "--today", "2026-11-24"])[0]
        )  # fmt: skip
        if conf:
            peers.append(run(["recollindex", "-c", str(conf)], {"RECOLL_CONFDIR": str(conf)})[0])
    walk, scan = statistics.median(walks), statistics.median(scans)
    print(f"rescan, nothing changed ({unchanged} unchanged, {read} read):")
    print(f"  bare scandir+stat walk          {walk:8.3f} s")
    print(f"  scan (walk, compare, catalogue) {scan:8.3f} s   = {scan / walk:.1f} × the walk")
    print(f"  whole command with its report   {statistics.median(commands):8.3f} s")
    if peers:
        print(f"  recollindex                     {statistics.median(peers):8.3f} s")


def mid(rows: list[tuple[float, float, float]], column: int) -> float:
    """The median of a column."""
    return statistics.median(row[column] for row in rows)


def show(name: str, rows: list[tuple[float, float, float]], count: int) -> None:
    """One line of figures."""
    walls = ", ".join(f"{row[0]:.1f}" for row in rows)
    print(
        f"{name:25} {mid(rows, 0):7.2f} s wall (runs: {walls})  {mid(rows, 1):7.2f} s CPU  "
        f"{mid(rows, 2):6.0f} MiB peak  {count / mid(rows, 0):7.0f} files/s"
    )


if __name__ == "__main__":
    main()
