"""Fixtures for all tests."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from fnmatch import fnmatchcase
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings
from postgres_server import Cluster, binaries
from samba_server import Share, lacking

from dossier import workspace
from dossier.catalogue.server import Server

# From linux/capability.h, linux/prctl.h and linux/securebits.h.
_CAPABILITY_VERSION = 0x20080522
_OVERRIDES = (1 << 1) | (1 << 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
_PR_GET_SECUREBITS, _PR_SET_SECUREBITS, _NO_ROOT = 27, 28, 1


# How long an example takes says more about what else the machine does than about what is tested.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# What a test that asks for these waits for: a server, a browser, a mounted disk.
_SLOW = {"archiving", "cluster", "server", "share", "small_disk", "chromium"}
# What needs something that Windows does not have, and why; read there alone.
_NOT_ON_WINDOWS = tomllib.loads(
    (Path(__file__).parent / "not_on_windows.toml").read_text("utf-8") if sys.platform == "win32" else ""
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need a server, a browser or a disk of their own are slow, wherever they stand."""
    for item in items:
        assert isinstance(item, pytest.Function)
        asked = set(item.fixturenames)
        places = item.callspec.params if hasattr(item, "callspec") else {}
        if "place" in asked:  # which asks for the server only where it lies there
            asked -= {"cluster"}
            asked |= {"cluster"} if places.get("place") != "file" else set()
        if asked & _SLOW or item.path.parent.name == "faults":
            item.add_marker("slow")
        if sys.platform == "win32" and (mark := _not_on_windows(item, asked)):
            item.add_marker(mark)


def _not_on_windows(item: pytest.Function, asked: set[str]) -> pytest.MarkDecorator | None:
    """What marks a test that cannot pass there. One that is named and passes all the same is a failure: the
    list must not outlive its reasons."""
    node, _, case = item.nodeid.partition("[")
    for kind, prefix in (("without", ""), ("wine", "Wine: ")):
        for each in _NOT_ON_WINDOWS.get(kind, ()):
            why = prefix + each["reason"]
            if asked & set(each.get("fixtures", ())):
                return pytest.mark.skip(reason=why)
            if any(fnmatchcase(node, name) or f"{node}[{case}" == name for name in each.get("tests", ())):
                return pytest.mark.xfail(reason=why, strict=True, run=each.get("run", True))
    return None


@pytest.fixture(autouse=True)
def own_workspace() -> Iterator[None]:
    """Every test begins as a command does that nobody gave an option, whatever one before it chose."""
    with workspace.within(**asdict(workspace.Workspace(account="can-bo", folder=Path.cwd()))):
        yield


# Where workers start as a command's do: it is looked at how they start, end, are bounded and refused.
_COLD = {
    "faults",
    "scanner",
    "windows",
    "test_confined.py",
    "test_heap.py",
    "test_watch_faults.py",
    "unprivileged",
}


@pytest.fixture(scope="session", autouse=True)
def warm_workers() -> Iterator[None]:
    """Workers start from a process that is there already, those too that read what many tests look at."""
    with pytest.MonkeyPatch.context() as patch:
        if sys.platform == "linux":
            from tests.warm import Warm

            patch.setattr("dossier.scanner.sandbox.CONTEXT", Warm)
        yield


@pytest.fixture(autouse=True)
def cold_workers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """They start as those of a command, where that is looked at."""
    if _COLD & {*request.path.relative_to(Path(__file__).parent).parts, *request.fixturenames}:
        monkeypatch.setattr("dossier.scanner.sandbox.CONTEXT", multiprocessing.get_context("spawn"))


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test keeps a state in the home of the person who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(tmp_path_factory.getbasetemp() / "state"))
        yield


@pytest.fixture(scope="session")
def share() -> Iterator[Share]:
    """A share of a real file server. Where it may not be missing, it is no reason to skip."""
    if why := lacking():
        assert not os.environ.get("CI"), why
        pytest.skip(why)
    served = Share()
    yield served
    served.stop()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of the tests' own. Where it may not be missing, it is no reason to skip."""
    programs = binaries()
    if programs is None:
        assert not os.environ.get("CI"), "postgresql is missing: ./run test installs it"
        pytest.skip("no PostgreSQL 15 or newer on this machine")
    made = Cluster(programs)
    yield made
    made.stop()


@pytest.fixture
def server(cluster: Cluster) -> Server:
    """A schema of PostgreSQL that nobody used yet."""
    return Server(cluster.url(), f"kho_{uuid4().hex[:12]}")


@pytest.fixture(params=["file", "server", "vietnamese server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | Server:
    """Where a catalogue may lie: in a state folder, or on a server, whatever language that was set up for."""
    if request.param == "file":
        return tmp_path
    cluster: Cluster = request.getfixturevalue("cluster")
    if request.param == "vietnamese server" and not cluster.speaks_vietnamese:
        pytest.skip("the language vi_VN cannot be made on this machine")
    return Server(cluster.url("viet" if "viet" in request.param else "hoso"), f"kho_{uuid4().hex[:12]}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)  # a test may have done so


@pytest.fixture
def unprivileged(tmp_path: Path) -> Iterator[Path]:
    """A folder in a process that may be refused: root gives up its right to pass over file modes.

    The processes that a test starts are refused too.
    """
    if os.geteuid():
        yield tmp_path
    else:
        with _without_overrides():
            yield tmp_path
    for path in tmp_path.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)


@contextmanager
def _without_overrides() -> Iterator[None]:
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    before = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; low words, then high words

    def call(result: int) -> int:
        if result < 0:
            raise OSError(ctypes.get_errno(), "root cannot drop its rights here")
        return result

    call(libc.capget(header, before))
    bits = call(libc.prctl(_PR_GET_SECUREBITS, 0, 0, 0, 0))
    fewer = (ctypes.c_uint32 * 6)(*before)
    fewer[0] &= ~_OVERRIDES
    call(libc.prctl(_PR_SET_SECUREBITS, bits | _NO_ROOT, 0, 0, 0))
    call(libc.capset(header, fewer))
    try:
        yield
    finally:
        call(libc.capset(header, before))
        call(libc.prctl(_PR_SET_SECUREBITS, bits, 0, 0, 0))
