"""Measure on a random sample of mutants how many small changes of a package the tests notice.

    python scripts/mutation_sample.py dossier/compliance [--seed N] [--size 150] [--named NAME…]

The mutants are mutmut's, as for the whole run of scripts/mutation.sh; only the way they are tried is quicker:
the tests are collected once, each mutant gets a fork of that process, and of the tests of the package's
own folder only those that run the changed function, those first
that are quick and noticed others. Caches are emptied in each fork. A
function that runs while modules are imported is tried once more in a process of its own where no test of the
fork noticed the change.
Prints every mutant that no test noticed with its change, and the score.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gc
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants, setup_source_paths
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import mangled_name_from_mutant_name

ROOT = Path(__file__).parent.parent
SECONDS_AT_LEAST, TIMES_THE_USUAL = 20, 5  # CPU time after which a mutant counts as noticed: it does not end


class Sample:
    """Pytest plugin that runs the tests once unchanged, and then those concerned for each mutant."""

    def __init__(self, mutants: list[str], folder: str) -> None:
        self.mutants, self.folder = mutants, folder
        self.unnoticed: dict[str, int] = {}
        """Number of tests that ran the changed function by name of the mutant, for those no test noticed."""
        self.at_import: set[str] = set()
        self.tests: defaultdict[str, set[pytest.Item]] = defaultdict(set)
        self.seconds: dict[pytest.Item, float] = {}
        self.kills: Counter[pytest.Item] = Counter()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out tests on random examples, with which the figure would not be the same again."""
        items[:] = [item for item in items if not getattr(item.obj, "is_hypothesis_test", False)]

    def pytest_collection_finish(self) -> None:
        self.at_import = _functions_run()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._run_unchanged(session.items)
        caches = [
            found
            for found in gc.get_objects()
            if isinstance(found, functools._lru_cache_wrapper) and str(found.__module__).startswith("dossier")
        ]
        for done, name in enumerate(self.mutants, 1):
            function = mangled_name_from_mutant_name(name)
            tests = sorted(
                self.tests[function], key=lambda test: self.seconds[test] / (1 + 5 * self.kills[test])
            )
            noticed = self._noticed(name, tests, caches) or (
                function in self.at_import and _noticed_from_the_start(name, self.folder)
            )
            if not noticed:
                self.unnoticed[name] = len(tests)
            print(f"{done:4} {'noticed' if noticed else 'NOT    '} {name}", file=sys.stderr, flush=True)
        return True

    def _run_unchanged(self, tests: list[pytest.Item]) -> None:
        """Run all tests; record which functions each runs, and its time with that of its file's fixtures."""
        setups: defaultdict[Path, float] = defaultdict(float)
        shared: defaultdict[Path, set[str]] = defaultdict(set)
        for test, following in zip(tests, [*tests[1:], None], strict=True):
            start = time.process_time()
            reports = runtestprotocol(test, log=False, nextitem=following)
            if any(report.failed for report in reports):
                raise pytest.UsageError(f"{test.nodeid} fails without any change")
            setup = next(report.duration for report in reports if report.when == "setup")
            setups[test.path] = max(setups[test.path], setup)
            self.seconds[test] = time.process_time() - start - setup
            run = _functions_run()
            for function in run:
                self.tests[function].add(test)
            if setup > 0.1:  # what a fixture of the whole file ran, all its tests rest on
                shared[test.path] |= run
        for test in tests:
            self.seconds[test] += setups[test.path]
            for function in shared[test.path]:
                self.tests[function].add(test)

    def _noticed(self, name: str, tests: list[pytest.Item], caches: list) -> bool:
        if not tests:
            return False
        reading, writing = os.pipe()
        child = os.fork()
        if child:
            os.close(writing)
            with os.fdopen(reading) as failed:
                self.kills.update(tests[int(at)] for at in failed.read().split())
            return os.waitpid(child, 0)[1] != 0
        with contextlib.suppress(BaseException):
            limit = int(SECONDS_AT_LEAST + TIMES_THE_USUAL * sum(self.seconds[test] for test in tests))
            used = int(time.process_time())
            resource.setrlimit(resource.RLIMIT_CPU, (used + limit, used + limit))
            set_mutant_under_test(name)
            for cache in caches:
                cache.cache_clear()
            for at, (test, following) in enumerate(zip(tests, [*tests[1:], None], strict=True)):
                if any(report.failed for report in runtestprotocol(test, log=False, nextitem=following)):
                    os.write(writing, str(at).encode())
                    os._exit(1)
            os._exit(0)
        os._exit(1)


def _functions_run() -> set[str]:
    """Return the mangled names of the functions that ran since the last call."""
    run = set(state()._stats)
    state()._stats.clear()
    return run


def _noticed_from_the_start(name: str, folder: str) -> bool:
    """Whether the tests notice a change that is in force before any module is imported."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", *config().pytest_add_cli_args, folder]
    there = os.environ | {"MUTANT_UNDER_TEST": name, "PYTHONPATH": str(Path.cwd())}
    return subprocess.run(command, env=there, capture_output=True, check=False).returncode != 0


def _mutants_of(package: str) -> list[str]:
    """Bring mutants/ up to date with the code, and return the names of the package's mutants."""
    copy = Path("mutants")
    copy.mkdir(exist_ok=True)
    shutil.rmtree(copy / "tests", ignore_errors=True)
    for path in [path for path in (copy / "dossier").rglob("*") if path.is_file()]:
        source = path.relative_to(copy)
        made_of = source.with_suffix("") if source.suffix in {".meta", ".spans"} else source
        if made_of.suffix != ".py" or not made_of.exists():
            path.unlink()  # mutmut writes changed modules anew by itself, but keeps all else as first copied
    with contextlib.redirect_stdout(sys.stderr):
        copy_src_dir()
        copy_also_copy_files()
        setup_source_paths()
        create_mutants(os.cpu_count() or 1)
    names = []
    for path in walk_mutatable_files():
        if path.is_relative_to(package):
            source = SourceFileMutationData(path=path)
            source.load()
            names += source.exit_code_by_key
    return sorted(names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("package", help="folder below which the code is changed, like dossier/compliance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=150)
    parser.add_argument("--named", nargs="*", help="try these mutants instead of a sample")
    asked = parser.parse_args()
    os.chdir(ROOT)
    names = _mutants_of(asked.package)
    folder = asked.package.replace("dossier/", "tests/", 1)
    drawn = asked.named or random.Random(asked.seed).sample(names, min(asked.size, len(names)))
    sample = Sample(drawn, folder)
    config().track_dependencies = False
    set_mutant_under_test("stats")
    os.chdir("mutants")
    status = pytest.main(["--rootdir=.", "-q", *config().pytest_add_cli_args, folder], plugins=[sample])
    os.chdir(ROOT)
    if status not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        sys.exit(f"pytest ended with {status!r}")
    for name, tests in sorted(sample.unnoticed.items()):
        print(f"\n{name}: not noticed by any of {tests} tests\n{get_diff_for_mutant(name)}")
    tried = len(sample.mutants)
    noticed = tried - len(sample.unnoticed)
    print(
        f"\n{asked.package}, seed {asked.seed}: {noticed} of {tried} changes noticed "
        f"({100 * noticed / tried:.1f} %), out of {len(names)} changes"
    )


if __name__ == "__main__":
    main()
