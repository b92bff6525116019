"""Of which parts a paper of each type usually consists: what a skeleton of a missing one is filled from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

USUAL = "cong-van"


@dataclass(frozen=True, slots=True)
class Skeleton:
    """``lead`` is a sentence with ``{guidance}``, ``{unit}`` and ``{title}``, ``heads`` the parts below it.
    ``grounded``: lines of what it rests on go before them; ``addressed``: it says to whom it goes."""

    heads: tuple[str, ...]
    lead: str = ""
    grounded: bool = False
    addressed: bool = False


@cache
def skeletons() -> Mapping[str, Skeleton]:
    """By the slug of the type."""
    data = tomllib.loads(Path(__file__).with_name("skeletons.toml").read_text("utf-8"))
    return {
        type_: Skeleton(
            tuple(each["heads"]),
            each.get("lead", ""),
            each.get("grounded", False),
            each.get("addressed", False),
        )
        for type_, each in data.items()
    }
