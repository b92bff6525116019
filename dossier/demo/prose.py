"""The text of a document: its legal grounds and its body from the bank, extended to a believable length."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date

from dossier.demo import form, tables
from dossier.demo.office import PLACES_REFORM, SampleOffice
from dossier.demo.paper import Block, PageBreak, Paragraph
from dossier.demo.setting import SampleSetting, founding_decision
from dossier.demo.wording import fill

_GUIDANCE = date(2022, 12, 1)  # before it the province's own procedure of 2017 was in force
_CITED = re.compile(r"Hướng dẫn số 22/HD-BCA-V05(?: ngày 18/11/2022 của Bộ Công an)?")
_BEFORE = "Quyết định số 1383/QĐ-BCĐ ngày 25/5/2017 của Ban Chỉ đạo tỉnh"
# What kinds of paragraphs a type of paper has room for, beside what its text says.
_ROOM = {
    "KẾ HOẠCH": ("purpose", "measures", "execution", "situation"),
    "BÁO CÁO": ("situation", "measures", "difficulties", "results"),
    "TỜ TRÌNH": ("situation", "purpose", "measures"),
    "QUYẾT ĐỊNH": ("clauses",), "NGHỊ QUYẾT": ("situation", "measures", "purpose", "execution"),
    "CÔNG VĂN": ("purpose", "execution", "measures"), "THÔNG BÁO": ("purpose", "execution"),
    "QUY CHẾ": ("articles", "measures", "execution"), "BIÊN BẢN": ("talk",),
    "CHỈ THỊ": ("situation", "measures", "execution"), "KẾT LUẬN": ("measures", "purpose", "execution"),
}  # fmt: skip


class Prose:
    """Writes the text of one document; ``slots``: returns the values of the bank's slots."""

    def __init__(
        self,
        setting: SampleSetting,
        office: SampleOffice,
        day: date,
        key: str,
        slots: Callable[[str], str],
        rng: random.Random,
    ) -> None:
        self.setting, self.office, self.day, self.key = setting, office, day, key
        self.slots, self.rng = slots, rng
        self._pools = {name: rng.sample(pool, len(pool)) for name, pool in setting.bank.pools.items()}
        if setting.offices.own_name:
            self._pools["situation"] = self._pools["situation_own"]

    def filled(self, text: str) -> str:
        """Return a text of the bank with all slots filled, without citing anything before it existed."""
        text = fill(self.setting.worded(text), self.slots, self.rng)
        return text if self.day >= _GUIDANCE else _CITED.sub(_BEFORE, text)

    def preamble(self, type_name: str, body: str) -> list[Block]:
        """Return the grounds and enacting words of a decision, place and day of minutes, or the ground of a
        plan."""
        if type_name == "QUYẾT ĐỊNH":
            return self._enacting()
        if type_name == "BIÊN BẢN":
            where = self.setting.offices.place
            return [Paragraph(f"Hôm nay, {form.spoken_date(self.day)}, tại {where}, {self.office.spoken} "
                         "lập biên bản với nội dung sau đây:")]  # fmt: skip
        if type_name in ("KẾ HOẠCH", "TỜ TRÌNH") and "@opening" not in body and self.rng.random() < 0.6:
            return [self._paragraph("opening")]
        return []

    def _enacting(self) -> list[Block]:
        offices = self.setting.offices
        grounds = [g for g in self._pools["basis"] if "2022" not in g or self.day >= _GUIDANCE]
        if offices.own_name:
            grounds = [g for g in grounds if "chính quyền địa phương" not in g]
            grounds.insert(0, f"Căn cứ Điều lệ, quy định về tổ chức và hoạt động của {offices.own_name};")
        elif self.day >= PLACES_REFORM:
            grounds = [g.replace("ngày 19 tháng 6 năm 2015", "ngày 16 tháng 6 năm 2025") for g in grounds]
        grounds = grounds[: self.rng.randint(2, 4)]
        if self.key.split("-")[0] in ("14", "13b", "16c", "13c"):
            grounds.append(
                f"Căn cứ {founding_decision(self.setting).cited} về mô hình {self.setting.quoted};"
            )
        body = self.office.spoken.upper()
        who = f"{self.office.title} {body}" if self.office.on_behalf == "ỦY BAN NHÂN DÂN" else body
        asks = f"Theo đề nghị của {offices.of('lead', self.day).spoken}."
        return [
            form.centred(who, after=6), *(Paragraph(ground, italic=True) for ground in grounds),
            Paragraph(asks, italic=True), form.centred("QUYẾT ĐỊNH:", after=6),
        ]  # fmt: skip

    def body(self, type_name: str, text: str) -> list[Block]:
        """Return the blocks of a text of the bank."""
        blocks: list[Block] = []
        if type_name == "QUYẾT ĐỊNH" and "Điều 1" not in text:
            blocks.append(
                Paragraph("Điều 1. Ban hành kèm theo Quyết định này nội dung có tên như trên, cụ thể:")
            )
        for line in text.strip().splitlines():
            if not line.startswith("@"):
                heading = line.startswith("# ")
                blocks.append(Paragraph(self.filled(line.removeprefix("# ")), bold=heading))
            elif line == "@page":
                blocks.append(PageBreak())
            elif line[1:] in self._pools:
                if self._pools[line[1:]]:
                    blocks.append(self._paragraph(line[1:]))
            else:
                offices = self.setting.offices
                blocks += tables.table(line[1:], self.setting.bank.names, offices.board, offices.owner,
                                       self.setting.hamlet, self.day, self.rng)  # fmt: skip
        self._lengthen(type_name, blocks)
        last = blocks[-1]
        if self.rng.random() < 0.35 and isinstance(last, Paragraph) and not last.bold:
            blocks[-1] = Paragraph(last.text.rstrip("./;") + "./.")
        return blocks

    def _paragraph(self, pool: str) -> Paragraph:
        return Paragraph(self.filled(self._pools[pool].pop()))

    def _lengthen(self, type_name: str, blocks: list[Block]) -> None:
        """Insert further paragraphs that suit this type of document before the last one."""
        wanted = self.rng.choice((150, 200, 260, 330, 420, 560))
        words = sum(len(block.text.split()) for block in blocks if isinstance(block, Paragraph))
        rooms = [name for name in _ROOM.get(type_name, ()) if name in self._pools]
        before_table = next(
            (n for n, b in enumerate(blocks) if not isinstance(b, Paragraph)), len(blocks) - 1
        )
        at = max(0, min(before_table, len(blocks) - 1))
        while words < wanted and (open_rooms := [name for name in rooms if self._pools[name]]):
            added = self._paragraph(self.rng.choice(open_rooms))
            blocks.insert(at, added)
            at += 1
            words += len(added.text.split())
