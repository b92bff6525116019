"""One sample archive for all tests of the page; those that change it take a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

from serving import TODAY, Running, running, scanned

from dossier.archive import open_archive


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample archive of four dossiers, read."""
    from dossier.demo import write_archive

    root = tmp_path_factory.mktemp("kho") / "kho"
    write_archive(root, dossiers=4, seed=7, today=TODAY, scans=False)
    scanned(root)
    return root


@pytest.fixture(scope="session")
def reading(sample: Path) -> Iterator[Running]:
    """A server for tests that only look."""
    with running(open_archive(sample)) as up:
        yield up


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Iterator[Running]:
    """A server on a copy of the archive, for tests that change something."""
    root = tmp_path / "kho"
    shutil.copytree(sample, root)
    with running(open_archive(root)) as up:
        yield up
