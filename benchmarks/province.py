"""What the queue and PostgreSQL cost, and what a second worker brings; then a move to a server and back.

    python benchmarks/province.py [--dossiers 40]

CPU seconds of workers and their readers, as the system counts them for children, and wall times; those of
PostgreSQL are not counted. Text-only papers: scans hide what a queue costs.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests/work"))

from machines import TODAY
from postgres_server import Cluster, binaries

from dossier.archive import Archive, open_archive
from dossier.catalogue.server import schema_for
from dossier.usecases.demo import write_sample
from dossier.usecases.migrate import migrate_to
from dossier.usecases.scan import scan
from dossier.work import queue


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=40)
    given = parser.parse_args()
    programs = binaries()
    if programs is None:
        print("no PostgreSQL 15 or newer")
        return 2
    cluster = Cluster(programs)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = folder / "kho"
        write_sample(root, dossiers=given.dossiers, seed=7, today=TODAY, scans=False)
        files = 0
        for workers in (1, 2):
            archive = open_archive(root, folder / f"alone {workers}")
            wall, cpu, files = measured(lambda: scan(archive, workers=workers).files)  # noqa: B023
            tell(f"in one process, {workers} readers", files, wall, cpu)
        for workers in (1, 2):
            archive = shared(root, folder / f"state {workers}", cluster)
            cluster.query(f"DROP SCHEMA IF EXISTS {schema_for(archive.name)} CASCADE", "hoso")
            wall, cpu, _done = measured(lambda: together(archive, folder, cluster, workers))  # noqa: B023
            tell(f"dossier work, {workers} machines", files, wall, cpu)
        alone = open_archive(root, folder / "alone 1")
        settings = replace(alone.config.catalogue, schema="kho_moved")
        alone = replace(alone, config=replace(alone.config, catalogue=settings))
        for where in (cluster.url(), str(alone.state)):
            started = time.perf_counter()
            moved = migrate_to(alone, where, TODAY)
            print(f"moved {sum(moved.rows.values())} rows in {time.perf_counter() - started:.1f} s")
    cluster.stop()
    return 0


def shared(root: Path, state: Path, cluster: Cluster) -> Archive:
    """The archive with its catalogue on the server."""
    opened = open_archive(root, state)
    settings = replace(opened.config.catalogue, url=cluster.url())
    return replace(opened, config=replace(opened.config, catalogue=settings))


def together(archive: Archive, folder: Path, cluster: Cluster, workers: int) -> int:
    """Have so many machines of one reader each do everything."""
    queue.submit(archive)
    environment = {**os.environ, "DOSSIER_DATABASE": cluster.url()}
    command = [
        sys.executable,
        "-m",
        "dossier",
        "work",
        str(archive.root),
        "--slots",
        "1",
        "--once",
        "--state",
    ]
    processes = [
        subprocess.Popen(
            [*command, str(folder / f"{workers} {n}")], env=environment, stderr=subprocess.DEVNULL
        )
        for n in range(workers)
    ]
    return sum(process.wait() for process in processes)


def measured(work: object) -> tuple[float, float, int]:
    """Wall and CPU seconds of this process and its children, and what came of it."""
    before, started = _cpu(), time.perf_counter()
    result = work()  # type: ignore[operator]
    return time.perf_counter() - started, _cpu() - before, result


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def tell(what: str, files: int, wall: float, cpu: float) -> None:
    """One line."""
    print(f"{what}: {files} files, {wall:.1f} s, {cpu:.1f} s CPU, {1000 * cpu / files:.1f} ms CPU a file")


if __name__ == "__main__":
    sys.exit(main())
