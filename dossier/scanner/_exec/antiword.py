"""Run antiword, which reads .doc files of Word 2 to 2003.

Source of the options: antiword(1), version 0.37. DocBook output is used, because plain text output truncates
table cells to the width of their column.
"""

from __future__ import annotations

import shutil
from typing import Any

from dossier.i18n import _
from dossier.scanner._exec.program import ProgramError, for_this_system, run

NAME = "antiword"
TITLE = "antiword"

_PARAGRAPHS = frozenset(("para", "title"))
_UNSAID = frozenset(("bookinfo", "beginpage"))


def available() -> str | None:
    """Return the path of the program, or ``None``."""
    return shutil.which(NAME)


def cost() -> str:
    """Return a sentence on what cannot be read without the program."""
    return _("Bảng trong tệp Word đời cũ (.doc) đọc kém hơn; tệp trước Word 97 chưa đọc được.")


def install_command() -> str:
    """Return the install command for this system; ``""`` if there is no package."""
    return for_this_system(
        {"Darwin": "brew install antiword", "Windows": ""}, "sudo apt-get install antiword"
    )


def blocks(program: str, document: bytes, seconds: float) -> list[str | list[list[str]]]:
    """Return paragraphs, and tables as rows of cells, in order; they may contain line feeds.

    The document is passed by a pipe. Raises :class:`ProgramError`.
    """
    output = run([program, "-m", "UTF-8.txt", "-x", "db", "-"], document, seconds, HOME="/nonexistent")
    return parsed(output)


def parsed(output: bytes) -> list[str | list[list[str]]]:
    """Parse antiword's DocBook output into blocks."""
    # The output may contain control characters and misplaced tags.
    from lxml import etree  # imported here, as available() must work even if lxml fails to load

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(output, parser)
    if root is None:
        raise ProgramError("DocBook")
    for title in root.findall("title"):  # from the file properties, often those of an older document
        root.remove(title)
    found: list[str | list[list[str]]] = []
    _walk(root, found, [])
    return found


def _walk(element: Any, found: list[str | list[list[str]]], text: list[str]) -> None:
    """Append the blocks of an element; ``text`` collects what is not in a block of its own."""
    for child in element:
        name = child.tag
        if not isinstance(name, str) or name in _UNSAID:
            pass
        elif name == "informaltable":
            _end(found, text)
            found.append([_row(row) for row in child.iter("row")])
        elif name in _PARAGRAPHS:
            _end(found, text)
            text.append(child.text or "")
            _walk(child, found, text)
            _end(found, text)
        else:
            text.append(child.text or "")
            _walk(child, found, text)
        text.append(child.tail or "")


def _row(row: Any) -> list[str]:
    return [_tidy("".join(cell.itertext())) for cell in row.iter("entry")]


def _end(found: list[str | list[list[str]]], text: list[str]) -> None:
    """Append the collected text as a paragraph, and clear it."""
    paragraph = _tidy("".join(text))
    text.clear()
    if paragraph:
        found.append(paragraph)


def _tidy(text: str) -> str:
    """Remove the indentation and empty lines of the DocBook."""
    lines = (line.strip(" \t\r") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
