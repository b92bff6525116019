"""Tesseract, the program that reads scans: is it there, and what does it say of a page.

Source of the flags: tesseract(1), version 5.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from functools import lru_cache

from dossier.scanner._exec.program import ProgramError, here, run

LANGUAGE = "vie"
NAME = "tesseract"
PROGRAM = "tesseract-program"  # itself, where what was built of it into Python is here and broke

# One column of lines of varying size: on two-column heads, at 200 and 300 dpi, straight and askew, as
# good as modes 1 and 3 or better, and faster; mode 6 is faster still but cuts letters at the edge.
PSM = "4"
PSM_PIECE = "6"  # one block: of a signature's block it reads more names whole than mode 4

_TURN = re.compile(r"^Rotate: (\d+)", re.MULTILINE)
_SURE = re.compile(r"^Orientation confidence: ([\d.]+)", re.MULTILINE)
TURN_SURE = 1.0  # Tesseract's own measure; wrong answers lie near 0


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed Tesseract: path of the program, its version, the languages it can read."""

    path: str
    version: str
    languages: frozenset[str]

    @property
    def reads_vietnamese(self) -> bool:
        """Whether the Vietnamese model is installed."""
        return LANGUAGE in self.languages


def install_command() -> str:
    """How Tesseract with Vietnamese is installed on this system."""
    commands = {
        "Windows": "winget install UB-Mannheim.TesseractOCR",
        "Darwin": "brew install tesseract tesseract-lang",
    }
    return here(commands, "sudo apt-get install tesseract-ocr tesseract-ocr-vie")


@lru_cache(maxsize=1)
def available() -> Tesseract | None:
    """The Tesseract on this machine's search path, or ``None``; asked once per process."""
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
    """Whether scans can be read here: the program is installed, with its Vietnamese model."""
    program = available()
    return program is not None and program.reads_vietnamese


def recognise(program: Tesseract, image: bytes, dpi: int, seconds: float, *, piece: bool = False) -> str:
    """The TSV of a page, or a ``piece`` of one, given as an image file's content (BMP, PNG …) of ``dpi`` dots
    per inch.

    The image goes through a pipe: nothing is left on disk. Raises :class:`ProgramError`.
    """
    mode = PSM_PIECE if piece else PSM
    command = [program.path, "stdin", "stdout", "-l", LANGUAGE, "--psm", mode, "--dpi", str(dpi), "tsv"]
    return _run(command, image, seconds)


def quarter_turn(program: Tesseract, image: bytes, seconds: float) -> int:
    """Degrees (0, 90, 180, 270) by which a page must be turned clockwise to stand upright.

    0 also when Tesseract is not sure, or its model for orientation (``osd``) is not installed.
    """
    if "osd" not in program.languages:
        return 0
    try:
        said = _run([program.path, "stdin", "stdout", "--psm", "0"], image, seconds)
    except ProgramError:
        return 0  # too few letters to tell
    turn, sure = _TURN.search(said), _SURE.search(said)
    return int(turn[1]) if turn and sure and float(sure[1]) >= TURN_SURE else 0


def _run(command: list[str], stdin: bytes, seconds: float) -> str:
    # One thread: pages are read by several processes at once, and more threads only slow them.
    return run(command, stdin, seconds, OMP_THREAD_LIMIT="1").decode("utf-8", "replace")
