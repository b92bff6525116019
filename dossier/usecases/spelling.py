"""Names that files and folders may be given: such as can be opened on every system, and read as they are."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(
    r'[<>:"/\\|?*]'
)  # Windows refuses them, or takes what follows ":" for a hidden stream
# With any ending these are devices to Windows: what is written there is lost.
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE
)
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")  # controls, marks of direction, signs that show nothing


def is_plain(name: str) -> bool:
    """Whether a file or folder may be called so."""
    return (
        bool(name)
        and name == name.rstrip(". ")
        and not _FORBIDDEN.search(name)
        and not _DEVICE.fullmatch(name)
        and is_seen(name)
    )


def is_seen(text: str) -> bool:
    """Whether all of a line can be seen: nothing in it breaks or turns it, or commands a terminal."""
    return not any(unicodedata.category(char) in _UNSEEN for char in text)
