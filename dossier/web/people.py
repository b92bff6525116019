"""The people of the page, for who looks after the machine: accounts, what they may do, and whose dossiers
they see. Passwords are made up here, shown once, and changed by their owners before anything else.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.web.accounts import Account
from dossier.web.cache import NotReadyError
from dossier.web.passwords import TooManyTriesError, checked
from dossier.web.request import Answer, Ask, NotFoundError, page, see
from dossier.web.roles import ROLE_NAMES, Role
from dossier.web.route import API
from dossier.web.sign_in import too_many

ADDRESS = "/quan-tri/nguoi-dung"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_GROUPS, _GROUP = 4, 4  # 79 bits
Handler = Callable[[Ask], Answer]


def people(ask: Ask, **shown: Any) -> Answer:
    """Every account, and the form for another; ``shown``: what came of that."""
    services = ask.services
    known = services.accounts.all()
    return page(
        "people.html.j2", accounts_known=known, roles=ROLE_NAMES, units=_units(ask),
        sessions={each.name: services.sessions.of(each.name) for each in known},
        second={each.name for each in known if services.accounts.second.on(each.name)},
        first=not known, elsewhere=services.elsewhere, **{"made": None, **shown},
    )  # fmt: skip


def person(ask: Ask) -> Answer:
    """One account."""
    return _one(ask, _named(ask, ask.query.get("ten", "")))


def _one(ask: Ask, account: Account, **shown: Any) -> Answer:
    services = ask.services
    return page(
        "person.html.j2", account=account, roles=ROLE_NAMES, units=_units(ask, account),
        sessions=services.sessions.of(account.name), second=services.accounts.second.on(account.name),
        tokens=services.accounts.tokens.of(account.name),
        **{"password": "", "token": "", **shown},
    )  # fmt: skip


def _units(ask: Ask, account: Account | None = None) -> list[str]:
    """The units that have dossiers, and those that accounts are for although they have none now."""
    try:
        found = {row.unit for row in ask.cache.standing(wait=0.5).rows if row.unit}
    except NotReadyError:
        found = set()
    known = [account] if account else ask.services.accounts.all()
    return sorted(found | {unit for each in known for unit in each.units or ()})


def _named(ask: Ask, name: str) -> Account:
    account = ask.services.accounts.of(name)
    if account is None:
        raise NotFoundError
    return account


def with_password(handler: Handler) -> Handler:
    """Ask who is at the page for the password again, unless it was typed just now, before ``handler`` does
    something grave. On a machine without accounts there is none to ask for."""

    @wraps(handler)
    def asking(ask: Ask) -> Answer:
        visitor, services = ask.visitor, ask.services
        account = services.accounts.of(visitor.name)
        asked_there = services.proxy is not None and account is not None and account.elsewhere
        by_token = not visitor.session  # it was made by somebody who typed the password
        if visitor.owner or by_token or asked_there or services.sessions.proved(visitor.session):
            return handler(ask)
        trouble, password = "", ask.form.get("mat-khau-cua-toi", "")
        if password:
            try:
                if services.accounts.verify(visitor.name, password, ask.peer):
                    services.sessions.prove(visitor.session)
                    return handler(ask)
                trouble = _("Mật khẩu không đúng.")
            except TooManyTriesError as error:
                trouble = too_many(error)
            services.record("password-refused", visitor.name)
        kept = [
            (name, each)
            for name, value in ask.form.items()
            if name not in ("csrf", "mat-khau-cua-toi")
            for each in value.split("\n")
        ]
        if ask.address.startswith(API):
            raise UsageError(trouble or _("Phải gửi mật khẩu của người làm (mat-khau-cua-toi)."))
        return page("proof.html.j2", 422, action=ask.address, kept=kept, trouble=trouble)

    return asking


@with_password
def put(ask: Ask) -> Answer:
    """Make an account, or change what one may do."""
    accounts, form = ask.services.accounts, ask.form
    name = accounts.check_name(form.get("ten", ""))
    fresh, known = bool(form.get("moi")), accounts.of(name)
    if fresh and known is not None:
        raise UsageError(_("Đã có tài khoản “{name}”.").format(name=name))
    if not fresh and known is None:
        raise NotFoundError
    if form.get("vai-tro") not in tuple(Role):
        raise UsageError(_("Hãy chọn vai trò."))
    role = Role(form["vai-tro"])
    units = [unit for unit in form.get("don-vi", "").split("\n") if unit.strip()]
    if role is Role.UNIT and not units:
        raise UsageError(_("Cán bộ đơn vị phải có ít nhất một đơn vị."))
    if fresh and not accounts.any() and role is not Role.ADMIN:
        raise UsageError(_("Tài khoản đầu tiên phải là quản trị máy."))
    elsewhere = fresh and bool(form.get("noi-khac"))
    password = made_up(name) if fresh and not elsewhere else None
    ask.services.note(ask, "account", name, as_role=role, units=units, elsewhere=elsewhere)
    accounts.put(
        name, role, units or None, password, known.language if known else ask.visitor.language,
        fresh=password is not None, elsewhere=elsewhere,
    )  # fmt: skip
    if password is not None:
        return people(ask, made=(name, password))
    return _one(ask, _named(ask, name))


def made_up(name: str) -> str:
    """A password nobody knows yet."""
    while True:
        groups = ["".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)]
        try:
            return checked("-".join(groups), name)
        except UsageError:  # the name lies in it, or too few letters
            if len(name) < 3:
                return "-".join(groups)


@with_password
def reset(ask: Ask) -> Answer:
    """Another password for who has forgotten theirs."""
    account = _named(ask, ask.form.get("ten", ""))
    if account.elsewhere:
        raise UsageError(_("Mật khẩu của tài khoản này do thư mục hoặc cổng đăng nhập của cơ quan giữ."))
    password = made_up(account.name)
    ask.services.note(ask, "account-password", account.name)
    ask.services.accounts.put(
        account.name, account.role, account.units, password, account.language, fresh=True
    )
    return _one(ask, _named(ask, account.name), password=password)


@with_password
def lock(ask: Ask) -> Answer:
    """Let nobody in by an account, or again."""
    account, locked = _named(ask, ask.form.get("ten", "")), bool(ask.form.get("khoa"))
    if locked and account.name == ask.visitor.name:
        raise UsageError(_("Không tự khóa tài khoản của mình được; nhờ quản trị máy khác."))
    ask.services.note(ask, "account-lock" if locked else "account-unlock", account.name)
    ask.services.accounts.lock(account.name, locked=locked)
    return see(_address(account.name))


@with_password
def end_sessions(ask: Ask) -> Answer:
    """Sign somebody out everywhere."""
    account = _named(ask, ask.form.get("ten", ""))
    ask.services.note(ask, "account-sessions", account.name)
    ask.services.accounts.end_sessions(account.name)
    return see(_address(account.name))


@with_password
def drop_second(ask: Ask) -> Answer:
    """Ask somebody who has lost the telephone for no code."""
    account = _named(ask, ask.form.get("ten", ""))
    ask.services.note(ask, "second-factor-off", account.name)
    ask.services.accounts.second.drop(account.name)
    return see(_address(account.name))


@with_password
def token(ask: Ask) -> Answer:
    """A token by which a machine acts as an account, or make one worthless."""
    account = _named(ask, ask.form.get("ten", ""))
    tokens = ask.services.accounts.tokens
    if gone := ask.form.get("bo", ""):
        ask.services.note(ask, "token-drop", account.name, token=gone[:16])
        tokens.drop(account.name, gone)
        return see(_address(account.name))
    label = ask.form.get("nhan", "").strip()
    if not label:
        raise UsageError(_("Ghi mã dùng vào việc gì."))
    ask.services.note(ask, "token", account.name, label=label)
    made = tokens.make(account.name, label, reads_only=not ask.form.get("ghi"))
    return _one(ask, account, token=made)


@with_password
def remove(ask: Ask) -> Answer:
    """Delete an account; what it did stays in the log."""
    account = _named(ask, ask.form.get("ten", ""))
    if account.name == ask.visitor.name:
        raise UsageError(_("Không tự xóa tài khoản của mình được; nhờ quản trị máy khác."))
    ask.services.note(ask, "account-remove", account.name)
    ask.services.accounts.remove(account.name)
    return see(ADDRESS)


def _address(name: str) -> str:
    from dossier.web.pages import with_query

    return with_query(f"{ADDRESS}/sua", {"ten": name})
