"""Types for the table of routes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dossier.i18n import N_
from dossier.web.request import Answer, Ask, data
from dossier.web.roles import Right

API = "/api/v1"
Handler = Callable[[Ask], Answer]


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
    on disk when the handler runs.

    ``api``: the address below :data:`API` at which machines do or ask the same, answered by ``api_handler``;
    without one by :func:`received`."""

    method: str
    path: str
    right: Right
    handler: Handler
    about: str
    query: tuple[Field, ...] = ()
    form: tuple[Field, ...] = ()
    action: str = ""
    errors: tuple[int, ...] = ()
    while_choosing: bool = False
    takes_files: bool = False
    api: str = ""
    api_handler: Handler | None = None

    @property
    def machine(self) -> bool:
        """Whether the route belongs to the API: answers and errors are JSON."""
        return self.path.startswith(API) or self.path == "/openapi.json"

    def for_machines(self) -> tuple[Route, ...]:
        """The route of the API: this one, or the one at ``api``, or none."""
        if self.machine or not self.api:
            return (self,) if self.machine else ()
        handler = self.api_handler or received(self.handler)
        return (replace(self, path=f"{API}/{self.api}", handler=handler, api="", api_handler=None),)

    @property
    def changes(self) -> bool:
        """Whether the route changes something, so that forged requests must be excluded."""
        return self.method != "GET"


def received(handler: Handler) -> Handler:
    """Make an API handler of a form handler: the request is stored, and carried out soon after."""

    def answer(ask: Ask) -> Answer:
        handler(ask)
        return data({"received": True, "waiting": ask.services.intents.waiting()}, 202)

    return answer


TOKEN = Field("csrf", N_("mã của phiên, có trong mọi biểu mẫu"), required=True)
CLICK = Field("lan", N_("mã của lần bấm"))
BACK = Field("ve", N_("trang quay về"))
PAGE = Field("trang", N_("số trang"), type="integer")
