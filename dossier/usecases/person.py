"""Who is at the keyboard, as the operating system knows them."""

from __future__ import annotations

import getpass
import os
import platform

from dossier.vietnamese import slug


def person() -> str:
    """The name of the user; of one without a name (in a container, say) the number."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return str(os.getuid()) if hasattr(os, "getuid") else "?"


def here() -> str:
    """A name for files of this user on this computer: many share an archive, and names repeat."""
    return slug(f"{person()} {platform.node()}") or "x"
