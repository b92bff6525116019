"""The digest goes out through a real server, and a server that fails costs a warning, never a report."""

from __future__ import annotations

import io
import socket
import ssl
import subprocess
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import docx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from archives import FOUNDING, SURVEY, put

from dossier.archive import Archive, open_archive
from dossier.errors import ArchiveError
from dossier.usecases.mail import PASSWORD, send
from dossier.usecases.nightly import nightly


class Postbox:
    """Keeps what it is sent; refuses recipients called ``refused``."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.encrypted: list[bool] = []

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("refused"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.encrypted.append(session.ssl is not None)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def running(postbox: Postbox, **options: object) -> Controller:
    server = Controller(postbox, hostname="127.0.0.1", port=free_port(), **options)  # type: ignore[arg-type]
    server.start()
    return server


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def server(postbox: Postbox) -> Iterator[Controller]:
    started = running(postbox)
    yield started
    started.stop()


def archive_with(folder: Path, port: int, more: str = "") -> Archive:
    settings = f'[mail]\nhost = "127.0.0.1"\nport = {port}\nfrom = "kho@xa.vn"\ntimeout_seconds = 2\n'
    (folder / "dossier.toml").write_text(
        settings + (more or 'to = ["vt@xa.vn"]\nsecurity = "none"\n'), "utf-8"
    )
    return open_archive(folder)


def test_message_arrives_as_text_and_html(tmp_path: Path, server: Controller, postbox: Postbox) -> None:
    archive = archive_with(tmp_path, server.port)
    assert send(archive, "Kết quả đêm\n25/11", "Thiếu mục 6", "<p>Thiếu <b>mục 6</b></p>") == ""
    (message,) = postbox.messages
    assert message["Subject"] == "Kết quả đêm 25/11"
    assert (message["From"], message["To"]) == ("kho@xa.vn", "vt@xa.vn")
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None and plain.get_content().strip() == "Thiếu mục 6"
    assert html is not None and "<b>mục 6</b>" in html.get_content()


def test_nothing_is_sent_where_nothing_is_configured(tmp_path: Path) -> None:
    assert send(open_archive(tmp_path), "x", "y") == ""


def test_missing_recipient_is_told(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text('[mail]\nhost = "127.0.0.1"\n', "utf-8")
    assert "from hoặc to" in send(open_archive(tmp_path), "x", "y")


def test_server_that_is_not_there_is_a_warning(tmp_path: Path) -> None:
    assert "Báo cáo vẫn" in send(archive_with(tmp_path, free_port()), "x", "y")


def test_server_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert "timed out" in send(archive_with(tmp_path, silent.getsockname()[1]), "x", "y")


def test_server_without_encryption_gets_nothing_when_encryption_is_wanted(
    tmp_path: Path, server: Controller, postbox: Postbox
) -> None:
    archive = archive_with(tmp_path, server.port, 'to = ["vt@xa.vn"]\n')
    assert "STARTTLS" in send(archive, "x", "y")
    assert postbox.messages == []


def test_refused_recipient_is_named(tmp_path: Path, server: Controller, postbox: Postbox) -> None:
    archive = archive_with(tmp_path, server.port, 'to = ["refused@xa.vn", "vt@xa.vn"]\nsecurity = "none"\n')
    assert "refused@xa.vn" in send(archive, "x", "y")
    assert len(postbox.messages) == 1


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for 127.0.0.1 that this process trusts."""
    made = tmp_path / "tls"
    made.mkdir()
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    names = ["-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(made / "key.pem"), "-out", str(made / "cert.pem")]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(made / "cert.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made / "cert.pem", made / "key.pem")
    return context


def check(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: object) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"kho", b"mat-khau-1")
    return AuthResult(success=right)


@pytest.mark.parametrize("source", ["environment", "file"])
def test_login_over_starttls_takes_the_password_from_elsewhere(
    tmp_path: Path,
    postbox: Postbox,
    certificate: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch,
    source: str,
) -> None:
    more = 'to = ["vt@xa.vn"]\nuser = "kho"\n'
    if source == "environment":
        monkeypatch.setenv(PASSWORD, "mat-khau-1")
    else:
        (tmp_path / "mk.txt").write_text("mat-khau-1\n", "utf-8")
        (tmp_path / "mk.txt").chmod(0o600)
        more += 'password_file = "mk.txt"\n'
    server = running(postbox, tls_context=certificate, require_starttls=True, authenticator=check)
    try:
        assert send(archive_with(tmp_path, server.port, more), "x", "y") == ""
    finally:
        server.stop()
    assert postbox.encrypted == [True]


def test_certificate_that_nobody_vouches_for_is_refused(
    tmp_path: Path, postbox: Postbox, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    server = running(postbox, tls_context=certificate)
    try:
        warning = send(archive_with(tmp_path, server.port, 'to = ["vt@xa.vn"]\n'), "x", "y")
    finally:
        server.stop()
    assert "certificate" in warning
    assert postbox.messages == []


def test_quiet_nights_send_nothing_where_only_changes_are_wanted(
    tmp_path: Path, server: Controller, postbox: Postbox
) -> None:
    archive = archive_with(tmp_path, server.port, 'to = ["vt@xa.vn"]\nsecurity = "none"\nwhen = "changes"\n')
    put(tmp_path, a_txt=FOUNDING)
    sent = []
    for day in range(1, 5):
        if day == 3:
            put(tmp_path, b_txt=SURVEY)
        nightly(archive, date(2023, 4, day), workers=1)
        sent.append(len(postbox.messages))
    assert sent == [1, 1, 2, 2]


def test_the_digest_brings_the_report_and_names_what_each_dossier_lacks(
    tmp_path: Path, server: Controller, postbox: Postbox
) -> None:
    archive = archive_with(tmp_path, server.port)
    put(tmp_path, quyet_txt=FOUNDING)
    nightly(archive, date(2023, 4, 1), workers=1)
    (message,) = postbox.messages
    (report,) = message.iter_attachments()
    assert report.get_filename() == "bao-cao-2023-04-01.docx"
    opened = docx.Document(io.BytesIO(report.get_payload(decode=True)))
    assert any("Kế hoạch khảo sát" in cell.text for table in opened.tables for cell in table._cells)
    body = message.get_body(("plain",))
    assert body is not None and "Kế hoạch khảo sát" in body.get_content()


def test_night_that_fails_is_told_by_mail(tmp_path: Path, server: Controller, postbox: Postbox) -> None:
    archive = archive_with(tmp_path, server.port, 'to = ["vt@xa.vn"]\nsecurity = "none"\nwhen = "changes"\n')
    put(tmp_path, a_txt=FOUNDING)
    nightly(archive, date(2023, 4, 1), workers=1)
    (tmp_path / "mo-hinh/A").rename(tmp_path / "lost")
    with pytest.raises(ArchiveError):
        nightly(archive, date(2023, 4, 2), workers=1)
    body = postbox.messages[-1].get_body()
    assert body is not None and "Báo cáo tốt gần nhất: 2023-04-01" in body.get_content()


def test_settings_that_others_may_have_written_send_nothing(tmp_path: Path) -> None:
    archive = archive_with(tmp_path, 9)
    (tmp_path / "dossier.toml").chmod(0o666)
    assert "chmod go-w" in send(archive, "x", "y")
    (tmp_path / "dossier.toml").unlink()
    (tmp_path / "dossier.toml").symlink_to("/etc/hostname")
    assert "không phải tệp thường" in send(archive, "x", "y")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602])
def test_password_is_taken_from_no_file_that_others_may_read(
    tmp_path: Path, postbox: Postbox, mode: int
) -> None:
    (tmp_path / "mk.txt").write_text("mat-khau-1")
    (tmp_path / "mk.txt").chmod(mode)
    server = running(postbox)
    more = 'to = ["vt@xa.vn"]\nsecurity = "none"\nuser = "u"\npassword_file = "mk.txt"\n'
    try:
        said = send(archive_with(tmp_path, server.port, more), "x", "y")
    finally:
        server.stop()
    assert "tệp mật khẩu" in said
    assert not postbox.messages


def test_password_is_never_sent_unencrypted_to_another_machine() -> None:
    from dossier.settings import MailSettings
    from dossier.usecases.mail import _check_private

    with pytest.raises(ValueError, match="không mã hóa"):
        _check_private(MailSettings(host="mail.example", security="none", user="u"))
    _check_private(MailSettings(host="127.0.0.1", security="none", user="u"))
