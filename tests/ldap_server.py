"""A directory (OpenLDAP's slapd) of a few people, encrypted, that answers as carelessly as the standard
allows: a bind without a password is welcome to it. Its certificate does not know all of its addresses."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dossier.usecases import certificates

PROGRAM = Path("/usr/sbin/slapd")
BASE = "ou=người,dc=congan,dc=vn"
_SETTINGS = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
allow bind_anon_cred
pidfile {folder}/pid
TLSCertificateFile {chain}
TLSCertificateKeyFile {key}
database mdb
maxsize 10485760
suffix "dc=congan,dc=vn"
directory {folder}/data
"""


@dataclass(frozen=True)
class Ldap:
    """Where it listens: encrypted from the first byte, or by StartTLS; and who vouches for it."""

    encrypted: int
    plain: int
    authority: Path


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _people(people: dict[str, str]) -> str:
    entries = [
        "dn: dc=congan,dc=vn\nobjectClass: dcObject\nobjectClass: organization\ndc: congan\no: congan",
        f"dn: {BASE}\nobjectClass: organizationalUnit\nou: người",
    ]
    entries += [
        f"dn: uid={name},{BASE}\nobjectClass: inetOrgPerson\nuid: {name}\ncn: {name}\nsn: {name}\n"
        f"userPassword: {password}"
        for name, password in people.items()
    ]
    return "\n\n".join(entries) + "\n"


@contextmanager
def directory(folder: Path, people: dict[str, str]) -> Iterator[Ldap]:
    """It runs in ``folder`` with these names and passwords."""
    (folder / "data").mkdir(parents=True)
    own = certificates.own(folder, ("localhost", "127.0.0.1"))
    settings, entries = folder / "slapd.conf", folder / "people.ldif"
    settings.write_text(_SETTINGS.format(folder=folder, chain=own.chain, key=own.key), "utf-8")
    entries.write_text(_people(people), "utf-8")
    subprocess.run(
        ["/usr/sbin/slapadd", "-f", settings, "-l", entries], check=True, capture_output=True, timeout=30
    )
    found = Ldap(_free(), _free(), own.authority)
    hear = f"ldaps://127.0.0.1:{found.encrypted} ldaps://127.0.0.2:{found.encrypted} ldap://127.0.0.1:{found.plain}"
    with (folder / "log").open("w") as told:
        server = subprocess.Popen([PROGRAM, "-f", settings, "-h", hear, "-d", "0"], stdout=told, stderr=told)
    try:
        end = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", found.plain), timeout=1).close()
                break
            except OSError:
                assert server.poll() is None and time.monotonic() < end, (folder / "log").read_text()
                time.sleep(0.05)
        yield found
    finally:
        server.terminate()
        server.wait(10)
