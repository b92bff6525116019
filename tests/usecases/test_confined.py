"""Workers that see only the archive read it as well as others: real files, with the programs for them."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from archives import run
from PIL import Image

from dossier.archive import open_archive
from dossier.scanner import landlock, sandbox_worker
from dossier.scanner.sandbox import Bounds, Done, Pool
from dossier.usecases.package import pdfa
from dossier.usecases.viewing import view_file
from dossier.web import render
from dossier.web.render import RenderWorkers

_DATA = Path(__file__).parents[1] / "data"

pytestmark = pytest.mark.slow  # workers start as a command's do, OCR in them


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


def bounds_seen(monkeypatch: pytest.MonkeyPatch, module: ModuleType) -> list[Bounds]:
    """The bounds of the pools that the module makes from now on."""
    seen: list[Bounds] = []

    def made(*args: Any, **named: Any) -> Pool[Any, Any]:
        seen.append(named["bounds"])
        return Pool(*args, **named)

    monkeypatch.setattr(module, "Pool", made)
    return seen


@pytest.mark.skipif(not landlock.version(), reason="the kernel has no Landlock")
def test_pages_are_drawn_where_only_the_archive_is_seen(kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(kho)
    archive = open_archive(kho)
    bounds = []
    monkeypatch.setattr(
        render, "Pool", lambda *args, **named: bounds.append(named["bounds"]) or Pool(*args, **named)
    )
    renderer = RenderWorkers(archive)
    try:
        for name in ("quyet-dinh.odt", "quyet-dinh.rtf"):
            drawn = renderer.page(view_file(archive, f"mo-hinh/A/{name}"), 1, 800)
            assert drawn.jpeg.startswith(b"\xff\xd8"), drawn.trouble
    finally:
        renderer.stop()
    for each in bounds:
        with Pool(sandbox_worker.bounds_in_force, workers=1, bounds=each) as pool:
            ((_task, outcome),) = pool.run([None])
        assert isinstance(outcome, Done) and "files" in outcome.value


@pytest.mark.skipif(not landlock.version(), reason="the kernel has no Landlock")
def test_copies_for_a_package_are_made_where_nothing_else_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    pools = []
    monkeypatch.setattr(
        pdfa, "Pool", lambda *args, **named: pools.append(named["bounds"]) or Pool(*args, **named)
    )
    files = [("odt", (_DATA / "quyet-dinh.odt").read_bytes()), ("pdf", b"rubbish"), ("png", _png())]
    (made, why), rubbish, (picture, no) = pdfa.converted(files)
    assert (why, no) == ("", "") and made and picture and rubbish == (None, "failed")
    assert [each.readable for each in pools] == [()]


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(out, "PNG")
    return out.getvalue()
