"""What one row of the table of addresses is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dossier.i18n import N_
from dossier.web.request import Answer, Ask
from dossier.web.roles import Right

API = "/api/v1"


@dataclass(frozen=True, slots=True)
class Field:
    """One value that a route takes, in its query or its form."""

    name: str
    about: str
    required: bool = False
    type: str = "string"
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """One address. ``action``: by what the log knows it; ``about`` describes it, for the API;
    ``while_choosing``: it answers also who must choose another password first; ``takes_files``: its body
    holds files, which are on the disk when the handler runs."""

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
        """Whether it answers machines: in JSON, errors too."""
        return self.path.startswith(API) or self.path == "/openapi.json"

    @property
    def changes(self) -> bool:
        """Whether it must be proved that the visitor meant it."""
        return self.method != "GET"


TOKEN = Field("csrf", N_("mã của phiên, có trong mọi biểu mẫu"), required=True)
BACK = Field("ve", N_("trang quay về"))
PAGE = Field("trang", N_("số trang"), type="integer")
