"""Dossiers: where they lie, what is written down about them, what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
    committee: bool | None = None  # led by a steering committee rather than by a head alone
    open_membership: bool | None = None  # whoever wants to may join: no list of members is drawn up
    year: str | None = None  # "calendar" | "school": by which years plans are made
    electronic: bool | None = None  # kept as files only
    symbol: str | None = None  # number and symbol in the unit's list of dossiers


@dataclass(frozen=True, slots=True)
class Usual:
    """``[dossiers]`` of the archive: what is so of its dossiers where neither a person, nor the dossier, nor
    its papers say otherwise; ``None``: nothing is said. Keys as in :class:`Manifest`."""

    led_by: str | None = None  # "police" | "other"
    year: str | None = None  # "calendar" | "school"
    party_committee: bool | None = None
    committee: bool | None = None
    electronic: bool | None = None


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

    @property
    def called(self) -> str:
        """The name that a person gave it, where its folder is called otherwise; without slashes."""
        own = self.path.rpartition("/")[2]
        return "" if self.name == own else self.name.replace("/", " ")


class FactSource(StrEnum):
    """Where a fact about a dossier comes from."""

    PERSON = "person"  # somebody decided it with `dossier set`
    DECLARED = "declared"
    INFERRED = "inferred"
    ARCHIVE = "archive"  # the archive's settings say so of all its dossiers
    DEFAULT = "default"


FactValue = str | bool | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; ``origin`` is the path of the document or manifest it was taken from, or who decided it.

    A date of which only the month or the year is known is the string ``2024-03`` or ``2024``.
    """

    value: FactValue
    source: FactSource = FactSource.DEFAULT
    origin: str = ""


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact that a person decided (``value`` ``None``: not known), or a duty that was done.

    ``dossier`` is a path; of the unit's own duties ``.`` with the key ``TH-22/2026`` and the day as value.
    Times are in UTC. ``ended_at``, ``ended_by``: it was taken back, or another one took its place.
    """

    dossier: str
    key: str
    value: FactValue
    author: str
    made_at: datetime
    ended_at: datetime | None = None
    ended_by: str = ""


Facts = Mapping[str, Fact]  # by the manifest's key: founded, ended, linked, fund …


class Hint(StrEnum):
    """Why a folder looks like a dossier; part of the JSON contract."""

    FOLDER_NAME = "folder-name"  # its name says so: ``text`` is the word
    FOUNDING = "founding"  # it holds the paper that founds it: ``text`` is its number, or empty
    NAMED = "named"  # ``count`` papers in it name ``text``
    PAPERS = "papers"  # ``count`` papers in it fit parts of the checklist
    DIVIDED = "divided"  # its ``count`` folders only divide it: ``text`` is one of them
    ALSO_IN = "also-in"  # papers of the same name lie in ``count`` other folders: ``text`` is one of them


@dataclass(frozen=True, slots=True)
class Reason:
    """A hint with its arguments; ``documents`` are the papers it rests on, by their ids."""

    hint: Hint
    text: str = ""
    count: int = 0
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A folder, relative to the archive (``.``: the archive itself), that looks like a dossier of a kind."""

    path: str
    kind: str
    name: str
    files: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Adoption:
    """A person's word on a folder: a dossier of ``kind`` called ``name``; no ``kind``: it is none.

    Times are in UTC. ``ended_at`` and ``ended_by``: it was taken back, or another one took its place.
    """

    path: str
    kind: str
    name: str
    author: str
    made_at: datetime
    ended_at: datetime | None = None
    ended_by: str = ""
