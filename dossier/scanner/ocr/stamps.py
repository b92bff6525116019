"""What stamps on a page say: the red ink alone, level or tilted, read by the recogniser of lines.

It knows no diacritics: ``MẬT`` comes as ``MAT`` or ``MÂT``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dossier.scanner.ocr import ppocr
from dossier.scanner.ocr.ink import only_red

if TYPE_CHECKING:
    from PIL.Image import Image

_SIDE = 1600  # pixels of the long side: stamps are large


def stamps(page: Image) -> list[ppocr.Line]:
    """Lines of text in red ink on a page in colour (RGB), from top to bottom; places in its pixels.

    Empty where there is no red ink, or the recogniser is not installed (see :func:`ppocr.available`).
    """
    ink = only_red(page)
    model = ppocr.model() if ink else None
    if ink is None or model is None:
        return []
    factor = min(_SIDE / max(ink.size), 1.0)
    small = ink.resize((max(int(ink.width * factor), 1), max(int(ink.height * factor), 1)))
    found = model.lines(small.convert("RGB"))
    return [ppocr.Line(line.region.scaled(1 / factor, 1 / factor), line.characters) for line in found]
