"""Remove the lines of ruled and squared paper from a scanned page, which OCR takes for strokes of letters."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

_STRIPS = 16  # across the page; a rule is dark in all of them
_EDGES = ((0, 1), (_STRIPS - 1, _STRIPS - 2))  # strips of the margins, where no text hides the rule
_PALER = 40  # of 255; ink is at least so much darker than a pale rule
_MISSING = 1  # strips that may lack it: a finger, an edge; a table leaves both edges white
_SLACK, _AROUND = 600, 150  # parts of the height: by how much a rule may slope; how far paper is looked for
_DARKER = 10  # of 255; least difference of a rule, on the mean of a strip, from the paper above and below
_FEWEST = 6  # rules of a page; fewer belong to a table or a head
_UNEVEN, _MOST_EVEN = 0.12, 0.8  # of the usual gap; least share of the gaps that are even
_THICKEST = 250  # part of the height; thicker ones are bars


def unruled(page: Image) -> Image:
    """Return the page without the lines of its paper; the same object if it has none.

    Text and tables leave the margins white, so that only what runs from edge to edge is removed.
    """
    from PIL.Image import Transpose

    level = _without_rules(page)
    if level is page:
        return page
    turned = level.transpose(Transpose.TRANSPOSE)
    upright = _without_rules(turned)
    return level if upright is turned else upright.transpose(Transpose.TRANSPOSE)


def _without_rules(page: Image) -> Image:
    """Return the page without horizontal rules; the same object if it has too few."""
    from PIL import Image as Pictures
    from PIL import ImageChops

    strips = page.convert("L").resize((_STRIPS, page.height), Pictures.Resampling.BOX)
    slack, dark = page.height // _SLACK + 1, _dark(strips)
    found = _rules(dark, slack, page.height // _THICKEST + 2 * slack)
    if len(found) < _FEWEST or not _is_even([(first + last) / 2 for first, last in found]):
        return page
    shades = strips.tobytes()
    mask, level, thickest = bytearray(_STRIPS * page.height), 255, 1
    for first, last in found:
        near = range(max(first - slack, 0), min(last + slack + 1, page.height))
        ends = [
            _narrowest([[at for at in near if dark[at] >> strip & 1] for strip in side]) for side in _EDGES
        ]
        if not all(ends):
            continue
        left, right = (sum(its) / len(its) for its in ends)
        thick = max(map(len, ends))
        thickest = max(thickest, thick)
        level = min(
            level,
            *(shades[_STRIPS * at + side[0]] for its, side in zip(ends, _EDGES, strict=True) for at in its),
        )
        for strip in range(_STRIPS):
            middle = left + (right - left) * strip / (_STRIPS - 1)
            for at in range(
                max(round(middle - thick / 2) - 1, 0), min(round(middle + thick / 2) + 2, page.height)
            ):
                mask[_STRIPS * at + strip] = 255
    where = Pictures.frombytes("L", strips.size, bytes(mask)).resize(page.size, Pictures.Resampling.NEAREST)
    # Ink is darker than pale rules. A letter that crosses a black one is dark on both sides of it.
    pale = page.convert("L").point([255 * (value > level - _PALER) for value in range(256)])
    beyond = thickest // 2 + 3
    instead = ImageChops.lighter(ImageChops.offset(page, 0, beyond), ImageChops.offset(page, 0, -beyond))
    return Pictures.composite(instead, page, ImageChops.multiply(where, pale))


def _is_even(middles: Sequence[float]) -> bool:
    """Whether rules are evenly spaced, though some were not found; the rows of a table are not."""
    gaps = [below - above for above, below in pairwise(middles)]
    usual = median(gaps)
    even = sum(gap > usual / 2 and abs(gap / usual - round(gap / usual)) < _UNEVEN for gap in gaps)
    return even >= _MOST_EVEN * len(gaps)


def _narrowest(strips: Sequence[list[int]]) -> list[int]:
    """Return the fewest dark rows of a strip that has any: those of the rule alone."""
    return min(filter(None, strips), key=len, default=[])


def _dark(strips: Image) -> list[int]:
    """Return for each row as bits which strips are darker than the paper above and below."""
    from PIL import ImageChops

    step = strips.height // _AROUND + 2
    sides = []
    for sign in (-1, 1):
        near = [ImageChops.offset(strips, 0, sign * step * times) for times in (1, 2, 3)]
        sides.append(ImageChops.lighter(ImageChops.lighter(near[0], near[1]), near[2]))
    contrast = ImageChops.subtract(ImageChops.darker(*sides), strips).tobytes()
    return [
        sum(1 << strip for strip in range(_STRIPS) if contrast[start + strip] >= _DARKER)
        for start in range(0, len(contrast), _STRIPS)
    ]


def _rules(dark: Sequence[int], slack: int, thickest: int) -> list[tuple[int, int]]:
    """Return first and last row of each rule: nearly all strips are dark within ``slack`` rows."""
    found: list[tuple[int, int]] = []
    for at, bits in enumerate(dark):
        if not bits:
            continue
        near = 0
        for other in dark[max(at - slack, 0) : at + slack + 1]:
            near |= other
        if near.bit_count() < _STRIPS - _MISSING:
            continue
        if found and at - found[-1][1] <= slack:
            found[-1] = found[-1][0], at
        else:
            found.append((at, at))
    return [(first, last) for first, last in found if last - first <= thickest]
