"""Read Rich Text Format (.rtf), as written by Word, WordPad and LibreOffice.

This module interprets groups and destinations; :mod:`rtf_flow` paragraphs and tables.
Source: Rich Text Format (RTF) Specification 1.9.1, Microsoft.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dossier.i18n import _
from dossier.legacy import encoding_of_font
from dossier.model import Content, UnreadReason
from dossier.scanner.readers.embedded import rtf_object, with_objects
from dossier.scanner.readers.interface import Limits, Reader, ReadError, pages_of
from dossier.scanner.readers.marks import remarks_note, typed, with_marks
from dossier.scanner.readers.rtf_flow import Flow
from dossier.vietnamese import nfc

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<symbol>[^A-Za-z])"
    rb"|(?P<brace>[{}])|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)"
)
_CHARSETS = {
    0: "cp1252", 2: "latin-1", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_SIGNS = {
    "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_ALIGNMENTS = frozenset(("ql", "qr", "qj", "qd", "qc"))
_OPEN, _CLOSE = "{{", "}}"  # tokens of a group's begin and end; a single brace is a literal one
_SYMBOLS = {"~": " ", "_": "-"}
_SKIPPED = frozenset(
    """
    colortbl stylesheet pict shprslt nonshppict listtable listoverridetable rsidtbl generator filetbl
    revtbl xmlnstbl themedata datastore bkmkstart bkmkend pn pntxta pntxtb objclass sn
    latentstyles private operator company comment manager
    atnid atnauthor atnref atndate ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn
    """.split()  # noqa: SIM905
)
# Destinations that are read although marked as ignorable (\*).
_KEPT = frozenset(("shpinst", "shptxt", "ud", "fldinst", "field", "fldrslt", "listtext", "formfield"))
_HEADERS = frozenset(("header", "headerl", "headerr", "headerf"))
_FOOTERS = frozenset(("footer", "footerl", "footerr", "footerf"))
_MOST_OBJECTS = 200
_MOST_BESIDE = 1000  # pieces of text
# Destinations outside the running text: shape properties (WordArt, alternative text), drawings, forms.
_BESIDE = frozenset(("sv", "dptxbxtext", "ffdeftext", "staticval", "keywords", "category", "doccomm"))
_ALONE = frozenset(("dptxbxtext", "staticval"))  # those read even inside a skipped destination
_INFO = {"title": "title", "author": "creator", "subject": "subject"}
_PAGE_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))


@dataclass(slots=True)
class _State:
    """The state of a group, inherited by the groups in it."""

    to: str = "body"  # destination of text: a flow, "fonts", "fldinst", a property; "" discards it
    encoding: str = "cp1252"
    skip: int = 1  # substitute characters after a Unicode one, for old programs (\uc)
    hidden: bool = False
    in_table: bool = False
    boxed: bool = False
    centred: bool = False


class RtfText:
    """The text, properties and objects of an RTF file, of which at most ``room`` characters are kept."""

    def __init__(self, data: bytes, room: int) -> None:
        self._flows = {name: Flow() for name in ("header", "body", "footer", "note")}
        self._collected: dict[str, list[str]] = {
            name: [] for name in (*_INFO.values(), "fldinst", "fonts", "remarks", "beside")
        }
        self._objects: list[bytearray] = []  # in hexadecimal digits
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._default = "cp1252"
        self._state = _State()
        self._stack: list[_State] = []
        self._bytes = bytearray()
        self._skip = 0  # substitute characters still to be skipped after a Unicode one
        self._starred = False
        self._fresh = False  # a group has just begun
        self._room = room
        self._read(data)

    def text(self) -> str:
        """Return the text of all flows, with form feeds at page breaks."""
        return "".join(flow.text() for flow in self._flows.values())

    def properties(self) -> dict[str, str]:
        """Return title, creator and subject, as far as the file has them."""
        properties = {name: "".join(self._collected[name]).strip() for name in _INFO.values()}
        return {name: value for name, value in properties.items() if value}

    def remarks(self) -> list[str]:
        """Return the comments in the margins."""
        return "".join(self._collected["remarks"]).split("\n")

    def beside(self) -> list[str]:
        """Return texts outside the running text, searched only for secrecy stamps.

        They are WordArt, alternative texts, form values, properties, and hidden or deleted text.
        """
        return "".join(self._collected["beside"]).split("\n")

    def objects(self) -> Iterator[bytes]:
        """The embedded objects' bytes; objects that are not hexadecimal are left out."""
        for written in self._objects:
            digits = written.translate(None, b" \t\r\n")
            with contextlib.suppress(ValueError):
                yield bytes.fromhex(digits[: len(digits) & ~1].decode("ascii", "replace"))

    def _read(self, data: bytes) -> None:
        for mark, number, raw in _tokens(data):
            if self._room < 0:
                break
            if mark in ("text", "'"):
                self._add_bytes(raw, one=mark == "'")
                self._starred = self._fresh = False
                continue
            self._flush()
            if mark == _OPEN:
                self._stack.append(replace(self._state))
                self._skip = 0
                self._fresh = True
                continue
            elif mark == _CLOSE:
                boxed = self._state.boxed
                self._state = self._stack.pop() if self._stack else self._state
                self._skip = 0
                if boxed and not self._state.boxed:
                    self._break()
            elif mark == "*":
                self._starred = self._fresh  # a star counts only at the begin of a group
                continue
            elif mark in _SYMBOLS:
                self._add_text(_SYMBOLS[mark])
            elif mark in ("\n", "\r"):
                self._word("par", None)
            elif len(mark) > 1 or mark.isalpha():
                self._word(mark, number)
            elif mark in "\\{}":
                self._add_text(mark)
            self._starred = self._fresh = False
        self._flush()

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "u" and number is not None:
            self._add_text(chr(number & 0xFFFF))
            self._skip = state.skip
        elif word == "uc":
            state.skip = max(number or 0, 0)
        elif word in _SIGNS:
            self._add_text(_SIGNS[word])
        elif word == "f" or word == "deff":
            self._choose_font(number or 0)
        elif word == "fcharset":
            self._fonts[self._font] = _CHARSETS.get(number or 0, self._default)
        elif word == "ansicpg":
            self._default = state.encoding = _encoding(number or 0)
        elif word in ("v", "deleted"):
            state.hidden = number != 0
            self._collected["beside"].append("\n")
        elif word == "plain":
            state.hidden = False
        elif word == "pard":
            state.in_table = state.centred = False
        elif word in _ALIGNMENTS:
            state.centred = word == "qc"
        elif word in ("intbl", "itap"):
            state.in_table = number != 0
        elif not self._destination(word) and state.to in self._flows and not state.hidden:
            centred = state.centred and not state.boxed
            self._flows[state.to].control(word, in_table=state.in_table, centred=centred)

    def _destination(self, word: str) -> bool:
        """Set the destination of the group's text if the control word names one; return whether it does."""
        state = self._state
        if word in _HEADERS:
            self._begin("header")
        elif word in _FOOTERS:
            self._begin("footer")
        elif word == "footnote":
            self._begin("note")
        elif word == "fonttbl":
            state.to = "fonts"
        elif word == "info":
            state.to = "info"
        elif word == "annotation":
            state.to = "remarks"
            self._add_text("\n")
        elif word in _BESIDE and (state.to or word in _ALONE):
            state.to = "beside"
            self._add_text("\n")
        elif word == "objdata" and state.to and len(self._objects) < _MOST_OBJECTS:
            state.to = "objdata"
            self._objects.append(bytearray())
        elif word in _INFO and state.to == "info":
            state.to = _INFO[word]
        elif word == "shptxt":
            state.boxed = True
            self._break()
        elif word == "fldinst":
            state.to = "fldinst" if state.to else ""
            self._collected["fldinst"] = []
        elif word == "fldrslt":
            kind = "".join(self._collected["fldinst"]).split(maxsplit=1)
            if kind and kind[0].upper() in _PAGE_FIELDS:
                state.to = ""
        elif word == "upr":  # the text twice: first in ANSI, then in Unicode under \ud
            state.to = state.to if state.to.startswith("upr:") else "upr:" + state.to
        elif word == "ud":
            state.to = state.to.removeprefix("upr:")
        elif word in _SKIPPED or (self._starred and word not in _KEPT):
            if len(self._stack) > 1:  # never skip the whole document
                state.to = ""
        else:
            return False
        return True

    def _begin(self, flow: str) -> None:
        """Send the group's text to the flow ``flow``, beginning on a new line."""
        self._state.in_table = False
        if self._state.to:
            self._state.to = flow
            self._flows[flow].fresh_line()

    def _break(self) -> None:
        """Begin a new line: the text of a box does not belong to the line around it."""
        if self._state.to in self._flows:
            self._flows[self._state.to].fresh_line()

    def _choose_font(self, number: int) -> None:
        self._font = number
        if self._state.to != "fonts":
            self._state.encoding = self._fonts.get(number, self._default)

    def _add_bytes(self, raw: bytes, *, one: bool = False) -> None:
        """Add text in the font's code page, without the substitutes of a preceding Unicode character.

        ``one``: ``raw`` is a single escaped character.
        """
        if self._state.to == "objdata":
            self._objects[-1] += raw
            return
        if self._skip:
            count = 1 if one else min(self._skip, len(raw))
            self._skip -= count
            raw = b"" if one else raw[count:]
        self._bytes += raw

    def _flush(self) -> None:
        if self._bytes:
            raw, self._bytes = bytes(self._bytes), bytearray()
            self._add_text(raw.decode(self._state.encoding, "replace"))

    def _add_text(self, text: str) -> None:
        state = self._state
        if state.hidden and len(self._collected["beside"]) < _MOST_BESIDE:
            self._collected["beside"].append(text)
        if state.hidden or not state.to:
            return
        self._room -= len(text)
        if state.to in self._flows:
            self._flows[state.to].say(text)
        elif state.to == "fonts" and encoding_of_font(text.strip(" ;")):
            self._fonts[self._font] = "cp1252"  # whatever code page is told: its bytes are the font's own
        elif state.to in self._collected and len(self._collected[state.to]) < 1000:
            self._collected[state.to].append(text)


def _tokens(data: bytes) -> Iterator[tuple[str, int | None, bytes]]:
    """Tokens: control word or symbol (or ``"text"``, ``"'"``), its number, bytes of text."""
    at = 0
    while match := _TOKEN.search(data, at):
        at = match.end()
        if word := match["word"]:
            number = int(match["number"]) if match["number"] else None
            if word == b"bin":
                at += max(number or 0, 0)
            else:
                yield word.decode("ascii"), number, b""
        elif match["text"] is not None:
            yield "text", None, match["text"]
        elif match["hex"]:
            yield "'", None, bytes.fromhex(match["hex"].decode("ascii"))
        elif brace := match["brace"]:
            yield (_OPEN if brace == b"{" else _CLOSE), None, b""
        elif symbol := match["symbol"]:
            yield symbol.decode("latin-1"), None, b""


def _encoding(code_page: int) -> str:
    name = {65001: "utf-8", 10000: "mac_roman"}.get(code_page, f"cp{code_page}")
    try:
        "a".encode(name)
    except LookupError:
        return "cp1252"
    return name


class RtfReader(Reader):
    """Reader of RTF: headers, body, footers, then footnotes; pages end at the author's page breaks."""

    format = "rtf"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        text = RtfText(data, limits.max_text_chars)
        pages, notes = pages_of(text.text(), limits)
        embedded = [
            file for number, item in enumerate(text.objects(), 1) for file in rtf_object(item, number)
        ]
        if not any(page.text.strip() for page in pages) and not embedded:
            raise ReadError.because(UnreadReason.EMPTY, _("Tệp RTF không có chữ nào."), self.format)
        if not data.rstrip(b"\0 \t\r\n").endswith(b"}"):
            notes.append(_("Tệp RTF thiếu phần cuối, có thể đã bị cắt cụt; chỉ đọc được phần còn lại."))
        properties = {name: nfc(value) for name, value in text.properties().items()}
        remarks = tuple(text.remarks())
        content = Content(self.format, pages, properties, (*notes, *remarks_note(remarks)))
        content = with_marks(content, typed((*remarks, *text.beside(), *properties.values())))
        return with_objects(content, embedded, limits)
