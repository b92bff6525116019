"""Run Ghostscript, which converts PDF to PDF/A-2b.

Source of the options: "Creating a PDF/A document" in its documentation of high-level devices. Content that
PDF/A does not allow (scripts, media) is removed; a file that cannot be converted is an error. It runs without
access to other files (``-dSAFER``), so the colour profile is put beside the document and permitted by name.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from dossier.scanner._exec.program import ProgramError, for_this_system, run

NAME = "ghostscript"
_DEFINITION = """%!
[ /Title () /DOCINFO pdfmark
[/_objdef {icc_PDFA} /type /stream /OBJ pdfmark
[{icc_PDFA} << /N 3 >> /PUT pdfmark
[{icc_PDFA} (PROFILE) (r) file /PUT pdfmark
[/_objdef {OutputIntent_PDFA} /type /dict /OBJ pdfmark
[{OutputIntent_PDFA} << /Type /OutputIntent /S /GTS_PDFA1 /DestOutputProfile {icc_PDFA}
  /OutputConditionIdentifier (sRGB) >> /PUT pdfmark
[{Catalog} << /OutputIntents [ {OutputIntent_PDFA} ] >> /PUT pdfmark
"""


def available() -> str | None:
    """Return the path of the program, or ``None``."""
    return shutil.which("gs") or shutil.which("gswin64c") or shutil.which("gswin32c")


def install_command() -> str:
    """Return the install command for this system."""
    commands = {"Windows": "winget install ArtifexSoftware.GhostScript", "Darwin": "brew install ghostscript"}
    return for_this_system(commands, "sudo apt-get install ghostscript")


def to_pdf_a(program: str, document: bytes, seconds: float) -> bytes:
    """Convert a PDF to PDF/A-2b. Raises :class:`ProgramError`."""
    from PIL import ImageCms

    with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target, profile = folder / "in.pdf", folder / "out.pdf", folder / "srgb.icc"
        definition = folder / "pdfa.ps"
        source.write_bytes(document)
        profile.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
        definition.write_text(_DEFINITION.replace("PROFILE", profile.as_posix()), "ascii")
        command = [
            program, "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dNOOUTERSAVE", "-sDEVICE=pdfwrite",
            "-dPDFA=2", "-dPDFACompatibilityPolicy=1", "-sColorConversionStrategy=RGB",
            "-sProcessColorModel=DeviceRGB", f"--permit-file-read={profile.as_posix()}",
            f"-sOutputFile={target}", str(definition), str(source),
        ]  # fmt: skip
        run(command, b"", seconds)
        try:
            return target.read_bytes()
        except OSError as error:
            raise ProgramError("no output") from error
