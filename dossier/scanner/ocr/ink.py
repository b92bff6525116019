"""Red ink and what lies under it: seals and stamps are red, what is printed and written is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_RED = 40  # of 255: red ink has so much more red than green and blue
_FADED = 3  # times: what makes pale ink dark
_LEAST = 400  # points of a page that are red: less is dirt


def without_red(page: Image) -> Image:
    """The page in grey, red ink left out: in the red of a picture it is as white as the paper."""
    return page.getchannel("R") if page.mode == "RGB" else page.convert("L")


def only_red(page: Image) -> Image | None:
    """Nothing but the red ink of a coloured page, dark on white in grey; ``None`` when there is none."""
    from PIL import ImageChops

    if page.mode != "RGB":
        return None
    red, green, blue = page.split()
    ink = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    if sum(ink.histogram()[_RED:]) < _LEAST:
        return None
    return ink.point([255 - min(value * _FADED, 255) if value >= _RED // 2 else 255 for value in range(256)])
