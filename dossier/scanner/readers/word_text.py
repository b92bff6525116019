"""Text of WordprocessingML elements, in the order in which a person reads them.

Deleted and hidden text is left out; a text box is read once, after the paragraph it hangs on; a
layout table (the two-column head, the signatures) is read cell by cell, a table of data row by row
with tabs between the cells. Source: ECMA-376 part 1, §17 and part 3 (alternate content).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # strict
)
_REL_ID = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE, _CHOICE, _FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"
_M_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

# Local name by tag, in both name spaces, for the elements that matter.
_NAMES = (
    *("p", "tbl", "r", "t", "tab", "br", "cr", "noBreakHyphen", "hyperlink", "smartTag", "sdt", "sdtContent"),
    *("ins", "moveTo", "fldSimple", "fldChar", "instrText", "bdo", "dir", "customXml", "drawing", "pict"),
    *(
        "object",
        "txbxContent",
        "pPr",
        "rPr",
        "vanish",
        "pageBreakBefore",
        "sectPr",
        "tr",
        "tc",
        "trPr",
        "tblPr",
    ),
    *("tcPr", "tblBorders", "tcBorders", "tblStyle", "type", "del", "body", "footnote", "endnote"),
)
_LOCAL: dict[Any, str] = {f"{{{space}}}{name}": name for space in _SPACES for name in _NAMES}
_ATTR: dict[str, tuple[str, str]] = {
    name: (f"{{{_SPACES[0]}}}{name}", f"{{{_SPACES[1]}}}{name}")
    for name in ("val", "type", "instr", "fldCharType")
}
_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_INLINE = _WRAPPERS | {"hyperlink", "smartTag", "bdo", "dir"}
_GRAPHICS = frozenset(("drawing", "pict", "object"))
_OFF = frozenset(("0", "false", "off", "none"))
_NO_BREAK = frozenset(("continuous", "nextColumn"))
_PAGE_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))


def _get(element: Any, name: str, default: str = "") -> str:
    loose, strict = _ATTR[name]
    return str(element.get(loose) or element.get(strict) or default)


def _child(element: Any, name: str) -> Any:
    for child in element:
        if _LOCAL.get(child.tag) == name:
            return child
    return None


def _on(element: Any) -> bool:
    """Value of an on/off property that is there."""
    return _get(element, "val") not in _OFF


def header_parts(root: Any, linked: Mapping[str, tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Names of the header and footer parts the sections refer to, in order, each once."""
    found: dict[str, dict[str, None]] = {"headerReference": {}, "footerReference": {}}
    if any(kind in ("header", "footer") for kind, _name in linked.values()):
        for space in _SPACES:
            for name, parts in found.items():
                for reference in root.iter(f"{{{space}}}{name}"):
                    target = linked.get(reference.get(_REL_ID[0]) or reference.get(_REL_ID[1]) or "")
                    if target:
                        parts[target[1]] = None
    return list(found["headerReference"]), list(found["footerReference"])


def note_elements(root: Any) -> Iterator[Any]:
    """The footnotes or endnotes people wrote, not the separators."""
    for note in root:
        if _LOCAL.get(note.tag) in ("footnote", "endnote") and _get(note, "type", "normal") == "normal":
            yield note


class Extract:
    """Collects text, ``\\n`` at line ends, ``\\f`` where a new page starts."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._boxes: list[Any] = []
        self._fields: list[str] = []  # instructions of the fields that are open
        self._in_result: list[bool] = []
        self._section_breaks: list[bool] = []  # for each section but the first: on a new page?

    def text(self) -> str:
        """What was collected so far."""
        return "".join(self._out)

    def sections(self, root: Any) -> None:
        """Look up where sections start; to be called before :meth:`body`."""
        for space in _SPACES:
            for section in root.iter(f"{{{space}}}sectPr"):
                if _LOCAL.get(section.getparent().tag) in ("pPr", "body"):
                    kind = _child(section, "type")
                    self._section_breaks.append(kind is None or _get(kind, "val") not in _NO_BREAK)
        self._section_breaks = self._section_breaks[1:]

    def body(self, root: Any) -> None:
        """The main text."""
        for child in root:
            if _LOCAL.get(child.tag) == "body":
                self.blocks(child)

    def blocks(self, element: Any) -> None:
        """Paragraphs and tables in an element, and in the wrappers around them."""
        for child in element:
            name = _LOCAL.get(child.tag)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name in _WRAPPERS:
                self.blocks(child)
            elif child.tag == _ALTERNATE:
                self.blocks(_chosen(child))

    def _paragraph(self, paragraph: Any) -> None:
        section_ends = False
        for child in paragraph:
            if _LOCAL.get(child.tag) != "pPr":
                break
            for prop in child:
                name = _LOCAL.get(prop.tag)
                if name == "pageBreakBefore" and _on(prop) and self._out:
                    self._out.append("\f")
                elif name == "sectPr":
                    section_ends = True
            break
        self._inline(paragraph)
        self._out.append("\n")
        while self._boxes:
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                self.blocks(box)
        if section_ends and self._section_breaks and self._section_breaks.pop(0):
            self._out.append("\f")

    def _inline(self, element: Any) -> None:
        for child in element:
            name = _LOCAL.get(child.tag)
            if name == "r":
                self._run(child)
            elif name in _INLINE:
                self._inline(child)
            elif name == "fldSimple":
                if _field_kind(_get(child, "instr")) not in _PAGE_FIELDS:
                    self._inline(child)
            elif name is None and child.tag == _ALTERNATE:
                self._inline(_chosen(child))
            elif name is None and child.tag not in _LOCAL:
                self._out.extend(t.text for t in child.iter(_M_TEXT) if t.text)

    def _run(self, run: Any) -> None:
        out = self._out
        for child in run:
            name = _LOCAL.get(child.tag)
            if name == "t":
                if child.text and not self._in_page_number():
                    out.append(child.text.replace("\n", " "))
            elif name == "rPr":
                hidden = _child(child, "vanish")
                if hidden is not None and _on(hidden):
                    return
            elif name == "tab":
                out.append("\t")
            elif name in ("br", "cr"):
                out.append("\f" if _get(child, "type") == "page" else "\n")
            elif name == "noBreakHyphen":
                out.append("-")
            elif name == "fldChar":
                self._field_mark(_get(child, "fldCharType"))
            elif name == "instrText":
                if self._fields:
                    self._fields[-1] += child.text or ""
            elif name in _GRAPHICS:
                self._boxes.extend(_boxes(child))
            elif name is None and child.tag == _ALTERNATE:
                self._run(_chosen(child))

    def _field_mark(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("")
            self._in_result.append(False)
        elif kind == "separate" and self._fields:
            self._in_result[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()
            self._in_result.pop()

    def _in_page_number(self) -> bool:
        if not self._fields:
            return False
        return any(
            result and _field_kind(field) in _PAGE_FIELDS
            for field, result in zip(self._fields, self._in_result, strict=True)
        )

    def _table(self, table: Any) -> None:
        rows = [list(_cells(row)) for row in _rows(table)]
        if _is_layout(table, rows):
            for row in rows:
                for cell in row:
                    self.blocks(cell)
            return
        for row in rows:
            self._out.append("\t".join(" ".join(self._apart(cell).split()) for cell in row).rstrip() + "\n")

    def _apart(self, cell: Any) -> str:
        """Text of a cell by itself."""
        outer, self._out = self._out, []
        self.blocks(cell)
        text, self._out = self.text(), outer
        return text


def _field_kind(instruction: str) -> str:
    return instruction.split(maxsplit=1)[0].upper() if instruction.strip() else ""


def _chosen(alternate: Any) -> Any:
    """Of alternate content the first choice with a text box in it, else the fallback."""
    empty: tuple[Any, ...] = ()
    fallback: Any = empty
    for branch in alternate:
        if branch.tag == _CHOICE and any(True for _box in _boxes(branch)):
            return branch
        if branch.tag == _FALLBACK:
            fallback = branch
    if fallback is not empty:
        return fallback
    return next(iter(alternate), empty)


def _boxes(element: Any) -> Iterator[Any]:
    """Text boxes in a drawing, outermost only, each once."""
    for child in element:
        if _LOCAL.get(child.tag) == "txbxContent":
            yield child
        elif child.tag == _ALTERNATE:
            yield from _boxes(_chosen(child))
        else:
            yield from _boxes(child)


def _rows(element: Any) -> Iterator[Any]:
    for child in element:
        name = _LOCAL.get(child.tag)
        if name == "tr":
            properties = _child(child, "trPr")
            if properties is None or _child(properties, "del") is None:
                yield child
        elif name in _WRAPPERS:
            yield from _rows(child)


def _cells(element: Any) -> Iterator[Any]:
    for child in element:
        name = _LOCAL.get(child.tag)
        if name == "tc":
            yield child
        elif name in _WRAPPERS:
            yield from _cells(child)


def _is_layout(table: Any, rows: list[list[Any]]) -> bool:
    """Whether a table places blocks of text beside each other rather than holding data.

    At most three columns (two and a gap) and three rows; without lines around it, or with cells of
    several paragraphs in at most two rows. A table in a cell makes its table a layout too.
    """
    columns = max(map(len, rows), default=0)
    if columns <= 1:
        return True
    if columns > 3 or len(rows) > 3:
        return False
    if not _has_lines(table, rows):
        return True
    return len(rows) <= 2 and any(_paragraphs(cell) > 1 for row in rows for cell in row)


def _paragraphs(cell: Any) -> int:
    """Number of paragraphs with text; a table within counts as several."""
    count = 0
    for child in cell:
        name = _LOCAL.get(child.tag)
        if name == "tbl":
            count += 2
        elif name == "p" and any(_LOCAL.get(t.tag) == "t" and t.text for t in child.iter()):
            count += 1
    return count


def _has_lines(table: Any, rows: list[list[Any]]) -> bool:
    """Whether lines are drawn around the cells, by the table, its style or its cells."""
    properties = _child(table, "tblPr")
    if properties is not None:
        borders = _child(properties, "tblBorders")
        if borders is not None:
            return any(_on(side) and _get(side, "val") != "nil" for side in borders)
        style = _child(properties, "tblStyle")
        if style is not None and "grid" in _get(style, "val").lower():
            return not _all_cells_bare(rows)
    return any(_cell_lines(cell) for row in rows for cell in row)


def _all_cells_bare(rows: list[list[Any]]) -> bool:
    return all(_cell_lines(cell) is False for row in rows for cell in row)


def _cell_lines(cell: Any) -> bool | None:
    """Lines of one cell; ``None`` when the cell says nothing."""
    properties = _child(cell, "tcPr")
    borders = None if properties is None else _child(properties, "tcBorders")
    if borders is None:
        return None
    return any(_on(side) and _get(side, "val") != "nil" for side in borders)
