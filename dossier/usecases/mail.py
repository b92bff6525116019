"""Send the night's digest through the mail server that the user configured."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from dossier import plain_file
from dossier.archive import CONFIG_NAME, Archive
from dossier.i18n import _
from dossier.plain_file import read_small
from dossier.settings import MailSettings

PASSWORD = "DOSSIER_MAIL_PASSWORD"  # noqa: S105 (the name of a variable, not a password)
_LONGEST_PASSWORD = 4096  # bytes
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


Attachment = tuple[str, str, bytes]  # name, subtype of application/, content


def send(
    archive: Archive, subject: str, text: str, html: str = "", attached: Sequence[Attachment] = ()
) -> str:
    """Send one message if a server is configured; return a sentence about a failure, empty on success.

    Never raises for a mail that cannot be sent: the night's reports are stored anyway.
    """
    settings = archive.config.mail
    if not settings.host:
        return ""
    if why := plain_file.why_not_trusted(archive.root / CONFIG_NAME):
        sentence = _("Chưa gửi thư: [mail] chỉ được tin khi dossier.toml do người chạy giữ, nhưng tệp {why}.")
        return sentence.format(why=why)
    if not settings.sender or not settings.to:
        return _("Chưa gửi được thư: [mail] trong dossier.toml còn thiếu from hoặc to.")
    try:
        message = _message(settings, subject, text, html, attached)
        with _connected(settings) as server:
            if settings.user:
                _check_private(settings)
                server.login(settings.user, _password(archive))
            refused = server.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return _("Chưa gửi được thư qua {host}: {why}. Báo cáo vẫn được ghi đầy đủ.").format(
            host=settings.host, why=_why(error)
        )
    if refused:
        return _("Máy chủ thư từ chối người nhận: {who}.").format(who=", ".join(refused))
    return ""


def _message(
    settings: MailSettings, subject: str, text: str, html: str, attached: Sequence[Attachment]
) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.to)
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain="dossier.invalid")
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, subtype, content in attached:
        message.add_attachment(content, maintype="application", subtype=subtype, filename=name)
    return message


def _connected(settings: MailSettings) -> smtplib.SMTP:
    port = settings.port or _PORTS[settings.security]
    seconds = settings.timeout_seconds
    if settings.security == "tls":
        return smtplib.SMTP_SSL(settings.host, port, timeout=seconds, context=ssl.create_default_context())
    server = smtplib.SMTP(settings.host, port, timeout=seconds)
    if settings.security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _password(archive: Archive) -> str:
    """Return the password for the mail server. Raises :class:`OSError` if its file is readable by others or
    not a plain file."""
    if not archive.config.mail.password_file:
        return os.environ.get(PASSWORD, "")
    file = Path(archive.root, archive.config.mail.password_file)
    if why := plain_file.why_not_trusted(file, secret=True):
        raise OSError(_("tệp mật khẩu {why}").format(why=why))
    return read_small(file, _LONGEST_PASSWORD).decode("utf-8").strip()


def _check_private(settings: MailSettings) -> None:
    """Raise :class:`ValueError` if a password would be sent unencrypted to another machine."""
    if settings.security == "none" and settings.host not in _THIS_MACHINE:
        raise ValueError(_("không gửi mật khẩu qua kết nối không mã hóa; đặt security là starttls hoặc tls"))


def _why(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
        return f"{error.smtp_code} {words}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return ", ".join(error.recipients)
    return str(error) or type(error).__name__
