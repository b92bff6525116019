"""Word 97–2003 (.doc): what Word shows, and nothing else.

The program antiword reads the body, for it tells tables apart; page headers, footnotes, text boxes and
comments come from the file's own stories, and so does the body where antiword is missing or gives up.
LibreOffice is asked last, for it takes seconds. Source: [MS-DOC] 2.5.1 for the flag of a password. A .doc
that is RTF, HTML or a newer Word file inside never comes here: formats are told by content.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from dossier.i18n import _
from dossier.model import Content, Unread, UnreadReason
from dossier.scanner._exec import antiword, libreoffice
from dossier.scanner._exec.program import ProgramError
from dossier.scanner.readers.doc_stories import Stories, stories
from dossier.scanner.readers.docx import DocxReader
from dossier.scanner.readers.embedded import objects_below, with_objects
from dossier.scanner.readers.interface import Limits, Reader, ReadError, cause, pages_of
from dossier.scanner.readers.marks import remarks_note, typed, with_marks
from dossier.scanner.readers.ole import open_ole
from dossier.scanner.readers.tables import table_text
from dossier.vietnamese import nfc

_SECONDS = 60.0  # LibreOffice takes three seconds for a sound file, antiword milliseconds
_STAMP = 120  # characters; a shorter text box is a stamp or mark of the head
_WORD = re.compile(r"\w+")
_ENCRYPTED = 0x0100  # fEncrypted, of the flags at offset 10 of the WordDocument stream


class DocReader(Reader):
    """Old Word files."""

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

    def _by_programs(self, data: bytes, found: Stories | None, limits: Limits, failure: str) -> Content:
        """By antiword, the stories or LibreOffice, whichever gives text first."""
        body = ""
        if program := antiword.available():
            try:
                body = _lines(antiword.blocks(program, data, _SECONDS), found.broken if found else ())
            except ProgramError as error:
                failure = str(error)
        if not body.strip() and found:
            body = found.main
        if not body.strip() and (program := libreoffice.converter(libreoffice.OLD_WORD)):
            return by_libreoffice(program, data, limits)
        text = around(body, found) if found else body
        if not text.strip():
            if found:
                raise _empty()
            raise _damaged(failure) if antiword.available() else ReadError(missing())
        pages, notes = pages_of(text, limits)
        remarks = found.comments.split("\n") if found else []
        content = Content(self.format, pages, {}, (*notes, *remarks_note(remarks)))
        return with_marks(content, typed(remarks))


def around(body: str, found: Stories) -> str:
    """The body between what stands on its pages beside it.

    Page headers and text boxes as small as a stamp come first, for they belong to the head; longer text
    boxes, page footers and notes follow. Nothing is said twice that the body says already.
    """
    known = _words(body)
    small: list[str] = []
    large: list[str] = []
    for box in found.boxes.split("\n"):
        if _words(box) - known:
            (small if len(box) <= _STAMP else large).append(box)
    before = [line for line in found.headers.split("\n") if line.strip()]
    after = [
        line for part in (found.footers, found.notes) for line in part.split("\n") if _words(line) - known
    ]
    if len(small) > 6:  # no stamps, but a paper laid out in boxes
        small, large = [], [*small, *large]
    return "\n".join([*before, *small, body.rstrip("\n"), *large, *after])


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(nfc(text)))


def by_libreoffice(program: str, data: bytes, limits: Limits) -> Content:
    """What LibreOffice makes of the file. Raises :class:`ReadError`."""
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
    """The reason where a file older than Word 97 wants a program that is not installed."""
    name, command = antiword.NAME, antiword.install_command()
    if not command:
        name, command = "LibreOffice", libreoffice.install_command()
    detail = _("Cần {program} để đọc tệp Word đời cũ (.doc); cài bằng: {command}")
    said = detail.format(program=name, command=command)
    return Unread(
        UnreadReason.UNSUPPORTED, said, DocReader.format, (antiword.NAME, libreoffice.OLD_WORD.name)
    )


def _lines(blocks: list[str | list[list[str]]], broken: tuple[str, ...]) -> str:
    # antiword joins lines that their author broke within a paragraph, with no blank between them.
    whole = {"".join(paragraph.split()): paragraph for paragraph in broken}
    return "".join(
        whole.get("".join(block.split()), block) + "\n"
        if isinstance(block, str)
        else table_text(block, lined=None)  # antiword does not tell whether lines are drawn around cells
        for block in blocks
    )


def _has_password(ole: object) -> bool:
    try:
        with ole.openstream("WordDocument") as stream:  # type: ignore[attr-defined]
            head = stream.read(12)
    except (OSError, ValueError):
        return False
    return len(head) == 12 and bool(int.from_bytes(head[10:12], "little") & _ENCRYPTED)
