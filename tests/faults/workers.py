"""Kill, stop and cut off workers and their PostgreSQL at random points while they read an archive.

    python tests/faults/workers.py [--kills 100] [--seed 0] [--dossiers 12]

Each fault is one of: kill -9 of a worker with all its processes, kill of PostgreSQL as if the power failed,
SIGSTOP of a worker for longer than it is taken for alive, and, for root, its cable pulled out: then each
worker lives in a network of its own (ip netns, veth). The archive is read anew after every few faults.
Prints how many faults there were, and how many files were lost, doubled, or judged otherwise than by one scan
that nobody disturbed. Ends with 1 when any were.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

for _beside in ("..", "../work"):
    sys.path.insert(0, str((Path(__file__).parent / _beside).resolve()))

from machines import TODAY, Workers, wait_for  # noqa: E402
from postgres_server import Cluster, binaries  # noqa: E402

from dossier.archive import Archive, open_archive  # noqa: E402
from dossier.usecases.assess import digest  # noqa: E402
from dossier.usecases.demo import write_sample  # noqa: E402
from dossier.usecases.known import open_known  # noqa: E402
from dossier.usecases.scan import scan  # noqa: E402
from dossier.work import queue  # noqa: E402


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dossiers", type=int, default=12)
    given = parser.parse_args()
    programs = binaries()
    if programs is None:
        print("no PostgreSQL 15 or newer")
        return 2
    chance = random.Random(given.seed)
    network = Network.made()
    cluster = Cluster(programs, network.settings if network else ())
    if network:
        with (cluster.data / "pg_hba.conf").open("a") as rights:
            rights.write("host all all 10.77.0.0/16 trust\n")
        cluster.halt("fast")
        cluster.start()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = folder / "kho"
        write_sample(root, dossiers=given.dossiers, seed=7, today=TODAY, scans=False)
        alone = open_archive(root, folder / "alone")
        scan(alone)
        truth = digest(alone, TODAY)
        faults = {"worker": 0, "server": 0, "stopped": 0, **({"cut": 0} if network else {})}
        lost = doubled = otherwise = rounds = 0
        while sum(faults.values()) < given.kills:
            rounds += 1
            archive = shared(root, folder / f"state {rounds}", cluster, f"kho_{rounds}")
            disturb(archive, folder / f"round {rounds}", cluster, network, chance, faults)
            with open_known(archive) as catalogue:
                paths = catalogue.paths()
            doubled += len(paths) - len(set(paths))
            lost += len(scanned(alone) - set(paths))
            otherwise += digest(archive, TODAY) != truth
            told = ", ".join(f"{count} {kind}" for kind, count in faults.items())
            print(
                f"round {rounds}: {told}; lost {lost}, doubled {doubled}, other verdicts {otherwise}",
                flush=True,
            )
    cluster.stop()
    if network:
        network.end()
    return int(bool(lost or doubled or otherwise))


def shared(root: Path, state: Path, cluster: Cluster, schema: str) -> Archive:
    """The archive with a catalogue of its own on the server."""
    opened = open_archive(root, state)
    settings = replace(opened.config.catalogue, url=cluster.url(), schema=schema)
    return replace(opened, config=replace(opened.config, catalogue=settings))


def scanned(archive: Archive) -> set[str]:
    """The paths that one scan alone finds."""
    with open_known(archive) as catalogue:
        return set(catalogue.paths())


class Network:
    """Two machines, each in a network of its own with one cable to this one, which can be pulled out."""

    def __init__(self) -> None:
        self._names = [f"dossier-{os.getpid()}-{number}" for number in (0, 1)]
        for number, name in enumerate(self._names):
            here, there = self._cable(number), f"dj{os.getpid() % 100000}{number}"
            _ip("netns", "add", name)
            _ip("link", "add", here, "type", "veth", "peer", "name", there)
            _ip("link", "set", there, "netns", name)
            _ip("addr", "add", f"10.77.{number}.1/30", "dev", here)
            _ip("link", "set", here, "up")
            _ip("-n", name, "addr", "add", f"10.77.{number}.2/30", "dev", there)
            _ip("-n", name, "link", "set", there, "up")
        self.settings = ("listen_addresses='10.77.0.1,10.77.1.1'",)

    @classmethod
    def made(cls) -> Network | None:
        """``None`` where this user may not make networks; then no cable is pulled out."""
        try:
            return cls()
        except (OSError, subprocess.CalledProcessError):
            print("no networks of their own here: no cable is pulled out")
            return None

    def start(self, workers: Workers, number: int) -> subprocess.Popen[bytes]:
        """A worker on machine ``number``."""
        url = f"postgresql://hoso@10.77.{number}.1/hoso?sslmode=disable"
        return workers.start(("ip", "netns", "exec", self._names[number]), url)

    def cut(self, number: int, seconds: float) -> None:
        """Pull the cable out for a time."""
        _ip("link", "set", self._cable(number), "down")
        time.sleep(seconds)
        _ip("link", "set", self._cable(number), "up")

    def end(self) -> None:
        """Take everything away."""
        for name in self._names:
            _ip("netns", "del", name)

    @staticmethod
    def _cable(number: int) -> str:
        return f"dh{os.getpid() % 100000}{number}"


def _ip(*told: str) -> None:
    subprocess.run(["ip", *told], check=True, capture_output=True)


def disturb(
    archive: Archive,
    folder: Path,
    cluster: Cluster,
    network: Network | None,
    chance: random.Random,
    faults: dict[str, int],
) -> None:
    """Have two workers read everything, with a fault every second or so."""
    queue.submit(archive)
    workers = Workers(archive, folder)

    def started(number: int) -> subprocess.Popen[bytes]:
        return network.start(workers, number) if network else workers.start()

    at_work = [started(0), started(1)]
    for _fault in range(6):
        time.sleep(chance.uniform(0.3, 4))
        kind = chance.choice(["worker", "worker", "server", "stopped", *(["cut"] if network else [])])
        faults[kind] += 1
        victim = chance.randrange(2)
        if kind == "worker":
            workers.kill(at_work[victim])
            at_work[victim] = started(victim)
        elif kind == "server":
            cluster.halt("immediate")
            time.sleep(chance.uniform(0, 2))
            cluster.start()
        elif kind == "cut" and network:
            network.cut(
                victim, chance.choice([2, 6, 25])
            )  # TCP gets over it; taken for dead; connection lost
        else:
            workers.kill(at_work[victim], signal.SIGSTOP)
            time.sleep(4)
            workers.kill(at_work[victim], signal.SIGCONT)
    wait_for(archive, "done", 300)
    workers.end()


if __name__ == "__main__":
    sys.exit(main())
