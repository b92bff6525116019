"""What a double click on Dossier runs: which folder, then its page in the browser."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


def main() -> None:
    """Ask if need be, then hand over to ``dossier serve``; or run the command that was typed."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    here = Path(__file__).parent
    home = os.environ.get("LOCALAPPDATA")
    if home and not _may_write(here):  # else every start would compile everything anew
        sys.pycache_prefix = str(Path(home, "dossier", "pycache"))
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix  # for the processes that read files
    from dossier.archive import find_root
    from dossier.cli import main as dossier
    from dossier.windows.ask import dropped_on_script, folder_to_open, wait_for_reader

    arguments = sys.argv[1:]
    by_script = arguments == ["--by-script"]  # which waits itself
    if by_script:
        line, typed = (os.environ.get(name, "") for name in ("DOSSIER_LINE", "DOSSIER_TYPED"))
        arguments = dropped_on_script(line, typed, "Dossier.cmd")
    # Whole paths are dropped; the rest is typed: in this folder "dossier" is Dossier.exe.
    if arguments and not Path(arguments[0]).is_absolute():
        dossier(arguments)
    folder = folder_to_open(arguments, find_root)
    if folder is None:
        return
    with suppress(OSError):  # no current folder has a path of more than 260 characters
        os.chdir(folder)
    try:
        dossier(["serve", str(folder)])
    except SystemExit as end:
        if end.code and not by_script:
            wait_for_reader()
        raise


def _may_write(folder: Path) -> bool:
    from dossier.windows.files import may_write

    return may_write(folder)


if __name__ == "__main__":
    main()
