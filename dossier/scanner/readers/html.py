"""Read web pages (.html): the text a browser displays, block elements as lines, tables as rows.

Source: HTML Living Standard 13.2.3 (determining the encoding), 15.3 (block elements).
"""

from __future__ import annotations

import codecs
import re
from html import unescape
from typing import Any

from dossier.i18n import _
from dossier.legacy.syllables import is_syllable
from dossier.model import CENTRED, Content, UnreadReason
from dossier.scanner.readers.interface import Limits, Reader, ReadError, pages_of
from dossier.scanner.readers.marks import of_title, typed, with_marks
from dossier.scanner.readers.tables import table_text
from dossier.scanner.readers.text import decode
from dossier.vietnamese import nfc

_UNSEEN = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "svg",
        "object",
        "select",
        "textarea",
        "iframe",
    )
)
_INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q s samp
    small span strike strong sub sup time tt u var wbr
    """.split()  # noqa: SIM905
)
# Field values, alternative texts and content added by style sheets, each in quotation marks.
_SHOWN = re.compile(
    r"""(?:\b(?:value|alt|title|placeholder|aria-label)\s*=|\bcontent\s*:)\s*(["'])([^"'<>]{1,200})\1""",
    re.IGNORECASE,
)
_DRAWN = re.compile(
    r"<(?:text|tspan|option|textarea|noscript)\b[^<>]{0,500}>((?:[^<]|<(?!/?(?:text|option|select|noscript))){1,300})",
    re.IGNORECASE,
)
# A page embedded as the value of an attribute.
_INNER = re.compile(r"""\bsrcdoc\s*=\s*(?:"([^"]{1,20000})"|'([^']{1,20000})')""", re.IGNORECASE)
_PAGE_BREAK = re.compile(r"page-break-(?:before|after)\s*:\s*always|break-before\s*:\s*page", re.IGNORECASE)
_ALIGNED = re.compile(r"\btext-align\s*:\s*(\w+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE
)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SCRIPT = re.compile(
    r"<(script|style|head|template)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<[^<>]*>")
_FLOATING = re.compile(r"\bfloat\s*:\s*(?:left|right)|\bposition\s*:\s*absolute", re.IGNORECASE)
_LAST_LETTER = re.compile(r"(?<!\w)([^\W\d_]) ?\Z")
_REST_OF_WORD = re.compile(r" ?([^\W\d_]+)")
_PIECES = 4  # of text that are looked at before a picture
_MAX_DEPTH = 200  # nested elements; deeper ones are read as plain text


class HtmlReader(Reader):
    """Reader of web pages, including those saved by Word."""

    format = "html"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        text, title, notes = html_text(data)
        pages, more = pages_of(text, limits)
        if not any(page.text.strip() for page in pages):
            raise ReadError.because(UnreadReason.EMPTY, _("Trang web không có chữ nào."), self.format)
        content = Content(self.format, pages, {"title": title} if title else {}, (*notes, *more))
        return with_marks(content, (*of_title(title), *typed(drawn_beside(data))))


def html_text(data: bytes, charset: str = "") -> tuple[str, str, list[str]]:
    """Return a page's text (form feeds at page breaks), title, and notes on the encoding.

    ``charset``: the encoding named by a mail, if any. A byte order mark takes precedence, the page's own
    declaration is tried last.
    """
    from lxml import html

    source, notes = _decode(data, charset)
    # lxml refuses an encoding declaration in a str, and stops at a NUL.
    source = re.sub(r"^\s*<\?xml[^>]*>", "", source).replace("\x00", "")
    if not source.strip():
        return "", "", notes
    # Without huge_tree the parser drops everything nested deeper than 256 elements.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    title = " ".join((root.findtext(".//title") or "").split())
    out: list[str] = []
    body = root.find(".//body")
    _block(root if body is None else body, out, 0, "\n")
    text = _tidy("".join(out)).lstrip("\n\f")
    return text or _without_tags(source), nfc(title), notes


def drawn_beside(data: bytes) -> list[str]:
    """Texts a browser displays outside the page's running text, searched only for secrecy stamps.

    They are drawings, field values, alternative texts and content added by style sheets.
    """
    source, _notes = _decode(data, "")
    shown = [match[2] for match in _SHOWN.finditer(source)]
    for inner in _INNER.finditer(source):
        shown += _TAG.sub("\n", _SCRIPT.sub(" ", unescape(inner[1] or inner[2]))).split("\n")
    shown += [_TAG.sub("", match[1]) for match in _DRAWN.finditer(source)]
    return [" ".join(unescape(text).split()) for text in shown]


def _without_tags(source: str) -> str:
    """Return the text of a page that the parser returned empty: it drops what is nested 2048 deep."""
    source = _SCRIPT.sub(" ", source)
    return _tidy("\n".join(" ".join(part.split()) for part in unescape(_TAG.sub("\n", source)).split("\n")))


def _decode(data: bytes, charset: str) -> tuple[str, list[str]]:
    if not data.startswith(_BOMS):
        declared = _CHARSET.search(data[:4096])
        for name in (charset, declared[1].decode("ascii") if declared else ""):
            # UTF-8 pages that declare another encoding are common; the reverse is not.
            if name and name.lower().replace("_", "-") not in (
                "utf-8",
                "utf8",
                "unicode",
                "utf-16",
                "us-ascii",
            ):
                try:
                    return data.decode("utf-8"), []
                except UnicodeDecodeError:
                    pass
                try:
                    return data.decode({"iso-8859-1": "cp1252"}.get(name.lower(), name), "replace"), []
                except (LookupError, ValueError):
                    continue
    return decode(data)


def _block(element: Any, out: list[str], depth: int, line: str) -> None:
    """Append the text of an element to ``out``, with a newline before and after each block.

    ``line``: what begins a line in the element: a newline, and :data:`CENTRED` where text is centred.
    """
    if depth > _MAX_DEPTH:
        out.append(_spaced(" ".join(element.itertext())))
        return
    out.append(_spaced(element.text))
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag not in _UNSEEN:
            style = child.get("style") or ""
            if _PAGE_BREAK.search(style):
                out.append("\n\f")
            if tag in _INLINE and _is_beside(child, style):
                _beside(child, out, depth, line)
                continue
            if not _HIDDEN.search(style):
                _child(child, tag, out, depth, line)
        out.append(_spaced(child.tail))


def _is_beside(element: Any, style: str) -> bool:
    """Whether a picture or frame stands beside the text in which it is written."""
    return (element.get("align") or "").lower() in ("left", "right") or bool(_FLOATING.search(style))


def _beside(element: Any, out: list[str], depth: int, line: str) -> None:
    """Append what stands beside the text before the line that it is written in, and the text behind it.

    Office programs write a drawn line or a frame behind the first letter of a word, and break the source
    there.
    """
    start = next((at + 1 for at in range(len(out) - 1, -1, -1) if "\n" in out[at]), 0)
    aside: list[str] = []
    if not _HIDDEN.search(element.get("style") or ""):
        _block(element, aside, depth + 1, line)
    if "".join(aside).strip():
        out[start:start] = [*aside, line]
    after = _spaced(element.tail)
    first, rest = _LAST_LETTER.search("".join(out[-_PIECES:])), _REST_OF_WORD.match(after)
    if first and rest and is_syllable(first[1] + rest[1]):
        while out[-1].isspace():
            out.pop()
        after = after.lstrip(" ")
    out.append(after)


def _child(child: Any, tag: str, out: list[str], depth: int, line: str) -> None:
    if tag == "br":
        out.append(line)
    elif tag == "table":
        out.append("\n" + _table(child, depth) + line)
    elif tag == "pre":
        out.append("\n" + "".join(child.itertext()) + line)
    elif tag in _INLINE or ":" in tag:
        _block(child, out, depth + 1, line)
    else:
        own = _alignment(child, tag)
        inner = line if not own else "\n" + CENTRED if own == "center" else "\n"
        out.append(inner)
        _block(child, out, depth + 1, inner)
        out.append(line)


def _alignment(element: Any, tag: str) -> str:
    """Return an element's own alignment in small letters, ``""`` if it inherits one."""
    styled = _ALIGNED.search(element.get("style") or "")
    return str(styled[1] if styled else element.get("align") or ("center" if tag == "center" else "")).lower()


def _table(table: Any, depth: int) -> str:
    rows = []
    for row in table.xpath("./tr|./*/tr"):
        cells = []
        for cell in row.xpath("./td|./th"):
            out: list[str] = []
            _block(cell, out, depth + 1, "\n")
            cells.append(_tidy("".join(out)).replace("\f", ""))
        rows.append(cells)
    border = table.get("border")
    lined = None if border is None else border.strip() not in ("", "0")
    caption = " ".join(" ".join(part.itertext()) for part in table.xpath("./caption"))
    return _spaced(caption) + "\n" + table_text(rows, lined=True if lined else None)


def _spaced(text: str | None) -> str:
    """Collapse each run of white space to one space, as HTML does."""
    return re.sub(r"[ \t\r\n\f]+", " ", text) if text else ""


def _tidy(text: str) -> str:
    """Strip spaces around lines and remove empty lines, soft hyphens and zero-width spaces."""
    text = text.replace("\u00ad", "").replace("\u200b", "").replace("\u00a0", " ")
    lines = (line.strip(" ").replace(f"{CENTRED} ", CENTRED) for line in text.split("\n"))
    return "\n".join(line for line in lines if line and line != CENTRED).strip(" ")
