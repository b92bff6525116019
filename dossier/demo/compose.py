"""One paper as blocks: head, title, text, tables and foot in the form its type demands.

The form follows Nghị định 30/2020/NĐ-CP (annexes I and III); papers of the Party follow its own rules.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dossier.demo import form, tables
from dossier.demo.life import Order
from dossier.demo.office import Office, Offices
from dossier.demo.paper import Block, PageBreak, Paper, Text
from dossier.demo.wording import Bank, fill, person
from dossier.vietnamese import slug

_CODES = {
    "QUYẾT ĐỊNH": "QĐ",
    "KẾ HOẠCH": "KH",
    "BÁO CÁO": "BC",
    "TỜ TRÌNH": "TTr",
    "THÔNG BÁO": "TB",
    "NGHỊ QUYẾT": "NQ",
    "KẾT LUẬN": "KL",
    "CHỈ THỊ": "CT",
    "QUY CHẾ": "QC",
    "CHƯƠNG TRÌNH": "CTr",
    "GIẤY MỜI": "GM",
    "HƯỚNG DẪN": "HD",
    "CÔNG VĂN": "CV",
}
_MINUTES = ("BIÊN BẢN",)
_PLAIN = ("SỔ", "DANH SÁCH", "PHIẾU LẤY Ý KIẾN", "BẢNG KÊ")  # neither number nor date in the head
_PER_DAY = {"UBND": 1.4, "ĐU": 0.3, "CB": 0.08}  # papers a day, so that numbers grow over the year


@dataclass(frozen=True)
class Setting:
    """What the papers of one dossier share. ``subject`` is the model's name or the exemplar's."""

    bank: Bank
    offices: Offices
    subject: str
    aim: str
    act: str
    hamlet: str
    founded: date
    rank: str
    drafter: str
    members: str
    committee: tuple[tuple[str, str], ...]

    @property
    def quoted(self) -> str:
        """The subject as running text writes it."""
        return f"“{self.subject}”"


def number_symbol(office: Office, type_name: str, day: date, drafter: str, key: str) -> str:
    """Number and symbol: grows within the year, leading zero under ten, ``05-NQ/ĐU`` for the Party.

    ``key`` is the text's name in the bank: papers of one day and office get numbers of their own by it.
    """
    rate = _PER_DAY.get(office.code, 0.12 if office.code.startswith("BCĐ") else 0.6)
    first = key.split("+")[0]
    shift = 0 if first == "6a" else 1 + sum(map(ord, first + type_name)) % 7
    number = f"{1 + int(day.timetuple().tm_yday * rate) + shift:02d}"
    code = _CODES[type_name]
    if office.party:
        return f"{number}-{code}/{office.code}"
    if type_name == "CÔNG VĂN":
        return f"{number}/{office.code.split('-')[0]}-{drafter}"
    police = office.code in ("CAX", "CAP", "CATT")
    return f"{number}/{code}-{office.code}" + (f"-{drafter}" if police and drafter != "VP" else "")


def compose(order: Order, setting: Setting, rng: random.Random) -> list[Paper]:
    """The paper that ``order`` asks for; a regulation may come as a decision and what is attached."""
    texts = setting.bank.texts[order.key]
    picked = rng.choice(texts["titles"]).split("|")
    role = (
        picked[2] if len(picked) > 2 else ("committee" if order.key in ("7a", "7b", "7c", "12") else "lead")
    )
    office = setting.offices.of(role, order.day)
    slots = _slots(order, setting, office, rng)
    type_name, abstract = picked[0], fill(picked[1], slots, rng)
    body = rng.choice(texts["bodies"])
    writer = _Writer(order, setting, office, slots, rng)
    if type_name == "QUY CHẾ" and rng.random() < 0.55:
        return writer.decision_and_regulation(abstract, body)
    if order.key == "6c" and type_name == "DANH SÁCH" and rng.random() < 0.5:
        return [writer.attached(type_name, abstract, body, writer.founding())]
    return [writer.whole(type_name, abstract, body)]


def _slots(order: Order, setting: Setting, office: Office, rng: random.Random) -> Callable[[str], str]:
    offices, year = setting.offices, int(order.period[:4]) if order.period else order.day.year
    months = (order.day.year - setting.founded.year) * 12 + order.day.month - setting.founded.month
    authority = offices.of("authority", order.day)
    values = {
        "mh": setting.quoted,
        "dh": setting.subject,
        "place": offices.place,
        "hamlet": setting.hamlet,
        "hamletkind": setting.hamlet.split(" ")[0],
        "aim": setting.aim,
        "act": setting.act,
        "people": {"company": "người lao động", "school": "học sinh, phụ huynh"}.get(
            offices.owner, "Nhân dân"
        ),
        "org": office.spoken,
        "lead": offices.of("lead", order.day).spoken,
        "authority": authority.spoken,
        "chief": "Giám đốc"
        if offices.owner == "company"
        else "Ban Giám hiệu"
        if offices.owner == "school"
        else authority.spoken,
        "year": str(year),
        "nextyear": str(year + 1),
        "lastyear": str(year - 1),
        "firstyear": str(setting.founded.year),
        "rank": setting.rank,
        "members": setting.members,
        "span": f"{months // 12:02d} năm" if months >= 12 else f"{max(1, months):02d} tháng",
        "founding": founding_citation(setting),
    }
    for number in "123":
        values[f"p{number}"] = setting.committee[int(number)][1]
    return values.__getitem__


def founding_citation(setting: Setting) -> str:
    """How later papers name the founding decision."""
    office = setting.offices.of("authority", setting.founded)
    symbol = number_symbol(office, "QUYẾT ĐỊNH", setting.founded, setting.drafter, "6a")
    return f"Quyết định số {symbol} ngày {setting.founded:%d/%m/%Y} của {office.spoken}"


class _Writer:
    """Writes the papers of one order."""

    def __init__(
        self, order: Order, setting: Setting, office: Office, slots: Callable[[str], str], rng: random.Random
    ) -> None:
        self.order, self.setting, self.office, self.slots, self.rng = order, setting, office, slots, rng

    def founding(self) -> str:
        return founding_citation(self.setting)

    def whole(self, type_name: str, abstract: str, body: str) -> Paper:
        """A paper with head and foot."""
        day, office = self.order.day, self.office
        symbol = ""
        if type_name in _CODES:
            symbol = number_symbol(office, type_name, day, self.setting.drafter, self.order.key)
        minutes = type_name in _MINUTES
        dated = not minutes and not type_name.startswith(_PLAIN)
        letter = abstract if type_name == "CÔNG VĂN" else ""
        shown_day = day if dated else None
        blocks: list[Block] = [form.head(office, symbol, shown_day, self.setting.offices.unit.bare, letter)]
        if letter:
            blocks.append(form.centred(f"Kính gửi: {self._receiver()}.", bold=False, after=10))
        else:
            blocks += form.title(type_name, abstract)
        blocks += self._preamble(type_name)
        blocks += self._body(body)
        signature = form.foot(office, self._receivers(), deputy=self.rng.random() < 0.3)
        if minutes or type_name.startswith(("SỔ", "BẢNG KÊ")):
            left = "THƯ KÝ" if minutes else "THỦ QUỸ"
            signature = form.two_signatures(
                left,
                person(self.setting.bank.names, self.rng)[1],
                "CHỦ TỌA" if minutes else "TRƯỞNG BAN CHỈ ĐẠO",
                office.signer[1],
            )
        blocks.append(signature.block)
        told = day if dated or minutes else None
        return self._paper(type_name, symbol, told, office.issuer, abstract, signature.signer, blocks)

    def attached(self, type_name: str, abstract: str, body: str, decision: str) -> Paper:
        """What is attached to a decision: no head, no number, no signature of its own."""
        blocks: list[Block] = [*form.title(type_name, abstract), form.attachment(decision), *self._body(body)]
        return self._paper(type_name, "", None, "", abstract, "", blocks)

    def decision_and_regulation(self, abstract: str, body: str) -> list[Paper]:
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
        cited = f"Quyết định số {decision.symbol} ngày {self.order.day:%d/%m/%Y} của {self.office.spoken}"
        return [decision, self.attached("QUY CHẾ", abstract, body, cited)]

    def _paper(
        self,
        type_name: str,
        symbol: str,
        day: date | None,
        issuer: str,
        abstract: str,
        signer: str,
        blocks: list[Block],
    ) -> Paper:
        kind = "so" if type_name.startswith("SỔ") else slug(type_name)
        return Paper(
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
                f"Các {self.setting.hamlet.split(' ')[0]} và đoàn thể trực thuộc",
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

    def _preamble(self, type_name: str) -> list[Block]:
        """Grounds of a decision with its enacting words; the ground of a plan."""
        grounds = self.rng.sample(self.setting.bank.pools["basis"], self.rng.randint(2, 3))
        day = self.order.day
        grounds = [g for g in grounds if "2022" not in g or day >= date(2022, 12, 1)] or grounds[:1]
        if type_name == "QUYẾT ĐỊNH":
            body = self.office.spoken.upper()
            who = f"{self.office.title} {body}" if self.office.on_behalf == "ỦY BAN NHÂN DÂN" else body
            if self.order.key.split("-")[0] in ("14", "13b", "16c", "13c"):
                grounds.append(f"Căn cứ {self.founding()} về mô hình {self.setting.quoted};")
            asks = f"Theo đề nghị của {self.setting.offices.of('lead', day).spoken}."
            return [
                form.centred(who, after=6),
                *(Text(ground, italic=True) for ground in grounds),
                Text(asks, italic=True),
                form.centred("QUYẾT ĐỊNH:", after=6),
            ]
        if type_name == "BIÊN BẢN":
            return [
                Text(
                    f"Hôm nay, {form.spoken_date(day)}, tại {self.setting.offices.place}, "
                    f"{self.office.spoken} lập biên bản với nội dung sau đây:"
                )
            ]
        if type_name in ("KẾ HOẠCH", "TỜ TRÌNH") and self.rng.random() < 0.6:
            return [Text(self._filled(self.rng.choice(self.setting.bank.pools["opening"])))]
        return []

    def _filled(self, text: str) -> str:
        return fill(text, self.slots, self.rng)

    def _body(self, body: str) -> list[Block]:
        blocks: list[Block] = []
        pools = {name: self.rng.sample(pool, len(pool)) for name, pool in self.setting.bank.pools.items()}
        for line in body.strip().splitlines():
            if not line.startswith("@"):
                heading = line.startswith("# ")
                blocks.append(Text(self._filled(line.removeprefix("# ")), bold=heading))
            elif line == "@page":
                blocks.append(PageBreak())
            elif line[1:] in pools:
                if pools[line[1:]]:
                    blocks.append(Text(self._filled(pools[line[1:]].pop())))
            else:
                blocks += tables.table(
                    line[1:],
                    self.setting.bank.names,
                    self.setting.committee,
                    self.setting.hamlet,
                    self.order.day,
                    self.rng,
                )
        if blocks and self.rng.random() < 0.35 and isinstance(blocks[-1], Text) and not blocks[-1].bold:
            blocks[-1] = Text(blocks[-1].text.rstrip("./") + "./.")
        return blocks
