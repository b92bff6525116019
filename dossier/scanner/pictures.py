"""Rendering a page of a file as a JPEG, for viewing. Runs in a worker of the sandbox, never in a server.

Only catalogued content is rendered: bytes with another hash may contain anything, even a secrecy stamp.
"""

from __future__ import annotations

import hashlib
import io
import math
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dossier.plain_file import open_beneath

if TYPE_CHECKING:
    from PIL.Image import Image

    from dossier.scanner._exec.libreoffice import Conversion

WIDTHS = (160, 800, 1240, 1860)  # pixels; 1240 is A4 at 150 dots an inch
QUALITY = 82
_MOST_PIXELS = 40_000_000
_MOST_BYTES = 500 << 20
_MOST_DRAWN = 12_000_000  # pixels of a rendered PDF page, which may be a very long strip
# Format → extension, LibreOffice's import filter, its module and that module's library.
OFFICE = {
    "docx": ("docx", "MS Word 2007 XML", "writer", "libswlo.so"),
    "doc": ("doc", "MS Word 97", "writer", "libswlo.so"),
    "odt": ("odt", "writer8", "writer", "libswlo.so"),
    "rtf": ("rtf", "Rich Text Format", "writer", "libswlo.so"),
    "pptx": ("pptx", "Impress MS PowerPoint 2007 XML", "impress", "libsdlo.so"),
    "ppt": ("ppt", "MS PowerPoint 97", "impress", "libsdlo.so"),
}
IMAGES = frozenset({"jpeg", "png", "tiff", "gif", "bmp", "webp", "heic"})


@dataclass(frozen=True, slots=True)
class WantedPage:
    """A request for page ``number`` (from 1) of a file, ``width`` pixels wide. ``content``: the PDF into
    which the file was converted before; ``seconds``: limit of a conversion."""

    root: bytes
    raw_path: bytes
    sha256: str
    format: str
    number: int
    width: int
    content: bytes = b""
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as a JPEG, with the number of pages of the file. ``made``: the PDF into which an office document
    was converted. ``trouble``: why there is no picture (``changed``, ``gone``, ``page``, ``program``,
    ``broken``)."""

    jpeg: bytes = b""
    pages: int = 0
    made: bytes = b""
    trouble: str = ""


def can_draw(format_: str) -> bool:
    """Whether pages of files of this format can be rendered on this machine: office documents need
    LibreOffice."""
    from dossier.scanner._exec import libreoffice

    if format_ in OFFICE:
        return libreoffice.converter(_conversion(format_)) is not None
    return format_ == "pdf" or format_ in IMAGES


def draw(wanted: WantedPage) -> DrawnPage:
    """Render the wanted page, or return why that is impossible."""
    made = b""
    content = wanted.content
    if not content:
        try:
            content = _read(wanted)
        except OSError:
            return DrawnPage(trouble="gone")
        if hashlib.sha256(content).hexdigest() != wanted.sha256:
            return DrawnPage(trouble="changed")
        if wanted.format in OFFICE:
            content = made = _converted(content, wanted)
            if not made:
                return DrawnPage(trouble="program")
    try:
        if wanted.format in IMAGES:
            image, pages = _of_image(content, wanted)
        else:
            image, pages = _of_pdf(content, wanted)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  libraries raise anything on bad files
        return DrawnPage(trouble="broken")
    if image is None:
        return DrawnPage(pages=pages, made=made, trouble="page")
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=QUALITY)
    return DrawnPage(out.getvalue(), pages, made)


def _read(wanted: WantedPage) -> bytes:
    with os.fdopen(open_beneath(wanted.root, wanted.raw_path), "rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise OSError
    return content


def _of_pdf(content: bytes, wanted: WantedPage) -> tuple[Image | None, int]:
    import pypdfium2

    document: Any = pypdfium2.PdfDocument(content)  # type: ignore[no-untyped-call]
    try:
        count = len(document)
        if not 1 <= wanted.number <= count:
            return None, count
        document.init_forms()
        page = document[wanted.number - 1]
        width, height = page.get_size()
        if not (width > 0 and height > 0 and math.isfinite(width * height)):
            return None, count
        scale = min(wanted.width / width, math.sqrt(_MOST_DRAWN / (width * height)))
        return page.render(scale=scale).to_pil(), count
    finally:
        document.close()


def _of_image(content: bytes, wanted: WantedPage) -> tuple[Image | None, int]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    if wanted.format == "heic":
        from pillow_heif import register_heif_opener  # type: ignore[import-not-found,unused-ignore]

        register_heif_opener()
    image = Image.open(io.BytesIO(content))
    count = int(getattr(image, "n_frames", 1))
    if not 1 <= wanted.number <= count:
        return None, count
    image.seek(wanted.number - 1)
    if image.width * image.height > _MOST_PIXELS:
        return None, count
    image.draft("RGB", (wanted.width, wanted.width))
    upright = ImageOps.exif_transpose(image)
    if upright.mode not in ("L", "RGB"):
        upright = upright.convert("RGB")
    height = max(round(upright.height * wanted.width / upright.width), 1)
    if wanted.width < upright.width:
        upright = upright.resize((wanted.width, height), Image.Resampling.BICUBIC)
    return upright, count


def _conversion(format_: str) -> Conversion:
    from dossier.scanner._exec.libreoffice import Conversion

    source, filter_, part, library = OFFICE[format_]
    return Conversion(source, "pdf", filter_, part, library)


def _converted(content: bytes, wanted: WantedPage) -> bytes:
    """Convert an office document to PDF; empty bytes if LibreOffice is missing or fails."""
    from dossier.scanner._exec import libreoffice
    from dossier.scanner._exec.program import ProgramError

    how = _conversion(wanted.format)
    program = libreoffice.converter(how)
    if program is None:
        return b""
    try:
        return libreoffice.converted(program, content, how, wanted.seconds)
    except ProgramError:
        return b""
