"""Rich Text Format, as Word, WordPad and LibreOffice write it.

Source: Rich Text Format (RTF) Specification 1.9.1, Microsoft. What controls say is followed in
:mod:`rtf_flow`.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dossier.i18n import _
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
_OPEN, _CLOSE = "{{", "}}"  # a group begins and ends; one brace is a brace of the text
_SYMBOLS = {"~": " ", "_": "-"}
_SKIPPED = frozenset(
    """
    colortbl stylesheet pict shprslt nonshppict listtable listoverridetable rsidtbl generator filetbl
    revtbl xmlnstbl themedata datastore bkmkstart bkmkend pn pntxta pntxtb objclass sn
    latentstyles private operator company comment manager
    atnid atnauthor atnref atndate ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn
    """.split()  # noqa: SIM905
)
# These are read though a star says that a program may skip them.
_KEPT = frozenset(("shpinst", "shptxt", "ud", "fldinst", "field", "fldrslt", "listtext", "formfield"))
_HEADERS = frozenset(("header", "headerl", "headerr", "headerf"))
_FOOTERS = frozenset(("footer", "footerl", "footerr", "footerf"))
_MOST_OBJECTS = 200
_MOST_BESIDE = 1000  # pieces
# Word art and what a picture is called (values of a shape), old drawings, forms, properties.
_BESIDE = frozenset(("sv", "dptxbxtext", "ffdeftext", "staticval", "keywords", "category", "doccomm"))
_ALONE = frozenset(("dptxbxtext", "staticval"))  # also where all around them is skipped
_INFO = {"title": "title", "author": "creator", "subject": "subject"}
_PAGE_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))


@dataclass(slots=True)
class _State:
    """What a group inherits from the one around it."""

    to: str = "body"  # where text goes: a flow, "fonts", "fldinst", a property, "" for nowhere
    encoding: str = "cp1252"
    skip: int = 1  # characters that stand for a Unicode one, for old programs (\uc)
    hidden: bool = False
    in_table: bool = False
    boxed: bool = False


class RtfText:
    """Reads the whole of a file when made; ``room`` is the most characters it keeps."""

    def __init__(self, data: bytes, room: int) -> None:
        self._flows = {name: Flow() for name in ("header", "body", "footer", "note")}
        self._said: dict[str, list[str]] = {
            name: [] for name in (*_INFO.values(), "fldinst", "fonts", "remarks", "beside")
        }
        self._objects: list[bytearray] = []  # in hexadecimal
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._default = "cp1252"
        self._state = _State()
        self._stack: list[_State] = []
        self._bytes = bytearray()
        self._skip = 0  # characters still to be skipped after a Unicode one
        self._starred = False
        self._fresh = False  # a group has just begun
        self._room = room
        self._read(data)

    def text(self) -> str:
        """All text, form feeds where pages were broken."""
        return "".join(flow.text() for flow in self._flows.values())

    def properties(self) -> dict[str, str]:
        """Title, creator, subject, as far as the file says them."""
        found = {name: "".join(self._said[name]).strip() for name in _INFO.values()}
        return {name: value for name, value in found.items() if value}

    def remarks(self) -> list[str]:
        """The comments in the margins."""
        return "".join(self._said["remarks"]).split("\n")

    def beside(self) -> list[str]:
        """What is no text of the page: word art, texts for pictures, values of forms and properties, hidden
        and deleted text."""
        return "".join(self._said["beside"]).split("\n")

    def objects(self) -> Iterator[bytes]:
        """The embedded objects as they are; what is no hexadecimal number is left out."""
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
                self._starred = self._fresh  # anywhere else it means nothing
                continue
            elif mark in _SYMBOLS:
                self._say(_SYMBOLS[mark])
            elif mark in ("\n", "\r"):
                self._word("par", None)
            elif len(mark) > 1 or mark.isalpha():
                self._word(mark, number)
            elif mark in "\\{}":
                self._say(mark)
            self._starred = self._fresh = False
        self._flush()

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "u" and number is not None:
            self._say(chr(number & 0xFFFF))
            self._skip = state.skip
        elif word == "uc":
            state.skip = max(number or 0, 0)
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        elif word == "f" or word == "deff":
            self._choose_font(number or 0)
        elif word == "fcharset":
            self._fonts[self._font] = _CHARSETS.get(number or 0, self._default)
        elif word == "ansicpg":
            self._default = state.encoding = _encoding(number or 0)
        elif word in ("v", "deleted"):
            state.hidden = number != 0
            self._said["beside"].append("\n")
        elif word == "plain":
            state.hidden = False
        elif word == "pard":
            state.in_table = False
        elif word in ("intbl", "itap"):
            state.in_table = number != 0
        elif not self._destination(word) and state.to in self._flows and not state.hidden:
            self._flows[state.to].control(word, in_table=state.in_table)

    def _destination(self, word: str) -> bool:
        """Whether the word names where the text of its group goes."""
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
            self._say("\n")
        elif word in _BESIDE and (state.to or word in _ALONE):
            state.to = "beside"
            self._say("\n")
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
            self._said["fldinst"] = []
        elif word == "fldrslt":
            kind = "".join(self._said["fldinst"]).split(maxsplit=1)
            if kind and kind[0].upper() in _PAGE_FIELDS:
                state.to = ""
        elif word == "upr":  # the same twice; the second time, under \ud, in Unicode
            state.to = state.to if state.to.startswith("upr:") else "upr:" + state.to
        elif word == "ud":
            state.to = state.to.removeprefix("upr:")
        elif word in _SKIPPED or (self._starred and word not in _KEPT):
            if len(self._stack) > 1:  # never the whole document
                state.to = ""
        else:
            return False
        return True

    def _begin(self, flow: str) -> None:
        """Text of the group goes to a flow of its own, on a new line."""
        self._state.in_table = False
        if self._state.to:
            self._state.to = flow
            self._flows[flow].fresh_line()

    def _break(self) -> None:
        """What stands in a box of its own is no part of the line around it."""
        if self._state.to in self._flows:
            self._flows[self._state.to].fresh_line()

    def _choose_font(self, number: int) -> None:
        self._font = number
        if self._state.to != "fonts":
            self._state.encoding = self._fonts.get(number, self._default)

    def _add_bytes(self, raw: bytes, *, one: bool = False) -> None:
        """Text in the code page of the font, less what stands for a Unicode character before it."""
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
            self._say(raw.decode(self._state.encoding, "replace"))

    def _say(self, text: str) -> None:
        state = self._state
        if state.hidden and len(self._said["beside"]) < _MOST_BESIDE:
            self._said["beside"].append(text)
        if state.hidden or not state.to:
            return
        self._room -= len(text)
        if state.to in self._flows:
            self._flows[state.to].say(text)
        elif state.to in self._said and len(self._said[state.to]) < 1000:
            self._said[state.to].append(text)


def _tokens(data: bytes) -> Iterator[tuple[str, int | None, bytes]]:
    """Control word or symbol, its number, bytes of text."""
    at = 0
    while found := _TOKEN.search(data, at):
        at = found.end()
        if word := found["word"]:
            number = int(found["number"]) if found["number"] else None
            if word == b"bin":
                at += max(number or 0, 0)
            else:
                yield word.decode("ascii"), number, b""
        elif found["text"] is not None:
            yield "text", None, found["text"]
        elif found["hex"]:
            yield "'", None, bytes.fromhex(found["hex"].decode("ascii"))
        elif brace := found["brace"]:
            yield (_OPEN if brace == b"{" else _CLOSE), None, b""
        elif symbol := found["symbol"]:
            yield symbol.decode("latin-1"), None, b""


def _encoding(code_page: int) -> str:
    name = {65001: "utf-8", 10000: "mac_roman"}.get(code_page, f"cp{code_page}")
    try:
        "a".encode(name)
    except LookupError:
        return "cp1252"
    return name


class RtfReader(Reader):
    """RTF: headers, body, footers, then footnotes; pages where the author broke them."""

    format = "rtf"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        text = RtfText(data, limits.max_text_chars)
        pages, notes = pages_of(text.text(), limits)
        embedded = [
            found for number, one in enumerate(text.objects(), 1) for found in rtf_object(one, number)
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
