"""Tesseract as an external program, and as a library (package ``tesserocr``), which loads the model once per
worker process.

A page that crashes the library ends the worker; the file is then read again by the program, whose crash is
harmless.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from contextlib import chdir
from functools import lru_cache
from importlib import metadata
from io import BytesIO
from itertools import groupby
from pathlib import Path
from statistics import median_low
from typing import TYPE_CHECKING, Any

from dossier import libraries
from dossier.model import Box, Word
from dossier.scanner._exec import tesseract
from dossier.scanner._exec.program import ProgramError
from dossier.scanner._exec.tesseract import LANGUAGE, PSM, PSM_PIECE, TURN_SURE
from dossier.scanner.ocr.interface import EngineError, Recognised, Recogniser, TextLine
from dossier.vietnamese import nfc

if TYPE_CHECKING:
    from PIL.Image import Image

_MODELS = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata")
_TOO_TALL = 1.7  # of the median height of a line's words
_FLAT = 0.4  # of it; no word is so flat, unlike a dash
_WORDLIKE = re.compile(r"[^\W_]{2}")
_HEADER = "\n"  # the library's TSV lacks the header row
_WORD = "5"  # TSV level of a word
_TITLE = "Tesseract (vie)"


def parse_tsv(table: str, width: int, height: int) -> Recognised:
    """Parse the TSV of a page of ``width`` × ``height`` pixels to lines, in Tesseract's order."""
    rows = [cells for row in table.split("\n") if len(cells := row.split("\t")) >= 12 and cells[0] == _WORD]
    lines: list[TextLine] = []
    for _place, cells_of_line in groupby(rows, key=lambda cells: cells[2:5]):
        words = tuple(_word(cells, width, height) for cells in cells_of_line if cells[11].strip())
        if words:
            lines.append(TextLine(_levelled(words)))
    return Recognised(tuple(lines))


def _levelled(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the words of a line, those much taller or flatter than the others as high as their neighbours.

    Tesseract counts a rule below a name, or the edge of a stamp, to the words near it, and of some words it
    gives no more than the height of a mark. Either would form a row of their own.
    """
    usual = median_low([_height(word) for word in words for _letter in word.text])
    level = [at for at, word in enumerate(words) if _FLAT * usual <= _height(word) <= _TOO_TALL * usual]
    if len(level) == len(words) or not level:
        return words
    out = list(words)
    for at, word in enumerate(words):
        tall = _height(word) > _TOO_TALL * usual
        flat = _height(word) < _FLAT * usual and _WORDLIKE.search(word.text)
        if not flat and not tall:
            continue
        beside = [words[max((each for each in level if each < at), default=level[0])],
                  words[min((each for each in level if each > at), default=level[-1])]]  # fmt: skip
        top, bottom = min(other.box.top for other in beside), max(other.box.bottom for other in beside)
        if tall:
            top, bottom = max(word.box.top, top), min(word.box.bottom, bottom)
        if top < bottom:
            out[at] = word._replace(box=word.box._replace(top=top, bottom=bottom))
    return tuple(out)


def _height(word: Word) -> float:
    return word.box.bottom - word.box.top


def _word(cells: list[str], width: int, height: int) -> Word:
    left, top, across, down = map(int, cells[6:10])
    box = Box(left / width, top / height, (left + across) / width, (top + down) / height)
    return Word(nfc(cells[11].strip()), box, round(float(cells[10]) / 100, 3))


class TesseractProgram(Recogniser):
    """Tesseract as an external program: a crash or time-out affects only the page."""

    name = tesseract.NAME
    title = _TITLE

    def available(self) -> bool:
        """See :meth:`Recogniser.available`."""
        return tesseract.reads_vietnamese()

    def version(self) -> str:
        """See :meth:`Recogniser.version`."""
        found = tesseract.available()
        return f"{found.version} ({found.path})" if found else ""

    def recognise(self, page: Image, dpi: int, seconds: float, *, piece: bool = False) -> Recognised:
        """See :meth:`Recogniser.recognise`. The image is passed by a pipe: nothing is stored on disk."""
        program = tesseract.available()
        if program is None:
            raise EngineError("tesseract: not found")
        try:
            table = tesseract.recognise(program, _bmp(page), dpi, seconds, piece=piece)
        except ProgramError as error:
            raise EngineError(str(error)) from error
        return parse_tsv(table, *page.size)

    def quarter_turn(self, page: Image, seconds: float) -> int:
        """See :meth:`Recogniser.quarter_turn`."""
        program = tesseract.available()
        return tesseract.quarter_turn(program, _bmp(page), seconds) if program else 0


def _bmp(page: Image) -> bytes:
    """Encode as BMP, which Tesseract loads fastest (a PGM is read pixel by pixel)."""
    out = BytesIO()
    page.save(out, "BMP")
    return out.getvalue()


class TesseractLibrary(Recogniser):
    """Tesseract in this process: no program start and no model loading for each page."""

    name = "tesserocr"
    title = _TITLE

    def available(self) -> bool:
        """See :meth:`Recogniser.available`."""
        return _models(LANGUAGE) is not None and libraries.usable("tesserocr")

    def version(self) -> str:
        """See :meth:`Recogniser.version`."""
        return f"{self.name} {metadata.version(self.name)}"

    def recognise(self, page: Image, dpi: int, seconds: float, *, piece: bool = False) -> Recognised:
        """See :meth:`Recogniser.recognise`."""
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
        """See :meth:`Recogniser.quarter_turn`."""
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
    """Return Tesseract with the model of a language and a page segmentation mode, loaded once."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # several processes read pages in parallel
    import tesserocr

    models = _models(language)
    assert models is not None
    # On Windows the library opens files by the legacy code page, which may lack letters of the folder's path.
    # So it is given no path, and runs in the folder.
    with chdir(models):
        return tesserocr.PyTessBaseAPI(path=".", lang=language, psm=mode)


def _models(language: str) -> Path | None:
    """Return the folder with the model of a language, or ``None``."""
    program = shutil.which("tesseract")  # on Windows the models are beside it
    beside = [str(Path(file).parent / "tessdata") for file in (program, sys.executable) if file]
    places = (os.environ.get("TESSDATA_PREFIX", ""), *beside, *_MODELS)
    return next((Path(p) for p in places if p and (Path(p) / f"{language}.traineddata").is_file()), None)
