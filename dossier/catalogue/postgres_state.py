"""How a server is, and whether what it keeps has changed."""

from __future__ import annotations

import socket
import ssl
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from cryptography import x509
from sqlalchemy import make_url

from dossier import __version__
from dossier.catalogue.postgres_connection import connect, connected
from dossier.catalogue.server import Server
from dossier.errors import DossierError

_WORKER = "dossier work "
_SSL_REQUEST = (8).to_bytes(4) + (80877103).to_bytes(4)  # PostgreSQL's documentation, "Message Formats"
_WORKERS = """
SELECT DISTINCT coalesce(host(client_addr), ''), application_name FROM pg_stat_activity
WHERE datname = current_database() AND application_name LIKE %s ORDER BY 1, 2
"""
# Of what verdicts hang on; what the queue and the index do is no change.
_WRITTEN = """
SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables
WHERE schemaname = current_schema() AND relname NOT LIKE 'procrastinate%'
  AND relname NOT IN ('outbox', 'unweighed', 'texts', 'alembic_version')
"""


class ServerPulse:
    """Tells whether the catalogue has changed since: PostgreSQL counts the rows written, a second late."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._connection: psycopg.Connection[Any] | None = None
        self._lock = threading.Lock()
        self._lost = 0

    def revision(self) -> object:
        """A value that differs after every change; another one, too, when the server was away."""
        with self._lock:
            try:
                if self._connection is None or self._connection.closed:
                    self._connection = connect(self._server, "dossier pulse")
                row = self._connection.execute(_WRITTEN).fetchone()
            except (psycopg.Error, DossierError):
                self._lost += 1
                self._connection = None
                row = None
            return self._lost, row[0] if row else None

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


@dataclass(frozen=True, slots=True)
class DatabaseHealth:
    """What an administrator wants to know. ``dead``: share of rows that are dead, in the worst table.
    ``archiving``: whether the log of changes is kept, without which there is no going back to a moment;
    ``archived``: when that last happened; ``failing``: it did not since. ``workers``: machines at work with
    their versions, ``own_version`` as theirs are written; ``certificate``: until when the server's is good,
    ``None`` without one."""

    version: str
    size: int
    table: str
    dead: float
    archiving: bool
    archived: datetime | None
    failing: bool
    workers: tuple[tuple[str, str], ...] = ()
    own_version: str = ""
    certificate: datetime | None = None


def worker_purpose(reader: int) -> str:
    """How a worker's connections are called, so that others see its version. ``reader``: that of reading."""
    return f"{_WORKER}{__version__}/{reader}"


def health(server: Server, reader: int = 0) -> DatabaseHealth:
    """How the server is. ``reader``: version of reading of this program. Raises :class:`CatalogueError`."""
    with connected(server) as connection:
        version, size = connection.execute(
            "SELECT current_setting('server_version'), pg_database_size(current_database())"
        ).fetchone() or ("", 0)
        table, dead = connection.execute(
            "SELECT relname, n_dead_tup::float / greatest(n_live_tup + n_dead_tup, 1) "
            "FROM pg_stat_user_tables WHERE schemaname = current_schema() AND n_dead_tup > 1000 "
            "ORDER BY 2 DESC LIMIT 1"
        ).fetchone() or ("", 0.0)
        on, last, failed = connection.execute(
            "SELECT current_setting('archive_mode') <> 'off', last_archived_time, "
            "coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) "
            "FROM pg_stat_archiver"
        ).fetchone() or (False, None, False)
        workers = connection.execute(_WORKERS, (f"{_WORKER}%",)).fetchall()
    known = tuple((host or "", str(name).removeprefix(_WORKER)) for host, name in workers)
    return DatabaseHealth(
        version, size, table, dead, on, last, bool(on and failed), known,
        worker_purpose(reader).removeprefix(_WORKER), _certificate(server),
    )  # fmt: skip


def _certificate(server: Server) -> datetime | None:
    """Until when the server's certificate is good; ``None`` where it shows none or is on this machine."""
    url = make_url(server.url)
    if not url.host:
        return None
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE  # it is looked at, not believed
    try:
        with socket.create_connection((url.host, url.port or 5432), timeout=5) as plain:
            plain.sendall(_SSL_REQUEST)
            if plain.recv(1) != b"S":
                return None
            with trusting.wrap_socket(plain, server_hostname=url.host) as secured:
                shown = secured.getpeercert(binary_form=True)
    except OSError:
        return None
    return x509.load_der_x509_certificate(shown).not_valid_after_utc if shown else None
