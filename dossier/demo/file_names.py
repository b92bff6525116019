"""Names of the folders of dossiers and of their files, as people choose them."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dossier.demo.office import Offices
from dossier.demo.paper import SamplePaper
from dossier.vietnamese import capitalised, fold

_KIND_FOLDERS = {
    "mo-hinh": ("Mô hình", "mo hinh", "MÔ HÌNH", "Mo hinh", "Các mô hình"),
    "dien-hinh": ("Điển hình", "dien hinh", "ĐIỂN HÌNH", "Điển hình tiên tiến"),
}
_SHORT = {
    "quyet-dinh": "QĐ", "ke-hoach": "KH", "bao-cao": "BC", "to-trinh": "TTr", "thong-bao": "TB",
    "nghi-quyet": "NQ", "quy-che": "QC", "cong-van": "CV", "bien-ban": "BB", "danh-sach": "DS",
    "chuong-trinh": "CTr", "giay-moi": "GM", "chi-thi": "CT", "ket-luan": "KL", "so": "Sổ",
}  # fmt: skip
_TAILS = ("(bản cuối)", "(bản chính)", "final", "(ký)", "(bản cuối) (2)", "- Copy", "sua lan 2", "in")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*“”]+')
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Habit:
    """How one dossier is kept. ``folders``: item folders (``none``, ``number``, ``muc``, ``titled``,
    ``year``); ``names``: how files are called; ``decomposed``: names in NFD, as a Mac writes them."""

    folders: str
    names: str
    decomposed: bool


def habit(rng: random.Random) -> Habit:
    """Return a random habit."""
    folders = rng.choices(("none", "number", "muc", "titled", "year"), (34, 14, 12, 30, 10))[0]
    names = rng.choices(("marked", "plain", "number", "scan", "messy"), (36, 26, 16, 6, 16))[0]
    return Habit(folders, names, names in ("marked", "messy") and rng.random() < 0.3)


def dossier_folder(rng: random.Random, kind: str, name: str, offices: Offices, day: date, number: int) -> str:
    """Return the path of the dossier's folder; outside the folder of a kind only ``hoso.toml`` marks it."""
    unit = offices.unit
    kind_folder = rng.choice(_KIND_FOLDERS[kind])
    roll = rng.random()
    if roll < 0.34:
        return f"Công an {unit.name}/{kind_folder}/{name}"
    if roll < 0.56:
        return f"kho/{day.year}/{capitalised(unit.name)}/{kind_folder}/{name}"
    if roll < 0.70:
        return f"{fold(unit.district).title()}/{unit.name}/{kind_folder}/{name}"
    if roll < 0.86:
        return f"{kind_folder}/{unit.bare} - {name}"
    if roll < 0.92:
        return f"{unit.province.title()}/{unit.bare}/Hồ sơ an ninh/{kind_folder}/{name}"
    return f"Lưu trữ/Hộp {number // 10 + 1:02d}/HS {number + 1:03d}"


def item_folder(style: str, item: int, day: date, titles: Sequence[str]) -> str:
    """Return the folder of an item in its dossier; empty if the style has none."""
    match style:
        case "number":
            return f"{item:02d}"
        case "muc":
            return f"Mục {item}"
        case "titled":
            return f"{item:02d} {titles[item - 1]}"
        case "year":
            return str(day.year)
    return ""


def file_name(rng: random.Random, style: str, paper: SamplePaper, serial: int, scan: bool) -> str:
    """Return the name of a file without extension."""
    if scan and rng.random() < 0.4:
        style = "scan"
    elif rng.random() < 0.12:
        style = rng.choice(("marked", "plain", "number", "messy"))
    short = _SHORT.get(paper.type, "")
    words = _FORBIDDEN.sub("", paper.abstract)
    match style:
        case "number":
            name = _by_number(rng, paper, short)
        case "scan":
            name = rng.choice((
                f"scan{serial:04d}", f"Scan_{paper.day:%Y%m%d}_{serial:03d}", f"img{serial:03d}",
                f"CamScanner {paper.day:%d-%m-%Y} 08.{serial % 60:02d}",
            ))  # fmt: skip
        case "messy":
            name = f"{short or 'VB'}-{paper.day.year} {_clip(words, 34)} {rng.choice(_TAILS)}"
        case "plain":
            name = unaccented(_clip(f"{short} {words}", 60)).replace("mo hinh", rng.choice(("MH", "mo hinh")))
        case _:
            name = _clip(f"{short} {words[0].lower() + words[1:]}", rng.choice((48, 64, 80)))
    return _SPACES.sub(" ", name).strip(" .-")


def _by_number(rng: random.Random, paper: SamplePaper, short: str) -> str:
    part = next((place.part for place in paper.places), "00")
    if paper.symbol and rng.random() < 0.6:
        return unaccented(paper.symbol.replace("/", "-"))
    return f"{part.zfill(2 + (not part.isdigit()))}_{unaccented(short) or 'VB'}"


def unaccented(text: str) -> str:
    """Return the text without diacritics, in the same case."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in bare if not unicodedata.combining(char))


def _clip(text: str, most: int) -> str:
    """Return at most ``most`` characters of a text, cut between words."""
    if len(text) <= most:
        return text
    return text[: most + 1].rsplit(" ", 1)[0]
