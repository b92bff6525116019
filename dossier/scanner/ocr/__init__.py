"""OCR: the engines that recognise text on page images, and the passes that improve their results."""

from __future__ import annotations

from functools import lru_cache

from dossier import engines
from dossier.scanner.ocr.interface import Recogniser


@lru_cache(maxsize=8)
def engine(name: str = "auto") -> Recogniser:
    """Return the engine of that name, or the next installed one in the order of preference (``auto``: from
    the first). If none is installed, return the last: installing that one is sufficient."""
    names = list(engines.OCR)
    wanted = names[names.index(name) if name in names else 0 :]
    made: list[Recogniser] = [engines.load(__name__, engines.OCR[each])() for each in wanted]
    return next((each for each in made if each.available()), made[-1])
