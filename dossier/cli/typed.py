"""Command lines that the user is asked to type."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path


def as_typed(command: Sequence[str]) -> str:
    """A command line to be typed by the user: quoted for the Windows interpreter or for the shell."""
    if sys.platform == "win32" or command[0] == "schtasks":
        return " ".join(map(_quoted_for_windows, command))
    import shlex

    return shlex.join(command)


def _quoted_for_windows(part: str) -> str:
    """Quote an argument for the Windows command interpreter, which has more special characters than
    programs."""
    from subprocess import list2cmdline

    quoted = list2cmdline([part])
    if quoted.startswith('"') or re.fullmatch(r"[\w.:/\\*=+-]+", part):
        return quoted
    backslashes = "\\" * (len(quoted) - len(quoted.rstrip("\\")))  # doubled before a quote
    return f'"{quoted}{backslashes}"'


def into(folder: Path) -> tuple[str, ...]:
    """The command that goes to a folder."""
    return ("cd", "/d", str(folder)) if sys.platform == "win32" else ("cd", str(folder))
