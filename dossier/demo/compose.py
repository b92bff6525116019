"""Compose a document as blocks: head, title, text, tables and foot, in the form required by its type.

The form follows Nghị định 30/2020/NĐ-CP (annexes I and III); papers of the Party follow its own rules.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from dossier.demo import form
from dossier.demo.life import PaperOrder
from dossier.demo.office import SampleOffice
from dossier.demo.paper import Block, SamplePaper
from dossier.demo.prose import Prose
from dossier.demo.setting import (
    CODES,
    CitedDecision,
    SampleSetting,
    founding_decision,
    number_symbol,
    slots_of,
)
from dossier.demo.wording import fill, made_up_person
from dossier.vietnamese import slug

_MINUTES = ("BIÊN BẢN",)
_PLAIN = ("SỔ", "DANH SÁCH", "PHIẾU LẤY Ý KIẾN", "BẢNG KÊ")  # neither number nor date in the head


def compose(order: PaperOrder, setting: SampleSetting, rng: random.Random) -> list[SamplePaper]:
    """Return the document ordered; a regulation may be a decision with an attachment."""
    texts = setting.bank.texts[order.key]
    picked = rng.choice(texts["titles"]).split("|")
    role = (
        picked[2] if len(picked) > 2 else ("committee" if order.key in ("7a", "7b", "7c", "12") else "lead")
    )
    office = setting.offices.of(role, order.day)
    slots = _Said(slots_of(order, setting, office, rng))
    type_name, abstract = picked[0], fill(setting.worded(picked[1]), slots, rng)
    body = rng.choice(texts["bodies"])
    writer = _Writer(order, setting, office, slots, rng)
    if type_name == "QUY CHẾ" and rng.random() < 0.55:
        return writer.decision_and_regulation(abstract, body)
    if order.key == "6c" and type_name == "DANH SÁCH" and rng.random() < 0.5:
        return [writer.attached(type_name, abstract, body, founding_decision(setting))]
    paper = writer.whole(type_name, abstract, body)
    rank = setting.rank if "rank" in slots.names else ""
    cites = founding_decision(setting).symbol if "founding" in slots.names else ""
    return [replace(paper, rank=rank, cites=cites)]


class _Said:
    """Values of slots; records which were used."""

    def __init__(self, slots: Callable[[str], str]) -> None:
        self._slots = slots
        self.names: set[str] = set()

    def __call__(self, name: str) -> str:
        self.names.add(name)
        return self._slots(name)


class _Writer:
    """Writes the documents of one order."""

    def __init__(
        self,
        order: PaperOrder,
        setting: SampleSetting,
        office: SampleOffice,
        slots: Callable[[str], str],
        rng: random.Random,
    ) -> None:
        self.order, self.setting, self.office, self.rng = order, setting, office, rng
        self.prose = Prose(setting, office, order.day, order.key, slots, rng)

    def whole(self, type_name: str, abstract: str, body: str) -> SamplePaper:
        """Return a document with head and foot."""
        day, office = self.order.day, self.office
        symbol = ""
        if type_name in CODES:
            symbol = self._number(type_name)
        minutes = type_name in _MINUTES
        dated = not minutes and not type_name.startswith(_PLAIN)
        letter = abstract if type_name == "CÔNG VĂN" else ""
        shown_day = day if dated else None
        blocks: list[Block] = [form.head(office, symbol, shown_day, self.setting.offices.unit.bare, letter)]
        if letter:
            blocks.append(form.centred(f"Kính gửi: {self._receiver()}.", bold=False, after=10))
        else:
            blocks += form.title(type_name, abstract)
        blocks += self.prose.preamble(type_name, body)
        blocks += self.prose.body(type_name, body)
        signature = form.foot(office, self._receivers(), deputy=self.rng.random() < 0.3)
        if minutes or type_name.startswith(("SỔ", "BẢNG KÊ")):
            left = "THƯ KÝ" if minutes else "THỦ QUỸ"
            signature = form.two_signatures(
                left,
                made_up_person(self.setting.bank.names, self.rng)[1],
                "CHỦ TỌA" if minutes else "TRƯỞNG BAN CHỈ ĐẠO",
                office.signer[1],
            )
        blocks.append(signature.block)
        told = day if dated or minutes else None
        return self._paper(type_name, symbol, told, office.issuer, abstract, signature.signer, blocks)

    def _number(self, type_name: str) -> str:
        """Return a number and symbol that no other document of the dossier has."""
        key, office, day = self.order.key, self.office, self.order.day
        founding = number_symbol(
            self.setting.offices.of("authority", self.setting.founded), "QUYẾT ĐỊNH", self.setting.founded,
            self.setting.drafter, "6a",
        )  # fmt: skip
        more = 0
        while True:
            symbol = number_symbol(office, type_name, day, self.setting.drafter, key, more)
            mark = (office.issuer, day.year, symbol)
            if key.startswith("6a") or (mark not in self.setting.taken and symbol != founding):
                self.setting.taken.add(mark)
                return symbol
            more += 1

    def attached(self, type_name: str, abstract: str, body: str, decision: CitedDecision) -> SamplePaper:
        """Return an attachment to a decision, whose number and date it has; without head and signature."""
        blocks: list[Block] = [
            *form.title(type_name, abstract),
            form.attachment(decision.cited),
            *self.prose.body(type_name, body),
        ]
        return self._paper(type_name, decision.symbol, decision.day, "", abstract, "", blocks)

    def decision_and_regulation(self, abstract: str, body: str) -> list[SamplePaper]:
        lowered = abstract[0].lower() + abstract[1:]
        verb = self.rng.choice(("Về việc ban hành", "Ban hành"))
        act = "\n".join(
            (
                f"Điều 1. Ban hành kèm theo Quyết định này Quy chế {lowered}.",
                "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
                "Điều 3. Các thành viên và bộ phận có liên quan chịu trách nhiệm thi hành Quyết định này.",
            )
        )
        decision = self.whole("QUYẾT ĐỊNH", f"{verb} Quy chế {lowered}", act)
        issued = CitedDecision(decision.symbol, self.order.day, self.office.spoken)
        return [decision, self.attached("QUY CHẾ", abstract, body, issued)]

    def _paper(
        self,
        type_name: str,
        symbol: str,
        day: date | None,
        issuer: str,
        abstract: str,
        signer: str,
        blocks: list[Block],
    ) -> SamplePaper:
        kind = "so" if type_name.startswith("SỔ") else slug(type_name)
        return SamplePaper(
            kind,
            symbol,
            day,
            issuer,
            abstract,
            signer,
            tuple(blocks),
            self.order.places,
            self.order.day,
            self.order.key,
        )

    def _receiver(self) -> str:
        offices, day = self.setting.offices, self.order.day
        return self.rng.choice(
            (
                f"Các {self.setting.hamlet_kind} và đoàn thể trực thuộc",
                offices.of("authority", day).spoken,
                offices.of("police", day).spoken,
                offices.of("higher", day).spoken,
            )
        )

    def _receivers(self) -> list[str]:
        offices, day = self.setting.offices, self.order.day
        some = [offices.of(role, day).spoken for role in ("higher", "police", "authority")]
        self.rng.shuffle(some)
        names = [name for name in dict.fromkeys(some) if name != self.office.spoken]
        first = ["Như trên"] if self.rng.random() < 0.4 else []
        return [*first, *names[:2], f"Lưu: VT{self.rng.choice(('', ', ' + self.setting.drafter, ', HS'))}"]
