"""bsdtar, the program of libarchive, which unpacks .rar and .7z.

Source of the flags: bsdtar(1): ``@archive`` puts the entries of another archive into the one that
is written. Written as pax to a pipe, the files come one after the other, and nothing unpacked
ever touches the disk.
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
from dossier.scanner._exec.program import ProgramError, here

NAME = "bsdtar"
TITLE = "bsdtar"


def available() -> str | None:
    """Path of the program, or ``None``. Windows has it under the name of tar, where another tar may come
    first on the way that programs are looked for."""
    if os.name == "nt":
        own = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "tar.exe")
        return str(own) if own.is_file() else shutil.which(NAME)
    return shutil.which(NAME)


def cost() -> str:
    """What is not read without it."""
    return _("Tệp nén .rar và .7z chưa mở được; hoặc giải nén vào hồ sơ.")


def install_command() -> str:
    """How the program is installed on this system; ``""`` on Windows, which has had it since version 1803."""
    return here({"Darwin": "brew install libarchive", "Windows": ""}, "sudo apt-get install libarchive-tools")


def files(program: str, archive: bytes, max_bytes: int) -> Iterator[tuple[str, bytes | None]]:
    """Name and content of each file, in order; no content when it is larger than ``max_bytes``.

    Raises :class:`ProgramError` where the archive is damaged or locked, be it after some files.
    """
    with tempfile.TemporaryFile() as packed, tempfile.TemporaryFile() as said:
        packed.write(archive)
        packed.seek(0)
        command = [program, "-c", "-f", "-", "--format", "pax", "@-"]
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        try:
            process = subprocess.Popen(
                command, stdin=packed, stdout=subprocess.PIPE, stderr=said, env=environment
            )
        except OSError as error:
            raise ProgramError(in_words(error)) from error
        try:
            yield from _members(process, max_bytes)
            if process.wait(timeout=20) != 0:
                said.seek(0)
                message = " ".join(said.read().decode("utf-8", "replace").split())
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
                stream.members.clear()  # type: ignore[attr-defined]  # it would keep every entry seen
    except tarfile.ReadError:
        pass  # the stream ends early when the program gave up; its exit says why
