"""Run LibreOffice, the last resort for documents that no other reader can open, because it is slow.

Source of the options: soffice --help, version 7.4; of the settings: its registry (officecfg). It works only
on files, so the document and its conversion are put in a temporary folder; so is its profile, because two
processes with the same profile block each other. Nothing in a document is run or fetched: no macros, no
links, no active content.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dossier.i18n import _
from dossier.scanner._exec import fontconfig
from dossier.scanner._exec.program import ProgramError, for_this_system, run_alone

NAME = "libreoffice"
TITLE = "LibreOffice"

_WINDOWS = "LibreOffice/program/soffice.com"
_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "DisableOLEAutomation", "true"),
    ("Writer/Content/Update", "Link", "0"),  # never
    ("Calc/Content/Update", "Link", "1"),  # never
    ("Common/Load", "UpdateDocMode", "0"),  # never
    ("WebWriter/Content/Update", "Link", "0"),
)
_REGISTRY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>\n'
)
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_FONTS = (
    '<item oor:path="/org.openoffice.Office.Common/Font/Substitution">'
    '<prop oor:name="Replacement" oor:op="fuse"><value>true</value></prop></item>'
    '<item oor:path="/org.openoffice.Office.Common/Font/Substitution/FontPairs">'
    f'<node oor:name="_0" oor:op="replace"><prop oor:name="ReplaceFont"><value>{fontconfig.WANTED}</value>'
    '</prop><prop oor:name="SubstituteFont"><value>{font}</value></prop>'
    '<prop oor:name="Always"><value>true</value></prop>'
    '<prop oor:name="OnScreenOnly"><value>false</value></prop></node></item>'
)
# The only environment variables passed to it, needed for starting.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "PROGRAMFILES", "TMPDIR", "TEMP", "TMP")


@dataclass(frozen=True, slots=True)
class Conversion:
    """A conversion between two formats.

    ``filter``: import filter; without it, a damaged file would be opened as plain text. ``part``: component
    of LibreOffice that is needed, a package of its own in Debian.
    """

    source: str  # file name extensions
    target: str
    filter: str
    part: str
    library: str  # file name of the component's library on Linux

    @property
    def name(self) -> str:
        """The name of the missing component, if the conversion is not available."""
        return f"{NAME}-{self.part}"


OLD_WORD = Conversion("doc", "docx", "MS Word 97", "writer", "libswlo.so")
OLD_SLIDES = Conversion("ppt", "pptx", "MS PowerPoint 97", "impress", "libsdlo.so")
OLD_SHEETS = Conversion("xls", "xlsx", "MS Excel 97", "calc", "libsclo.so")
BINARY_SHEETS = Conversion("xlsb", "xlsx", "Calc MS Excel 2007 Binary", "calc", "libsclo.so")
TO_PDF = Conversion("docx", "pdf", "", "writer", "libswlo.so")
# PDF/A-2b: fonts and colour profiles are embedded, for long-term preservation.
_PDF_A = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"}}'
)
CONVERSIONS = (OLD_WORD, OLD_SLIDES, OLD_SHEETS, BINARY_SHEETS)


def available() -> str | None:
    """Return the path of the program, or ``None``."""
    found = shutil.which("soffice") or shutil.which(NAME)
    usual = (Path(os.environ.get("PROGRAMFILES", "/")) / _WINDOWS, Path(_MAC))
    return found or next((str(path) for path in usual if path.is_file()), None)


def converter(how: Conversion) -> str | None:
    """Return the path of the program if it can do the conversion, or ``None``."""
    program = available()
    if program is None or not sys.platform.startswith("linux"):
        return program
    folder = (
        Path(program).resolve().parent
    )  # a wrapper of snap or flatpak has no component libraries beside it
    return program if (folder / how.library).exists() or not (folder / "soffice.bin").exists() else None


def cost() -> str:
    """Return a sentence on what cannot be read without the program."""
    return _("Tệp .ppt, .xlsb và tệp .doc, .xls hỏng hoặc lạ chưa đọc được.")


def install_command(how: Conversion | None = None) -> str:
    """Return the install command for this system: of what one conversion needs, or of all."""
    parts = [how.part] if how else dict.fromkeys(each.part for each in CONVERSIONS)
    commands = {
        "Windows": "winget install TheDocumentFoundation.LibreOffice",
        "Darwin": "brew install --cask libreoffice",
    }
    wanted = " ".join(f"libreoffice-{part}" for part in parts)
    return for_this_system(commands, f"sudo apt-get install {wanted}")


def converted(program: str, document: bytes, how: Conversion, seconds: float) -> bytes:
    """Convert a document. Raises :class:`ProgramError`."""
    with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target = folder / f"tep.{how.source}", folder / f"tep.{how.target}"
        source.write_bytes(document)
        arguments = [f"--infilter={how.filter}", "--convert-to", how.target, "--outdir", name, str(source)]
        output = _run(program, folder, arguments, seconds)
        try:
            return target.read_bytes()
        except OSError as error:  # on failure it prints a message, but its exit code is 0
            raise ProgramError(output.decode("utf-8", "replace").strip()[:200] or "LibreOffice") from error


def _run(program: str, folder: Path, arguments: Sequence[str], seconds: float) -> bytes:
    """Run the program with a new profile in the folder; return its output. Raises :class:`ProgramError`."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(settings(), "utf-8")
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}", *arguments]
    kept = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
    return run_alone(command, seconds, {**kept, "LC_ALL": "C.UTF-8", "HOME": str(folder)})


def settings() -> str:
    """Return the registry file of a profile in which documents cannot run or fetch anything."""
    items = (_ITEM.format(path=path, name=key, value=value) for path, key, value in _SETTINGS)
    font = fontconfig.substitute()
    return _REGISTRY.format(items="".join((*items, _FONTS.format(font=font) if font else "")))


def to_pdf(program: str, documents: Sequence[tuple[str, bytes]], seconds: float) -> list[bytes | None]:
    """Convert documents (file name extension, content) to PDF/A-2b in one run of the program.

    The result is ``None`` for a document it cannot open. Raises :class:`ProgramError` if it converts none.
    """
    with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        sources = []
        for number, (extension, content) in enumerate(documents):
            source = folder / f"{number}.{extension}"
            source.write_bytes(content)
            sources.append(str(source))
        output = _run(program, folder, ["--convert-to", _PDF_A, "--outdir", name, *sources], seconds)
        made = [
            target.read_bytes() if (target := folder / f"{number}.pdf").is_file() else None
            for number in range(len(documents))
        ]
        if documents and not any(made):
            raise ProgramError(output.decode("utf-8", "replace").strip()[:200] or "LibreOffice")
        return made
