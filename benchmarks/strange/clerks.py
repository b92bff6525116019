"""What clerks do to a paper by pen, stamp and correction; other hands than those of strange/hands.py.

The hands are Debian's fonts-femkeklaver, fonts-kiloji, fonts-yusei-magic, fonts-humor-sans,
fonts-tlwg-purisa-otf and fonts-yozvox-yozfont-standard-kana.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from strange.handwriting import BLACK, BLUE, RED, Hand, drawn, sheet_of, signed
from strange.papers import Paper, bank
from strange.pictures import bent, grain
from strange.seals import _boxed, _font, _inked, _round

from dossier.demo.typeset import SetText, Sheet

VIOLET = "#5b2a91"
_OTHERS = ("femkeklaver", "kiloji", "YuseiMagic-Regular", "Humor-Sans", "Purisa", "YOzRS_")

Take = Callable[[Paper, random.Random], Image.Image]


def other_hands() -> tuple[Path, ...]:
    found = {path.stem: path for path in Path("/usr/share/fonts").rglob("*.[ot]tf")}
    return tuple(found[name] for name in _OTHERS if name in found)


class OtherHand(Hand):
    """A person of whom no other benchmark has a line."""

    def __init__(self, rng: random.Random, colour: str = BLACK, big: float = 1.0) -> None:
        super().__init__(rng, colour, big)
        self.path = rng.choice(other_hands())


def _runs(sheet: Sheet) -> tuple[SetText, SetText]:
    """The open lines: of the number, of the day."""
    runs = [run for run in sheet.runs if run.filled]
    return next(r for r in runs if "tháng" not in r.text), next(r for r in runs if "tháng" in r.text)


class Desk:
    """A printed page on a clerk's desk: its open lines and the pen."""

    def __init__(self, paper: Paper, rng: random.Random, colour: str = BLUE, *, dpi: int = 200) -> None:
        self.paper, self.rng, self.scale = paper, rng, dpi / 72
        self.sheet = sheet_of(paper)
        self.picture = drawn(self.sheet, dpi).convert("RGB")
        self.hand = OtherHand(rng, colour)
        self.number, self.day = _runs(self.sheet)

    def start(self, run: SetText, digits: str) -> float:
        x, wide = run.blank
        return float(x + max(1, (wide - self.hand.width(digits, run.size)) / 2))

    def write(self, words: str, x: float, y: float, size: float = 12.5) -> float:
        return self.hand.write(self.picture, words, x, y, size, self.scale)

    def fill(self, run: SetText, digits: str = "", raised: float = 0.0) -> float:
        said = digits or run.filled
        return self.write(said, self.start(run, said), run.y - raised, run.size)

    def both(self) -> Desk:
        self.fill(self.number)
        self.fill(self.day)
        return self

    def stroke(self, x1: float, y1: float, x2: float, y2: float, wide: int = 4) -> None:
        s = self.scale
        ink = ImageDraw.Draw(self.picture)
        ink.line((x1 * s, y1 * s, x2 * s, y2 * s), fill=self.hand.colour, width=wide)

    def initials(self, x: float, y: float, size: float = 14) -> None:
        """A paraph: loops of the pen."""
        s, rng = self.scale, self.rng
        points = [
            ((x + t * size / 24 + rng.uniform(-1, 1)) * s, (y - size / 2 * (1 + (t % 5 - 2) / 2.2)) * s)
            for t in range(18)
        ]
        ImageDraw.Draw(self.picture).line(points, fill=self.hand.colour, width=3, joint="curve")

    def out(self, noise: int = 8) -> Image.Image:
        return grain(self.picture, self.rng, noise)


def plain(paper: Paper, rng: random.Random) -> Image.Image:
    """Nothing but another hand."""
    return Desk(paper, rng).both().out()


def struck_beside(paper: Paper, rng: random.Random) -> Image.Image:
    """The written number struck out, the right one above it, initialled."""
    desk = Desk(paper, rng)
    desk.fill(desk.day)
    wrong = str(int(paper.number.split("/")[0].split("-")[0]) + rng.choice((1, 9, 10)))
    x = desk.start(desk.number, wrong)
    end = desk.fill(desk.number, wrong)
    y = desk.number.y
    desk.stroke(x - 2, y - 3, end + 2, y - 6)
    right = desk.write(desk.number.filled, x, y - 13)
    desk.initials(right + 6, y - 12)
    return desk.out()


def day_struck(paper: Paper, rng: random.Random) -> Image.Image:
    """The day struck out, the right one above it."""
    desk = Desk(paper, rng)
    desk.fill(desk.number)
    right = desk.day.filled
    wrong = f"{int(right) % 28 + 1:02d}"
    x = desk.start(desk.day, wrong)
    end = desk.fill(desk.day, wrong)
    desk.stroke(x - 1, desk.day.y - 4, end + 1, desk.day.y - 5)
    desk.write(right, x, desk.day.y - 12)
    return desk.out()


def _over(desk: Desk, run: SetText, at: int) -> None:
    """The figure at a place written over another."""
    digits, x = run.filled, desk.start(run, run.filled)
    for place, digit in enumerate(digits):
        end = x + desk.hand.width(digit, run.size)
        if place == at:
            desk.write(desk.rng.choice([d for d in "0123456789" if d != digit]), x, run.y, run.size)
            bold = desk.write(digit, x, run.y, run.size)
            desk.write(digit, x + 0.4, run.y, run.size)
            end = max(end, bold)
        else:
            end = desk.write(digit, x, run.y, run.size)
        x = end


def first_over(paper: Paper, rng: random.Random) -> Image.Image:
    """The number's first figure written over another."""
    desk = Desk(paper, rng)
    desk.fill(desk.day)
    _over(desk, desk.number, 0)
    return desk.out()


def day_over(paper: Paper, rng: random.Random) -> Image.Image:
    """The day's last figure written over another."""
    desk = Desk(paper, rng)
    desk.fill(desk.number)
    _over(desk, desk.day, len(desk.day.filled) - 1)
    return desk.out()


def whitened(paper: Paper, rng: random.Random) -> Image.Image:
    """Correction fluid over a wrong number, its edge grey, the right one on it."""
    desk = Desk(paper, rng)
    desk.fill(desk.day)
    desk.fill(desk.number, "88")
    x, wide = desk.number.blank
    s, y = desk.scale, desk.number.y
    ink = ImageDraw.Draw(desk.picture)
    ink.rounded_rectangle(
        ((x + 2) * s, (y - 14) * s, (x + wide - 3) * s, (y + 4) * s),
        14,
        fill="#fbfbf7",
        outline="#d8d8d2",
        width=2,
    )
    desk.fill(desk.number)
    return desk.out()


def raised_line(paper: Paper, rng: random.Random) -> Image.Image:
    """The number a whole line above its blank."""
    desk = Desk(paper, rng)
    desk.fill(desk.day)
    desk.fill(desk.number, raised=9)
    return desk.out()


def behind_symbol(paper: Paper, rng: random.Random) -> Image.Image:
    """The number written behind the symbol, for the blank was too narrow."""
    desk = Desk(paper, rng)
    desk.fill(desk.day)
    run = desk.number
    desk.write(run.filled, run.x + run.face.width(run.text, run.size) + 4, run.y, run.size)
    return desk.out()


def symbol_by_hand(paper: Paper, rng: random.Random) -> Image.Image:
    """Only ``Số:`` is printed; number and symbol are the pen's."""
    desk = Desk(paper, rng)
    desk.fill(desk.day)
    run, s = desk.number, desk.scale
    x = run.blank[0]
    end = run.x + run.face.width(run.text, run.size)
    ink = ImageDraw.Draw(desk.picture)
    ink.rectangle((x * s, (run.y - run.size) * s, (end + 2) * s, (run.y + 4) * s), fill="white")
    desk.hand.big *= 0.8
    desk.write(paper.number, x + 3, run.y, run.size)
    return desk.out()


def dotted_thousand(paper: Paper, rng: random.Random) -> Image.Image:
    """A number of four figures, close to the stroke."""
    desk = Desk(paper, rng)
    desk.fill(desk.day)
    x, wide = desk.number.blank
    end = x + wide - desk.hand.width(desk.number.filled, desk.number.size) - 1
    desk.write(desk.number.filled, end, desk.number.y, desk.number.size)
    return desk.out()


def _boxed_stamp(desk: Desk, words: str, at: tuple[int, int], colour: str, size: int = 44) -> None:
    font = _font(size)
    wide = round(font.getlength(words)) + 40
    tile = Image.new("L", (wide, size + 34), 0)
    ink = ImageDraw.Draw(tile)
    ink.rectangle((2, 2, wide - 3, size + 31), outline=230, width=5)
    ink.text((20, 8), words, fill=230, font=font)
    turned = tile.rotate(desk.rng.uniform(-5, 5), Image.Resampling.BICUBIC, expand=True)
    desk.picture = _inked(desk.picture, turned, at, colour)


def secret(paper: Paper, rng: random.Random) -> Image.Image:
    """A red stamp MẬT below the number."""
    desk = Desk(paper, rng).both()
    _boxed_stamp(desk, "MẬT", (330, 410), RED)
    return desk.out()


def urgent(paper: Paper, rng: random.Random) -> Image.Image:
    """A red stamp HỎA TỐC over the number's right end and below."""
    desk = Desk(paper, rng).both()
    run = desk.number
    _boxed_stamp(
        desk, "HỎA TỐC", (round((run.x + 40) * desk.scale), round((run.y + 2) * desk.scale)), RED, 34
    )
    return desk.out()


def copy_stamp(paper: Paper, rng: random.Random) -> Image.Image:
    """A black stamp BẢN SAO and ``Sao y: 212/SY-UBND`` above the head, of another day."""
    desk = Desk(paper, rng).both()
    tile = _boxed(("BẢN SAO Y", "Số: 212/SY-UBND", "ngày 30/12/2025"), 330, 22)
    desk.picture = _inked(desk.picture, tile.rotate(3, expand=True), (620, 8), "#26262c")
    return desk.out()


def initialled(paper: Paper, rng: random.Random) -> Image.Image:
    """Small initials beside the number, the signer's name and the body's end."""
    desk = Desk(paper, rng).both()
    run = desk.number
    desk.initials(run.x + run.face.width(run.text, run.size) + 6, run.y)
    name = next(r for r in reversed(desk.sheet.runs) if r.text == paper.signer)
    desk.initials(name.x + name.face.width(name.text, name.size) + 5, name.y)
    return grain(signed(desk.picture, paper, rng, 200, RED, BLUE), rng, 8)


def by_machine(paper: Paper, rng: random.Random, colour: str = RED) -> Image.Image:
    """The number by a numbering machine in red, the day by a rubber stamp."""
    desk = Desk(paper, rng, colour)
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf", 36)
    ink = ImageDraw.Draw(desk.picture)
    for run in (desk.number, desk.day):
        x, wide = run.blank
        left = x * desk.scale + (wide * desk.scale - font.getlength(run.filled)) / 2
        for place, digit in enumerate(run.filled):
            up = rng.randrange(-3, 4)
            ink.text((left + place * 22, run.y * desk.scale + up), digit, fill=colour, font=font, anchor="ls")
    return desk.out()


def by_violet_machine(paper: Paper, rng: random.Random) -> Image.Image:
    """The same in violet."""
    return by_machine(paper, rng, VIOLET)


def stamped_day(paper: Paper, rng: random.Random) -> Image.Image:
    """A date stamp ``11 -08- 2025`` over the printed blanks of day, month and year."""
    desk = Desk(paper, rng)
    desk.fill(desk.number)
    run, s = desk.day, desk.scale
    ink = ImageDraw.Draw(desk.picture)
    head = run.text[: run.text.index("ngày") + 4]
    x = run.x + run.face.width(head, run.size)
    end = run.x + run.face.width(run.text, run.size)
    ink.rectangle((x * s, (run.y - run.size) * s, (end + 3) * s, (run.y + 4) * s), fill="white")
    year, month, day = paper.date.split("-")
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf", 34)
    ink.text(((x + 5) * s, (run.y + 1) * s), f"{day} -{month}- {year}", fill=BLUE, font=font, anchor="ls")
    return desk.out()


def _named(paper: Paper, rng: random.Random, colour: str, **how: Any) -> Image.Image:
    """The signer's name by a stamp instead of print."""
    desk = Desk(paper, rng).both()
    name = next(r for r in reversed(desk.sheet.runs) if r.text == paper.signer)
    s = desk.scale
    wide = name.face.width(name.text, name.size)
    ink = ImageDraw.Draw(desk.picture)
    ink.rectangle(
        ((name.x - 1) * s, (name.y - 12) * s, (name.x + wide + 2) * s, (name.y + 5) * s), fill="white"
    )
    tile = Image.new("L", (round(wide * s * 1.2), 60), 0)
    ImageDraw.Draw(tile).text((8, 6), paper.signer, fill=225, font=_font(38))
    turned = tile.rotate(rng.uniform(-3, 3), Image.Resampling.BICUBIC, expand=True)
    at = round((name.x - 6) * s), round((name.y - 15) * s)
    desk.picture = _inked(desk.picture, turned, at, colour)
    return grain(signed(desk.picture, paper, rng, 200, RED, BLUE), rng, 8)


def name_in_red(paper: Paper, rng: random.Random) -> Image.Image:
    """The signer's name by a red stamp."""
    return _named(paper, rng, RED)


def name_in_blue(paper: Paper, rng: random.Random) -> Image.Image:
    """By a blue one."""
    return _named(paper, rng, "#2438a8")


def _crossed(paper: Paper, rng: random.Random, pen: str, *, grey: bool) -> Image.Image:
    """A signature that runs right through the name, the seal over both."""
    desk = Desk(paper, rng, BLACK if grey else BLUE).both()
    name = next(r for r in reversed(desk.sheet.runs) if r.text == paper.signer)
    s, wide = desk.scale, name.face.width(name.text, name.size)
    picture = _inked(
        desk.picture,
        _round(round(44 * s)),
        (round((name.x - 30) * s), round((name.y - 66) * s)),
        "#777" if grey else RED,
    )
    ink = ImageDraw.Draw(picture)
    points = [
        (
            (name.x - 8 + t * (wide + 20) / 60) * s,
            (name.y - 5 + rng.uniform(-1, 1) + 7 * ((t % 12) / 6 - 1) * (t < 40)) * s,
        )
        for t in range(60)
    ]
    ink.line(points, fill=pen, width=3, joint="curve")
    return grain(picture.convert("L") if grey else picture, rng, 8)


def crossed_blue(paper: Paper, rng: random.Random) -> Image.Image:
    """In blue, the seal red."""
    return _crossed(paper, rng, BLUE, grey=False)


def crossed_grey(paper: Paper, rng: random.Random) -> Image.Image:
    """Copied: all grey."""
    return _crossed(paper, rng, "#333333", grey=True)


def grey_seal_number(paper: Paper, rng: random.Random) -> Image.Image:
    """Copied: the office's seal grey over the written number."""
    desk = Desk(paper, rng, BLACK).both()
    at = round(desk.number.x * desk.scale) - 60, round(desk.number.y * desk.scale) - 180
    return grain(_inked(desk.picture, _round(150), at, "#8a8a8a").convert("L"), rng, 8)


def punched_number(paper: Paper, rng: random.Random) -> Image.Image:
    """A file's thread: holes through the number's line, a staple at the corner."""
    desk = Desk(paper, rng).both()
    ink, s = ImageDraw.Draw(desk.picture), desk.scale
    for x in (desk.number.x - 16, desk.number.x + 2):
        y = (desk.number.y - 5) * s
        ink.ellipse((x * s - 15, y - 15, x * s + 15, y + 15), fill="#161616")
    ink.line((90, 70, 150, 130), fill="#666", width=7)
    return desk.out()


def carbon_hand(paper: Paper, rng: random.Random) -> Image.Image:
    """A carbon copy, written through it too: all soft and blue."""
    picture = Desk(paper, rng, BLACK).both().picture.convert("L").filter(ImageFilter.GaussianBlur(1.6))
    picture = picture.point([min(255, 75 + value * 3 // 4) for value in range(256)])
    from strange.pictures import tinted

    return grain(tinted(picture, "#1c2b8c", "#efe6cf"), rng, 18)


def hand_through(paper: Paper, rng: random.Random) -> Image.Image:
    """Thin paper: the writing of its back shines through over the number and the day, mirrored."""
    desk = Desk(paper, rng).both()
    back = Desk(rng.choice([p for p in bank() if p.form == "state"]), rng)
    for y in range(150, 330, 26):
        back.write(str(rng.randrange(10**8, 10**9)), rng.uniform(40, 300), y, 13)
    shine = back.picture.convert("L").filter(ImageFilter.GaussianBlur(1.2))
    shine = shine.point([185 + value * 70 // 255 for value in range(256)]).transpose(
        Image.Transpose.FLIP_LEFT_RIGHT
    )
    return grain(ImageChops.multiply(desk.picture, Image.merge("RGB", [shine] * 3)), rng, 8)


def coffee(paper: Paper, rng: random.Random) -> Image.Image:
    """A cup's brown ring over the number."""
    desk = Desk(paper, rng).both()
    tile = Image.new("L", (430, 430), 0)
    ImageDraw.Draw(tile).ellipse((20, 20, 410, 410), outline=150, width=22)
    at = round((desk.number.x + 20) * desk.scale), round((desk.number.y - 60) * desk.scale)
    desk.picture = _inked(desk.picture, tile.filter(ImageFilter.GaussianBlur(3)), at, "#b78a4d")
    return desk.out()


def taped(paper: Paper, rng: random.Random) -> Image.Image:
    """Yellow tape across the title, a tear below it."""
    desk = Desk(paper, rng).both()
    ink = ImageDraw.Draw(over := Image.new("RGB", desk.picture.size, "white"))
    wide, y = over.width, round(over.height * 0.2)
    ink.polygon([(0, y), (wide, y - 40), (wide, y + 50), (0, y + 90)], fill="#e9d48f")
    ink.line((0, y + 45, wide, y + 5), fill="#b9a878", width=3)
    desk.picture = ImageChops.multiply(desk.picture, over)
    return desk.out()


def crumpled(paper: Paper, rng: random.Random) -> Image.Image:
    """Crumpled and smoothed: every piece of it shifted a little, lit unevenly."""
    desk = Desk(paper, rng).both()
    wide, high = desk.picture.size
    shifts = {(i, j): (rng.uniform(-4, 4), rng.uniform(-4, 4)) for i in range(-1, 40) for j in range(-1, 50)}

    def crease(x: float, y: float) -> tuple[float, float]:
        dx, dy = shifts[int(x) // 96, int(y) // 96]
        return x + dx, y + dy

    light = Image.new("L", (12, 17))
    light.putdata([rng.randrange(195, 256) for _ in range(12 * 17)])
    shade = light.resize((wide, high), Image.Resampling.BICUBIC)
    return grain(ImageChops.multiply(bent(desk.picture, crease), Image.merge("RGB", [shade] * 3)), rng, 8)


def e_signed(paper: Paper, rng: random.Random) -> Image.Image:
    """Printed and scanned again: the e-office's line at the top, its strip at the edge."""
    desk = Desk(paper, rng, BLACK).both()
    ink, small = ImageDraw.Draw(desk.picture), _font(20, bold=False)
    ink.text((900, 24), "VĂN THƯ; 02/12/2025 08:12:44; số đến 4571", fill="#333", font=small)
    strip = Image.new("L", (1200, 30), 0)
    ImageDraw.Draw(strip).text(
        (2, 2), "Người ký: Văn phòng; Thời gian ký: 02/12/2025 08:10:13 +07:00", fill=210, font=small
    )
    desk.picture = _inked(desk.picture, strip.rotate(90, expand=True), (30, 500), "#333333")
    return desk.out()


def lettered(paper: Paper, rng: random.Random) -> Image.Image:
    """The number has a letter: ``45a``."""
    desk = Desk(paper, rng)
    desk.fill(desk.day)
    desk.fill(desk.number, desk.number.filled + "a")
    return desk.out()


WAYS: dict[str, Take] = {
    "c-plain": plain, "c-struck": struck_beside, "c-day-struck": day_struck, "c-first-over": first_over,
    "c-day-over": day_over, "c-whitened": whitened, "c-raised": raised_line, "c-behind": behind_symbol,
    "c-symbol": symbol_by_hand, "c-close": dotted_thousand, "c-secret": secret, "c-urgent": urgent,
    "c-copy-stamp": copy_stamp, "c-initialled": initialled, "c-machine-red": by_machine,
    "c-machine-violet": by_violet_machine, "c-stamped-day": stamped_day, "c-name-red": name_in_red,
    "c-name-blue": name_in_blue, "c-crossed-blue": crossed_blue, "c-crossed-grey": crossed_grey,
    "c-grey-seal-number": grey_seal_number, "c-punched-number": punched_number, "c-carbon-hand": carbon_hand,
    "c-hand-through": hand_through, "c-coffee": coffee, "c-taped": taped, "c-crumpled": crumpled,
    "c-e-signed": e_signed, "c-lettered": lettered,
}  # fmt: skip


def true_of(paper: Paper, way: str, ordinal: int = 1) -> dict[str, object]:
    """What is true of a paper filled in one of the ways."""
    number = re.sub(r"^\d+", r"\g<0>a", paper.number) if way == "c-lettered" else paper.number
    return {**replace(paper, number=number).truth, "ordinal": ordinal}
