"""The web page's own TLS certificate, for offices without one: a certificate authority of this archive,
restricted to the names of this machine, and a server certificate signed by it and renewed before it expires.

A browser that has imported the authority's certificate shows no more warnings. The authority's key never
leaves the state folder and cannot sign for other sites (RFC 5280, name constraints).
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.errors import ArchiveError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.renaming import write_whole

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

FOLDER = "tls"  # in the state folder
_AUTHORITY_DAYS, _LEAF_DAYS = 3650, 397  # browsers take no leaf of more than 398 days
_AHEAD = timedelta(days=30)  # a certificate is renewed so long before it expires
_BEFORE = timedelta(days=1)  # validity begins so long in the past: clocks of other machines may be behind


@dataclass(frozen=True, slots=True)
class Own:
    """PEM files of the certificate chain, its key and the authority; ``fingerprint``: the authority's SHA-256
    as browsers show it; ``until``: when the server certificate expires."""

    chain: Path
    key: Path
    authority: Path
    fingerprint: str
    until: datetime


def own(state: Path, names: Sequence[str], now: datetime | None = None) -> Own:
    """Return the certificate for these host names and addresses, created or renewed if necessary. Raises
    :class:`ArchiveError` if it cannot be written to the state folder."""
    moment = now or datetime.now(UTC)
    folder = state / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        signer, root = _authority(folder, names, moment)
        leaf = _leaf(folder, signer, root, names, moment)
    except OSError as error:
        raise ArchiveError(
            _("Không giữ được chứng thư trong {path}: {why}.").format(path=folder, why=in_words(error)),
            _("Kiểm tra quyền ghi và chỗ trống trên đĩa."),
        ) from error
    return Own(
        folder / "page.pem", folder / "page.key", folder / "authority.crt", fingerprint(root),
        leaf.not_valid_after_utc,
    )  # fmt: skip


def existing(state: Path) -> Own | None:
    """Return the existing certificate, even if expired; ``None`` if there is none."""
    folder = state / FOLDER
    root, leaf = _certificate(folder / "authority.crt"), _certificate(folder / "page.pem")
    if root is None or leaf is None:
        return None
    paths = folder / "page.pem", folder / "page.key", folder / "authority.crt"
    return Own(*paths, fingerprint(root), leaf.not_valid_after_utc)


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the certificate's SHA-256 as browsers show it."""
    from cryptography.hazmat.primitives.hashes import SHA256

    return certificate.fingerprint(SHA256()).hex(":").upper()


def _authority(
    folder: Path, names: Sequence[str], now: datetime
) -> tuple[EllipticCurvePrivateKey, x509.Certificate]:
    from cryptography import x509

    known, key = _certificate(folder / "authority.crt"), _key(folder / "authority.key")
    if known is not None and key is not None and known.not_valid_after_utc - _AHEAD * 14 > now:
        permitted = known.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees
        if known.public_key() == key.public_key() and set(_subtrees(names)) <= set(permitted or ()):
            return key, known
    return _new_authority(folder, names, now)


def _new_authority(
    folder: Path, names: Sequence[str], now: datetime
) -> tuple[EllipticCurvePrivateKey, x509.Certificate]:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256

    key = ec.generate_private_key(ec.SECP256R1())
    called = _common_name(f"dossier {os.urandom(4).hex()}")
    made = (
        _builder(called, called, key, now, _AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(_subtrees(names), None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    write_whole(folder / "authority.key", _pem_of(key), private=True)
    write_whole(folder / "authority.crt", _pem(made), private=True)
    return key, made


def _leaf(
    folder: Path, signer: EllipticCurvePrivateKey, root: x509.Certificate, names: Sequence[str], now: datetime
) -> x509.Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.x509.oid import ExtendedKeyUsageOID

    wanted = set(_alternatives(names))
    known, key = _certificate(folder / "page.pem"), _key(folder / "page.key")
    if known is not None and key is not None and known.issuer == root.subject:
        has = set(known.extensions.get_extension_for_class(x509.SubjectAlternativeName).value)
        whole = known.public_key() == key.public_key() and wanted <= has
        if whole and known.not_valid_after_utc - _AHEAD > now >= known.not_valid_before_utc:
            return known
    key = ec.generate_private_key(ec.SECP256R1())
    identifier = x509.SubjectKeyIdentifier.from_public_key(signer.public_key())
    made = (
        _builder(_common_name("dossier"), root.subject, key, now, _LEAF_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(_alternatives(names)), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
        )
        .sign(signer, SHA256())
    )
    write_whole(folder / "page.key", _pem_of(key), private=True)
    write_whole(folder / "page.pem", _pem(made) + _pem(root), private=True)
    return made


def _builder(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    from cryptography import x509

    start = (now - _BEFORE).replace(microsecond=0)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
    )


def _common_name(name: str) -> x509.Name:
    from cryptography import x509

    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not signs_certificates, key_cert_sign=signs_certificates, crl_sign=False,
        content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _alternatives(names: Iterable[str]) -> list[x509.GeneralName]:
    """Return the certificate's subject alternative names: addresses, and names that are valid in one."""
    from cryptography import x509

    found: list[x509.GeneralName] = []
    for name in dict.fromkeys(names):
        address = _address(name)
        if address is not None:
            found.append(x509.IPAddress(address))
        elif name.isascii() and name.strip():
            found.append(x509.DNSName(name))
    return found


def _subtrees(names: Iterable[str]) -> list[x509.GeneralName]:
    """Return the authority's name constraints: exactly these names and addresses."""
    from cryptography import x509

    return [
        x509.IPAddress(ipaddress.ip_network(each.value)) if isinstance(each, x509.IPAddress) else each
        for each in _alternatives(names)
    ]


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def _certificate(file: Path) -> x509.Certificate | None:
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError):
        return None


def _key(file: Path) -> EllipticCurvePrivateKey | None:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        found = load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError, TypeError):
        return None
    return found if isinstance(found, EllipticCurvePrivateKey) else None


def _pem(certificate: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM)


def _pem_of(key: EllipticCurvePrivateKey) -> bytes:
    from cryptography.hazmat.primitives import serialization as s

    return key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())
