"""Run bsdtar (libarchive), which unpacks .rar and .7z.

Source of the options: bsdtar(1): ``@archive`` copies the entries of another archive to the one written. The
output is a pax archive on a pipe, read file by file, so unpacked files are never stored on disk.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.scanner._exec.program import ProgramError, for_this_system

NAME = "bsdtar"
TITLE = "bsdtar"


def available() -> str | None:
    """Return the path of the program, or ``None``.

    On Windows it is System32\\tar.exe, given by its path because another tar may be first in PATH.
    """
    if os.name == "nt":
        own = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "tar.exe")
        return str(own) if own.is_file() else shutil.which(NAME)
    return shutil.which(NAME)


def cost() -> str:
    """Return a sentence on what cannot be read without the program."""
    return _("Tệp nén .rar và .7z chưa mở được; hoặc giải nén vào hồ sơ.")


def install_command() -> str:
    """Return the install command for this system; ``""`` on Windows, which includes it since version 1803."""
    return for_this_system(
        {"Darwin": "brew install libarchive", "Windows": ""}, "sudo apt-get install libarchive-tools"
    )


def files(program: str, archive: bytes, max_bytes: int) -> Iterator[tuple[str, bytes | None]]:
    """Yield name and content of each file, in order; ``None`` for content larger than ``max_bytes``.

    Raises :class:`ProgramError` if the archive is damaged or encrypted, possibly after some files.
    """
    with tempfile.TemporaryFile() as packed, tempfile.TemporaryFile() as errors:
        packed.write(archive)
        packed.seek(0)
        command = [program, "-c", "-f", "-", "--format", "pax", "@-"]
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        try:
            process = subprocess.Popen(
                command, stdin=packed, stdout=subprocess.PIPE, stderr=errors, env=environment
            )
        except OSError as error:
            raise ProgramError(in_words(error)) from error
        try:
            yield from _members(process, max_bytes)
            if process.wait(timeout=20) != 0:
                errors.seek(0)
                message = " ".join(errors.read().decode("utf-8", "replace").split())
                raise ProgramError(message[:200] or f"exit {process.returncode}")
        except subprocess.TimeoutExpired as error:
            raise ProgramError("> 20 s") from error
        finally:
            with contextlib.suppress(OSError):
                process.kill()
            process.wait()


def _members(process: subprocess.Popen[bytes], max_bytes: int) -> Iterator[tuple[str, bytes | None]]:
    try:
        with tarfile.open(fileobj=process.stdout, mode="r|") as stream:
            for member in stream:
                if member.isfile():
                    taken = stream.extractfile(member) if member.size <= max_bytes else None
                    yield member.name, taken.read() if taken else None
                stream.members.clear()  # type: ignore[attr-defined]  # otherwise all entries stay in memory
    except tarfile.ReadError:
        pass  # the stream ends early if the program failed; its exit code and messages tell why
