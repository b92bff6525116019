"""catdoc, which reads .doc files where antiword is missing.

Source of the flags: catdoc(1), version 0.95. It writes paragraphs as lines, the cells of a row with
tabs between them, headers and footnotes last.
"""

from __future__ import annotations

import shutil

from dossier.scanner._exec.program import run

NAME = "catdoc"


def available() -> str | None:
    """Path of the program, or ``None``."""
    return shutil.which(NAME)


def text(program: str, document: bytes, seconds: float) -> str:
    """The document's text, form feeds where its author broke pages.

    The document goes through a pipe. Raises :class:`~dossier.scanner._exec.program.ProgramError`.
    """
    command = [program, "-w", "-d", "utf-8", "-s", "cp1258", "-"]
    return run(command, document, seconds).decode("utf-8", "replace").replace("\r\n", "\n")
