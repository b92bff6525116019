"""Workers that see only the archive read it as well as others: real files, with the programs for them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from archives import run

from dossier.scanner import landlock

_DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def kho() -> Iterator[Path]:
    """Real files, in an archive that does not lie where all programs make their sockets."""
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="dossier-test-") as name:
        (Path(name) / "mo-hinh").mkdir()
        shutil.copytree(_DATA, Path(name) / "mo-hinh/A", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        yield Path(name)


@pytest.mark.skipif(not landlock.version(), reason="the kernel has no Landlock")
def test_confined_workers_read_what_others_read(
    kho: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    confined = run(kho)[1]
    shutil.copytree(kho / "mo-hinh", tmp_path / "mo-hinh")  # below /tmp files are not bounded
    free = run(tmp_path)[1]
    assert [u.path for u in confined.unread] == [u.path for u in free.unread]
    assert [d.header for d in confined.documents] == [d.header for d in free.documents]
