"""Scans filled in by other hands than the sample archive's, as real ones come; each has its own figures."""

from __future__ import annotations

import io
import math
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps
from strange.handwriting import BLACK, BLUE, RED, Hand, drawn, faces, filled, other, sheet_of, signed
from strange.papers import Paper, bank
from strange.pictures import bent, grain, tinted
from strange.scanners import _fax, _file
from strange.seals import _boxed, _font, _inked, _round

from dossier.demo.printing import BLANK
from dossier.demo.typeset import HEIGHT, WIDTH

_FINE = 200 / 72


def hand_blue(paper: Paper, rng: random.Random) -> Image.Image:
    """A good colour scan, blue ink, signed and sealed."""
    return grain(signed(filled(paper, rng, BLUE), paper, rng, 200, RED, BLUE), rng, 8)


def hand_grey(paper: Paper, rng: random.Random) -> Image.Image:
    """The same in grey at 150 dots."""
    return grain(filled(paper, rng, dpi=150), rng, 10).convert("L")


def hand_red(paper: Paper, rng: random.Random) -> Image.Image:
    """Number and day by a red ball pen."""
    return grain(signed(filled(paper, rng, RED), paper, rng, 200, RED, BLUE), rng, 8)


def hand_dots(paper: Paper, rng: random.Random) -> Image.Image:
    """On the dots of a form."""
    return grain(filled(paper, rng, BLUE, dots=True, raised=rng.choice((1.0, 0.0, -1.5))), rng, 8)


def hand_low(paper: Paper, rng: random.Random) -> Image.Image:
    """Half a line too low."""
    return grain(filled(paper, rng, BLUE, raised=-5), rng, 8)


def hand_big(paper: Paper, rng: random.Random) -> Image.Image:
    """Large figures that touch what stands around them."""
    return grain(filled(paper, rng, BLUE, big=1.45, narrow=True), rng, 8)


def _opened(paper: Paper, rng: random.Random, *, year: bool) -> Image.Image:
    """The day's line as a form has it; day and month (``year``: and the year's last figures) by hand."""
    sheet = sheet_of(paper)
    place = next(at for at, run in enumerate(sheet.runs) if "tháng" in run.text)
    run, (stood, month, day) = sheet.runs[place], paper.date.split("-")
    room = BLANK * 7
    last = (" năm 20", stood[2:]) if year else (f" năm {stood}", "")
    said = [(f"{paper.place}, ngày", day), (" tháng", month), last]
    x = run.x - 25
    sheet.runs.pop(place)
    spots = []
    for words, by_hand in said:
        sheet.runs.append(replace(run, x=x, text=words, filled=""))
        x += run.face.width(words, run.size)
        if by_hand:
            spots.append((x, by_hand))
            x += run.face.width(room, run.size)
    picture, scale, hand = drawn(sheet, 200).convert("RGB"), 200 / 72, Hand(rng, BLUE)
    ink = ImageDraw.Draw(picture)
    for x, digits in spots:
        wide = run.face.width(room, run.size)
        for at in range(int(x * scale), int((x + wide) * scale), 8):
            ink.ellipse((at, run.y * scale - 1, at + 2, run.y * scale + 1), fill="#333")
        start = x + max(1, (wide - hand.width(digits, run.size)) / 2)
        hand.write(picture, digits, start, run.y - 1, run.size, scale)
    number = next(run for run in sheet.runs if run.filled)
    hand.fill(picture, number, number.filled, scale)
    return grain(picture, rng, 8)


def month_open(paper: Paper, rng: random.Random) -> Image.Image:
    """Day and month over dots, the year printed."""
    return _opened(paper, rng, year=False)


def year_open(paper: Paper, rng: random.Random) -> Image.Image:
    """``năm 20`` printed, its last figures by hand."""
    return _opened(paper, rng, year=True)


def number_open(paper: Paper, rng: random.Random) -> Image.Image:
    """The day is written, the number never was."""
    return grain(filled(paper, rng, BLUE, skip="number", dots=rng.random() < 0.5), rng, 8)


def day_open(paper: Paper, rng: random.Random) -> Image.Image:
    """The number is written, the day never was."""
    return grain(filled(paper, rng, BLUE, skip="day", dots=rng.random() < 0.5), rng, 8)


def corrected(paper: Paper, rng: random.Random) -> Image.Image:
    """The last figure of the number written over another one."""
    dpi, sheet = 200, sheet_of(paper)
    picture, scale, hand = drawn(sheet, dpi).convert("RGB"), dpi / 72, Hand(rng, BLUE)
    for run in sheet.runs:
        if run.filled:
            x, wide = run.blank
            start = x + max(1, (wide - hand.width(run.filled, run.size)) / 2)
            end = hand.write(picture, run.filled[:-1], start, run.y, run.size, scale)
            if "tháng" not in run.text:
                wrong = rng.choice([d for d in "23456789" if d != run.filled[-1]])
                hand.write(picture, wrong, end, run.y, run.size, scale)
            hand.write(picture, run.filled[-1], end, run.y, run.size, scale)
    return grain(picture, rng, 8)


def telephone(paper: Paper, rng: random.Random) -> Image.Image:
    """A telephone's photograph: a slant, stripes of a blind's shadow, warm light."""
    sheet = tinted(filled(paper, rng, dpi=200), "#2b2724", "#f3e8d2")
    wide, high = sheet.size
    desk = Image.new("RGB", (round(wide * 1.14), round(high * 1.1)), "#6b5846")
    desk.paste(sheet, (round(wide * 0.07), round(high * 0.05)))
    light = Image.new("L", (desk.width // 4, desk.height // 4), 255)
    ink = ImageDraw.Draw(light)
    for at in range(-light.width, light.height, rng.randrange(50, 90)):
        shade, wide_shade = rng.randrange(120, 190), rng.randrange(12, 30)
        ink.line((0, at, light.width, at + light.width // 2), fill=shade, width=wide_shade)
    light = light.filter(ImageFilter.GaussianBlur(4)).resize(desk.size)
    lit = ImageChops.multiply(desk, Image.merge("RGB", [light] * 3))
    lean = rng.choice((-1, 1)) * rng.uniform(0.02, 0.05)

    def view(x: float, y: float) -> tuple[float, float]:
        middle = desk.width / 2
        return middle + (x - middle) / (1 - 0.1 * (1 - y / desk.height)), y + lean * (x - middle)

    return grain(bent(lit, view, "#6b5846"), rng)


def folded(paper: Paper, rng: random.Random) -> Image.Image:
    """Folded in four and opened: ridges with a lit and a shaded side, one of them near the head."""
    picture = filled(paper, rng, BLUE)
    wide, high = picture.size
    shade = Image.new("L", picture.size, 255)
    ink = ImageDraw.Draw(shade)
    for y in (round(high * rng.uniform(0.12, 0.17)), high // 2, round(high * 0.76)):
        ink.rectangle((0, y, wide, y + 26), fill=205)
        ink.line((0, y, wide, y + rng.randrange(-4, 4)), fill=130, width=3)
    ink.rectangle((wide // 2, 0, wide // 2 + 20, high), fill=215)
    shade = shade.filter(ImageFilter.GaussianBlur(3))
    return grain(ImageChops.multiply(picture, Image.merge("RGB", [shade] * 3)), rng)


def thresholded(paper: Paper, rng: random.Random) -> Image.Image:
    """Black and white at 200 dots with specks, its thin strokes broken."""
    picture = grain(filled(paper, rng, BLUE, dpi=200).convert("L"), rng, 60)
    return picture.point([255 * (value > 125) for value in range(256)])


def coarse_hand(paper: Paper, rng: random.Random) -> Image.Image:
    """100 dots an inch."""
    picture = filled(paper, rng, BLUE, dpi=200)
    return grain(picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX), rng, 8)


def fine_hand(paper: Paper, rng: random.Random) -> Image.Image:
    """400 dots an inch."""
    return grain(filled(paper, rng, BLUE, dpi=400), rng, 8)


def pressed_hand(paper: Paper, rng: random.Random) -> Image.Image:
    """JPEG of quality 20, twice."""
    picture = grain(signed(filled(paper, rng, BLUE, dpi=150), paper, rng, 150, RED, BLUE), rng)
    for quality in (35, 20):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality)
        picture = Image.open(out).convert("RGB")
    return picture


def old_paper(paper: Paper, rng: random.Random) -> Image.Image:
    """Brown paper, the back's print through it."""
    picture = filled(paper, rng, BLACK)
    back = ImageOps.mirror(drawn(sheet_of(other(rng.choice(bank()), rng)), 200))
    back = back.filter(ImageFilter.GaussianBlur(2))
    back = back.point([190 + value * 65 // 255 for value in range(256)])
    picture = ImageChops.multiply(picture, Image.merge("RGB", [back] * 3))
    return grain(ImageChops.multiply(picture, Image.new("RGB", picture.size, "#e2cc9c")), rng, 18)


def worn(paper: Paper, rng: random.Random) -> Image.Image:
    """Holes of a punch, a staple with its shadow, black rims, laid three to seven degrees askew."""
    picture = signed(filled(paper, rng, BLUE), paper, rng, 200, RED, BLUE)
    ink = ImageDraw.Draw(picture)
    for y in (picture.height // 2 - 220, picture.height // 2 + 220):
        ink.ellipse((30, y - 24, 78, y + 24), fill="#181818")
    ink.line((90, 60, 150, 110), fill="#555", width=7)
    turned = picture.rotate(
        rng.choice((-1, 1)) * rng.uniform(3, 7), Image.Resampling.BICUBIC, expand=True, fillcolor="#141414"
    )
    return grain(turned, rng)


def seal_on_number(paper: Paper, rng: random.Random) -> Image.Image:
    """The office's round seal over issuer and written number."""
    return grain(_inked(filled(paper, rng, BLUE), _round(150), (230, 160), RED), rng, 8)


def grey_signed(paper: Paper, rng: random.Random) -> Image.Image:
    """A copy: seal and signature as dark as the name that they lie on."""
    return grain(signed(filled(paper, rng), paper, rng, 200, "#686868", "#333"), rng, 8).convert("L")


def black_signed(paper: Paper, rng: random.Random) -> Image.Image:
    """The copy in black and white."""
    return grey_signed(paper, rng).point([255 * (value > 120) for value in range(256)])


def _arrived(paper: Paper, rng: random.Random, colour: str, at: tuple[int, int]) -> Image.Image:
    picture = filled(paper, rng, BLUE)
    said = ("CÔNG VĂN ĐẾN", "Số: .................", "Ngày ....../....../20.....", "Chuyển: .............")
    tile = _boxed(said, 330, 25).convert("RGB")
    hand, grown = Hand(rng, "#ffffff"), 25 / 12
    hand.write(tile, str(rng.randint(10, 1999)), 65 / grown, 62 / grown, 10, grown)
    day = f"{rng.randint(1, 28):02d}", f"{rng.randint(1, 12):02d}", "25"
    for x, digits in zip((80, 138, 226), day, strict=True):
        hand.write(tile, digits, x / grown, 96 / grown, 9, grown)
    tile_l = tile.convert("L").rotate(rng.uniform(-6, 6), expand=True, resample=Image.Resampling.BICUBIC)
    return grain(_inked(picture, tile_l, at, colour), rng, 8)


def arrived_head(paper: Paper, rng: random.Random) -> Image.Image:
    """The receiver's black stamp, filled in by hand, over the head's left column."""
    return _arrived(paper, rng, "#2c2c30", (40, 20))


def arrived_day(paper: Paper, rng: random.Random) -> Image.Image:
    """Red, right below the day."""
    return _arrived(paper, rng, RED, (1150, 345))


def arrived_number(paper: Paper, rng: random.Random) -> Image.Image:
    """Blue, right below the number."""
    return _arrived(paper, rng, "#4a3fa0", (150, 350))


def true_copy(paper: Paper, rng: random.Random) -> Image.Image:
    """A copy with a stamp SAO Y at the foot, its own number and day by hand."""
    picture = filled(paper, rng, BLACK)
    said = ("SAO Y BẢN CHÍNH", "Số chứng thực: ........... /SCT", "Ngày ..... tháng ..... năm 2026")
    tile = _boxed(said, 560, 27)
    tile_rgb, hand, grown = tile.convert("RGB"), Hand(rng, "#ffffff"), 27 / 12
    hand.write(tile_rgb, str(rng.randint(100, 3999)), 225 / grown, 70 / grown, 10, grown)
    hand.write(tile_rgb, f"{rng.randint(1, 28):02d}", 78 / grown, 106 / grown, 9, grown)
    hand.write(tile_rgb, f"{rng.randint(1, 12):02d}", 245 / grown, 106 / grown, 9, grown)
    return grain(_inked(picture, tile_rgb.convert("L"), (130, picture.height - 260), RED), rng, 8)


def watermark(paper: Paper, rng: random.Random) -> Image.Image:
    """Large pale letters across the page."""
    picture = filled(paper, rng, BLUE)
    tile = Image.new("L", picture.size, 0)
    middle, high = picture.width // 2, picture.height
    ImageDraw.Draw(tile).text((middle, high // 4), "BẢN SAO LƯU", fill=255, font=_font(190), anchor="mm")
    return grain(_inked(picture, tile.rotate(30, center=(middle, high // 3)), (0, 0), "#c9c9c9"), rng, 8)


def streaked(paper: Paper, rng: random.Random) -> Image.Image:
    """Streaks of a dirty feeder, dark and coloured, all down the page."""
    picture = filled(paper, rng, BLUE)
    ink = ImageDraw.Draw(picture)
    for _streak in range(9):
        x = rng.randrange(60, picture.width - 60)
        colour = rng.choice(("#444", "#8a8", "#a66", "#66a"))
        ink.line((x, 0, x, picture.height), fill=colour, width=rng.choice((1, 2, 3)))
    return grain(picture, rng, 8)


def overturned_hand(paper: Paper, rng: random.Random) -> Image.Image:
    """Upside down."""
    return hand_blue(paper, rng).transpose(Image.Transpose.ROTATE_180)


def sideways_hand(paper: Paper, rng: random.Random) -> Image.Image:
    """Lying on its side."""
    return hand_blue(paper, rng).transpose(Image.Transpose.ROTATE_270)


def patterned(paper: Paper, rng: random.Random) -> Image.Image:
    """On a form with a pale pattern of waves."""
    picture = filled(paper, rng, BLUE, dots=True)
    under = Image.new("RGB", picture.size, "#fffdf5")
    ink = ImageDraw.Draw(under)
    for y in range(0, picture.height, 14):
        wave = [(x, y + 9 * math.sin(x / 37 + y / 90)) for x in range(0, picture.width, 6)]
        ink.line(wave, fill="#e9c9a4", width=2)
    return grain(ImageChops.multiply(picture, under), rng, 8)


def needles(paper: Paper, rng: random.Random) -> Image.Image:
    """Printed by needles on a worn ribbon, figures by hand."""
    sheet = sheet_of(paper)
    printed = drawn(sheet, 144)
    dots = Image.new("L", printed.size, 255)
    ink = ImageDraw.Draw(dots)
    dark = printed.resize((printed.width // 2, printed.height // 2), Image.Resampling.BOX)
    pixels = dark.load()
    assert pixels is not None
    for y in range(dark.height):
        for x in range(dark.width):
            if pixels[x, y] < 150:
                ink.ellipse((2 * x - 0.4, 2 * y - 0.4, 2 * x + 1.8, 2 * y + 1.8), fill=70)
    size = round(WIDTH * _FINE), round(HEIGHT * _FINE)
    picture = dots.resize(size, Image.Resampling.BICUBIC).convert("RGB")
    hand = Hand(rng, BLUE)
    for run in sheet.runs:
        if run.filled:
            hand.fill(picture, run, run.filled, _FINE)
    return grain(picture, rng, 8)


def noted(paper: Paper, rng: random.Random) -> Image.Image:
    """A chief's note by hand beside the number: another number, another day."""
    picture = filled(paper, rng, BLUE)
    hand = Hand(rng, RED)
    hand.write(picture, f"{rng.randint(2, 28)}/{rng.randint(1, 12)}", 40, 30, 12, 200 / 72)
    hand.write(picture, f"{rng.randint(100, 999)}", 30, 175, 13, 200 / 72)
    return grain(picture, rng, 8)


PICTURES: dict[str, Callable[[Paper, random.Random], Image.Image]] = {
    "h-blue": hand_blue, "h-grey": hand_grey, "h-red": hand_red, "h-dots": hand_dots, "h-low": hand_low,
    "h-big": hand_big, "h-month-open": month_open, "h-year-open": year_open, "h-number-open": number_open,
    "h-day-open": day_open, "h-corrected": corrected, "h-telephone": telephone, "h-folded": folded,
    "h-thresholded": thresholded, "h-100dpi": coarse_hand, "h-400dpi": fine_hand, "h-pressed": pressed_hand,
    "h-old-paper": old_paper, "h-worn": worn, "h-seal-number": seal_on_number, "h-grey-signed": grey_signed,
    "h-black-signed": black_signed, "h-arrived-head": arrived_head, "h-arrived-day": arrived_day,
    "h-arrived-number": arrived_number, "h-true-copy": true_copy, "h-watermark": watermark,
    "h-streaked": streaked, "h-overturned": overturned_hand, "h-sideways": sideways_hand,
    "h-patterned": patterned, "h-needles": needles, "h-noted": noted,
}  # fmt: skip


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def cmyk(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """A JPEG in four inks."""
    return _saved(hand_blue(papers[0], rng).convert("CMYK"), "JPEG", quality=75)


def deep_png(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """A PNG of 16 bits a point."""
    grey = hand_grey(papers[0], rng)
    return _saved(grey.convert("I").point(lambda v: v * 257).convert("I;16"), "PNG")


def palette(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """A GIF of sixteen colours."""
    return _saved(hand_blue(papers[0], rng).quantize(16), "GIF")


def huge(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """A PDF whose page is a metre wide, as programs make it that count a dot as a point."""
    from fpdf import FPDF

    picture = hand_blue(papers[0], rng)
    pdf = FPDF(unit="pt")
    pdf.add_page(format=(picture.width * 1.8, picture.height * 1.8))
    pdf.image(picture, 0, 0, picture.width * 1.8, picture.height * 1.8)
    return bytes(pdf.output())


def group4(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """Group 4 in a PDF."""
    return _file([_fax(black_signed(papers[0], rng), "/ColorSpace/DeviceGray")])


def half_sheets(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """Two half sheets, one below the other, on one page of the glass."""
    glass = Image.new("RGB", (1654, 2339), "white")
    for at, paper in enumerate(papers):
        page = filled(paper, rng, BLUE)
        glass.paste(page.crop((0, 60, page.width, 1220)), (0, at * 1170))
    return _saved(grain(glass, rng, 8), "JPEG", quality=75)


def behind_letter(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """A TIFF: a letter, and behind it the paper it sends."""
    first, second = (hand_grey(paper, rng) for paper in papers)
    more = {"save_all": True, "append_images": [second], "dpi": (150, 150)}
    return _saved(first, "TIFF", compression="tiff_lzw", **more)


FILES: dict[str, tuple[str, int, Callable[[tuple[Paper, Paper], random.Random], bytes]]] = {
    "h-cmyk": ("jpg", 1, cmyk), "h-16-bit": ("png", 1, deep_png), "h-palette": ("gif", 1, palette),
    "h-huge": ("pdf", 1, huge), "h-group4": ("pdf", 1, group4), "h-half-sheets": ("jpg", 2, half_sheets),
    "h-behind-letter": ("tif", 2, behind_letter),
}  # fmt: skip


def _true(paper: Paper, way: str, ordinal: int) -> dict[str, object]:
    truth = {**paper.truth, "ordinal": ordinal}
    if way == "h-number-open":
        truth["number_symbol"] = re.sub(r"^\d+", "", paper.number)
    if way == "h-day-open":
        truth["date"] = paper.date[:7]
    return truth


def papers(count: int, only: set[str]) -> Iterator[tuple[str, str, bytes, list[dict[str, object]]]]:
    """Way, file's name, the file, what is true of its papers: ``count`` files in each way."""
    if not faces():
        return
    known = bank()
    for place, way in enumerate([*PICTURES, *FILES]):
        for turn in range(count if not only or way in only else 0):
            rng = random.Random(f"hands {way} {turn}")
            pair = tuple(other(known[(place * 3 + turn * 5 + k * 4) % len(known)], rng) for k in range(2))
            suffix, many, make = FILES.get(way, ("jpg", 1, None))
            data = make(pair, rng) if make else _saved(PICTURES[way](pair[0], rng), "JPEG", quality=75)  # type: ignore[arg-type]
            yield way, f"{turn + 1}.{suffix}", data, [_true(p, way, k + 1) for k, p in enumerate(pair[:many])]
