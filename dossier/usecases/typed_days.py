"""Days as a person types them, complete or known in part, for whoever checks them further."""

from __future__ import annotations

import re
from typing import NamedTuple

from dossier.vietnamese import words

_DAY = re.compile(r"(?:ngay )?(\d{1,2}) (?:thang )?(\d{1,2}) (?:nam )?(\d{2,4})")
_MONTH = re.compile(r"(?:thang )?(\d{1,2}) (?:nam )?(\d{2,4})")
_YEAR = re.compile(r"(?:nam )?(\d{2,4})")
_ISO = re.compile(r"(\d{4}) (\d{1,2})(?: (\d{1,2}))?")


class TypedDay(NamedTuple):
    """The digits of a day as typed, none of them checked; empty: not given."""

    year: str
    month: str = ""
    day: str = ""

    @property
    def whole_year(self) -> bool:
        """Whether the year has four digits."""
        return len(self.year) == len("2024")


def typed_day(text: str) -> TypedDay | None:
    """Return what a text says of a day: ``05/12/2024``, ``ngày 5 tháng 12 năm 2024``, ``2024-12-05``,
    ``12/2024``, ``2024``; ``None`` if it says something else."""
    said = words(text)
    if found := _ISO.fullmatch(said):
        return TypedDay(found[1], found[2], found[3] or "")
    if found := _DAY.fullmatch(said):
        return TypedDay(found[3], found[2], found[1])
    if found := _MONTH.fullmatch(said):
        return TypedDay(found[2], found[1])
    found = _YEAR.fullmatch(said)
    return TypedDay(found[1]) if found else None
