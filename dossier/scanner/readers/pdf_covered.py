"""Find characters of PDF pages that something drawn later covers: a number under a patch or a black bar.

Only what lies under a later path, picture or form is examined, by drawing the page twice: characters whose
ink makes no difference are not seen.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any

from dossier.scanner.readers.pdf_calls import Objects, address, call
from dossier.scanner.readers.pdf_clipped import Bounds, bounds_of

if TYPE_CHECKING:
    from PIL.Image import Image

    from dossier.scanner.readers.pdf_glyphs import Boxes

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5  # FPDF_PAGEOBJ_… of fpdf_edit.h
_LEAST = 5.0  # points; a lower or narrower path is a rule or an underline
_MOST_OBJECTS, _MOST_COVERS, _MOST_CHARACTERS = 20_000, 100, 20_000  # examined on a page
_PAGE_SIZED = 0.6  # least share of the page of a scan's picture, which covers all text on purpose
_SCALE, _MOST_DOTS = 2.0, 4_000_000  # pixels per point of a rendered page; pixels of it at most
_DEEPEST = 4  # levels of forms within forms; what is deeper counts as a surface
_INSET = 0.2  # of a character's box, left out at each side: neighbours' ink
_DIFFERENT = 24  # of 255; least difference of a pixel that is seen
_NOTHING = re.compile(r"[\s\x00]")


def without_covered(page: Any, textpage: Any, objects: Objects, text: str, seen: Boxes) -> str:
    """Replace the covered characters of a PDFium page's ``text``, whose boxes are ``seen``, by spaces.

    ``objects``: those of the page.
    """
    below = _below_others(objects, page.get_width() * page.get_height())
    if not below:
        return text
    count = min(len(text), _MOST_CHARACTERS)
    owners = map(call("FPDFText_GetTextObject"), repeat(address(textpage.raw)), range(count))
    own = [at for at, owner in enumerate(owners) if owner in below and not _NOTHING.match(text, at)]
    first = _drawn(page)
    _recolour(below)
    second = _drawn(page)
    _recolour(below)
    scale = first.width / page.get_width()
    boxes = ((at, _inside([side[at] * scale for side in seen])) for at in own)
    covered = {at for at, box in boxes if not _differ(first, second, box)}
    return "".join(" " if at in covered else char for at, char in enumerate(text)) if covered else text


def _below_others(objects: Objects, page_size: float) -> set[int]:
    """Return the addresses of the text objects that a later object of the page overlaps."""
    items, kinds = objects.items[:_MOST_OBJECTS], objects.kinds[:_MOST_OBJECTS]
    first = kinds.index(_TEXT) if _TEXT in kinds else len(kinds)
    later = [at for at in range(first + 1, len(kinds)) if kinds[at] != _TEXT]
    covers = list(_covers([(at, items[at], kinds[at]) for at in later], page_size))[-_MOST_COVERS:]
    if not covers:
        return set()
    texts = [(at, items[at]) for at in range(first, covers[-1][0]) if kinds[at] == _TEXT]
    placed = list(zip(texts, bounds_of([item for _at, item in texts]), strict=True))
    return {
        item
        for cover_at, (left, bottom, right, top) in covers
        for (at, item), (x0, y0, x1, y1) in placed
        if at < cover_at and x0 < right and x1 > left and min(top, y1) - max(bottom, y0) > (y1 - y0) / 2
    }


def _covers(later: Sequence[tuple[int, int, int]], page_size: float) -> Iterator[tuple[int, Bounds]]:
    """Yield position and bounds of those objects (position, address, kind) that may hide a character."""
    for (at, item, kind), box in zip(later, bounds_of([item for _at, item, _kind in later]), strict=True):
        left, bottom, right, top = box
        if right - left < _LEAST or top - bottom < _LEAST:
            continue
        if kind == _IMAGE and (right - left) * (top - bottom) > _PAGE_SIZED * page_size:
            continue
        if _is_surface(item, kind):
            yield at, box


def _is_surface(item: int, kind: int, depth: int = 1) -> bool:
    """Whether an object may hide what is below it. Forms of letters and lines alone, as most annotations
    are, do not."""
    if kind == _PATH:
        filled, stroked = array("i", (0,)), array("i", (0,))
        modes = filled.buffer_info()[0], stroked.buffer_info()[0]
        return not call("FPDFPath_GetDrawMode")(item, *modes) or bool(filled[0])
    if kind != _FORM or depth > _DEEPEST:
        return kind != _TEXT
    parts = Objects.of_form(item)
    inside = islice(zip(parts.items, parts.kinds, strict=True), _MOST_OBJECTS)
    return any(_is_surface(part, its, depth + 1) for part, its in inside)


def _recolour(items: set[int]) -> None:
    """Give each object a fill colour as different as can be; twice gives the first one again."""
    channels = array("I", bytes(16))
    start, _length = channels.buffer_info()
    for item in items:
        call("FPDFPageObj_GetFillColor")(item, *range(start, start + 16, 4))
        red, green, blue, opacity = channels
        call("FPDFPageObj_SetFillColor")(item, *((c + 128) % 256 for c in (red, green, blue)), opacity)


def _drawn(page: Any) -> Image:
    """Render the page in grey."""
    dots = page.get_width() * page.get_height()
    bitmap = page.render(scale=min(_SCALE, (_MOST_DOTS / max(dots, 1)) ** 0.5), grayscale=True)
    try:
        picture: Image = bitmap.to_pil().copy()  # closing the bitmap frees PDFium's pixels
        return picture
    finally:
        bitmap.close()


def _inside(box: Sequence[float]) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    aside, below = _INSET * (right - left), _INSET * (bottom - top)
    return (
        max(int(left + aside), 0), max(int(top + below), 0), int(right - aside) + 1, int(bottom - below) + 1
    )  # fmt: skip


def _differ(first: Image, second: Image, box: tuple[int, int, int, int]) -> bool:
    one, other = (picture.crop(box).tobytes() for picture in (first, second))
    return any(abs(a - b) >= _DIFFERENT for a, b in zip(one, other, strict=True))
