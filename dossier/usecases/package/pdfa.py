"""Copies in PDF/A of what is handed over; what comes out is checked by :mod:`pdfa_rules`."""

from __future__ import annotations

import io
from collections.abc import Sequence

from dossier.scanner._exec import ghostscript, libreoffice
from dossier.scanner._exec.program import ProgramError
from dossier.usecases.package.pdfa_rules import faults

OFFICE = ("docx", "doc", "odt", "rtf", "xlsx", "xls", "ods", "pptx", "ppt", "odp")
PICTURES = ("png", "jpeg", "jpg", "tiff")
_SECONDS, _EACH = 120.0, 30.0
_BATCH = 20  # documents in one start of LibreOffice


def converted(files: Sequence[tuple[str, bytes]]) -> list[tuple[bytes | None, str]]:
    """For each file (format, content) its copy in PDF/A with an empty string, or ``None`` with the code of
    why there is none: ``format``, ``no-program``, ``failed``, ``not-pdf-a``."""
    made: list[tuple[bytes | None, str]] = [(None, "format")] * len(files)
    office = [at for at, (format_, _content) in enumerate(files) if format_ in OFFICE]
    for start in range(0, len(office), _BATCH):
        places = office[start : start + _BATCH]
        for at, result in zip(places, _by_office([files[at] for at in places]), strict=True):
            made[at] = result
    for at, (format_, content) in enumerate(files):
        if format_ == "pdf":
            made[at] = _of_pdf(content)
        elif format_ in PICTURES:
            made[at] = _of_picture(content)
    return made


def _by_office(files: Sequence[tuple[str, bytes]]) -> list[tuple[bytes | None, str]]:
    program = libreoffice.converter(libreoffice.TO_PDF)
    if program is None:
        return [(None, "no-program")] * len(files)
    try:
        made = libreoffice.to_pdf(program, files, _SECONDS + _EACH * len(files))
    except ProgramError:
        return [(None, "failed")] * len(files)
    return [_checked(each) if each is not None else (None, "failed") for each in made]


def _of_pdf(content: bytes) -> tuple[bytes | None, str]:
    if not faults(content):
        return content, ""  # it is one already
    program = ghostscript.available()
    if program is None:
        return None, "no-program"
    try:
        return _checked(ghostscript.to_pdf_a(program, content, _SECONDS))
    except ProgramError:
        return None, "failed"


def _of_picture(content: bytes) -> tuple[bytes | None, str]:
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as picture:
            pages = [page.convert("RGB") for page in ImageSequence.Iterator(picture)]
            resolution = float(picture.info.get("dpi", (150, 150))[0]) or 150.0
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        return None, "failed"
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=resolution)
    return _of_pdf(out.getvalue())


def _checked(made: bytes) -> tuple[bytes | None, str]:
    return (None, "not-pdf-a") if faults(made) else (made, "")


def pages(content: bytes) -> int:
    """How many pages a PDF has. Raises :class:`ValueError` for what is none."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return len(PdfReader(io.BytesIO(content)).pages)
    except PyPdfError as error:
        raise ValueError(str(error)) from error
