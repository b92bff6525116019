"""LibreOffice, which opens old Word files that smaller programs give up on: slow, so asked last.

Source of the flags: soffice --help, version 7.4. It works on files only, so the document and its
conversion lie in a folder of their own that is gone afterwards; its profile lies there too, for two
that share one wait for each other. Macros do not run in a conversion.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from dossier.scanner._exec.program import ProgramError, here, run

NAME = "libreoffice"

_FILTER = "MS Word 97"  # else a damaged file would be shown as the text its bytes spell
_WINDOWS = "LibreOffice/program/soffice.com"
_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"


def available() -> str | None:
    """Path of the program, or ``None``."""
    found = shutil.which("soffice") or shutil.which(NAME)
    usual = (Path(os.environ.get("PROGRAMFILES", "/")) / _WINDOWS, Path(_MAC))
    return found or next((str(path) for path in usual if path.is_file()), None)


def install_command() -> str:
    """How the program is installed on this system."""
    commands = {
        "Windows": "winget install TheDocumentFoundation.LibreOffice",
        "Darwin": "brew install --cask libreoffice",
    }
    return here(commands, "sudo apt-get install libreoffice-writer")


def docx(program: str, document: bytes, seconds: float) -> bytes:
    """The document as .docx. Raises :class:`ProgramError`."""
    with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target = folder / "tep.doc", folder / "tep.docx"
        source.write_bytes(document)
        profile = (folder / "profile").as_uri()
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation={profile}", f"--infilter={_FILTER}",
            "--convert-to", "docx", "--outdir", name, str(source),
        ]  # fmt: skip
        said = run(command, b"", seconds, HOME=name)
        try:
            return target.read_bytes()
        except OSError as error:  # it says why, and ends as if all were well
            raise ProgramError(said.decode("utf-8", "replace").strip()[:200] or "LibreOffice") from error
