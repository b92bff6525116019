"""Folders that look like dossiers, why, and what people said of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Hint(StrEnum):
    """Why a folder looks like a dossier; part of the JSON contract."""

    FOLDER_NAME = "folder-name"  # its name says so: ``text`` is the word
    FOUNDING = "founding"  # it holds the paper that founds it: ``text`` is its number, or empty
    NAMED = "named"  # ``count`` papers in it name ``text``
    PAPERS = "papers"  # ``count`` papers in it fit parts of the checklist
    DIVIDED = "divided"  # its ``count`` folders only divide it: ``text`` is one of them


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
