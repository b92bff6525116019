"""Papers put together by lot for benchmarks/heads_by_lot.py: what stands on them, and the truth about it."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

BANK = Path(__file__).resolve().parent / "head_bank"
LETTER = "cong-van"
LEVEL = re.compile(r"^(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu) ", re.IGNORECASE)

Lists = Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Paper:
    """A paper: lines of the two columns of its head, its text and the columns of its foot."""

    left: list[str]
    right: list[str]
    number: str = ""
    subject: str = ""
    """What a letter says under its number: “V/v …”."""
    dated: str = ""
    date_in_foot: bool = False
    kind: str = ""
    title: str = ""
    addressed: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    blocks: list[list[str]] = field(default_factory=list)
    """The signing blocks, left to right."""
    signers: list[str] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)

    @property
    def letter_marks(self) -> bool:
        """Whether anything says that a paper without a title is a letter."""
        return bool(self.subject or self.addressed)


class Body(NamedTuple):
    """A row of ``bodies``: names with {C} commune, {D} district, {P} {p} province with and without its level;
    ``form`` s (state), p (Party) or y (youth union)."""

    superior: str
    name: str
    code: str
    chief: str
    deputy: str
    collective: str
    form: str


_CROWNS = {
    "s": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
    "p": ["ĐẢNG CỘNG SẢN VIỆT NAM"],
    "y": ["ĐOÀN TNCS HỒ CHÍ MINH"],
}
_RANKS = ("Đại tá", "Thượng tá", "Trung tá", "Thiếu tá", "Đại úy", "Thượng úy")
_SLUGS = {
    "KẾ HOẠCH": "ke-hoach", "BÁO CÁO": "bao-cao", "QUYẾT ĐỊNH": "quyet-dinh", "TỜ TRÌNH": "to-trinh",
    "THÔNG BÁO": "thong-bao", "PHƯƠNG ÁN": "phuong-an", "CHƯƠNG TRÌNH": "chuong-trinh", "QUY CHẾ": "quy-che",
    "NGHỊ QUYẾT": "nghi-quyet", "HƯỚNG DẪN": "huong-dan", "GIẤY MỜI": "giay-moi", "BIÊN BẢN": "bien-ban",
    "CHỈ THỊ": "chi-thi", "KẾT LUẬN": "ket-luan",
}  # fmt: skip


def bank_of(name: str) -> Lists:
    """The lists of a file of head_bank, by key, with those of the file that it is ``like``."""
    lists = tomllib.loads((BANK / f"{name}.toml").read_text("utf-8"))
    return {**bank_of(like), **lists} if (like := lists.pop("like", "")) else lists


def broken(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` characters; one line when it is 0."""
    lines: list[str] = []
    for piece in text.split():
        if not lines or (width and len(lines[-1]) + 1 + len(piece) > width):
            lines.append(piece)
        else:
            lines[-1] += f" {piece}"
    return lines


def draw(lists: Lists, seed: int) -> Paper:
    """The paper of a seed."""
    lot = random.Random(seed)
    day = date(
        lot.choice((2004, 2011, 2018, 2022, 2023, 2024, 2025, 2026)), lot.randint(1, 12), lot.randint(1, 28)
    )
    commune, province = lot.choice(lists["communes"]), lot.choice(lists["provinces"])
    district = province if day.year > 2024 else lot.choice(lists["districts"])
    names = {"C": commune, "D": district, "P": province, "y": str(day.year)}
    names |= {letter.lower(): LEVEL.sub("", names[letter]) for letter in "DP"}
    body = Body(*(cell.format(**names) for cell in lot.choice(lists["bodies"]).split("|")))
    width = lot.choice((22, 26, 30, 36, 60))
    rule = lot.choice(("", "", "-------", "***", "_____", "*" if body.form == "p" else ""))
    above, own = broken(body.superior.upper(), width), broken(body.name.upper(), width)
    paper = Paper([*above, *own, *([rule] if rule else [])], list(_CROWNS[body.form]))
    paper.truth = {"issuer": body.name, "superior": body.superior}
    _subject(paper, lot, lists, body, names)
    _day(paper, lot, lists["dates"], day, commune)
    _foot(paper, lot, lists, body)
    return paper


def _subject(paper: Paper, lot: random.Random, lists: Lists, body: Body, names: Mapping[str, str]) -> None:
    """Number, kind, title and text: a letter in three of ten papers, any other act in the rest."""
    act, code, title = lot.choice(lists["acts"]).split("|")
    letter = lot.random() < 0.3
    if letter:
        subject = lot.choice(lists["subjects"]).format(**names)
        lead = lot.choice(("V/v", "V/v", "V/v:", "v/v", "Về việc", "Về", ""))
        paper.subject = f"{lead} {subject}" if lead else ""
        paper.truth |= {"type": LETTER, "abstract": subject if lead else ""}
        paper.addressed = [
            "Kính gửi: "
            + lot.choice(
                ("Công an các xã, phường", "Ban Giám hiệu các trường", body.superior or "Các đơn vị")
            )
        ] * (lot.random() < 0.9)
    else:
        paper.kind, paper.title = act, title.format(**names)
        paper.truth |= {"type": _SLUGS[act], "abstract": paper.title}
    forms = {"s": "l" if letter else "s"}.get(body.form, body.form)
    ways = [row[2:] for row in lists["symbols"] if row.startswith(f"{forms}|")]
    number = lot.choice((lot.randint(1, 9), lot.randint(10, 99), lot.randint(100, 2400)))
    fill = {"n": f"{number:02d}", "t": "CV" if letter else code, "c": body.code, "y": names["y"]}
    paper.number = lot.choice(ways).format(**fill)
    if act == "BIÊN BẢN" and not letter and lot.random() < 0.5:
        paper.number = ""
    paper.truth["number"] = re.sub(
        r"^(?:CV )?(?:Số|No)(?: hiệu)?[\s.:…_]*", "", paper.number, flags=re.IGNORECASE
    )
    paper.text = [
        lot.choice(lists["texts"]).format(**names),
        *lot.sample(lists["more"], lot.randint(2, len(lists["more"]))),
    ]
    if act == "BIÊN BẢN" and not letter:
        paper.text = ["Hôm nay, hồi 8 giờ 30, ngày {d2} tháng {m} năm {y}, tại trụ sở, chúng tôi gồm có:",
                      "1. Ông Phù Văn Định, cán bộ;", "2. Bà Lại Thị Sen.", *paper.text[1:]]  # fmt: skip


def _day(paper: Paper, lot: random.Random, ways: Sequence[str], day: date, commune: str) -> None:
    """The line of place and day, in the head or, in some papers, in the foot; minutes may have none."""
    name, whole = LEVEL.sub("", commune), commune[:1].upper() + commune[1:]
    place = whole if name[:1].isdigit() else lot.choice((name, whole))
    fill = {
        "d": str(day.day),
        "d2": f"{day.day:02d}",
        "m2": f"{day.month:02d}",
        "y": str(day.year),
        "place": place,
    }
    fill["m"] = fill["m2"] if day.month < 3 else str(day.month)
    way = lot.choice(ways)
    minutes = paper.kind == "BIÊN BẢN"
    paper.text = [line.format(**fill) if minutes else line for line in paper.text]
    truth = day.isoformat()
    if minutes and lot.random() < 0.6:
        paper.truth |= {"date": truth, "place": ""}
        return
    paper.dated = way.format(**fill)
    paper.date_in_foot = not paper.subject and lot.random() < 0.1
    if not minutes:
        truth = (
            truth if re.search(r"\{d2?\}", way) else truth[:7] if re.search(r"\{m2?\}", way) else truth[:4]
        )
    paper.truth |= {"date": truth, "place": place if "{place}" in way else ""}


def _foot(paper: Paper, lot: random.Random, lists: Lists, body: Body) -> None:
    """The signing blocks and the recipients. Minutes are signed by two or three; a body without a collective
    has no “TM.”."""
    minutes = paper.kind == "BIÊN BẢN"
    ways = [
        row for row in lists["feet"] if ("||" in row) >= minutes and (body.collective or "{body}" not in row)
    ]
    capacity, _, shape = lot.choice(ways).partition("|")
    names = lot.sample(lists["names"], 3)
    shown = names[0]
    if "CÔNG AN" in " ".join(paper.left) and lot.random() < 0.7:
        shown = f"{lot.choice(_RANKS)} {shown}"
    fill = {"name": shown, "NAME": shown.upper(), "name2": names[1], "name3": names[2], "chief": body.chief,
            "Chief": body.chief.title(), "chief2": body.chief.capitalize(), "deputy": body.deputy,
            "body": body.collective}  # fmt: skip
    for block in shape.split(" || "):
        lines = [line.strip().format(**fill) for line in block.split(" / ")]
        paper.blocks.append(
            [x for line in lines for x in ([""] * lot.randint(2, 4) if line == "~" else [line])]
        )
    if body.form == "p" and lot.random() < 0.6:
        paper.blocks = [
            [re.sub(r"^(T|K)(M|T|L)\. ", r"\1/\2 ", line) for line in block] for block in paper.blocks
        ]
    paper.signers = [
        name
        for name, mark in zip(names, ("{name}", "{name2}", "{name3}"), strict=True)
        if mark in shape or mark.upper() in shape
    ]
    paper.truth |= {"signer": paper.signers[0], "capacity": capacity,
                    "title": " ".join(line for block in paper.blocks for line in block)}  # fmt: skip
    if len(paper.blocks) == 1 and lot.random() < 0.85:
        paper.recipients = [f"{who};" for who in lot.sample(lists["recipients"], lot.randint(1, 4))] + [
            "Lưu: VT."
        ]
