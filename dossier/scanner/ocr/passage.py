"""Read a passage again that must be right word for word: the abstract of a scanned document.

The lines are cut out and read three more times with variations (blurring helps with the diacritics of bold
letters). For each word, the reading on which most passes (looks) agree, or that forms a known pair with its
neighbours, replaces that of the whole page, with its confidence. Text seen by only one look that is no word
(stamps and pen strokes over the lines) is removed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from statistics import median
from typing import TYPE_CHECKING

from dossier.legacy.syllables import is_syllable
from dossier.model import Box, Word
from dossier.scanner.ocr.interface import Recognised, TextLine
from dossier.scanner.ocr.regions import part_of, without_red
from dossier.scanner.recognise.word_pairs import (
    could_become,
    is_known,
    is_plain,
    may_be_misread,
    respelled,
)
from dossier.vietnamese import fold

if TYPE_CHECKING:
    from PIL.Image import Image

    Read = Callable[[Image], Recognised]

# Confidence of a word: read alike by all looks and in a known pair; read alike by all; corrected by its
# neighbours; read alike by most looks; otherwise.
_KNOWN, _ALIKE, _RESPELLED, _MOSTLY, _WAVERING = 1.0, 0.96, 0.92, 0.8, 0.5
_STRANGE = 0.75  # largest confidence of a lower-case word in no known pair
_NOISE_BESIDE = 0.75  # largest confidence of a word next to removed text
_AROUND = 0.45  # margin of the cut-out, as a fraction of the line height
_LARGER = 1.5  # scale of the enlarged look
_CODE = re.compile(r"[A-ZĐƯ0-9a-z]{1,8}(?:[/.\-–][A-ZĐƯ0-9a-z]{1,8}){0,6}")
_FIRST_QUARTER = re.compile(r"1(?!\d)")  # of OCR, the Roman I too
_DASHES = frozenset("-–")
_EDGES = " .,;:()[]\"'“”‘’…|-–—_*"


@dataclass(slots=True)
class _Voted:
    """A word of the best look, and the words of the other looks in its place."""

    word: Word
    others: list[str] = field(default_factory=list)

    @property
    def core(self) -> str:
        return self.word.text.strip(_EDGES)


def looked_again(seen: Recognised, box: Box, page: Image, read: Read) -> Recognised:
    """Return the page with the words in ``box`` replaced by the result of several OCR passes.

    ``page``: the upright colour image from which ``seen`` was read; ``read``: recognises a part of a page.
    """
    own = [word for line in seen.lines for word in line.words if _within(word, box)]
    if not own:
        return seen
    tall = median(word.box.bottom - word.box.top for word in own)
    beside = [word for line in seen.lines for word in line.words if not _within(word, box)]
    looks = [
        [word for word in _words(look, box) if not any(_within(word, other.box) for other in beside)]
        for look in _looks(box, tall, page, read)
    ]
    best = max((*looks, own), key=_words_in)
    others = [look for look in (own, *looks) if look is not best and look]
    if not _words_in(best) or not others:
        return seen
    voted = _aligned(best, others)
    words = list(_final_words(voted, len(others)))
    kept = (tuple(word for word in line.words if not _within(word, box)) for line in seen.lines)
    return Recognised((*(TextLine(words) for words in kept if words), *_grouped_in_lines(words)))


def _within(word: Word, box: Box) -> bool:
    """Whether the centre of a word is in the box."""
    middle, level = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
    return box.left <= middle <= box.right and box.top <= level <= box.bottom


def _looks(box: Box, tall: float, page: Image, read: Read) -> Iterator[tuple[Box, Recognised]]:
    """Yield the result of each look, with the part of the page that was cut out."""
    from PIL import ImageFilter
    from PIL.Image import Resampling

    around = _AROUND * tall
    cut = Box(
        max(box.left - tall, 0.0), max(box.top - around, 0.0),
        min(box.right + tall, 1.0), min(box.bottom + around, 1.0),
    )  # fmt: skip
    piece = without_red(part_of(page, cut))
    larger = (round(piece.width * _LARGER), round(piece.height * _LARGER))
    yield cut, read(piece.filter(ImageFilter.GaussianBlur(1)))
    yield cut, read(piece)
    yield cut, read(piece.resize(larger, Resampling.LANCZOS))


def _words(look: tuple[Box, Recognised], box: Box) -> list[Word]:
    """Return the words of a look inside ``box``, with their boxes on the page."""
    cut, seen = look
    words = (
        Word(word.text, word.box.inside(cut), word.confidence) for line in seen.lines for word in line.words
    )
    return [word for word in words if _within(word, box)]


def _is_word(text: str) -> bool:
    """Whether the text may be a word: valid syllables, a number or a code (``24/2013/NQ-HĐND``)."""
    core = text.strip(_EDGES)
    if _CODE.fullmatch(core) and (core.isupper() or any(map(str.isdigit, core))):
        return True
    parts = [part for part in re.split(r"[-–/]", core) if part]
    return bool(parts) and (core.lower() == "v/v" or all(map(is_syllable, parts)))


def _says_something(word: Word) -> bool:
    return len(word.text.strip(_EDGES)) > 1 and _is_word(word.text)


def _words_in(words: Sequence[Word]) -> int:
    """Score a reading: number of valid words minus number of invalid ones."""
    return sum(1 if _is_word(word.text) else -1 for word in words if word.text.strip(_EDGES))


def _aligned(best: Sequence[Word], others: Sequence[Sequence[Word]]) -> list[_Voted]:
    """Align the words of the best look with those of the others; insert words that two others have and the
    best one lacks."""
    voted = [_Voted(word) for word in best]
    folded = [fold(word.text.strip(_EDGES)) for word in best]
    missed: dict[tuple[int, str], list[Word]] = defaultdict(list)
    for other in others:
        theirs = [fold(word.text.strip(_EDGES)) for word in other]
        matcher = SequenceMatcher(None, folded, theirs, autojunk=False)
        for kind, begin, end, first, last in matcher.get_opcodes():
            if kind in ("equal", "replace") and end - begin == last - first:
                for one, word in zip(voted[begin:end], other[first:last], strict=True):
                    one.others.append(word.text.strip(_EDGES))
            elif kind in ("insert", "replace"):
                for word in filter(_says_something, other[first:last]):
                    missed[end, fold(word.text.strip(_EDGES))].append(word)
    for (at, _folded), words in sorted(missed.items(), reverse=True):
        if len(words) > 1:
            voted.insert(at, _Voted(words[0], [word.text.strip(_EDGES) for word in words[1:]]))
    return voted


def _final_words(voted: Sequence[_Voted], looks: int) -> Iterator[Word]:
    """Yield the final words with their confidence; ``looks``: number of other looks besides the best."""
    kept: list[_Voted] = []
    beside_noise: set[int] = set()
    dashes: dict[int, Word] = {}  # dashes between words (“kinh tế - xã hội”), by index of the next word
    for one in voted:
        backed = one.others.count(one.core)
        if one.core and (backed or (_is_word(one.word.text) and len(one.others) * 2 >= looks)):
            kept.append(one)
        elif one.word.text in _DASHES and kept and "" in one.others:
            dashes[len(kept)] = one.word
        elif one.core:
            beside_noise |= {len(kept) - 1, len(kept)}
    cores = [_choice(one, kept[at - 1].core if at else "", kept[at + 1].core if at + 1 < len(kept) else "")
             for at, one in enumerate(kept)]  # fmt: skip
    apart = [bool(one.word.text) and one.word.text[-1] in ",;:.)" for one in kept]
    right = respelled(cores, [not end for end in apart[:-1]]) if cores else []
    for at, (one, core, meant) in enumerate(zip(kept, cores, right, strict=True)):
        sure = _confidence_of(one, core, meant, looks, _neighbours(right, apart, at))
        if at in beside_noise:
            sure = min(sure, _NOISE_BESIDE)
        if at and fold(right[at - 1]) == "quy" and _FIRST_QUARTER.match(meant):
            sure = min(sure, _WAVERING)  # Quý I/2026
        if at in dashes:
            yield dashes[at]
        text = one.word.text.replace(one.core, meant, 1)
        yield one.word._replace(text=text, confidence=sure)


def _choice(one: _Voted, before: str, after: str) -> str:
    """Return the best reading of a word: a valid word, in known pairs with its neighbours, of most looks."""
    counted = Counter([one.core, *one.others])

    def likely(text: str) -> tuple[int, int, int, bool]:
        known = is_known(before, text) + is_known(text, after)
        if counted[text] > 1 and any(could_become(text, other) for other in counted if other != text):
            known = 2  # OCR loses diacritics, but does not invent them
        return _is_word(text), known, counted[text], text == one.core

    return max(counted, key=likely)


def _neighbours(words: Sequence[str], apart: Sequence[bool], at: int) -> Iterator[bool]:
    """Yield whether the word forms a known pair with the word before, and with the word after."""
    if at and not apart[at - 1]:
        yield is_known(words[at - 1], words[at])
    if at + 1 < len(words) and not apart[at]:
        yield is_known(words[at], words[at + 1])


def _confidence_of(one: _Voted, core: str, meant: str, looks: int, known: Iterator[bool]) -> float:
    """Return the confidence of a chosen word; ``meant``: its spelling after correction by its neighbours."""
    votes = [one.core, *one.others].count(core)
    is_pair = any(known)
    if meant != core:
        return _RESPELLED
    if not _is_word(core):
        return _WAVERING
    if votes == looks + 1:
        if is_pair or is_plain(core):
            return _KNOWN
        return _STRANGE if core.islower() and may_be_misread(core) else _ALIKE
    if is_pair or (is_plain(core) and is_syllable(core)):
        lost = all(other == core or could_become(core, other) for other in (one.core, *one.others))
        return _RESPELLED if votes * 2 > looks or lost else _MOSTLY
    return _MOSTLY if votes == looks and not core.islower() else _WAVERING


def _grouped_in_lines(words: Sequence[Word]) -> Iterator[TextLine]:
    """Group words in reading order into lines."""
    line: list[Word] = []
    for word in words:
        if line and word.box.left < line[-1].box.left:
            yield _levelled(line)
            line = []
        line.append(word)
    if line:
        yield _levelled(line)


def _levelled(words: Sequence[Word]) -> TextLine:
    """Return a line whose words all have the median top and bottom, so that specks do not break up the
    line."""
    top, bottom = (median(edges) for edges in zip(*((w.box.top, w.box.bottom) for w in words), strict=True))
    return TextLine(tuple(w._replace(box=Box(w.box.left, top, w.box.right, bottom)) for w in words))
