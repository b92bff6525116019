"""Document types in names of files, and their names within sentences."""

from __future__ import annotations

from dossier.document_types import CODES, NAMES, name_of
from dossier.vietnamese import fold

_BY_CODE = {fold(code): slug for code, slug in reversed(CODES.items())}
_BY_CODE["tt"] = "to-trinh"  # a common slip for TTr
_BY_CODE["ds"] = "danh-sach"
_BY_NAME = {slug.replace("-", " "): slug for slug in NAMES if "-" in slug}


def title(slug: str) -> str:
    """The type's name as written in a sentence: ``quyết định``; an unknown slug as it is."""
    return name_of(slug).lower()


def code_type(word: str) -> str:
    """The slug of a folded type code (``qd``), or an empty string."""
    return _BY_CODE.get(word, "")


def named_type(text: str) -> str:
    """The type whose name stands first in folded words, or an empty string."""
    found = [(at, slug) for name, slug in _BY_NAME.items() if (at := f" {text} ".find(f" {name} ")) >= 0]
    return min(found)[1] if found else ""
