"""Pytest's plugin for ``scripts/windows-lane all``: every result is written down as it comes, so that a run
that ends early says how far it got and the next one goes on from there.

``--journal FILE``: one object of JSON a line, ``{"test": node id}`` when a test begins and
``{"test", "outcome", "why"}`` when it is over: passed, failed, expected (to fail), or left out; at the end
``{"end": true}``.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def read(journal: Path) -> dict[str, tuple[str, str]]:
    """Outcome and reason by node id, the later of two; ``("begun", "")`` for a test that has none."""
    found: dict[str, tuple[str, str]] = {}
    for line in journal.read_text("utf-8").splitlines() if journal.is_file() else ():
        told = json.loads(line)
        if "test" in told:
            found[told["test"]] = (told.get("outcome", "begun"), told.get("why", ""))
    return found


def is_whole(journal: Path) -> bool:
    """Whether the last run that wrote to it came to its end."""
    return journal.is_file() and "end" in json.loads(journal.read_text("utf-8").splitlines()[-1])


def write(journal: Path, **told: object) -> None:
    """One line more."""
    with journal.open("a", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(told, ensure_ascii=False) + "\n")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--journal", type=Path, required=True)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_Journal(config.getoption("journal")))


class _Journal:
    def __init__(self, file: Path) -> None:
        self._file = file
        self._worst: dict[str, tuple[str, str]] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        over = {test for test, (outcome, _why) in read(self._file).items() if outcome != "begun"}
        items[:] = [item for item in items if item.nodeid not in over]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.outcome != "passed":
            write(self._file, test=report.nodeid, outcome=_outcome(report), why=_why(report))

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        write(self._file, test=nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        before = self._worst.get(report.nodeid)
        if before is None or before[0] == "passed" or report.failed:
            self._worst[report.nodeid] = (_outcome(report), _why(report))

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        outcome, why = self._worst.pop(nodeid, ("failed", "no result"))
        write(self._file, test=nodeid, outcome=outcome, why=why)

    def pytest_sessionfinish(self) -> None:
        write(self._file, end=True)


def _outcome(report: pytest.CollectReport | pytest.TestReport) -> str:
    if report.failed:
        return "failed"
    return "passed" if report.passed else "expected" if hasattr(report, "wasxfail") else "left out"


def _why(report: pytest.CollectReport | pytest.TestReport) -> str:
    if report.passed:
        return ""
    if expected := getattr(report, "wasxfail", ""):
        return str(expected).removeprefix("reason: ").removeprefix("[NOTRUN] ")
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    told = report.longreprtext.strip().splitlines() or [""]
    errors = [line.removeprefix("E").strip() for line in told if line.startswith("E ")]
    return (errors or told)[-1][:300]
