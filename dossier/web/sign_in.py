"""Signing in and out: by launch key, password and code, or proxy; and the choice of language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dossier.errors import UsageError
from dossier.i18n import LANGUAGES, _
from dossier.web.identity import DirectoryError
from dossier.web.passwords import TooManyTriesError
from dossier.web.request import Answer, Ask, ForbiddenError, page, see
from dossier.web.sessions import session_of
from dossier.workspace import acting

if TYPE_CHECKING:
    from dossier.web.services import Services


def open_(ask: Ask) -> Answer:
    """Sign in by the address printed when the server was started, which is valid once."""
    session = ask.services.sessions.open_by_key(ask.query.get("khoa", "")[:200], ask.services.language)
    if session is None:
        return page(
            "message.html.j2", 403,
            message=_("Địa chỉ này đã được dùng hoặc không đúng."),
            advice=_("Chạy lại dossier serve và mở địa chỉ mới được in ra."),
        )  # fmt: skip
    return see("/", session)


def form(ask: Ask) -> Answer:
    """Show the sign-in form, or instructions if there are no accounts."""
    if not ask.services.accounts.any():
        return page(
            "message.html.j2", 401,
            message=_("Trang này chỉ mở cho người đã khởi động nó."),
            advice=_("Mở địa chỉ đầy đủ mà lệnh dossier serve đã in ra, có “/mo?khoa=…”."),
        )  # fmt: skip
    back = own(ask.query.get("ve", "/"))
    if ask.services.proxy is not None:
        return _by_proxy(ask, back)
    return page("sign_in.html.j2", back=back, trouble="", name="")


def again(services: Services, referer: str) -> Answer:
    """The response to a form sent after the session expired: sign in, then return to the form's page."""
    if services.proxy is not None or not services.accounts.any():
        return page("message.html.j2", 401, message=_("Phải đăng nhập."), advice=_("Tải lại trang."))
    trouble = _("Phiên làm việc đã hết nên chưa ghi gì. Đăng nhập lại để làm tiếp; lý do đã gõ vẫn còn.")
    return page("sign_in.html.j2", 401, back=page_before(referer), trouble=trouble, name="")


def page_before(referer: str) -> str:
    """The page of this server whose form was sent; ``/`` if the browser does not tell."""
    came = urlsplit(referer)
    return own(f"{came.path}?{came.query}" if came.query else came.path or "/")


def _by_proxy(ask: Ask, back: str) -> Answer:
    """Create a session for the person named by the proxy, which alone checks passwords."""
    if ask.visitor.name:
        return see(back)
    if ask.vouched and ask.services.accounts.visitor(ask.vouched).name:
        return _entered(ask, ask.vouched, back)
    try:
        ask.services.accounts.throttle.admit(f"proxy {ask.vouched}", ask.peer)
        to_log = True
    except TooManyTriesError as error:
        to_log = error.first
    if to_log:
        ask.services.record("sign-in-refused", ask.vouched, peer=ask.peer)
    if ask.vouched:
        message = _("Trang này không có tài khoản cho “{name}”.").format(name=ask.vouched)
        advice = _("Nhờ quản trị máy tạo tài khoản cùng tên.")
    else:
        message = _("Trang này chỉ vào được qua cổng đăng nhập của cơ quan.")
        proxy = ask.services.proxy
        advice = _("Mở {address}.").format(address=proxy.address if proxy else "")
    return page("message.html.j2", 403, message=message, advice=advice)


def enter(ask: Ask) -> Answer:
    """Sign in by name and password; if the account has a second factor, ask for the code first."""
    if ask.services.proxy is not None:
        raise ForbiddenError
    name, back = ask.form.get("name", "").strip()[:60], own(ask.form.get("ve", "/"))
    trouble, to_log = _("Tên hoặc mật khẩu không đúng."), True
    try:
        right = ask.services.accounts.verify(name, ask.form.get("password", ""), ask.peer)
    except TooManyTriesError as error:
        right, trouble, to_log = False, too_many(error), error.first
    except DirectoryError as error:
        right, trouble = False, error.in_full
    if not right:
        shown = "".join(char if char.isprintable() else "�" for char in name)
        if to_log:
            ask.services.record("sign-in-refused", shown, peer=ask.peer)
        return page("sign_in.html.j2", 401, back=back, trouble=trouble, name=name)
    if ask.services.accounts.second.on(name):
        ticket = ask.services.sessions.half_open(name)
        return page("sign_in_code.html.j2", back=back, trouble="", ticket=ticket)
    return _entered(ask, name, back)


def code(ask: Ask) -> Answer:
    """Complete signing in by the code of the second factor."""
    back, ticket = own(ask.form.get("ve", "/")), ask.form.get("phieu", "")[:100]
    name, services = ask.services.sessions.halfway(ticket), ask.services
    if not name:
        trouble = _("Đã quá lâu; hãy đăng nhập lại.")
        return page("sign_in.html.j2", 401, back=back, trouble=trouble, name="")
    trouble, to_log = _("Mã không đúng, đã hết giờ hoặc đã dùng rồi."), True
    try:
        services.accounts.throttle.admit(name, ask.peer)
        right = services.accounts.second.check(name, ask.form.get("ma", ""))
    except TooManyTriesError as error:
        right, trouble, to_log = False, too_many(error), error.first
    else:
        if not right:
            services.accounts.throttle.failed(name)
    if not right:
        if to_log:
            services.record("code-refused", name, peer=ask.peer)
        return page("sign_in_code.html.j2", 401, back=back, trouble=trouble, ticket=ticket)
    services.accounts.throttle.right(name)
    services.sessions.through(ticket)
    return _entered(ask, name, back)


def _entered(ask: Ask, name: str, back: str) -> Answer:
    visitor = ask.services.accounts.visitor(name)
    with acting(name, ask.cache.archive.root):
        ask.services.record("sign-in", name, peer=ask.peer)
    ask.services.sessions.end(ask.session)  # of an earlier visitor in this browser
    number = ask.services.sessions.begin(name, visitor.language)
    ask.services.sessions.prove(session_of(number))
    return see(visitor.home if back == "/" else back, number)


def too_many(error: TooManyTriesError) -> str:
    """The message on how long to wait."""
    return _("Thử sai quá nhiều lần; đợi {count} giây rồi thử lại.").format(
        count=max(round(error.seconds), 1)
    )


def leave(ask: Ask) -> Answer:
    """Sign out; the browser is told to clear its cache."""
    ask.services.sessions.end(ask.session)
    return replace(see("/dang-nhap", ""), headers={"clear-site-data": '"cache"'})


def speak(ask: Ask) -> Answer:
    """Change the language."""
    wanted = ask.form.get("lang", "")
    if wanted not in LANGUAGES:
        raise UsageError(_("Chỉ có tiếng Việt (vi) và tiếng Anh (en)."))
    ask.services.sessions.speak(ask.visitor, wanted)
    return see(own(ask.form.get("ve", "/")))


def own(address: str) -> str:
    """The address if it is a path on this server, otherwise ``/``: no redirects to other sites."""
    safe = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if safe and len(address) < 2000 else "/"
