"""``dossier`` as a process of its own, with its arguments, streams and exit code, forked from one that has
loaded what commands need: a cold start takes longer than most commands. Where the start itself is looked at,
or libraries are missing, tests start Python."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from multiprocessing import forkserver
from pathlib import Path

_SECONDS = 200.0
_STREAMS = {"stdin": "rb", "stdout": "wb", "stderr": "wb"}  # in the order of their numbers


def dossier(
    *arguments: str | Path, cwd: Path | None = None, keys: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run it and wait for its end; ``keys`` are typed."""
    given = [str(argument) for argument in arguments]
    told = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1", **environment}
    if sys.platform != "linux":
        command = [sys.executable, "-m", "dossier", *given]
        return subprocess.run(
            command, input=keys, capture_output=True, encoding="utf-8", cwd=cwd, env=told, timeout=_SECONDS,
            check=False,
        )  # fmt: skip
    from tests.warm import CONTEXT  # which Windows does not have

    with tempfile.TemporaryDirectory() as streams:
        Path(streams, "stdin").write_text(keys, "utf-8")
        forkserver.ensure_running()
        server = forkserver._forkserver._forkserver_address  # type: ignore[attr-defined]
        process = CONTEXT.Process(target=_run, args=(given, told, str(cwd or Path.cwd()), streams, server))
        process.start()
        process.join(_SECONDS)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(given, _SECONDS)
        said = [Path(streams, name).read_text("utf-8") for name in ("stdout", "stderr")]
    return subprocess.CompletedProcess(given, process.exitcode, *said)


def _run(
    arguments: list[str], environment: Mapping[str, str], folder: str, streams: str, server: str
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, (name, how) in enumerate(_STREAMS.items()):
        with Path(streams, name).open(how) as file:
            os.dup2(file.fileno(), number)
        stream = io.TextIOWrapper(os.fdopen(number, how, closefd=False), "utf-8")
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    # Its workers start from where it did itself.
    forkserver._forkserver._forkserver_address = server  # type: ignore[attr-defined]
    forkserver._forkserver.ensure_running = lambda: None  # type: ignore[attr-defined,method-assign]
    from dossier.cli import main
    from dossier.scanner import sandbox
    from tests.warm import Warm

    sandbox.CONTEXT = Warm
    main(arguments)
