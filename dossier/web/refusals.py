"""The page, for machines the JSON, of a request that was refused or failed: what happened and what to do."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from dossier import libraries
from dossier.errors import DossierError, LockedError, NeverScannedError, UsageError
from dossier.i18n import _
from dossier.web import pages, sign_in
from dossier.web.cache import NotReadyError
from dossier.web.request import (
    Answer,
    AnswerKind,
    ConflictError,
    ForbiddenError,
    ForgedError,
    NotFoundError,
)

if TYPE_CHECKING:
    from starlette.requests import Request

    from dossier.web.cache import Cache
    from dossier.web.roles import Visitor
    from dossier.web.route import Route

log = logging.getLogger(__name__)


def problem(route: Route, status: int, message: str, advice: str = "", back: str = "/") -> Answer:
    """``back``: the page on which the visitor goes on."""
    if route.machine:
        return Answer(AnswerKind.JSON, value={"error": message, "advice": advice}, status=status)
    told = {"message": message, "advice": advice, "back": back, "outdated": status == 412}
    return Answer(AnswerKind.PAGE, "message.html.j2", told, status)


def refused(error: Exception, route: Route, visitor: Visitor, request: Request, cache: Cache) -> Answer:
    """The answer to a request whose check or handler raised ``error``; it reveals no internals."""
    if isinstance(error, NotFoundError):
        return problem(route, 404, _("Không có trang này."))
    if isinstance(error, ForbiddenError):
        return problem(route, 403, _("Tài khoản này không được làm việc đó."))
    back = sign_in.page_before(request.headers.get("referer", "")) if route.changes else "/"
    if isinstance(error, ForgedError):
        return problem(route, 403, *_forged(error), back="/" if error.other_site else back)
    if isinstance(error, ConflictError):
        return problem(route, 412, str(error), back=back)
    if isinstance(error, NeverScannedError):  # the first scan has not written anything yet
        error = cache.not_ready()
    if isinstance(error, NotReadyError):
        return pages.not_ready(error, visitor, machine=route.machine)
    if isinstance(error, UsageError):
        return problem(route, 422, error.message, error.advice, back=back)
    if isinstance(error, LockedError):
        return problem(route, 503, error.message, _("Đợi một lát rồi thử lại."))
    if isinstance(error, DossierError):
        return problem(route, 500, error.message, error.advice)
    log.exception("%s %s", request.method, route.path, exc_info=error)
    if fault := libraries.fault_of(error):
        return problem(route, 500, fault, libraries.advice())
    return problem(route, 500, _("Lỗi của chương trình; đã ghi lại trong nhật ký máy."))


def _forged(error: ForgedError) -> tuple[str, str]:
    """What happened, and what to do."""
    if error.other_site:
        return (
            _("Việc này do một trang khác gửi tới, không phải trang của kho; chưa ghi gì."),
            _("Mở trang của kho bằng địa chỉ mà dossier serve đã in ra, rồi làm lại ở đó."),
        )
    return (
        _("Trang vừa dùng đã mở từ trước lần đăng nhập này; chưa ghi gì."),
        _("Mở lại trang ấy rồi làm lại."),
    )
