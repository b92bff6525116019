"""Tesseract, the program that reads scans: is it there, and what does it see on a page.

Source of the flags and of the TSV columns: tesseract(1), version 5.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache

INSTALL_COMMAND = "sudo apt install tesseract-ocr tesseract-ocr-vie"
LANGUAGE = "vie"
NAME = "tesseract"

# Segmentation by psm 4 (one column of lines of varying size) keeps whole lines together on the
# two-column heads of administrative documents and loses fewer words than 3 and 6.
_PSM = "4"


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


@dataclass(frozen=True, slots=True)
class Recognised:
    """Text of a page, lines parted by newlines, and the mean confidence of its words (0–1)."""

    text: str
    confidence: float


class TesseractError(Exception):
    """Tesseract did not give a result; the message says why, for a note."""


@lru_cache(maxsize=1)
def available() -> Tesseract | None:
    """The Tesseract on this machine's search path, or ``None``; asked once per process."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    try:
        version = _run([path, "--version"], b"", 20).split("\n", 1)[0].removeprefix("tesseract ").strip()
        languages = _run([path, "--list-langs"], b"", 20).splitlines()[1:]
    except TesseractError:
        return None
    return Tesseract(path, version, frozenset(line.strip() for line in languages))


def recognise(program: Tesseract, image: bytes, dpi: int, seconds: float) -> Recognised:
    """Read a page given as an image file's content (PGM, PNG …) of ``dpi`` dots per inch.

    The image goes through a pipe: nothing is left on disk. Raises :class:`TesseractError`.
    """
    command = [program.path, "stdin", "stdout", "-l", LANGUAGE, "--psm", _PSM, "--dpi", str(dpi), "tsv"]
    return parse_tsv(_run(command, image, seconds))


def parse_tsv(table: str) -> Recognised:
    """Lines and mean confidence from Tesseract's TSV (level, page, block, paragraph, line, word, box,
    confidence, text)."""
    lines: list[str] = []
    words: list[str] = []
    confidences: list[float] = []
    place: tuple[str, ...] = ()
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        if tuple(cells[2:5]) != place:
            lines.append(" ".join(words))
            if place and tuple(cells[2:4]) != place[:2]:
                lines.append("")
            words, place = [], tuple(cells[2:5])
        words.append(cells[11].strip())
        confidences.append(float(cells[10]))
    lines.append(" ".join(words))
    mean = sum(confidences) / len(confidences) / 100 if confidences else 0.0
    return Recognised("\n".join(lines).strip("\n"), round(mean, 3))


def _run(command: list[str], stdin: bytes, seconds: float) -> str:
    # One thread: pages are read by several processes at once, and more threads only slow them.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            command, input=stdin, capture_output=True, timeout=seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TesseractError(f"> {seconds:.0f} s") from error
    except OSError as error:
        raise TesseractError(error.strerror or str(error)) from error
    if done.returncode != 0:
        message = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise TesseractError(message[-1][:200] if message else f"exit {done.returncode}")
    return done.stdout.decode("utf-8", "replace")
