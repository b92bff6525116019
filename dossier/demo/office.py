"""The bodies that issue the documents of a dossier, with their heads, symbols and signers.

The forms follow Nghị định 30/2020/NĐ-CP; district police end on 01/03/2025, districts on 01/07/2025.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dossier.demo.wording import made_up_person

POLICE_REFORM = date(2025, 3, 1)
PLACES_REFORM = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune, ward or township; names carry their kind (``xã Hàm Thắng``)."""

    name: str
    district: str
    province: str
    new_province: str

    @property
    def bare(self) -> str:
        """The name without its kind: ``Hàm Thắng``."""
        return bare(self.name)

    def above(self, day: date) -> str:
        """The superior level on that day: the district, later the province."""
        return self.district if day < PLACES_REFORM else self.new_province


def bare(name: str) -> str:
    """A place's name without its kind."""
    for kind in ("thị trấn ", "thành phố ", "thị xã ", "phường ", "huyện ", "tỉnh ", "xã "):
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name


@dataclass(frozen=True, slots=True)
class SampleOffice:
    """An issuing body as printed on its documents.

    ``head``: the bold lines, which joined are the body's name; ``code``: follows the type's code in the
    symbol; ``title``: title of its head; ``on_behalf``: the body on whose behalf (``TM.``) the head signs.
    """

    superior: str
    head: tuple[str, ...]
    code: str
    title: str
    spoken: str
    signer: tuple[str, str]  # rank (may be empty), name
    deputy: tuple[str, str]
    on_behalf: str = ""
    party: bool = False

    @property
    def issuer(self) -> str:
        """The issuing body in one line."""
        return " ".join(self.head)


class Offices:
    """The offices of one dossier. ``role``: lead, authority, committee, police, party, higher."""

    def __init__(
        self,
        rng: random.Random,
        names: Mapping[str, Sequence[str]],
        owner: str,
        model: str,
        *,
        by_its_kind: bool = False,
    ) -> None:
        self.by_its_kind = by_its_kind  # called a club or a team and not "mô hình"
        self.unit = Unit(*rng.choice(names["units"]).split("|"))
        self.owner = owner
        number = rng.randrange(len(names[f"{owner}_names"])) if owner in ("company", "school") else 0
        self.own_name = names[f"{owner}_names"][number] if owner in ("company", "school") else ""
        self.own_code = names[f"{owner}_codes"][number] if self.own_name else ""
        self.model = model
        self.board = tuple(made_up_person(names, rng) for _ in range(7))
        self._people = {
            (role, deputy): (
                rng.choice(names["ranks"]) if role in ("police", "higher-police") else "",
                made_up_person(names, rng)[1],
            )
            for role in ("ubnd", "police", "front", "own", "committee", "party", "higher-police", "higher")
            for deputy in (False, True)
        }
        # one person has several roles: the head of the office leads the committee, and so on
        ranks = self._people["police", False][0]
        heads = [
            (("ubnd", False), 0),
            (("own", False), 0),
            (("committee", False), 0),
            (("committee", True), 1),
            (("police", False), 1),
            (("front", False), 2),
        ]
        for key, seat in heads:
            self._people[key] = (ranks if key[0] == "police" else "", self.board[seat][1])
        self._two_lines = rng.random() < 0.5
        self._committee_code = rng.choice(("BCĐ", "BCĐ", "BCĐMH", f"BCĐ{rng.choice((138, 35, 1523))}"))
        self._police_higher = rng.random() < 0.5

    @property
    def place(self) -> str:
        """The place of the dossier's model: the commune, the company or the school."""
        return self.own_name or self.unit.name

    def of(self, role: str, day: date) -> SampleOffice:
        """Return the body that has a role on that day."""
        if role == "committee":
            return self._committee(day)
        if role == "party":
            return self._party(day)
        if role == "higher":
            return self._higher(day)
        if role == "police":
            return self._police(day)
        if self.own_name:
            return self._own(day)
        if role == "lead" and self.owner == "front":
            return self._front(day)
        return self._police(day) if role == "lead" else self._ubnd(day)

    def _signers(self, key: str) -> tuple[tuple[str, str], tuple[str, str]]:
        return self._people[key, False], self._people[key, True]

    def _ubnd(self, day: date) -> SampleOffice:
        name = self.unit.name.upper()
        head = ("ỦY BAN NHÂN DÂN", name) if self._two_lines else (f"UBND {name}",)
        superior = "" if self._two_lines else f"UBND {self.unit.above(day).upper()}"
        return SampleOffice(
            superior,
            head,
            "UBND",
            "CHỦ TỊCH",
            f"Ủy ban nhân dân {self.unit.name}",
            *self._signers("ubnd"),
            on_behalf="ỦY BAN NHÂN DÂN",
        )

    def _police(self, day: date) -> SampleOffice:
        above = (
            self.unit.district
            if day < POLICE_REFORM
            else (self.unit.province if day < PLACES_REFORM else self.unit.new_province)
        )
        code = (
            "CAP"
            if self.unit.name.startswith("phường")
            else "CATT"
            if "thị trấn" in self.unit.name
            else "CAX"
        )
        kind = self.unit.name.removesuffix(" " + self.unit.bare)
        return SampleOffice(
            f"CÔNG AN {above.upper()}",
            (f"CÔNG AN {self.unit.name.upper()}",),
            code,
            f"TRƯỞNG CÔNG AN {kind.upper()}",
            f"Công an {self.unit.name}",
            *self._signers("police"),
        )

    def _front(self, day: date) -> SampleOffice:
        return SampleOffice(
            f"ỦY BAN MTTQ VIỆT NAM {self.unit.above(day).upper()}",
            ("ỦY BAN MTTQ VIỆT NAM", self.unit.name.upper()),
            "MTTQ-BTT",
            "CHỦ TỊCH",
            f"Ủy ban Mặt trận Tổ quốc Việt Nam {self.unit.name}",
            *self._signers("front"),
            on_behalf="BAN THƯỜNG TRỰC",
        )

    def _own(self, day: date) -> SampleOffice:
        school = self.owner == "school"
        superior = f"UBND {self.unit.above(day).upper()}" if school else ""
        return SampleOffice(
            superior,
            (self.own_name.upper(),),
            self.own_code,
            "HIỆU TRƯỞNG" if school else "GIÁM ĐỐC",
            self.own_name,
            *self._signers("own"),
        )

    def _committee(self, day: date) -> SampleOffice:
        superior = self.own_name.upper() if self.own_name else f"UBND {self.unit.name.upper()}"
        return SampleOffice(
            superior,
            (f"BAN CHỈ ĐẠO {'' if self.by_its_kind else 'MÔ HÌNH '}{self.model.upper()}",),
            self._committee_code,
            "TRƯỞNG BAN",
            f"Ban Chỉ đạo {self.model}" if self.by_its_kind else "Ban Chỉ đạo mô hình",
            *self._signers("committee"),
            on_behalf="BAN CHỈ ĐẠO",
        )

    def _party(self, day: date) -> SampleOffice:
        if self.own_name:
            return SampleOffice(
                f"ĐẢNG ỦY {self.unit.name.upper()}",
                (f"CHI BỘ {self.own_name.upper()}",),
                "CB",
                "BÍ THƯ",
                f"Chi bộ {self.own_name}",
                *self._signers("party"),
                on_behalf="CHI ỦY",
                party=True,
            )
        above = self.unit.above(day)
        superior = f"ĐẢNG BỘ {above.upper()}"
        return SampleOffice(
            superior,
            (f"ĐẢNG ỦY {self.unit.name.upper()}",),
            "ĐU",
            "BÍ THƯ",
            f"Đảng ủy {self.unit.name}",
            *self._signers("party"),
            on_behalf="BAN THƯỜNG VỤ",
            party=True,
        )

    def _higher(self, day: date) -> SampleOffice:
        if self._police_higher:
            district = day < POLICE_REFORM
            name = (
                self.unit.district
                if district
                else (self.unit.province if day < PLACES_REFORM else self.unit.new_province)
            )
            superior = f"CÔNG AN {self.unit.province.upper()}" if district else "BỘ CÔNG AN"
            code = (
                "CAH" if "huyện" in name else "CATP" if "thành phố" in name else "CATX" if district else "CAT"
            )
            title = (
                "TRƯỞNG CÔNG AN HUYỆN"
                if "huyện" in name
                else "GIÁM ĐỐC"
                if not district
                else "TRƯỞNG CÔNG AN"
            )
            return SampleOffice(
                superior,
                (f"CÔNG AN {name.upper()}",),
                code,
                title,
                f"Công an {name}",
                *self._signers("higher-police"),
            )
        name = self.unit.above(day)
        return SampleOffice(
            "",
            ("ỦY BAN NHÂN DÂN", name.upper()),
            "UBND",
            "CHỦ TỊCH",
            f"Ủy ban nhân dân {name}",
            *self._signers("higher"),
            on_behalf="ỦY BAN NHÂN DÂN",
        )
