"""Collect marks: texts outside a file's extracted text that are searched only for secrecy stamps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from dossier.i18n import _
from dossier.model import Content, Page, Unread
from dossier.scanner.readers.interface import Limits, ReadError
from dossier.scanner.readers.ocr import Ocr
from dossier.scanner.recognise import secrecy
from dossier.vietnamese import nfc

if TYPE_CHECKING:
    from dossier.scanner.readers.package import Package  # imports lxml, which plain texts do not need

_MOST_PICTURES = 12  # read from one document
_LEAST, _MOST = 24, 40_000_000  # pixels: least length of a side, most pixels of a picture
_PARTS = re.compile(r"[\[\](){}|:]|\s[-–—]+\s")  # "[MẬT] …", "MẬT - …"
# The secrecy level "MẬT" in capitals, with the separators and misspellings that occur.
_CAPITAL = re.compile(r"M[\W_]{0,3}[ẬÂ][\W_]{0,4}T|MẬT")
_DRAWN = re.compile(
    r"[^/]+/(?:(?:charts|diagrams|drawings)/[^/]+|(?:[^/]+/)?[^/]*comments?[^/]*)\.xml", re.IGNORECASE
)
_ART = re.compile(r"[^/]+/(?:document|header\d*|footer\d*|drawings/[^/]+)\.(?:xml|vml)")
_MOST_NAMES = 5000  # parts of one document that are searched
_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")


def with_marks(content: Content, marks: Iterable[str]) -> Content:
    """Return the content with the marks added to its first page."""
    added = tuple(mark for mark in marks if mark.strip())
    if not added or not content.pages:
        return content
    first, *rest = content.pages
    return replace(content, pages=(replace(first, marks=first.marks + added), *rest))


def of_title(title: str) -> tuple[str, ...]:
    """Split a subject or title at brackets and dashes into parts, each of which may be a stamp."""
    return tuple(part for part in _PARTS.split(title) if part.strip())


def typed(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the lines that may be a secrecy stamp, from texts outside the document's own.

    Such texts are comments, labels and names of inner files. The secrecy level in a short label is added.
    """
    lines = [line for text in texts for line in nfc(text).split("\n") if _CAPITAL.search(line)]
    return (*lines, *filter(None, map(secrecy.in_label, lines)))


def of_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return possible stamps in names of files and folders inside a container, without suffixes."""
    parts = (part.rpartition(".")[0] or part for name in names for part in name.split("/"))
    return typed(words for part in parts for words in of_title(part.replace("_", " ")))


def of_drawn(package: Package) -> tuple[str, ...]:
    """Possible stamps in drawings, diagrams, charts, comments and WordArt of an Office package.

    Skips damaged parts.
    """
    texts: list[str] = []
    for name in package.names()[:_MOST_NAMES]:
        drawn = _DRAWN.fullmatch(name)
        try:
            if drawn or (_ART.fullmatch(name) and package.mentions(name, b"textpath")):
                root = package.xml(name)
                texts += [art.get("string", "") for art in root.iter("{*}textpath")]
                if drawn:
                    texts += [
                        "".join(run.text or "" for run in paragraph.iter("{*}t"))
                        for paragraph in root.iter("{*}p")
                    ]
                    texts += [text.text or "" for text in root.iter("{*}t", "{*}text", "{*}v")]
        except ReadError:
            continue
    return typed(texts)


def of_pages(content: Content | Unread) -> tuple[str, ...]:
    """All texts and marks of a content whose text is not kept, only searched for stamps."""
    pages: Iterable[Page] = content.pages if isinstance(content, Content) else ()
    return tuple(text for page in pages for text in (page.text, *page.marks))


def of_pictures(package: Package, folder: str, limits: Limits) -> tuple[str, ...]:
    """Texts recognised in the first dozen pictures of an Office package. Skips damaged pictures."""
    if not limits.ocr:
        return ()
    named = [n for n in package.names() if n.startswith(folder) and n.lower().endswith(_SUFFIXES)]
    ocr = Ocr(replace(limits, ocr_max_pages=min(limits.ocr_max_pages, _MOST_PICTURES)))
    texts: list[str] = []
    for name in named[:_MOST_PICTURES]:
        try:
            texts += _recognised(package.read(name), ocr)
        except (ReadError, OSError, ValueError, SyntaxError, EOFError):
            continue
    return tuple(texts)


def _recognised(data: bytes, ocr: Ocr) -> tuple[str, ...]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # a large picture is passed over below, before it is decoded
    with Image.open(BytesIO(data)) as picture:
        if min(picture.size) < _LEAST or picture.width * picture.height > _MOST:
            return ()
        on_white = Image.new("RGB", picture.size, "white")
        plain = picture.convert("RGBA")
        on_white.paste(plain, mask=plain.getchannel("A"))
    return ocr.picture(on_white)


_MOST_CHARS = 600


def remarks_note(remarks: Iterable[str]) -> list[str]:
    """Return one note that quotes the comments in the margins, or an empty list if there are none."""
    lines = [" ".join(remark.split()) for remark in remarks if remark.strip()]
    if not lines:
        return []
    quoted = " | ".join(f"“{line}”" for line in lines)
    quoted = quoted if len(quoted) <= _MOST_CHARS else quoted[:_MOST_CHARS] + "…"
    return [_("Nhận xét bên lề, không thuộc văn bản ({count}): {said}").format(count=len(lines), said=quoted)]
