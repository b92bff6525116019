"""Wine 8 has no CopyFile2 and ends the process that calls it: without it Python copies by itself."""

import contextlib
import sys

if sys.platform == "win32":
    import _winapi

    with contextlib.suppress(AttributeError):
        del _winapi.CopyFile2
