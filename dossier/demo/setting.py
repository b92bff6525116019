"""Data common to the documents of one dossier, and the names and numbers derived from them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from dossier.demo.life import PaperOrder
from dossier.demo.office import Offices, SampleOffice
from dossier.demo.wording import Bank, by_its_kind

CODES = {
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
_PER_DAY = {"UBND": 1.4, "ĐU": 0.3, "CB": 0.08}  # papers a day, so that numbers grow over the year


@dataclass(frozen=True)
class SampleSetting:
    """Data common to the documents of one dossier. ``subject``: name of the model or exemplar."""

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
    taken: set[tuple[str, int, str]] = field(default_factory=set)  # issuer, year, symbol

    def share(self, year: int) -> str:
        """The percentage of that year's targets, the same in all documents of the year, in accordance with
        the rank."""
        least, span = {"Tốt": (90, 9), "Khá": (72, 16), "Trung bình": (52, 16)}[self.rank]
        return str(least + (year + len(self.subject)) % span)

    @property
    def hamlet_kind(self) -> str:
        """The word for parts of the place: thôn, khu phố, phân xưởng, lớp."""
        own = {"company": "phân xưởng", "school": "lớp"}.get(self.offices.owner)
        return own or ("khu phố" if self.hamlet.startswith("khu phố") else self.hamlet.split(" ")[0])

    @property
    def quoted(self) -> str:
        """The subject as written in a text."""
        return self.subject if self.by_its_kind else f"“{self.subject}”"

    @property
    def by_its_kind(self) -> bool:
        """Whether the model is named by its kind (a club, a team) and never "mô hình"."""
        return self.bank.name == "real"

    def worded(self, text: str) -> str:
        """Return a text of the bank in the words used for this model."""
        return by_its_kind(text) if self.by_its_kind else text


def number_symbol(
    office: SampleOffice, type_name: str, day: date, drafter: str, key: str, more: int = 0
) -> str:
    """Return number and symbol: rising within the year, with a leading zero below ten; ``05-NQ/ĐU`` for the
    Party.

    ``key``: the text's name in the bank, by which documents of one day and office get different numbers.
    ``more``: added if a number is already used.
    """
    rate = _PER_DAY.get(office.code, 0.12 if office.code.startswith("BCĐ") else 0.6)
    first = key.split("+")[0]
    shift = 0 if first == "6a" else 1 + sum(map(ord, first + type_name)) % 7
    number = f"{1 + int(day.timetuple().tm_yday * rate) + shift + more:02d}"
    code = CODES[type_name]
    if office.party:
        return f"{number}-{code}/{office.code}"
    if type_name == "CÔNG VĂN":
        return f"{number}/{office.code.split('-')[0]}-{drafter}"
    police = office.code in ("CAX", "CAP", "CATT")
    return f"{number}/{code}-{office.code}" + (f"-{drafter}" if police and drafter != "VP" else "")


def slots_of(
    order: PaperOrder, setting: SampleSetting, office: SampleOffice, rng: random.Random
) -> Callable[[str], str]:
    offices, year = setting.offices, int(order.period[:4]) if order.period else order.day.year
    months = (order.day.year - setting.founded.year) * 12 + order.day.month - setting.founded.month
    authority = offices.of("authority", order.day)
    values = {
        "mh": setting.quoted,
        "dh": setting.subject,
        "place": offices.place,
        "hamlet": setting.hamlet,
        "hamletkind": setting.hamlet_kind,
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
        "share": setting.share(year),
        "members": setting.members,
        "span": f"{months // 12:02d} năm" if months >= 12 else f"{max(1, months):02d} tháng",
        "founding": founding_decision(setting).cited,
    }
    for number in "123":
        values[f"p{number}"] = setting.offices.board[int(number)][1]
    return values.__getitem__


@dataclass(frozen=True, slots=True)
class CitedDecision:
    """A decision as cited in other documents."""

    symbol: str
    day: date
    issuer: str  # as spoken of in a sentence

    @property
    def cited(self) -> str:
        """``Quyết định số … ngày … của …``."""
        return f"Quyết định số {self.symbol} ngày {self.day:%d/%m/%Y} của {self.issuer}"


def founding_decision(setting: SampleSetting) -> CitedDecision:
    """Return the founding decision, which later documents cite."""
    office = setting.offices.of("authority", setting.founded)
    symbol = number_symbol(office, "QUYẾT ĐỊNH", setting.founded, setting.drafter, "6a")
    return CitedDecision(symbol, setting.founded, office.spoken)
