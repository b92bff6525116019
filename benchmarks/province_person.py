"""How long a person's file waits while machines read a night of scans.

    python benchmarks/province_person.py [--files 100] [--machines 2] [--scans 400]

A night of scanned PDFs is put into the queue, and machines with one reader each read them. Meanwhile somebody
puts in a file every second or so, into the dossier that the night is about, and asks for it (``dossier work
--file``): the seconds until it is catalogued, and until the index has it. What waits of the night at the end
is told: the figures hold while some does.
"""

from __future__ import annotations

import argparse
import os
import random
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
from dossier.catalogue import Catalogue
from dossier.usecases.demo import write_sample
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from dossier.work import queue

_LONGEST = 120.0  # seconds after which a file counts as never read


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--machines", type=int, default=2)
    parser.add_argument("--scans", type=int, default=400)
    given = parser.parse_args()
    programs = binaries()
    if programs is None:
        print("no PostgreSQL 15 or newer")
        return 2
    cluster = Cluster(programs)
    try:
        with tempfile.TemporaryDirectory() as name:
            archive = night(Path(name), cluster, given.scans)
            machines = [machine(archive, Path(name), n) for n in range(given.machines)]
            try:
                waited = persons(archive, given.files)
                left = queue.progress(archive)
            finally:
                for process in machines:
                    process.terminate()
                for process in machines:
                    process.wait()
    finally:
        cluster.stop()
    for what, seconds in zip(("catalogued", "in the index"), zip(*waited, strict=True), strict=True):
        told(what, sorted(seconds))
    print(f"{left.files} files of the night still wait, {left.rate:.0f} a minute were read")
    return 0


def night(folder: Path, cluster: Cluster, scans: int) -> Archive:
    """An archive that was scanned, with so many new scans that wait in the queue."""
    root = folder / "kho"
    write_sample(folder / "mẫu", dossiers=2, seed=11, today=TODAY, scans=True)
    write_sample(root, dossiers=2, seed=12, today=TODAY, scans=False)
    opened = open_archive(root, folder / "state 0")
    settings = replace(opened.config.catalogue, url=cluster.url())
    archive = replace(opened, config=replace(opened.config, catalogue=settings))
    scan(archive, workers=1)
    with open_known(archive) as catalogue:
        dossier = next(iter(catalogue.folders()))
    drawn = [path for path in sorted((folder / "mẫu").rglob("*.pdf")) if path.stat().st_size > 60_000]
    for number in range(scans):
        source = drawn[number % len(drawn)].read_bytes()
        (root / dossier / f"quét {number}.pdf").write_bytes(source + f"\n%{number}\n".encode())
    queue.submit(archive)
    return archive


def machine(archive: Archive, folder: Path, number: int) -> subprocess.Popen[bytes]:
    """The first one owns the disk and keeps the index."""
    command = [sys.executable, "-m", "dossier", "work", str(archive.root), "--slots", "1"]
    if number:
        command.append("--only-read")
    environment = {**os.environ, "DOSSIER_DATABASE": archive.config.catalogue.url}
    return subprocess.Popen(
        [*command, "--state", str(folder / f"state {number}")], env=environment, stderr=subprocess.DEVNULL
    )


def persons(archive: Archive, files: int) -> list[tuple[float, float]]:
    """Seconds that each waited, until it was catalogued and until it could be found."""
    pause = random.Random(5)
    while not queue.progress(archive).files:  # the night is planned
        time.sleep(0.5)
    waited = []
    with open_known(archive) as catalogue:
        dossier = next(iter(catalogue.folders()))
        for number in range(files):
            path = f"{dossier}/đột xuất {number}.txt"
            (archive.root / path).write_text(f"BIÊN BẢN\nVề việc kiểm tra lần {number}\n" * 20, "utf-8")
            started = time.monotonic()
            queue.submit(archive, [path])
            waited.append(until_known(catalogue, path, started))
            time.sleep(pause.uniform(0.2, 1.5))
    return waited


def until_known(catalogue: Catalogue, path: str, started: float) -> tuple[float, float]:
    """See :func:`persons`."""
    read = 0.0
    while (seconds := time.monotonic() - started) < _LONGEST:
        if not read and catalogue.current(path.encode()) is not None:
            read = seconds
        if read and path not in catalogue.feed.pending():
            return read, seconds
        time.sleep(0.05)
    return read or _LONGEST, _LONGEST


def told(what: str, seconds: list[float]) -> None:
    """One line; ``seconds`` sorted."""
    at = {share: seconds[min(len(seconds) - 1, int(share * len(seconds)))] for share in (0.5, 0.95, 0.99)}
    said = ", ".join(f"p{100 * share:.0f} {value:.2f} s" for share, value in at.items())
    print(f"{what}: {len(seconds)} files, {said}, at most {seconds[-1]:.2f} s")


if __name__ == "__main__":
    sys.exit(main())
