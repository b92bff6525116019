"""Retention packs: which rules on keeping and handing over apply to a dossier, as data.

A legal value carries its source and a flag: ``public`` (the text itself was read), ``secondary``
(quoted by others), ``unverified`` (neither). Whatever nobody verified shows it, and can keep a
dossier but never release one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from dossier.checklists.explain import listed
from dossier.checklists.source import parse_toml
from dossier.errors import ConfigurationError
from dossier.i18n import _

SHIPPED = "retention.toml"
_FILLED: dict[str, Any] = {"filled": True}
Flag = Literal["public", "secondary", "unverified"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One legal value: a retention period (``years``; ``permanent``) or a limit (``days``, ``years``).

    ``verified_by`` and ``verified_on`` are filled by the agency that read the law.
    """

    id: str = field(metadata=_FILLED)
    title: str
    citation: str
    flag: Flag
    effective_from: date | None = None
    effective_to: date | None = None
    permanent: bool = False
    years: int | None = None
    days: int | None = None
    verified_by: str = ""
    verified_on: date | None = None

    @property
    def verified(self) -> bool:
        """Whether somebody named read the article itself."""
        return bool(self.verified_by and self.verified_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Rules for dossiers led by ``applies_to`` whose work ended within the validity (both ends in)."""

    id: str = field(metadata={"pattern": r"[a-z0-9]+(-[a-z0-9]+)*"})
    title: str
    title_en: str = ""
    citation: str
    applies_to: Literal["police", "other"]
    effective_from: date | None = None
    effective_to: date | None = None
    flag: Flag
    note: str = ""
    periods: tuple[Row, ...] = field(default=(), metadata={"key": "period"})
    handover: tuple[Row, ...] = ()

    def covers(self, day: date) -> bool:
        """Whether the pack is in force on ``day``."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPacks:
    """All packs, and the fallback periods that stand in where a pack's own rows are not known."""

    packs: tuple[Pack, ...] = field(metadata={"key": "pack", "filled": True})
    fallback: tuple[Row, ...] = ()

    def choose(self, led_by: str, day: date) -> Pack | None:
        """The pack for who led the work and the day on which it ended (or today)."""
        return next((p for p in self.packs if p.applies_to == led_by and p.covers(day)), None)


@lru_cache(maxsize=1)
def load_packs() -> RetentionPacks:
    """The packs that ship with the product."""
    source = resources.files("dossier.checklists").joinpath(SHIPPED).read_text("utf-8")
    return parse_packs(source, SHIPPED)


def parse_packs(source: str, name: str) -> RetentionPacks:
    """Packs from a TOML text. Raises :class:`ConfigurationError` naming the line; two packs for the
    same dossiers must not be in force on the same day."""
    packs = parse_toml(source, name, RetentionPacks)
    found = []
    for index, pack in enumerate(packs.packs):
        for other in packs.packs[:index]:
            if other.id == pack.id:
                found.append((("pack", index, "id"), _("đã dùng cho một gói khác")))
            elif pack.applies_to == other.applies_to and _overlap(pack, other):
                message = _("hiệu lực chồng lên gói “{other}”").format(other=other.id)
                found.append((("pack", index, "effective_from"), message))
    if found:
        raise ConfigurationError(
            listed(name, source, found), _("Mỗi ngày chỉ một gói có hiệu lực cho cùng một đối tượng.")
        )
    return packs


def _overlap(one: Pack, other: Pack) -> bool:
    first = max(one.effective_from or date.min, other.effective_from or date.min)
    return first <= min(one.effective_to or date.max, other.effective_to or date.max)
