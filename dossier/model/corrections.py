"""Corrections: values that a person entered for fields of a document's head, in place of what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from dossier.model.documents import Header, Level
from dossier.model.layout import FieldReading, FieldSource

_PERSON = FieldReading(1.0, FieldSource.PERSON)
_WITH_READINGS = ("number_symbol", "date", "type", "abstract", "issuing_body", "signer")


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's decision on fields of a document's head; the document is identified as in :class:`Decision`.

    ``values`` by the field names of :class:`Header`: ``number_symbol``, ``date`` (``2024-12-05``, or in part
    ``2024-12``, ``2024``), ``type`` (a slug), ``abstract``, ``issuing_body`` with ``issuer_level``,
    ``signer`` with ``signer_rank``. An empty value means that the document has no such field.
    """

    sha256: str
    ordinal: int
    values: Mapping[str, str]
    author: str
    made_at: datetime
    pages: tuple[int, int] | None = None
    path: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    astray: bool = False


def corrected(header: Header, values: Mapping[str, str]) -> Header:
    """The header with the values of a :class:`Correction` in place of what was read."""
    if not values:
        return header
    changes: dict[str, Any] = {
        name: value for name, value in values.items() if name not in ("date", "issuer_level")
    }
    if "date" in values:
        said = values["date"]
        whole = date.fromisoformat(said) if len(said) == len("2024-12-05") else None
        changes |= {"date": whole, "partial_date": "" if whole else said, "date_flaw": ""}
    if "issuer_level" in values:
        changes["issuer_level"] = Level(values["issuer_level"]) if values["issuer_level"] else None
    if values.get("number_symbol", "")[:1].isdigit():
        changes["draft"] = False  # who reads its number off a paper holds one that was issued
    readings = {name: _PERSON for name in values if name in _WITH_READINGS}
    return replace(header, **changes, fields={**header.fields, **readings})
