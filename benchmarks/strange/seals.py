"""Pages with ink over them: seals over title and number, the receiver's stamp, digits stamped and copied."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from strange import browser
from strange.papers import Paper
from strange.pictures import grain, page, tinted

from dossier.demo.typeset import face

_RED, _BLUE = "#c32832", "#2a3fa8"


def _font(size: float, *, bold: bool = True) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(face(bold).data), size)


def _inked(picture: Image.Image, mask: Image.Image, at: tuple[int, int], colour: str) -> Image.Image:
    """The picture with ink where the mask, put at a place, says."""
    whole = Image.new("L", picture.size, 0)
    whole.paste(mask, at)
    tint = Image.composite(
        Image.new("RGB", picture.size, colour), Image.new("RGB", picture.size, "white"), whole
    )
    return ImageChops.multiply(picture.convert("RGB"), tint)


def _round(radius: int) -> Image.Image:
    """A round seal's ink: two rings, letters around, a star."""
    tile = Image.new("L", (2 * radius + 4, 2 * radius + 4), 0)
    ink, middle = ImageDraw.Draw(tile), radius + 2
    for share, wide in ((1.0, 5), (0.68, 2)):
        r = radius * share
        ink.ellipse((middle - r, middle - r, middle + r, middle + r), outline=220, width=wide)
    points = [
        (middle + math.sin(k * math.pi / 5) * radius * s, middle - math.cos(k * math.pi / 5) * radius * s)
        for k in range(10) for s in ((0.34, 0.14)[k % 2],)
    ]  # fmt: skip
    ink.polygon(points, fill=200)
    for number, letter in enumerate("ỦY.BAN.NHÂN.DÂN.XÃ.T.AN.KHÁNH."):
        angle = math.radians(-165 + number * 330 / 30)
        one = Image.new("L", (34, 34), 0)
        ImageDraw.Draw(one).text((17, 17), letter, fill=220, font=_font(20), anchor="mm")
        one = one.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        where = (
            round(middle + math.sin(angle) * radius * 0.84 - 17),
            round(middle - math.cos(angle) * radius * 0.84 - 17),
        )
        tile.paste(one, where, one)
    return tile


def _boxed(lines: tuple[str, ...], width: int, size: int) -> Image.Image:
    tile = Image.new("L", (width, (size + 9) * len(lines) + 14), 0)
    ink = ImageDraw.Draw(tile)
    ink.rectangle((2, 2, width - 3, tile.height - 3), outline=230, width=3)
    for at, line in enumerate(lines):
        ink.text((12, 8 + at * (size + 9)), line, fill=230, font=_font(size))
    return tile


def seal_over_title(paper: Paper, rng: random.Random) -> Image.Image:
    """A round red seal over half of the title and its abstract."""
    picture = page(paper, rng, hand="pen")
    at = (rng.randrange(480, 620), rng.randrange(330, 380))
    return grain(_inked(picture, _round(120), at, _RED), rng)


def grey_seal(paper: Paper, rng: random.Random) -> Image.Image:
    """The same, photocopied: the seal is grey."""
    picture = page(paper, rng)
    at = (rng.randrange(480, 620), rng.randrange(330, 380))
    return grain(_inked(picture, _round(120), at, "#7d7d7d").convert("L"), rng)


def seal_over_number(paper: Paper, rng: random.Random) -> Image.Image:
    """A hanging seal of the office over its name and the number."""
    return grain(_inked(page(paper, rng), _round(110), (170, 110), _RED), rng)


def _received(paper: Paper, rng: random.Random, colour: str, *, where: str) -> Image.Image:
    number, day, month = rng.randint(100, 2900), rng.randint(1, 28), rng.randint(1, 12)
    said = ("CÔNG VĂN ĐẾN", f"Số: {number}", f"Ngày {day} tháng {month} năm 2025", "Chuyển: ............")
    tile = _boxed(said, 290, 20).rotate(rng.uniform(-5, 5), Image.Resampling.BICUBIC, expand=True)
    high = 330 if where == "below" else 14
    picture = page(paper, rng, hand="pen")
    if where == "above":
        lower = Image.new("L", picture.size, 255)
        lower.paste(picture, (0, 90))
        picture = lower
    return grain(_inked(picture, tile, (60, high), colour), rng)


def received_below(paper: Paper, rng: random.Random) -> Image.Image:
    """The receiver's blue stamp below the number, beside the title."""
    return _received(paper, rng, _BLUE, where="below")


def received_above(paper: Paper, rng: random.Random) -> Image.Image:
    """The receiver's black stamp above the head."""
    return _received(paper, rng, "#333333", where="above")


def numbered_by_machine(paper: Paper, rng: random.Random) -> Image.Image:
    """Digits of a numbering machine, blue, raised, leading noughts: ``000123``."""
    plain = page(paper, rng, hand="pen")
    return grain(tinted(plain, "#1d2d78", "#fbfaf5"), rng)


def annotated(paper: Paper, rng: random.Random) -> Image.Image:
    """A leader's note across the top: ``Chuyển đ/c …, 15/8`` and a number of the file."""
    picture = page(paper, rng, hand="pen")
    note = Image.new("L", (520, 60), 0)
    ImageDraw.Draw(note).text(
        (5, 5), "Lưu hồ sơ số 27 - ngày 15/8/2025", fill=230, font=_font(26, bold=False)
    )
    return grain(_inked(picture, note.rotate(4, expand=True), (420, 10), _BLUE), rng)


def coarse(paper: Paper, rng: random.Random) -> Image.Image:
    """75 dots an inch."""
    return page(paper, rng).resize((620, 877), Image.Resampling.BOX)


def pressed(paper: Paper, rng: random.Random) -> Image.Image:
    """100 dots an inch, pressed as hard as JPEG can."""
    picture = page(paper, rng).resize((827, 1169), Image.Resampling.BOX)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=12)
    return Image.open(out)


def askew(paper: Paper, rng: random.Random) -> Image.Image:
    """Laid on the glass askew, with a black rim."""
    picture = page(paper, rng, hand="pen")
    return grain(
        picture.rotate(rng.choice((-6, 6)), Image.Resampling.BICUBIC, expand=True, fillcolor=20), rng
    )


def ruled(paper: Paper, rng: random.Random) -> Image.Image:
    """On paper with lines."""
    picture = page(paper, rng).convert("RGB")
    ink = ImageDraw.Draw(picture)
    for y in range(20, picture.height, 42):
        ink.line((0, y, picture.width, y), fill="#9fb4e0", width=2)
    return grain(picture, rng)


def holed(paper: Paper, rng: random.Random) -> Image.Image:
    """Punched, creased, with a dark binding edge."""
    picture = page(paper, rng, hand="pen")
    ink = ImageDraw.Draw(picture)
    for y in (picture.height // 2 - 170, picture.height // 2 + 170):
        ink.ellipse((18, y - 18, 54, y + 18), fill=30)
    for y in (picture.height // 3, picture.height * 2 // 3):
        ink.line((0, y, picture.width, y + 4), fill=170, width=3)
    ink.rectangle((0, 0, 14, picture.height), fill=40)
    return grain(picture, rng)


def typed(paper: Paper, rng: random.Random) -> Image.Image:
    """Of a typewriter, its letters uneven."""
    picture = browser.picture(browser.printed(browser.sheet(paper), browser.TYPED))
    shaken = Image.new("L", picture.size, 255)
    for y in range(0, picture.height, 3):
        shaken.paste(picture.crop((0, y, picture.width, y + 3)), (rng.choice((0, 0, 0, 1)), y))
    soft = shaken.filter(ImageFilter.GaussianBlur(0.7))
    return grain(tinted(soft, "#2a2a33", "#e9dfc4"), rng, 20)


def carbon_typed(paper: Paper, rng: random.Random) -> Image.Image:
    """A carbon copy of a typewriter's page."""
    soft = browser.picture(browser.printed(browser.sheet(paper), browser.TYPED)).filter(
        ImageFilter.GaussianBlur(1.4)
    )
    return grain(
        tinted(soft.point([min(255, 60 + v * 3 // 4) for v in range(256)]), "#1c2b6c", "#efe6cf"), rng, 20
    )


def copied(paper: Paper, rng: random.Random) -> Image.Image:
    """A certified copy, scanned: the copier's number, day and name below."""
    return grain(browser.picture(browser.printed(browser.copied(paper))), rng)


def bare_day(paper: Paper, rng: random.Random) -> Image.Image:
    """The day without its word, scanned."""
    return grain(browser.picture(browser.printed(browser.bare_day(paper))), rng)


WAYS: dict[str, Callable[[Paper, random.Random], Image.Image]] = {
    "seal-title": seal_over_title, "grey-seal": grey_seal, "seal-number": seal_over_number,
    "received-below": received_below, "received-above": received_above, "coloured-pen": numbered_by_machine,
    "annotated": annotated, "coarse": coarse, "pressed": pressed, "askew": askew, "ruled": ruled,
    "holed": holed, "typed": typed, "carbon-typed": carbon_typed, "copied-scan": copied,
    "bare-day-scan": bare_day,
}  # fmt: skip
