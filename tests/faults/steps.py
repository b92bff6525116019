"""Kill each act of a person before every commit and every change of a file, and compare what is left with
before and after: whatever a person says is said or not said, and the log tells which.

    python tests/faults/steps.py [--around-the-line] [ACT ...]

Prints each act with how often it was killed and what was wrong; ends with 1 when anything was. This takes
half an hour; the tests kill each act only at the steps around its line in the log.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import kills
import moments
import single_acts
from single_acts import SINGLE, Seen, Single

from dossier.archive import Archive, open_archive
from dossier.usecases.inbox import filing
from dossier.usecases.restoring import finish
from dossier.usecases.scan import scan

_BETWEEN, _MANY = 6, 20  # of so many steps after the log's line, so many are tried


def sample(folder: Path) -> Path:
    """Make the archive that every act is done on a copy of."""
    work = folder / "mẫu"
    kills.warm()
    kills.apart(lambda: single_acts.begun(work) and None)
    (work / "mới.txt").write_text(kills.text(41), "utf-8")
    return work


class Trial:
    """One act, killed again and again on copies of the same archive."""

    def __init__(self, act: Single, sample: Path) -> None:
        self.act, self.work = act, sample.parent / "thử"
        self.begin = sample.parent / "trước"
        self.wrong: list[str] = []
        self.steps: list[str] = []
        self.copy(sample)
        kills.apart(lambda: act.before(self.archive) and None)
        shutil.rmtree(self.begin, ignore_errors=True)
        shutil.copytree(self.work, self.begin)
        self.known: dict[str, tuple[Seen, Seen, dict[str, int]]] = {}
        self.at_first, self.before, self.log = self.found()

    @property
    def archive(self) -> Archive:
        return open_archive(self.work / "kho")

    def copy(self, source: Path) -> None:
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(source, self.work)

    def found(self) -> tuple[Seen, Seen, dict[str, int]]:
        """What is there of it now; what was seen before is not looked at again."""
        found, known = kills.apart(lambda: self.look(self.archive))
        self.known[known] = found
        return found

    def look(self, archive: Archive) -> tuple[tuple[Seen, Seen, dict[str, int]], str]:
        """What is there at once, and after the next scan (and the next start of the page). It first completes
        what was cut off: a restore, as every command does, and a file's move, as every act on the inbox."""
        finish(archive)
        filing.recover(archive)
        at_once = single_acts.seen(archive)
        known = repr((at_once, at_once.rest, single_acts.acts_logged(archive)))
        if known in self.known:
            return self.known[known], known
        if self.act.page:
            single_acts.carried(archive)
        scan(archive, workers=1)
        judged = not (
            self.act.page or self.act.leaves
        )  # the page carries out at a time of its own, which some verdicts tell
        found = at_once, single_acts.seen(archive, judged=judged), dict(single_acts.acts_logged(archive))
        return found, known

    def whole(self) -> None:
        """Do it to its end."""
        self.copy(self.begin)
        code, self.steps = moments.killed_at(0, lambda: self.act.do(self.archive))
        assert code == 0, self.steps[-1]
        assert len(self.steps) > 1
        self.at_last, self.after, log = self.found()
        assert self.after != self.before
        told = _differing(log, self.log)
        self.wanted = log
        if sorted(told) != sorted(set(self.act.logged)) or sum(told.values()) != len(self.act.logged):
            self.wrong.append(f"the log tells {told}, not {self.act.logged}")

    def around_the_line(self) -> Sequence[int]:
        """The steps where most can go wrong: the first, the log's last line and the next, the last; of many
        between these two, some, evenly."""
        lines = [at for at, step in enumerate(self.steps, 1) if "/audit-" in step] or [1]
        last = len(self.steps)
        after = range(lines[-1], last + 1)
        between = after[:: len(after) // _BETWEEN] if len(after) > _MANY else ()
        return sorted({1, *after[:2], *between, last})

    def kill(self, number: int) -> None:
        """Kill it before that step, and compare."""
        self.copy(self.begin)
        code, _steps = moments.killed_at(number, lambda: self.act.do(self.archive))
        where = f"  {number} before {self.steps[number - 1]}"
        if code != -signal.SIGKILL:
            self.wrong.append(f"{where}: ended with {code}, {_steps[-1:]}")
            return
        try:
            at_once, healed, log = self.found()
        except RuntimeError as error:
            self.wrong.append(f"{where}: {error}")
            return
        if healed == self.after:
            if log != self.wanted:
                self.wrong.append(f"{where}: done, and the log tells {_differing(log, self.wanted)}")
        elif healed == self.before:
            if log != self.log and not (self.act.asked and log == self.wanted):
                self.wrong.append(f"{where}: not done, and the log tells {_differing(log, self.log)}")
        else:
            others = _other(healed, self.before), _other(healed, self.after)
            self.wrong.append(f"{where}: between: {others}")
        if not self.act.page and at_once.words not in (self.at_first.words, self.at_last.words):
            self.wrong.append(f"{where}: at once between")


def _differing(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {act: one.get(act, 0) - other.get(act, 0) for act in one | other if one.get(act) != other.get(act)}


def _other(one: Seen, other: Seen) -> list[str]:
    found = [k for k in one.words | other.words if one.words.get(k) != other.words.get(k)]
    files = [k for k in one.files | other.files if one.files.get(k) != other.files.get(k)]
    found += [f"{k}: {one.files.get(k, '-')[:30]!r}" for k in files]
    return found + (["verdicts"] if one.verdicts != other.verdicts else [])


def main() -> None:
    """Run, print, and tell by the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("acts", nargs="*", default=list(SINGLE))
    parser.add_argument("--around-the-line", action="store_true", help="only where most can go wrong")
    options = parser.parse_args()
    # Workers are spawned, and would load this file and all it imports before they work.
    vars(sys.modules["__main__"]).pop("__file__", None)
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="dossier-steps-") as folder:
        made = sample(Path(folder))
        for name in options.acts:
            trial = Trial(SINGLE[name], made)
            trial.whole()
            steps = trial.around_the_line() if options.around_the_line else range(1, len(trial.steps) + 1)
            for number in steps:
                trial.kill(number)
            told = f"{name}: killed {len(steps)} times, wrong {len(trial.wrong)}"
            print(told, *trial.wrong, sep="\n", flush=True)
            wrong += len(trial.wrong)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
