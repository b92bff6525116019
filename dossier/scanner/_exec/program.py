"""Running a program: bytes in, bytes out, within a time, nothing left on disk."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence


class ProgramError(Exception):
    """A program did not give a result; the message says why in a few technical words, for a note."""


def run(command: Sequence[str], stdin: bytes, seconds: float, **environment: str) -> bytes:
    """What the program writes. Raises :class:`ProgramError` when it fails or takes too long."""
    try:
        done = subprocess.run(
            command, input=stdin, capture_output=True, timeout=seconds, check=False,
            env={**os.environ, "LC_ALL": "C", **environment},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ProgramError(f"> {seconds:.0f} s") from error
    except OSError as error:
        raise ProgramError(error.strerror or str(error)) from error
    if done.returncode != 0:
        raise ProgramError(_last_line(done.stderr) or f"exit {done.returncode}")
    return done.stdout


def _last_line(output: bytes) -> str:
    """The last thing a program said, at most 200 characters."""
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip()[:200] if lines else ""


def here(commands: Mapping[str, str], otherwise: str) -> str:
    """Of the commands by system (``platform.system()``) the one for this system."""
    return commands.get(platform.system(), otherwise)
