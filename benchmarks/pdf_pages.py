"""Time to read the pages of text PDFs by position, beside PDFium's own order and ``pdftotext -layout``.

    python benchmarks/pdf_pages.py [--files 100] [FOLDER]

Without a folder on a sample archive. CPU milliseconds a page, the best of five passes over all files; of the
words that ``pdftotext -layout`` prints, the share that is read too (where it is installed).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2

from dossier.demo import write_archive
from dossier.scanner.layout import arranged_glyphs
from dossier.scanner.readers.pdf_calls import Objects
from dossier.scanner.readers.pdf_glyphs import drawn_on
from dossier.scanner.readers.pdf_stamps import with_stamps
from dossier.vietnamese import nfc

PASSES = 5
MOST = 1_000_000  # characters of a page


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--files", type=int, default=100)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.folder or Path(made)
        if chosen.folder is None:
            write_archive(folder, dossiers=12, seed=1, today=date(2026, 11, 24), scans=False)
        files = sorted(folder.rglob("*.pdf"))[: chosen.files]
        for name, read in (("PDFium's order", in_order), ("by position", by_position)):
            pages, seconds = measured(files, read)
            print(f"{name}: {1000 * seconds / pages:.2f} ms a page ({pages} pages of {len(files)} files)")
        if shutil.which("pdftotext"):
            print(f"of the words of pdftotext -layout: {shared(files):.2%} the same")


def in_order(document: pypdfium2.PdfDocument, index: int) -> str:
    """Text as PDFium tells it."""
    return str(document[index].get_textpage().get_text_range())


def by_position(document: pypdfium2.PdfDocument, index: int) -> str:
    """Text as the product reads it, without its annotations' blocks told apart."""
    page, stamps = with_stamps(document, document[index], index)
    drawn = drawn_on(page, page.get_textpage(), Objects.of_page(page), MOST, stamps)
    return arranged_glyphs(drawn.glyphs, drawn.width, drawn.height).text


def measured(files: list[Path], read: Callable[[pypdfium2.PdfDocument, int], str]) -> tuple[int, float]:
    """Pages read, and CPU seconds of the fastest pass."""
    best, pages = float("inf"), 0
    for _pass in range(PASSES):
        started, pages = time.process_time(), 0
        for file in files:
            document = pypdfium2.PdfDocument(file)
            for index in range(len(document)):
                read(document, index)
                pages += 1
            document.close()
        best = min(best, time.process_time() - started)
    return pages, best


def shared(files: list[Path]) -> float:
    """Share of the words that ``pdftotext -layout`` prints that are read by position too."""
    same = printed = 0
    for file in files:
        document = pypdfium2.PdfDocument(file)
        ours = Counter(" ".join(by_position(document, index) for index in range(len(document))).split())
        command = ["pdftotext", "-layout", str(file), "-"]
        out = subprocess.run(command, capture_output=True, check=False, text=True).stdout
        theirs = Counter(nfc(out).split())
        same += (ours & theirs).total()
        printed += theirs.total()
    return same / printed if printed else 1.0


if __name__ == "__main__":
    main()
