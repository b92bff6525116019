"""Run external programs with input and output as bytes, and with a time limit."""

from __future__ import annotations

import contextlib
import os
import platform
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dossier.os_errors import in_words


class ProgramError(Exception):
    """A program failed; the message gives the technical reason in a few words."""


def run(command: Sequence[str], stdin: bytes, seconds: float, **environment: str) -> bytes:
    """Run a program and return its standard output. Raises :class:`ProgramError` on failure or time-out."""
    try:
        done = subprocess.run(
            command, input=stdin, capture_output=True, timeout=seconds, check=False,
            env={**os.environ, "LC_ALL": "C", **environment},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ProgramError(f"> {seconds:.0f} s") from error
    except OSError as error:
        raise ProgramError(in_words(error)) from error
    if done.returncode != 0:
        raise ProgramError(_last_line(done.stderr) or f"exit {done.returncode}")
    return done.stdout


def run_alone(command: Sequence[str], seconds: float, environment: Mapping[str, str]) -> bytes:
    """Run a program that starts child processes, without input and with only the given environment.

    On a time-out the children are killed too. Returns the output and error messages, whatever the exit code.
    Raises :class:`ProgramError` if the program cannot be started or takes too long.
    """
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=dict(environment),
        )  # fmt: skip
    except OSError as error:
        raise ProgramError(in_words(error)) from error
    try:
        return process.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired as error:
        raise ProgramError(f"> {seconds:.0f} s") from error
    finally:
        for pid in [*_started_by(process.pid), process.pid] if process.poll() is None else ():
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()


def _started_by(pid: int) -> Iterator[int]:
    """Yield the ids of all descendants of a process, deepest first; none on systems without ``/proc``."""
    with contextlib.suppress(OSError, ValueError):
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in map(int, children.read_text().split()):
                yield from _started_by(child)
                yield child


def _last_line(output: bytes) -> str:
    """Return the last line of a program's output, at most 200 characters."""
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip()[:200] if lines else ""


def for_this_system(commands: Mapping[str, str], otherwise: str) -> str:
    """Return the command for this system (key: ``platform.system()``), or ``otherwise``."""
    return commands.get(platform.system(), otherwise)
