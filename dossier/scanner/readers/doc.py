"""Word 97–2003 (.doc), by the programs antiword or catdoc.

Source: [MS-DOC] 2.5.1 for the flag of a password. A .doc that is RTF, HTML or a newer Word file
inside never comes here: formats are told by content.
"""

from __future__ import annotations

from io import BytesIO

from dossier.i18n import _
from dossier.model import Content, Unread, UnreadReason
from dossier.scanner._exec import antiword, catdoc
from dossier.scanner._exec.program import ProgramError
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.scanner.readers.paging import pages_of
from dossier.scanner.readers.tables import table_text

_SECONDS = 60.0  # either program takes milliseconds for a sound file
_ENCRYPTED = 0x0100  # fEncrypted, of the flags at offset 10 of the WordDocument stream


class DocReader(Reader):
    """Old Word files: antiword, which tells tables apart; catdoc where it is missing or gives up."""

    format = "doc"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        if _has_password(data):
            detail = _("Tệp Word có mật khẩu; hãy mở bằng Word, bỏ mật khẩu rồi lưu lại.")
            raise ReadError.because(UnreadReason.ENCRYPTED, detail, self.format)
        pages, notes = pages_of(_text(data), limits)
        if not any(page.text.strip() for page in pages):
            raise ReadError.because(UnreadReason.EMPTY, _("Tệp Word không có chữ nào."), self.format)
        return Content(self.format, pages, {}, tuple(notes))


def _text(data: bytes) -> str:
    failure = ""
    if program := antiword.available():
        try:
            return _lines(antiword.blocks(program, data, _SECONDS))
        except ProgramError as error:
            failure = str(error)
    if program := catdoc.available():
        try:
            return catdoc.text(program, data, _SECONDS)
        except ProgramError as error:
            failure = failure or str(error)
    if failure:
        detail = _(
            "Tệp Word đời cũ (.doc) không đọc được ({error}); hãy mở bằng Word và lưu lại dưới dạng .docx."
        )
        raise ReadError.because(UnreadReason.CORRUPT, detail.format(error=failure), DocReader.format)
    raise ReadError(missing())


def missing() -> Unread:
    """The reason where no program for .doc files is installed."""
    if command := antiword.install_command():
        detail = _("Cần antiword để đọc tệp Word đời cũ (.doc); cài bằng: {command}").format(command=command)
    else:
        detail = _("Tệp Word đời cũ (.doc) chưa đọc được; hãy mở bằng Word và lưu lại dưới dạng .docx.")
    return Unread(UnreadReason.UNSUPPORTED, detail, DocReader.format, (antiword.NAME,))


def _lines(blocks: list[str | list[list[str]]]) -> str:
    # antiword does not tell whether a table has lines around its cells.
    return "".join(b + "\n" if isinstance(b, str) else table_text(b, lined=None) for b in blocks)


def _has_password(data: bytes) -> bool:
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole, ole.openstream("WordDocument") as stream:
            head = stream.read(12)
    except Exception:  # noqa: BLE001  a container that is damaged; the programs may still manage
        return False
    return len(head) == 12 and bool(int.from_bytes(head[10:12], "little") & _ENCRYPTED)
