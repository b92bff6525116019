"""Visitors, roles and rights. A role has no right that is not listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dossier.i18n import N_


class Role(StrEnum):
    """A role in the office; part of the API."""

    ARCHIVIST = "archivist"
    CHIEF = "chief"
    UNIT = "unit"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Right(StrEnum):
    """The right required by a route."""

    ANYONE = "anyone"  # including visitors who are not signed in
    SIGNED_IN = "signed-in"
    READ = "read"
    DECIDE = "decide"
    UPLOAD = "upload"  # into the inbox
    FILE = "file"  # from the inbox into a dossier, and back
    ASK = "ask"  # for a waiver
    APPROVE = "approve"
    KEEP = "keep"  # record that a dossier left the office
    OFFICE = "office"  # act for the whole office: who may keep, and sees all units
    UNSEAL = "unseal"  # decide that a document bears no stamp of secrecy, and revoke that
    REPORT = "report"
    LOG = "log"  # own entries
    LOG_WHOLE = "log-whole"
    MANAGE = "manage"


ROLE_NAMES: Mapping[Role, str] = {
    Role.ARCHIVIST: N_("lưu trữ viên"),
    Role.CHIEF: N_("lãnh đạo"),
    Role.UNIT: N_("cán bộ đơn vị"),
    Role.AUDITOR: N_("kiểm tra"),
    Role.ADMIN: N_("quản trị máy"),
}
_MAY: Mapping[Role, frozenset[Right]] = {
    Role.ARCHIVIST: frozenset(
        {
            Right.READ,
            Right.DECIDE,
            Right.UPLOAD,
            Right.FILE,
            Right.ASK,
            Right.KEEP,
            Right.UNSEAL,
            Right.REPORT,
            Right.LOG,
        }
    ),
    Role.CHIEF: frozenset(
        {
            Right.READ,
            Right.DECIDE,
            Right.FILE,
            Right.ASK,
            Right.APPROVE,
            Right.KEEP,
            Right.REPORT,
            Right.LOG,
        }
    ),
    Role.UNIT: frozenset({Right.READ, Right.DECIDE, Right.UPLOAD, Right.ASK, Right.REPORT, Right.LOG}),
    Role.AUDITOR: frozenset({Right.READ, Right.REPORT, Right.LOG, Right.LOG_WHOLE}),
    Role.ADMIN: frozenset({Right.MANAGE, Right.LOG, Right.LOG_WHOLE}),
}


_READING = frozenset({Right.SIGNED_IN, Right.READ, Right.REPORT, Right.LOG, Right.LOG_WHOLE})


@dataclass(frozen=True, slots=True)
class Visitor:
    """The person or machine making a request. ``role`` ``None``: the owner of a machine without accounts;
    empty ``name``: not signed in. ``units``: whose dossiers are visible; ``None``: all. ``must_choose``: must
    set a new password first, since somebody else knows the present one; ``reads_only``: uses a token that
    permits no changes."""

    name: str = ""
    role: Role | None = None
    units: frozenset[str] | None = None
    language: str = "vi"
    session: str = ""  # the stored hash of the session; empty for machines
    csrf: str = ""
    must_choose: bool = False
    reads_only: bool = False

    @property
    def owner(self) -> bool:
        """Whether this is the person who started the server, on a machine without accounts."""
        return bool(self.name) and self.role is None

    def may(self, right: Right) -> bool:
        """Whether the visitor has the right."""
        if right is Right.ANYONE:
            return True
        if not self.name:
            return False
        if self.reads_only and right not in _READING:
            return False
        if right is Right.OFFICE:
            return self.may(Right.KEEP) and self.units is None
        if right is Right.SIGNED_IN or self.role is None:
            return True
        return right in _MAY[self.role]

    @property
    def home(self) -> str:
        """The page on which the visitor's work begins; administrators may not see the overview."""
        return "/quan-tri" if self.may(Right.MANAGE) and not self.may(Right.READ) else "/"

    @property
    def sees_secret_names(self) -> bool:
        """Whether names of files with a secrecy stamp are shown: only to those who handle them."""
        return self.owner or self.role is Role.ARCHIVIST


NOBODY = Visitor()
