"""A file that broke the process that read it is read once more, by programs that break alone."""

from __future__ import annotations

import pytest

from dossier import checklists
from dossier.model import FileEntry, Unread, UnreadReason
from dossier.scanner import pipeline
from dossier.scanner.pipeline import Processor, Task, apart
from dossier.scanner.readers import FileReading
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
