"""How well and how fast scans are read, beside OCRmyPDF on the same pages in the same run.

    python benchmarks/ocr.py [--pages 24] [--peer /path/to/ocrmypdf]

Pages of sample documents whose text is known are drawn at 200 dots per inch: *clean* as they are, and
*degraded* (turned by 2 degrees, noisy, JPEG quality 50). A word is right when it is on the page as often
as in the original, marks and capitals included. Both programs use Tesseract with the same model and as
many processes as there are cores. Processor seconds per page count every process of either; unlike pages per
minute they hardly depend on what else the machine does. The peer comes
from PyPI (``pip install ocrmypdf``, needs Ghostscript).
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import fpdf
import pypdfium2
from PIL import Image

from dossier.demo import write_archive
from dossier.scanner.readers import Limits, read_file
from dossier.vietnamese import nfc

DPI = 200
_WORD = re.compile(r"\w+")


def words(text: str) -> Counter[str]:
    """The words of a text, each with how often it stands there."""
    return Counter(_WORD.findall(nfc(text)))


def originals(folder: Path, count: int) -> list[tuple[str, Image.Image]]:
    """Text and picture of pages of sample documents."""
    write_archive(folder, dossiers=8, seed=31, today=date(2026, 11, 24), scans=False, printed="plain")
    found = []
    for path in sorted(folder.rglob("*.pdf")):
        pdf = pypdfium2.PdfDocument(path)
        for page in pdf:
            text = page.get_textpage().get_text_range()
            if len(text) > 600:
                found.append((text, page.render(scale=DPI / 72, grayscale=True).to_pil()))
                break
        if len(found) == count:
            break
    return found


def degraded(image: Image.Image, seed: int) -> Image.Image:
    """The page as a careless scanner gives it."""
    turned = image.rotate(2, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    noise = Image.frombytes("L", turned.size, random.Random(seed).randbytes(turned.width * turned.height))
    noisy = Image.blend(turned, noise, 0.12)
    out = io.BytesIO()
    noisy.save(out, "JPEG", quality=50)
    return Image.open(out)


def as_pdf(images: list[Image.Image], path: Path) -> Path:
    """Pages of pictures, nothing else."""
    pdf = fpdf.FPDF(unit="pt")
    for image in images:
        size = (image.width * 72 / DPI, image.height * 72 / DPI)
        pdf.add_page(format=size)
        pdf.image(image, 0, 0, *size)
    pdf.output(str(path))
    return path


def ours(path: Path) -> str:
    """The text of a file as a scan reads it."""
    result = read_file(path, Limits(ocr_dpi=300)).result
    return "\n".join(page.text for page in getattr(result, "pages", ()))


def processor_seconds() -> float:
    """What this process and all that it started and waited for have used so far."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def tell(kind: str, name: str, right: float, pages: int, seconds: float, used: float) -> None:
    """One line of the result."""
    print(f"{kind:9} {name:9} {right:7.2%} of words right, {pages / seconds * 60:5.0f} pages/min, "
          f"{used / pages:5.2f} processor s/page")  # fmt: skip


def share(texts: list[str], true: list[str]) -> float:
    """Words that are right, of all words of the originals."""
    right = sum((words(text) & words(original)).total() for text, original in zip(texts, true, strict=True))
    return right / sum(words(original).total() for original in true)


def peer_text(program: str, path: Path, cores: int) -> tuple[list[str], float]:
    """The peer's text by page, and its seconds."""
    sidecar = path.with_suffix(".txt")
    command = [
        program, "-l", "vie", "--jobs", str(cores), "--output-type", "pdf", "--optimize", "0",
        "--sidecar", str(sidecar), str(path), str(path.with_suffix(".out.pdf")),
    ]  # fmt: skip
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    if done.returncode:
        sys.exit(done.stderr[-1500:])
    return sidecar.read_text("utf-8").split("\f"), seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=24)
    parser.add_argument("--peer", default=shutil.which("ocrmypdf"))
    options = parser.parse_args()
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory(prefix="dossier-ocr-") as name:
        work = Path(name)
        pages = originals(work / "kho", options.pages)
        true = [text for text, _image in pages]
        kinds: dict[str, list[Any]] = {
            "clean": [image for _text, image in pages],
            "degraded": [degraded(image, seed) for seed, (_text, image) in enumerate(pages)],
        }
        for kind, images in kinds.items():
            files = [as_pdf([image], work / f"{kind}-{n}.pdf") for n, image in enumerate(images)]
            started, used = time.perf_counter(), processor_seconds()
            with ProcessPoolExecutor(cores) as pool:
                texts = list(pool.map(ours, files))
            seconds = time.perf_counter() - started
            used = processor_seconds() - used
            tell(kind, "dossier", share(texts, true), len(pages), seconds, used)
            if options.peer:
                whole = as_pdf(images, work / f"{kind}.pdf")
                used = processor_seconds()
                texts, seconds = peer_text(options.peer, whole, cores)
                used = processor_seconds() - used
                tell(kind, "OCRmyPDF", share(texts[: len(true)], true), len(pages), seconds, used)
    if not options.peer:
        print("ocrmypdf was not found: no comparison (--peer)")


if __name__ == "__main__":
    main()
