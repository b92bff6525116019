"""Document types in names of files, and their names within sentences."""

from __future__ import annotations

from functools import lru_cache

from dossier.checklists.vocabulary import Vocabulary, current, name_of
from dossier.vietnamese import fold

_SLIPS = {"tt": "to-trinh", "ds": "danh-sach"}  # common in names of files


@lru_cache(maxsize=2)
def _by_code(vocabulary: Vocabulary) -> dict[str, str]:
    return {fold(code): slug for code, slug in reversed(vocabulary.codes.items())} | _SLIPS


@lru_cache(maxsize=2)
def _by_name(vocabulary: Vocabulary) -> dict[str, str]:
    return {slug.replace("-", " "): slug for slug in vocabulary.names if "-" in slug}


def title(slug: str) -> str:
    """The type's name as written in a sentence: ``quyết định``; an unknown slug as it is."""
    return name_of(slug).lower()


def code_type(word: str) -> str:
    """The slug of a folded type code (``qd``), or an empty string."""
    return _by_code(current()).get(word, "")


def named_type(text: str) -> str:
    """The type whose name stands first in folded words, or an empty string."""
    found = [
        (at, slug) for name, slug in _by_name(current()).items() if (at := f" {text} ".find(f" {name} ")) >= 0
    ]
    return min(found)[1] if found else ""
