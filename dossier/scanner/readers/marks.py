"""What a file shows beside its text, gathered only to be looked at for stamps of secrecy."""

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
    from dossier.scanner.readers.package import Package  # which needs lxml; a plain text does not

_MOST_PICTURES = 12  # of one document
_LEAST, _MOST = 24, 40_000_000  # pixels: of a side; of a picture
_PARTS = re.compile(r"[\[\](){}|:]|\s[-–—]+\s")  # "[MẬT] …", "MẬT - …"
# The word in capitals: typed texts that stand beside a document's own are of interest for that alone.
_CAPITAL = re.compile(r"M[\W_]{0,3}[ẬÂ][\W_]{0,4}T|MẬT")
_DRAWN = re.compile(
    r"[^/]+/(?:(?:charts|diagrams|drawings)/[^/]+|(?:[^/]+/)?[^/]*comments?[^/]*)\.xml", re.IGNORECASE
)
_ART = re.compile(r"[^/]+/(?:document|header\d*|footer\d*|drawings/[^/]+)\.(?:xml|vml)")
_MOST_NAMES = 5000  # of the parts of one document
_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")


def with_marks(content: Content, marks: Iterable[str]) -> Content:
    """The content with the marks on its first page."""
    told = tuple(mark for mark in marks if mark.strip())
    if not told or not content.pages:
        return content
    first, *rest = content.pages
    return replace(content, pages=(replace(first, marks=first.marks + told), *rest))


def of_title(title: str) -> tuple[str, ...]:
    """The parts of a subject or title, each of which may be a stamp."""
    return tuple(part for part in _PARTS.split(title) if part.strip())


def typed(texts: Iterable[str]) -> tuple[str, ...]:
    """Of texts typed beside the document's own (comments, labels, names of files inside), the lines
    that may be a stamp, and the stamps in what a short one calls something."""
    lines = [line for text in texts for line in nfc(text).split("\n") if _CAPITAL.search(line)]
    return (*lines, *filter(None, map(secrecy.in_label, lines)))


def of_names(names: Iterable[str]) -> tuple[str, ...]:
    """The same of names of files and folders inside a container, without their suffixes."""
    parts = (part.rpartition(".")[0] or part for name in names for part in name.split("/"))
    return typed(said for part in parts for said in of_title(part.replace("_", " ")))


def of_drawn(package: Package) -> tuple[str, ...]:
    """What stands in the drawings, diagrams, charts and comments of an Office package, and as word art. Never
    raises for what they may be."""
    found: list[str] = []
    for name in package.names()[:_MOST_NAMES]:
        drawn = _DRAWN.fullmatch(name)
        try:
            if drawn or (_ART.fullmatch(name) and package.mentions(name, b"textpath")):
                root = package.xml(name)
                found += [art.get("string", "") for art in root.iter("{*}textpath")]
                if drawn:
                    found += [
                        "".join(run.text or "" for run in paragraph.iter("{*}t"))
                        for paragraph in root.iter("{*}p")
                    ]
                    found += [text.text or "" for text in root.iter("{*}t", "{*}text", "{*}v")]
        except ReadError:
            continue
    return typed(found)


def of_pages(content: Content | Unread) -> tuple[str, ...]:
    """All that pages say and show, for one that is looked at and not kept."""
    pages: Iterable[Page] = content.pages if isinstance(content, Content) else ()
    return tuple(text for page in pages for text in (page.text, *page.marks))


def of_pictures(package: Package, folder: str, limits: Limits) -> tuple[str, ...]:
    """What the pictures in an Office package say, the first dozen. Never raises for what they may be."""
    if not limits.ocr:
        return ()
    named = [n for n in package.names() if n.startswith(folder) and n.lower().endswith(_SUFFIXES)]
    ocr = Ocr(replace(limits, ocr_max_pages=min(limits.ocr_max_pages, _MOST_PICTURES)))
    found: list[str] = []
    for name in named[:_MOST_PICTURES]:
        try:
            found += _said(package.read(name), ocr)
        except (ReadError, OSError, ValueError, SyntaxError, EOFError):
            continue
    return tuple(found)


def _said(data: bytes, ocr: Ocr) -> tuple[str, ...]:
    from PIL import Image

    with Image.open(BytesIO(data)) as picture:
        if min(picture.size) < _LEAST or picture.width * picture.height > _MOST:
            return ()
        on_white = Image.new("RGB", picture.size, "white")
        plain = picture.convert("RGBA")
        on_white.paste(plain, mask=plain.getchannel("A"))
    return ocr.picture(on_white)


_MOST_CHARS = 600


def remarks_note(remarks: Iterable[str]) -> list[str]:
    """One note that quotes the remarks, or none."""
    said = [" ".join(remark.split()) for remark in remarks if remark.strip()]
    if not said:
        return []
    quoted = " | ".join(f"“{remark}”" for remark in said)
    quoted = quoted if len(quoted) <= _MOST_CHARS else quoted[:_MOST_CHARS] + "…"
    return [_("Nhận xét bên lề, không thuộc văn bản ({count}): {said}").format(count=len(said), said=quoted)]
