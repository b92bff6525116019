"""Scans of papers whose number and day clerks wrote by strokes of a pen (strange/strokes.py).

On dots, across them, hard by the stroke, over it; each in a scan of its own: dots an inch, JPEG, skew, the
back shining through, a red seal and a blue signature over the signer's name, a receiver's stamp at the head.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps
from strange.handwriting import drawn, sheet_of, signed
from strange.papers import Paper, bank
from strange.pictures import grain
from strange.seals import _boxed, _inked
from strange.strokes import Writer

from dossier.demo.typeset import SetText

BLUES, BLACKS, REDS = ("#1d3a9e", "#2d52c4", "#10246b"), ("#22242c", "#3a3d48"), ("#c4202e", "#d6394a")
RED, BLUE = "#cf2231", "#1f34a0"


def in_register(paper: Paper, rng: random.Random, digits: int) -> Paper:
    """The paper with a number of so many digits and a day, as one register of its office gives them."""
    year = int(paper.date[:4])
    day_of_year = rng.randint(9, 360)
    whole = {1: 0.026, 2: 0.27, 3: 2.7, 4: 27.0}[digits]
    number = max(1, int(day_of_year * whole) + (rng.randint(0, 9) if digits > 2 else 0))
    day = date.fromordinal(date(year, 1, 1).toordinal() + day_of_year)
    shown = f"{number:02d}"
    return replace(paper, number=re.sub(r"^\d+", shown, paper.number), date=day.isoformat())


@dataclass(frozen=True)
class Way:
    """How the clerk writes, and how the page is scanned.

    ``place``: ``plain``, ``on`` dots, ``across`` them, ``above`` or ``below`` them, ``stroke`` (into the
    printed stroke), ``label`` (into ``Số:``); ``months``, ``year``: the month, the last digit too.
    """

    digits: int = 2
    place: str = "plain"
    inks: tuple[str, ...] = BLUES
    tall: float = 1.5
    wide: float = 1.0
    dpi: int = 200
    quality: int = 60
    mode: str = "RGB"
    skew: float = 0.0
    behind: bool = False
    sealed: bool = True
    arrived: str = ""
    months: bool = False
    year: bool = False
    pdf: bool = False
    narrow: bool = False


WAYS: dict[str, Way] = {
    "n-plain-1": Way(1),
    "n-plain-2": Way(2, dpi=300, pdf=True),
    "n-plain-3": Way(3, inks=BLACKS, dpi=150, quality=50),
    "n-plain-4": Way(4, dpi=200, pdf=True),
    "n-thin": Way(2, wide=0.6, dpi=200, quality=45, inks=BLACKS),
    "n-thick": Way(2, wide=1.7, tall=1.7, dpi=200),
    "n-red": Way(2, inks=REDS, dpi=200),
    "n-dots-on": Way(2, "on", dpi=200, pdf=True),
    "n-dots-across": Way(3, "across", dpi=300),
    "n-dots-above": Way(2, "above", dpi=200),
    "n-dots-below": Way(2, "below", dpi=200),
    "n-stroke": Way(3, "stroke", dpi=200),
    "n-label": Way(3, "label", dpi=200, inks=BLACKS),
    "n-narrow": Way(3, narrow=True, dpi=200, tall=1.3),
    "n-grey": Way(2, mode="L", dpi=200, inks=BLACKS, quality=40),
    "n-bilevel": Way(2, mode="1", dpi=300, pdf=True),
    "n-jpeg-30": Way(3, dpi=150, quality=30, skew=0.8),
    "n-skew": Way(2, dpi=200, skew=2.2),
    "n-behind": Way(2, dpi=200, behind=True, quality=55),
    "n-months": Way(2, months=True, dpi=200),
    "n-year": Way(2, months=True, year=True, dpi=200),
    "n-arrived-between": Way(2, arrived="between", dpi=200, pdf=True),
    "n-arrived-left": Way(3, arrived="left", dpi=200),
    "n-arrived-below": Way(3, arrived="below", dpi=200, skew=0.7),
    "n-large": Way(2, tall=2.1, dpi=200),
    "n-small": Way(4, tall=1.1, dpi=200, quality=55),
    "n-dots-black": Way(3, "on", inks=BLACKS, mode="L", dpi=150, quality=50),
    "n-grey-dots": Way(1, "on", inks=BLACKS, mode="L", dpi=200, pdf=True),
}


def _dots(ink: ImageDraw.ImageDraw, x: float, wide: float, y: float, scale: float) -> None:
    r = max(1.0, 0.42 * scale)
    for at in range(int(x), int(x + wide - 1), 3):
        cx, cy = at * scale, (y - 0.6) * scale
        ink.ellipse((cx - r, cy - r, cx + r, cy + r), fill=40)


def _by_pen(picture: Image.Image, run: SetText, way: Way, writer: Writer, scale: float) -> None:
    """A run's open blanks filled, its month and year too if the way says so."""
    x, wide = run.blank
    number = "tháng" not in run.text
    raised = {"above": 3.5, "below": -5.0, "across": -1.5, "on": 0.5}.get(way.place, 0.0)
    long = writer.width(run.filled, run.size)
    start = x + max(0.5, (wide - long) / 2)
    if number and way.place == "stroke":
        start = x + wide - long + 4.5
    if number and way.place == "label":
        start = x - 5
    if way.place in ("on", "across", "above", "below"):
        _dots(ImageDraw.Draw(picture), x, wide, run.y, scale)
    if not number and (way.months or way.year):
        _open_month(picture, run, way, writer, scale)
    writer.write(picture, run.filled, start, run.y - raised, run.size, scale)


def _open_month(picture: Image.Image, run: SetText, way: Way, writer: Writer, scale: float) -> None:
    """Paint over the printed month (and the year's last digit), write them."""
    ink = ImageDraw.Draw(picture)
    before, _found, after = run.text.partition("tháng ")
    month = after.split()[0]
    spots = [(before + "tháng ", month)]
    if way.year:
        spots.append((run.text[:-1], run.text[-1]))
    for text, written in spots:
        x = run.x + run.face.width(text, run.size)
        end = x + run.face.width(written, run.size)
        ink.rectangle((x * scale, (run.y - run.size) * scale, end * scale, (run.y + 3) * scale), fill="white")
        long = writer.width(written, run.size)
        writer.write(picture, written, (x + end - long) / 2, run.y, run.size, scale)


def _received(picture: Image.Image, way: Way, rng: random.Random, scale: float) -> Image.Image:
    """The receiver's stamp beside the head, filled in by another clerk."""
    said = ("VĂN THƯ ĐẾN", "Số: ...............", "Ngày: .../.../20...", "Chuyển: ..........")
    size = round(9 * scale)
    tile = _boxed(said, round(112 * scale), size).convert("RGB")
    other = Writer(rng, "#ffffff", 0.8, 1.3)
    other.write(tile, str(rng.randint(11, 1900)), 30, 2 * size / scale + 6, 9, scale)
    other.write(tile, f"{rng.randint(1, 28):02d}", 33, 3 * size / scale + 10, 8, scale)
    ink = tile.convert("L").rotate(rng.uniform(-5, 5), Image.Resampling.BICUBIC, expand=True)
    at = {"between": (232, 30), "left": (12, 8), "below": (60, 152)}[way.arrived]
    return _inked(picture, ink, (round(at[0] * scale), round(at[1] * scale)), rng.choice((RED, BLUE, "#333")))


def page(paper: Paper, rng: random.Random, way: Way) -> Image.Image:
    """The page written, signed, sealed and scanned."""
    sheet, scale = sheet_of(paper, narrow=way.narrow), way.dpi / 72
    picture = drawn(sheet, way.dpi).convert("RGB")
    writer = Writer(rng, rng.choice(way.inks), way.wide, way.tall)
    for run in sheet.runs:
        if run.filled:
            _by_pen(picture, run, way, writer, scale)
    if way.sealed:
        picture = signed(picture, paper, rng, way.dpi, RED, BLUE)
    if way.arrived:
        picture = _received(picture, way, rng, scale)
    if way.behind:
        back = ImageOps.mirror(drawn(sheet_of(rng.choice(bank())), way.dpi)).filter(
            ImageFilter.GaussianBlur(1.6)
        )
        back = back.point([205 + value * 50 // 255 for value in range(256)])
        picture = ImageChops.multiply(picture, Image.merge("RGB", [back] * 3))
    lean = way.skew * rng.choice((-1, 1)) + rng.uniform(-0.25, 0.25)
    picture = picture.rotate(lean, Image.Resampling.BICUBIC, fillcolor="#fbfaf7")
    picture = grain(picture.filter(ImageFilter.GaussianBlur(way.dpi / 400)), rng, 10)
    if way.mode == "1":
        return picture.convert("L").point([255 * (value > 150) for value in range(256)]).convert("1")
    return picture.convert(way.mode)


def _saved(picture: Image.Image, way: Way) -> bytes:
    out = io.BytesIO()
    if way.mode == "1":
        picture.save(out, "PDF", resolution=way.dpi)
        return out.getvalue()
    picture.save(
        out, "PDF" if way.pdf else "JPEG", quality=way.quality, resolution=way.dpi, dpi=(way.dpi, way.dpi)
    )
    return out.getvalue()


def papers(count: int, only: set[str]) -> Iterator[tuple[str, str, bytes, list[dict[str, object]]]]:
    """Way, file's name, the file, what is true of its papers: ``count`` files in each way."""
    known = bank("papers_of_provinces")
    for place, (name, way) in enumerate(WAYS.items()):
        for turn in range(count if not only or name in only else 0):
            rng = random.Random(f"pens {name} {turn}")
            paper = in_register(known[(place * 2 + turn * 7) % len(known)], rng, way.digits)
            data = _saved(page(paper, rng, way), way)
            yield name, f"{turn + 1}.{'pdf' if way.pdf or way.mode == '1' else 'jpg'}", data, [paper.truth]
