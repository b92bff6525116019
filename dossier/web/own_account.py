"""The visitor's own account: password, second factor, sessions, tokens for machines."""

from __future__ import annotations

import time
from typing import Any

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.web import second_factor
from dossier.web.passwords import TooManyTriesError
from dossier.web.people import token_made, with_password
from dossier.web.request import Answer, Ask, NotFoundError, page, see
from dossier.web.roles import Right
from dossier.web.sign_in import too_many

ADDRESS = "/tai-khoan"


def own(ask: Ask, status: int = 200, **shown: Any) -> Answer:
    """Show the account; ``shown``: results of a form on the page."""
    services, name = ask.services, ask.visitor.name
    account = services.accounts.of(name)
    if ask.visitor.owner or account is None:
        return page("no_accounts.html.j2")
    return page(
        "own_account.html.j2", status, account=account, second=services.accounts.second.on(name),
        left=services.accounts.second.left(name), sessions=services.sessions.of(name, ask.visitor.session),
        tokens=services.accounts.tokens.of(name) if ask.visitor.may(Right.READ) else None,
        **{"trouble": "", "key": "", "square": "", "codes": (), "token": "", "side": 0, **shown},
    )  # fmt: skip


def choose_password(ask: Ask) -> Answer:
    """Change the password, given the present one."""
    account = ask.services.accounts.of(ask.visitor.name)
    if account is None:
        raise NotFoundError
    if account.elsewhere:
        raise UsageError(_("Mật khẩu của tài khoản này do thư mục hoặc cổng đăng nhập của cơ quan giữ."))
    new, form = ask.form.get("moi", ""), ask.form
    try:
        right = ask.services.accounts.verify(account.name, form.get("cu", ""), ask.peer)
    except TooManyTriesError as error:
        return own(ask, 429, trouble=too_many(error))
    if not right:
        ask.services.record("password-refused", account.name)
        return own(ask, 422, trouble=_("Mật khẩu đang dùng không đúng."))
    if new != form.get("lai", ""):
        return own(ask, 422, trouble=_("Hai lần gõ mật khẩu mới không giống nhau."))
    if new == form.get("cu", ""):
        return own(ask, 422, trouble=_("Mật khẩu mới phải khác mật khẩu đang dùng."))
    ask.services.note(ask, "own-password", account.name)
    try:
        ask.services.accounts.choose_password(account.name, new, ask.visitor.session)
    except UsageError as refused:
        return own(ask, 422, trouble=refused.message)
    ask.services.sessions.prove(ask.visitor.session)
    return see(ADDRESS)


@with_password
def second(ask: Ask) -> Answer:
    """Turn the second factor on or off."""
    services, name, wanted = ask.services, ask.visitor.name, ask.form.get("viec", "")
    if ask.visitor.owner:
        raise NotFoundError
    factors = services.accounts.second
    if wanted == "tat":
        services.note(ask, "second-factor-off", name)
        factors.drop(name)
        return see(ADDRESS)
    if factors.on(name):
        return see(ADDRESS)
    if wanted == "xac-nhan":
        services.note(ask, "second-factor", name)
        codes = factors.confirm(name, ask.form.get("ma", ""))
        if codes:
            return own(ask, codes=codes)
        trouble = _("Mã không đúng. Kiểm tra giờ của điện thoại: máy này đang là {time}.").format(
            time=time.strftime("%H:%M:%S")
        )
        return _with_key(ask, 422, trouble)
    return _with_key(ask)


def _with_key(ask: Ask, status: int = 200, trouble: str = "") -> Answer:
    import segno

    key = ask.services.accounts.second.begin(ask.visitor.name)
    uri = second_factor.address(key, ask.visitor.name, f"dossier {ask.cache.archive.name}")
    square = segno.make(uri, error="m", micro=False)
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(square.matrix_iter(border=4))
        for x, dark in enumerate(row)
        if dark
    )
    grouped = " ".join(key[at : at + 4] for at in range(0, len(key), 4))
    return own(ask, status, key=grouped, square=path, side=square.symbol_size(border=4)[0], trouble=trouble)


def end_others(ask: Ask) -> Answer:
    """End the visitor's other sessions."""
    if ask.visitor.owner:
        raise NotFoundError
    ask.services.note(ask, "own-sessions", ask.visitor.name)
    ask.services.sessions.end_others(ask.visitor.name, ask.visitor.session)
    return see(ADDRESS)


@with_password
def token(ask: Ask) -> Answer:
    """Create or revoke a token of the visitor."""
    if ask.visitor.owner:
        raise NotFoundError
    made = token_made(ask, ask.visitor.name)
    return own(ask, token=made) if made else see(ADDRESS)
