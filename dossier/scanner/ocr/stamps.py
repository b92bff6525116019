"""What stamps on a page say: the red ink alone, level or tilted, read by the recogniser of lines.

It knows no diacritics: ``MẬT`` comes as ``MAT`` or ``MÂT``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dossier.scanner.ocr import ppocr
from dossier.scanner.ocr.ink import only_red

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST = 60  # lines of one page
_SIDE = 1600  # pixels of the long side: stamps are large


_ASLANT = 45  # degrees from which on it is not known which way up a line is read


def said(page: Image) -> tuple[str, ...]:
    """Every line of text in red ink on a page in colour (RGB), and what a line that stands on its end may
    say read the other way up.

    Empty where there is no red ink, or the recogniser is not installed (see :func:`ppocr.available`).
    """
    ink = only_red(page)
    model = ppocr.model() if ink else None
    if ink is None or model is None:
        return ()
    factor = min(_SIDE / max(ink.size), 1.0)
    small = ink.resize((max(int(ink.width * factor), 1), max(int(ink.height * factor), 1))).convert("RGB")
    found: list[str] = []
    for region in model.find(small)[:_MOST]:
        line = ppocr.cut_out(small, region)
        ways = (line, line.rotate(180)) if abs(region.angle) > _ASLANT else (line,)
        found += ["".join(letter.text for letter in model.read(way)) for way in ways]
    return tuple(text for text in found if text.strip())
