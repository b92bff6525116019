"""Snippets: the passage of a text with the best matches, which are marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from dossier.index.fields import RAISED
from dossier.index.tree import Boost, Words
from dossier.vietnamese import fold, nfc

WIDTH = 200  # characters shown
PAGE = "\f"  # begins a page in a text
_RAISED = re.compile("[¹²³]")
_CHUNK, _CHUNKS = 50_000, 20  # characters in a chunk; number of chunks searched
_NO_WORD = re.compile(r"[\W_]+")
_APART = 2  # maximal number of characters between adjacent words
_SHOWN_FIELDS = ("", "abstract", "number", "body")
_BOUNDARY, _END = r"(?<![^\W_]{})", r"(?![^\W_])"


@dataclass(frozen=True, slots=True)
class Passage:
    """HTML in which only ``<mark>`` is markup, and the number of page breaks before the passage."""

    html: str
    pages_before: int


@dataclass(frozen=True, slots=True)
class Marker:
    """A pattern over folded text for the words to mark, and the number of different words (``wanted``)."""

    pattern: re.Pattern[str] | None
    wanted: int


def marker(leaves: Sequence[Words], boosts: Sequence[Boost] = ()) -> Marker:
    """Build the marker for a query; phrases in ``boosts`` are marked as one match."""
    shown = [leaf for leaf in leaves if leaf.field in _SHOWN_FIELDS]
    every = [leaf for leaf in boosts if isinstance(leaf, Words) and not leaf.field] + shown
    pieces = sorted(dict.fromkeys(map(_piece, every)), key=len, reverse=True)
    pattern = re.compile(f"(?:{'|'.join(pieces)}){_END}") if pieces else None
    return Marker(pattern, sum(len(leaf.folded) for leaf in dict.fromkeys(shown)))


def _piece(leaf: Words) -> str:
    between = r"[\W_]*0*" if leaf.field == "number" else r"[\W_]+"
    written = between.join(leaf.folded)
    written = written + r"[^\W_]*" if leaf.prefix else written
    if written[0].isdigit():
        return _BOUNDARY.format("") + "0*" + written
    # The first letter before the look-behind, so that the search can skip from letter to letter.
    return written[0] + _BOUNDARY.format(written[0]) + written[1:]


def passage(text: str, wanted: Marker) -> Passage:
    """Return the window of :data:`WIDTH` characters with the most different matches, adjacent ones
    preferred; the beginning of the text without any.

    Words without diacritics match accented text. Takes time linear in the text, of which
    only the first million characters are searched.
    """
    best, best_score, best_page = _Window("", "", []), (-1, 0, 0), 0
    pages = 0
    for chunk in _chunks(text):
        window, score, at = _best(chunk, wanted)
        if score > best_score:
            best, best_score, best_page = window, score, pages + chunk.count(PAGE, 0, at)
        if wanted.pattern is None or score[0] >= wanted.wanted:
            break
        pages += chunk.count(PAGE)
    return Passage(best.html(), best_page)


def _chunks(text: str) -> Iterator[str]:
    for start in range(0, min(len(text), _CHUNK * _CHUNKS) or 1, _CHUNK):
        pages = nfc(text[start : start + _CHUNK]).split(PAGE)
        yield PAGE.join(" ".join(page.split()) for page in pages)


@dataclass(frozen=True, slots=True)
class _Window:
    """Part of a text with the positions of its matches; ``before`` and ``after`` are ellipses or empty."""

    before: str
    text: str
    found: list[tuple[int, int]]
    after: str = ""

    def html(self) -> str:
        pieces, at = [self.before], 0
        for start, end in self.found:
            pieces += [escape(self.text[at:start]), "<mark>", escape(self.text[start:end]), "</mark>"]
            at = end
        pieces += [escape(self.text[at:]), self.after]
        return "".join(pieces).replace("</mark> <mark>", " ").replace(PAGE, " ")


def _best(head: str, wanted: Marker) -> tuple[_Window, tuple[int, int, int], int]:
    """The best window of a chunk, its score, and the position of its best match."""
    found: list[tuple[int, int, str]] = []
    if wanted.pattern is not None:
        folded = fold(head)
        if not folded.isascii():
            folded = _RAISED.sub(lambda found: found[0].translate(RAISED), folded)
        if len(folded) != len(head):  # a letter folds to two, which would shift offsets
            folded = "".join(fold(char)[:1] or " " for char in head)
        found = [(m.start(), m.end(), m[0]) for m in wanted.pattern.finditer(folded)]
    score, at = _densest(found)
    first = max(0, at - 40)
    last = min(len(head), first + WIDTH)
    while first > 0 and not head[first - 1].isspace():
        first -= 1
    inside = [(start - first, end - first) for start, end, _word in found if start >= first and end <= last]
    window = _Window("…" if first else "", head[first:last], inside, "…" if last < len(head) else "")
    return window, score, at


def _densest(found: list[tuple[int, int, str]]) -> tuple[tuple[int, int, int], int]:
    """Score (different words, adjacent words, matches) and start of the best window.

    Adjacency weighs more than frequency, so that a decision's title is shown, not its letterhead.
    """
    best, at, low, together = (0, 0, 0), 0, 0, 0
    parts = [_NO_WORD.split(word) for _start, _end, word in found]
    beside = [False, *(b[0] - a[1] <= _APART for a, b in pairwise(found))]
    counts: Counter[str] = Counter()  # words in the window
    for high, (_start, end, _word) in enumerate(found):
        counts.update(parts[high])
        together += len(parts[high]) - 1 + (beside[high] and high > low)
        while low < high:
            again = not beside[low + 1] and all(counts[part] > 1 for part in parts[low])
            if end - found[low][0] <= WIDTH - 40 and not (again and len(counts) > 1):
                break
            for part in parts[low]:
                counts[part] -= 1
                if not counts[part]:
                    del counts[part]
            low += 1
            together -= len(parts[low - 1]) - 1 + beside[low]
        score = (len(counts), together, high - low)
        if score > best:
            best, at = score, found[low][0]
    return best, at
