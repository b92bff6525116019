"""Administration of accounts: roles, units, passwords, sessions, tokens. Passwords are generated here, shown
once, and must be changed by their owners at the first sign-in."""

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
from dossier.web.request import Answer, Ask, ConflictError, NotFoundError, page, see
from dossier.web.roles import ROLE_NAMES, Role
from dossier.web.route import API
from dossier.web.sign_in import too_many

ADDRESS = "/quan-tri/nguoi-dung"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without look-alikes
_GROUPS, _GROUP = 4, 4  # 79 bits
Handler = Callable[[Ask], Answer]


def people(ask: Ask, **shown: Any) -> Answer:
    """List the accounts, with the form for a new one; ``shown``: results of the form."""
    services = ask.services
    known = services.accounts.all()
    return page(
        "people.html.j2", accounts_known=known, roles=ROLE_NAMES, units=_units(ask),
        sessions={each.name: services.sessions.of(each.name) for each in known},
        second={each.name for each in known if services.accounts.second.on(each.name)},
        first=not known, elsewhere=services.elsewhere, **{"made": None, **shown},
    )  # fmt: skip


def person(ask: Ask) -> Answer:
    """Show one account."""
    return _one(ask, _named(ask, ask.query.get("ten", "")))


def _one(ask: Ask, account: Account, **shown: Any) -> Answer:
    services = ask.services
    return page(
        "person.html.j2", account=account, version=_version(account),
        roles=ROLE_NAMES, units=_units(ask, account),
        sessions=services.sessions.of(account.name), second=services.accounts.second.on(account.name),
        tokens=services.accounts.tokens.of(account.name),
        **{"password": "", "token": "", **shown},
    )  # fmt: skip


def _units(ask: Ask, account: Account | None = None) -> list[str]:
    """Units that have dossiers, and units named by accounts although they have none at present."""
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
    """Decorate the handler of a grave action: the visitor must type the password again, unless it was typed
    within the last minutes. Not required without accounts, by token, or where a proxy authenticates the
    person."""

    @wraps(handler)
    def asking(ask: Ask) -> Answer:
        visitor, services = ask.visitor, ask.services
        account = services.accounts.of(visitor.name)
        proxy_signs_in = services.proxy is not None and account is not None and account.elsewhere
        by_token = not visitor.session  # its creator typed the password
        if visitor.owner or by_token or proxy_signs_in or services.sessions.proved(visitor.session):
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
def save_account(ask: Ask) -> Answer:
    """Create an account, or change its role and units."""
    accounts, form = ask.services.accounts, ask.form
    name = accounts.check_name(form.get("ten", ""))
    fresh, known = bool(form.get("moi")), accounts.of(name)
    if known is not None and form.get("ban") not in (None, _version(known)):
        raise ConflictError(
            _("Tài khoản “{name}” vừa được người khác đổi; mở lại trang này rồi làm tiếp.").format(name=name)
        )
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


def _version(account: Account) -> str:
    """What a form tells of the account that its page showed."""
    units = "*" if account.units is None else "|".join(account.units)
    return f"{account.role}|{units}"


def made_up(name: str) -> str:
    """Generate a random password."""
    while True:
        groups = ["".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)]
        try:
            return checked("-".join(groups), name)
        except UsageError:  # contains the name, or too few different letters
            if len(name) < 3:
                return "-".join(groups)


@with_password
def reset(ask: Ask) -> Answer:
    """Give an account a generated password."""
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
    """Disable or re-enable an account."""
    account, locked = _named(ask, ask.form.get("ten", "")), bool(ask.form.get("khoa"))
    if locked and account.name == ask.visitor.name:
        raise UsageError(_("Không tự khóa tài khoản của mình được; nhờ quản trị máy khác."))
    ask.services.note(ask, "account-lock" if locked else "account-unlock", account.name)
    ask.services.accounts.lock(account.name, locked=locked)
    return see(_address(account.name))


@with_password
def end_sessions(ask: Ask) -> Answer:
    """End all sessions of an account."""
    account = _named(ask, ask.form.get("ten", ""))
    ask.services.note(ask, "account-sessions", account.name)
    ask.services.accounts.end_sessions(account.name)
    return see(_address(account.name))


@with_password
def drop_second(ask: Ask) -> Answer:
    """Turn off the second factor of an account, for a person who lost the phone."""
    account = _named(ask, ask.form.get("ten", ""))
    ask.services.note(ask, "second-factor-off", account.name)
    ask.services.accounts.second.drop(account.name)
    return see(_address(account.name))


@with_password
def token(ask: Ask) -> Answer:
    """Create or revoke a token of an account."""
    account = _named(ask, ask.form.get("ten", ""))
    made = token_made(ask, account.name)
    return _one(ask, account, token=made) if made else see(_address(account.name))


def token_made(ask: Ask, account: str) -> str:
    """Do what the form of tokens asks for an account; return the new token, or nothing if one was revoked."""
    tokens = ask.services.accounts.tokens
    if revoked := ask.form.get("bo", ""):
        ask.services.note(ask, "token-drop", account, token=revoked[:16])
        tokens.drop(account, revoked)
        return ""
    label = ask.form.get("nhan", "").strip()
    if not label:
        raise UsageError(_("Ghi mã dùng vào việc gì."))
    ask.services.note(ask, "token", account, label=label)
    return tokens.make(account, label, reads_only=not ask.form.get("ghi"))


@with_password
def remove(ask: Ask) -> Answer:
    """Delete an account; its entries in the audit log remain."""
    account = _named(ask, ask.form.get("ten", ""))
    if account.name == ask.visitor.name:
        raise UsageError(_("Không tự xóa tài khoản của mình được; nhờ quản trị máy khác."))
    ask.services.note(ask, "account-remove", account.name)
    ask.services.accounts.remove(account.name)
    return see(ADDRESS)


def _address(name: str) -> str:
    from dossier.web.pages import with_query

    return with_query(f"{ADDRESS}/sua", {"ten": name})
