"""Extract text from OpenDocument XML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dossier.scanner.readers.interface import centred_lines
from dossier.scanner.readers.styles import inherited
from dossier.scanner.readers.tables import table_text

_NS = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_TEXT = "{" + _NS.format("text") + "}"
_TABLE = "{" + _NS.format("table") + "}"
_STYLE = "{" + _NS.format("style") + "}"
_DRAW = "{" + _NS.format("drawing") + "}"
_OFFICE = "{" + _NS.format("office") + "}"
_FO = "{" + _NS.format("xsl-fo-compatible") + "}"

_PARAGRAPHS = frozenset((_TEXT + "p", _TEXT + "h"))
_LEFT_OUT = frozenset(
    {
        _TEXT + name
        for name in (
            "tracked-changes",
            "page-number",
            "page-count",
            "sequence-decls",
            "variable-decls",
            "ruby-text",
        )
    }
    | {_OFFICE + name for name in ("annotation", "annotation-end", "forms")}
    | {_TEXT + "table-of-content-source", _TEXT + "hidden-paragraph"}
)
_MAX_REPEAT = 200  # cap for a repeat count of spaces, which a file may set to a million


class OdfText:
    """Collects the text of elements.

    ``breaks``: names of styles that begin a new page; ``lined``: cell style name → has borders; ``centred``:
    names of the styles of centred paragraphs.
    """

    def __init__(
        self, breaks: frozenset[str], lined: Mapping[str, bool], centred: frozenset[str] = frozenset()
    ) -> None:
        self._breaks = breaks
        self._lined = lined
        self._centred = centred
        self._narrowed = 0  # open table cells and frames: centred there is not centred on the page
        self._out: list[str] = []
        self._notes: list[Any] = []
        self._frames: list[Any] = []
        self._begin = 0  # index of the body's first text: no page break is put before it

    def text(self) -> str:
        """Return the text collected so far, with form feeds at page breaks."""
        return "".join(self._out)

    def body(self, content: Any) -> None:
        """Add the main text of ``content.xml``."""
        self._begin = len(self._out)
        for body in content.iter(_OFFICE + "text"):
            self.blocks(body)

    def page_parts(self, styles: Any, kind: str) -> None:
        """Add the ``header`` or ``footer`` (``kind``) of each page style of ``styles.xml``, equal texts
        once."""
        if styles is None:
            return
        seen = set()
        for master in styles.iter(_STYLE + "master-page"):
            for name in (kind, kind + "-left", kind + "-first"):
                for part in master.iter(_STYLE + name):
                    text = self._apart(part)
                    if text.strip() and text not in seen:
                        seen.add(text)
                        self._out.append(text)

    def notes(self) -> None:
        """Add the footnotes and endnotes referenced by the text so far."""
        while self._notes:
            notes, self._notes = self._notes, []
            for note in notes:
                self.blocks(note)

    def blocks(self, element: Any) -> None:
        """Add the paragraphs and tables in an element, however deeply wrapped."""
        for child in element:
            if child.tag in _PARAGRAPHS:
                self._paragraph(child)
            elif child.tag == _TABLE + "table":
                self._table(child)
            elif child.tag == _DRAW + "frame":
                self._frame(child)
            elif child.tag not in _LEFT_OUT:
                self.blocks(child)

    def _paragraph(self, paragraph: Any) -> None:
        if paragraph.get(_TEXT + "style-name") in self._breaks and len(self._out) > self._begin:
            self._out.append("\f")
        start = len(self._out)
        self._inline(paragraph)
        if not self._narrowed and paragraph.get(_TEXT + "style-name") in self._centred:
            self._out[start:] = [centred_lines("".join(self._out[start:]))]
        self._out.append("\n")
        while self._frames:
            frames, self._frames = self._frames, []
            self._narrowed += 1
            for frame in frames:
                self._frame(frame)
            self._narrowed -= 1

    def _inline(self, element: Any) -> None:
        out = self._out
        _add(out, element.text)
        for child in element:
            name = child.tag
            if name == _TEXT + "s":
                out.append(" " * _count(child.get(_TEXT + "c")))
            elif name == _TEXT + "tab":
                out.append("\t")
            elif name == _TEXT + "line-break":
                out.append("\n")
            elif name == _TEXT + "soft-page-break":
                pass  # an automatic page break, not the author's
            elif name == _TEXT + "note":
                self._notes.extend(child.iter(_TEXT + "note-body"))
            elif name == _DRAW + "frame" or (str(name).startswith(_DRAW) and len(child)):
                self._frames.append(child)
            elif isinstance(name, str) and name not in _LEFT_OUT:
                self._inline(child)
            _add(out, child.tail)

    def _frame(self, frame: Any) -> None:
        if frame.tag == _DRAW + "frame":
            for box in frame.iterchildren(_DRAW + "text-box"):
                self.blocks(box)
        else:
            self.blocks(frame)

    def _table(self, table: Any) -> None:
        rows: list[list[str]] = []
        borders: set[bool] = set()
        for row in table.iter(_TABLE + "table-row"):
            if _table_of(row) is not table:
                continue  # belongs to a nested table, which is read with its cell
            cells = [cell for cell in row if cell.tag == _TABLE + "table-cell"]
            borders.update(self._lined.get(cell.get(_TABLE + "style-name", ""), False) for cell in cells)
            rows.append([self._apart(cell) for cell in cells])
        if rows and len(self._out) > self._begin and table.get(_TABLE + "style-name") in self._breaks:
            self._out.append("\f")
        self._out.append(table_text(rows, lined=True in borders))

    def _apart(self, element: Any) -> str:
        """Return the text of an element, including its frames, without adding it to the output."""
        outer, self._out = self._out, []
        self._narrowed += 1
        self.blocks(element)
        self._narrowed -= 1
        text, self._out = self.text(), outer
        return text.replace("\f", "")


def slides(content: Any) -> Iterator[Any]:
    """The slides of a presentation's ``content.xml``, in order."""
    for body in content.iter(_OFFICE + "presentation"):
        yield from body.iterchildren(_DRAW + "page")


def page_breaks(trees: Iterable[Any]) -> frozenset[str]:
    """Names of the paragraph and table styles that begin a new page."""
    names = set()
    for tree in trees:
        for style in tree.iter(_STYLE + "style"):
            for properties in style:
                if properties.get(_FO + "break-before") == "page":
                    names.add(style.get(_STYLE + "name", ""))
            if style.get(_STYLE + "master-page-name"):
                names.add(style.get(_STYLE + "name", ""))
    return frozenset(names)


def centred_styles(trees: Iterable[Any]) -> frozenset[str]:
    """Names of the styles of centred paragraphs, by their own alignment or that of a style above them."""
    styles: dict[str, tuple[str, str | None]] = {}
    for style in (style for tree in trees for style in tree.iter(_STYLE + "style")):
        if style.get(_STYLE + "family") == "paragraph":
            own = (properties.get(_FO + "text-align") for properties in style)
            aligned = next((found for found in own if found), None)
            styles[style.get(_STYLE + "name", "")] = style.get(_STYLE + "parent-style-name", ""), aligned

    return frozenset(name for name in styles if inherited(styles, name) == "center")


def table_styles(trees: Iterable[Any]) -> dict[str, bool]:
    """Map names of cell styles to whether the style has a border on any side."""
    lined: dict[str, bool] = {}
    for tree in trees:
        for style in tree.iter(_STYLE + "style"):
            if style.get(_STYLE + "family") == "table-cell":
                lined[style.get(_STYLE + "name", "")] = any(
                    str(key).startswith(_FO + "border") and value not in ("none", "hidden", "")
                    for properties in style
                    for key, value in properties.attrib.items()
                )
    return lined


def _table_of(row: Any) -> Any:
    parent = row.getparent()
    while parent is not None and parent.tag != _TABLE + "table":
        parent = parent.getparent()
    return parent


def _add(out: list[str], text: str | None) -> None:
    """Append a text with each run of white space collapsed to one space, as OpenDocument does."""
    if text:
        words = " ".join(text.split())
        lead = " " if text[0].isspace() else ""
        trail = " " if words and text[-1].isspace() else ""
        out.append(lead + words + trail)


def _count(value: str | None) -> int:
    return min(int(value), _MAX_REPEAT) if value and value.isdigit() else 1
