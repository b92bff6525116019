"""Papers as a scanner delivers them: pictures of pages in a PDF, a little askew, grey, with a red stamp."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Iterable
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from dossier.demo.pdf_file import PdfFile
from dossier.demo.typeface import Face, face
from dossier.demo.typeset import HEIGHT, WIDTH, Run, Sheet

_DPI = 150
_SCALE = _DPI / 72
_QUALITIES = (36, 28, 22, 16)  # the first that keeps a page small enough
_MOST_BYTES = 145_000


def write_scan(sheets: Iterable[Sheet], rng: random.Random, stamped: Iterable[int]) -> bytes:
    """A PDF of pictures without any text layer; ``stamped`` are the indices of pages with a stamp."""
    file = PdfFile()
    red = set(stamped)
    for index, sheet in enumerate(sheets):
        picture = _scanned(_drawn(sheet), rng)
        if index in red:
            picture = _stamped(picture, sheet, rng)
        packed = _packed(picture)
        space = "DeviceRGB" if picture.mode == "RGB" else "DeviceGray"
        image = file.stream(
            packed,
            f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}"
            f"/ColorSpace/{space}/BitsPerComponent 8/Filter/DCTDecode",
            deflate=False,
        )
        content = file.stream(f"q {WIDTH:.2f} 0 0 {HEIGHT:.2f} 0 0 cm /I Do Q".encode())
        file.page(content, f"/XObject<</I {image} 0 R>>", WIDTH, HEIGHT)
    return file.save("scanner")


def _packed(picture: Image.Image) -> bytes:
    """The page as JPEG, as good as its size allows."""
    for quality in _QUALITIES:
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=quality, optimize=True)
        if data.tell() <= _MOST_BYTES:
            break
    return data.getvalue()


@lru_cache(maxsize=64)
def _font(used: Face, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(used.data), size * _SCALE, layout_engine=ImageFont.Layout.BASIC)


def _drawn(sheet: Sheet) -> Image.Image:
    """The clean page."""
    picture = Image.new("L", (round(WIDTH * _SCALE), round(HEIGHT * _SCALE)), 255)
    pen = ImageDraw.Draw(picture)
    for run in sheet.runs:
        font = _font(run.face, run.size)
        for x, piece in _pieces(run):
            pen.text((x * _SCALE, run.y * _SCALE), piece, fill=25, font=font, anchor="ls")
    for x1, y1, x2, y2 in sheet.rules:
        pen.line([(x1 * _SCALE, y1 * _SCALE), (x2 * _SCALE, y2 * _SCALE)], fill=60, width=1)
    return picture


def _pieces(run: Run) -> list[tuple[float, str]]:
    """Words of a justified run with their places, or the whole run."""
    if not run.spread:
        return [(run.x, run.text)]
    placed, x = [], run.x
    space = run.face.width(" ", run.size) + run.spread
    for word in run.text.split(" "):
        placed.append((x, word))
        x += run.face.width(word, run.size) + space
    return placed


@lru_cache(maxsize=4)
def _grain(size: tuple[int, int], kind: int) -> Image.Image:
    """Noise around zero, from a generator of our own so that every run gives the same."""
    small = (size[0] // 4, size[1] // 4)
    noise = Image.frombytes("L", small, random.Random(kind).randbytes(small[0] * small[1]))
    return noise.point([value // 20 for value in range(256)]).resize(size, Image.Resampling.BILINEAR)


def _scanned(page: Image.Image, rng: random.Random) -> Image.Image:
    """The page as the glass saw it: turned by up to 0.8 degrees, off-white, grainy."""
    turned = page.rotate(rng.uniform(-0.8, 0.8), Image.Resampling.BICUBIC, fillcolor=252)
    lifted = turned.point([min(250, 14 + value * 238 // 255) for value in range(256)])
    return ImageChops.subtract(lifted, _grain(page.size, rng.randrange(3)))


def _stamped(page: Image.Image, sheet: Sheet, rng: random.Random) -> Image.Image:
    """The page in colour with the round stamp over the left third of the signature."""
    low = max((run for run in sheet.runs if run.x > WIDTH / 2), key=lambda run: run.y, default=sheet.runs[-1])
    x, y = (WIDTH * 0.57 + rng.uniform(-8, 8)) * _SCALE, (low.y - 38 + rng.uniform(-6, 6)) * _SCALE
    radius = 48 * _SCALE
    mask = Image.new("L", page.size, 0)
    pen = ImageDraw.Draw(mask)
    for share, width in ((1.0, 5), (0.68, 2)):
        r = radius * share
        pen.ellipse((x - r, y - r, x + r, y + r), outline=150, width=width)
    star = [
        (x + math.sin(k * math.pi / 5) * radius * s, y - math.cos(k * math.pi / 5) * radius * s)
        for k in range(10)
        for s in ((0.34, 0.14)[k % 2],)
    ]
    pen.polygon(star, fill=130)
    _rim(mask, x, y, radius)
    return Image.composite(Image.new("RGB", page.size, (196, 40, 46)), page.convert("RGB"), mask)


def _rim(mask: Image.Image, x: float, y: float, radius: float) -> None:
    """Letters around the rim of the stamp, too small and too round to be read by a machine."""
    font = _font(face(bold=True), 8.0)
    for number, letter in enumerate("C.H.X.H.C.N.VIỆT.NAM.*"):
        angle = math.radians(-150 + number * 300 / 21)
        tile = Image.new("L", (40, 40), 0)
        ImageDraw.Draw(tile).text((20, 20), letter, fill=150, font=font, anchor="mm")
        tile = tile.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        where = (
            round(x + math.sin(angle) * radius * 0.84 - 20),
            round(y - math.cos(angle) * radius * 0.84 - 20),
        )
        mask.paste(tile, where, tile)
