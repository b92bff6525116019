"""Assemble a flow of RTF text (body, header, footer or notes): paragraphs, page breaks, tables."""

from __future__ import annotations

from dossier.scanner.readers.interface import centred_lines
from dossier.scanner.readers.tables import table_text

_BORDERS = frozenset(("clbrdrt", "clbrdrl", "clbrdrb", "clbrdrr", "trbrdrt", "trbrdrh", "trbrdrv"))
_LINES = frozenset(("brdrs", "brdrth", "brdrdb", "brdrdot", "brdrdash", "brdrhair", "brdrtriple"))


class Flow:
    """Builds lines, with form feeds at page breaks, from text and layout control words."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._line: list[str] = []
        self._cell: list[str] = []  # paragraphs of the current cell
        self._row: list[str] = []
        self._rows: list[list[str]] = []
        self._lined = False
        self._border = False  # a border of a cell or row is being described
        self._breaks = True  # whether the next section begins on a new page

    def say(self, text: str) -> None:
        """Add text to the current paragraph."""
        self._line.append(text)

    def control(self, word: str, *, in_table: bool, centred: bool = False) -> None:
        """Apply a control word, of the current paragraph; others than layout words are ignored."""
        if word == "par":
            self._end_paragraph(in_table=in_table, centred=centred)
        elif word in ("line", "nestrow"):
            self._line.append("\n")
        elif word == "nestcell":
            self._line.append("\t")
        elif word == "cell":
            self._cell.append(self._take())
            self._row.append("\n".join(self._cell))
            self._cell = []
        elif word == "row":
            self._rows.append(self._row)
            self._row = []
        elif word in ("page", "pagebb"):
            self._break()
        elif word == "sect":
            self._end_paragraph(in_table=False)
            if self._breaks:
                self._out.append("\f")
        elif word == "sectd":
            self._breaks = True
        elif word in ("sbknone", "sbkcol"):
            # These words follow the break of the section that they describe.
            self._breaks = False
            if self._out and self._out[-1] == "\f" and not self._line:
                self._out[-1] = ""
        elif word in _BORDERS:
            self._border = True
        elif self._border:
            self._lined = self._lined or word in _LINES
            self._border = word == "brdrcf"

    def fresh_line(self) -> None:
        """End the current paragraph unless it is empty."""
        if self._line:
            self._end_paragraph(in_table=False)

    def text(self) -> str:
        """End the current paragraph and table, and return all text so far."""
        if self._line or self._cell or self._row or self._rows:
            self._end_paragraph(in_table=False)
        return "".join(self._out)

    def _take(self) -> str:
        line, self._line = "".join(self._line), []
        if any("\ud800" <= char <= "\udfff" for char in line):  # two control words, one per surrogate
            line = line.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return line

    def _end_paragraph(self, *, in_table: bool, centred: bool = False) -> None:
        if in_table:
            self._cell.append(self._take())
            return
        self._end_table()
        self._out.append((centred_lines(self._take()) if centred else self._take()) + "\n")

    def _end_table(self) -> None:
        if self._row:  # a row without an end
            self._rows.append(self._row)
        for paragraph in self._cell:  # paragraphs marked as in a table, without a cell end
            self._rows.append([paragraph])
        if self._rows:
            self._out.append(table_text(self._rows, lined=self._lined))
        self._cell, self._row, self._rows, self._lined = [], [], [], False

    def _break(self) -> None:
        if self._row or self._cell:
            return  # a page break inside a table does not separate documents
        if self._line:
            self._end_paragraph(in_table=False)
        elif self._rows:
            self._end_table()
        if self._out:
            self._out.append("\f")
