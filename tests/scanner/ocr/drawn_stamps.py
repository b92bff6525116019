"""Red things as they stand on scans and photographs: stamps in frames whose words nobody can read, and what
is red and no such stamp. Each is drawn by itself on nothing and put onto pages."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable, Iterator

import font_roboto
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

RED, PALE, DARK, ORANGE = (200, 30, 40), (245, 150, 150), (150, 20, 30), (215, 70, 30)
BLACK = (20, 20, 20)
Drawn = Image.Image
CELL = (600, 420)  # pixels at 150 dpi: six things stand on a page
_COLUMNS, _ROWS = 2, 3
_GRAIN = 0.05  # of a scan: so strong are its specks


def nothing(width: int, height: int) -> Drawn:
    return Image.new("RGBA", (width, height), (0, 0, 0, 0))


def letters(text: str, size: int = 44, ink: tuple[int, int, int] = RED) -> Drawn:
    font = ImageFont.truetype(font_roboto.RobotoBold, size)
    left, top, right, bottom = font.getbbox(text)
    made = Image.new("RGBA", (int(right - left) + 4, int(bottom - top) + 4), (*ink, 0))
    ImageDraw.Draw(made).text((2 - left, 2 - top), text, font=font, fill=(*ink, 255))
    return made


def framed(
    inside: Drawn, ink: tuple[int, int, int] = RED, *, line: int = 4, margin: int = 20, double: bool = False
) -> Drawn:
    made = nothing(inside.width + 2 * margin, inside.height + 2 * margin)
    made.alpha_composite(inside, (margin, margin))
    pen = ImageDraw.Draw(made)
    pen.rectangle((2, 2, made.width - 3, made.height - 3), outline=(*ink, 255), width=line)
    if double:
        pen.rectangle((10, 10, made.width - 11, made.height - 11), outline=(*ink, 255), width=2)
    return made


def smeared(text: str, size: int = 44, ink: tuple[int, int, int] = RED, blur: float = 6) -> Drawn:
    return run(letters(text, size, ink), blur)


def run(made: Drawn, blur: float) -> Drawn:
    """With ink that has run: as red as before, without edges."""
    made = made.copy()
    made.putalpha(made.getchannel("A").filter(ImageFilter.GaussianBlur(blur)))
    return made


def patchy(text: str, share: int = 150, size: int = 44) -> Drawn:
    """Letters of which most of the ink did not come onto the paper."""
    made = letters(text, size)
    specks = grain((made.width // 6 + 1, made.height // 6 + 1))
    holes = specks.resize(made.size).point([255 if value > share else 0 for value in range(256)])
    made.putalpha(ImageChops.darker(made.getchannel("A"), holes))
    return made.filter(ImageFilter.GaussianBlur(3))


def blot(width: int = 160, height: int = 50, seed: int = 1) -> Drawn:
    """Ink without letters, as a rubber stamp that slipped leaves it."""
    chance = random.Random(seed)
    made = nothing(width, height)
    pen = ImageDraw.Draw(made)
    for _stroke in range(14):
        x, y = chance.randrange(width - 30), chance.randrange(height - 16)
        pen.ellipse((x, y, x + chance.randrange(14, 44), y + chance.randrange(8, 22)), fill=(*RED, 230))
    return made.filter(ImageFilter.GaussianBlur(2))


def struck_out(made: Drawn, ink: tuple[int, int, int] = RED, every: int = 9) -> Drawn:
    """With strokes all over it."""
    made = made.copy()
    pen = ImageDraw.Draw(made)
    for x in range(-made.height, made.width, every):
        pen.line((x, made.height, x + made.height, 0), fill=(*ink, 255), width=4)
        pen.line((x, 0, x + made.height, made.height), fill=(*ink, 255), width=3)
    return made


def twice(text: str) -> Drawn:
    """Stamped twice, a little apart."""
    made = nothing(260, 100)
    for at in ((10, 10), (22, 24), (2, 30)):
        made.alpha_composite(letters(text, 40), at)
    return made.crop(made.getbbox()).filter(ImageFilter.GaussianBlur(3))


def turned(made: Drawn, degrees: float) -> Drawn:
    return made.rotate(degrees, expand=True, resample=Image.Resampling.BICUBIC)


def broken(made: Drawn, every: int = 60, gap: int = 7) -> Drawn:
    """With gaps in the frame where letters of print or creases run over it."""
    made = made.copy()
    for x in range(20, made.width, every):
        made.paste((0, 0, 0, 0), (x, 0, x + gap, made.height))
    return made


def over_print(made: Drawn) -> Drawn:
    """With lines of black print across it."""
    page = nothing(max(made.width + 80, 420), made.height + 60)
    page.alpha_composite(made, (40, 30))
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(font_roboto.Roboto, 24)
    for row in range(0, page.height - 20, 38):
        pen.text((0, row), "Căn cứ theo đề nghị của Trưởng Công an xã", font=font, fill=(20, 20, 20, 255))
    return page


# What must be found: a frame of a stamp's size in red, with ink in it that nobody reads.
FRAMES: dict[str, Callable[[], Drawn]] = {
    "smeared MẬT": lambda: framed(smeared("MẬT")),
    "smeared TỐI MẬT": lambda: framed(smeared("TỐI MẬT")),
    "smeared TUYỆT MẬT": lambda: framed(smeared("TUYỆT MẬT")),
    "smeared, +5°": lambda: turned(framed(smeared("TUYỆT MẬT")), 5),
    "smeared, -12°": lambda: turned(framed(smeared("TỐI MẬT")), -12),
    "smeared, +12°": lambda: turned(framed(smeared("MẬT")), 12),
    "smeared, upright": lambda: turned(framed(smeared("TỐI MẬT")), 90),
    "thin frame": lambda: framed(smeared("TỐI MẬT"), line=2),
    "thick frame": lambda: framed(smeared("MẬT"), line=8),
    "double frame": lambda: framed(smeared("TUYỆT MẬT"), double=True, margin=26),
    "small, as the law draws it": lambda: framed(smeared("MẬT", 26, blur=4), line=3, margin=9),
    "small, long": lambda: framed(smeared("TUYỆT MẬT", 26, blur=4), line=3, margin=9),
    "large": lambda: framed(smeared("TUYỆT MẬT", 58, blur=8), line=5, margin=16),
    "pale": lambda: framed(smeared("TỐI MẬT", ink=PALE), PALE),
    "dark": lambda: framed(smeared("TỐI MẬT", ink=DARK), DARK),
    "orange": lambda: framed(smeared("MẬT", ink=ORANGE), ORANGE),
    "patchy MẬT": lambda: framed(patchy("MẬT")),
    "patchy TUYỆT MẬT": lambda: framed(patchy("TUYỆT MẬT", 158)),
    "blot": lambda: framed(blot()),
    "blot, long, -7°": lambda: turned(framed(blot(280, 50, 3)), -7),
    "blot up to the frame": lambda: framed(blot(200, 60, 4), margin=5),
    "struck out in red": lambda: framed(struck_out(letters("TỐI MẬT"))),
    "struck out in black": lambda: struck_out(framed(smeared("TUYỆT MẬT")), (30, 30, 30), 40),
    "stamped twice": lambda: framed(twice("MẬT"), margin=12),
    "broken frame": lambda: broken(framed(smeared("TUYỆT MẬT"))),
    "broken frame, 6°": lambda: turned(broken(framed(smeared("TỐI MẬT"))), 6),
    "over print": lambda: over_print(framed(smeared("TUYỆT MẬT"))),
    "over print, askew": lambda: over_print(turned(framed(smeared("TỐI MẬT")), -5)),
    "two lines": lambda: framed(stacked(smeared("TUYỆT", 34, blur=4), smeared("MẬT", 34, blur=4))),
    "blurred all over": lambda: framed(smeared("TỐI MẬT")).filter(ImageFilter.GaussianBlur(1.5)),
}  # fmt: skip


def stacked(*rows: Drawn, gap: int = 8) -> Drawn:
    made = nothing(max(row.width for row in rows), sum(row.height + gap for row in rows) - gap)
    top = 0
    for row in rows:
        made.alpha_composite(row, ((made.width - row.width) // 2, top))
        top += row.height + gap
    return made


def seal(text: str = "CÔNG AN XÃ HÀM THẮNG", size: int = 230, oval: float = 1.0, blur: float = 0) -> Drawn:
    """A round seal: two rings, letters around, a star."""
    made = nothing(size, size)
    pen = ImageDraw.Draw(made)
    pen.ellipse((3, 3, size - 4, size - 4), outline=(*RED, 255), width=5)
    pen.ellipse((size * 0.28, size * 0.28, size * 0.72, size * 0.72), outline=(*RED, 255), width=3)
    font = ImageFont.truetype(font_roboto.RobotoBold, 20)
    for at, letter in enumerate(text):
        angle = -170 + at * 340 / len(text)
        cell = nothing(30, 30)
        ImageDraw.Draw(cell).text((8, 3), letter, font=font, fill=(*RED, 255))
        x = size / 2 + size * 0.39 * math.sin(math.radians(angle)) - 15
        y = size / 2 - size * 0.39 * math.cos(math.radians(angle)) - 15
        made.alpha_composite(cell.rotate(-angle), (max(int(x), 0), max(int(y), 0)))
    star(pen, size / 2, size / 2, size * 0.16, (*RED, 255))
    made = made.resize((size, int(size * oval)))
    return made.filter(ImageFilter.GaussianBlur(blur)) if blur else made


def star(
    pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, fill: tuple[int, int, int, int]
) -> None:
    points = []
    for at in range(10):
        reach = radius if at % 2 == 0 else radius * 0.4
        points.append((x + reach * math.sin(at * math.pi / 5), y - reach * math.cos(at * math.pi / 5)))
    pen.polygon(points, fill=fill)


def flag(party: bool = False, width: int = 240, height: int = 160) -> Drawn:
    made = Image.new("RGBA", (width, height), (218, 37, 29, 255))
    pen = ImageDraw.Draw(made)
    if party:
        pen.arc((90, 40, 150, 110), 200, 90, fill=(255, 205, 0, 255), width=9)
        pen.line((100, 60, 146, 108), fill=(255, 205, 0, 255), width=9)
    else:
        star(pen, width / 2, height / 2, height * 0.3, (255, 255, 0, 255))
    return made


def scribble(seed: int, ink: tuple[int, int, int] = RED) -> Drawn:
    """A signature."""
    chance = random.Random(seed)
    made = nothing(360, 160)
    points = [(20 + 26 * at, 80 + chance.randrange(-70, 70)) for at in range(13)]
    ImageDraw.Draw(made).line(points, fill=(*ink, 255), width=4, joint="curve")
    return made


def table(rows: int, columns: int, width: int, height: int, text: str = "") -> Drawn:
    made = nothing(width * columns + 4, height * rows + 4)
    pen = ImageDraw.Draw(made)
    font = ImageFont.truetype(font_roboto.Roboto, 20)
    for row in range(rows):
        for column in range(columns):
            box = (width * column, height * row, width * (column + 1), height * (row + 1))
            pen.rectangle(box, outline=(*RED, 255), width=3)
            if text:
                pen.text((box[0] + 8, box[1] + 8), text, font=font, fill=(*RED, 255))
    return made


def incoming(title: str, blur: float = 0) -> Drawn:
    """The stamp of a registry: a title, then lines that are filled in by hand."""
    rows = [letters("CÔNG AN XÃ HÀM THẮNG", 17), letters(title, 26)]
    rows += [
        letters(row, 17)
        for row in ("Số: ..................", "Ngày: .... / .... / ........", "Chuyển: ..............")
    ]
    made = framed(stacked(*rows), line=3, margin=12)
    font = ImageFont.truetype(font_roboto.Roboto, 22)
    ImageDraw.Draw(made).text((90, 66), "127", font=font, fill=(30, 40, 150, 255))
    return made.filter(ImageFilter.GaussianBlur(blur)) if blur else made


def signed_box() -> Drawn:
    """What a digital signature leaves on a page that was printed."""
    rows = ("Ký bởi: Nguyễn Văn An", "Cơ quan: Công an xã Hàm Thắng", "Ngày ký: 12-03-2025 08:15:22 +07:00")
    return framed(stacked(*(letters(row, 18) for row in rows), gap=6), line=2, margin=8)


def letterhead() -> Drawn:
    made = stacked(letters("ĐOÀN TNCS HỒ CHÍ MINH", 28), letters("BCH XÃ HÀM THẮNG", 24))
    ImageDraw.Draw(made).line(
        (60, made.height - 2, made.width - 60, made.height - 2), fill=(*RED, 255), width=3
    )
    return made


def lone(kind: str) -> Drawn:
    """Lines and boxes without words in red."""
    made = nothing(320, 110)
    pen = ImageDraw.Draw(made)
    red = (*RED, 255)
    if kind == "empty box":
        pen.rectangle((4, 4, 315, 105), outline=red, width=4)
    elif kind == "box of print":
        pen.rectangle((4, 4, 315, 105), outline=red, width=4)
        made.alpha_composite(letters("PHIẾU TRÌNH", 38, (20, 20, 20)), (40, 30))
    elif kind == "box of handwriting":
        pen.rectangle((4, 4, 315, 105), outline=red, width=4)
        made.alpha_composite(scribble(5, (30, 40, 150)).resize((260, 80)), (30, 12))
    elif kind == "three sides":
        pen.line([(4, 105), (4, 4), (315, 4), (315, 105)], fill=red, width=4)
        made.alpha_composite(smeared("GHI CHÚ"), (60, 20))
    elif kind == "two rules":
        pen.line((4, 4, 315, 4), fill=red, width=4)
        pen.line((4, 105, 315, 105), fill=red, width=4)
        made.alpha_composite(smeared("GHI CHÚ"), (60, 20))
    elif kind == "ring by pen":
        pen.ellipse((4, 4, 315, 105), outline=red, width=5)
        made.alpha_composite(smeared("12/3"), (100, 20))
    elif kind == "bar":
        pen.rectangle((0, 30, 319, 80), fill=red)
    elif kind == "ticks":
        for x in range(10, 300, 60):
            pen.line([(x, 50), (x + 15, 75), (x + 45, 20)], fill=red, width=5)
    elif kind == "cross":
        pen.line((4, 4, 315, 105), fill=red, width=5)
        pen.line((4, 105, 315, 4), fill=red, width=5)
    elif kind == "triangle":
        pen.polygon([(160, 4), (4, 105), (315, 105)], outline=red, width=5)
        made.alpha_composite(smeared("!!"), (130, 50))
    elif kind == "diamond":
        pen.polygon([(160, 2), (4, 55), (160, 107), (315, 55)], outline=red, width=5)
        made.alpha_composite(smeared("ABC", 30), (110, 35))
    return made


LONE = (
    "empty box", "box of print", "box of handwriting", "three sides", "two rules", "ring by pen", "bar",
    "ticks", "cross", "triangle", "diamond",
)  # fmt: skip
READ = (
    "SAO Y", "BẢN SAO", "BẢN CHÍNH", "HỎA TỐC", "KHẨN", "THƯỢNG KHẨN", "ĐÃ THU TIỀN", "ĐÃ DUYỆT",
    "CÔNG VĂN ĐẾN", "ĐẾN", "LƯU HÀNH NỘI BỘ", "BẢN GỐC", "SAO LỤC", "ĐÃ KIỂM TRA",
)  # fmt: skip

# What must stay open. First what is no frame at all, whoever reads it.
UNFRAMED: dict[str, Callable[[], Drawn]] = {
    "seal": seal,
    "small seal": lambda: seal(size=150),
    "smeared seal": lambda: seal(blur=3),
    "oval seal": lambda: seal(oval=0.5),
    "long oval seal": lambda: seal(size=300, oval=0.34),
    "seal askew": lambda: turned(seal(), 20),
    "seal over print": lambda: over_print(seal(size=180)),
    "seal over a signature": lambda: together(seal(), scribble(2, (30, 40, 150))),
    "seal over a red signature": lambda: together(seal(), scribble(3)),
    "two seals": lambda: together(seal(size=180), seal("ĐẢNG ỦY XÃ", 180)),
    "signature": lambda: scribble(1),
    "signature, another": lambda: scribble(7),
    "signature, a third": lambda: scribble(11),
    "national flag": flag,
    "party flag": lambda: flag(party=True),
    "small flag": lambda: flag(width=90, height=60),
    "small party flag": lambda: flag(party=True, width=160, height=120),
    "emblem": lambda: together(seal(size=120), flag(width=60, height=40)),
    "letterhead": letterhead,
    "title in red": lambda: letters("GIẤY KHEN", 70),
    "long line in red": lambda: letters("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 26),
    "smeared words without a frame": lambda: smeared("MỘT HAI BA"),
    "blot without a frame": lambda: blot(),
    "table": lambda: table(4, 3, 150, 60),
    "table with words": lambda: table(4, 3, 150, 60, "Số lượng"),
    "small table": lambda: table(2, 2, 130, 36),
    "row of cells": lambda: table(1, 5, 60, 60),
    "squares to tick": lambda: table(1, 1, 30, 30),
    "frame of a page": lambda: table(1, 1, 560, 380, "Giấy mời"),
    **{kind: (lambda kind=kind: lone(kind)) for kind in LONE},
}
# Then frames with words in them that can be read.
READABLE: dict[str, Callable[[], Drawn]] = {
    **{f"frame {text}": (lambda text=text: framed(letters(text, 40))) for text in READ},
    "frame SAO Y, askew": lambda: turned(framed(letters("SAO Y", 40)), 8),
    "frame BẢN SAO, upright": lambda: turned(framed(letters("BẢN SAO", 40)), 90),
    "frame KHẨN, pale": lambda: framed(letters("KHẨN", 44, PALE), PALE),
    "double frame HỎA TỐC": lambda: framed(letters("HỎA TỐC", 44), double=True, margin=28),
    "incoming": lambda: incoming("ĐẾN"),
    "incoming paper": lambda: incoming("CÔNG VĂN ĐẾN"),
    "incoming, smeared": lambda: incoming("ĐẾN", 1.2),
    "signature of a file": signed_box,
    "small table with words": lambda: table(2, 3, 100, 40, "12,5"),
    "two lines": lambda: framed(stacked(letters("ĐÃ KIỂM TRA", 28), letters("ngày 12/3/2025", 24))),
}  # fmt: skip


def together(one: Drawn, other: Drawn) -> Drawn:
    made = nothing(max(one.width, other.width + 60), max(one.height, other.height + 40))
    made.alpha_composite(one, (0, 0))
    made.alpha_composite(other, (60, 40))
    return made


def sheets(
    things: dict[str, Callable[[], Drawn]], start: int = 0
) -> Iterator[tuple[Image.Image, dict[str, tuple[int, int]]]]:
    """Pages at 150 dpi with six things each, and where each thing has its cell (left, top)."""
    names = list(things)
    for first in range(0, len(names), _COLUMNS * _ROWS):
        page = Image.new("RGB", (1240, 1754), "white")
        cells = {}
        for at, name in enumerate(names[first : first + _COLUMNS * _ROWS]):
            cell = (20 + at % _COLUMNS * CELL[0], 120 + at // _COLUMNS * (CELL[1] + 60))
            made = things[name]()
            where = (cell[0] + (CELL[0] - made.width) // 2, cell[1] + (CELL[1] - made.height) // 2)
            page.paste(made, where, made)
            cells[name] = cell
        yield page, cells


def grain(size: tuple[int, int], seed: int = 1) -> Image.Image:
    """Points of any grey, the same in every run and whatever ran before: ``Image.effect_noise`` goes on from
    where the process last drew."""
    return Image.frombytes("L", size, random.Random(seed).randbytes(size[0] * size[1]))


def scan(page: Image.Image, *, seed: int = 1, quality: int = 70) -> Image.Image:
    """As a scanner and JPEG leave it."""
    noise = grain(page.size, seed).convert("RGB")
    out = io.BytesIO()
    Image.blend(page, noise, _GRAIN).save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


def photo(page: Image.Image) -> Image.Image:
    """As a telephone takes it under a lamp: warm light, a shadow from one side."""
    warm = ImageChops.multiply(page, Image.new("RGB", page.size, (255, 232, 200)))
    shade = Image.linear_gradient("L").resize(page.size).point(lambda value: 110 + value * 145 // 255)
    dark = ImageChops.multiply(warm, Image.merge("RGB", (shade, shade, shade)))
    return dark.filter(ImageFilter.GaussianBlur(0.7))
