"""Renders templates, which escape all values and reject undefined ones, and serves the static files, under
names that contain a hash of the content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dossier.i18n import _, language, moment, say
from dossier.usecases.inbox.filing import trouble_words
from dossier.usecases.standing import id_of
from dossier.web.request import Answer, AnswerKind, visible
from dossier.web.roles import ROLE_NAMES, Right, Visitor

if TYPE_CHECKING:
    from jinja2 import Environment

    from dossier.web.cache import NotReadyError
    from dossier.web.route import Route
    from dossier.web.services import Services


_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file; ``address`` changes with its content."""

    address: str
    type: str
    content: bytes


@lru_cache(maxsize=1)
def assets() -> Mapping[str, Asset]:
    """The static files by file name. No JavaScript module imports another, so contents need no hashed
    names."""
    found: dict[str, Asset] = {}
    for file in (files("dossier.web") / "assets").iterdir():
        stem, dot, suffix = file.name.rpartition(".")
        if type_ := _TYPES.get(dot + suffix):
            content = file.read_bytes()
            known_as = f"{stem}.{sha256(content).hexdigest()[:12]}{dot}{suffix}"
            found[file.name] = Asset(f"/tinh/{known_as}", type_, content)
    return found


@lru_cache(maxsize=1)
def by_name() -> Mapping[str, Asset]:
    """The static files by the last part of their addresses."""
    return {asset.address.rpartition("/")[2]: asset for asset in assets().values()}


def _in_words(value: object) -> object:
    """Translate a stored sentence into the current language; remove control characters from any text."""
    said = say(value) if isinstance(value, str) else value
    return visible(said) if isinstance(said, str) else said


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The Jinja environment of this package's templates."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from dossier.web.documents import address_of
    from dossier.web.fact_forms import choice_name, duty_name, linked
    from dossier.web.inbox import moved_to
    from reports import looks, seals

    made = Environment(
        loader=PackageLoader("dossier.web"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=_in_words,
    )  # fmt: skip
    made.globals.update(
        _=lambda message: _(message),
        looks=looks,
        seals=seals,
        id_of=id_of,
        address_of=address_of,
        with_query=with_query,
        moment=moment,
        moved_to=moved_to,
        linked=linked,
        choice_name=choice_name,
        duty_name=duty_name,
        trouble_words=trouble_words,
        asset=lambda name: assets()[name].address,
        Right=Right,
        role_name=lambda role: _(ROLE_NAMES[role]) if role else "",
    )
    return made


def render(
    template: str, values: Mapping[str, Any], visitor: Visitor, services: Services, route: Route
) -> bytes:
    """Render a page for a visitor."""
    page = environment().get_template(template)
    here = {
        "visitor": visitor,
        "lang": language(),
        "route": route,
        "archive_name": services.cache.archive.name,
        "waiting": services.intents.waiting() if visitor.name else 0,
        "troubles": services.intents.troubles(visitor.name) if visitor.name else [],
        "notes": services.cache.notes(),
        "accounts": services.accounts.any() if visitor.name else True,
    }
    return page.render(**{**here, **values}).encode()


def with_query(path: str, query: Mapping[str, str], **changed: object) -> str:
    """The path with the query, some values of it changed; empty values are omitted."""
    merged = {**query, **{name.replace("_", "-"): str(value or "") for name, value in changed.items()}}
    left = {name: value for name, value in merged.items() if value}
    return f"{path}?{urlencode(left)}" if left else path


def not_ready(error: NotReadyError, visitor: Visitor, *, machine: bool) -> Answer:
    """The page shown while no status is available yet."""
    progress = error.progress
    if error.trouble:
        message = error.trouble
    elif progress is None:
        message = _("Đang đối chiếu danh mục…")
    elif progress.total:
        message = _("Đang đọc kho lần đầu: {done}/{total} tệp.").format(
            done=progress.done, total=progress.total
        )
    else:
        message = _("Đang đọc kho lần đầu…")
    headers = {"refresh": "3", "retry-after": "3"} if visitor.name else {}
    if machine:
        return Answer(AnswerKind.JSON, value={"error": message, "advice": ""}, status=503, headers=headers)
    values = {"message": message, "advice": _("Trang này tự tải lại.")}
    return Answer(AnswerKind.PAGE, "message.html.j2", values, 503, headers)
