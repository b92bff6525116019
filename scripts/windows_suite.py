"""The whole suite in Windows' Python under Wine, a few files at a time, counted.

``scripts/windows-lane all [--rest] [PATH…]`` calls this. ``--rest``: only what has no good result from the
last time, whose results count. Writes ``build/windows-lane/all.md``: what passed, what was left out and
why, and what failed, by name. Fails when less than nine tenths of what makes sense there pass, when a test
fails that tests/not_on_windows.toml does not name, or when one passes that it names.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

import windows_results
from windows_python import ROOT

AT_LEAST = 0.9  # of the tests that make sense there
OF_WINE = "Wine: "  # begins the reason of a test that makes sense on Windows and cannot pass under Wine
_AT_ONCE = 2  # processes; many tests wait for a disk, a clock or another process
_FILES = 25  # for one process: starting it takes long
_SECONDS = "240"  # for one test: everything takes several times as long under Wine
_LANE = ROOT / "build/windows-lane"

Results = dict[str, tuple[str, str]]  # outcome and reason by node id


def suite(name: str, arguments: Sequence[str], run: Callable[[Sequence[str]], int]) -> int:
    """Run the tests below ``tests``, or below the paths named, by ``run``, which takes Python's arguments.
    ``name``: of the run; each has its own results, so that a quick one leaves those of the night alone."""
    paths = [path for path in arguments if path != "--rest"] or ["tests"]
    journals = _LANE / name
    journals.mkdir(parents=True, exist_ok=True)
    pieces = _pieces(paths)
    again = {file for files in pieces for file in files}
    kept = _kept(_results(journals), again) if "--rest" in arguments else {}
    for journal in journals.glob("*.jsonl"):
        journal.unlink()
    of_file = {file: _journal(journals, files) for files in pieces for file in files}
    for test, (outcome, why) in kept.items():
        journal = of_file.get(test.partition("::")[0], journals / "elsewhere.jsonl")
        windows_results.write(journal, test=test, outcome=outcome, why=why)
    with ThreadPoolExecutor(_AT_ONCE) as together:
        list(together.map(lambda files: _run(files, _journal(journals, files), run), pieces))
    results = _results(journals)
    passed, failed = Counter(outcome for outcome, _why in results.values())["passed"], _failed(results)
    lacking = sum(outcome == "expected" and why.startswith(OF_WINE) for outcome, why in results.values())
    sensible = passed + len(failed) + lacking
    told = journals.with_suffix(".md")
    told.write_text(_report(results), "utf-8")
    share = passed / max(sensible, 1)
    print(f"{passed} of {sensible} tests that make sense there pass: {share:.1%}; unforeseen: {len(failed)}")
    print(*failed, f"see {told}", sep="\n")
    return 0 if share >= AT_LEAST and not failed else 1


def _pieces(paths: Sequence[str]) -> list[list[str]]:
    """The test files below the paths, in pieces for one process each."""
    found = sorted({
        file.relative_to(ROOT).as_posix()
        for path in paths
        for file in ([ROOT / path] if path.endswith(".py") else (ROOT / path).rglob("test_*.py"))
    })  # fmt: skip
    size = max(1, min(_FILES, -(-len(found) // _AT_ONCE)))
    return [found[start : start + size] for start in range(0, len(found), size)]


def _journal(journals: Path, files: Sequence[str]) -> Path:
    return journals / f"{files[0].removesuffix('.py').replace('/', '-')}.jsonl"


def _run(files: Sequence[str], journal: Path, run: Callable[[Sequence[str]], int]) -> None:
    """One piece, in as many processes as it takes: a test that ends its process is failed, and the next
    process goes on behind it."""
    plain = "-u -X utf8 -m pytest -p no:cacheprovider -p scripts.windows_results --tb short"
    options = [*plain.split(), "--continue-on-collection-errors", "--timeout", _SECONDS]
    while True:
        began = len(windows_results.read(journal))
        run([*options, "--journal", journal.relative_to(ROOT).as_posix(), *files])
        results = windows_results.read(journal)
        if windows_results.is_whole(journal):
            return
        cut = [test for test, (outcome, _why) in results.items() if outcome == "begun"]
        if not cut and len(results) == began:
            cut = list(files)
        for test in cut:
            windows_results.write(
                journal, test=test, outcome="failed", why="ended its process, or took too long"
            )
        if cut == list(files):
            return


def _results(journals: Path) -> Results:
    found = (windows_results.read(file) for file in sorted(journals.glob("*.jsonl")))
    return {test: result for results in found for test, result in results.items()}


def _kept(results: Results, again: Collection[str]) -> Results:
    """Those but for the results in these files that need a second look."""
    return {
        test: result
        for test, result in results.items()
        if result[0] in ("passed", "left out", "expected") or test.partition("::")[0] not in again
    }


def _failed(results: Results) -> list[str]:
    return [test for test, (outcome, _why) in results.items() if outcome in ("failed", "begun")]


def _report(results: Results) -> str:
    lines = ["| tests | passed | failed | left out | Wine cannot |", "|---|---|---|---|---|"]
    for folder, group in groupby(sorted(results), lambda test: test.partition("::")[0].rpartition("/")[0]):
        of = [results[test] for test in group]
        wine = sum(outcome == "expected" and why.startswith(OF_WINE) for outcome, why in of)
        counts = Counter(outcome for outcome, _why in of)
        left_out = counts["left out"] + counts["expected"] - wine
        lines.append(f"| {folder} | {counts['passed']} | {counts['failed']} | {left_out} | {wine} |")
    reasons = Counter(why for outcome, why in results.values() if outcome in ("left out", "expected"))
    lines += ["", "Left out:", "", *(f"- {number}: {why}" for why, number in reasons.most_common())]
    lines += ["", "Failed:", "", *(f"- `{test}`: {results[test][1]}" for test in _failed(results)), ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(__doc__)
