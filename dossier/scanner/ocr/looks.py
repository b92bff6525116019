"""What a recogniser for hand-writing makes of a piece of a line, looked at several times.

Each look is cut out a little differently, or in another tone: what is read alike every time is nearly always
right, what wavers is not. The rivals of every letter count too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING

from dossier.model import Word

if TYPE_CHECKING:
    from PIL.Image import Image

    from dossier.scanner.ocr.ppocr import Character, Model

    Loader = Callable[[], Model | None]
    Way = tuple[float, float, str]

# How a line is cut out: so much (of its letters' height) higher above and below, turned by so many degrees,
# in what tone (see :func:`_toned`).
FIRST: tuple[Way, ...] = ((0.25, 0.0, ""), (0.4, 0.0, ""), (0.55, 0.0, ""), (0.35, 0.8, ""), (0.35, -0.8, ""))
AGAIN: tuple[Way, ...] = tuple((more, 0.0, tone) for tone in ("dark", "thin") for more in (0.3, 0.45, 0.6))

_AS_DIGITS = str.maketrans("oOlI&S†‡♀千", "0011857777")  # the last four: a seven with a bar through it
_LEANS = re.compile(r"(?<=\d)[/|](?=\d)")  # a stroke between digits is a 1
# Written digits that are taken for one another: a 1 with a long upstroke looks like a 4 or a 7.
_ALIKE = {"1": "47", "4": "1", "7": "1", "8": "3", "3": "8", "0": "6", "6": "0"}
_COLOURED = 30  # of 255: a page whose colours differ by less is grey
_DARKER = 1.6  # times as far from white
_LEAST_WEIGHT = 0.05  # of a value that is thought of at all
_LEAST_SEEN = 0.15  # likeliness of all values that fit together, below which a look saw none of them
_RIVAL = 0.01  # likeliness from which another letter is thought of
_MOST_RIVALS = 24  # readings of one look
_INK = 0.6  # of the paper's brightness: what is darker is ink
_TALL = 0.4  # of the height of a look: lower strokes are dots and dashes
_FEWEST = 8  # letters of a look, by which their pitch is known
_BESIDE = 0.8  # of that pitch: what stands nearer to a letter belongs to it


class LettersSeen(tuple["Character", ...]):
    """The letters that one look read, and where (0–1 of its width) ``strokes`` stand, tall as letters."""

    strokes: Sequence[float] = ()

    def missed(self, begin: int, end: int, read: int) -> bool:
        """Whether more strokes than the ``read`` ones stand between the letters before ``begin`` and behind
        ``end``: a 1 that stands apart is easily passed over."""
        if begin < 1 or end >= len(self) or len(self) < _FEWEST:
            return False
        pitch = (self[-1].at - self[0].at) / (len(self) - 1)
        left, right = self[begin - 1].at + _BESIDE * pitch, self[end].at - _BESIDE * pitch
        return sum(left < stroke < right for stroke in self.strokes) > read


def looks_at(words: Sequence[Word], page: Image, load: Loader, ways: Iterable[Way]) -> list[LettersSeen]:
    """What the recogniser reads where words of one line stand; none without it."""
    model = load()
    if model is None:
        return []
    from dossier.scanner.ocr.ppocr import cut_out
    from dossier.scanner.ocr.regions import Region

    tall = median((word.box.bottom - word.box.top) * page.height for word in words)
    middle = median((word.box.bottom + word.box.top) / 2 * page.height for word in words)
    left, right = words[0].box.left * page.width, words[-1].box.right * page.width
    looks: list[LettersSeen] = []
    for more, turn, tone in ways:
        region = Region((left + right) / 2, middle, right - left + tall, tall * (1 + 2 * more), turn, 1.0)
        piece = cut_out(page, region)
        look = LettersSeen(model.read(_toned(piece, tone)))
        if not tone:
            look.strokes = strokes(piece)
        looks.append(look)
        if not tone and _coloured(piece):  # in its red what a seal covers comes to light
            looks.append(LettersSeen(model.read(piece.getchannel("R"))))
    return looks


def said(look: LettersSeen) -> str:
    """What a look says; one character for each letter."""
    return "".join(letter.text[:1] for letter in look)


def weighed(
    looks: Sequence[tuple[LettersSeen, tuple[int, int]]], fits: Callable[[str], object]
) -> tuple[dict[str, float], int]:
    """What all looks together make of a value: how likely (0–1) each is that fits, and how many saw one.

    ``looks``: each with where in it the value stands. What does not fit is left out of each look's account:
    of a day that may be 45 or 15 only the latter is left.
    """
    weights: dict[str, float] = defaultdict(float)
    saw = 0
    for look, span in looks:
        told = ((_LEANS.sub("1", value), likely) for value, likely in _readings(look, *span))
        readings = [(value, likely) for value, likely in told if fits(value)]
        whole = sum(likely for _value, likely in readings)
        if whole < _LEAST_SEEN:
            continue
        saw += 1
        for value, likely in readings:
            weights[value] += likely / whole
    return {value: weight / saw for value, weight in weights.items() if weight / saw >= _LEAST_WEIGHT}, saw


def digits_of(text: str) -> str:
    """The digits of a text, with letters that stand for digits."""
    return "".join(filter(str.isdecimal, text.translate(_AS_DIGITS)))


def alike_numbers(number: str) -> Iterator[str]:
    """Numbers that look like this one when they are written by hand."""
    for at, digit in enumerate(number):
        for other in _ALIKE.get(digit, ""):
            yield number[:at] + other + number[at + 1 :]
    ones = number.replace("4", "1")
    if ones != number:
        yield ones


def _readings(look: LettersSeen, begin: int, end: int) -> list[tuple[str, float]]:
    """What a part of a look may say, and how likely."""
    readings = [("", 1.0)]
    for letter in look[begin:end]:
        if letter.text.isspace():
            continue
        rivals = [(letter.text, letter.confidence), *letter.others]
        readings = [
            (text + rival.strip().translate(_AS_DIGITS), likely * chance)
            for text, likely in readings
            for rival, chance in rivals
            if likely * chance > _RIVAL
        ]
        readings = sorted(readings, key=lambda reading: -reading[1])[:_MOST_RIVALS]
    return readings


def _toned(piece: Image, tone: str) -> Image:
    """A piece of a page as it is, or its strokes ``dark`` (pale ink comes out) or ``thin`` (blots open)."""
    if not tone:
        return piece
    from PIL import ImageFilter, ImageOps

    grey = piece.convert("L")
    if tone == "thin":
        return grey.filter(ImageFilter.MaxFilter(3))
    darker = [max(0, round(255 - (255 - value) * _DARKER)) for value in range(256)]
    return ImageOps.autocontrast(grey, cutoff=2).point(darker)


def strokes(piece: Image) -> list[float]:
    """Where strokes as tall as letters stand that touch no others, 0–1 of the width."""
    import numpy as np

    grey = np.asarray(piece.convert("L"))
    ink = grey < np.median(grey) * _INK
    rows = np.arange(ink.shape[0])[:, None]
    tall = np.where(ink, rows, -1).max(axis=0) - np.where(ink, rows, ink.shape[0]).min(axis=0)
    edges = np.flatnonzero(np.diff(ink.any(axis=0).astype(np.int8), prepend=0, append=0))
    return [
        float(left + right) / 2 / ink.shape[1]
        for left, right in zip(edges[::2], edges[1::2], strict=True)
        if tall[left:right].max() >= _TALL * ink.shape[0]
    ]


def _coloured(picture: Image) -> bool:
    red, _green, blue = picture.split()
    from PIL import ImageChops

    histogram = ImageChops.difference(red, blue).histogram()
    return sum(histogram[_COLOURED:]) > 0
