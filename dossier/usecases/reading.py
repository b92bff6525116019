"""Set up the reading and classification of an archive's files: settings, checklists, learned model,
limits."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial

from dossier import libraries
from dossier.archive import Archive, check_kinds
from dossier.catalogue import is_made
from dossier.i18n import _, language
from dossier.model import FileRecord, UnreadFile, UnreadReason
from dossier.scanner.ocr import engine, ppocr
from dossier.scanner.pipeline import Processor, Same, Task, apart
from dossier.scanner.readers.interface import Limits
from dossier.scanner.sandbox import Bounds, Died, Pool
from dossier.usecases.learning import model_file

_LARGE = 400_000  # bytes: a larger file may be a scanned image, which takes a hundred times as long as text


def processor_for(archive: Archive) -> Processor:
    """Return the processor that reads and classifies one file of the archive at a time."""
    settings = archive.config.scan
    limits = Limits(max_bytes=settings.max_file_mb << 20, ocr=settings.ocr, ocr_engine=settings.ocr_engine)
    root = os.fsencode(archive.root)
    return Processor(
        root, archive.checklists, limits, language(), archive.vocabulary, str(model_file(archive))
    )


def pool_for(archive: Archive, workers: int, *, nice: int = 0) -> Pool[Task, FileRecord | Same]:
    """Return a pool of worker processes that read files within the archive's limits. ``workers`` 0: the
    configured number, or one per core; ``nice``: see :class:`~dossier.scanner.sandbox_worker.Bounds`."""
    settings = archive.config.scan
    return Pool(
        processor_for(archive),
        workers=workers or settings.workers or os.cpu_count() or 1,
        seconds=settings.timeout_seconds,
        bounds=replace(bounds_for(archive), nice=nice),
        again=apart,
        long=lambda task: task.entry.size > _LARGE,
    )


def early_pool(archive: Archive, workers: int) -> Pool[Task, FileRecord | Same]:
    """Return a pool like :func:`pool_for`; if the archive was never scanned, its processes have been started,
    since there are files to read. They come up while their parent loads what else a scan needs."""
    pool = pool_for(archive, workers)
    if not is_made(archive):
        check_kinds(archive)
        archive.ready_state()
        pool.warm_up()
    return pool


def bounds_for(archive: Archive) -> Bounds:
    """Return the resource limits of a process that reads this archive's files."""
    settings = archive.config.scan
    return Bounds(
        settings.memory_mb << 20,
        settings.cpu_seconds,
        settings.output_mb << 20,
        (
            os.fsencode(archive.root),
            os.fsencode(archive.state),
        ),  # the state folder contains the learned model
    )


def available(archive: Archive, lacked: Collection[str], *, thorough: bool) -> Iterator[str]:
    """Yield those of the programs and packages in ``lacked`` that are installed now. Checks that take long
    are made only if ``thorough``."""
    from dossier.scanner._exec import antiword, bsdtar, libreoffice, tesseract

    settings = archive.config.scan
    here: dict[str, Callable[[], object]] = {
        tesseract.NAME: lambda: settings.ocr and engine(settings.ocr_engine).available(),
        tesseract.PROGRAM: lambda: settings.ocr and tesseract.reads_vietnamese(),
        ppocr.NAME: lambda: settings.ocr and ppocr.available(),
        antiword.NAME: antiword.available,
        **{how.name: partial(libreoffice.converter, how) for how in libreoffice.CONVERSIONS},
        bsdtar.NAME: bsdtar.available,
    }
    for name in {*lacked, *(here if thorough else ())}:
        if here.get(name, partial(libraries.usable, name.replace("-", "_")))():
            yield name


def unread_record(processor: Processor, task: Task, outcome: Died) -> FileRecord:
    """Return the record of a file whose reader was killed: which limit was exceeded and what to do."""
    if outcome.cause == "timeout":
        reason = UnreadReason.TIMEOUT
        detail = _("Đọc quá lâu nên đã dừng; tăng [scan] timeout_seconds trong dossier.toml nếu tệp này cần.")
    elif outcome.cause == "cpu":
        reason = UnreadReason.TIMEOUT
        detail = _(
            "Tốn quá nhiều thời gian xử lý nên đã dừng; tăng [scan] cpu_seconds trong dossier.toml "
            "nếu tệp này cần."
        )
    elif outcome.cause == "output":
        reason = UnreadReason.TOO_LARGE
        detail = _(
            "Nội dung đọc được quá lớn nên đã dừng; tăng [scan] output_mb trong dossier.toml, "
            "hoặc tách nhỏ tệp."
        )
    elif outcome.cause == "memory":
        reason = UnreadReason.TOO_LARGE
        detail = _(
            "Cần quá nhiều bộ nhớ nên đã dừng; tăng [scan] memory_mb trong dossier.toml, hoặc tách nhỏ tệp."
        )
    else:
        reason = UnreadReason.CORRUPT
        detail = _(
            "Tệp làm chương trình đọc bị dừng đột ngột; tệp có thể đã hỏng: mở thử rồi lưu lại bản mới."
        )
    unread = UnreadFile(task.entry.path, reason, detail, processor.candidates(task))
    return FileRecord(task.entry, "", "", unread=unread)
