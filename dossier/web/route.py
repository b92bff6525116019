"""Types for the table of routes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dossier.i18n import N_
from dossier.web.request import Answer, Ask
from dossier.web.roles import Right

API = "/api/v1"


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of a route, in its query or form."""

    name: str
    about: str
    required: bool = False
    type: str = "string"
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """A route. ``action``: name in the audit log; ``about``: description for the API; ``while_choosing``:
    available to visitors who must set a new password first; ``takes_files``: the body holds files, which are
    on disk when the handler runs."""

    method: str
    path: str
    right: Right
    handler: Callable[[Ask], Answer]
    about: str
    query: tuple[Field, ...] = ()
    form: tuple[Field, ...] = ()
    action: str = ""
    errors: tuple[int, ...] = ()
    while_choosing: bool = False
    takes_files: bool = False

    @property
    def machine(self) -> bool:
        """Whether the route belongs to the API: answers and errors are JSON."""
        return self.path.startswith(API) or self.path == "/openapi.json"

    @property
    def changes(self) -> bool:
        """Whether the route changes something, so that forged requests must be excluded."""
        return self.method != "GET"


TOKEN = Field("csrf", N_("mã của phiên, có trong mọi biểu mẫu"), required=True)
BACK = Field("ve", N_("trang quay về"))
PAGE = Field("trang", N_("số trang"), type="integer")
