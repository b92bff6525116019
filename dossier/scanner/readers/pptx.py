"""PowerPoint (.pptx): a slide is a page, its notes at its end.

Source: ECMA-376 part 1: PresentationML and DrawingML.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from dossier.i18n import _
from dossier.model import Content, Unread, UnreadReason
from dossier.scanner._exec import libreoffice
from dossier.scanner._exec.program import ProgramError
from dossier.scanner.readers.beside import of_beside
from dossier.scanner.readers.embedded import objects, remarks, with_objects
from dossier.scanner.readers.interface import Limits, Reader, ReadError, cause, numbered
from dossier.scanner.readers.marks import of_drawn, of_pictures, remarks_note, with_marks
from dossier.scanner.readers.package import Package, local_name
from dossier.scanner.readers.tables import table_text

_MAIN = "ppt/presentation.xml"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_NOT_SAID = frozenset(("sldNum", "sldImg", "hdr", "ftr", "dt"))  # kinds of placeholders


class PptxReader(Reader):
    """Presentations: slides in their order, hidden ones too; text boxes, tables, notes."""

    format = "pptx"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        with Package(data, limits, self.format) as package:
            slides = _slides(package)
            texts = [_slide(package, name) for name in slides[: limits.max_pages]]
            pages, notes = numbered(texts, limits)
            if len(slides) > limits.max_pages:
                notes.append(_("Chỉ đọc {read} trên {all} trang.").format(read=len(texts), all=len(slides)))
            embedded = objects(package, "ppt/embeddings/")
            if not any(page.text.strip() for page in pages) and not embedded:
                detail = _("Tệp PowerPoint không có chữ nào; nếu có ảnh chụp văn bản, hãy xuất ra PDF.")
                raise ReadError.because(UnreadReason.EMPTY, detail, self.format)
            notes += remarks_note(remarks(package, "ppt/"))
            content = Content(self.format, pages, {}, tuple(notes))
            content = with_marks(
                content,
                (*of_pictures(package, "ppt/media/", limits), *of_drawn(package), *of_beside(package)),
            )
            return with_objects(content, embedded, limits)


def _slides(package: Package) -> list[str]:
    """Names of the slides' parts in the order they are shown."""
    found = []
    if _MAIN in package:
        linked = package.relationships(_MAIN)
        for element in package.xml(_MAIN).iter("{*}sldId"):
            ids = [value for key, value in element.attrib.items() if str(key).endswith("}id")]
            kind, name = linked.get(ids[0] if ids else "", ("", ""))
            if kind == "slide" and name in package:
                found.append(name)
    if not found:  # the list of slides is damaged: by number
        numbered_parts = [(int(m[1]), m[0]) for m in map(_SLIDE.fullmatch, package.names()) if m]
        found = [name for _number, name in sorted(numbered_parts)]
    return found


def _slide(package: Package, name: str) -> str:
    out: list[str] = []
    _shapes(package.xml(name), out)
    for kind, target in package.relationships(name).values():
        if kind == "notesSlide" and target in package:
            _shapes(package.xml(target), out)
        elif kind == "diagramData" and target in package:
            _paragraphs(package.xml(target), out)
    return "".join(out)


def _shapes(element: Any, out: list[str]) -> None:
    """Text of the shapes in an element, in the order of the file."""
    for child in element.iterchildren("{*}*"):
        name = local_name(child)
        if name == "tbl":
            rows = [
                [_text(cell) for cell in row.iterchildren("{*}tc")] for row in child.iterchildren("{*}tr")
            ]
            out.append(table_text(rows, lined=True))
        elif name == "txBody":
            _paragraphs(child, out)
        elif name == "sp" and any(kind.get("type") in _NOT_SAID for kind in child.iter("{*}ph")):
            continue
        elif name != "Fallback":
            _shapes(child, out)


def _paragraphs(element: Any, out: list[str]) -> None:
    out.extend(line + "\n" for line in _text(element).split("\n") if line.strip())


def _text(element: Any) -> str:
    """Paragraphs of a text body or cell, one a line.

    ``a:tab`` is no character but a tab stop of the paragraph; tabs stand within the text.
    """
    lines = []
    for paragraph in element.iter("{*}p"):
        parts = paragraph.iter("{*}t", "{*}br")
        lines.append("".join((part.text or "") if local_name(part) == "t" else "\n" for part in parts))
    return "\n".join(lines)


_SECONDS = 60.0
_LOCKED = "EncryptedSummary".encode("utf-16-le")  # a stream that only locked presentations have


class PptReader(Reader):
    """Old presentations; where LibreOffice is missing, the reason names it."""

    format = "ppt"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        if _LOCKED in data:
            detail = _("Tệp PowerPoint có mật khẩu; hãy mở bằng PowerPoint, bỏ mật khẩu rồi lưu lại.")
            raise ReadError.because(UnreadReason.ENCRYPTED, detail, self.format)
        program = libreoffice.converter(libreoffice.OLD_SLIDES)
        if program is None:
            detail = _(
                "Tệp PowerPoint đời cũ (.ppt) cần LibreOffice để đọc; cài bằng: {command}, hoặc xuất ra PDF."
            )
            said = detail.format(command=libreoffice.install_command(libreoffice.OLD_SLIDES))
            raise ReadError(
                Unread(UnreadReason.UNSUPPORTED, said, self.format, (libreoffice.OLD_SLIDES.name,))
            )
        try:
            converted = libreoffice.converted(program, data, libreoffice.OLD_SLIDES, _SECONDS)
        except ProgramError as error:
            detail = _("Tệp PowerPoint bị hỏng ({error}); hãy sao chép lại từ bản gốc, hoặc xuất ra PDF.")
            raise ReadError.because(
                UnreadReason.CORRUPT, detail.format(error=cause(error)), self.format
            ) from error
        return replace(PptxReader().read(converted, limits), format=self.format)
