"""Recognise handwriting in a part of a line by several passes (looks) that vote.

Each look has a slightly different cut-out or tone. Text that all looks read alike is nearly always right;
text that differs is not. The alternatives of every letter also count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from dossier.model import Word
from dossier.scanner.ocr.dots import without_dots
from dossier.scanner.ocr.overwritten import overwritten

if TYPE_CHECKING:
    from PIL.Image import Image

    from dossier.scanner.ocr.ppocr import Character, Model

    Loader = Callable[[], Model | None]
    Way = tuple[float, float, str]

# How a line is cut out: margin above and below (as a multiple of the letters' height), rotation in degrees,
# and tone (see :func:`_toned`).
FIRST: tuple[Way, ...] = ((0.25, 0.0, ""), (0.4, 0.0, ""), (0.55, 0.0, ""), (0.35, 0.8, ""), (0.35, -0.8, ""))
AGAIN: tuple[Way, ...] = tuple((more, 0.0, tone) for tone in ("dark", "thin") for more in (0.3, 0.45, 0.6))

# Letters and signs that OCR reads for digits; four of them are a 7 with a bar, two a pair of ones.
_AS_DIGITS = str.maketrans(dict(zip("oOlI&S†‡♀千", "0011857777", strict=True)) | dict.fromkeys("∥‖", "11"))
_LEANS = re.compile(r"(?:^|(?<=\d))[/|](?=\d)")  # a stroke between digits, or before them, is a 1
_DOTS = re.compile(r"[.,·・…]+")
# Handwritten digits that are confused: a 1 with a long upstroke looks like a 4 or a 7.
_ALIKE = {"1": "47", "4": "1", "7": "1", "8": "3", "3": "8", "0": "6", "6": "0"}
_COLOURED = 30  # of 255: smaller differences between channels mean a grey page
_DARKER = 1.6  # factor of the distance from white
_LEAST_WEIGHT = 0.05  # weight below which a value is dropped
_LEAST_SEEN = 0.15  # total probability of the valid values, below which the look does not count
_RIVAL = 0.01  # probability below which an alternative is ignored
_MOST_RIVALS = 24  # readings of one look
_INK = 0.6  # of the paper's brightness: darker pixels are ink
_BEYOND = 0.6  # of the distance of digits: by how much a stroke that strikes them out is longer
_MIDDLE = (0.35, 0.65)  # of the height of a look: where digits are struck out
_TALL = 0.4  # of the height of a look: lower strokes are dots and dashes
_FEWEST = 8  # letters of a look needed to compute their pitch
_BESIDE = 0.8  # of that pitch: a nearer stroke belongs to the letter


class LettersSeen(tuple["Character", ...]):
    """The letters read by one look; ``strokes``: positions (0–1 of the width) of strokes as tall as
    letters; ``bars``: ends of horizontal strokes at half the height, as positions too; ``twice``: indexes of
    digits that were written over others."""

    strokes: Sequence[float] = ()
    bars: Sequence[tuple[float, float]] = ()
    twice: frozenset[int] = frozenset()

    def is_struck(self, begin: int, end: int) -> bool:
        """Whether one horizontal stroke runs through all letters from ``begin`` to ``end`` and beyond both
        ends; joined bars of 4 and 7 end within."""
        if end - begin < 2:
            return False
        first, last = self[begin].at, self[end - 1].at
        beyond = _BEYOND * (last - first) / (end - begin - 1)
        return any(left <= first - beyond and last + beyond <= right for left, right in self.bars)

    def missed(self, begin: int, end: int, read: int) -> bool:
        """Whether there are more strokes than the ``read`` digits between the letters before ``begin`` and
        from ``end`` on: OCR often misses a detached 1."""
        if begin < 1 or end >= len(self) or len(self) < _FEWEST:
            return False
        pitch = (self[-1].at - self[0].at) / (len(self) - 1)
        left, right = self[begin - 1].at + _BESIDE * pitch, self[end].at - _BESIDE * pitch
        return sum(left < stroke < right for stroke in self.strokes) > read


def looks_at(words: Sequence[Word], page: Image, load: Loader, ways: Iterable[Way]) -> list[LettersSeen]:
    """Read the area of the words of one line in the given ways; empty if the recogniser is not installed."""
    model = load()
    if model is None:
        return []
    looks: list[LettersSeen] = []
    for tone, cut, tall in pieces(words, page, ways):
        piece = without_dots(cut, tall)
        look = LettersSeen(model.read(_toned(piece, tone)))
        if not tone:
            look.strokes, look.bars = strokes(piece), bars(piece)
            look.twice = overwritten(look, _ink(piece))
        looks.append(look)
        if not tone and _coloured(piece):  # the red channel shows text covered by a seal
            looks.append(LettersSeen(model.read(piece.getchannel("R"))))
    return looks


def pieces(words: Sequence[Word], page: Image, ways: Iterable[Way]) -> Iterator[tuple[str, Image, float]]:
    """Cut the area of the words of one line out in the given ways; yield the tone that each asks for, the
    piece, and the height of a word in pixels."""
    from dossier.scanner.ocr.ppocr import cut_out
    from dossier.scanner.ocr.regions import Region

    tall = median((word.box.bottom - word.box.top) * page.height for word in words)
    middle = median((word.box.bottom + word.box.top) / 2 * page.height for word in words)
    left, right = words[0].box.left * page.width, words[-1].box.right * page.width
    for more, turn, tone in ways:
        region = Region((left + right) / 2, middle, right - left + tall, tall * (1 + 2 * more), turn, 1.0)
        yield tone, cut_out(page, region), tall


def text_of_look(look: LettersSeen) -> str:
    """Return the text of a look, with exactly one character per letter."""
    return "".join(letter.text[:1] for letter in look)


def weights_of(
    looks: Sequence[tuple[LettersSeen, tuple[int, int]]], fits: Callable[[str], object]
) -> tuple[dict[str, float], int]:
    """Return the weight (0–1) of each valid value over all looks, and the number of looks that saw one.

    ``looks``: each with the span of the value in it. ``fits``: whether a value is valid; invalid readings are
    ignored: of a day that may be 45 or 15 only 15 remains.
    """
    weights: dict[str, float] = defaultdict(float)
    saw = 0
    for look, span in looks:
        possible = ((_fitting(value, fits), likely) for value, likely in _readings(look, *span))
        readings = [(value, likely) for value, likely in possible if fits(value)]
        whole = sum(likely for _value, likely in readings)
        if whole < _LEAST_SEEN:
            continue
        saw += 1
        for value, likely in readings:
            weights[value] += likely / whole
    return {value: weight / saw for value, weight in weights.items() if weight / saw >= _LEAST_WEIGHT}, saw


def _fitting(value: str, fits: Callable[[str], object]) -> str:
    """Return a reading with strokes between digits as ones, and without dots unless valid with them: forms
    have dotted lines to write on."""
    value = _LEANS.sub("1", value)
    return value if fits(value) else _DOTS.sub("", value)


def digits_of(text: str) -> str:
    """Return the digits of a text, including letters that OCR reads for digits."""
    return "".join(filter(str.isdecimal, text.translate(_AS_DIGITS)))


def alike_numbers(number: str) -> Iterator[str]:
    """Yield numbers that look similar to this one in handwriting."""
    for at, digit in enumerate(number):
        for other in _ALIKE.get(digit, ""):
            yield number[:at] + other + number[at + 1 :]
    ones = number.replace("4", "1")
    if ones != number:
        yield ones


def _readings(look: LettersSeen, begin: int, end: int) -> list[tuple[str, float]]:
    """Return the possible texts of a part of a look, with their probabilities."""
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
    """Return the image unchanged, ``dark`` (for pale ink) or ``thin`` (for blots)."""
    if not tone:
        return piece
    from PIL import ImageFilter, ImageOps

    grey = piece.convert("L")
    if tone == "thin":
        return grey.filter(ImageFilter.MaxFilter(3))
    darker = [max(0, round(255 - (255 - value) * _DARKER)) for value in range(256)]
    return ImageOps.autocontrast(grey, cutoff=2).point(darker)


def _ink(piece: Image) -> Any:
    """Return a boolean array of the dark pixels."""
    import numpy as np

    grey = np.asarray(piece.convert("L"))
    return grey < np.median(grey) * _INK


def _runs(row: Any) -> Any:
    """Return the starts and ends of the runs of ink in a row of pixels, as the rows of an array."""
    import numpy as np

    return np.flatnonzero(np.diff(row.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)


def bars(piece: Image) -> list[tuple[float, float]]:
    """Return the ends (0–1 of the width) of horizontal strokes at half the height of a line."""
    ink = _ink(piece)
    high, wide = ink.shape
    level = ink[:-2] | ink[1:-1] | ink[2:]  # a stroke by hand is not quite level
    middle = level[round(high * _MIDDLE[0]) : round(high * _MIDDLE[1])]
    found = (run for row in middle for run in _runs(row) if run[1] - run[0] > high / 2)
    return [(float(left) / wide, float(right) / wide) for left, right in found]


def strokes(piece: Image) -> list[float]:
    """Return the positions (0–1 of the width) of isolated strokes as tall as letters."""
    import numpy as np

    ink = _ink(piece)
    for row in ink:
        for left, right in _runs(row):
            if right - left > ink.shape[0]:
                row[left:right] = False  # a rule under the name above joins what stands apart
    rows = np.arange(ink.shape[0])[:, None]
    tall = np.where(ink, rows, -1).max(axis=0) - np.where(ink, rows, ink.shape[0]).min(axis=0)
    return [
        float(left + right) / 2 / ink.shape[1]
        for left, right in _runs(ink.any(axis=0))
        if tall[left:right].max() >= _TALL * ink.shape[0]
    ]


def _coloured(picture: Image) -> bool:
    red, _green, blue = picture.split()
    from PIL import ImageChops

    histogram = ImageChops.difference(red, blue).histogram()
    return sum(histogram[_COLOURED:]) > 0
