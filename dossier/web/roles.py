"""Who visits the page, and what each role may do. Default: nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dossier.i18n import N_


class Role(StrEnum):
    """What somebody is in the office; part of the API."""

    ARCHIVIST = "archivist"
    CHIEF = "chief"
    UNIT = "unit"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Right(StrEnum):
    """What a route asks for."""

    ANYONE = "anyone"  # also who has not signed in
    SIGNED_IN = "signed-in"
    READ = "read"
    DECIDE = "decide"
    UPLOAD = "upload"  # into the inbox
    FILE = "file"  # from the inbox into a dossier, and back
    ASK = "ask"  # for a waiver
    APPROVE = "approve"
    KEEP = "keep"  # say what the office as a whole did, or what takes a dossier out of its hands
    UNSEAL = "unseal"  # say that a paper bears no stamp of secrecy, and take that back
    REPORT = "report"
    LOG = "log"  # the own lines
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
    """Who asks. ``role`` ``None``: the owner of the machine, where there are no accounts; an empty name:
    nobody has signed in. ``units``: whose dossiers are seen; ``None``: all. ``must_choose``: another password
    first, as somebody else knows this one; ``reads_only``: a machine whose token changes nothing."""

    name: str = ""
    role: Role | None = None
    units: frozenset[str] | None = None
    language: str = "vi"
    session: str = ""  # by what the session is kept; empty for machines
    csrf: str = ""
    must_choose: bool = False
    reads_only: bool = False

    @property
    def owner(self) -> bool:
        """Whether this is who started the page on a machine without accounts."""
        return bool(self.name) and self.role is None

    def may(self, right: Right) -> bool:
        """Whether the role allows it."""
        if right is Right.ANYONE:
            return True
        if not self.name:
            return False
        if self.reads_only and right not in _READING:
            return False
        if right is Right.SIGNED_IN or self.role is None:
            return True
        return right in _MAY[self.role]

    @property
    def sees_secret_names(self) -> bool:
        """Whether the name of a file with a secrecy stamp may be told: to who must deal with it."""
        return self.owner or self.role is Role.ARCHIVIST


NOBODY = Visitor()
