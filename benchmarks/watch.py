"""``dossier watch`` at work: a flood of files, one file, an idle archive.

    python benchmarks/watch.py [--files 10000] [--idle-files 100000]

* flood: copies of a sample archive's dossiers are dropped into a watched archive at once; the time from
  the last write until every file is catalogued, indexed and the catalogue says it is up to date, beside
  a plain ``dossier scan`` of the same files from nothing.
* one file: from its last write until a search finds it and its dossier's status counts it, several times.
* idle: processor time of a watcher of that many files to which nothing happens.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from processes import cpu_of_all, mib
from scan import run, tree

from dossier.archive import open_archive
from dossier.catalogue import open_catalogue
from dossier.index import Filters
from dossier.scanner import VERSION
from dossier.usecases.assess import assess
from dossier.usecases.search import search


class Watch:
    """A running ``dossier watch`` and what it told, each event with the time it came."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dossier", "watch", str(folder), "--log-json"],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.events: list[tuple[float, str]] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.events.append((time.monotonic(), json.loads(line)["event"]))

    def caught_up_after(self, moment: float) -> float:
        """When it was up to date for the first time after ``moment``; waits for it."""
        while True:
            for at, event in list(self.events):
                if event == "caught-up" and at > moment:
                    return at
            if self.process.poll() is not None:
                sys.exit("the watcher ended")
            time.sleep(0.05)

    def latest(self) -> float:
        """When it was up to date last."""
        return max(at for at, event in list(self.events) if event == "caught-up")

    def mib(self) -> float:
        """Memory of all its processes."""
        return mib(self.process.pid)

    def cpu(self) -> float:
        """Processor seconds of all its processes so far."""
        return cpu_of_all(self.process.pid)

    def end(self) -> float:
        """Seconds from SIGTERM to its end."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        return time.monotonic() - started


def catalogued(folder: Path, state: Path | None = None) -> set[tuple[str, str]]:
    """Files in the catalogue, with their hashes."""
    with open_catalogue(open_archive(folder, state).state, VERSION) as catalogue:
        return {(file.path, file.sha256) for file in catalogue.known_files().values()}


def flood(work: Path, files: int) -> Path:
    """Many files at once; the archive they were dropped into."""
    source, archive = work / "source", work / "flood"
    tree(source, files)
    archive.mkdir()
    watch = Watch(archive)
    watch.caught_up_after(0)
    started = time.monotonic()
    for entry in sorted(source.iterdir()):
        if entry.is_dir():
            shutil.copytree(entry, archive / entry.name, copy_function=shutil.copyfile)
    last_write = time.monotonic()
    settled = at_rest(watch, last_write)
    lost = sum(event == "lost" for _at, event in watch.events)
    known = len(catalogued(archive))
    watch.end()
    shutil.rmtree(archive / ".dossier")
    plain = run([sys.executable, "-m", "dossier", "scan", str(archive), "--today", "2026-11-24"])[0]
    scanned = len(catalogued(archive))
    print(f"flood: dropped in {last_write - started:.1f} s; event queue overflowed {lost} times")
    print(f"  catalogued: {known} by watch, {scanned} by a scan from nothing")
    print(
        f"  last write to settled {settled - last_write:7.1f} s"
        f"   first write to settled {settled - started:.1f} s"
    )
    print(f"  dossier scan          {plain:7.1f} s")
    return archive


def at_rest(watch: Watch, since: float) -> float:
    """When the last thing was done after ``since``: then nothing was told for five seconds."""
    settled = watch.caught_up_after(since)
    while True:
        time.sleep(5)
        if (latest := watch.latest()) == settled:
            return settled
        settled = latest


def one_file(archive: Path, rounds: int = 7) -> None:
    """From the last write of one text document to the first search that finds it, and to its dossier's
    status with it."""
    watch = Watch(archive)
    watch.caught_up_after(0)
    place = next(path for path in archive.rglob("*") if path.is_dir() and path.parent.name == "Mô hình")
    opened, found, judged = open_archive(archive), [], []
    for number in range(rounds):
        word = f"đo{chr(97 + number) * 9}"
        file = place / f"moi-{number}.txt"
        path = file.relative_to(archive).as_posix()
        file.write_text(f"BÁO CÁO\nVề việc {word}\n" * 20, "utf-8")
        written = time.monotonic()
        while not any(hit.path == path for hit in search(opened, word, Filters()).hits):
            time.sleep(0.02)
        found.append(time.monotonic() - written)
        while path not in {d.path for d in assess(opened, dossier=Path(path).parent.as_posix()).documents}:
            time.sleep(0.02)
        judged.append(time.monotonic() - written)
    for what, took in (("found by search", found), ("in its dossier's status", judged)):
        print(f"one file: last write to {what} {statistics.median(took):.2f} s (worst {max(took):.2f} s)")
    print(f"  end after SIGTERM: {watch.end():.2f} s")


def idle(work: Path, files: int, seconds: float = 30) -> None:
    """Nothing happens."""
    archive = work / "idle"
    for number in range(files // 20):
        folder = archive / "kho" / f"{number // 100}" / f"Mục {number}"
        folder.mkdir(parents=True)
        for name in range(20):
            (folder / f"{name}.txt").touch()
    watch = Watch(archive)
    watch.caught_up_after(0)
    time.sleep(5)
    before = watch.cpu()
    time.sleep(seconds)
    used = watch.cpu() - before
    print(
        f"idle: {files} files in {files // 20} folders; {100 * used / seconds:.2f} % of one core, "
        f"{watch.mib():.0f} MiB"
    )
    watch.end()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--idle-files", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dossier-bench-") as name:
        work = Path(name)
        archive = flood(work, options.files)
        one_file(archive)
        idle(work, options.idle_files)


if __name__ == "__main__":
    main()
