"""The body of Dossier.exe, which runs it with the Python beside it."""

import runpy
import sys
from pathlib import Path

runpy.run_path(str(Path(sys.executable).with_name("start.py")), run_name="__main__")
