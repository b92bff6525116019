"""Read Word 97–2003 files (.doc): exactly the text that Word displays.

The program antiword extracts the body, because it recognises tables. Page headers, footnotes, text boxes
and comments are read from the file's stories, and so is the body where antiword is missing or fails.
LibreOffice is the last resort, because it takes seconds. Files named .doc that are RTF, HTML or newer Word
files have readers of their own: formats are detected by content. Source: [MS-DOC] 2.5.1 (password flag).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from dossier.i18n import _
from dossier.model import Content, Unread, UnreadReason
from dossier.scanner._exec import antiword, libreoffice
from dossier.scanner._exec.program import ProgramError
from dossier.scanner.readers.doc_stories import Stories, squeezed, stories
from dossier.scanner.readers.docx import DocxReader
from dossier.scanner.readers.embedded import objects_below, with_objects
from dossier.scanner.readers.interface import Limits, Reader, ReadError, cause, centred_lines, pages_of
from dossier.scanner.readers.marks import remarks_note, typed, with_marks
from dossier.scanner.readers.ole import open_ole
from dossier.scanner.readers.tables import table_text
from dossier.vietnamese import nfc

_SECONDS = 60.0  # time limit; LibreOffice takes three seconds for an intact file, antiword milliseconds
_STAMP = 120  # characters; a text box up to this length is a stamp or mark near the document's head
_WORD = re.compile(r"\w+")
_ENCRYPTED = 0x0100  # fEncrypted, of the flags at offset 10 of the WordDocument stream


class DocReader(Reader):
    """Reader of Word 97–2003 files."""

    format = "doc"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        try:
            ole = open_ole(data)
        except (OSError, ValueError, IndexError) as error:
            return self._by_programs(data, None, limits, str(error))
        with ole:
            if _has_password(ole):
                detail = _("Tệp Word có mật khẩu; hãy mở bằng Word, bỏ mật khẩu rồi lưu lại.")
                raise ReadError.because(UnreadReason.ENCRYPTED, detail, self.format)
            content = self._by_programs(data, stories(ole), limits, "OLE")
            return with_objects(content, objects_below(ole, "ObjectPool"), limits)

    def _by_programs(self, data: bytes, parts: Stories | None, limits: Limits, failure: str) -> Content:
        """Read the body by antiword, else from the stories (``parts``), else by LibreOffice.

        ``failure``: technical words for the error if there is no text.
        """
        body = ""
        if program := antiword.available():
            try:
                body = _lines(antiword.blocks(program, data, _SECONDS), parts)
            except ProgramError as error:
                failure = str(error)
        if not body.strip() and parts:
            body = "".join(f"{_marked(line, parts)}\n" for line in parts.main.split("\n"))
        if not body.strip() and (program := libreoffice.converter(libreoffice.OLD_WORD)):
            return by_libreoffice(program, data, limits)
        text = around(body, parts) if parts else body
        if not text.strip():
            if parts:
                raise _empty()
            raise _damaged(failure) if antiword.available() else ReadError(missing())
        pages, notes = pages_of(text, limits)
        remarks = parts.comments.split("\n") if parts else []
        content = Content(self.format, pages, {}, (*notes, *remarks_note(remarks)))
        return with_marks(content, typed(remarks))


def around(body: str, parts: Stories) -> str:
    """Return the body with the document's other texts before and after it.

    Page headers and text boxes as short as a stamp come first, since they belong to the document's head;
    longer text boxes, page footers and notes follow. Texts whose words the body already has are left out.
    """
    known = _words(body)
    small: list[str] = []
    large: list[str] = []
    for box in parts.boxes.split("\n"):
        if _words(box) - known:
            (small if len(box) <= _STAMP else large).append(box)
    before = [line for line in parts.headers.split("\n") if line.strip()]
    after = [
        line for part in (parts.footers, parts.notes) for line in part.split("\n") if _words(line) - known
    ]
    if len(small) > 6:  # not stamps: the whole document is laid out in text boxes
        small, large = [], [*small, *large]
    return "\n".join([*before, *small, body.rstrip("\n"), *large, *after])


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(nfc(text)))


def by_libreoffice(program: str, data: bytes, limits: Limits) -> Content:
    """Convert the file to .docx by LibreOffice and read the result. Raises :class:`ReadError`."""
    try:
        converted = libreoffice.converted(program, data, libreoffice.OLD_WORD, _SECONDS)
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
    lacks = () if libreoffice.converter(libreoffice.OLD_WORD) else (libreoffice.OLD_WORD.name,)
    return ReadError(Unread(UnreadReason.CORRUPT, detail.format(error=cause(why)), DocReader.format, lacks))


def _empty() -> ReadError:
    return ReadError.because(UnreadReason.EMPTY, _("Tệp Word không có chữ nào."), DocReader.format)


def missing() -> Unread:
    """The reason for a file older than Word 97 when no program that reads it is installed."""
    name, command = antiword.NAME, antiword.install_command()
    if not command:
        name, command = "LibreOffice", libreoffice.install_command(libreoffice.OLD_WORD)
    detail = _("Cần {program} để đọc tệp Word đời cũ (.doc); cài bằng: {command}")
    why = detail.format(program=name, command=command)
    return Unread(UnreadReason.UNSUPPORTED, why, DocReader.format, (antiword.NAME, libreoffice.OLD_WORD.name))


def _lines(blocks: list[str | list[list[str]]], parts: Stories | None) -> str:
    # antiword joins the lines of a paragraph with manual line breaks, without a space between them.
    whole = {squeezed(paragraph): paragraph for paragraph in parts.broken} if parts else {}
    return "".join(
        "".join(f"{_marked(line, parts)}\n" for line in whole.get(squeezed(block), block).split("\n"))
        if isinstance(block, str)
        else table_text(block, lined=None)  # antiword does not report cell borders
        for block in blocks
    )


def _marked(line: str, parts: Stories | None) -> str:
    is_centred = parts is not None and squeezed(line) in parts.centred
    return centred_lines(line) if is_centred else line


def _has_password(ole: object) -> bool:
    try:
        with ole.openstream("WordDocument") as stream:  # type: ignore[attr-defined]
            head = stream.read(12)
    except (OSError, ValueError):
        return False
    return len(head) == 12 and bool(int.from_bytes(head[10:12], "little") & _ENCRYPTED)
