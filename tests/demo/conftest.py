"""Small sample archives, written once for all tests of the generator."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dossier.demo import write_archive

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Sample:
    """An archive on disk with its truth; ``real`` gives a file's true path for its NFC one."""

    folder: Path
    truth: dict[str, Any]
    real: dict[str, Path]

    def files(self, form: str, scan: bool = False) -> list[dict[str, Any]]:
        """The truth's files of one format."""
        return [file for file in self.truth["files"] if file["format"] == form and file["scan"] == scan]


def sample(folder: Path, **arguments: Any) -> Sample:
    """Write an archive and read its truth."""
    settings = {"dossiers": 6, "seed": 7, "today": TODAY, "scans": False} | arguments
    truth = json.loads(write_archive(folder, **settings).read_text("utf-8"))
    real = {
        unicodedata.normalize("NFC", path.relative_to(folder).as_posix()): path
        for path in folder.rglob("*")
        if path.is_file()
    }
    return Sample(folder, truth, real)


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Six dossiers without scans."""
    return sample(tmp_path_factory.mktemp("plain") / "kho")


@pytest.fixture(scope="session")
def as_drawn(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Two dossiers without scans and without what offices do to papers."""
    return sample(tmp_path_factory.mktemp("drawn") / "kho", dossiers=2, printed="plain")


@pytest.fixture(scope="session")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Two dossiers with scans."""
    return sample(tmp_path_factory.mktemp("scanned") / "kho", dossiers=2, scans=True)


@pytest.fixture(scope="session")
def heldout(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Four dossiers in the wordings of the held-out bank."""
    return sample(tmp_path_factory.mktemp("heldout") / "kho", dossiers=4, bank="heldout")
