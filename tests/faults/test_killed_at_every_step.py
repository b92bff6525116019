"""Whatever a person says is said or not said, wherever the process that writes it down is killed: each act is
killed before every commit and every change of a file, and what is left compared with before and after."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import kills
import moments
import pytest
import single_acts
from single_acts import SINGLE, Seen, Single

from dossier.archive import Archive, open_archive
from dossier.usecases.scan import scan

pytestmark = pytest.mark.slow  # some thousand processes


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("steps") / "mẫu"
    kills.warm()
    kills.apart(lambda: single_acts.begun(work) and None)
    (work / "mới.txt").write_text(kills.text(41), "utf-8")
    return work


@pytest.mark.parametrize("name", SINGLE)
def test_act_is_done_or_not_wherever_it_is_killed(name: str, sample: Path) -> None:
    trial = Trial(SINGLE[name], sample)
    trial.whole()
    for number in range(1, len(trial.steps) + 1):
        trial.kill(number)
    assert not trial.wrong, "\n".join([f"{name}:", *trial.wrong])


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
        """What is there at once, and after the next scan (and the next start of the page)."""
        at_once = single_acts.seen(archive)
        known = repr((at_once, at_once.rest, single_acts.acts_logged(archive)))
        if known in self.known:
            return self.known[known], known
        if self.act.page:
            single_acts.carried(archive)
        scan(archive, workers=1)
        judged = not self.act.page  # the page carries out at a time of its own, which some verdicts tell
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
