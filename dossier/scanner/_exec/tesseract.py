"""Run the program Tesseract (OCR): find it, recognise a page, and determine a page's orientation.

Source of the options: tesseract(1), version 5.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from functools import lru_cache

from dossier.scanner._exec.program import ProgramError, for_this_system, run

LANGUAGE = "vie"
NAME = "tesseract"
PROGRAM = "tesseract-program"  # the program itself, used if the Python library of Tesseract crashed

# One column of lines of varying size: on two-column heads, at 200 and 300 dpi, straight and skewed, as
# good as modes 1 and 3 or better, and faster; mode 6 is faster still but cuts letters at the edge.
PSM = "4"
PSM_PIECE = "6"  # one block: reads more complete names in signature blocks than mode 4

_TURN = re.compile(r"^Rotate: (\d+)", re.MULTILINE)
_SURE = re.compile(r"^Orientation confidence: ([\d.]+)", re.MULTILINE)
TURN_SURE = 1.0  # least orientation confidence on Tesseract's own scale; wrong results are near 0


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed Tesseract: path of the program, its version, its installed languages."""

    path: str
    version: str
    languages: frozenset[str]

    @property
    def reads_vietnamese(self) -> bool:
        """Whether the Vietnamese model is installed."""
        return LANGUAGE in self.languages


def install_command() -> str:
    """Return the command that installs Tesseract with Vietnamese on this system."""
    commands = {
        "Windows": "winget install UB-Mannheim.TesseractOCR",
        "Darwin": "brew install tesseract tesseract-lang",
    }
    return for_this_system(commands, "sudo apt-get install tesseract-ocr tesseract-ocr-vie")


@lru_cache(maxsize=1)
def available() -> Tesseract | None:
    """Return the Tesseract found in PATH, or ``None``; determined once per process."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    try:
        version = _run([path, "--version"], b"", 20).split("\n", 1)[0].removeprefix("tesseract ").strip()
        languages = _run([path, "--list-langs"], b"", 20).splitlines()[1:]
    except ProgramError:
        return None
    return Tesseract(path, version, frozenset(line.strip() for line in languages))


def reads_vietnamese() -> bool:
    """Whether the program and its Vietnamese model are installed."""
    program = available()
    return program is not None and program.reads_vietnamese


def recognise(program: Tesseract, image: bytes, dpi: int, seconds: float, *, piece: bool = False) -> str:
    """Recognise a page, or a ``piece`` of one, and return Tesseract's TSV.

    ``image``: content of an image file (BMP, PNG …) of ``dpi`` dots per inch, passed by a pipe, so that
    nothing is stored on disk. Raises :class:`ProgramError`.
    """
    mode = PSM_PIECE if piece else PSM
    command = [program.path, "stdin", "stdout", "-l", LANGUAGE, "--psm", mode, "--dpi", str(dpi), "tsv"]
    return _run(command, image, seconds)


def quarter_turn(program: Tesseract, image: bytes, seconds: float) -> int:
    """Return by how many degrees (0, 90, 180, 270) a page must be turned clockwise to be upright.

    Also 0 if Tesseract is unsure, or its orientation model (``osd``) is not installed.
    """
    if "osd" not in program.languages:
        return 0
    try:
        output = _run([program.path, "stdin", "stdout", "--psm", "0"], image, seconds)
    except ProgramError:
        return 0  # too few letters
    turn, sure = _TURN.search(output), _SURE.search(output)
    return int(turn[1]) if turn and sure and float(sure[1]) >= TURN_SURE else 0


def _run(command: list[str], stdin: bytes, seconds: float) -> str:
    # One thread: several processes read pages in parallel, more threads would slow them down.
    return run(command, stdin, seconds, OMP_THREAD_LIMIT="1").decode("utf-8", "replace")
