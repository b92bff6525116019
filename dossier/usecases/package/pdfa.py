"""Convert files to PDF/A and check the results by :mod:`~dossier.usecases.package.pdfa_rules`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from dossier.batches import batched
from dossier.i18n import _
from dossier.progress import counted
from dossier.scanner._exec import ghostscript, libreoffice
from dossier.scanner._exec.program import ProgramError
from dossier.scanner.sandbox import Bounds, Died, Pool
from dossier.usecases.package.pdfa_rules import faults

OFFICE = ("docx", "doc", "odt", "rtf", "xlsx", "xls", "ods", "pptx", "ppt", "odp")
PICTURES = ("png", "jpeg", "jpg", "tiff")
_SECONDS, _EACH = 120.0, 30.0
_BATCH = 20  # documents per start of LibreOffice


Copy = tuple[bytes | None, str]


@dataclass(frozen=True, slots=True)
class _Task:
    """A batch of files (format, content), their indexes among all files, and the paths of the programs."""

    places: tuple[int, ...]
    files: tuple[tuple[str, bytes], ...]
    libreoffice: str | None
    ghostscript: str | None


def converted(files: Sequence[tuple[str, bytes]]) -> list[Copy]:
    """Convert each file (format, content) to PDF/A. Returns for each the copy with an empty string, or
    ``None`` with a reason code: ``format``, ``no-program``, ``failed``, ``not-pdf-a``."""
    made: list[Copy] = [(None, "format")] * len(files)
    office = [at for at, (format_, _content) in enumerate(files) if format_ in OFFICE]
    alone = [at for at, (format_, _content) in enumerate(files) if format_ in ("pdf", *PICTURES)]
    batches = map(tuple, batched(office, _BATCH))
    programs = libreoffice.converter(libreoffice.TO_PDF), ghostscript.available()
    tasks = [
        _Task(places, tuple(files[at] for at in places), *programs)
        for places in (*batches, *((at,) for at in alone))
    ]
    # The files are untrusted: the programs that open them have no access to other files and no network.
    with Pool(_copies, workers=1, seconds=_SECONDS + _EACH * _BATCH, bounds=Bounds(readable=())) as pool:
        for task, outcome in counted(pool.run(tasks), len(tasks), _("lập bản PDF/A")):
            results: list[Copy] = [(None, "failed")] * len(task.places)
            if not isinstance(outcome, Died):
                results = outcome.value
            for at, result in zip(task.places, results, strict=True):
                made[at] = result
    return made


def _copies(task: _Task) -> list[Copy]:
    """Convert a batch; runs in a sandboxed worker."""
    ((first, content), *_more) = task.files
    if first in OFFICE:
        return _by_office(task.files, task.libreoffice)
    return [(_of_pdf if first == "pdf" else _of_picture)(content, task.ghostscript)]


def _by_office(files: Sequence[tuple[str, bytes]], program: str | None) -> list[Copy]:
    if program is None:
        return [(None, "no-program")] * len(files)
    try:
        made = libreoffice.to_pdf(program, files, _SECONDS + _EACH * len(files))
    except ProgramError:
        return [(None, "failed")] * len(files)
    return [_checked(each) if each is not None else (None, "failed") for each in made]


def _of_pdf(content: bytes, program: str | None) -> Copy:
    if not faults(content):
        return content, ""  # already PDF/A
    if program is None:
        return None, "no-program"
    try:
        return _checked(ghostscript.to_pdf_a(program, content, _SECONDS))
    except ProgramError:
        return None, "failed"


def _of_picture(content: bytes, program: str | None) -> Copy:
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as picture:
            pages = [page.convert("RGB") for page in ImageSequence.Iterator(picture)]
            resolution = float(picture.info.get("dpi", (150, 150))[0]) or 150.0
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        return None, "failed"
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=resolution)
    return _of_pdf(out.getvalue(), program)


def _checked(made: bytes) -> Copy:
    return (None, "not-pdf-a") if faults(made) else (made, "")


def pages(content: bytes) -> int:
    """Return the number of pages of a PDF. Raises :class:`ValueError` if it is not a PDF."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return len(PdfReader(io.BytesIO(content)).pages)
    except PyPdfError as error:
        raise ValueError(str(error)) from error
