"""What a second machine brings, for texts and for scans, beside a second reader in one process.

    python benchmarks/province.py [--dossiers 24] [--scans 24] [--move]

Each machine is a process with one reader (``dossier work --slots 1``); the server uses the same processors.
Of reading alone (from the first job to the last by the server's clock; of a scan in one process all but its
start) are told: files a second, and the efficiency of each of two, their rate over twice that of one.
Processor milliseconds a file hang less on who else uses the machine: dossier's and PostgreSQL's in the
whole pass, less what a process needs that finds nothing to be done. ``--move``: then a move to a server and
back.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests/work"))

from machines import TODAY
from postgres_server import Cluster, binaries

from dossier.archive import Archive, open_archive
from dossier.catalogue.server import server_for
from dossier.usecases.demo import write_sample
from dossier.usecases.known import open_known
from dossier.usecases.migrate import migrate_to
from dossier.work import queue

_TICK = os.sysconf("SC_CLK_TCK")
_READING = (
    "SELECT extract(epoch FROM max(e.at) FILTER (WHERE e.type = 'succeeded') "
    "- min(e.at) FILTER (WHERE e.type = 'started')) FROM {schema}.procrastinate_events e "
    "JOIN {schema}.procrastinate_jobs j ON j.id = e.job_id WHERE j.task_name = 'dossier.read'"
)


@dataclass
class Run:
    """One way of reading everything: seconds, and those of processors."""

    files: int
    seconds: float
    own: float
    database: float = 0.0

    @property
    def rate(self) -> float:
        """Files a second."""
        return self.files / self.seconds

    def told(self, what: str) -> str:
        """One line."""
        return (
            f"  {what:24} {self.rate:6.2f} files/s, {1000 * self.own / self.files:7.1f} ms CPU a file"
            f" + {1000 * self.database / self.files:4.1f} of PostgreSQL"
        )


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=24, help="with text papers")
    parser.add_argument("--scans", type=int, default=24)
    parser.add_argument("--move", action="store_true")
    given = parser.parse_args()
    programs = binaries()
    if programs is None:
        print("no PostgreSQL 15 or newer")
        return 2
    cluster = Cluster(programs)
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            texts = folder / "texts"
            write_sample(texts, dossiers=given.dossiers, seed=7, today=TODAY, scans=False)
            compare("texts", texts, folder, cluster)
            if given.scans:
                compare("scans", scanned(folder, given.scans), folder, cluster)
            if given.move:
                move(open_archive(texts, folder / "texts 1"), cluster)
    finally:
        cluster.stop()
    return 0


def scanned(folder: Path, count: int) -> Path:
    """An archive of so many scanned PDFs, each another file."""
    write_sample(folder / "sample", dossiers=2, seed=11, today=TODAY, scans=True)
    drawn = [
        path for path in sorted((folder / "sample").rglob("*.pdf")) if b"/DCTDecode" in path.read_bytes()
    ]
    root = folder / "scans"
    write_sample(root, dossiers=1, seed=12, today=TODAY, scans=False)
    texts = [path for path in root.rglob("*") if path.is_file()]
    inside = next(path.parent for path in texts if path.suffix == ".docx")
    for number in range(count):
        paper = drawn[number % len(drawn)].read_bytes()
        (inside / f"scan {number}.pdf").write_bytes(paper + f"\n%{number}\n".encode())
    return root


def compare(what: str, root: Path, folder: Path, cluster: Cluster) -> None:
    """The four ways, one after the other."""
    print(f"{what}:", flush=True)
    alone, shared = {}, {}
    for count in (1, 2):
        alone[count] = in_one_process(root, folder / f"{what} {count}", count)
        print(alone[count].told(f"one process, {count} readers"), flush=True)
    idle = started(root, folder, cluster)
    for count in (1, 2):
        shared[count] = on_machines(root, folder, cluster, count, idle)
        print(shared[count].told(f"{count} machines"), flush=True)
    print(
        f"  each of two machines {shared[2].rate / shared[1].rate / 2:.2f}, "
        f"of two readers in one process {alone[2].rate / alone[1].rate / 2:.2f}; "
        f"two machines beside two readers {shared[2].rate / alone[2].rate:.2f}"
    )
    for name, counted in (("and PostgreSQL", 1), ("without PostgreSQL", 0)):
        one, seconds = (shared[count].own + counted * shared[count].database for count in (1, 2))
        print(
            f"  work a core-second, two machines {name}: {one / seconds:.2f} of one machine's, "
            f"{alone[2].own / seconds:.2f} of the two readers'"
        )


def in_one_process(root: Path, state: Path, readers: int) -> Run:
    """A first scan."""
    command = [sys.executable, "-m", "dossier", "scan", str(root), "--state", str(state)]
    command += ["--workers", str(readers)]
    before, began = _children(), time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds, own = time.perf_counter() - began, _children() - before
    with open_known(open_archive(root, state)) as catalogue:
        files = len(catalogue.paths())
    before, began = _children(), time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return Run(files, seconds - (time.perf_counter() - began), own - (_children() - before))


def archive_on(root: Path, state: Path, cluster: Cluster, schema: str) -> Archive:
    """The archive with a catalogue on the server."""
    opened = open_archive(root, state)
    settings = replace(opened.config.catalogue, url=cluster.url(), schema=schema)
    return replace(opened, config=replace(opened.config, catalogue=settings))


def started(root: Path, folder: Path, cluster: Cluster) -> float:
    """CPU seconds of a machine that finds nothing to be done."""
    archive = archive_on(root, folder / "idle", cluster, "idle")
    queue.make_tables(server_for(archive, cluster.url()))
    before = _children()
    machine(archive, folder / "idle").wait()
    return _children() - before


def machine(archive: Archive, state: Path) -> subprocess.Popen[bytes]:
    """One that works until nothing is left."""
    command = [sys.executable, "-m", "dossier", "work", str(archive.root), "--slots", "1", "--once"]
    environment = {**os.environ, "DOSSIER_DATABASE": archive.config.catalogue.url}
    return subprocess.Popen([*command, "--state", str(state)], env=environment, stderr=subprocess.DEVNULL)


def on_machines(root: Path, folder: Path, cluster: Cluster, count: int, idle: float) -> Run:
    """So many machines do everything. ``idle``: CPU seconds of each that are not counted."""
    schema = server_for(open_archive(root, folder / "shared"), cluster.url()).schema
    cluster.query(f"DROP SCHEMA IF EXISTS {schema} CASCADE", "hoso")
    archive = archive_on(root, folder / "shared", cluster, schema)
    queue.submit(archive)
    before, there = _children(), _of_database(cluster)
    for process in [machine(archive, folder / f"{root.name} {count} {n}") for n in range(count)]:
        process.wait()
    own, database = _children() - before - count * idle, _of_database(cluster) - there
    with open_known(archive) as catalogue:
        files = len(catalogue.paths())
    ((seconds,),) = cluster.query(_READING.format(schema=schema), "hoso")
    return Run(files, float(str(seconds)), own, database)


def move(archive: Archive, cluster: Cluster) -> None:
    """To the server and back."""
    settings = replace(archive.config.catalogue, schema="moved")
    archive = replace(archive, config=replace(archive.config, catalogue=settings))
    for where in (cluster.url(), str(archive.state)):
        began = time.perf_counter()
        moved = migrate_to(archive, where, TODAY)
        print(f"moved {sum(moved.rows.values())} rows in {time.perf_counter() - began:.1f} s")


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _of_database(cluster: Cluster) -> float:
    """CPU seconds of the server, with its processes that ended."""
    main = int((cluster.data / "postmaster.pid").read_text("ascii").split()[0])
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            if stat.parent.name == str(main):
                ticks += sum(map(int, fields[11:15]))  # its own, and of children that ended
            elif fields[1] == str(main):
                ticks += sum(map(int, fields[11:13]))
    return ticks / _TICK


if __name__ == "__main__":
    sys.exit(main())
