"""Properties that styles of paragraphs inherit from the styles that they are based on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

MAX_DEPTH = 16  # of styles based on each other; also ends cycles

Key = TypeVar("Key")
Value = TypeVar("Value")


def inherited(styles: Mapping[Key, tuple[Key, Value | None]], style: Key) -> Value | None:
    """Return a style's own value, or else that of the nearest style above it that has one; ``None`` if none
    has. ``styles``: the style that each is based on, and its own value."""
    for _depth in range(MAX_DEPTH):
        if style not in styles:
            break
        style, own = styles[style]
        if own is not None:
            return own
    return None
