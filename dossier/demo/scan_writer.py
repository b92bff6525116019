"""Write documents as scanners deliver them: images of pages in a PDF, slightly skewed, grey, with a red
stamp."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Iterable
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from dossier.demo import pen
from dossier.demo.pdf_writer import PdfFile
from dossier.demo.printing import PLAIN, Printing
from dossier.demo.typeset import HEIGHT, WIDTH, Face, SetText, Sheet, face

_DPI = 150
_SCALE = _DPI / 72
_QUALITIES = (36, 28, 22, 16)  # the first that keeps a page small enough
_MOST_BYTES = 145_000


def write_scan(
    sheets: Iterable[Sheet], rng: random.Random, stamped: Iterable[int], how: Printing = PLAIN
) -> bytes:
    """Return a PDF of images without a text layer; ``stamped``: indices of pages with a stamp."""
    pages, file, red = list(sheets), PdfFile(), set(stamped)
    # a generator of its own: what is filled in must not change how the pages are scanned
    hand = random.Random("/".join(run.text for run in pages[0].runs[:12]))
    for index, sheet in enumerate(pages):
        clean = drawn(sheet)
        if how != PLAIN:
            _written(clean, sheet, hand, signed=index in red)
        picture = _scanned(clean, rng)
        if index in red:
            picture = _stamped(picture, sheet, rng)
        if how.incoming and sheet.head:
            picture = _received(picture, sheet, hand)
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
    """Return the page as JPEG, in the best quality that its size allows."""
    for quality in _QUALITIES:
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=quality, optimize=True)
        if data.tell() <= _MOST_BYTES:
            break
    return data.getvalue()


@lru_cache(maxsize=64)
def _font(used: Face, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(used.data), size * _SCALE, layout_engine=ImageFont.Layout.BASIC)


def drawn(sheet: Sheet) -> Image.Image:
    """Return the page before scanning."""
    picture = Image.new("L", (round(WIDTH * _SCALE), round(HEIGHT * _SCALE)), 255)
    pen = ImageDraw.Draw(picture)
    for run in sheet.runs:
        font = _font(run.face, run.size)
        for x, piece in _pieces(run):
            pen.text((x * _SCALE, run.y * _SCALE), piece, fill=25, font=font, anchor="ls")
    for x1, y1, x2, y2 in sheet.rules:
        pen.line([(x1 * _SCALE, y1 * _SCALE), (x2 * _SCALE, y2 * _SCALE)], fill=60, width=1)
    return picture


def _written(page: Image.Image, sheet: Sheet, rng: random.Random, *, signed: bool) -> None:
    """Draw what people wrote by hand: digits in the blanks, the signature above the name."""
    strokes: list[pen.Stroke] = []
    for run in sheet.runs:
        if run.filled:
            x, width = run.blank
            tall = run.size * rng.uniform(0.95, 1.25)
            start = x + max(width - len(run.filled) * tall * 0.7, 2) / 2
            strokes += pen.number(run.filled, start, run.y + 1, tall, rng)
    if signed:
        low = _lowest(sheet)
        strokes += pen.signature(WIDTH * 0.7, low.y - 34, 90, rng)
    ink = ImageDraw.Draw(page)
    for stroke in strokes:
        points = [(x * _SCALE, y * _SCALE) for x, y in stroke]
        ink.line(points, fill=rng.randint(45, 85), width=rng.choice((2, 3, 3)), joint="curve")


def _lowest(sheet: Sheet) -> SetText:
    """Return the lowest text of the right half: the name of the signer."""
    right = (run for run in sheet.runs if run.x > WIDTH / 2)
    return max(right, key=lambda run: run.y, default=sheet.runs[-1])


def _received(page: Image.Image, sheet: Sheet, rng: random.Random) -> Image.Image:
    """Return the page with the rectangular stamp of the receiving office, to the left of the title."""
    tile = Image.new("L", (round(118 * _SCALE), round(46 * _SCALE)), 0)
    ink = ImageDraw.Draw(tile)
    ink.rectangle((2, 2, tile.width - 3, tile.height - 3), outline=190, width=3)
    font = _font(face(bold=True), 9.0)
    said = (
        "CÔNG VĂN ĐẾN",
        f"Số: {rng.randint(20, 2900)}",
        f"Ngày: {rng.randint(1, 28)}/{rng.randint(1, 12)}",
    )
    for number, line in enumerate(said):
        ink.text((12, (6 + number * 13) * _SCALE), line, fill=190, font=font)
    tile = tile.rotate(rng.uniform(-4, 4), Image.Resampling.BICUBIC, expand=True)
    mask = Image.new("L", page.size, 0)
    low = max(run.y for run in sheet.runs[: sheet.head])
    mask.paste(tile, (round(52 * _SCALE), round((low + 8) * _SCALE)))
    colour = rng.choice(((200, 40, 50), (60, 50, 160)))
    return Image.composite(Image.new("RGB", page.size, colour), page.convert("RGB"), mask)


def _pieces(run: SetText) -> list[tuple[float, str]]:
    """Return the words of a justified run with their positions, or the whole run."""
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
    """Return an image of noise, from a fixed seed so that every run gives the same."""
    small = (size[0] // 4, size[1] // 4)
    noise = Image.frombytes("L", small, random.Random(kind).randbytes(small[0] * small[1]))
    return noise.point([value // 20 for value in range(256)]).resize(size, Image.Resampling.BILINEAR)


def _scanned(page: Image.Image, rng: random.Random) -> Image.Image:
    """Return the page as scanned: rotated by up to 0.8 degrees, off-white, grainy."""
    turned = page.rotate(rng.uniform(-0.8, 0.8), Image.Resampling.BICUBIC, fillcolor=252)
    lifted = turned.point([min(250, 14 + value * 238 // 255) for value in range(256)])
    return ImageChops.subtract(lifted, _grain(page.size, rng.randrange(3)))


def _stamped(page: Image.Image, sheet: Sheet, rng: random.Random) -> Image.Image:
    """Return the page in colour with the round stamp over the left third of the signature."""
    low = _lowest(sheet)
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
    """Draw the letters on the rim of the stamp, which are too small for OCR."""
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
