"""Papers as they lie in cabinets and telephones: heads_of_cabinets.toml, each way on two of them.

Photographs at a slant, copies of copies, fax and JBIG2, false digits in a text layer, sheets that lie or
stand on their head, two papers on a sheet, copies' blocks with a number and a day of their own, stamps of
receivers filled in by hand, pens, pencils and corrections, days left open, typewriters. PDF files' own ways:
cabinet_files.py.
"""

from __future__ import annotations

import io
import random
import struct
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps
from strange import cabinet_files, scanners
from strange.clerks import OtherHand, other_hands
from strange.handwriting import drawn
from strange.pictures import bent, grain, roomy, shadowed, tinted
from strange.programs import of_pictures
from strange.seals import _boxed, _inked, _round
from strange.strokes import Writer
from strange.worded import _blocks, _whole

from dossier.demo.printing import Printing, prepared
from dossier.demo.typeset import HEIGHT, WIDTH, SetText, Sheet, typeset

Head = dict[str, Any]
_RED, _BLUE, _PENCIL = "#c9262f", "#24408f", "#8b8d94"
_MONO, _SERIF, _SANS = (
    f"/usr/share/fonts/truetype/dejavu/DejaVu{name}.ttf" for name in ("SansMono", "Serif", "Sans")
)


def heads() -> list[Head]:
    """All papers of the bank."""
    said = tomllib.loads(Path(__file__).with_name("heads_of_cabinets.toml").read_text("utf-8"))["heads"]
    return [_whole(head) for head in said]


def opened(head: Head) -> Sheet:
    """The first page, number and day left open where the printer knows them."""
    return typeset(roomy(prepared(_blocks(head), Printing(filled="pen"))))[0]


def printed(head: Head, dpi: int = 200) -> Image.Image:
    return drawn(typeset(_blocks(head))[0], dpi).convert("RGB")


def _runs(sheet: Sheet) -> dict[str, SetText]:
    return {"day" if "tháng" in run.text else "number": run for run in sheet.runs if run.filled}


def _start(pen: OtherHand | Writer, run: SetText, said: str) -> float:
    x, wide = run.blank
    return float(x + max(1.0, (wide - pen.width(said, run.size)) / 2))


def written(
    head: Head,
    rng: random.Random,
    colour: str = _BLUE,
    *,
    skip: str = "",
    dpi: int = 200,
    strokes: bool = True,
) -> Image.Image:
    """The page with its blanks filled by one pen; ``skip``: ``day`` or ``number``, which stays open."""
    sheet = opened(head)
    picture = drawn(sheet, dpi).convert("RGB")
    pen = Writer(rng, colour) if strokes else OtherHand(rng, colour)
    for what, run in _runs(sheet).items():
        if what != skip:
            pen.write(picture, run.filled, _start(pen, run, run.filled), run.y, run.size, dpi / 72)
    return picture


def _jpeg(picture: Image.Image, quality: int = 70) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=quality, dpi=(200, 200))
    return out.getvalue()


def _on_desk(picture: Image.Image, lean: float, far: float) -> Image.Image:
    """Photographed: a brown desk around the page, its far edge shorter, its left edge leaning."""
    wide, high = picture.size
    desk = Image.new("RGB", (round(wide * 1.2), round(high * 1.14)), "#6b5640")
    desk.paste(picture, (round(wide * 0.1), round(high * 0.07)))

    def seen(x: float, y: float) -> tuple[float, float]:
        middle, nearer = desk.width / 2, 1 - far * (1 - y / desk.height)
        return middle + (x - middle) / nearer + lean * (y - desk.height / 2), y + lean * 0.6 * (x - middle)

    return bent(desk, seen, "#6b5640")


def phone(head: Head, rng: random.Random) -> bytes:
    """By a telephone: at a slant, under a lamp, in the hand's shadow, pressed to JPEG 40."""
    page = ImageChops.multiply(written(head, rng), Image.new("RGB", (1654, 2339), "#f2dfae"))
    shot = _on_desk(page, rng.choice((-1, 1)) * rng.uniform(0.02, 0.05), rng.uniform(0.04, 0.09))
    return _jpeg(grain(shadowed(shot, rng), rng, 18), 40)


def phone_dark(head: Head, rng: random.Random) -> bytes:
    """In the evening, out of focus, a finger on the lower edge."""
    page = written(head, rng, "#2a2c34").filter(ImageFilter.GaussianBlur(1.3))
    shot = ImageEnhance.Brightness(_on_desk(page, 0.015, 0.05)).enhance(0.55)
    ink = ImageDraw.Draw(shot)
    ink.ellipse((shot.width * 0.42, shot.height * 0.93, shot.width * 0.55, shot.height * 1.1), fill="#7a5142")
    return _jpeg(grain(shot, rng, 34), 40)


def chat(head: Head, rng: random.Random) -> bytes:
    """A screenshot of a chat: the telephone's bars above and below, the time, other messages."""
    page = written(head, rng).resize((1010, round(1010 * HEIGHT / WIDTH)), Image.Resampling.LANCZOS)
    screen = Image.new("RGB", (1080, 2160), "#dfe6ee")
    screen.paste(page, (35, 330))
    ink, font = ImageDraw.Draw(screen), ImageFont.truetype(_SANS, 34)
    ink.rectangle((0, 0, 1080, 190), fill="#0a6df0")
    ink.text((40, 20), "08:41    4G  73%", fill="white", font=font)
    ink.text((110, 110), "Tổ công tác xã - 24 thành viên", fill="white", font=font)
    ink.text((60, 250), "Đ/c xem giúp công văn số 88/CV ngày 01/02/2020", fill="#223", font=font)
    ink.text((60, 2050), "Tin nhắn", fill="#667", font=font)
    return _jpeg(screen, 65)


def copies(head: Head, rng: random.Random) -> bytes:
    """A copy of a copy of a copy: letters eaten and grown, dirt, a black edge."""
    page = written(head, rng, "#1c1c1c").convert("L")
    for turn in range(3):
        page = page.rotate(rng.uniform(-0.5, 0.5), Image.Resampling.BICUBIC, fillcolor=255)
        page = page.filter(ImageFilter.GaussianBlur(0.9))
        low = 95 + 14 * turn
        page = page.point([max(0, min(255, (value - low) * 3)) for value in range(256)])
    ink = ImageDraw.Draw(page)
    for _spot in range(90):
        x, y, r = rng.randrange(page.width), rng.randrange(page.height), rng.uniform(0.5, 3)
        ink.ellipse((x - r, y - r, x + r, y + r), fill=rng.randrange(80))
    ink.rectangle((0, 0, 26, page.height), fill=20)
    return _jpeg(page, 60)


def fax_200(head: Head, rng: random.Random) -> bytes:
    """200 dots an inch, black and white, Group 4 in a PDF."""
    return scanners._file([scanners._fax(written(head, rng, "#202024"), "/ColorSpace/DeviceGray")])


def jbig2(head: Head, rng: random.Random) -> bytes:
    """200 dots, black and white, JBIG2."""
    page = written(head, rng, "#202024").convert("L").rotate(0.8, Image.Resampling.BICUBIC, fillcolor=255)
    wide, high = page.size
    whole = struct.pack(">IBBBI", 0, 48, 0, 1, 19) + struct.pack(">IIIIBH", wide, high, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", wide, high, 0, 0, 0) + b"\x01" + scanners._group4(ImageOps.invert(page))
    entry = struct.pack(">IBBBI", 1, 38, 0, 1, len(region))
    size = f"/Width {wide}/Height {high}/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode"
    return scanners._file([(whole + entry + region, size)])


def upside_down(head: Head, rng: random.Random) -> bytes:
    """Laid into the feeder the wrong way round."""
    return of_pictures([grain(written(head, rng), rng, 8).transpose(Image.Transpose.ROTATE_180)])


def turned(head: Head, rng: random.Random) -> bytes:
    """Scanned lying on its side, turned back by the page's entry."""
    return of_pictures([grain(written(head, rng), rng, 8).transpose(Image.Transpose.ROTATE_90)], turn=90)


def turned_wrongly(head: Head, rng: random.Random) -> bytes:
    """Scanned upright, and the page's entry turns it onto its side."""
    return of_pictures([grain(written(head, rng), rng, 8)], turn=270)


def landscape(head: Head, rng: random.Random) -> bytes:
    """A sheet that lies, its head wide, a table of figures below."""
    page = written(head, rng)
    sheet = Image.new("RGB", (2339, 1654), "white")
    sheet.paste(page.crop((0, 0, 1654, 780)), (340, 0))
    ink = ImageDraw.Draw(sheet)
    for y in range(800, 1500, 70):
        ink.line((200, y, 2140, y), fill="#222", width=2)
    for x in range(200, 2141, 388):
        ink.line((x, 800, x, 1430), fill="#222", width=2)
    font = ImageFont.truetype(_SERIF, 30)
    for row, words in enumerate(("TT", "1", "2", "3", "4")):
        ink.text((230, 815 + row * 70), words, fill="#222", font=font)
        ink.text(
            (630, 815 + row * 70), "Họ và tên" if not row else "Nguyễn Văn Thành", fill="#222", font=font
        )
    return of_pictures([grain(sheet, rng, 8)])


def _seal(picture: Image.Image, sheet: Sheet, name: str, colour: str = _RED) -> Image.Image:
    run = next((run for run in reversed(sheet.runs) if name and run.text.endswith(name)), sheet.runs[-1])
    scale = picture.width / WIDTH
    return _inked(picture, _round(120), (round((run.x - 20) * scale), round((run.y - 88) * scale)), colour)


def _copy_block(head: Head, rng: random.Random, words: tuple[str, ...]) -> bytes:
    sheet, scale = opened(head), 200 / 72
    page = _seal(written(head, rng), sheet, head["truth"].get("signer", ""))
    ink, font = ImageDraw.Draw(page), ImageFont.truetype(_SERIF, 30)
    top = max(run.y for run in sheet.runs) + 24
    for at, line in enumerate(words):
        ink.text((120, (top + at * 15) * scale), line, fill="#232323", font=font)
    Writer(rng, _BLUE).write(page, str(rng.randint(11, 99)), 66, top + 26, 12, scale)
    page = _inked(page, _round(90), (430, round((top + 4) * scale)), _RED)
    return of_pictures([grain(page, rng, 8)])


def sao_y(head: Head, rng: random.Random) -> bytes:
    """A copy's block below, with a number by hand and a day of its own."""
    day = f"Krông Đạt, ngày {rng.randint(1, 28):02d} tháng 10 năm 2025"
    who = ("VĂN PHÒNG HĐND VÀ UBND", "Số:        /SY-VP", "SAO Y BẢN CHÍNH")
    return _copy_block(head, rng, (*who, day, "CHÁNH VĂN PHÒNG", "", "", "Đàm Thế Lữ"))


def sao_luc(head: Head, rng: random.Random) -> bytes:
    """The same, from a copy."""
    who = ("CÔNG AN XÃ EA SÔ NA", "Số:        /SL-CAX", "SAO LỤC")
    day = f"Ea Sô Na, ngày {rng.randint(1, 28):02d}/11/2025"
    return _copy_block(
        head, rng, (*who, day, "Nơi nhận: - Các tổ tự quản;", "- Lưu: VT.", "Đại úy Kpă Thuyết")
    )


def arrived(head: Head, rng: random.Random) -> bytes:
    """The receiver's stamp beside the number, filled in by another pen."""
    page, scale = written(head, rng), 200 / 72
    box = _boxed(
        ("CÔNG VĂN ĐẾN", "Số: ..............", "Ngày: ..../..../20...", "Chuyển: ........."), 330, 25
    )
    tile = box.convert("RGB")
    pen = Writer(rng, "#ffffff", 0.9, 1.3)
    pen.write(tile, str(rng.randint(100, 2900)), 28, 24, 9, scale)
    pen.write(tile, f"{rng.randint(1, 28):02d}", 34, 37, 8, scale)
    number = _runs(opened(head))["number"]
    at = (round((number.blank[0] + 95) * scale), round((number.y - 30) * scale))
    ink = tile.convert("L").rotate(rng.uniform(-4, 4), Image.Resampling.BICUBIC, expand=True)
    return _jpeg(grain(_inked(page, ink, at, rng.choice((_RED, _BLUE))), rng, 8))


def noted(head: Head, rng: random.Random) -> bytes:
    """The leader's word across the head's corner, with a day of its own."""
    page = written(head, rng)
    note = Image.new("L", (900, 240), 0)
    other = OtherHand(rng, "#ffffff", 1.2)
    tile = note.convert("RGB")
    other.write(tile, "Chuyen d/c Hung", 8, 24, 13, 200 / 72)
    other.write(tile, f"xu ly {rng.randint(1, 28)}/{rng.randint(1, 12)}", 30, 52, 13, 200 / 72)
    ink = tile.convert("L").rotate(rng.uniform(4, 9), Image.Resampling.BICUBIC, expand=True)
    return _jpeg(grain(_inked(page, ink, (60, 330), _BLUE), rng, 8))


def red_pen(head: Head, rng: random.Random) -> bytes:
    """Number and day in red."""
    return _jpeg(grain(written(head, rng, "#cf2b3c"), rng, 8))


def pencil(head: Head, rng: random.Random) -> bytes:
    """Number and day in pencil, pale."""
    return _jpeg(grain(written(head, rng, _PENCIL), rng, 8))


def corrected(head: Head, rng: random.Random) -> bytes:
    """The last digit of the number written over another one."""
    sheet = opened(head)
    page, pen = written(head, rng, skip="number"), Writer(rng, _BLUE)
    run = _runs(sheet)["number"]
    x, digits = _start(pen, run, run.filled), run.filled
    first = rng.choice([d for d in "0123456789" if d != digits[-1]])
    last = pen.write(page, digits[:-1], x, run.y, run.size, 200 / 72) if len(digits) > 1 else x
    pen.write(page, first, last, run.y, run.size, 200 / 72)
    pen.wide = 1.9
    pen.write(page, digits[-1], last, run.y, run.size, 200 / 72)
    return _jpeg(grain(page, rng, 8))


def letters(head: Head, rng: random.Random) -> bytes:
    """A letter behind the digits, by the same pen."""
    sheet = opened(head)
    page, pen = written(head, rng, skip="number", strokes=False), OtherHand(rng, _BLUE)
    run = _runs(sheet)["number"]
    pen.write(page, f"{run.filled}b", _start(pen, run, f"{run.filled}b"), run.y, run.size, 200 / 72)
    return _jpeg(grain(page, rng, 8))


def day_open(head: Head, rng: random.Random) -> bytes:
    """The day never filled in."""
    return _jpeg(grain(written(head, rng, skip="day"), rng, 8))


def number_open(head: Head, rng: random.Random) -> bytes:
    """The number never filled in."""
    return _jpeg(grain(written(head, rng, skip="number"), rng, 8))


def typed(head: Head, rng: random.Random) -> bytes:
    """By a typewriter on brown paper: letters of one width, uneven, the ribbon worn."""
    scale = 200 / 72
    page = Image.new("L", (1654, 2339), 255)
    for run in (run for run in typeset(_blocks(head))[0].runs if run.text.strip()):
        wide = run.face.width(run.text, run.size) + run.spread * run.text.count(" ")
        step = wide / max(1, len(run.text))
        font = ImageFont.truetype(_MONO, min(run.size * 0.92, step / 0.56) * scale)
        for at, char in enumerate(run.text):
            y = run.y + rng.uniform(-0.7, 0.7)
            ink = ImageDraw.Draw(page)
            ink.text(
                ((run.x + at * step) * scale, y * scale),
                char,
                fill=rng.randrange(20, 95),
                font=font,
                anchor="ls",
            )
    return _jpeg(grain(tinted(page.filter(ImageFilter.GaussianBlur(1)), "#2c2a30", "#dcc79a"), rng, 18), 55)


def tiff_two(pair: tuple[Head, Head], rng: random.Random) -> bytes:
    """Two papers in one TIFF."""
    first, second = (grain(written(head, rng), rng, 8) for head in pair)
    out = io.BytesIO()
    first.save(out, "TIFF", compression="tiff_lzw", save_all=True, append_images=[second], dpi=(200, 200))
    return out.getvalue()


def two_on_sheet(pair: tuple[Head, Head], rng: random.Random) -> bytes:
    """Two papers side by side on one sheet of A3, scanned at 150 dots."""
    sheet = Image.new("RGB", (2 * 1240, 1754), "#fcfbf8")
    for at, head in enumerate(pair):
        sheet.paste(written(head, rng, dpi=150), (at * 1240, 0))
    return of_pictures([grain(sheet, rng, 8)])


SHEETS: dict[str, tuple[str, Callable[[Head, random.Random], bytes]]] = {
    "k-phone": ("jpg", phone), "k-phone-dark": ("jpg", phone_dark), "k-chat": ("jpg", chat),
    "k-copies": ("jpg", copies), "k-fax-200": ("pdf", fax_200), "k-jbig2": ("pdf", jbig2),
    "k-upside-down": ("pdf", upside_down), "k-turned": ("pdf", turned),
    "k-turned-wrongly": ("pdf", turned_wrongly), "k-landscape": ("pdf", landscape), "k-sao-y": ("pdf", sao_y),
    "k-sao-luc": ("pdf", sao_luc), "k-arrived": ("jpg", arrived), "k-noted": ("jpg", noted),
    "k-red-pen": ("jpg", red_pen), "k-pencil": ("jpg", pencil), "k-corrected": ("jpg", corrected),
    "k-letters": ("jpg", letters), "k-day-open": ("jpg", day_open), "k-number-open": ("jpg", number_open),
    "k-typed": ("jpg", typed), **{name: ("pdf", make) for name, make in cabinet_files.WAYS.items()},
}  # fmt: skip
PAIRS: dict[str, tuple[str, Callable[[tuple[Head, Head], random.Random], bytes]]] = {
    "k-tiff-two": ("tif", tiff_two), "k-two-on-sheet": ("pdf", two_on_sheet),
}  # fmt: skip


def _true(head: Head, way: str, ordinal: int) -> dict[str, object]:
    truth = {**head["truth"], "ordinal": ordinal}
    runs = _runs(opened(head))
    if way == "k-letters":
        truth["number_symbol"] = truth["number_symbol"].replace(
            runs["number"].filled, f"{runs['number'].filled}b", 1
        )
    if way == "k-number-open":
        truth["number_symbol"] = truth["number_symbol"].replace(runs["number"].filled, "", 1)
    if way == "k-landscape":
        truth["signer"] = ""  # cut off
    if way == "k-day-open":
        truth["date"] = truth["date"][:7]
    return truth


def _clerks() -> list[Head]:
    """Those whose number and day the printer leaves open."""
    return [h for h in heads() if len(_runs(opened(h))) == 2 and "number_symbol" in h["truth"]]


def papers(count: int, only: set[str]) -> Iterator[tuple[str, str, bytes, list[dict[str, object]]]]:
    """Way, file's name, the file, what is true of it: ``count`` files a way; all heads in two ways."""
    if not other_hands():
        return
    known = _clerks()
    for place, way in enumerate([*SHEETS, *PAIRS]):
        for turn in range(count if not only or way in only else 0):
            rng = random.Random(f"cabinet {way} {turn}")
            pair = tuple(known[(place * 3 + turn * 7 + k * 4) % len(known)] for k in range(2))
            if way in SHEETS:
                suffix, make = SHEETS[way]
                data, pair = make(pair[0], rng), pair[:1]
            else:
                suffix, both = PAIRS[way]
                data = both((pair[0], pair[1]), rng)
            yield way, f"{turn + 1}.{suffix}", data, [_true(h, way, at) for at, h in enumerate(pair, 1)]
    for head in heads() if not only or "k-heads" in only else []:
        yield "k-heads", f"{head['name']}.pdf", cabinet_files.text(head), [_true(head, "", 1)]
    for head in heads() if not only or "k-heads-scanned" in only else []:
        shot = grain(printed(head), random.Random(head["name"]), 8)
        yield "k-heads-scanned", f"{head['name']}.pdf", of_pictures([shot]), [_true(head, "", 1)]
