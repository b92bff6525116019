"""Read plain text in UTF-8, UTF-16, a legacy Vietnamese encoding or Windows-1252, tried in this order."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dossier.i18n import _
from dossier.legacy import Encoding, convert, fits, guess, guess_bytes
from dossier.legacy.syllables import is_syllable
from dossier.model import Content, Reading, UnreadReason
from dossier.scanner.readers.interface import Limits, Reader, ReadError, pages_of

_SPACES = re.compile(r"(\s+)")
_INSTEAD = str.maketrans(
    "ƢƣÐðƉɖАВЕКМНОРСТУХаеорсухіІΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "ƯưĐđĐđABEKMHOPCTYXaeopcyxiIABEZHIKMNOPTYX",
)
_WRONG = re.compile("[ƢƣÐðƉɖАВЕКМНОРСТУХаеорсухіІΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]")
_ALIEN = re.compile("[\u0370-\u04ff]")  # Greek and Cyrillic
_PROOF = 0.6  # least share of affected words that become Vietnamese; abbreviations are not counted
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-zÀ-ÏÑ-ïñ-ƀḀ-ỹ]")
_FEWEST = 8  # words; the encoding of a shorter text cannot be guessed

Segment = tuple[str, Encoding | None]  # text, and the encoding of its font


def converted(segments: Iterable[Segment]) -> tuple[str, set[Encoding]]:
    """Convert segments to Unicode; return the text and the legacy encodings found.

    Adjacent segments of one encoding are joined first, since a change of font size may split a VNI letter.
    A segment that is implausible in its font's encoding stays unchanged.
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
    """Convert the pages of a content without font information whose letters reveal a legacy encoding."""
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


def in_vietnamese_letters(content: Content) -> Content:
    """Replace look-alike letters (Ƣ, Ð, Cyrillic) in the pages without boxes; see :func:`misread_words`."""
    pages = []
    for page in content.pages:
        plain = page.reading is not Reading.TEXT or page.segments
        instead = {} if plain else misread_words(page.text)
        if instead:
            words = _SPACES.split(page.text)
            page = replace(page, text="".join(instead.get(word, word) for word in words))
        pages.append(page)
    return replace(content, pages=tuple(pages))


def legacy_note(met: Iterable[Encoding]) -> list[str]:
    """Return one note that names the encodings from which text was converted, or an empty list if none."""
    labels = sorted({encoding.label for encoding in met})
    if not labels:
        return []
    note = _("Chữ trong tệp theo bảng mã cũ {encodings}, đã chuyển sang Unicode.")
    return [note.format(encodings=", ".join(labels))]


def misread_words(text: str) -> dict[str, str]:
    """Map words of a page with look-alike letters (Cyrillic, Greek, Ƣ, Ð) to their Vietnamese spelling of
    equal length.

    Empty unless most of the affected words of the page become Vietnamese: a page in Cyrillic or Greek stays
    unchanged.
    """
    wrong = [word for word in text.split() if _WRONG.search(word)] if _WRONG.search(text) else []
    instead = {word: word.translate(_INSTEAD) for word in wrong}
    proofs = [_proves(word, instead[word]) for word in instead if not _is_abbreviation(instead[word])]
    return instead if proofs and sum(proofs) >= _PROOF * len(proofs) else {}


def _proves(word: str, instead: str) -> bool:
    """Whether the replacement is right: it is Vietnamese, or the word mixes two alphabets."""
    mixed = _ALIEN.search(word) and _LATIN.search(word)
    return bool(mixed) or _is_vietnamese(instead)


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and not _is_vietnamese(word)


def _is_vietnamese(word: str) -> bool:
    parts = _LETTERS.findall(word)
    return bool(parts) and all(map(is_syllable, parts))


def _joined(segments: Iterable[Segment]) -> Sequence[Segment]:
    joined: list[tuple[list[str], Encoding | None]] = []
    for text, encoding in segments:
        if joined and joined[-1][1] is encoding:
            joined[-1][0].append(text)
        else:
            joined.append(([text], encoding))
    return [("".join(texts), encoding) for texts, encoding in joined]


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.002  # most control characters in a text, as a share of its characters
_DAMAGE_SHARE = 0.01  # most invalid sequences in UTF-8, as a share of its non-ASCII characters
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class TextReader(Reader):
    """Reader of text files; form feeds separate pages."""

    format = "txt"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        text, notes = decode(data)
        if len(_CONTROL.findall(text[:100_000])) > _CONTROL_SHARE * min(len(text), 100_000):
            detail = _(
                "Không nhận ra loại tệp: nội dung không phải văn bản; hãy lưu lại dưới dạng .docx hoặc PDF."
            )
            raise ReadError.because(UnreadReason.UNSUPPORTED, detail, "unknown")
        text = _CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
        if not text.strip():
            raise ReadError.because(UnreadReason.EMPTY, _("Tệp không có chữ nào."), self.format)
        pages, more = pages_of(text, limits)
        return Content(self.format, pages, {}, (*notes, *more))


def decode(data: bytes) -> tuple[str, list[str]]:
    """Decode text by the encoding that fits best; return it and notes on possible errors. Never raises."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), []
    if encoding := _utf16_without_bom(data):
        return data.decode(encoding, "replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    letters = sum(not char.isascii() for char in text[:100_000])
    if text[:100_000].count("\ufffd") <= _DAMAGE_SHARE * letters:
        return text, [_("Một số ký tự trong tệp bị hỏng và được thay bằng dấu \ufffd.")]
    if legacy := guess_bytes(data):
        return convert(data.decode("latin-1"), legacy), legacy_note([legacy])
    note = _("Tệp không theo bảng mã Unicode; đã đọc theo Windows-1252 (Tây Âu), dấu tiếng Việt có thể sai.")
    return data.decode("cp1252", "replace"), [note]


def _utf16_without_bom(data: bytes) -> str:
    """Return ``utf-16-le`` or ``utf-16-be`` if ASCII characters have zero bytes on that side, else ``""``."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 10 and even <= odd // 50:
        return "utf-16-le"
    if even > len(head) // 10 and odd <= even // 50:
        return "utf-16-be"
    return ""
