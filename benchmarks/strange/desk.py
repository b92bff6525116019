"""Pages on a desk, under a lid, before a telephone: squared paper, seals over names, pens, dots, glare."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps
from strange.papers import Paper
from strange.pictures import bent, grain, page, roomy, shadowed, tinted
from strange.seals import _boxed, _font, _inked, _round

from dossier.demo import pen
from dossier.demo.printing import Printing, prepared
from dossier.demo.scan_writer import drawn
from dossier.demo.typeset import WIDTH, SetText, Sheet, typeset

_RED, _BLUE, _GREY = "#c32832", "#2a3fa8", "#787878"
_OPEN = Printing(filled="pen")


def _sheet(paper: Paper, *, narrow: bool = False) -> Sheet:
    """The page with its number and day left open; ``narrow``: with hardly enough room for the pen."""
    blocks = prepared(paper.blocks(), _OPEN)
    return typeset(blocks if narrow else roomy(blocks))[0]


def _written(
    sheet: Sheet, picture: Image.Image, rng: random.Random, colour: str,
    *, raised: float = -1, dots: bool = False, width: int = 3, months: bool = False,
) -> Image.Image:  # fmt: skip
    """The picture in colours with its blanks filled by a pen; ``raised``: points above the line."""
    picture = picture.convert("RGB")
    ink, scale = ImageDraw.Draw(picture), picture.width / WIDTH
    for run in sheet.runs:
        if not run.filled:
            continue
        x, wide = run.blank
        tall = run.size * rng.uniform(0.95, 1.2)
        for stroke in pen.number(run.filled, x + 2, run.y - raised, tall, rng):
            ink.line([(px * scale, py * scale) for px, py in stroke], fill=colour, width=width, joint="curve")
        if dots:
            for at in range(int(x * scale), int((x + wide - 2) * scale), 6):
                ink.ellipse((at, run.y * scale, at + 2, run.y * scale + 2), fill="#333")
        if months:
            _month(ink, run, scale, rng, colour)
    return picture


def _month(ink: ImageDraw.ImageDraw, run: SetText, scale: float, rng: random.Random, colour: str) -> None:
    """The printed month painted over and written by the pen."""
    before, found, after = run.text.partition("tháng ")
    if not found:
        return
    month = after.split()[0]
    start = run.x + run.face.width(before + found, run.size)
    end = start + run.face.width(month, run.size)
    top, low = run.y - run.size, run.y + 3
    ink.rectangle([value * scale for value in (start - 1, top, end + 1, low)], fill="white")
    for stroke in pen.number(month, start, run.y - 1, run.size, rng):
        ink.line([(px * scale, py * scale) for px, py in stroke], fill=colour, width=3, joint="curve")


def _by_hand(
    paper: Paper, rng: random.Random, colour: str = "#30343c", *, narrow: bool = False, **how: object
) -> Image.Image:
    sheet = _sheet(paper, narrow=narrow)
    return _written(sheet, drawn(sheet), rng, colour, **how)  # type: ignore[arg-type]


def _at_signer(paper: Paper) -> tuple[int, int]:
    """Where a seal of 110 pixels' radius lies over the signer's name, as clerks set it."""
    sheet = _sheet(paper)
    run = next(run for run in reversed(sheet.runs) if run.text == paper.signer)
    scale = 150 / 72
    return round(run.x * scale) - 70, round(run.y * scale) - 190


def laid(picture: Image.Image, rng: random.Random, dpi: int) -> Image.Image:
    """Scanned one to three degrees askew."""
    turned = picture.rotate(
        rng.choice((-1, 1)) * rng.uniform(1, 3), Image.Resampling.BICUBIC, fillcolor="white"
    )
    size = round(picture.width * dpi / 150), round(picture.height * dpi / 150)
    return grain(turned.resize(size, Image.Resampling.BICUBIC), rng, 10)


def skewed(paper: Paper, rng: random.Random) -> Image.Image:
    """150 dots an inch, askew, signed and sealed in red."""
    picture = _by_hand(paper, rng, "#26309a")
    return laid(_inked(picture, _round(110), _at_signer(paper), _RED), rng, 150)


def skewed_fine(paper: Paper, rng: random.Random) -> Image.Image:
    """200 dots an inch, askew, grey, the seal grey over the signer."""
    picture = _by_hand(paper, rng)
    return laid(_inked(picture, _round(110), _at_signer(paper), _GREY).convert("L"), rng, 200)


def black_seal(paper: Paper, rng: random.Random) -> Image.Image:
    """A photocopy: the seal over the signer as black as the letters, and a signature through it."""
    picture = _inked(_by_hand(paper, rng), _round(110), _at_signer(paper), "#444").convert("L")
    ink = ImageDraw.Draw(picture)
    x, y = _at_signer(paper)
    points = [(x + 60 + t * 3, y + 150 + 40 * math.sin(t / 5) * math.cos(t / 17)) for t in range(90)]
    ink.line(points, fill=50, width=3, joint="curve")
    return picture.point([255 * (value > 128) for value in range(256)])


def ruled_by_hand(paper: Paper, rng: random.Random) -> Image.Image:
    """Printed on ruled paper, a red margin, number and day by a blue pen."""
    picture = _by_hand(paper, rng, "#1f3aa0")
    under = Image.new("RGB", picture.size, "white")
    ink = ImageDraw.Draw(under)
    for y in range(30, picture.height, 31):
        ink.line((0, y, picture.width, y), fill="#a9c3ea", width=2)
    ink.line((120, 0, 120, picture.height), fill="#e09a9a", width=2)
    return grain(ImageChops.multiply(picture, under), rng)


def squared(paper: Paper, rng: random.Random) -> Image.Image:
    """On a school's squared paper, grey in the scan."""
    picture = _by_hand(paper, rng)
    under = Image.new("RGB", picture.size, "white")
    ink = ImageDraw.Draw(under)
    for at in range(12, picture.height, 24):
        ink.line((0, at, picture.width, at), fill="#b9b9c9")
        ink.line((at, 0, at, picture.height), fill="#b9b9c9")
    return grain(ImageChops.multiply(picture, under).convert("L"), rng)


def ruled_black(paper: Paper, rng: random.Random) -> Image.Image:
    """Ruled paper in a black-and-white scan: the lines are as black as the letters, thin."""
    picture = page(paper, rng, hand="pen")
    ink = ImageDraw.Draw(picture)
    for y in range(33, picture.height, 40):
        ink.line((0, y, picture.width, y), fill=0)
    return picture.point([255 * (value > 128) for value in range(256)])


def _aslant(picture: Image.Image, rng: random.Random, near: float = 0.2) -> Image.Image:
    """A sheet on a wooden desk, seen at a strong slant from a side and from below."""
    wide, high = picture.size
    desk = Image.new("RGB", (round(wide * 1.3), round(high * 1.2)), "#8a6a4a")
    desk.paste(picture.convert("RGB"), (round(wide * 0.15), round(high * 0.1)))
    lean = rng.choice((-1, 1)) * rng.uniform(0.05, 0.09)

    def slanted(x: float, y: float) -> tuple[float, float]:
        narrower = 1 - near * (1 - y / desk.height)
        middle = desk.width / 2
        return middle + (x - middle) / narrower, y + lean * (x - middle)

    return bent(desk, slanted, "#8a6a4a")


def slanted(paper: Paper, rng: random.Random) -> Image.Image:
    """A telephone's photograph at a strong slant under a lamp, its shadow over a corner."""
    picture = _aslant(tinted(_by_hand(paper, rng), "#2a2622", "#f0e6cf"), rng)
    return grain(shadowed(picture, rng), rng)


def slanted_sideways(paper: Paper, rng: random.Random) -> Image.Image:
    """The same held sideways, nothing said of it."""
    return slanted(paper, rng).transpose(Image.Transpose.ROTATE_90)


def glare(paper: Paper, rng: random.Random) -> Image.Image:
    """A lamp's white glare over the text, none over the head."""
    picture = _by_hand(paper, rng)
    light = Image.new("L", (picture.width // 8, picture.height // 8), 0)
    ImageDraw.Draw(light).ellipse((40, 60, 120, 88), fill=255)
    light = light.filter(ImageFilter.GaussianBlur(10)).resize(picture.size)
    return grain(Image.composite(Image.new("RGB", picture.size, "white"), picture, light), rng)


def of_screen(paper: Paper, rng: random.Random) -> Image.Image:
    """Photographed from a screen: the grid of its dots, bluish."""
    picture = tinted(_by_hand(paper, rng).resize((1500, 2122)), "#20242c", "#e6ecf5")
    grid = Image.new("L", picture.size, 255)
    ink = ImageDraw.Draw(grid)
    for at in range(0, picture.height, 4):
        ink.line((0, at, picture.width, at), fill=225)
        ink.line((at, 0, at, picture.height), fill=232)
    grid = grid.rotate(1.3, Image.Resampling.BICUBIC, fillcolor=240)
    return grain(ImageChops.multiply(picture, Image.merge("RGB", [grid] * 3)), rng)


def blinds(paper: Paper, rng: random.Random) -> Image.Image:
    """Photographed by a window: stripes of shadow of its blinds."""
    picture = _by_hand(paper, rng)
    light = Image.new("L", picture.size, 255)
    ink = ImageDraw.Draw(light)
    for at in range(-picture.width, picture.height, 150):
        ink.line((0, at, picture.width, at + picture.width // 3), fill=120, width=60)
    light = light.filter(ImageFilter.GaussianBlur(12))
    return grain(ImageChops.multiply(picture, Image.merge("RGB", [light] * 3)), rng)


def bleached(paper: Paper, rng: random.Random) -> Image.Image:
    """Scanned far too light."""
    return grain(_by_hand(paper, rng, "#777").point([175 + v * 80 // 255 for v in range(256)] * 3), rng, 6)


def mirrored_scan(paper: Paper, rng: random.Random) -> Image.Image:
    """A film laid in the wrong way, a little askew."""
    return laid(ImageOps.mirror(_by_hand(paper, rng)), rng, 150)


def red_pen(paper: Paper, rng: random.Random) -> Image.Image:
    """Number and day by a red pen, the seal red over the signer."""
    picture = _by_hand(paper, rng, "#d02030")
    return grain(_inked(picture, _round(110), _at_signer(paper), _RED), rng)


def violet_pen(paper: Paper, rng: random.Random) -> Image.Image:
    """By a violet pen, as schools use it."""
    return grain(_by_hand(paper, rng, "#9b30c0"), rng)


def pencil(paper: Paper, rng: random.Random) -> Image.Image:
    """By a thin pale pencil."""
    return grain(_by_hand(paper, rng, "#9a9a9a", width=2), rng)


def marker(paper: Paper, rng: random.Random) -> Image.Image:
    """By a thick pen, larger than the room."""
    return grain(_by_hand(paper, rng, "#1c2a80", width=6, narrow=True), rng)


def across_dots(paper: Paper, rng: random.Random) -> Image.Image:
    """On the printed dots, so that they run through the digits' feet."""
    return grain(_by_hand(paper, rng, "#26309a", dots=True, raised=-2), rng)


def over_dots(paper: Paper, rng: random.Random) -> Image.Image:
    """Well above the printed dots."""
    return grain(_by_hand(paper, rng, "#26309a", dots=True, raised=5), rng)


def under_dots(paper: Paper, rng: random.Random) -> Image.Image:
    """Below the printed dots."""
    return grain(_by_hand(paper, rng, "#26309a", dots=True, raised=-7), rng)


def month_by_hand(paper: Paper, rng: random.Random) -> Image.Image:
    """Day and month by the pen, the year printed."""
    return grain(_by_hand(paper, rng, "#26309a", months=True), rng)


def struck(paper: Paper, rng: random.Random) -> Image.Image:
    """The printed number is struck out by pen and the right one written above it."""
    wrong = Paper(**{**{f: getattr(paper, f) for f in Paper.__slots__}, "number": f"9{paper.number}"})
    sheet = typeset(wrong.blocks())[0]
    picture = drawn(sheet).convert("RGB")
    ink, scale = ImageDraw.Draw(picture), picture.width / WIDTH
    run = next(run for run in sheet.runs if wrong.number in run.text)
    digits = "".join(char for char in paper.number.split("/")[0].split("-")[0] if char.isdigit())
    start = run.x + run.face.width(run.text.split(wrong.number)[0], run.size)
    end = start + run.face.width(f"9{digits}", run.size)
    ink.line([value * scale for value in (start - 2, run.y - 3, end + 2, run.y - 5)], fill=_BLUE, width=4)
    for stroke in pen.number(digits, start, run.y - 12, 11, rng):
        ink.line([(px * scale, py * scale) for px, py in stroke], fill=_BLUE, width=3, joint="curve")
    return grain(picture, rng)


def _arrived(paper: Paper, rng: random.Random, colour: str, at: tuple[int, int]) -> Image.Image:
    """A receiver's stamp in the words of the rule, its number and day filled in."""
    picture = _by_hand(paper, rng, "#26309a")
    day = f"{rng.randrange(1, 28):02d}/{rng.randrange(1, 13):02d}/2025"
    said = ("CÔNG VĂN ĐẾN", f"Số: {rng.randrange(100, 2000)}", f"Ngày: {day}", "Chuyển: VP")
    stamp = _boxed(said, 230, 19).rotate(rng.uniform(-5, 5), expand=True, resample=Image.Resampling.BICUBIC)
    return grain(_inked(picture, stamp, at, colour), rng)


def arrived_corner(paper: Paper, rng: random.Random) -> Image.Image:
    """The receiver's stamp, red, in the corner above the issuer."""
    return _arrived(paper, rng, _RED, (20, 4))


def arrived_beside(paper: Paper, rng: random.Random) -> Image.Image:
    """Black, below the left column, as near to the number as it goes."""
    return _arrived(paper, rng, "#333", (90, 262))


def arrived_between(paper: Paper, rng: random.Random) -> Image.Image:
    """Blue, over the end of the number's line and the day's beginning."""
    return _arrived(paper, rng, _BLUE, (470, 200))


def letterhead(paper: Paper, rng: random.Random) -> Image.Image:
    """A coloured letterhead's sign beside the issuer, its web address in a green band at the foot."""
    picture = _by_hand(paper, rng, "#26309a")
    ink = ImageDraw.Draw(picture)
    ink.ellipse((20, 90, 110, 180), outline="#1a7f3c", width=8)
    ink.text((38, 110), "SL", fill="#1a7f3c", font=_font(36))
    low = picture.height
    ink.rectangle((0, low - 60, picture.width, low), fill="#1a7f3c")
    ink.text((200, low - 48), "www.donvi.example.vn - ĐT: 0203 388 1122", fill="white", font=_font(26))
    return grain(picture, rng)


def red_head(paper: Paper, rng: random.Random) -> Image.Image:
    """Issuer and motto printed in red, as on letterheads of the Party and of companies."""
    picture = _by_hand(paper, rng, "#26309a")
    edge = round(picture.height * 0.115)
    top = tinted(picture.crop((0, 0, picture.width, edge)), "#c01818", "white")
    picture.paste(top, (0, 0))
    return grain(picture, rng)


def on_carton(paper: Paper, rng: random.Random) -> Image.Image:
    """A small page in the middle of a large black scan."""
    picture = _by_hand(paper, rng).resize((992, 1403), Image.Resampling.BICUBIC)
    glass = Image.new("RGB", (1754, 2480), "#101010")
    glass.paste(picture.rotate(2, Image.Resampling.BICUBIC, expand=True, fillcolor="#101010"), (300, 200))
    return grain(glass, rng)


def two_photographed(papers: tuple[Paper, Paper], rng: random.Random) -> Image.Image:
    """Two pages of an open volume photographed at a slant, curling towards the fold."""
    pages = [_by_hand(paper, rng) for paper in papers]
    both = Image.new("RGB", (pages[0].width * 2, pages[0].height), "white")
    for at, one in enumerate(pages):
        both.paste(one, (at * one.width, 0))
    fold = both.width / 2

    def curl(x: float, y: float) -> tuple[float, float]:
        near = max(0.0, 1 - abs(x - fold) / 260)
        return x, y - 24 * near**2

    shade = Image.new("L", both.size, 255)
    ImageDraw.Draw(shade).rectangle((fold - 20, 0, fold + 20, both.height), fill=90)
    shade = shade.filter(ImageFilter.GaussianBlur(22))
    curled = ImageChops.multiply(bent(both, curl), Image.merge("RGB", [shade] * 3))
    return grain(ImageEnhance.Color(_aslant(tinted(curled, "#222", "#f1ece0"), rng, 0.06)).enhance(0.8), rng)


def packed(picture: Image.Image, quality: int = 70) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


WAYS: dict[str, Callable[[Paper, random.Random], Image.Image]] = {
    "skewed": skewed, "skewed-fine": skewed_fine, "black-seal": black_seal, "ruled-by-hand": ruled_by_hand,
    "squared": squared, "ruled-black": ruled_black, "slanted": slanted, "slanted-sideways": slanted_sideways,
    "glare": glare, "of-screen": of_screen, "blinds": blinds, "bleached": bleached,
    "mirrored-scan": mirrored_scan, "red-pen": red_pen, "violet-pen": violet_pen, "pencil": pencil,
    "marker": marker, "across-dots": across_dots, "over-dots": over_dots, "under-dots": under_dots,
    "month-by-hand": month_by_hand, "struck": struck, "arrived-corner": arrived_corner,
    "arrived-beside": arrived_beside, "arrived-between": arrived_between, "letterhead": letterhead,
    "red-head": red_head, "on-carton": on_carton,
}  # fmt: skip
PAIRS: dict[str, Callable[[tuple[Paper, Paper], random.Random], Image.Image]] = {
    "two-photographed": two_photographed
}
