"""Text in old Vietnamese encodings on its way through a reader: converted, and said so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dossier.i18n import _
from dossier.legacy import Encoding, convert, fits, guess
from dossier.model import Content, Reading

_FEWEST = 8  # words; on fewer the letters alone may say anything

Segment = tuple[str, Encoding | None]  # text, and the encoding its font says


def converted(segments: Iterable[Segment]) -> tuple[str, set[Encoding]]:
    """The text of segments in Unicode, and the encodings that were met.

    Neighbours in one encoding are taken together: a letter of VNI may be parted by a change of font
    size. A segment that cannot be what its font says stays as it is.
    """
    out: list[str] = []
    met: set[Encoding] = set()
    for text, encoding in _joined(segments):
        if encoding is None or text.isascii() or not fits(text, encoding):
            out.append(text.upper() if encoding is Encoding.TCVN3_CAPITALS and text.isascii() else text)
        else:
            out.append(convert(text, encoding))
            met.add(encoding)
    return "".join(out), met


def by_statistics(content: Content) -> Content:
    """The content of a format whose reader knows no fonts, its pages converted where they tell by letters."""
    met: set[Encoding] = set()
    pages = []
    for page in content.pages:
        plain = page.reading is not Reading.TEXT or page.inner or page.text.isascii()
        encoding = None if plain or len(page.text.split()) < _FEWEST else guess(page.text)
        if encoding is not None:
            met.add(encoding)
            page = replace(page, text=convert(page.text, encoding))
        pages.append(page)
    if not met:
        return content
    return replace(content, pages=tuple(pages), notes=(*content.notes, *legacy_note(met)))


def legacy_note(met: Iterable[Encoding]) -> list[str]:
    """The sentence that says from what text was converted; none when nothing was."""
    labels = sorted({encoding.label for encoding in met})
    if not labels:
        return []
    note = _("Chữ trong tệp theo bảng mã cũ {encodings}, đã chuyển sang Unicode.")
    return [note.format(encodings=", ".join(labels))]


def _joined(segments: Iterable[Segment]) -> Sequence[Segment]:
    joined: list[tuple[list[str], Encoding | None]] = []
    for text, encoding in segments:
        if joined and joined[-1][1] is encoding:
            joined[-1][0].append(text)
        else:
            joined.append(([text], encoding))
    return [("".join(texts), encoding) for texts, encoding in joined]
