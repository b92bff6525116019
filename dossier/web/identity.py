"""Where the office already knows its people: a directory that checks their passwords (LDAP), or a proxy that
has let them in and names them. Either proves only who somebody is; what they may do stands in the accounts.
"""

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

_SECONDS = 5  # the directory may take
_AT_ONCE = threading.Semaphore(2)  # a directory that hangs must not hold up the pages
_WRONG, _RIGHT = 49, 0  # result codes of RFC 4511
_PLAIN_NAME = re.compile(r"[\w.\-]+")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
log = logging.getLogger(__name__)


class DirectoryError(DossierError):
    """The directory did not answer, so nobody knows whether the password is right."""


@dataclass(frozen=True, slots=True)
class Directory:
    """A server that speaks LDAP; ``user``: how it calls somebody, with ``{name}`` in it; ``authority``: file
    of the certificates that vouch for it (empty: those of the system)."""

    host: str
    port: int
    at_once: bool  # encrypted from the first byte; else by StartTLS
    user: str
    authority: str

    def knows(self, name: str, password: str) -> bool:
        """Whether that is the person's password there; an empty name is somebody it does not know, for the
        same time to pass. Raises :class:`DirectoryError`."""
        if not name:
            name, password = secrets.token_hex(8), secrets.token_hex(8)
        if not password or len(password) > LONGEST:  # an empty one is taken for a greeting, not for a proof
            return False
        called = self._called(name)
        if not called:
            return False
        if not _AT_ONCE.acquire(timeout=_SECONDS):
            raise _silent()
        try:
            return self._bound(called, password)
        finally:
            _AT_ONCE.release()

    def _called(self, name: str) -> str:
        from ldap3.utils.dn import escape_rdn

        if "=" in self.user:
            return self.user.replace("{name}", escape_rdn(name))
        return self.user.replace("{name}", name) if _PLAIN_NAME.fullmatch(name) else ""

    def _bound(self, called: str, password: str) -> bool:
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
            called,
            password,
            receive_timeout=_SECONDS,
            auto_referrals=False,
            auto_bind=ldap3.AUTO_BIND_NONE,
        )
        try:
            connection.open()
            if not self.at_once and not connection.start_tls():
                raise _silent()
            right = connection.bind()
            code = int(connection.result["result"])
        except (LDAPExceptionError, OSError) as error:
            log.warning("directory: %s", error)
            raise _silent() from error
        finally:
            connection.strategy.close()
        if code not in (_RIGHT, _WRONG):
            log.warning("directory: %s", connection.result["description"])
        return bool(right)


def _silent() -> DirectoryError:
    return DirectoryError(
        _("Không hỏi được máy chủ thư mục của cơ quan, nên chưa biết mật khẩu có đúng không."),
        _("Thử lại sau; nếu vẫn vậy, báo quản trị máy."),
    )


@dataclass(frozen=True, slots=True)
class Proxy:
    """A server before this one that signs people in. ``peers``: by which addresses it comes; ``header``: in
    which it names who asks, in lower case; ``address``: by what browsers call it."""

    peers: frozenset[str]
    header: bytes
    address: str

    def named(self, peer: str, headers: Iterable[tuple[bytes, bytes]]) -> str:
        """Whom the proxy has let in; empty where it names nobody, or several, or it is not the proxy."""
        said = [value for name, value in headers if name.lower() == self.header]
        if len(said) != 1 or _plain(peer) not in self.peers:
            return ""
        try:
            return said[0].decode("utf-8").strip()
        except UnicodeDecodeError:
            return ""


def _plain(address: str) -> str:
    """The address as it is compared: an IPv4 address inside an IPv6 one is that IPv4 address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    inner = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(inner or found)


def directory_of(archive: Archive) -> Directory | None:
    """The directory of the settings, if there is one. Raises :class:`ConfigurationError`."""
    said = _settings(archive)
    if not said.ldap:
        return None
    address = urlsplit(said.ldap)
    try:
        port = address.port or {"ldaps": 636, "ldap": 389}.get(address.scheme, 0)
    except ValueError:
        port = 0
    if not port or not address.hostname or address.path.strip("/") or address.username:
        raise _unusable("ldap", _("Viết như: ldaps://may-chu.congan.vn"))
    if said.ldap_user.count("{name}") != 1:
        raise _unusable(
            "ldap_user", _("Viết như: uid={name},ou=people,dc=congan,dc=vn hoặc {name}@congan.vn")
        )
    return Directory(address.hostname, port, address.scheme == "ldaps", said.ldap_user, said.ldap_authority)


def proxy_of(archive: Archive) -> Proxy | None:
    """The proxy of the settings, if there is one. Raises :class:`ConfigurationError`."""
    said = _settings(archive)
    if not said.proxy_from:
        return None
    peers = frozenset(_plain(peer) for peer in said.proxy_from)
    if "" in peers or peers & {"0.0.0.0", "::"}:  # noqa: S104  compared, not bound
        raise _unusable("proxy_from", _('Ghi từng địa chỉ một: proxy_from = ["10.0.0.5"].'))
    if not _HEADER.fullmatch(said.proxy_header) or said.proxy_header.lower() in _SPOKEN_FOR:
        raise _unusable("proxy_header", _("Viết như: “X-Remote-User”"))
    address = urlsplit(said.proxy_address)
    if address.scheme not in ("https", "http") or not address.hostname or address.path.strip("/"):
        raise _unusable("proxy_address", _("Viết như: https://hoso.congan.vn"))
    return Proxy(peers, said.proxy_header.lower().encode(), f"{address.scheme}://{address.netloc.lower()}")


# What browsers send themselves cannot say who they are.
_SPOKEN_FOR = frozenset(("host", "cookie", "origin", "authorization", "user-agent", "referer", "accept"))


def _settings(archive: Archive) -> SignInSettings:
    said = archive.config.sign_in
    if said == SignInSettings():
        return said
    if why := plain_file.why_not_trusted(archive.root / CONFIG_NAME):
        raise ConfigurationError(
            _("Không dùng [sign_in] của dossier.toml: tệp {why}.").format(why=why),
            _("Ai sửa được tệp ấy thì vào được trang bằng tên của người khác."),
        )
    if said.ldap and said.proxy_from:
        raise ConfigurationError(
            _("[sign_in] nêu cả máy chủ thư mục (ldap) và cổng đăng nhập (proxy_from)."),
            _("Chỉ dùng một trong hai: bỏ ldap hoặc bỏ proxy_from."),
        )
    return said


def _unusable(key: str, advice: str) -> ConfigurationError:
    return ConfigurationError(_("[sign_in] {key} không dùng được.").format(key=key), advice)
