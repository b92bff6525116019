"""The words by which folders of an archive as found are told apart (``folders.toml``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from dossier.checklists.source import parse_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderWords:
    """See the file. ``kin``: what the dossiers of a kind are also called, by kind."""

    lead: tuple[str, ...]
    periods: tuple[str, ...]
    divisions: tuple[str, ...]
    kin: dict[str, tuple[str, ...]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def folder_vocabulary() -> FolderWords:
    """The file that ships with the product."""
    source = resources.files("dossier.checklists").joinpath("folders.toml").read_text("utf-8")
    return parse_toml(source, "folders.toml", FolderWords)
