"""Usual structure of documents by type, for generating skeletons of missing ones."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dossier.checklists.source import shipped

USUAL = "cong-van"


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The structure of one type. ``lead`` is a sentence with ``{guidance}``, ``{unit}`` and ``{title}``,
    ``heads`` the headings below it. ``grounded``: begins with its legal grounds; ``addressed``: names an
    addressee."""

    heads: tuple[str, ...]
    lead: str = ""
    grounded: bool = False
    addressed: bool = False


@cache
def skeletons() -> Mapping[str, Skeleton]:
    """All skeletons, by slug of the type."""
    data = tomllib.loads(shipped("skeletons.toml"))
    return {
        type_: Skeleton(
            tuple(each["heads"]),
            each.get("lead", ""),
            each.get("grounded", False),
            each.get("addressed", False),
        )
        for type_, each in data.items()
    }
