"""Positions of a document's words, packed for storage beside its text: about three bytes a word.

The words themselves are in the text and are not stored twice.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice, repeat
from operator import attrgetter, mul, sub, truediv

from dossier.model.layout import Box, Segment, Word

_GRID = 4000  # steps across a page: on A4 a twentieth of a millimetre
_FARTHEST = 2 * _GRID  # positions further outside the page are clamped to this
_SURE = 100  # steps of confidence
_UNKNOWN, _STAMPED = 127, 128  # no confidence; added where the word was stamped
_LONGEST = 0x7FFF  # characters of a word that are counted
_MOST = 1 << 26  # bytes that a packed document may unpack to


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """The segments of a page (``number`` from 1 in the file); their offsets are in the document's text."""

    number: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Flat:
    """The words of a page, each property a list of its own, as they are packed: no object for a word.

    ``starts`` and ``counts`` are of the segments: their offset in the document's text, and their number of
    words. Of the words ``lengths`` are in characters, edges in :func:`steps`, ``sure`` in bytes of
    :func:`surenesses`.
    """

    starts: Sequence[int]
    counts: Sequence[int]
    lengths: Sequence[int]
    lefts: Sequence[int]
    tops: Sequence[int]
    rights: Sequence[int]
    bottoms: Sequence[int]
    sure: bytes


def flattened(segments: Iterable[Segment]) -> Flat:
    """The words of these segments, at least one."""
    segments = list(segments)
    words = [word for segment in segments for word in segment.words]
    texts, boxes, confidences, stamped = zip(*words, strict=True)
    lefts, tops, rights, bottoms = map(steps, zip(*boxes, strict=True))
    return Flat(
        [segment.start for segment in segments],
        [len(segment.words) for segment in segments],
        list(map(len, texts)),
        lefts,
        tops,
        rights,
        bottoms,
        surenesses(confidences, stamped),
    )


def surenesses(confidences: Iterable[float | None], stamped: Iterable[bool]) -> bytes:
    """A byte for each word: how surely it was recognised, and whether it was stamped."""
    return bytes(
        [
            (_UNKNOWN if confidence is None else min(max(round(confidence * _SURE), 0), _SURE))
            + _STAMPED * is_stamped
            for confidence, is_stamped in zip(confidences, stamped, strict=True)
        ]
    )


def drawn(before: int, stamped: int) -> bytes:
    """The same for so many words of the page's own and so many stamped ones, none of them recognised."""
    return bytes((_UNKNOWN,)) * before + bytes((_UNKNOWN + _STAMPED,)) * stamped


def steps(edges: Iterable[float], whole: float = 1.0) -> list[int]:
    """Edges on the grid that they are kept in; ``whole``: width or height of the page in their unit."""
    found = list(map(round, map(mul, map(truediv, edges, repeat(whole)), repeat(_GRID))))
    if not found or (min(found) >= -_FARTHEST and max(found) <= _FARTHEST):
        return found
    return [min(max(step, -_FARTHEST), _FARTHEST) for step in found]


def pack(pages: Iterable[tuple[int, Flat]]) -> bytes:
    """Places on all pages (by their number in the file) as bytes; empty where no page has any."""
    known = list(pages)
    if not known:
        return b""
    flats = [flat for _number, flat in known]
    starts, counts, lengths, lefts, tops, rights, bottoms = (
        list(chain.from_iterable(map(attrgetter(name), flats)))
        for name in ("starts", "counts", "lengths", "lefts", "tops", "rights", "bottoms")
    )
    heads = [len(known), len(starts), len(lengths)]
    heads += chain.from_iterable((number, len(flat.starts)) for number, flat in known)
    heads += _differences(starts)
    small = [
        *counts,
        *(lengths if max(lengths) <= _LONGEST else [min(length, _LONGEST) for length in lengths]),
        *map(sub, lefts, [0, *rights]),
        *map(sub, rights, lefts),
        *_differences(tops),
        *_differences(list(map(sub, bottoms, tops))),
    ]
    sure = b"".join(flat.sure for flat in flats)
    return zlib.compress(struct.pack(f"<{len(heads)}i{len(small)}h", *heads, *small) + sure, 6)


def unpack(packed: bytes, text: str) -> tuple[PagePlaces, ...]:
    """What was packed, with the words of the document's text. Raises :class:`ValueError` on other bytes."""
    if not packed:
        return ()
    try:
        raw = zlib.decompressobj().decompress(packed, _MOST)
        pages, segments, words = struct.unpack_from("<3i", raw)
        heads = struct.unpack_from(f"<{2 * pages + segments}i", raw, 12)
        at = 12 + 4 * len(heads)
        small = iter(struct.unpack_from(f"<{segments + 5 * words}h", raw, at))
        sure = raw[at + 2 * (segments + 5 * words) :]
    except (zlib.error, struct.error) as error:
        raise ValueError("no packed places") from error
    counts, lengths, gaps, widths = (list(islice(small, count)) for count in (segments, words, words, words))
    tops = list(accumulate(islice(small, words)))
    heights = list(accumulate(islice(small, words)))
    boxes = _boxes(gaps, widths, tops, heights)
    made: list[Segment] = []
    first = 0
    for start, count in zip(accumulate(heads[2 * pages :]), counts, strict=True):
        own: list[Word] = []
        begin = start
        for index in range(first, first + count):
            confidence = None if sure[index] % _STAMPED == _UNKNOWN else sure[index] % _STAMPED / _SURE
            word = text[begin : begin + lengths[index]]
            own.append(Word(word, boxes[index], confidence, sure[index] >= _STAMPED))
            begin += lengths[index] + 1
        made.append(Segment(tuple(own), start))
        first += count
    rest = iter(made)
    numbers = zip(heads[0 : 2 * pages : 2], heads[1 : 2 * pages : 2], strict=True)
    return tuple(PagePlaces(number, tuple(islice(rest, count))) for number, count in numbers)


def _differences(values: Sequence[int]) -> list[int]:
    return [*values[:1], *map(sub, values[1:], values)]


def _boxes(
    gaps: Sequence[int], widths: Sequence[int], tops: Sequence[int], heights: Sequence[int]
) -> list[Box]:
    boxes: list[Box] = []
    right = 0
    for gap, width, top, height in zip(gaps, widths, tops, heights, strict=True):
        left = right + gap
        right = left + width
        boxes.append(Box(left / _GRID, top / _GRID, right / _GRID, (top + height) / _GRID))
    return boxes
