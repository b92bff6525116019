"""What a mail says of itself, in whatever format it is kept: its head as a person reads it, its text."""

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

_MOST_OF_A_HEADER = 2000  # characters; the time Python takes grows with their square
_MOST_PARAMETERS = 32  # of one header; a long file name is cut into a dozen
_MOST_OF_HEADERS = 65_536  # bytes


class _ShortHeaders(EmailPolicy):
    """Headers cut to what mails need: lists of thousands of addresses or parameters are an attack."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(list(sourcelines))
        if name.lower().startswith("content-"):
            value = ";".join(value[:_MOST_OF_A_HEADER].split(";")[:_MOST_PARAMETERS])
        return name, value[:_MOST_OF_A_HEADER]


POLICY = _ShortHeaders()


def header(message: Message, name: str) -> str:
    """A header as it is read, ``""`` where there is none; at most 2000 characters."""
    try:
        return nfc(" ".join(str(message.get(name, "")).split()))[:_MOST_OF_A_HEADER]
    except Exception:  # noqa: BLE001  the parser of headers has bugs that odd ones meet
        return ""


def header_of(mail: bytes, name: str) -> str:
    """As :func:`header`, of a whole mail."""
    return header(BytesHeaderParser(policy=POLICY).parsebytes(mail[:_MOST_OF_HEADERS]), name)


@dataclass(frozen=True, slots=True)
class MailHead:
    """Who wrote to whom, when, about what; empty where the mail does not say."""

    subject: str = ""
    sender: str = ""
    to: str = ""
    sent: date | None = None

    def lines(self) -> list[str]:
        """As it is read, in the language of the mails themselves."""
        sent = f"{self.sent:%d/%m/}{self.sent.year:04d}" if self.sent else ""
        said = (("Từ", self.sender), ("Đến", self.to), ("Ngày", sent), ("Chủ đề", self.subject))
        return [f"{label}: {value}" for label, value in said if value]

    def properties(self) -> dict[str, str]:
        """The properties of the content."""
        found = {"title": self.subject, "creator": self.sender}
        return {name: value for name, value in found.items() if value}


def own_pages(head: MailHead, body: str, limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
    """The pages of the mail itself and notes; no page where it only carries attachments."""
    if not body.strip() and not head.subject.strip():
        return (), []
    lines = head.lines()
    pages, notes = pages_of("\n".join([*lines, "", body.strip()]) if lines else body, limits)
    if pages:
        pages = (replace(pages[0], marks=of_title(head.subject)), *pages[1:])
    return pages, notes


def not_opened(names: Iterable[str]) -> str:
    """The note on files attached to a mail that is itself inside another file."""
    listed = ", ".join(f"“{name}”" for name in list(names)[:20])
    return _("Tệp đính kèm chưa mở: {names}; hãy lưu riêng vào hồ sơ.").format(names=listed)
