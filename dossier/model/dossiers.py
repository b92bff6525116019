"""Dossiers: their folders, what is declared about them, and the facts known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of ``hoso.toml``. ``None``: not declared, and inferred where possible."""

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
    """``[dossiers]`` of the archive's settings: facts assumed of a dossier unless a person, its manifest or
    its documents say otherwise; ``None``: not set. Keys as in :class:`Manifest`."""

    led_by: str | None = None  # "police" | "other"
    year: str | None = None  # "calendar" | "school"
    party_committee: bool | None = None
    committee: bool | None = None
    electronic: bool | None = None


@dataclass(frozen=True, slots=True)
class DossierFolder:
    """A folder recognised as a dossier. ``path`` and ``raw_path`` as in :class:`FileEntry`.

    ``problems`` are sentences about errors in its manifest.
    """

    path: str
    raw_path: bytes
    kind: str
    name: str
    manifest: Manifest = Manifest()
    problems: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """The name given by a person where it differs from the folder's, without slashes; else empty."""
        own = self.path.rpartition("/")[2]
        return "" if self.name == own else self.name.replace("/", " ")


class FactSource(StrEnum):
    """Origin of a fact about a dossier."""

    PERSON = "person"  # somebody decided it with `dossier set`
    DECLARED = "declared"
    INFERRED = "inferred"
    ARCHIVE = "archive"  # set for all dossiers in the archive's settings
    DEFAULT = "default"


FactValue = str | bool | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; ``origin`` is the path of the document or manifest it comes from, or the person's name.

    A date known only to the month or the year is the string ``2024-03`` or ``2024``.
    """

    value: FactValue
    source: FactSource = FactSource.DEFAULT
    origin: str = ""


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact entered by a person (``value`` ``None``: not known), or a duty reported as done.

    ``dossier`` is a path; for duties of the unit ``.``, with the key ``TH-22/2026`` and the day as value.
    Times are in UTC. ``ended_at`` and ``ended_by`` are set once it was revoked or superseded.
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
    """A kind of reason to take a folder for a dossier; part of the JSON contract."""

    FOLDER_NAME = "folder-name"  # ``text`` is a word of the folder's name
    FOUNDING = "founding"  # holds the founding decision; ``text`` is its number, or empty
    NAMED = "named"  # ``count`` documents name ``text``
    PAPERS = "papers"  # ``count`` documents fit parts of the checklist
    DIVIDED = "divided"  # ``count`` subfolders only divide it; ``text`` is one of them
    ALSO_IN = "also-in"  # ``count`` other folders hold documents of the same name; ``text`` is one of them
    JOINED = "joined"  # with ``count`` files of the folder ``text``, which holds other models too
    AMONG = "among"  # only these files of the folder ``text``, which holds ``count`` other models too
    LATER = "later"  # ``count`` files of the folder ``text`` look like files of a dossier that there is


@dataclass(frozen=True, slots=True)
class Reason:
    """A hint with its arguments; ``documents`` are the ids of the documents it is based on."""

    hint: Hint
    text: str = ""
    count: int = 0
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A folder, relative to the archive (``.``: the archive itself), that looks like a dossier of a kind.

    ``chosen``: as in :class:`Adoption`, of a dossier among others in one folder; no folder has its path then,
    or it is that of a dossier that there is (:attr:`adds`).
    """

    path: str
    kind: str
    name: str
    files: int
    reasons: tuple[Reason, ...] = ()
    chosen: tuple[str, ...] = ()

    @property
    def adds(self) -> bool:
        """Whether the chosen files are proposed for a dossier that there is."""
        return any(reason.hint is Hint.LATER for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Adoption:
    """A person's decision that a folder is a dossier of ``kind`` named ``name``; no ``kind``: it is none, or
    ``path`` is of a file that does not belong to the dossier ``name``.

    ``chosen`` are paths of files elsewhere in the archive that belong to the dossier too. With them the
    folder need not exist: the dossier then consists of these files alone. Times are in UTC. ``ended_at`` and
    ``ended_by`` are set once it was revoked or superseded.
    """

    path: str
    kind: str
    name: str
    author: str
    made_at: datetime
    ended_at: datetime | None = None
    ended_by: str = ""
    chosen: tuple[str, ...] = ()
