"""Dossiers: where they lie, what is written down about them, what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Manifest:
    """What ``hoso.toml`` declares; ``None`` means not declared, so it is inferred where possible."""

    kind: str | None = None
    name: str | None = None
    linked: bool | None = None
    members: tuple[str, ...] | None = None
    led_by: str | None = None  # "police" | "other"
    party_committee: bool | None = None
    fund: bool | None = None
    pilot: bool | None = None
    founded: date | None = None
    ended: date | None = None
    handed_over: date | None = None
    unit: str | None = None
    hold: str | None = None


@dataclass(frozen=True, slots=True)
class DossierFolder:
    """A folder taken for a dossier. ``path`` and ``raw_path`` as in :class:`FileEntry`.

    ``problems`` are sentences about a manifest that could not be used as it stands.
    """

    path: str
    raw_path: bytes
    kind: str
    name: str
    manifest: Manifest = Manifest()
    problems: tuple[str, ...] = ()


class FactSource(StrEnum):
    """Where a fact about a dossier comes from."""

    DECLARED = "declared"
    INFERRED = "inferred"
    DEFAULT = "default"


FactValue = str | bool | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; ``origin`` is the path of the document or manifest it was taken from."""

    value: FactValue
    source: FactSource = FactSource.DEFAULT
    origin: str = ""


Facts = Mapping[str, Fact]  # by the manifest's key: founded, ended, linked, fund …
