"""Extract the text of WordprocessingML elements in reading order.

Deleted and hidden text is left out. A text box is read once, after the paragraph it is anchored in. A
layout table (two-column head, signatures) is read cell by cell, a data table row by row with tabs between
cells. Source: ECMA-376 part 1, §17 and part 3 (alternate content).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dossier.legacy import Encoding
from dossier.scanner.readers.interface import centred_lines
from dossier.scanner.readers.tables import MOST_HEAD_COLUMNS, MOST_HEAD_ROWS, MOTTO, head_text
from dossier.scanner.readers.text import converted
from dossier.scanner.readers.word_alignment import Alignments
from dossier.scanner.readers.word_fonts import (
    ALTERNATE,
    CHOICE,
    FALLBACK,
    LOCAL,
    MATH_TEXT,
    REL_ID,
    SPACES,
    WRAPPERS,
    Fonts,
    attribute,
    first_child,
    is_on,
)
from dossier.scanner.readers.word_tables import cells_of, is_layout, table_rows
from dossier.vietnamese import fold

_INLINE = WRAPPERS | {"hyperlink", "smartTag", "bdo", "dir"}
_GRAPHICS = frozenset(("drawing", "pict", "object"))
_CAPITALS = frozenset(("caps", "smallCaps"))
_NO_BREAK = frozenset(("continuous", "nextColumn"))
_SOFT_HYPHEN_IS_A_LETTER = (Encoding.TCVN3, Encoding.TCVN3_CAPITALS)  # "ư"
_PAGE_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))


def header_parts(root: Any, linked: Mapping[str, tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Return the names of the header parts and of the footer parts that sections refer to, each once."""
    found: dict[str, dict[str, None]] = {"headerReference": {}, "footerReference": {}}
    if any(kind in ("header", "footer") for kind, _name in linked.values()):
        for space in SPACES:
            for name, parts in found.items():
                for reference in root.iter(f"{{{space}}}{name}"):
                    target = linked.get(reference.get(REL_ID[0]) or reference.get(REL_ID[1]) or "")
                    if target:
                        parts[target[1]] = None
    return list(found["headerReference"]), list(found["footerReference"])


def note_elements(root: Any) -> Iterator[Any]:
    """The footnotes or endnotes of a part, without the separators."""
    for note in root:
        if LOCAL.get(note.tag) in ("footnote", "endnote") and attribute(note, "type", "normal") == "normal":
            yield note


class Extract:
    """Collects text, with ``\\n`` at line ends and ``\\f`` at page breaks.

    ``fonts``: if given, text in legacy fonts is converted, and ``legacy`` contains the encodings found.
    ``imported`` returns the text of an imported part (altChunk) by relationship id. Lines of paragraphs that
    are centred according to ``alignments`` are marked so.
    """

    def __init__(
        self,
        fonts: Fonts | None = None,
        imported: Callable[[str], str] = lambda _link: "",
        alignments: Alignments | None = None,
    ) -> None:
        self.legacy: set[Encoding] = set()
        self._fonts = fonts
        self._alignments = alignments
        self._narrowed = 0  # open table cells and text boxes: centred there is not centred on the page
        self._imported = imported
        self._style = ""  # of the current paragraph
        self._runs: list[tuple[int, Encoding | None]] = []  # its runs: index in _out, encoding
        self._out: list[str] = []
        self._boxes: list[Any] = []
        self._fields: list[str] = []  # instructions of the open fields, outermost first
        self._in_result: list[bool] = []  # for each open field: whether its result has begun
        self._section_breaks: list[bool] = []  # for each section but the first: whether it begins a page

    def text(self) -> str:
        """Return the text collected so far."""
        return "".join(self._out)

    def sections(self, root: Any) -> None:
        """Find the sections that begin a page; call this before :meth:`body`."""
        for space in SPACES:
            for section in root.iter(f"{{{space}}}sectPr"):
                if LOCAL.get(section.getparent().tag) in ("pPr", "body"):
                    kind = first_child(section, "type")
                    self._section_breaks.append(kind is None or attribute(kind, "val") not in _NO_BREAK)
        self._section_breaks = self._section_breaks[1:]

    def body(self, root: Any) -> None:
        """Add the main text of a document."""
        for child in root:
            if LOCAL.get(child.tag) == "body":
                self.blocks(child)

    def blocks(self, element: Any) -> None:
        """Add the paragraphs and tables in an element, including those in wrappers."""
        for child in element:
            name = LOCAL.get(child.tag)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name in WRAPPERS:
                self.blocks(child)
            elif name == "altChunk":
                text = self._imported(child.get(REL_ID[0]) or child.get(REL_ID[1]) or "")
                self._out.append(text.rstrip("\n") + "\n" if text else "")
            elif child.tag == ALTERNATE:
                self.blocks(_chosen(child))

    def _paragraph(self, paragraph: Any) -> None:
        section_ends = centred = False
        if self._fonts:
            self._style = self._fonts.paragraph_style(first_child(paragraph, "pPr"))
        for child in paragraph:
            if LOCAL.get(child.tag) != "pPr":
                break
            for prop in child:
                name = LOCAL.get(prop.tag)
                if name == "pageBreakBefore" and is_on(prop) and self._out:
                    self._out.append("\f")
                elif name == "sectPr":
                    section_ends = True
            if self._alignments and not self._narrowed:
                centred = self._alignments.is_centred(child)
            break
        start = len(self._out)
        self._inline(paragraph)
        self._convert()
        if centred:
            self._out[start:] = [centred_lines("".join(self._out[start:]))]
        self._out.append("\n")
        while self._boxes:
            boxes, self._boxes = self._boxes, []
            self._narrowed += 1
            for box in boxes:
                self.blocks(box)
            self._narrowed -= 1
        if section_ends and self._section_breaks and self._section_breaks.pop(0):
            self._out.append("\f")

    def _inline(self, element: Any) -> None:
        for child in element:
            name = LOCAL.get(child.tag)
            if name == "r":
                if self._fonts:
                    encoding = self._fonts.encoding(first_child(child, "rPr"), self._style)
                    self._runs.append((len(self._out), encoding))
                self._run(child)
            elif name in _INLINE:
                self._inline(child)
            elif name == "fldSimple":
                if _field_kind(attribute(child, "instr")) not in _PAGE_FIELDS:
                    self._inline(child)
            elif name is None and child.tag == ALTERNATE:
                self._inline(_chosen(child))
            elif name is None and child.tag not in LOCAL:
                self._out.extend(t.text for t in child.iter(MATH_TEXT) if t.text)

    def _run(self, run: Any) -> None:
        out, capitals = self._out, False
        for child in run:
            name = LOCAL.get(child.tag)
            if name == "t":
                if child.text and not self._in_page_number():
                    text = child.text.replace("\n", " ")
                    out.append(text.upper() if capitals else text)
            elif name == "rPr":
                for prop in child:
                    kind = LOCAL.get(prop.tag)
                    if kind == "vanish" and is_on(prop):
                        return
                    # Legacy encodings have separate fonts for capitals, so their letters must not change.
                    capitals |= kind in _CAPITALS and is_on(prop) and not (self._runs and self._runs[-1][1])
            elif name == "tab":
                out.append("\t")
            elif name in ("br", "cr"):
                out.append("\f" if attribute(child, "type") == "page" else "\n")
            elif name == "noBreakHyphen":
                out.append("-")
            elif name == "softHyphen":
                if self._runs and self._runs[-1][1] in _SOFT_HYPHEN_IS_A_LETTER:
                    out.append("\xad")
            elif name == "fldChar":
                self._field_mark(attribute(child, "fldCharType"))
            elif name == "instrText":
                if self._fields:
                    self._fields[-1] += child.text or ""
            elif name in _GRAPHICS:
                self._boxes.extend(_boxes(child))
            elif name is None and child.tag == ALTERNATE:
                self._run(_chosen(child))

    def _convert(self) -> None:
        """Convert the runs of the current paragraph to Unicode."""
        runs, self._runs = self._runs, []
        if not any(encoding for _start, encoding in runs):
            return
        ends = [start for start, _encoding in runs[1:]] + [len(self._out)]
        segments = [
            ("".join(self._out[start:end]), encoding)
            for (start, encoding), end in zip(runs, ends, strict=True)
        ]
        text, met = converted(segments)
        self._out[runs[0][0] :] = [text]
        self.legacy |= met

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
        self._narrowed += 1
        self._rows(table, [list(cells_of(row)) for row in table_rows(table)])
        self._narrowed -= 1

    def _rows(self, table: Any, rows: list[list[Any]]) -> None:
        if self._head(rows):
            return
        if is_layout(table, rows):
            for row in rows:
                for cell in row:
                    self.blocks(cell)
            return
        for row in rows:
            self._out.append("\t".join(" ".join(self._apart(cell).split()) for cell in row).rstrip() + "\n")

    def _head(self, rows: list[list[Any]]) -> bool:
        """Add a document's head, its halves side by side, if the table is one; return whether it is."""
        if len(rows) > MOST_HEAD_ROWS or not 2 <= max(map(len, rows), default=0) <= MOST_HEAD_COLUMNS:
            return False
        if not any(
            MOTTO.search(fold("".join(cell.itertext() if len(cell) else ())))
            for row in rows[:3]
            for cell in row
        ):
            return False
        self._out.append(head_text([[self._apart(cell) for cell in row] for row in rows]))
        return True

    def _apart(self, cell: Any) -> str:
        """Return the text of a cell without adding it to the output."""
        outer, self._out = self._out, []
        self.blocks(cell)
        text, self._out = self.text(), outer
        return text


def _field_kind(instruction: str) -> str:
    return instruction.split(maxsplit=1)[0].upper() if instruction.strip() else ""


def _chosen(alternate: Any) -> Any:
    """Return the branch of alternate content to read: the first choice with a text box, or the fallback."""
    empty: tuple[Any, ...] = ()
    fallback: Any = empty
    for branch in alternate:
        if branch.tag == CHOICE and any(True for _box in _boxes(branch)):
            return branch
        if branch.tag == FALLBACK:
            fallback = branch
    if fallback is not empty:
        return fallback
    return next(iter(alternate), empty)


def _boxes(element: Any) -> Iterator[Any]:
    """The outermost text boxes in a drawing, each once."""
    for child in element:
        if LOCAL.get(child.tag) == "txbxContent":
            yield child
        elif child.tag == ALTERNATE:
            yield from _boxes(_chosen(child))
        else:
            yield from _boxes(child)
