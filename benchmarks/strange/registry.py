"""Papers as they lie at a registry: long abstracts, stamps and notes by them, several who sign.

They are set by a browser (so words wrap where the column ends) and then written on, stamped, sealed, copied
and photographed. ``DOSSIER_FACES``: a folder with LiberationSerif-*.ttf; else what is installed.
"""

from __future__ import annotations

import base64
import html
import io
import math
import os
import random
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from strange import browser
from strange.clerks import OtherHand
from strange.seals import _boxed, _inked, _round
from strange.strokes import Writer

Head = dict[str, Any]
Box = tuple[float, float, float, float]  # left, top, width, height, in pixels of CSS
_RED, _BLUE = "#cb2431", "#26409e"
_NOTE = Path("/usr/share/fonts/truetype/seto/setofont.ttf")
_STYLE = """
body{margin:0;background:#fff;font:13.5pt/1.22 Office,'Liberation Serif',serif;
width:210mm;height:297mm}
.page{padding:17mm 14mm 0 28mm} table{width:100%;border-collapse:collapse}
td{vertical-align:top;text-align:center;padding:0}
.b{font-weight:bold} .s{font-size:12pt} .i{font-style:italic}
p{margin:0 0 5pt;text-align:justify;text-indent:10mm}
.c{text-align:center} .rule{width:30%;border-top:1px solid #000;margin:2px auto 3px}
.open{display:inline-block}
.u{text-decoration:underline} .a5{width:148mm} .a5 .page{padding:9mm 8mm 0 12mm}
"""
_BODY = (
    "1. Các bộ phận có liên quan thống nhất nội dung, phân công người phụ trách từng địa bàn; định kỳ "
    "hằng tháng trao đổi tình hình, kịp thời giải quyết những việc phát sinh ngay từ cơ sở.",
    "2. Trong quá trình thực hiện nếu có khó khăn, vướng mắc thì phản ánh về đơn vị để được hướng dẫn.",
)


def heads() -> list[Head]:
    """All papers of the bank."""
    found: list[Head] = tomllib.loads(Path(__file__).with_name("papers_of_registry.toml").read_text("utf-8"))[
        "papers"
    ]
    return found


@dataclass(frozen=True, slots=True)
class Way:
    """How a paper is filled in and what happened to it since.

    ``number``, ``day``: ``print``, ``pen``, ``open`` (day), ``over`` (corrected in print), ``dots`` (on
    dots); ``suffix``: behind the digits; ``stamp``, ``note``, ``seal``, ``name``: where they are, if
    anywhere; ``end``: what made the picture.
    """

    number: str = "pen"
    day: str = "pen"
    suffix: str = ""
    stamp: str = ""
    note: str = ""
    seal: str = "beside"
    name: str = ""
    end: str = "scan"
    dpi: int = 200
    small: bool = False
    several: bool = False


@lru_cache(maxsize=1)
def _faces() -> str:
    folder, said = Path(os.environ.get("DOSSIER_FACES", "/nowhere")), ""
    for name, look in (("Regular", ""), ("Bold", "font-weight:bold;"), ("Italic", "font-style:italic;"),
                       ("BoldItalic", "font-weight:bold;font-style:italic;")):  # fmt: skip
        file = folder / f"LiberationSerif-{name}.ttf"
        if file.exists():
            data = base64.b64encode(file.read_bytes()).decode()
            said += f"@font-face{{font-family:Office;{look}src:url(data:font/ttf;base64,{data})}}"
    return said


@lru_cache(maxsize=8)
def _sheet(dpi: int) -> Any:
    """A page of the browser at a number of dots an inch."""
    context = browser._page().context.browser.new_context(
        viewport={"width": 794, "height": 1123}, device_scale_factor=dpi / 96
    )
    return context.new_page()


def shot(body: str, dpi: int, size: tuple[int, int] = (794, 1123)) -> tuple[Image.Image, dict[str, Box]]:
    """The picture of a page, and where its elements with a name (``data-at``) are."""
    page = _sheet(dpi)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.set_content(f"<meta charset=utf-8><style>{_faces()}{_STYLE}</style>{body}")
    page.evaluate("document.fonts.ready")
    boxes: dict[str, Box] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[data-at]')].map(e => {"
        "const r = e.getBoundingClientRect(); return [e.dataset.at, [r.x, r.y, r.width, r.height]]}))"
    )
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB"), boxes


def _open(name: str, way: str, said: str, wide: int) -> str:
    """Printed digits, or room for a pen: with dots, with a wrong digit in it, or empty."""
    if way == "print":
        return html.escape(said)
    if way == "over":
        said = said[:-1] + str((int(said[-1]) + 4) % 10)
        return f"<span data-at={name}>{said}</span>"
    inside = "." * (wide // 4) if way == "dots" else "&nbsp;"
    return f"<span class=open data-at={name} style='width:{wide}px;text-align:left'>{inside}</span>"


def _left(head: Head, way: Way) -> str:
    lines = head["left"]
    shown = ""
    for at, line in enumerate(lines):
        bold = line.startswith("+") or head.get("both", False)
        rule = "<div class=rule></div>" if at == len(lines) - 1 and "*" not in line else ""
        shown += f"<div class='s {'b' if bold else ''}'>{html.escape(line.lstrip('+'))}</div>{rule}"
    wide = 34 + 9 * len(head["number"] + way.suffix)
    digits = _open("number", way.number, head["number"], wide)
    if way.number == "print":
        digits += html.escape(way.suffix)
    shown += f"<div>{'Số' if head.get('party') else 'Số:'} {digits}{html.escape(head['symbol'])}</div>"
    if not head["type"]:
        shown += (
            f"<div data-at=abstract class=s style='padding:2px 10px 0'>{html.escape(head['abstract'])}</div>"
        )
    return shown


def _right(head: Head, way: Way) -> str:
    if head.get("party"):
        motto = "<div class=b>ĐẢNG CỘNG SẢN VIỆT NAM</div><div class=rule></div>"
    else:
        motto = (
            "<div class='s b'>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</div>"
            "<div class=b>Độc lập - Tự do - Hạnh phúc</div><div class=rule style='width:56%'></div>"
        )
    place, day, month, year = head["day"]
    day = _open("day", way.day, day, 34)
    return f"{motto}<div class=i>{html.escape(place)}, ngày {day} tháng {month} năm {year}</div>"


def _middle(head: Head, way: Way) -> str:
    shown = ""
    if head["type"]:
        look = "i" if head.get("italic") else "b"
        shown += f"<div class='c b' style='margin-top:16px;font-size:14pt'>{head['type']}</div>"
        shown += (
            f"<div data-at=abstract class='c {look}' style='padding:0 {'4' if way.small else '12'}mm'>"
            f"{html.escape(head['abstract'])}</div>"
        )
        shown += "".join(f"<div class='c i s'>{html.escape(line)}</div>" for line in head.get("extra", ()))
        shown += "<div class=rule style='width:22%'></div>" if head.get("under") else ""
    first, *others = head["first"].split("|")
    if first.startswith("Kính gửi"):
        tabs = "".join(f"<div style='padding-left:62mm'>{html.escape(line)}</div>" for line in others)
        shown += f"<div class=c style='margin:12px 0'>{html.escape(first)}</div>{tabs}"
    else:
        capitals = first.isupper()
        look = "class='c b' style='margin-top:9px;text-indent:0'" if capitals else "style='margin-top:9px'"
        shown += f"<p {look}>{html.escape(first)}</p>"
    return shown + "".join(f"<p>{line}</p>" for line in (_BODY if way.small else _BODY * 2))


def _foot(head: Head, way: Way) -> str:
    columns = head["sign"]
    room = 54 if way.small else 84
    shown = ""
    for at, column in enumerate(columns):
        titles, name = column.split("|")
        lines = "".join(f"<div class=b>{html.escape(title)}</div>" for title in titles.split(";"))
        plain = "visibility:hidden" if way.name in ("red", "blue") else ""
        shown += (
            f"<td>{lines}<div style='height:{room}px'></div>"
            f"<div><span class=b data-at=name{at} style='{plain}'>{html.escape(name)}</span></div>"
        )
    if len(columns) == 1:
        said = ("- Như trên;", "- Lãnh đạo đơn vị (để b/c);", "- Lưu: VT, TH (05).")
        receivers = "".join(f"<div style='font-size:11pt'>{line}</div>" for line in said)
        shown = f"<td style='width:46%;text-align:left'><div class='b i s'>Nơi nhận:</div>{receivers}{shown}"
    return f"<table style='margin-top:14px'><tr>{shown}</table>"


def page(head: Head, way: Way) -> tuple[Image.Image, dict[str, Box]]:
    """The printed page."""
    body = (
        f"<table><tr><td style='width:42%'>{_left(head, way)}<td>{_right(head, way)}</table>"
        f"{_middle(head, way)}{_foot(head, way)}"
    )
    size = (559, 794) if way.small else (794, 1123)
    zoom = "zoom:.74" if way.small else ""
    return shot(
        f"<div class='{'a5' if way.small else ''}'><div class=page style='{zoom}'>{body}</div></div>",
        way.dpi,
        size,
    )


class Registry:
    """A printed page, its pens and stamps; lengths in pixels of CSS."""

    def __init__(self, head: Head, way: Way, rng: random.Random) -> None:
        self.head, self.way, self.rng, self.scale = head, way, rng, way.dpi / 96
        self.picture, self.boxes = page(head, way)
        ink = rng.choice((_BLUE, "#1c1c22", "#2a2f70"))
        self.digits = Writer(rng, ink, tall=1.35)
        self.letters = OtherHand(rng, ink)

    def fill(self) -> None:
        """Number and day by pen, where the printer left them open."""
        for what, said, how in (
            ("number", self.head["number"] + self.way.suffix, self.way.number),
            ("day", self.head["day"][1], self.way.day),
        ):
            if what in self.boxes and how != "open":
                x, y, wide, high = self.boxes[what]
                self._write(said, x * 0.75, (y + high * 0.79) * 0.75, wide * 0.75, over=how == "over")

    def _write(self, said: str, x: float, y: float, wide: float, *, over: bool) -> None:
        size, scale = 12.5, self.way.dpi / 72
        digits = re.match(r"\d*", said)[0]  # type: ignore[index]
        if over:  # only the last digit is wrong in print
            last = self.digits.width(digits[-1], size)
            self.digits.wide *= 1.6
            self.digits.write(self.picture, digits[-1], x + wide - last * 0.9, y, size, scale)
            return
        start = x + max(1.0, (wide - self.digits.width(digits, size)) / (3 if said != digits else 2))
        end = self.digits.write(self.picture, digits, start, y, size, scale)
        if said != digits:
            self.letters.write(self.picture, said[len(digits) :], end, y, size * 0.8, scale)

    def stamp(self) -> None:
        """The receiver's stamp with its own number and day."""
        if not self.way.stamp:
            return
        s, rng = self.scale, self.rng
        said = ("CÔNG VĂN ĐẾN", "Số: ................", "Ngày: .../.../202..", "Chuyển: ...........")
        size = round(13 * s)
        tile = _boxed(said, round(165 * s), size).convert("RGB")
        other = Writer(rng, "#ffffff", 0.9, 1.3)
        other.write(tile, str(rng.randint(40, 2900)), 34, (2 * size + 12) / (s / 0.75), 10, s / 0.75)
        other.write(tile, f"{rng.randint(1, 28)}", 40, (3 * size + 21) / (s / 0.75), 9, s / 0.75)
        ink = tile.convert("L").rotate(rng.uniform(-6, 6), Image.Resampling.BICUBIC, expand=True)
        x, y, wide, high = self.boxes["abstract"]
        at = {
            "left": (x - 70, y + high * 0.2), "right": (x + wide - 90, y - 52), "above": (250, 6),
            "number": (150, self.boxes["number"][1] + 14 if "number" in self.boxes else y - 60),
        }[self.way.stamp]  # fmt: skip
        colour = rng.choice((_RED, _BLUE, "#6a3fa0"))
        self.picture = _inked(self.picture, ink, (round(max(4, at[0]) * s), round(at[1] * s)), colour)

    def note(self) -> None:
        """A leader's note by hand: beside the abstract, over it, or lines drawn under its words."""
        x, y, wide, high = self.boxes["abstract"]
        s, ink = self.scale, ImageDraw.Draw(self.picture)
        if self.way.note == "lines":
            for at in range(1, 3):
                level = (y + high * at / 2.6) * s
                points = [((x + wide * (0.2 + t / 40)) * s, level + 2 * s * math.sin(t)) for t in range(24)]
                ink.line(points, fill=_RED if at > 1 else _BLUE, width=round(1.4 * s))
        elif self.way.note:
            said = (
                "K/c Đ/c Hùng đề xuất 15/8" if self.way.note == "beside" else "Đ/c Tâm, Đội XDPT nghiên cứu"
            )
            font = ImageFont.truetype(str(_NOTE), 20 * s)
            tile = Image.new("L", (round(font.getlength(said) + 20), round(34 * s)), 0)
            ImageDraw.Draw(tile).text((6, 3), said, fill=225, font=font)
            tile = tile.rotate(self.rng.uniform(7, 14), Image.Resampling.BICUBIC, expand=True)
            place = (x + wide * 0.45, y - 64) if self.way.note == "beside" else (x + wide * 0.3, y - 8)
            self.picture = _inked(self.picture, tile, (round(place[0] * s), round(place[1] * s)), _BLUE)

    def sign(self) -> None:
        """Seal and signature; a name by a stamp, a pen through it."""
        s, rng, way = self.scale, self.rng, self.way
        for at in range(len(self.head["sign"])):
            x, y, wide, high = self.boxes[f"name{at}"]
            if way.name in ("red", "blue"):
                name = self.head["sign"][at].split("|")[1]
                font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf", 15 * s)
                tile = Image.new("L", (round(font.getlength(name) + 16), round(30 * s)), 0)
                ImageDraw.Draw(tile).text((6, 4), name, fill=215, font=font)
                tile = tile.rotate(rng.uniform(-4, 4), Image.Resampling.BICUBIC, expand=True)
                self.picture = _inked(
                    self.picture,
                    tile,
                    (round((x - 6) * s), round((y - 4) * s)),
                    _RED if way.name == "red" else _BLUE,
                )
            if way.seal and (at == self.head.get("chief", 0) or way.several):
                r = round(58 * s)
                low = {"beside": y - 50, "across": y - 2, "under": y + high + 10}[way.seal]
                colour = "#8d8d8d" if way.end == "copy" else _RED
                centre = (round((x + wide * 0.12) * s) - r, round(low * s) - r)
                self.picture = _inked(self.picture, _round(r), centre, colour)
            deep = 0.9 if way.name == "pen" else 0.12
            turn = rng.uniform(2.0, 4.0)
            points = [
                (
                    (x + t * wide / 66) * s,
                    (y - 26 + (deep * 36) * t / 80 + 15 * math.sin(t / turn) * math.cos(t / 17)) * s,
                )
                for t in range(80)
            ]
            pen = self.digits.colour if way.end != "copy" else "#2a2a2a"
            ImageDraw.Draw(self.picture).line(points, fill=pen, width=round(1.7 * s), joint="curve")

    def title_seal(self) -> None:
        """The office's seal hung over the beginning of the abstract."""
        if self.way.note == "" and self.way.stamp == "" and self.way.seal == "under":
            x, y, _wide, high = self.boxes["abstract"]
            r = round(58 * self.scale)
            at = (round((x + 10) * self.scale) - r, round((y + high * 0.4) * self.scale) - r)
            self.picture = _inked(self.picture, _round(r), at, _RED)
