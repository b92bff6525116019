"""Imported once, in the process that workers are forked from: see :mod:`tests.warm`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from dossier import checklists
from dossier.model import FileEntry
from dossier.scanner import sandbox_worker
from dossier.scanner.pipeline import Processor, Task
from dossier.scanner.readers.interface import Limits
from dossier.usecases import assess, search
from tests.usecases.archives import FOUNDING

assert sandbox_worker  # what workers run
assert assess
assert search  # what commands run

with tempfile.TemporaryDirectory() as _folder:
    _file = Path(_folder, "a.txt")
    _file.write_text(FOUNDING, "utf-8")
    _status = _file.stat()
    _entry = FileEntry("a.txt", b"a.txt", _status.st_size, _status.st_mtime_ns, _status.st_ino, "mo-hinh/A")
    Processor(os.fsencode(_folder), checklists.load(), Limits())(Task(_entry, "mo-hinh"))
