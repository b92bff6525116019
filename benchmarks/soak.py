"""``dossier watch`` for a long time: does its memory level off?

    python benchmarks/soak.py [--seconds 3600] [--every 3] [--burst 1000] [--burst-every 600] [--csv FILE]
                              [--bound MIB]

A watched sample archive in which somebody goes on working: every ``--every`` seconds a text file is
made, written anew, renamed, moved to another dossier or deleted, so that their number stays about the
same; every ``--burst-every`` seconds a folder of ``--burst`` files is dropped at once, and the one
dropped before is deleted. Memory is what all processes hold, their share of what they share (PSS);
besides, what is the watcher's own and what its workers'.

Printed: memory by tenths of the time, the processor time used, and whether the catalogue equals the
disk at the end. With ``--bound`` it ends with 1 when the last third's median is that many MiB above the
first third's.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import random
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import astuple, dataclass
from pathlib import Path

from processes import family, memory
from scan import run, tree
from watch import Watch, at_rest, catalogued

_STEADY = 60  # files that come and go one by one


@dataclass(frozen=True)
class Sample:
    """Seconds since the start; MiB of the watcher, of its workers, of all; of the state folder; files
    changed so far; processor seconds."""

    at: float
    watcher: float
    workers: float
    together: float
    state: float
    changes: int
    cpu: float


class Office:
    """People at work in an archive."""

    def __init__(self, root: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        self.folders = [path for path in root.rglob("*") if path.parent.name == "Mô hình"]
        self.root = self.folders[0].parent
        self.files: list[Path] = []
        self.changes = 0
        self.dropped: list[Path] = []

    def work(self) -> None:
        """One change of one file."""
        self.changes += 1
        ways = [self._change, self._rename, self._move, self._delete] if self.files else []
        if len(self.files) < _STEADY:
            ways += [self._make] * 2
        self.rng.choice(ways)()

    def _text(self) -> str:
        return (
            f"ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\nSố: {self.changes}/BC-UBND\n"
            "Hàm Thắng, ngày 05 tháng 3 năm 2023\n"
            f"BÁO CÁO\nKết quả đợt {self.changes}\n"
            + "".join(f"Nội dung {self.rng.randrange(10**6)}.\n" for _line in range(200))
        )

    def _new(self) -> Path:
        return self.rng.choice(self.folders) / f"văn bản {self.changes}.txt"

    def _make(self) -> None:
        self.files.append(self._new())
        self.files[-1].write_text(self._text(), "utf-8")

    def _change(self) -> None:
        self.rng.choice(self.files).write_text(self._text(), "utf-8")

    def _rename(self) -> None:
        place = self.rng.randrange(len(self.files))
        self.files[place] = self.files[place].rename(
            self.files[place].with_name(f"đổi tên {self.changes}.txt")
        )

    def _move(self) -> None:
        place = self.rng.randrange(len(self.files))
        self.files[place] = self.files[place].rename(self._new())

    def _delete(self) -> None:
        self.files.pop(self.rng.randrange(len(self.files))).unlink()

    def drop(self, files: int) -> None:
        """Many files at once; those of the last time go."""
        while self.dropped:
            shutil.rmtree(self.dropped.pop())
        self.dropped.append(self.root / f"Đợt {self.changes}")
        self.dropped[0].mkdir()
        for number in range(files):
            self.changes += 1
            (self.dropped[0] / f"{number}.txt").write_text(self._text(), "utf-8")


def sample(watch: Watch, state: Path, started: float, changes: int) -> Sample:
    """How it is now."""
    own, *workers = ((pid, memory(pid) / 1024) for pid in family(watch.process.pid))
    size = 0
    for path in state.rglob("*"):
        with contextlib.suppress(OSError):
            size += path.stat().st_size
    others = sum(mib for _pid, mib in workers)
    return Sample(
        round(time.monotonic() - started, 1), own[1], others, own[1] + others, size / 2**20, changes,
        watch.cpu(),
    )  # fmt: skip


def soak(watch: Watch, office: Office, state: Path, options: argparse.Namespace) -> list[Sample]:
    """Work for so long."""
    started = time.monotonic()
    samples: list[Sample] = []
    next_burst, next_sample = options.burst_every / 4, 0.0
    while (now := time.monotonic() - started) < options.seconds:
        office.work()
        if options.burst and now >= next_burst:
            office.drop(options.burst)
            next_burst += options.burst_every
        if now >= next_sample:
            samples.append(sample(watch, state, started, office.changes))
            next_sample += options.seconds / 360
        time.sleep(options.every)
    return samples


def told(samples: list[Sample]) -> None:
    """Print the medians of ten parts of the time."""
    print("minutes   all MiB  watcher  workers   state folder MiB")
    for part in range(10):
        some = samples[len(samples) * part // 10 : len(samples) * (part + 1) // 10]
        middle = [statistics.median(column) for column in zip(*map(astuple, some), strict=True)]
        print(f"{middle[0] / 60:7.1f}  {middle[3]:8.1f} {middle[1]:8.1f} {middle[2]:8.1f}  {middle[4]:8.1f}")
    used = samples[-1].cpu - samples[0].cpu
    print(
        f"{samples[-1].changes} changes in {samples[-1].at:.0f} s; "
        f"{100 * used / (samples[-1].at - samples[0].at):.1f} % of one core"
    )


def main() -> None:
    """Measure and print; tell by the exit code what is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--every", type=float, default=3, help="seconds between two changes")
    parser.add_argument("--burst", type=int, default=1000, help="files dropped at once")
    parser.add_argument("--burst-every", type=float, default=600, help="seconds")
    parser.add_argument("--files", type=int, default=400, help="of the sample archive")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--csv", type=Path, help="all samples")
    parser.add_argument("--bound", type=float, help="MiB of growth that are too many")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dossier-soak-") as name:
        root = Path(name) / "kho"
        tree(root, options.files)
        watch = Watch(root)
        watch.caught_up_after(0)
        office = Office(root, options.seed)
        samples = soak(watch, office, root / ".dossier", options)
        at_rest(watch, 0)
        watch.end()
        known = catalogued(root)
        clean = Path(name) / "clean"
        run([sys.executable, "-m", "dossier", "scan", str(root), "--state", str(clean)])
        anew = catalogued(root, clean)
    if options.csv:
        with options.csv.open("w", newline="") as out:
            csv.writer(out).writerows([list(Sample.__annotations__), *map(astuple, samples)])
    told(samples)
    third = len(samples) // 3
    early, late = (
        statistics.median(one.together for one in some) for some in (samples[:third], samples[-third:])
    )
    print(f"first third {early:.1f} MiB, last third {late:.1f} MiB")
    print(f"{len(known)} files catalogued, {len(known ^ anew)} not as a scan from nothing has them")
    if known != anew or (options.bound is not None and late - early > options.bound):
        sys.exit(1)


if __name__ == "__main__":
    main()
