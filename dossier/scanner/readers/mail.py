"""Read mails (.eml), mailboxes (.mbox) and saved web pages (.mht): the text, then the attachments.

Source: RFC 5322, RFC 2045–2047, RFC 2231; RFC 2557 for .mht.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from dossier.i18n import _
from dossier.model import Content, UnreadReason
from dossier.scanner.readers.html import drawn_beside, html_text
from dossier.scanner.readers.inner import Gathering, Inner, nested
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.scanner.readers.mail_text import POLICY, MailHead, header, header_of, not_opened, own_pages
from dossier.scanner.readers.marks import of_names, of_title, typed
from dossier.scanner.readers.text import decode
from dossier.vietnamese import nfc

_MAX_DEPTH = 30  # nested multiparts
_CUT = (StartBoundaryNotFoundDefect, CloseBoundaryNotFoundDefect)
_SIGNATURES = frozenset(
    ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
)


class MailReader(Reader):
    """Reader of mails: sender, date and subject, the text, then the attachments, one level deep."""

    format = "email"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        message = message_from_bytes(data, policy=POLICY)
        parts = list(_parts(message, 0))
        body, used = _body(parts)
        saved_page = self.format == "mht"
        head = MailHead() if saved_page else _head(message)
        own, notes = own_pages(head, body, limits)
        if own:
            marks = (*own[0].marks, *_renditions(parts), *_beside(message, parts))
            own = (replace(own[0], marks=marks), *own[1:])
        gathering = Gathering(self.format, limits, own)
        gathering.notes.extend(notes)
        attached = [part for part in parts if part not in used and not _is_decoration(part, saved_page)]
        if _is_cut(message):
            if not body.strip() and not any(map(_bytes, attached)):
                raise ReadError.because(UnreadReason.CORRUPT, _cut_off(), self.format)
            gathering.notes.append(_cut_off())
        if limits.containers:
            gathering.add_all(_attachment(part, number) for number, part in enumerate(attached, 1))
        elif attached:
            names = [_name(part, number) for number, part in enumerate(attached, 1)]
            gathering.notes.append(not_opened(names))
            gathering.look_at(_attachment(part, number) for number, part in enumerate(attached, 1))
        return gathering.content(head.properties())


def _is_cut(message: Message) -> bool:
    """Whether a mail ends before the line that ends its parts."""
    return any(isinstance(defect, _CUT) for part in message.walk() for defect in part.defects)


def _cut_off() -> str:
    return _("Thư bị cắt cụt, mất phần cuối; hãy lưu lại từ chương trình thư.")


def _parts(message: Message, depth: int) -> Iterator[Message]:
    """The leaf parts of a mail, in order; a mail attached to the mail counts as one part."""
    if not message.is_multipart() or message.get_content_type() == "message/rfc822" or depth > _MAX_DEPTH:
        yield message
        return
    for part in message.iter_parts() if isinstance(message, EmailMessage) else message.get_payload():
        if isinstance(part, Message):
            yield from _parts(part, depth + 1)


def _body(parts: list[Message]) -> tuple[str, list[Message]]:
    """Return the mail's text, from its plain parts or else its HTML parts, and all parts of both kinds."""
    texts: dict[str, list[Message]] = {"text/plain": [], "text/html": []}
    for part in parts:
        if (
            part.get_content_type() in texts
            and part.get_content_disposition() != "attachment"
            and not part.get_filename()
        ):
            texts[part.get_content_type()].append(part)
    plain = [_plain(part) for part in texts["text/plain"]]
    used = [*texts["text/plain"], *texts["text/html"]]
    if any(text.strip() for text in plain):
        return "\n".join(plain), used
    pages = [html_text(_bytes(part), str(part.get_content_charset() or ""))[0] for part in texts["text/html"]]
    return "\n".join(pages), used


def _renditions(parts: list[Message]) -> tuple[str, ...]:
    """Texts of a mail's HTML parts, searched only for secrecy stamps, as the plain part may lack them."""
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    shown: list[str] = []
    for part in pages:
        text, title, _notes = html_text(_bytes(part), str(part.get_content_charset() or ""))
        shown += [text, *of_title(title), *typed(drawn_beside(_bytes(part)))]
    return tuple(shown)


def _beside(message: Message, parts: list[Message]) -> tuple[str, ...]:
    """Possible stamps that mail programs display outside the text: keywords, appointments, file names."""
    words = [header(message, name) for name in ("Keywords", "Comments")]
    appointments = [_plain(part) for part in parts if part.get_content_type() == "text/calendar"]
    lines = (line.partition(":")[2] for text in appointments for line in text.split("\n"))
    names = of_names(part.get_filename() or "" for part in parts)
    return (*typed(part for text in (*words, *lines) for part in of_title(text)), *names)


def _plain(part: Message) -> str:
    data = _bytes(part)
    charset = part.get_content_charset() or ""
    if charset and charset not in ("utf-8", "us-ascii"):
        try:
            return data.decode(charset, "replace").replace("\r\n", "\n")
        except (LookupError, ValueError):
            pass
    return decode(data)[0].replace("\r\n", "\n")


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _attachment(part: Message, number: int) -> Inner:
    attached = _attached_mail(part)
    return Inner(_name(part, number), _bytes(part) if attached is None else attached.as_bytes())


def _attached_mail(part: Message) -> Message | None:
    inner = part.get_payload() if part.get_content_type() == "message/rfc822" else None
    return inner[0] if isinstance(inner, list) and inner and isinstance(inner[0], Message) else None


def _name(part: Message, number: int) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):  # malformed headers
        name = ""
    if not name and (attached := _attached_mail(part)) is not None:
        name = f"{header(attached, 'Subject') or number}.eml".replace("/", "-")
    return nfc(name.replace("\\", "/").rpartition("/")[2]) or f"{number}.{part.get_content_subtype()}"


def _is_decoration(part: Message, saved_page: bool) -> bool:
    """Whether a part is not a document: a signature, or a picture or style sheet of a saved web page."""
    if part.get_content_type() in _SIGNATURES:
        return True
    return saved_page and (
        part.get_content_maintype() in ("image", "font") or part.get_content_subtype() == "css"
    )


def _head(message: Message) -> MailHead:
    subject, sender, to, sent = (header(message, name) for name in ("Subject", "From", "To", "Date"))
    return MailHead(subject, sender, to, _day(sent))


def _day(sent: str) -> date | None:
    try:
        return parsedate_to_datetime(sent).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


_START = re.compile(rb"(?:\A|(?<=\n))From \S[^\r\n]{0,500}\r?\n(?=[A-Za-z-]{2,40}:[^\r\n])")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


class MboxReader(Reader):
    """Reader of mailboxes; the mails are inner files, named by number and subject."""

    format = "mbox"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        if not limits.containers:
            raise ReadError(nested(self.format))
        gathering = Gathering(self.format, limits)
        gathering.add_all(_mails(data))
        return gathering.content()


def _mails(data: bytes) -> Iterator[Inner]:
    starts = [(match.start(), match.end()) for match in _START.finditer(data)]
    for number, (_start, begin) in enumerate(starts, 1):
        end = starts[number][0] if number < len(starts) else len(data)
        mail = _QUOTED.sub(rb"\1", data[begin:end])
        subject = header_of(mail, "Subject").replace("/", "-")[:80]
        yield Inner(f"{number} {subject}.eml" if subject else f"{number}.eml", mail)
