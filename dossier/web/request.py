"""What a handler is given and what it gives back: no handler knows a socket, a header or a cookie."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.web.roles import Visitor

if TYPE_CHECKING:
    from dossier.web.cache import Cache
    from dossier.web.services import Services

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999  # of a day that somebody can mean


def visible(text: str) -> str:
    """The text without characters that command a screen or turn what stands beside them around; where it has
    none, the very same."""
    if not _UNSEEN.search(text):
        return text
    clean = _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return type(text)(clean)  # what is markup stays markup


class NotFoundError(Exception):
    """There is no such thing, or it is none of the visitor's business: the answer is the same."""


class ForbiddenError(Exception):
    """The visitor may be here, but not do that."""


class ConflictError(Exception):
    """Somebody else was quicker; the message says who."""


class AnswerKind(StrEnum):
    """What an answer is made of."""

    PAGE = "page"
    JSON = "json"
    BYTES = "bytes"
    FILE = "file"  # one on the disk
    SEE = "see"  # look elsewhere


@dataclass(frozen=True, slots=True)
class Answer:
    """See :class:`AnswerKind`; build with the functions below. ``name``: of the template or of the file."""

    kind: AnswerKind
    name: str = ""
    value: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    session: str | None = None  # a new one to keep in the browser; empty: end it


def page(template: str, status: int = 200, **values: Any) -> Answer:
    """A page made from a template."""
    return Answer(AnswerKind.PAGE, template, values, status)


def data(value: object, status: int = 200, **headers: str) -> Answer:
    """Something for machines."""
    return Answer(AnswerKind.JSON, "", value, status, headers)


def file(content: bytes, type_: str, name: str = "", **headers: str) -> Answer:
    """Bytes; with a name they are saved, never shown."""
    return Answer(AnswerKind.BYTES, name, content, headers={"content-type": type_, **headers})


def saved(place: Path, type_: str, name: str) -> Answer:
    """A file on the disk, to be saved under that name."""
    return Answer(AnswerKind.FILE, name, place, headers={"content-type": type_})


def see(address: str, session: str | None = None) -> Answer:
    """The visitor goes on there."""
    return Answer(AnswerKind.SEE, address, status=303, session=session)


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that has passed every check of its route."""

    cache: Cache
    visitor: Visitor
    address: str  # the path, with its query
    params: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    headers: Mapping[str, str]
    services: Services
    peer: str = ""  # the address that asks
    session: str = ""  # the number the browser holds
    files: tuple[
        Path, ...
    ] = ()  # that came with it, each in a folder of its own under the name it is to have
    refused: tuple[str, ...] = ()  # why other files were not taken
    vouched: str = ""  # whom the proxy before this server has let in

    @property
    def today(self) -> datetime.date:
        """The day of the answer."""
        return self.cache.today

    def number(self, name: str, default: int, least: int = 1, most: int = 1_000_000) -> int:
        """A number of the query, within bounds whatever was sent."""
        text = self.query.get(name, "")
        return min(max(int(text), least), most) if text.isascii() and text.isdecimal() else default

    def day(self, name: str) -> datetime.date | None:
        """A day that was sent, as people or as browsers write it. Raises :class:`UsageError`."""
        text = (self.form.get(name) or self.query.get(name, "")).strip()
        if not text:
            return None
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                day = datetime.datetime.strptime(text, form).date()
            except ValueError:
                continue
            if _FIRST_YEAR <= day.year <= _LAST_YEAR:
                return day
        raise UsageError(
            _("“{value}” không phải ngày; viết 2026-11-24 hoặc 24/11/2026.").format(value=text[:40])
        )
