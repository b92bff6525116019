"""The request and answer types of handlers, which are independent of HTTP: sockets, headers and cookies are
handled by :mod:`app`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.web.roles import Visitor

if TYPE_CHECKING:
    from dossier.web.cache import Cache
    from dossier.web.services import Services

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MOST_FIELDS = 200
_FIRST_YEAR, _LAST_YEAR = 1900, 2999  # plausible years of a day


def visible(text: str) -> str:
    """The text with control and bidirectional-override characters replaced; the same object if it has
    none."""
    if not _UNSEEN.search(text):
        return text
    clean = _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return type(text)(clean)  # Markup stays Markup


def whole_number(text: str, digits: int) -> int | None:
    """The number that a text of at most so many ``digits`` is; ``None`` for any other text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


def form_of(body: bytes) -> dict[str, str]:
    """The fields of an urlencoded body; values of repeated fields are joined by line breaks. Raises
    :class:`UsageError`."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"
        )
    except ValueError:
        raise UsageError(_("Biểu mẫu không đọc được.")) from None
    found: dict[str, str] = {}
    for name, text in pairs:
        value = visible(text)
        found[name] = f"{found[name]}\n{value}" if name in found else value
    return found


class NotFoundError(Exception):
    """There is no such thing, or the visitor may not see it; the response does not differ."""


class ForbiddenError(Exception):
    """The visitor lacks the right for the action."""


class ForgedError(Exception):
    """Another site may have sent the request: it names another origin, or its token is not the session's."""

    def __init__(self, *, other_site: bool) -> None:
        """``other_site``: the origin is what is wrong; otherwise the token."""
        super().__init__()
        self.other_site = other_site


class ConflictError(Exception):
    """Another person changed the same thing first; the message names them."""


class AnswerKind(StrEnum):
    """What an answer contains."""

    PAGE = "page"
    JSON = "json"
    BYTES = "bytes"
    FILE = "file"  # a file on disk
    SEE = "see"  # redirect


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, made by one of the functions below. ``name``: of the template or the download, or the
    address of a redirect."""

    kind: AnswerKind
    name: str = ""
    value: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    session: str | None = None  # number of a new session for the cookie; empty: delete the cookie


def page(template: str, status: int = 200, **values: Any) -> Answer:
    """A page rendered from a template."""
    return Answer(AnswerKind.PAGE, template, values, status)


def data(value: object, status: int = 200, **headers: str) -> Answer:
    """A JSON response."""
    return Answer(AnswerKind.JSON, "", value, status, headers)


def file(content: bytes, type_: str, name: str = "", **headers: str) -> Answer:
    """Bytes; with a ``name`` as a download, never displayed."""
    return Answer(AnswerKind.BYTES, name, content, headers={"content-type": type_, **headers})


def saved(place: Path, type_: str, name: str) -> Answer:
    """A file on disk, as a download with that name."""
    return Answer(AnswerKind.FILE, name, place, headers={"content-type": type_})


def see(address: str, session: str | None = None) -> Answer:
    """A redirect."""
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
    peer: str = ""  # the client's IP address
    session: str = ""  # the number in the session cookie
    files: tuple[Path, ...] = ()  # uploaded, each in a folder of its own under its intended name
    refused: tuple[str, ...] = ()  # why other files were not taken
    vouched: str = ""  # the person named by the proxy in front of this server

    @property
    def today(self) -> datetime.date:
        """The day used in evaluation."""
        return self.cache.today

    @property
    def sent(self) -> Path:
        """The one file that the body holds. Raises :class:`UsageError` if none was taken."""
        if not self.files:
            raise UsageError(self.refused[0] if self.refused else _("Chưa chọn tệp nào."))
        return self.files[0]

    def number(self, name: str, default: int, least: int = 1, most: int = 1_000_000) -> int:
        """An integer of the query, limited to ``least`` … ``most``; ``default`` for anything else."""
        text = self.query.get(name, "")
        return min(max(int(text), least), most) if text.isascii() and text.isdecimal() else default

    def day(self, name: str) -> datetime.date | None:
        """A day in the form or query, in ISO or Vietnamese notation; ``None`` if empty. Raises
        :class:`UsageError`."""
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
