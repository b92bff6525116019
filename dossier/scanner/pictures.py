"""A page of a file as a picture, for people to look at. Runs in a worker of the sandbox, never in a server.

Only what the catalogue knows is drawn: bytes with another hash than the one that was read may hold anything,
a secrecy stamp too.
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

WIDTHS = (160, 800, 1240, 1860)  # pixels; 1240 is A4 at 150 dots an inch
QUALITY = 82
_MOST_PIXELS = 40_000_000
_MOST_BYTES = 500 << 20
_MOST_DRAWN = 12_000_000  # pixels of one picture: a page may be a very long strip
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
    """Page ``number`` (from 1) of a file, ``width`` pixels wide. ``content``: a PDF made of it before."""

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
    """A JPEG, of how many pages the file has. ``made``: the PDF that an office document was turned into.
    ``trouble``: why there is no picture (``changed``, ``gone``, ``page``, ``program``, ``broken``)."""

    jpeg: bytes = b""
    pages: int = 0
    made: bytes = b""
    trouble: str = ""


def draw(wanted: WantedPage) -> DrawnPage:
    """The picture, or why there is none."""
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
    except Exception:  # noqa: BLE001  whatever a library says of a bad file
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
    seen = ImageOps.exif_transpose(image)
    if seen.mode not in ("L", "RGB"):
        seen = seen.convert("RGB")
    height = max(round(seen.height * wanted.width / seen.width), 1)
    if wanted.width < seen.width:
        seen = seen.resize((wanted.width, height), Image.Resampling.BICUBIC)
    return seen, count


def _converted(content: bytes, wanted: WantedPage) -> bytes:
    """An office document as a PDF; nothing where that cannot be done here."""
    from dossier.scanner._exec import libreoffice
    from dossier.scanner._exec.program import ProgramError

    source, filter_, part, library = OFFICE[wanted.format]
    how = libreoffice.Conversion(source, "pdf", filter_, part, library)
    program = libreoffice.converter(how)
    if program is None:
        return b""
    try:
        return libreoffice.converted(program, content, how, wanted.seconds)
    except ProgramError:
        return b""
