"""Kill dossier's commands at random points, and compare what is left with a scan from nothing.

    python tests/faults/kills.py [--kills 200] [--seed 0]

Prints how many kills there were, how many decisions or waivers were lost, and how many times a
rescan gave another verdict or index than a scan from nothing. Ends with 1 when anything is wrong.

Commands run in children forked from this process, with everything loaded: a kill then falls into
the work, not into Python's start. This process itself never opens an index: a fork copies the locks
of the full-text engine's threads, but not the threads that would let go of them.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TypeVar

import acts

from dossier.archive import Archive, open_archive
from dossier.errors import LockedError
from dossier.index import Filters
from dossier.usecases import audit, night_folders
from dossier.usecases.assess import assess
from dossier.usecases.backup import backup
from dossier.usecases.decide import assign, waive
from dossier.usecases.decisions import export, import_
from dossier.usecases.indexing import index_of, rebuild
from dossier.usecases.known import open_known
from dossier.usecases.nightly import nightly
from dossier.usecases.restore import restore
from dossier.usecases.restoring import finish
from dossier.usecases.scan import scan
from dossier.usecases.search import search
from dossier.usecases.watch import Watcher

Result = TypeVar("Result")
TODAY = date(2023, 5, 1)
_TYPES = {"QUYẾT ĐỊNH": "QĐ", "KẾ HOẠCH": "KH", "BÁO CÁO": "BC", "TỜ TRÌNH": "TTr"}
_FILES, _DOSSIERS = 24, 3
COMMANDS = ("scan", "watch", "nightly", "assign", "index rebuild", "full scan", "backup", "restore")
_STILL = 2.0  # seconds after which the watcher has surely begun to read what was dropped meanwhile


@dataclass
class Outcome:
    """``faults`` by command; ``lost`` and ``wrong`` are sentences."""

    faults: Counter[str] = field(default_factory=Counter)
    finished: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def text(number: int) -> str:
    """A document of the commune, unlike any with another number."""
    title, code = list(_TYPES.items())[number % 4]
    return (
        "ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Số: {number}/{code}-UBND\nHàm Thắng, ngày 05 tháng 3 năm 2023\n{title}\n"
        f"Khảo sát xây dựng mô hình camera tu{number}\nNội dung thứ {number}.\n"
    )


def make(root: Path) -> None:
    """A small archive of text files, so old that their time stamps are beyond doubt."""
    for number in range(_FILES):
        put(root, number, text(number))
    (root / "dossier.toml").write_text("[nightly]\nverify_days = 2\n", "utf-8")


def put(root: Path, number: int, content: str) -> None:
    """Write file ``number`` anew."""
    write(place(root, number), content)


def place(root: Path, number: int) -> Path:
    """Where file ``number`` lies at first."""
    return root / f"mo-hinh/Hồ sơ {number % _DOSSIERS}/{number}.txt"


def write(file: Path, content: str) -> None:
    """Write it, and make it old."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, "utf-8")
    past = time.time() - 1000 - random.random() * 1000
    os.utime(file, (past, past))


class Trial:
    """One archive that is worked on and killed, with what must never be lost."""

    commands: tuple[str, ...] = (*COMMANDS, *acts.ACTS)

    def __init__(self, work: Path, rng: random.Random, outcome: Outcome, state: Path | None = None) -> None:
        self.rng = rng
        self.outcome = outcome
        self.root, self.work = work / "kho", work
        make(self.root)
        acts.begun(self.root)
        self.places = {number: place(self.root, number) for number in range(_FILES)}
        self.archive = open_archive(self.root, state)
        self.decided: dict[str, str] = {}
        self.serial = 1000
        self.duration: dict[str, float] = {}
        apart(lambda: scan(self.archive, workers=1))
        apart(self.decide)
        self.decided = {"mo-hinh/Hồ sơ 0/0.txt": "14"}
        apart(lambda: backup(self.archive, self.work / "gốc.zip") and None)
        self.numbers = iter(range(1, 1_000_000))
        self.whole: dict[str, object] = {}
        self.before: object = None
        for command in self.commands:
            self.change()
            self.number = next(self.numbers)
            started = time.perf_counter()
            apart(self.work_of(command, once=True))
            self.duration[command] = time.perf_counter() - started
            if command in acts.ACTS:
                self._see(command, finished=True)

    def decide(self) -> None:
        """A decision and a waiver that were confirmed to the person: they must be there for ever."""
        assign(self.archive, str(self.root / "mo-hinh/Hồ sơ 0/0.txt"), ["14"])
        waive(self.archive, "mo-hinh/Hồ sơ 0", "MH-04", reason="đang xin ý kiến")

    def change(self) -> None:
        """People go on working: files that bear no decision are written anew, one is moved."""
        for _time in range(3):
            self.serial += 1
            write(self.places[self.rng.randrange(_DOSSIERS, _FILES)], text(self.serial))
        number = self.rng.randrange(_DOSSIERS, _FILES)
        folder = self.root / f"mo-hinh/Hồ sơ {self.rng.randrange(_DOSSIERS)}"
        self.places[number] = self.places[number].rename(folder / f"{number} {self.serial}.txt")

    def work_of(self, command: str, *, once: bool = False) -> Callable[[], object]:
        """What the child does. ``once``: the watcher comes to an end by itself."""
        places = {
            "scan": lambda: scan(self.archive, workers=1),
            "watch": lambda: Watcher(self.archive, lambda _news: None, workers=1).run(once=once),
            "full scan": lambda: scan(self.archive, full=True, workers=1),
            "nightly": lambda: nightly(self.archive, TODAY, workers=1).seconds,
            "assign": lambda: assign(self.archive, str(self.root / "mo-hinh/Hồ sơ 1/1.txt"), ["16a"]),
            "index rebuild": lambda: rebuild(self.archive) and None,
            "backup": lambda: backup(self.archive, self.work / "mới.zip", force=True) and None,
            "restore": lambda: restore(self.archive, self.work / "gốc.zip", force=True) and None,
        }
        if command in acts.ACTS:
            opened = acts.opened(self.root, self.archive.state)
            return lambda: acts.ACTS[command].do(opened, self.number) and None
        return places[command]

    def kill(self, command: str) -> None:
        """Run the command in a child and kill it at some point of the time it takes."""
        most = self.duration[command]
        self.number = next(self.numbers)
        if command in acts.ACTS and not acts.ACTS[command].whole:
            self.before = apart(lambda: acts.ACTS[command].seen(self.archive))
        started = time.perf_counter()
        child = os.fork()
        if child == 0:
            self.run_as_child(self.work_of(command))
        if command == "watch":
            for _part in range(2):
                time.sleep(self.rng.uniform(0, (most + _STILL) / 2))
                self.change()
        else:
            time.sleep(self.rng.uniform(0, most))
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        took = time.perf_counter() - started
        if os.WIFSIGNALED(status):
            self.outcome.faults[command] += 1
            self.duration[command] = most if command == "watch" else most * 1.02
        elif command == "watch":
            self.outcome.wrong.append(
                f"the watcher ended by itself, with {os.waitstatus_to_exitcode(status)}"
            )
        else:  # it was quicker than that
            self.outcome.finished += 1
            self.duration[command] = max(min(most, took) * 0.95, 0.005)
        if command == "restore":  # an older state holds now, without the click that was accepted last
            apart(lambda: _settle(lambda: finish(self.archive)))  # as the next command does first
            acts.forget_click(self.archive)
        if command in acts.ACTS:
            code = os.waitstatus_to_exitcode(status)
            if code > 0:
                self.outcome.wrong.append(f"{command} {self.number} ended with {code}")
            self._see(command, finished=code == 0)

    def _see(self, command: str, *, finished: bool) -> None:
        """What is there of an act: as before or as wanted, and as wanted once it has ended."""
        act = acts.ACTS[command]
        try:
            seen = apart(lambda: act.seen(acts.opened(self.root, self.archive.state)))
        except RuntimeError as error:
            self.outcome.wrong.append(f"after {command} {self.number}: {error}")
            return
        wanted = self.whole.setdefault(command, seen) if act.whole else act.wanted(self.number)
        before = None if act.whole else self.before
        if seen != wanted and (finished or seen != before):
            told = f"after {command} {self.number}: {seen!r}, not {wanted!r} or {before!r}"
            self.outcome.lost.append(told)

    def run_as_child(self, work: Callable[[], object]) -> None:
        """Do it in silence, and end the process."""
        code = 1
        try:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
            work()
            code = 0
        finally:
            os._exit(code)

    def check(self, when: str) -> None:
        """A rescan must equal a scan from nothing, with every decision and waiver there."""
        lost, wrong = apart(lambda: self._checked(when))
        self.outcome.lost += lost
        self.outcome.wrong += wrong

    def _checked(self, when: str) -> tuple[list[str], list[str]]:
        self.outcome = Outcome()  # this runs in a child: what it finds is handed back
        _settle(self.work_of(self.rng.choice(["scan", "watch"]), once=True))
        self._check_people(when)
        # Threads of the full-text engine that merge its segments may still write while it is removed.
        with tempfile.TemporaryDirectory(dir=self.work, ignore_cleanup_errors=True) as folder:
            clean = open_archive(self.root, Path(folder))
            scan(clean, workers=1)
            acts.same_seal(self.archive, clean)
            import_(clean, export(self.archive))  # what people decided speaks for other documents too
            self._compare(clean, when)
        left = acts.left_of_secrets(self.archive)
        self.outcome.wrong += [f"{when}: {file} tells a secret" for file in left]
        if broken := audit.verify(self.archive).broken:
            self.outcome.wrong.append(f"{when}: the log of acts does not hold at {broken}")
        latest = night_folders.latest(self.archive.state)
        night = night_folders.root_of(self.archive.state) / latest
        if not (night / "report.json").is_file() and not (night / "da-xoa.txt").is_file():
            self.outcome.wrong.append(f"{when}: the last good report {latest!r} is not there")
        return self.outcome.lost, self.outcome.wrong

    def _check_people(self, when: str) -> None:
        placed = {
            document.path: [place.part for place in document.placements]
            for document in assess(self.archive, TODAY).documents
        }
        for path, part in self.decided.items():
            if placed.get(path) != [part]:
                self.outcome.lost.append(f"{when}: decision {part} for {path} is now {placed.get(path)}")
        with open_known(self.archive) as catalogue:
            waivers = [waiver for state in catalogue.states() for waiver in state.waivers]
        if ("MH-04", "đang xin ý kiến") not in [(waiver.rule, waiver.reason) for waiver in waivers]:
            self.outcome.lost.append(f"{when}: waivers are {waivers}")

    def _compare(self, clean: Archive, when: str) -> None:
        people = {*self.decided, "mo-hinh/Hồ sơ 1/1.txt", acts.PAPER}
        ours, theirs = (
            {
                (document.id, document.sha256, document.header, document.placements)
                for document in assess(archive, TODAY).documents
                if document.path not in people
            }
            for archive in (self.archive, clean)
        )
        if ours != theirs:
            self.outcome.wrong.append(
                f"{when}: {len(ours ^ theirs)} documents differ: {_told(ours - theirs)} instead of "
                f"{_told(theirs - ours)}"
            )
        counts = index_of(self.archive).count(), index_of(clean).count()
        if counts[0] != counts[1] or counts[0] < _FILES:
            self.outcome.wrong.append(f"{when}: the indexes hold {counts} documents of {_FILES}")
        hits = [
            [hit.path for hit in search(archive, f"tu{self.serial}", Filters()).hits]
            for archive in (self.archive, clean)
        ]
        if hits[0] != hits[1]:
            self.outcome.wrong.append(f"{when}: search finds {hits[0]} instead of {hits[1]}")


def _told(documents: set[tuple[object, ...]]) -> str:
    """Documents in an order that people can compare."""
    return "; ".join(sorted(map(repr, documents)))


def warm() -> None:
    """Load what the commands load when they need it, so that kills fall into their work."""
    for name in (
        "dossier.index.tantivy_engine", "dossier.scanner.sandbox_worker", "reports.html", "reports.json",
        "reports.txt", "reports.xlsx", "jinja2", "xlsxwriter", "alembic.command",
        "argon2", "docx", "reports.papers.letters", "reports.papers.handover", "dossier.web.intents",
    ):  # fmt: skip
        import_module(name)


def apart(work: Callable[[], Result]) -> Result:
    """What the work returns, done in a child. Raises :class:`RuntimeError` with what it raised."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        try:
            said = (True, work())
        except BaseException:  # noqa: BLE001 (the parent raises it)
            said = (False, traceback.format_exc())
        with os.fdopen(theirs, "wb") as pipe:
            pickle.dump(said, pipe)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        done, result = pickle.load(pipe)
    os.waitpid(child, 0)
    if not done:
        raise RuntimeError(result)
    return result


def _settle(work: Callable[[], object]) -> None:
    """Do it; workers of a killed process may take a moment to let go of the lock."""
    for _attempt in range(100):
        try:
            work()
            return
        except LockedError:
            time.sleep(0.05)
    work()


def run(work: Path, kills: int, seed: int, burst: int = 10) -> Outcome:
    """Kill so many times, checking after every ``burst`` kills; what came of it."""
    rng, outcome = random.Random(seed), Outcome()
    warm()
    trial = Trial(work, rng, outcome)
    number = 0
    while sum(outcome.faults.values()) < kills:
        for _kill in range(min(burst, kills)):
            trial.change()
            trial.kill(trial.commands[number % len(trial.commands)])
            number += 1
        trial.check(f"seed {seed}, after {number} commands")
    return outcome


def main() -> None:
    """Run, print, and tell by the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    # Workers are spawned, and would load this file and all it imports before they work.
    vars(sys.modules["__main__"]).pop("__file__", None)
    with tempfile.TemporaryDirectory(prefix="dossier-kills-") as folder:
        outcome = run(Path(folder), options.kills, options.seed)
    tell("kills", outcome)


def tell(faults: str, outcome: Outcome) -> None:
    """Print what came of it, and end: with 1 when anything was lost or wrong."""
    for sentence in outcome.lost + outcome.wrong:
        print(sentence)
    by_command = ", ".join(f"{command} {count}" for command, count in sorted(outcome.faults.items()))
    early = f"; {outcome.finished} more ended before" if outcome.finished else ""
    print(f"{faults}: {outcome.faults.total()} ({by_command}{early})")
    print(f"lost: {len(outcome.lost)}  wrong: {len(outcome.wrong)}")
    sys.exit(bool(outcome.lost or outcome.wrong))


if __name__ == "__main__":
    main()
