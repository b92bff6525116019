"""What is marked on a page stands where the typesetter put it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dossier.archive import open_archive
from dossier.demo import truth, write_archive
from dossier.demo.typeset import HEIGHT, WIDTH, Run, Sheet
from dossier.model.layout import Box
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from tests.web.serving import TODAY

FIELDS = ("number_symbol", "date", "signer")


@pytest.fixture
def sheets(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Sheet]]:
    """The pages of each file that is written from now on, by its SHA-256."""
    kept: dict[str, list[Sheet]] = {}
    for name in ("write_pdf", "write_scan"):
        writes = getattr(truth, name)

        def recorded(pages: Any, *more: Any, writes: Any = writes) -> bytes:
            own = list(pages)
            made: bytes = writes(own, *more)
            kept[hashlib.sha256(made).hexdigest()] = own
            return made

        monkeypatch.setattr(truth, name, recorded)
    return kept


def _written(run: Run, said: str) -> Box | None:
    """Where the run says that, as fractions of the page; ``None``: it does not."""
    at = run.text.casefold().find(said.casefold())
    if at < 0:
        return None
    begins, ends = run.text[:at], run.text[: at + len(said)]
    left = run.x + run.face.width(begins, run.size) + run.spread * begins.count(" ")
    right = run.x + run.face.width(ends, run.size) + run.spread * ends.count(" ")
    top, bottom = run.y - run.face.ascent * run.size / 1000, run.y - run.face.descent * run.size / 1000
    return Box(left / WIDTH, top / HEIGHT, right / WIDTH, bottom / HEIGHT)


def _shared(one: Box, other: Box) -> float:
    """Intersection over union."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    tall = min(one.bottom, other.bottom) - max(one.top, other.top)
    if wide <= 0 or tall <= 0:
        return 0.0
    both = wide * tall
    area = sum((box.right - box.left) * (box.bottom - box.top) for box in (one, other))
    return both / (area - both)


def _overlaps(root: Path, sheets: dict[str, list[Sheet]]) -> Iterator[tuple[str, str, float]]:
    """Field, file, overlap, for all fields whose words the typesetter wrote in one place."""
    with open_known(open_archive(root)) as catalogue:
        states = [state for path in catalogue.folders() for state in catalogue.states(path)]
    for document in (document for state in states for document in state.documents):
        pages, header = sheets.get(document.sha256), document.header
        for name, reading in header.fields.items() if pages else ():
            day = header.date
            said = {
                "number_symbol": header.number_symbol,
                "signer": header.signer,
                "date": f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}" if day else "",
            }.get(name)
            if not said or not pages or reading.box is None or reading.page is None:
                continue
            # NĐ 30: of the months only January and February have a nought before them
            ways = {said, said.replace("tháng 0", "tháng ") if day and day.month > 2 else said}
            runs = pages[reading.page - 1].runs
            boxes = [box for run in runs for way in ways if (box := _written(run, way))]
            if boxes:
                yield name, document.path, max(_shared(reading.box, box) for box in boxes)


def test_fields_are_marked_where_they_were_written(tmp_path: Path, sheets: dict[str, list[Sheet]]) -> None:
    root = tmp_path / "kho"
    write_archive(root, dossiers=2, seed=5, today=TODAY, scans=False)
    scan(open_archive(root))
    found = list(_overlaps(root, sheets))
    assert {name for name, _path, _overlap in found} == set(FIELDS) and len(found) >= 60
    assert [(name, path, round(overlap, 2)) for name, path, overlap in found if overlap < 0.8] == []
