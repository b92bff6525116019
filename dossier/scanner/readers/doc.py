"""Word 97–2003 (.doc), by the programs antiword and catdoc, or else by LibreOffice.

Source: [MS-DOC] 2.5.1 for the flag of a password. A .doc that is RTF, HTML or a newer Word file
inside never comes here: formats are told by content.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO

from dossier.i18n import _
from dossier.model import Content, Unread, UnreadReason
from dossier.scanner._exec import antiword, catdoc, libreoffice
from dossier.scanner._exec.program import ProgramError
from dossier.scanner.readers.docx import DocxReader
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.scanner.readers.paging import pages_of
from dossier.scanner.readers.tables import table_text
from dossier.vietnamese import nfc

_SECONDS = 60.0  # LibreOffice takes three seconds for a sound file, the others milliseconds
_MOST_HEADERS = 0.25  # of the body's words; more are no page headers
_WORD = re.compile(r"\w+")
_ENCRYPTED = 0x0100  # fEncrypted, of the flags at offset 10 of the WordDocument stream


class DocReader(Reader):
    """Old Word files: antiword tells tables apart, catdoc knows the page headers that antiword leaves out.

    Where both are missing or give up, LibreOffice is asked, which takes seconds.
    """

    format = "doc"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        if _has_password(data):
            detail = _("Tệp Word có mật khẩu; hãy mở bằng Word, bỏ mật khẩu rồi lưu lại.")
            raise ReadError.because(UnreadReason.ENCRYPTED, detail, self.format)
        text, failure = _by_small_programs(data)
        if not text.strip() and (program := libreoffice.available()):
            return by_libreoffice(program, data, limits)
        if failure:
            raise _damaged(failure)
        if not text and not (antiword.available() or catdoc.available()):
            raise ReadError(missing())
        pages, notes = pages_of(text, limits)
        if not any(page.text.strip() for page in pages):
            raise _empty()
        return Content(self.format, pages, {}, tuple(notes))


def _by_small_programs(data: bytes) -> tuple[str, str]:
    """The text, or ``""`` and why the programs that are here gave none."""
    body, whole, failures = "", "", []
    antiword_, catdoc_ = antiword.available(), catdoc.available()
    if antiword_:
        try:
            body = _lines(antiword.blocks(antiword_, data, _SECONDS))
        except ProgramError as error:
            failures.append(str(error))
    if catdoc_:
        try:
            whole = catdoc.text(catdoc_, data, _SECONDS)
        except ProgramError as error:
            failures.append(str(error))
    if body.strip() or whole.strip():
        return (with_headers(body, whole) if body.strip() else whole), ""
    return "", failures[0] if failures else ""


def with_headers(body: str, whole: str) -> str:
    """The body with the lines of the whole text in front that it lacks: headers and footers of pages.

    Where the two differ by more than that, one of them reads the file's letters wrongly, and the body
    stays as it is.
    """
    missing = _words(whole) - _words(body)
    if not missing or missing.total() > _MOST_HEADERS * _words(body).total():
        return body
    lines = [line.strip() for line in whole.split("\n")]
    lacking = dict.fromkeys(line for line in lines if (own := _words(line)) and not own - missing)
    return "\n".join([*lacking, body])


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(nfc(text)))


def by_libreoffice(program: str, data: bytes, limits: Limits) -> Content:
    """What LibreOffice makes of the file. Raises :class:`ReadError`."""
    try:
        converted = libreoffice.docx(program, data, _SECONDS)
    except ProgramError as error:
        raise _damaged(str(error)) from error
    try:
        return replace(DocxReader().read(converted, limits), format=DocReader.format)
    except ReadError as error:
        raise (_empty() if error.unread.reason is UnreadReason.EMPTY else _damaged("docx")) from error


def _damaged(why: str) -> ReadError:
    detail = _(
        "Tệp Word đời cũ (.doc) không đọc được ({error}); hãy mở bằng Word và lưu lại dưới dạng .docx."
    )
    lacks = () if libreoffice.available() else (libreoffice.NAME,)
    return ReadError(Unread(UnreadReason.CORRUPT, detail.format(error=why), DocReader.format, lacks))


def _empty() -> ReadError:
    return ReadError.because(UnreadReason.EMPTY, _("Tệp Word không có chữ nào."), DocReader.format)


def missing() -> Unread:
    """The reason where no program for .doc files is installed."""
    name, command = antiword.NAME, antiword.install_command()
    if not command:
        name, command = "LibreOffice", libreoffice.install_command()
    detail = _("Cần {program} để đọc tệp Word đời cũ (.doc); cài bằng: {command}")
    said = detail.format(program=name, command=command)
    return Unread(UnreadReason.UNSUPPORTED, said, DocReader.format, (antiword.NAME, libreoffice.NAME))


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
