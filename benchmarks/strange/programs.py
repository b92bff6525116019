"""PDF files that other programs made or changed: rewritten, letters without names, folded, two in one."""

from __future__ import annotations

import io
import random
import re
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from strange import pictures
from strange.papers import Paper

from dossier.demo.paper import CENTRE, Paragraph
from dossier.demo.pdf_writer import PdfFile, write_pdf
from dossier.demo.typeset import HEIGHT, WIDTH, typeset


def text(paper: Paper) -> bytes:
    """As a word processor prints it."""
    return write_pdf(typeset(paper.blocks()))


def _by(command: Sequence[str], data: bytes) -> bytes:
    """What a program makes of a file: ``IN`` and ``OUT`` stand for the files."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "in.pdf"), Path(folder, "out.pdf")
        source.write_bytes(data)
        names = {"IN": str(source), "OUT": str(made)}
        subprocess.run([names.get(word, word) for word in command], check=True, capture_output=True)
        return made.read_bytes()


def rewritten(paper: Paper) -> bytes:
    """Through Ghostscript, which renames fonts and cuts them down."""
    return _by(("gs", "-q", "-sDEVICE=pdfwrite", "-dCompatibilityLevel=1.3", "-o", "OUT", "IN"), text(paper))


def outlined(paper: Paper) -> bytes:
    """Letters as outlines."""
    return _by(("gs", "-q", "-sDEVICE=pdfwrite", "-dNoOutputFonts", "-o", "OUT", "IN"), text(paper))


def by_cairo(paper: Paper) -> bytes:
    """Through Cairo."""
    return _by(("pdftocairo", "-pdf", "IN", "OUT"), text(paper))


def unnamed(paper: Paper) -> bytes:
    """Letters that say not which they are: no font leads back to Unicode."""
    return re.sub(rb"/ToUnicode \d+ 0 R", lambda found: b" " * len(found[0]), text(paper))


def _saved(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _pages(data: bytes) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(data)).pages)


def lying(paper: Paper) -> bytes:
    """Printed sideways, and the page turned back by its entry."""
    writer = PdfWriter()
    page = writer.add_blank_page(HEIGHT, WIDTH)
    page.merge_transformed_page(_pages(text(paper))[0], Transformation().rotate(90).translate(HEIGHT, 0))
    page.rotate(90)
    return _saved(writer)


def sideways(paper: Paper) -> bytes:
    """Printed sideways, and nothing turns it back."""
    writer = PdfWriter()
    page = writer.add_blank_page(HEIGHT, WIDTH)
    page.merge_transformed_page(_pages(text(paper))[0], Transformation().rotate(90).translate(HEIGHT, 0))
    return _saved(writer)


def folded(paper: Paper) -> bytes:
    """The outside of a folded sheet: the last page left, the first one right."""
    said = "Các thành viên tổ tự quản thay nhau trực ban theo lịch, ghi sổ trực và bàn giao đầy đủ."
    closing = (
        Paragraph("2", align=CENTRE, indent=False),
        *(Paragraph(f"{at}. {said}") for at in range(5, 14)),
    )
    last = write_pdf(typeset((*closing, paper.foot())))
    first = write_pdf(typeset(paper.blocks()[:-1]))
    writer = PdfWriter()
    page = writer.add_blank_page(2 * WIDTH, HEIGHT)
    page.merge_page(_pages(last)[0])
    page.merge_transformed_page(_pages(first)[0], Transformation().translate(WIDTH, 0))
    return _saved(writer)


def together(papers: Sequence[Paper]) -> bytes:
    """Two papers in one file."""
    writer = PdfWriter()
    for paper in papers:
        for page in _pages(text(paper)):
            writer.add_page(page)
    return _saved(writer)


def of_pictures(
    shots: Sequence[Image.Image], *, turn: int = 0, strips: int = 1, inverted: bool = False
) -> bytes:
    """A scanner's PDF. ``turn``: the page's own rotation; ``strips``: pieces the picture comes in."""
    file = PdfFile()
    for shot in shots:
        wide, high = (HEIGHT, WIDTH) if shot.width > shot.height else (WIDTH, HEIGHT)
        drawing, names = "", ""
        tall = -(-shot.height // strips)
        for at in range(strips):
            piece = shot.crop((0, at * tall, shot.width, min((at + 1) * tall, shot.height)))
            data = io.BytesIO()
            (ImageOps.invert(piece.convert("L")) if inverted else piece).save(data, "JPEG", quality=60)
            space = "DeviceRGB" if piece.mode == "RGB" and not inverted else "DeviceGray"
            image = file.stream(
                data.getvalue(),
                f"/Type/XObject/Subtype/Image/Width {piece.width}/Height {piece.height}/ColorSpace/{space}"
                f"/BitsPerComponent 8/Filter/DCTDecode{'/Decode[1 0]' * inverted}",
                deflate=False,
            )
            height = high * piece.height / shot.height
            low = high - high * at * tall / shot.height - height
            drawing += f"q {wide:.2f} 0 0 {height:.2f} 0 {low:.2f} cm /I{at} Do Q\n"
            names += f"/I{at} {image} 0 R"
        file.page(file.stream(drawing.encode()), f"/XObject<<{names}>>", wide, high)
    data = file.save("scanner")
    if turn:
        writer = PdfWriter(clone_from=io.BytesIO(data))
        for page in writer.pages:
            page.rotate(turn)
        data = _saved(writer)
    return data


def scanned_lying(paper: Paper, rng: random.Random) -> bytes:
    """Scanned sideways."""
    return of_pictures([pictures.page(paper, rng, hand="pen").transpose(Image.Transpose.ROTATE_90)])


def scanned_turned(paper: Paper, rng: random.Random) -> bytes:
    """Scanned upside down, turned back by the page's entry."""
    return of_pictures(
        [pictures.page(paper, rng, hand="pen").transpose(Image.Transpose.ROTATE_180)], turn=180
    )


def scanned_strips(paper: Paper, rng: random.Random) -> bytes:
    """Scanned in strips."""
    return of_pictures([pictures.page(paper, rng, hand="pen")], strips=9)


def scanned_negative(paper: Paper, rng: random.Random) -> bytes:
    """A negative that its Decode entry turns back."""
    return of_pictures([pictures.page(paper, rng, hand="pen")], inverted=True)


def scanned_together(papers: Sequence[Paper], rng: random.Random) -> bytes:
    """Two papers scanned into one file, a blank back between them."""
    shots = [pictures.page(paper, rng, hand="pen") for paper in papers]
    return of_pictures([shots[0], Image.new("L", shots[0].size, 250), shots[1]])


def scanned_folded(paper: Paper, rng: random.Random) -> bytes:
    """The outside of a folded sheet, scanned: an empty last page left, the first one right."""
    shot = pictures.page(paper, rng, hand="pen")
    both = Image.new("L", (shot.width * 2, shot.height), 255)
    both.paste(shot, (shot.width, 0))
    return of_pictures([both])


TEXTS: dict[str, Callable[[Paper], bytes]] = {
    "gs": rewritten, "outlined": outlined, "cairo": by_cairo, "unnamed": unnamed, "lying": lying,
    "sideways": sideways, "folded": folded,
}  # fmt: skip
SCANS: dict[str, Callable[[Paper, random.Random], bytes]] = {
    "scan-lying": scanned_lying, "scan-turned": scanned_turned, "scan-strips": scanned_strips,
    "scan-negative": scanned_negative, "scan-folded": scanned_folded,
}  # fmt: skip
PAIRS: dict[str, Callable[[Sequence[Paper], random.Random], bytes]] = {
    "two": lambda papers, _rng: together(papers), "scan-two": scanned_together,
}  # fmt: skip
