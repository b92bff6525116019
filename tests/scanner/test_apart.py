"""A file that broke the process that read it is read once more, by programs that break alone."""

from __future__ import annotations

import pytest

from dossier import checklists
from dossier.model import FileEntry, Unread, UnreadReason
from dossier.scanner import ocr, pipeline
from dossier.scanner._exec import tesseract
from dossier.scanner.ocr.tesseract import TesseractLibrary
from dossier.scanner.pipeline import Processor, Task, apart
from dossier.scanner.readers import FileReading
from dossier.scanner.readers import ocr as reading
from dossier.scanner.readers.interface import Limits


def test_second_time_pages_are_recognised_by_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    engines = []

    def read(_path: bytes, limits: Limits, **_more: object) -> FileReading:
        engines.append(limits.ocr_engine)
        return FileReading("", 0, Unread(UnreadReason.EMPTY, "", "pdf"))

    monkeypatch.setattr(pipeline, "read_file", read)
    task = Task(FileEntry("a.pdf", b"a.pdf", 0, 0, 0, "."), "")
    again = apart(task)
    assert again is not None and apart(again) is None
    processor = Processor(b"/", checklists.load(), Limits())
    for each in (task, again):
        processor(each)
    assert engines == ["auto", "tesseract"]


def test_where_only_the_library_is_here_and_broke_the_program_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tesseract, "reads_vietnamese", lambda: False)
    monkeypatch.setattr(TesseractLibrary, "available", lambda _self: True)
    ocr.engine.cache_clear()
    broken, first = reading.Ocr(Limits(ocr_engine="tesseract", apart=True)), reading.Ocr(Limits())
    try:
        assert broken.read_image(pytest.fail) is None
        assert broken.lacks == (tesseract.PROGRAM,)
        assert "dừng đột ngột" in broken.why_not()
        assert tesseract.install_command() in broken.why_not()
        assert first.lacks == ()
    finally:
        ocr.engine.cache_clear()
