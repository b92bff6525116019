"""antiword, the program that reads the .doc files of Word 2 to 2003.

Source of the flags: antiword(1), version 0.37. DocBook is asked for rather than text: in text the
cells of a table are cut to the width of their column.
"""

from __future__ import annotations

import shutil
from typing import Any

from dossier.i18n import _
from dossier.scanner._exec.program import ProgramError, here, run

NAME = "antiword"
TITLE = "antiword"

_PARAGRAPHS = frozenset(("para", "title"))
_UNSAID = frozenset(("bookinfo", "beginpage"))


def available() -> str | None:
    """Path of the program, or ``None``."""
    return shutil.which(NAME)


def cost() -> str:
    """What is not read without it."""
    return _("Bảng trong tệp Word đời cũ (.doc) đọc kém hơn; tệp trước Word 97 chưa đọc được.")


def install_command() -> str:
    """How the program is installed on this system; ``""`` where nobody packages it."""
    return here({"Darwin": "brew install antiword", "Windows": ""}, "sudo apt-get install antiword")


def blocks(program: str, document: bytes, seconds: float) -> list[str | list[list[str]]]:
    """Paragraphs, and tables as rows of cells, in order; lines within them parted by newlines.

    The document goes through a pipe. Raises :class:`ProgramError`.
    """
    output = run([program, "-m", "UTF-8.txt", "-x", "db", "-"], document, seconds, HOME="/nonexistent")
    return parsed(output)


def parsed(output: bytes) -> list[str | list[list[str]]]:
    """The blocks of antiword's DocBook."""
    # It writes what it finds: control characters and tags out of place do occur.
    from lxml import etree  # may not load; whether the program is here must be known all the same

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(output, parser)
    if root is None:
        raise ProgramError("DocBook")
    for title in root.findall("title"):  # from the properties, often of the file it was copied from
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
    paragraph = _tidy("".join(text))
    text.clear()
    if paragraph:
        found.append(paragraph)


def _tidy(text: str) -> str:
    """Lines without the spaces of the DocBook around them."""
    lines = (line.strip(" \t\r") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
