"""Tesseract inside the process (package ``tesserocr``): its model is loaded once for all pages of a worker.

What breaks it ends the worker; the file is then read again by the program, which breaks alone.
"""

from __future__ import annotations

import os
import shutil
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossier import libraries
from dossier.scanner._exec.tesseract import LANGUAGE, PSM, PSM_PIECE, TURN_SURE
from dossier.scanner.ocr.interface import Engine, EngineError, Recognised
from dossier.scanner.ocr.tesseract_program import parse_tsv

if TYPE_CHECKING:
    from PIL.Image import Image

_MODELS = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata")
_HEADER = "\n"  # the library leaves out the line of titles


class TesseractLibrary(Engine):
    """No start of a process and no loading of the model for each page."""

    name = "tesserocr"

    def available(self) -> bool:
        """See :meth:`Engine.available`."""
        return _models(LANGUAGE) is not None and libraries.usable("tesserocr")

    def recognise(self, page: Image, dpi: int, seconds: float, *, piece: bool = False) -> Recognised:
        """See :meth:`Engine.recognise`."""
        library = _library(LANGUAGE, int(PSM))
        try:
            library.SetPageSegMode(int(PSM_PIECE if piece else PSM))
            library.SetImage(page)
            library.SetSourceResolution(dpi)
            if not library.Recognize(int(seconds * 1000)):
                raise EngineError(f"> {seconds:.0f} s")
            return parse_tsv(_HEADER + library.GetTSVText(0), *page.size)
        except RuntimeError as error:
            raise EngineError(str(error)[:200]) from error
        finally:
            library.Clear()

    def quarter_turn(self, page: Image, seconds: float) -> int:
        """See :meth:`Engine.quarter_turn`."""
        if _models("osd") is None:
            return 0
        library = _library("osd", 0)
        try:
            library.SetImage(page)
            found = library.DetectOrientationScript()
        except RuntimeError:
            return 0
        finally:
            library.Clear()
        if not found or found["orient_conf"] < TURN_SURE:
            return 0
        return int(-found["orient_deg"] % 360)


@lru_cache(maxsize=2)
def _library(language: str, mode: int) -> Any:
    """Tesseract with a language loaded, in a mode of page segmentation."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # pages are read by several processes at once
    import tesserocr

    return tesserocr.PyTessBaseAPI(path=str(_models(language)), lang=language, psm=mode)


def _models(language: str) -> Path | None:
    """The folder with the model of a language."""
    program = shutil.which("tesseract")  # on Windows its models lie beside it
    beside = [str(Path(file).parent / "tessdata") for file in (program, sys.executable) if file]
    places = (os.environ.get("TESSDATA_PREFIX", ""), *beside, *_MODELS)
    return next((Path(p) for p in places if p and (Path(p) / f"{language}.traineddata").is_file()), None)
