"""The few files that browsers keep: read once, known by their content, served by exact name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file; ``address`` changes with its content."""

    address: str
    type: str
    content: bytes


@lru_cache(maxsize=1)
def assets() -> Mapping[str, Asset]:
    """All files by their own names. No module imports another, so that no name stands inside a content."""
    found: dict[str, Asset] = {}
    for file in (files("dossier.web") / "assets").iterdir():
        stem, dot, suffix = file.name.rpartition(".")
        if type_ := _TYPES.get(dot + suffix):
            content = file.read_bytes()
            known_as = f"{stem}.{sha256(content).hexdigest()[:12]}{dot}{suffix}"
            found[file.name] = Asset(f"/tinh/{known_as}", type_, content)
    return found


@lru_cache(maxsize=1)
def by_name() -> Mapping[str, Asset]:
    """The same by the last part of their addresses."""
    return {asset.address.rpartition("/")[2]: asset for asset in assets().values()}
