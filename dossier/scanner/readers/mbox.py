"""Mailboxes (.mbox): every mail in them, each read like a mail of its own.

Source: RFC 4155; mails are parted by lines that begin with "From " after an empty line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.model import Content
from dossier.scanner.readers.inner import Gathering, Inner, nested
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.scanner.readers.mail_text import header_of

_START = re.compile(rb"(?:\A|(?<=\n))From \S[^\r\n]{0,500}\r?\n(?=[A-Za-z-]{2,40}:[^\r\n])")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


class MboxReader(Reader):
    """Mailboxes; the mails are inner files named by their number and subject."""

    format = "mbox"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        if not limits.containers:
            raise ReadError(nested(self.format))
        gathering = Gathering(self.format, limits)
        gathering.add_all(_mails(data))
        return gathering.content()


def _mails(data: bytes) -> Iterator[Inner]:
    starts = [(found.start(), found.end()) for found in _START.finditer(data)]
    for number, (_start, begin) in enumerate(starts, 1):
        end = starts[number][0] if number < len(starts) else len(data)
        mail = _QUOTED.sub(rb"\1", data[begin:end])
        subject = header_of(mail, "Subject").replace("/", "-")[:80]
        yield Inner(f"{number} {subject}.eml" if subject else f"{number}.eml", mail)
