"""The PostgreSQL server of an archive's catalogue, if it has one. Imports nothing heavy."""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass, field, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dossier import engines, plain_file
from dossier.archive import CONFIG_NAME, Archive
from dossier.errors import ConfigurationError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.plain_file import read_small
from dossier.vietnamese import fold

ADDRESS, PASSWORD = "DOSSIER_DATABASE", "DOSSIER_DATABASE_PASSWORD"  # variables of the environment
_LONGEST_PASSWORD = 4096  # bytes
MOVED = "server.json"  # in the state folder
_LONGEST_SCHEMA = 63  # bytes; PostgreSQL truncates longer names
_SECRET_OPTION = re.compile(r"(?:^|&)\w*(?:password|passfile|passwd)\w*=[^&]*", re.IGNORECASE)
_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL database, and the archive's schema in it."""

    url: str = field(repr=False)  # may contain a password
    schema: str
    password: str = field(default="", repr=False)

    @property
    def backend(self) -> Any:
        """The module of the database; what it offers: see :data:`dossier.engines.DATABASES`."""
        return import_module(f"dossier.catalogue.{engines.DATABASES[urlsplit(self.url).scheme]}")

    @property
    def shown(self) -> str:
        """The address to show to people, without a password."""
        parts = urlsplit(self.url)
        host = parts.hostname or parse_qs(parts.query).get("host", [""])[0]
        return f"{host}{parts.path}/{self.schema}"


def server_of(archive: Archive) -> Server | None:
    """The server, or ``None`` if the catalogue is a file in the state folder.

    Raises :class:`ConfigurationError` for an invalid address, or one from an untrusted file.
    """
    settings = archive.config.catalogue
    url = os.environ.get(ADDRESS, "") or settings.url
    if not url:
        return _moved_to(archive)
    file = archive.root / CONFIG_NAME
    written = url == settings.url and not os.environ.get(ADDRESS) and os.path.lexists(file)
    if written and (why := plain_file.why_not_trusted(file)):
        raise _unused(file, why)
    return server_for(archive, url)


def server_for(archive: Archive, url: str) -> Server:
    """The archive's schema in the database at this address. Raises :class:`ConfigurationError`."""
    if find_spec("psycopg") is None:
        raise ConfigurationError(
            _("Kho này có danh mục trên PostgreSQL, nhưng máy này chưa cài phần ấy của dossier."),
            _("Chạy: {command}").format(command=f'{sys.executable} -m pip install "dossier[province]"'),
        )
    return server_at(url, archive.config.catalogue.schema or schema_for(archive.name), _password(archive))


def remember_server(state: Path, server: Server) -> None:
    """Record that the catalogue was moved to the server, without its password."""
    unfinished = state / f"{MOVED}.tmp"
    unfinished.write_text(json.dumps({"url": _without_password(server.url), "schema": server.schema}))
    unfinished.replace(state / MOVED)


def forget_server(state: Path) -> None:
    """Record that the catalogue is a file in the state folder again."""
    (state / MOVED).unlink(missing_ok=True)


def _moved_to(archive: Archive) -> Server | None:
    """The server recorded in the (private) state folder."""
    file = archive.state / MOVED
    if not file.exists():
        return None
    if why := plain_file.why_not_trusted(file):
        raise _unused(file, why)
    try:
        told = json.loads(read_small(file, _LONGEST_PASSWORD))
        url, schema = str(told["url"]), str(told["schema"])
    except OSError as error:
        raise _unused(file, in_words(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise _unused(file, _("bị hỏng")) from error
    return replace(server_for(archive, url), schema=schema)


def _unused(file: Path, why: str) -> ConfigurationError:
    """The error to raise for a server named in a file that is not used. ``why``: a phrase on the file."""
    return ConfigurationError(
        _("Không dùng máy chủ ghi trong {path}: tệp này {why}.").format(path=file, why=why),
        _("Sửa quyền của tệp, hoặc đặt địa chỉ trong biến môi trường {name}.").format(name=ADDRESS),
    )


def server_at(url: str, schema: str, password: str = "") -> Server:
    """Validate address and schema name. Raises :class:`ConfigurationError`."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in engines.DATABASES and parts.path.strip("/") and _is_plain(url)
        _port = parts.port
    except ValueError:
        known = ""
    if not known:
        raise ConfigurationError(
            _("Địa chỉ cơ sở dữ liệu không dùng được: {url}.").format(url=_openly(url)),
            _("Viết như: postgresql://hoso@may-chu/hoso (người dùng, máy chủ, tên cơ sở dữ liệu)."),
        )
    if not _PLAIN.fullmatch(schema) or len(schema) > _LONGEST_SCHEMA or schema.startswith("pg_"):
        raise ConfigurationError(
            _("[catalogue] schema “{name}” không dùng được.").format(name=schema),
            _("Chỉ dùng chữ thường không dấu, chữ số và gạch dưới, bắt đầu bằng chữ."),
        )
    return Server(url, schema, password)


def schema_for(name: str) -> str:
    """The default schema for an archive of this name."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")
    return f"kho_{plain}"[:_LONGEST_SCHEMA].rstrip("_")


def _password(archive: Archive) -> str:
    """The configured password. Raises :class:`ConfigurationError` if others may read its file."""
    if not archive.config.catalogue.password_file:
        return os.environ.get(PASSWORD, "")
    file = Path(archive.root, archive.config.catalogue.password_file)
    try:
        if why := plain_file.why_not_trusted(file, secret=True):
            raise OSError(_("tệp mật khẩu {why}").format(why=why))
        return read_small(file, _LONGEST_PASSWORD).decode("utf-8").strip()
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            _("Không đọc được mật khẩu trong {path}: {why}.").format(path=file, why=in_words(error)),
            _("Tệp chỉ chứa mật khẩu, chỉ người chạy dossier đọc được."),
        ) from error


def _is_plain(url: str) -> bool:
    """Whether the address is unambiguous: special characters in a password could be parsed as a part of the
    host or of the name."""
    parts = urlsplit(url)
    signs = url.count("@")
    return "://" in url and signs <= 1 and signs == parts.netloc.count("@") and not parts.fragment


def _openly(url: str) -> str:
    """An invalid address as it may be shown; hidden if it may contain a password."""
    return "…" if "@" in url or "pass" in url.lower() else url


def _without_password(url: str) -> str:
    before, _mark, options = url.partition("?")
    kept = re.sub(r"(//[^/@:]*):[^/@]*@", r"\1@", before)
    options = _SECRET_OPTION.sub("", options).strip("&")
    return f"{kept}?{options}" if options else kept
