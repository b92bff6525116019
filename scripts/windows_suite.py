"""The whole suite in Windows' Python under Wine, folder by folder, counted: a night's work.

``scripts/windows-lane suite [PATH…]`` calls this. Writes ``build/windows-lane/suite.md``: what passed, what
was left out and why (tests/not_on_windows.toml and the tests' own conditions), and what failed, by name.
Fails when less than nine tenths of what makes sense there pass.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from windows_python import ROOT

AT_LEAST = 0.9  # of the tests that make sense there
_AT_ONCE = 2  # processes; many tests wait for a disk, a clock or another process
_SECONDS = "900"  # for one test: everything takes several times as long under Wine
_MADE = ROOT / "build/windows-lane"


@dataclass
class Count:
    """What became of a folder's tests."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def suite(paths: Sequence[str], run: Callable[[Sequence[str]], int]) -> int:
    """Run the folders under ``tests``, or those named, by ``run``, which takes Python's arguments."""
    folders = list(paths) or _folders()
    with ThreadPoolExecutor(_AT_ONCE) as together:
        counts = dict(zip(folders, together.map(lambda folder: _counted(folder, run), folders), strict=True))
    passed = sum(count.passed for count in counts.values())
    failed = sum(len(count.failed) for count in counts.values())
    (_MADE / "suite.md").write_text(_told(counts), "utf-8")
    share = passed / max(passed + failed, 1)
    print(f"{passed} passed, {failed} failed")
    print(f"{share:.1%} of what makes sense there pass; see {_MADE / 'suite.md'}")
    return 0 if share >= AT_LEAST else 1


def _folders() -> list[str]:
    tests = ROOT / "tests"
    named = [path for path in sorted(tests.iterdir()) if path.is_dir() and any(path.rglob("test_*.py"))]
    return [
        *(f"tests/{path.name}" for path in named),
        *(f"tests/{file.name}" for file in sorted(tests.glob("test_*.py"))),
    ]


def _counted(folder: str, run: Callable[[Sequence[str]], int]) -> Count:
    result = _MADE / f"suite-{Path(folder).stem}.xml"
    result.unlink(missing_ok=True)
    options = ["-u", "-m", "pytest", "-p", "no:cacheprovider", "--timeout", _SECONDS, "--tb", "line"]
    run([*options, "-o", "junit_family=xunit1", f"--junitxml={result.relative_to(ROOT).as_posix()}", folder])
    return count(result) if result.is_file() else Count(failed=[f"{folder}: the run ended early"])


def count(result: Path) -> Count:
    """What a result in JUnit's format says."""
    made = Count()
    for case in ElementTree.parse(result).getroot().iter("testcase"):
        skipped = case.find("skipped")
        if skipped is not None:
            made.left_out[skipped.get("message", "")] += 1
        elif case.find("failure") is not None or case.find("error") is not None:
            made.failed.append(f"{case.get('classname', '')}::{case.get('name', '')}")
        else:
            made.passed += 1
    return made


def _told(counts: dict[str, Count]) -> str:
    lines = ["| tests | passed | failed | left out |", "|---|---|---|---|"]
    for folder, made in counts.items():
        lines.append(f"| {folder} | {made.passed} | {len(made.failed)} | {made.left_out.total()} |")
    reasons = sum((made.left_out for made in counts.values()), Counter[str]())
    lines += ["", "Left out:", "", *(f"- {number}: {why}" for why, number in reasons.most_common())]
    failed = [name for made in counts.values() for name in made.failed]
    return "\n".join([*lines, "", "Failed:", "", *(f"- `{name}`" for name in failed), ""])


if __name__ == "__main__":
    sys.exit(__doc__)
