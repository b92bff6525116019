"""Headers and pages of a mail, common to the formats .eml, .mht and .msg."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import EmailPolicy

from dossier.i18n import _
from dossier.model import Page
from dossier.scanner.readers.interface import Limits, pages_of
from dossier.scanner.readers.marks import of_title
from dossier.vietnamese import nfc

_MOST_OF_A_HEADER = 2000  # characters; Python's parsing time grows quadratically
_MOST_PARAMETERS = 32  # of one header; a long file name is split into about a dozen
_MOST_OF_HEADERS = 65_536  # bytes


class _ShortHeaders(EmailPolicy):
    """A mail policy that truncates headers: thousands of addresses or parameters would be an attack."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(list(sourcelines))
        if name.lower().startswith("content-"):
            value = ";".join(value[:_MOST_OF_A_HEADER].split(";")[:_MOST_PARAMETERS])
        return name, value[:_MOST_OF_A_HEADER]


POLICY = _ShortHeaders()


def header(message: Message, name: str) -> str:
    """Return a header's decoded value, at most 2000 characters; ``""`` if it is missing or malformed."""
    try:
        return nfc(" ".join(str(message.get(name, "")).split()))[:_MOST_OF_A_HEADER]
    except Exception:  # noqa: BLE001  Python's header parser fails on malformed headers in many ways
        return ""


def header_of(mail: bytes, name: str) -> str:
    """Like :func:`header`, for a mail given as bytes."""
    return header(BytesHeaderParser(policy=POLICY).parsebytes(mail[:_MOST_OF_HEADERS]), name)


@dataclass(frozen=True, slots=True)
class MailHead:
    """Subject, sender, recipients and date of a mail; empty where the mail has none."""

    subject: str = ""
    sender: str = ""
    to: str = ""
    sent: date | None = None

    def lines(self) -> list[str]:
        """The headers as lines of text, labelled in Vietnamese like the mails themselves."""
        sent = f"{self.sent:%d/%m/}{self.sent.year:04d}" if self.sent else ""
        headers = (("Từ", self.sender), ("Đến", self.to), ("Ngày", sent), ("Chủ đề", self.subject))
        return [f"{label}: {value}" for label, value in headers if value]

    def properties(self) -> dict[str, str]:
        """Title and creator, as properties of a :class:`dossier.model.Content`."""
        properties = {"title": self.subject, "creator": self.sender}
        return {name: value for name, value in properties.items() if value}


def own_pages(head: MailHead, body: str, limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
    """Return the pages of the mail's headers and body, and notes; no page if it has only attachments."""
    if not body.strip() and not head.subject.strip():
        return (), []
    lines = head.lines()
    pages, notes = pages_of("\n".join([*lines, "", body.strip()]) if lines else body, limits)
    if pages:
        pages = (replace(pages[0], marks=of_title(head.subject)), *pages[1:])
    return pages, notes


def not_opened(names: Iterable[str]) -> str:
    """The note that names unopened attachments: those of a file that is itself inside another file."""
    listed = ", ".join(f"“{name}”" for name in list(names)[:20])
    return _("Tệp đính kèm chưa mở: {names}; hãy lưu riêng vào hồ sơ.").format(names=listed)
