"""The ways of strange/registry.py: what is filled in, stamped and noted, and what made the picture."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter
from strange import programs
from strange.clerks import other_hands
from strange.pictures import bent, grain, shadowed
from strange.registry import Head, Registry, Way, heads

from dossier.vietnamese import fold

End = Callable[[Image.Image, random.Random], Image.Image]


def _scan(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A flat-bed's: a little askew, soft, grainy."""
    lean = rng.choice((-1, 1)) * rng.uniform(0.1, 0.9)
    turned = picture.rotate(lean, Image.Resampling.BICUBIC, fillcolor="#fbfaf6")
    return grain(turned.filter(ImageFilter.GaussianBlur(0.5)), rng, 9)


def _copy(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A copy of a copy, grey: thick letters, dirt."""
    grey = picture.convert("L").filter(ImageFilter.GaussianBlur(1.0))
    grey = grey.point([max(0, min(255, (value - 96) * 255 // 120)) for value in range(256)])
    ink = ImageDraw.Draw(grey)
    for _speck in range(90):
        x, y = rng.randrange(grey.width), rng.randrange(grey.height)
        ink.ellipse((x, y, x + rng.randrange(1, 4), y + rng.randrange(1, 4)), fill=60)
    return grain(grey.rotate(rng.uniform(-0.6, 0.6), Image.Resampling.BICUBIC, fillcolor=255), rng, 12)


def _pale(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A fax with little toner: pale bands, then black and white."""
    grey = picture.convert("L")
    band = Image.linear_gradient("L").rotate(90).resize(grey.size).point([v * 3 // 8 for v in range(256)])
    noise = Image.frombytes("L", grey.size, rng.randbytes(grey.width * grey.height))
    grey = ImageChops.add(ImageChops.add(grey, band), noise.point([v // 5 for v in range(256)]))
    return grey.point([255 * (value > 158) for value in range(256)])


def _phone(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A telephone's at an angle, its shadow over a corner, light falling off."""
    wide, high = picture.size
    desk = Image.new("RGB", (round(wide * 1.14), round(high * 1.1)), "#6f665c")
    desk.paste(picture, (round(wide * 0.07), round(high * 0.05)))
    lean, near = rng.choice((-1, 1)) * rng.uniform(0.015, 0.035), rng.uniform(0.05, 0.1)

    def slanted(x: float, y: float) -> tuple[float, float]:
        nearer = 1 - near * (1 - y / desk.height)
        middle = desk.width / 2
        return middle + (x - middle) / nearer + lean * (y - desk.height / 2), y + lean * (x - middle)

    shot = bent(desk, slanted, "#6f665c").filter(ImageFilter.GaussianBlur(0.7))
    return grain(ImageEnhance.Contrast(shadowed(shot, rng)).enhance(0.85), rng, 18)


def _grey_phone(picture: Image.Image, rng: random.Random) -> Image.Image:
    return _phone(picture, rng).convert("L")


def _upside(picture: Image.Image, rng: random.Random) -> Image.Image:
    return _scan(picture, rng).transpose(Image.Transpose.ROTATE_180)


_ENDS: dict[str, End] = {
    "scan": _scan, "copy": _copy, "pale": _pale, "phone": _phone, "grey-phone": _grey_phone,
    "upside": _upside,
}  # fmt: skip

WAYS: dict[str, Way] = {
    "v-plain": Way(number="print", day="print"),
    "v-plain-150": Way(number="print", day="print", dpi=150),
    "v-seal-title": Way(seal="under"),
    "v-arrived-left": Way(stamp="left"),
    "v-arrived-right": Way(stamp="right"),
    "v-arrived-above": Way(stamp="above", dpi=150),
    "v-two-numbers": Way(stamp="number"),
    "v-noted-beside": Way(note="beside"),
    "v-noted-over": Way(note="over"),
    "v-noted-lines": Way(note="lines"),
    "v-copy": Way(end="copy"),
    "v-pale": Way(number="print", day="print", end="pale"),
    "v-phone": Way(end="phone"),
    "v-phone-arrived": Way(end="phone", stamp="right", number="print"),
    "v-grey-phone": Way(end="grey-phone", day="print"),
    "v-upside": Way(end="upside", dpi=150),
    "v-small": Way(small=True, number="print"),
    "v-seal-name": Way(seal="across", number="print", day="print"),
    "v-seal-all": Way(seal="across", several=True, number="print", day="print"),
    "v-pen-name": Way(name="pen", number="print", day="print"),
    "v-pen-name-copy": Way(name="pen", seal="across", end="copy", number="print", day="print"),
    "v-name-red": Way(name="red", number="print"),
    "v-name-blue": Way(name="blue", number="print"),
    "v-day-dots": Way(day="dots", number="dots"),
    "v-day-over": Way(day="over"),
    "v-day-open": Way(day="open"),
    "v-number-over": Way(number="over"),
    "v-suffix": Way(suffix="a"),
    "v-suffix-print": Way(suffix="b", number="print"),
}
_SEVERAL = ("v-seal-all", "v-pen-name-copy", "v-pen-name")


def _true(head: Head, way: Way, ordinal: int = 1) -> dict[str, object]:
    _place, day, month, year = head["day"]
    left = head["left"]
    issuer = [
        line.lstrip("+") for line in left if (line.startswith("+") or head.get("both")) and line != "+*"
    ]
    above = [line for line in left if not line.startswith("+")] if not head.get("both") else []
    date = f"{year}-{int(month):02d}"
    name = head["sign"][head.get("chief", 0)].split("|")[1]
    for rank in (
        "Thượng tá",
        "Trung tá",
        "Thiếu tá",
        "Đại úy",
        "Đại uý",
        "Bác sĩ",
        "Kỹ sư",
        "Thạc sĩ",
        "Giuse",
    ):
        name = name.removeprefix(f"{rank} ") if rank != "Giuse" else name
    return {
        "ordinal": ordinal,
        "number_symbol": f"{head['number']}{way.suffix}{head['symbol']}",
        "date": date if way.day == "open" else f"{date}-{int(day):02d}",
        "type": fold(head["type"] or "CÔNG VĂN").replace(" ", "-"),
        "abstract": head["abstract"],
        "issuing_body": (" - " if head.get("joint") else " ").join(issuer),
        **({"superior_body": " ".join(above)} if above else {}),
        "signer": name,
    }


def made(head: Head, way: Way, rng: random.Random) -> Image.Image:
    """The picture of a paper in a way."""
    desk = Registry(head, way, rng)
    desk.fill()
    desk.sign()
    desk.title_seal()
    desk.stamp()
    desk.note()
    return _ENDS[way.end](desk.picture, rng)


def _file(shots: list[Image.Image], rng: random.Random, way: Way) -> tuple[str, bytes]:
    if way.end in ("phone", "grey-phone"):
        out = io.BytesIO()
        shots[0].save(out, "JPEG", quality=rng.choice((45, 60, 75)))
        return "jpg", out.getvalue()
    if way.end == "pale" or way.small:
        out = io.BytesIO()
        shots[0].convert("1" if way.end == "pale" else "RGB").save(out, "PDF", resolution=way.dpi)
        return "pdf", out.getvalue()
    return "pdf", programs.of_pictures(shots)


def _chosen(known: list[Head], place: int, name: str, count: int) -> list[Head]:
    """Papers of a way: those that several sign where that is what it is about."""
    if name in _SEVERAL:
        known = [head for head in known if len(head["sign"]) > 1]
    if WAYS[name].suffix:
        known = [head for head in known if not head.get("party")]
    return [known[(place * 3 + turn * 7) % len(known)] for turn in range(count)]


def papers(count: int, only: set[str]) -> Iterator[tuple[str, str, bytes, list[dict[str, object]]]]:
    """Way, file's name, the file, what is true of it: ``count`` files a way; two papers side by side too."""
    if not other_hands():
        return
    known = heads()
    for place, (name, way) in enumerate(WAYS.items()):
        for turn, head in enumerate(_chosen(known, place, name, count if not only or name in only else 0)):
            rng = random.Random(f"registry {name} {turn}")
            suffix, data = _file([made(head, way, rng)], rng, way)
            yield name, f"{turn + 1}.{suffix}", data, [_true(head, way)]
    for turn in range(count if not only or "v-spread" in only else 0):
        rng = random.Random(f"registry spread {turn}")
        way = replace(WAYS["v-plain-150"], end="scan")
        pair = known[(turn * 5 + 1) % len(known)], known[(turn * 5 + 10) % len(known)]
        left, right = (made(head, way, rng) for head in pair)
        both = Image.new("RGB", (left.width * 2, left.height), "white")
        both.paste(left, (0, 0))
        both.paste(right, (left.width, 0))
        data = programs.of_pictures([both])
        yield "v-spread", f"{turn + 1}.pdf", data, [_true(h, way, at) for at, h in enumerate(pair, 1)]
