"""Authentication by the office's own systems: an LDAP directory that checks passwords, or a proxy that signs
people in and names them. Both only identify a person; permissions come from the accounts."""

from __future__ import annotations

import ipaddress
import logging
import re
import secrets
import ssl
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from dossier import plain_file
from dossier.archive import CONFIG_NAME, Archive
from dossier.errors import ConfigurationError, DossierError
from dossier.i18n import _
from dossier.settings import SignInSettings
from dossier.web.passwords import LONGEST

_SECONDS = 5  # time limit of the directory
_AT_ONCE = threading.Semaphore(2)  # a directory that hangs must not hold up the pages
_WRONG, _RIGHT = 49, 0  # result codes of RFC 4511
_PLAIN_NAME = re.compile(r"[\w.\-]+")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
log = logging.getLogger(__name__)


class DirectoryError(DossierError):
    """The directory did not answer, so the password could not be checked."""


@dataclass(frozen=True, slots=True)
class Directory:
    """An LDAP server. ``user``: template of the login name, with ``{name}`` in it; ``authority``: file with
    the CA certificates to trust (empty: those of the system)."""

    host: str
    port: int
    at_once: bool  # TLS from the first byte; otherwise StartTLS
    user: str
    authority: str

    def knows(self, name: str, password: str) -> bool:
        """Whether the directory accepts the password. An empty name stands for an unknown person: the
        directory is asked all the same, to take the same time. Raises :class:`DirectoryError`."""
        if not name:
            name, password = secrets.token_hex(8), secrets.token_hex(8)
        if not password or len(password) > LONGEST:  # LDAP servers take an empty one for an anonymous bind
            return False
        login = self._login_name(name)
        if not login:
            return False
        if not _AT_ONCE.acquire(timeout=_SECONDS):
            raise _no_answer()
        try:
            return self._binds(login, password)
        finally:
            _AT_ONCE.release()

    def _login_name(self, name: str) -> str:
        from ldap3.utils.dn import escape_rdn

        if "=" in self.user:
            return self.user.replace("{name}", escape_rdn(name))
        return self.user.replace("{name}", name) if _PLAIN_NAME.fullmatch(name) else ""

    def _binds(self, login: str, password: str) -> bool:
        import ldap3
        from ldap3.core.exceptions import LDAPExceptionError

        tls = ldap3.Tls(
            validate=ssl.CERT_REQUIRED, version=ssl.PROTOCOL_TLS_CLIENT, ca_certs_file=self.authority or None
        )
        server = ldap3.Server(
            self.host, self.port, use_ssl=self.at_once, tls=tls, get_info=ldap3.NONE, connect_timeout=_SECONDS
        )
        connection = ldap3.Connection(
            server,
            login,
            password,
            receive_timeout=_SECONDS,
            auto_referrals=False,
            auto_bind=ldap3.AUTO_BIND_NONE,
        )
        try:
            connection.open()
            if not self.at_once and not connection.start_tls():
                raise _no_answer()
            right = connection.bind()
            code = int(connection.result["result"])
        except (LDAPExceptionError, OSError) as error:
            log.warning("directory: %s", error)
            raise _no_answer() from error
        finally:
            connection.strategy.close()
        if code not in (_RIGHT, _WRONG):
            log.warning("directory: %s", connection.result["description"])
        return bool(right)


def _no_answer() -> DirectoryError:
    return DirectoryError(
        _("Không hỏi được máy chủ thư mục của cơ quan, nên chưa biết mật khẩu có đúng không."),
        _("Thử lại sau; nếu vẫn vậy, báo quản trị máy."),
    )


@dataclass(frozen=True, slots=True)
class Proxy:
    """A reverse proxy that signs people in. ``peers``: its IP addresses; ``header``: the header that names
    the person, in lower case; ``address``: its URL for browsers."""

    peers: frozenset[str]
    header: bytes
    address: str

    def named(self, peer: str, headers: Iterable[tuple[bytes, bytes]]) -> str:
        """The person named by the proxy; empty if none or several are named, or the request is not from the
        proxy."""
        values = [value for name, value in headers if name.lower() == self.header]
        if len(values) != 1 or _normalized(peer) not in self.peers:
            return ""
        try:
            return values[0].decode("utf-8").strip()
        except UnicodeDecodeError:
            return ""


def _normalized(address: str) -> str:
    """The address in normal form for comparison: an IPv4 address mapped into IPv6 becomes IPv4."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    inner = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(inner or found)


def directory_of(archive: Archive) -> Directory | None:
    """The configured directory, if there is one. Raises :class:`ConfigurationError`."""
    settings = _settings(archive)
    if not settings.ldap:
        return None
    address = urlsplit(settings.ldap)
    try:
        port = address.port or {"ldaps": 636, "ldap": 389}.get(address.scheme, 0)
    except ValueError:
        port = 0
    if not port or not address.hostname or address.path.strip("/") or address.username:
        raise _unusable("ldap", _("Viết như: ldaps://may-chu.congan.vn"))
    if settings.ldap_user.count("{name}") != 1:
        raise _unusable(
            "ldap_user", _("Viết như: uid={name},ou=people,dc=congan,dc=vn hoặc {name}@congan.vn")
        )
    return Directory(
        address.hostname, port, address.scheme == "ldaps", settings.ldap_user, settings.ldap_authority
    )


def proxy_of(archive: Archive) -> Proxy | None:
    """The configured proxy, if there is one. Raises :class:`ConfigurationError`."""
    settings = _settings(archive)
    if not settings.proxy_from:
        return None
    peers = frozenset(_normalized(peer) for peer in settings.proxy_from)
    if "" in peers or peers & {"0.0.0.0", "::"}:  # noqa: S104  compared, not bound
        raise _unusable("proxy_from", _('Ghi từng địa chỉ một: proxy_from = ["10.0.0.5"].'))
    if not _HEADER.fullmatch(settings.proxy_header) or settings.proxy_header.lower() in _BROWSER_HEADERS:
        raise _unusable("proxy_header", _("Viết như: “X-Remote-User”"))
    address = urlsplit(settings.proxy_address)
    if address.scheme not in ("https", "http") or not address.hostname or address.path.strip("/"):
        raise _unusable("proxy_address", _("Viết như: https://hoso.congan.vn"))
    return Proxy(
        peers, settings.proxy_header.lower().encode(), f"{address.scheme}://{address.netloc.lower()}"
    )


# Headers that browsers send themselves cannot identify a person.
_BROWSER_HEADERS = frozenset(("host", "cookie", "origin", "authorization", "user-agent", "referer", "accept"))


def _settings(archive: Archive) -> SignInSettings:
    settings = archive.config.sign_in
    if settings == SignInSettings():
        return settings
    if why := plain_file.why_not_trusted(archive.root / CONFIG_NAME):
        raise ConfigurationError(
            _("Không dùng [sign_in] của dossier.toml: tệp {why}.").format(why=why),
            _("Ai sửa được tệp ấy thì vào được trang bằng tên của người khác."),
        )
    if settings.ldap and settings.proxy_from:
        raise ConfigurationError(
            _("[sign_in] nêu cả máy chủ thư mục (ldap) và cổng đăng nhập (proxy_from)."),
            _("Chỉ dùng một trong hai: bỏ ldap hoặc bỏ proxy_from."),
        )
    return settings


def _unusable(key: str, advice: str) -> ConfigurationError:
    return ConfigurationError(_("[sign_in] {key} không dùng được.").format(key=key), advice)
