"""What is marked on a page stands where the typesetter put it."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dossier.archive import open_archive
from dossier.demo import truth, write_archive
from dossier.demo.paper import LEFT, Block, ColumnLine, Columns, Paragraph
from dossier.demo.typeset import HEIGHT, WIDTH, SetText, Sheet, typeset
from dossier.model import Header
from dossier.model.layout import Box
from dossier.scanner._exec import tesseract
from dossier.scanner.readers.interface import Limits
from dossier.scanner.readers.pdf import PdfReader
from dossier.scanner.recognise import recognise
from dossier.scanner.recognise.evidence import weighed
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from dossier.usecases.viewing import framed
from tests.web.serving import TODAY

FIELDS = ("number_symbol", "date", "signer")
PAPER: tuple[Block, ...] = (
    Columns(
        (
            ColumnLine("ỦY BAN NHÂN DÂN", bold=True),
            ColumnLine("XÃ HÀM THẮNG", bold=True),
            ColumnLine("Số: 47/QĐ-UBND"),
        ),
        (
            ColumnLine("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12),
            ColumnLine("Độc lập - Tự do - Hạnh phúc", bold=True),
            ColumnLine("Hàm Thắng, ngày 25 tháng 11 năm 2024", italic=True),
        ),
        head=True,
    ),
    Paragraph("QUYẾT ĐỊNH", bold=True),
    Paragraph("Về việc thành lập mô hình Camera an ninh", bold=True),
    *[Paragraph("Ban Chỉ đạo phân công thành viên phụ trách từng địa bàn và gửi kết quả hằng quý.")] * 8,
    Columns(
        (ColumnLine("Nơi nhận:", bold=True, align=LEFT), ColumnLine("- Lưu: VT.", align=LEFT)),
        (
            ColumnLine("TM. ỦY BAN NHÂN DÂN", bold=True), ColumnLine("CHỦ TỊCH", bold=True),
            *[ColumnLine("", size=16)] * 3, ColumnLine("Trần Phước Hiền", bold=True),
        ),
    ),
)  # fmt: skip


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


def _written(run: SetText, said: str) -> Box | None:
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
        if pages := sheets.get(document.sha256):
            for name, overlap in _of(document.header, pages):
                yield name, document.path, overlap


def _of(header: Header, pages: list[Sheet]) -> Iterator[tuple[str, float]]:
    """Field and overlap, for the fields of one paper."""
    day = header.date
    for name, reading in header.fields.items():
        said = {
            "number_symbol": header.number_symbol,
            "signer": header.signer,
            "date": f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}" if day else "",
        }.get(name)
        if not said or reading.box is None or reading.page is None:
            continue
        # NĐ 30: of the months only January and February have a nought before them
        ways = {said, said.replace("tháng 0", "tháng ") if day and day.month > 2 else said}
        runs = pages[reading.page - 1].runs
        boxes = [box for run in runs for way in ways if (box := _written(run, way))]
        if boxes:
            yield name, max(_shared(framed(reading.box, reading.source), box) for box in boxes)


def test_fields_are_marked_where_they_were_written(tmp_path: Path, sheets: dict[str, list[Sheet]]) -> None:
    root = tmp_path / "kho"
    write_archive(root, dossiers=2, seed=5, today=TODAY, scans=False)
    scan(open_archive(root))
    found = list(_overlaps(root, sheets))
    assert {name for name, _path, _overlap in found} == set(FIELDS) and len(found) >= 60
    assert [(name, path, round(overlap, 2)) for name, path, overlap in found if overlap < 0.8] == []


def test_fields_of_a_scan_are_marked_where_they_were_written() -> None:
    if not tesseract.reads_vietnamese():
        assert os.environ.get("CI") != "true", "Tesseract with Vietnamese must be installed in CI"
        pytest.skip("Tesseract with Vietnamese is not installed")
    pages = typeset(PAPER)
    content = PdfReader().read(truth.write_scan(pages, random.Random(3), [0]), Limits())
    (document,) = weighed(recognise(content), content, "47.pdf")
    found = dict(_of(document.header, pages))
    assert set(found) == set(FIELDS)
    assert {name: round(overlap, 2) for name, overlap in found.items() if overlap < 0.6} == {}
