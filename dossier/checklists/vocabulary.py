"""The vocabulary for recognising and writing documents: types, bodies, titles, ranks, names.

It is data (``vocabulary.toml``); an archive adds its own in ``checklists/vocabulary.toml``. The active
vocabulary is a value of the workspace, like the language: see :func:`use`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from dossier import workspace
from dossier.checklists.source import parse_toml, read_toml, shipped
from dossier.vietnamese import slug

FILE_NAME = "vocabulary.toml"
LETTER = "cong-van"  # slug of the type without a title

LevelName = Literal["commune", "district", "province", "ministry", "party", "front", "enterprise", "school"]


@dataclass(frozen=True)
class DocumentType:
    """A document type. ``followed_by``: for one-syllable names, which are titles only before these words;
    ``form``: filled in below its title, without an abstract unless one begins with “Về việc”."""

    name: str = field(metadata={"filled": True})
    code: str = ""
    also: tuple[str, ...] = ()
    followed_by: tuple[str, ...] | None = None
    never: tuple[str, ...] = ()
    form: bool = False

    @cached_property
    def slug(self) -> str:
        """``quyet-dinh``."""
        return slug(self.name)


@dataclass(frozen=True)
class BodyRank:
    """Bodies of one level: ``words`` begin or form a name, ``names`` are complete,
    ``codes`` occur in document symbols."""

    level: LevelName
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class BodyNames:
    """How names of bodies begin, and their levels; names of ``provinces`` and ``phrases`` in their official
    spelling."""

    begin: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    kinds: tuple[BodyRank, ...] = ()
    places: tuple[BodyRank, ...] = ()


@dataclass(frozen=True)
class Signatures:
    """Words of signatures: ranks before names, titles of officers, other signers."""

    ranks: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonNames:
    """Family names, and words before or in place of a name. ``baptismal``: names of saints that Catholics put
    before their own in parish papers, and the word before those of monks."""

    families: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    baptismal: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)  # compared by identity, as below
class Written:
    """Bodies, posts and kinds of places as written in documents. ``units``: nouns before the name of what
    may have a model of its own, parted by ``|`` where they mean the same; not in phrases of ``no_units``, nor
    before the number of something ``counted``; ``sorts`` may stand between noun and name. ``spelt_out``:
    abbreviations with what they stand for, parted by ``|``."""

    bodies: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    spelt_out: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    hamlets: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    no_units: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)  # compared by identity, so that derived values can be cached
class Vocabulary:
    """The whole vocabulary."""

    types: tuple[DocumentType, ...] = ()
    qualifiers: tuple[str, ...] = ()
    bodies: BodyNames = BodyNames()
    signatures: Signatures = Signatures()
    people: PersonNames = PersonNames()
    written: Written = Written()

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of types, by slug."""
        return {kind.slug: kind.name for kind in self.types}

    @cached_property
    def short(self) -> frozenset[str]:
        """Slugs of types with one-syllable names that begin the subject itself: ``SỔ THEO DÕI …``."""
        return frozenset(kind.slug for kind in self.types if kind.followed_by is not None)

    @cached_property
    def codes(self) -> dict[str, str]:
        """Slugs of types, by code."""
        return {kind.code: kind.slug for kind in self.types if kind.code}


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderWords:
    """Words for interpreting folder names in an archive as found (``folders.toml``). ``joined``: phrases with
    a comma inside a name. ``proper``: kinds whose dossiers are called by a proper name. ``about``: words of
    the movement. ``kin``: other names for dossiers, by kind; “…” stands for one to three words. Before an
    exemplar's name: ``persons`` and ``bodies``, forms of address; ``whom``, prepositions; ``chosen``, verbs.
    ``several``: words for more than one. ``spelt``: abbreviations in names."""

    lead: tuple[str, ...]
    periods: tuple[str, ...]
    divisions: tuple[str, ...]
    steps: tuple[str, ...]
    joined: tuple[str, ...]
    proper: tuple[str, ...]
    about: tuple[str, ...]
    persons: tuple[str, ...]
    bodies: tuple[str, ...]
    whom: tuple[str, ...]
    chosen: tuple[str, ...]
    several: tuple[str, ...]
    spelt: dict[str, str] = field(default_factory=dict)
    kin: dict[str, tuple[str, ...]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def folder_vocabulary() -> FolderWords:
    """The file that ships with the product."""
    return parse_toml(shipped("folders.toml"), "folders.toml", FolderWords)


@cache
def _shipped() -> Vocabulary:
    return parse_toml(shipped(FILE_NAME), FILE_NAME, Vocabulary)


@lru_cache(maxsize=16)
def _with(path: Path, _changed_ns: int) -> Vocabulary:
    merged: Vocabulary = _merged(_shipped(), read_toml(path, Vocabulary))
    return merged


def _merged(one: Any, other: Any) -> Any:
    """Merge two values; entries of ``other``, the archive's own, come first and take precedence."""
    if is_dataclass(one) and not isinstance(one, type):
        return type(one)(
            **{f.name: _merged(getattr(one, f.name), getattr(other, f.name)) for f in fields(one)}
        )
    return (*other, *one)


def of(own: Path | None) -> Vocabulary:
    """The shipped vocabulary, extended by the file ``own`` if it exists.

    Raises :class:`~dossier.errors.ConfigurationError` naming the file and the line.
    """
    return _with(own, own.stat().st_mtime_ns) if own and own.is_file() else _shipped()


def use(own: Path | None) -> None:
    """Make the vocabulary :func:`of` ``own`` the active one of this thread. Raises as :func:`of`."""
    workspace.enter(words=of(own))


def current() -> Vocabulary:
    """The active vocabulary; the same object as long as the file does not change."""
    return cast("Vocabulary | None", workspace.current().words) or _shipped()


def any_of(words: Iterable[str]) -> str:
    """Pattern for any of the words, the longest first: of “xã” and “xã đội” the whole is found."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def name_of(type_slug: str) -> str:
    """The type's name, ``Quyết định`` for ``quyet-dinh``; for an unknown slug its words, empty for none."""
    return current().names.get(type_slug) or type_slug.replace("-", " ").capitalize()
