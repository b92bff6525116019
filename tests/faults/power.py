"""Cut the power at random points of dossier's commands: what was not synced is gone.

    python tests/faults/power.py [--cuts 60] [--seed 0]

The state folder lies on a small ext4 file system in an image. The kernel is told to shut it down
without writing out anything more (FS_IOC_SHUTDOWN, as its own tests do): files and their log are then
as after a real power cut, only what dossier had synced is there. It is mounted again, and what is left
compared as after kills (kills.py). Before every cut a person decides something while another process
has the catalogue open; once confirmed, it must be there afterwards.

Needs root, loop devices and mkfs.ext4; says so and ends with 2 without them.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import random
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import kills

from dossier.usecases.backup import backup
from dossier.usecases.decide import assign

# From linux/fs.h and ext4.h: _IOR('X', 125, __u32); 2: nothing is written out, not even the journal.
_SHUTDOWN, _AT_ONCE = 0x8004587D, 2
_PARTS = ("14", "12", "1")
_DECIDED = "mo-hinh/Hồ sơ 2/2.txt"


class Disk:
    """A file system of 192 MiB that can lose its power. Raises :class:`OSError` where there can be none."""

    def __init__(self, work: Path) -> None:
        self._image, self.folder = work / "disk.img", work / "disk"
        self.folder.mkdir()
        with self._image.open("wb") as out:
            out.truncate(192 << 20)
        _system("mkfs.ext4", "-q", "-F", str(self._image))
        self.plug()

    def plug(self) -> None:
        """Mount it. What is not synced stays in memory for long: as little as can be is written by itself."""
        _system("mount", "-o", "loop,commit=300", str(self._image), str(self.folder))

    def cut(self) -> None:
        """No power any more, from this moment."""
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, _SHUTDOWN, struct.pack("I", _AT_ONCE))
        finally:
            os.close(handle)

    def unplug(self) -> None:
        """Unmount it, once the last process that used it has ended."""
        for _attempt in range(200):
            if not subprocess.run(["umount", str(self.folder)], capture_output=True, check=False).returncode:
                return
            time.sleep(0.05)
        _system("umount", "-l", str(self.folder))


def _system(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"{command[0]}: {done.stderr.strip()}")


class Trial(kills.Trial):
    """As when killing, with the state folder on a disk of its own."""

    commands = kills.COMMANDS

    def __init__(self, work: Path, rng: random.Random, outcome: kills.Outcome, disk: Disk) -> None:
        self.disk = disk
        super().__init__(work, rng, outcome, disk.folder / "state")

    def cut(self, command: str, part: str) -> None:
        """Decide, run the command, and cut the power at some point of the time it takes."""
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            self.run_as_child(self._confirming(theirs, part, command))
        os.close(theirs)
        confirmed = os.read(ours, 1)
        os.close(ours)
        if confirmed:
            self.decided[_DECIDED] = part
        else:
            self.outcome.wrong.append(f"before {command}: the decision was refused")
        time.sleep(self.rng.uniform(0, self.duration[command]))
        self.disk.cut()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        self.outcome.faults[command] += 1
        self.disk.unplug()
        self.disk.plug()
        self.change()  # what was there may have gone before it is looked for again

    def _confirming(self, pipe: int, part: str, command: str) -> Callable[[], object]:
        def work() -> None:
            # Somebody looks at the catalogue: closing it then does not tidy up.
            reader = sqlite3.connect(self.archive.state / "catalogue.sqlite")
            reader.execute("SELECT count(*) FROM files").fetchall()
            assign(self.archive, str(self.root / _DECIDED), [part])
            if command == "restore":  # brings back what was decided before the backup
                backup(self.archive, self.work / "gốc.zip", force=True)
            os.write(pipe, b"!")
            os.close(pipe)
            self.work_of(command)()

        return work


def run(work: Path, cuts: int, seed: int) -> kills.Outcome:
    """Cut so many times, checking after every cut; what came of it. Raises :class:`OSError` as ``Disk``."""
    rng, outcome = random.Random(seed), kills.Outcome()
    disk = Disk(work)
    try:
        kills.warm()
        trial = Trial(work, rng, outcome, disk)
        for number in range(cuts):
            trial.change()
            command = kills.COMMANDS[number % len(kills.COMMANDS)]
            trial.cut(command, _PARTS[number % len(_PARTS)])
            trial.check(f"seed {seed}, cut {number + 1}, {command}")
    finally:
        disk.unplug()
    return outcome


def main() -> None:
    """Run, print, and tell by the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cuts", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    vars(sys.modules["__main__"]).pop("__file__", None)  # as in kills.py
    with tempfile.TemporaryDirectory(prefix="dossier-power-") as folder:
        try:
            outcome = run(Path(folder), options.cuts, options.seed)
        except OSError as error:
            print(f"the power cannot be cut here: {error}")
            sys.exit(2)
    kills.tell("power cuts", outcome)


if __name__ == "__main__":
    main()
