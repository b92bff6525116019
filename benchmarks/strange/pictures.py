"""Pages as cameras, machines and drawers leave them: one function a way, from paper to picture."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable
from dataclasses import replace

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps
from strange.papers import Paper

from dossier.demo import pen
from dossier.demo.paper import Block, ColumnLine, Columns
from dossier.demo.printing import BLANK, Printing, prepared
from dossier.demo.scan_writer import drawn
from dossier.demo.typeset import HEIGHT, WIDTH, SetText, typeset

_STEP = 24  # pixels; size of the pieces in which a curved page is bent
_BY_HAND = Printing(filled="pen")

Bend = Callable[[float, float], tuple[float, float]]


def page(paper: Paper, rng: random.Random, *, hand: str = "") -> Image.Image:
    """The clean page, grey.

    ``hand``: number and day by pen, ``pen`` between the printed signs, ``dots`` above printed dots, ``slash``
    with the stroke before the symbol.
    """
    blocks = paper.blocks()
    if hand:
        blocks = roomy(prepared(blocks, _BY_HAND))
    if hand == "slash":
        head = blocks[0]
        assert isinstance(head, Columns)
        blocks = (replace(head, left=tuple(map(_without_stroke, head.left))), *blocks[1:])
    sheet = typeset(blocks)[0]
    picture = drawn(sheet)
    ink = ImageDraw.Draw(picture)
    for run in sheet.runs:
        if run.filled:
            _fill(ink, run, picture.width / WIDTH, rng, hand)
    return picture


def roomy(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The head with more room for the pen: half as much again."""
    head, *others = blocks
    assert isinstance(head, Columns)
    left, right = (
        tuple(replace(line, text=re.sub(f"({BLANK}+)", r"\1" + BLANK * 5, line.text)) for line in lines)
        for lines in (head.left, head.right)
    )
    return (replace(head, left=left, right=right), *others)


def _without_stroke(line: ColumnLine) -> ColumnLine:
    return replace(line, text=line.text.replace("/", " ", 1)) if line.filled else line


def _fill(ink: ImageDraw.ImageDraw, run: SetText, scale: float, rng: random.Random, hand: str) -> None:
    x, width = run.blank
    tall = run.size * rng.uniform(1.0, 1.3)
    raised = 2.5 if hand == "dots" else -1
    start = x + max(width - len(run.filled) * tall * 0.7, 2) / 2
    strokes = pen.number(run.filled, start, run.y - raised, tall, rng)
    if hand == "slash" and "tháng" not in run.text:
        end = x + width - 3
        strokes.append([(end, run.y + 2), (end + tall * 0.35, run.y - tall)])
    for stroke in strokes:
        points = [(px * scale, py * scale) for px, py in stroke]
        ink.line(points, fill=60, width=3, joint="curve")
    if hand == "dots":
        for at in range(int(x * scale), int((x + width - 2) * scale), 6):
            ink.ellipse((at, run.y * scale, at + 2, run.y * scale + 2), fill=40)


def bent(picture: Image.Image, bend: Bend, fill: str = "white") -> Image.Image:
    """The picture with each point taken from where ``bend`` says, in pixels."""
    wide, high = picture.size
    mesh = []
    for x in range(0, wide, _STEP):
        for y in range(0, high, _STEP):
            right, low = min(x + _STEP, wide), min(y + _STEP, high)
            corners = (bend(x, y), bend(x, low), bend(right, low), bend(right, y))
            mesh.append(((x, y, right, low), tuple(value for corner in corners for value in corner)))
    return picture.transform(
        picture.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC, fillcolor=fill
    )


def grain(picture: Image.Image, rng: random.Random, strong: int = 14) -> Image.Image:
    """The picture with a camera's noise."""
    small = (picture.width // 2, picture.height // 2)
    noise = Image.frombytes("L", small, rng.randbytes(small[0] * small[1]))
    noise = noise.point([value * strong // 255 for value in range(256)]).resize(picture.size)
    return ImageChops.subtract(picture, noise if picture.mode == "L" else Image.merge("RGB", [noise] * 3))


def tinted(picture: Image.Image, ink: str, sheet: str) -> Image.Image:
    """A grey page in colours."""
    return ImageOps.colorize(picture.convert("L"), ink, sheet)


def on_table(picture: Image.Image, rng: random.Random) -> Image.Image:
    """The page photographed: a dark table around it, seen from below at a slant."""
    wide, high = picture.size
    table = Image.new("RGB", (round(wide * 1.16), round(high * 1.12)), (92, 74, 60))
    table.paste(picture.convert("RGB"), (round(wide * 0.08), round(high * 0.06)))
    lean = rng.choice((-1, 1)) * rng.uniform(0.02, 0.04)

    def slanted(x: float, y: float) -> tuple[float, float]:
        nearer = 1 - 0.07 * (1 - y / table.height)  # the far edge is shorter
        middle = table.width / 2
        return middle + (x - middle) / nearer + lean * (y - table.height / 2), y

    return bent(table, slanted, "#5c4a3c")


def curled(paper: Paper, rng: random.Random) -> Image.Image:
    """The page of a bound volume: its lines rise towards the binding."""
    picture = page(paper, rng, hand="pen")
    deep = picture.width * 0.028

    def curl(x: float, y: float) -> tuple[float, float]:
        share = 1 - x / picture.width
        return x, y + deep * share**2.5 * 2 - deep * 0.4

    return grain(tinted(bent(picture, curl), "#222", "#f4efe2"), rng)


def waved(paper: Paper, rng: random.Random) -> Image.Image:
    """A page that lay damp: its lines wave."""
    picture = page(paper, rng)
    wide = picture.width

    def wave(x: float, y: float) -> tuple[float, float]:
        return x, y + 9 * math.sin(x / wide * math.tau * 1.2 + y / wide)

    return grain(tinted(bent(picture, wave), "#222", "#f6f2ea"), rng)


def photographed(paper: Paper, rng: random.Random) -> Image.Image:
    """A photograph at a slant with the shadow of the hand that holds the telephone."""
    picture = on_table(tinted(page(paper, rng, hand="pen"), "#262626", "#ece8df"), rng)
    return grain(shadowed(picture, rng), rng)


def shadowed(picture: Image.Image, rng: random.Random) -> Image.Image:
    """The picture under a soft shadow over one of its upper corners."""
    shade = Image.new("L", (picture.width // 8, picture.height // 8), 255)
    x = rng.choice((0, shade.width))
    ImageDraw.Draw(shade).ellipse((x - 70, -40, x + 70, 110), fill=95)
    shade = shade.filter(ImageFilter.GaussianBlur(9)).resize(picture.size)
    return ImageChops.multiply(picture.convert("RGB"), Image.merge("RGB", [shade] * 3))


def shaded(paper: Paper, rng: random.Random) -> Image.Image:
    """A level photograph under a shadow."""
    return grain(shadowed(page(paper, rng, hand="pen"), rng), rng)


def stamped(paper: Paper, rng: random.Random) -> Image.Image:
    """A violet stamp of the receiving office over the number's line."""
    picture = page(paper, rng, hand="pen").convert("RGB")
    tile = Image.new("L", (330, 150), 0)
    ink = ImageDraw.Draw(tile)
    ink.rectangle((3, 3, 326, 146), outline=150, width=4)
    ink.line((3, 52, 326, 52), fill=150, width=3)
    ink.line((40, 105, 280, 92), fill=150, width=3)
    tile = tile.rotate(rng.uniform(-7, 7), expand=True, resample=Image.Resampling.BICUBIC)
    mask = Image.new("L", picture.size, 0)
    mask.paste(tile, (110, round(105 * picture.width / WIDTH)))
    return grain(Image.composite(Image.new("RGB", picture.size, "#6a3fa0"), picture, mask), rng)


def carbon(paper: Paper, rng: random.Random) -> Image.Image:
    """A blue carbon copy: soft strokes, smudges."""
    picture = page(paper, rng).filter(ImageFilter.GaussianBlur(1.3))
    picture = picture.point([min(255, 70 + value * 3 // 4) for value in range(256)])
    ink = ImageDraw.Draw(picture)
    for _smudge in range(14):
        x, y = rng.randrange(picture.width), rng.randrange(picture.height)
        ink.ellipse((x, y, x + rng.randrange(20, 160), y + rng.randrange(4, 14)), fill=205)
    soft = picture.filter(ImageFilter.GaussianBlur(0.8))
    return grain(tinted(soft, "#1c2b8c", "#efe6cf"), rng, 20)


def dotted(paper: Paper, rng: random.Random) -> Image.Image:
    """A dot-matrix printer's: letters of dots, a worn ribbon."""
    picture = page(paper, rng)
    small = picture.resize((picture.width // 3 * 2, picture.height // 3 * 2), Image.Resampling.BOX)
    big = small.resize((small.width * 3, small.height * 3), Image.Resampling.NEAREST)
    needle = Image.new("L", (3, 3))
    needle.putdata([255, 60, 255, 60, 0, 60, 255, 60, 255])
    column = _repeated(needle, (3, big.height))
    holes = _repeated(column, big.size)
    dots = ImageChops.lighter(big, holes.point([value * 2 // 3 for value in range(256)]))
    return dots.resize(picture.size, Image.Resampling.BILINEAR).point([min(255, v + 20) for v in range(256)])


def _repeated(tile: Image.Image, size: tuple[int, int]) -> Image.Image:
    whole = Image.new("L", size)
    for x in range(0, size[0], tile.width):
        for y in range(0, size[1], tile.height):
            whole.paste(tile, (x, y))
    return whole


def faxed(paper: Paper, rng: random.Random) -> Image.Image:
    """A fax of standard fineness: 204 by 98 dots an inch, black and white, with lost lines."""
    picture = page(paper, rng)
    low = picture.resize((round(WIDTH / 72 * 204), round(HEIGHT / 72 * 98)), Image.Resampling.BOX)
    low = low.point([255 * (value > 150) for value in range(256)])
    ink = ImageDraw.Draw(low)
    for _lost in range(5):
        y = rng.randrange(low.height // 2, low.height)
        ink.line((0, y, low.width, y), fill=255)
    return low.resize((low.width, round(low.width * HEIGHT / WIDTH)), Image.Resampling.NEAREST)


def fine_fax(paper: Paper, rng: random.Random) -> Image.Image:
    """A fax of fine resolution: 204 by 196 dots an inch, black and white."""
    picture = page(paper, rng, hand="pen")
    low = picture.resize((round(WIDTH / 72 * 204), round(HEIGHT / 72 * 196)), Image.Resampling.BOX)
    return low.point([255 * (value > 140 + rng.randrange(9)) for value in range(256)])


def thermal(paper: Paper, rng: random.Random) -> Image.Image:
    """Thermal paper after years: pale letters, paler in bands."""
    picture = page(paper, rng)
    band = Image.linear_gradient("L").rotate(90).resize(picture.size)
    band = band.point([150 + value * 60 // 255 for value in range(256)])
    pale = ImageChops.lighter(picture, band)
    return grain(tinted(pale, "#30241c", "#f7f3e6"), rng, 10)


def dots_below(paper: Paper, rng: random.Random) -> Image.Image:
    """Number and day written above printed dots."""
    return grain(page(paper, rng, hand="dots"), rng)


def slash_by_hand(paper: Paper, rng: random.Random) -> Image.Image:
    """The stroke before the symbol is the pen's too."""
    return grain(page(paper, rng, hand="slash"), rng)


def yellowed(paper: Paper, rng: random.Random) -> Image.Image:
    """Old brown paper through which the back shines."""
    picture = page(paper, rng)
    back = ImageOps.mirror(picture).filter(ImageFilter.GaussianBlur(2))
    back = back.point([205 + value * 50 // 255 for value in range(256)])
    return grain(tinted(ImageChops.multiply(picture, back), "#2d1f14", "#d9bf8c"), rng, 18)


def small(paper: Paper, rng: random.Random) -> Image.Image:
    """Sent through a messenger: 1280 pixels high, pressed hard."""
    picture = grain(page(paper, rng, hand="pen").convert("RGB"), rng)
    return picture.resize((round(1280 * WIDTH / HEIGHT), 1280), Image.Resampling.BILINEAR)


def dark(paper: Paper, rng: random.Random) -> Image.Image:
    """Photographed in bad light."""
    picture = on_table(tinted(page(paper, rng), "#1a1a1a", "#d8d2c4"), rng)
    return grain(ImageEnhance.Brightness(picture).enhance(0.45), rng, 30)


def spread(papers: tuple[Paper, Paper], rng: random.Random) -> Image.Image:
    """Two pages of an open volume on one photograph, the binding dark between them."""
    left, right = (page(paper, rng) for paper in papers)
    both = Image.new("L", (left.width * 2, left.height), 255)
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))
    gutter = Image.new("L", both.size, 255)
    ImageDraw.Draw(gutter).rectangle((left.width - 12, 0, left.width + 12, both.height), fill=120)
    gutter = gutter.filter(ImageFilter.GaussianBlur(18))
    return grain(tinted(ImageChops.multiply(both, gutter), "#222", "#f1ece0"), rng)


WAYS: dict[str, Callable[[Paper, random.Random], Image.Image]] = {
    "curled": curled, "waved": waved, "photographed": photographed, "shaded": shaded, "stamped": stamped,
    "carbon": carbon, "dot-matrix": dotted, "fax": faxed, "fine-fax": fine_fax, "thermal": thermal,
    "dots-below": dots_below, "slash-by-hand": slash_by_hand, "yellowed": yellowed, "small": small,
    "dark": dark,
}  # fmt: skip
