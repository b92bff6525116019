"""Read PowerPoint files (.pptx, .ppt): each slide becomes a page, with its notes at the end.

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
_LEFT_OUT = frozenset(("sldNum", "sldImg", "hdr", "ftr", "dt"))  # types of placeholders that are not read


class PptxReader(Reader):
    """Reader of presentations: text boxes, tables and notes of all slides, including hidden ones."""

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
    """Return the names of the slides' parts in order of presentation."""
    names = []
    if _MAIN in package:
        linked = package.relationships(_MAIN)
        for element in package.xml(_MAIN).iter("{*}sldId"):
            ids = [value for key, value in element.attrib.items() if str(key).endswith("}id")]
            kind, name = linked.get(ids[0] if ids else "", ("", ""))
            if kind == "slide" and name in package:
                names.append(name)
    if not names:  # the list of slides is damaged: order them by number
        numbered_parts = [(int(m[1]), m[0]) for m in map(_SLIDE.fullmatch, package.names()) if m]
        names = [name for _number, name in sorted(numbered_parts)]
    if not names:
        package.main(_MAIN)
    return names


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
    """Append the text of the shapes in an element to ``out``, in file order."""
    for child in element.iterchildren("{*}*"):
        name = local_name(child)
        if name == "tbl":
            rows = [
                [_text(cell) for cell in row.iterchildren("{*}tc")] for row in child.iterchildren("{*}tr")
            ]
            out.append(table_text(rows, lined=True))
        elif name == "txBody":
            _paragraphs(child, out)
        elif name == "sp" and any(kind.get("type") in _LEFT_OUT for kind in child.iter("{*}ph")):
            continue
        elif name != "Fallback":
            _shapes(child, out)


def _paragraphs(element: Any, out: list[str]) -> None:
    out.extend(line + "\n" for line in _text(element).split("\n") if line.strip())


def _text(element: Any) -> str:
    """Return the paragraphs of a text body or cell, one per line.

    ``a:tab`` is a tab stop, not a character; tab characters are in the text itself.
    """
    lines = []
    for paragraph in element.iter("{*}p"):
        parts = paragraph.iter("{*}t", "{*}br")
        lines.append("".join((part.text or "") if local_name(part) == "t" else "\n" for part in parts))
    return "\n".join(lines)


_SECONDS = 60.0
_LOCKED = "EncryptedSummary".encode("utf-16-le")  # a stream of encrypted presentations only


class PptReader(Reader):
    """Reader of old presentations (.ppt), which LibreOffice converts; if it is missing, the reason says
    so."""

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
            why = detail.format(command=libreoffice.install_command(libreoffice.OLD_SLIDES))
            raise ReadError(
                Unread(UnreadReason.UNSUPPORTED, why, self.format, (libreoffice.OLD_SLIDES.name,))
            )
        try:
            converted = libreoffice.converted(program, data, libreoffice.OLD_SLIDES, _SECONDS)
        except ProgramError as error:
            detail = _("Tệp PowerPoint bị hỏng ({error}); hãy sao chép lại từ bản gốc, hoặc xuất ra PDF.")
            raise ReadError.because(
                UnreadReason.CORRUPT, detail.format(error=cause(error)), self.format
            ) from error
        return replace(PptxReader().read(converted, limits), format=self.format)
