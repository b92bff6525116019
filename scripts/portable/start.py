"""What a double click on Dossier runs: which folder, then its page in the browser."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Ask if need be, then hand over to ``dossier serve``."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    from dossier.windows.ask import folder_to_open

    folder = folder_to_open(sys.argv[1:])
    if folder is None:
        return
    from dossier.cli import main as dossier

    os.chdir(folder)
    dossier(["serve", str(folder)])


if __name__ == "__main__":
    main()
