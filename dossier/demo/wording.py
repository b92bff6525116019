"""The banks of names and wordings, and composing texts from them."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dossier.vietnamese import capitalised

BANKS = ("default", "tuning", "heldout", "house", "real")
_STANDS_ON = {"tuning": "default", "house": "heldout", "real": "default"}  # what it lacks is the other's
_NAMES = {"house": "heldout", "tuning": "default"}  # where a bank has no names of its own
_HERE = Path(__file__).parent
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_NUMBER = re.compile(r"\{#(\d+)-(\d+)\}")
_MODEL = re.compile(r"(?:\[[^\[\]]*[Mm]ô hình[^\[\]]*\]|[Mm]ô hình(?: tự quản| liên kết)?|\bMH) (?=\{mh\})")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Bank:
    """One bank: ``texts`` by key, pools of paragraphs, names of item folders by kind, and names."""

    name: str
    texts: Mapping[str, Mapping[str, Any]]
    pools: Mapping[str, Sequence[str]]
    folders: Mapping[str, Sequence[str]]
    names: Mapping[str, Sequence[str]]


@lru_cache(maxsize=3)
def bank(name: str) -> Bank:
    """The bank of that name: what one lacks that stands on another is the other's.

    Raises :class:`ValueError` for a name that is not among :data:`BANKS`.
    """
    if name not in BANKS:
        raise ValueError(f"no such bank: {name!r}; there are {', '.join(BANKS)}")
    data = tomllib.loads((_HERE / f"bank_{name}.toml").read_text("utf-8"))
    known = tomllib.loads((_HERE / "names.toml").read_text("utf-8"))
    names = known["default"] | known[_NAMES.get(name, name)]
    if name in _STANDS_ON:
        base = bank(_STANDS_ON[name])
        texts = {key: {**base.texts[key], **text} for key, text in data["text"].items()}
        return Bank(name, {**base.texts, **texts}, base.pools, base.folders, names)
    return Bank(name, data["text"], data["pools"], data["folders"], names)


def fill(text: str, slots: Callable[[str], str], rng: random.Random) -> str:
    """Choose among ``[one|of these]``, draw ``{#10-30}``, put in ``{slot}``.

    A slot whose name begins with a capital gives its value with a capital.
    """
    text = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), text)
    text = _NUMBER.sub(lambda found: f"{rng.randint(int(found[1]), int(found[2])):02d}", text)
    return _SLOT.sub(lambda found: _cased(found[1], slots), text)


def by_its_kind(text: str) -> str:
    """Return a text of the bank for a model named by its kind: without "mô hình" before its name."""
    return _MODEL.sub("", text)


def _cased(name: str, slots: Callable[[str], str]) -> str:
    value = slots(name[0].lower() + name[1:])
    return capitalised(value) if name[0].isupper() else value


def made_up_person(names: Mapping[str, Sequence[str]], rng: random.Random) -> tuple[str, str]:
    """Return ``("Ông", name)`` or ``("Bà", name)`` at random."""
    man = rng.random() < 0.65
    letter = "m" if man else "f"
    middle, given = rng.choice(names[f"middle_{letter}"]), rng.choice(names[f"given_{letter}"])
    return "Ông" if man else "Bà", f"{rng.choice(names['family'])} {middle} {given}"
