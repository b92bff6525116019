"""The page's own certificate: browsers that took the authority once trust it; it vouches for nothing else."""

from __future__ import annotations

import os
import shutil
import ssl
import stat
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from dossier.archive import open_archive
from dossier.errors import ArchiveError, UsageError
from dossier.usecases import certificates
from dossier.web import server
from dossier.web.roles import Role
from dossier.web.services import Services
from tests.usecases.archives import FOUNDING, put
from tests.web.serving import PASSWORD, scanned

NAMES = ("127.0.0.1", "::1", "localhost", "may-chu", "192.168.1.20")


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("once") / "kho"
    put(root, qd_txt=FOUNDING)
    scanned(root)
    return root


@pytest.fixture
def kho(scanned_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(scanned_once, tmp_path / "kho")


def test_browser_that_took_the_authority_trusts_the_page(kho: Path) -> None:
    archive = open_archive(kho)
    own = certificates.own(archive.state, NAMES)
    services = Services(archive)
    listening = server.bound("127.0.0.1", 0)
    up = threading.Event()
    chosen = server.Certificate(own.chain, own.key)
    made = server.server_for(services, listening, server.LOOPBACK, chosen, up.set)
    thread = threading.Thread(target=made.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    assert up.wait(30)
    try:
        import http.client

        context = ssl.create_default_context(cafile=str(own.authority))
        port = listening.getsockname()[1]
        for name in ("127.0.0.1", "localhost"):
            connection = http.client.HTTPSConnection(name, port, context=context, timeout=20)
            connection.request("GET", "/dang-nhap")
            answer = connection.getresponse()
            assert answer.status == 401  # nobody has an account yet
            assert answer.getheader("strict-transport-security") is None
            connection.close()
        with pytest.raises(ssl.SSLCertVerificationError):
            http.client.HTTPSConnection("127.0.0.1", port, timeout=20).request("GET", "/")
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        with pytest.raises((ssl.SSLError, OSError)):
            http.client.HTTPSConnection("127.0.0.1", port, context=old, timeout=20).request("GET", "/")
    finally:
        made.should_exit = True
        thread.join(15)


def test_it_is_made_once(kho: Path) -> None:
    state = open_archive(kho).ready_state()
    assert certificates.own(state, NAMES) == certificates.own(state, NAMES) == certificates.existing(state)


def test_it_is_renewed_thirty_days_ahead_by_the_same_authority(kho: Path) -> None:
    state = open_archive(kho).ready_state()
    first = certificates.own(state, NAMES)
    soon = certificates.own(state, NAMES, first.until - timedelta(days=31))
    assert soon.until == first.until
    later = certificates.own(state, NAMES, first.until - timedelta(days=29))
    assert later.until > first.until
    assert later.fingerprint == first.fingerprint


def test_another_name_of_the_machine_makes_another_authority(kho: Path) -> None:
    state = open_archive(kho).ready_state()
    first = certificates.own(state, NAMES)
    other = certificates.own(state, (*NAMES, "10.0.0.5"))
    assert other.fingerprint != first.fingerprint


def test_a_clock_that_was_wrong_is_made_up_for(kho: Path) -> None:
    state = open_archive(kho).ready_state()
    certificates.own(state, NAMES, datetime.now(UTC) + timedelta(days=200))
    own = certificates.own(state, NAMES)
    assert own.until < datetime.now(UTC) + timedelta(days=400)


@pytest.mark.skipif(os.name == "nt", reason="rights as POSIX has them")
def test_keys_are_the_owners_alone(kho: Path) -> None:
    state = open_archive(kho).ready_state()
    own = certificates.own(state, NAMES)
    for file in own.key.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(own.key.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("broken", ["page.pem", "page.key", "authority.crt", "authority.key"])
def test_what_was_damaged_is_made_anew(kho: Path, broken: str) -> None:
    state = open_archive(kho).ready_state()
    own = certificates.own(state, NAMES)
    (own.key.parent / broken).write_text("hỏng")
    again = certificates.own(state, NAMES)
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(again.chain, again.key)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_authority_vouches_for_no_other_site(kho: Path, tmp_path: Path) -> None:
    """By openssl: a leaf for another name, signed with the authority's stolen key, does not verify."""
    own = certificates.own(open_archive(kho).ready_state(), NAMES)
    ok = subprocess.run(
        ["openssl", "verify", "-CAfile", own.authority, "-verify_hostname", "may-chu", own.chain],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ok.returncode == 0, ok.stderr
    evil, key = tmp_path / "evil.pem", tmp_path / "evil.key"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", "9",
         "-subj", "/CN=x", "-addext", "subjectAltName=DNS:bank.example", "-CA", own.authority,
         "-CAkey", own.key.parent / "authority.key", "-keyout", key, "-out", evil],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    refused = subprocess.run(
        ["openssl", "verify", "-CAfile", own.authority, evil], capture_output=True, text=True, check=False
    )
    assert refused.returncode != 0
    assert "permitted subtree" in refused.stdout + refused.stderr


def test_without_accounts_only_this_machine_reaches_it(kho: Path) -> None:
    services = Services(open_archive(kho))
    with pytest.raises(UsageError):
        server.check_reach(services, "0.0.0.0", secure=True, plain=True)
    server.check_reach(services, "127.0.0.1", secure=False, plain=False)
    services.accounts.put("admin", Role.ADMIN, None, PASSWORD)
    server.check_reach(services, "0.0.0.0", secure=True, plain=False)
    with pytest.raises(UsageError):
        server.check_reach(services, "0.0.0.0", secure=False, plain=False)
    services.storage.close()


def test_a_port_that_somebody_has_is_not_shared() -> None:
    taken = server.bound("127.0.0.1", 0)
    taken.listen()
    port = taken.getsockname()[1]
    with pytest.raises(ArchiveError):
        server.bound("127.0.0.1", port)
    other = server.bound("127.0.0.1", port, or_any=True)
    assert other.getsockname()[1] not in (0, port)
    other.close()
    taken.close()


def test_certificate_of_an_office_that_cannot_be_used_is_told_in_words(kho: Path, tmp_path: Path) -> None:
    one = server.own_certificate(kho / ".dossier", NAMES)
    other = server.own_certificate(tmp_path, ("a",))
    text = tmp_path / "chữ.pem"
    text.write_text("không phải chứng thư", "utf-8")
    locked = tmp_path / "khóa.pem"
    key = serialization.load_pem_private_key(one.key.read_bytes(), None)
    locked.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"x"),
        )
    )
    assert server.office_certificate(one.chain, one.key) == server.Certificate(one.chain, one.key)
    for chain, its_key, said in (
        (text, one.key, "ở dạng PEM"),
        (one.chain, text, "ở dạng PEM"),
        (one.chain, other.key, "không phải của chứng thư này"),
        (one.chain, locked, "mật khẩu bảo vệ"),
        (one.chain, tmp_path / "mất.pem", "không có tệp"),
    ):
        with pytest.raises(UsageError, match=said):
            server.office_certificate(chain, its_key)
