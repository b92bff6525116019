"""Fixtures for all tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier import i18n

_NOBODY = 65534


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """Every test starts in Vietnamese, whatever one before it chose."""
    i18n.use("vi")
    yield
    i18n.use("vi")


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder in a process that may be refused: root drops its rights for the test."""
    folder = Path(tempfile.mkdtemp(prefix="dossier-test-"))
    folder.chmod(0o777)
    root = os.geteuid() == 0
    if root:
        os.seteuid(_NOBODY)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        for path in folder.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
        shutil.rmtree(folder, ignore_errors=True)
