"""Reading what is only a picture: engines that recognise text, and what is done to a page before."""

from __future__ import annotations

from functools import lru_cache

from dossier import engines
from dossier.scanner.ocr.interface import Recogniser


@lru_cache(maxsize=8)
def engine(name: str = "auto") -> Recogniser:
    """The engine of that name, from it on the first that is installed; ``auto``: the first of all. Where none
    is, the last: who installs that has all that is needed."""
    names = list(engines.OCR)
    wanted = names[names.index(name) if name in names else 0 :]
    made: list[Recogniser] = [engines.load(__name__, engines.OCR[each])() for each in wanted]
    return next((each for each in made if each.available()), made[-1])
