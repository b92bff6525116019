"""The passage of a text that shows best why it was found, with its matches marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from dossier.index.fields import RAISED
from dossier.index.tree import Words
from dossier.vietnamese import fold, nfc

WIDTH = 200  # characters shown
PAGE = "\f"  # stands in a text where a page begins
_RAISED = re.compile("[¹²³]")
_CHUNK, _CHUNKS = 50_000, 20  # characters looked at, at most
_SHOWN_FIELDS = ("", "abstract", "number", "body")
_BOUNDARY, _END = r"(?<![^\W_]{})", r"(?![^\W_])"


@dataclass(frozen=True, slots=True)
class Passage:
    """HTML in which only ``<mark>`` is markup, and how many pages begin before what it shows."""

    html: str
    pages_before: int


@dataclass(frozen=True, slots=True)
class Marker:
    """What to mark: a pattern over folded text, and how many different matches are all of them."""

    pattern: re.Pattern[str] | None
    wanted: int


def marker(leaves: Sequence[Words], lifts: Sequence[Words] = ()) -> Marker:
    """The marker for what a query asks for; ``lifts`` are marked as one where they stand together."""
    shown = [leaf for leaf in leaves if leaf.field in _SHOWN_FIELDS]
    every = [leaf for leaf in lifts if not leaf.field] + shown
    pieces = sorted(dict.fromkeys(map(_piece, every)), key=len, reverse=True)
    pattern = re.compile(f"(?:{'|'.join(pieces)}){_END}") if pieces else None
    return Marker(pattern, sum(len(leaf.folded) for leaf in dict.fromkeys(shown)))


def _piece(leaf: Words) -> str:
    between = r"[\W_]*0*" if leaf.field == "number" else r"[\W_]+"
    written = between.join(leaf.folded)
    written = written + r"[^\W_]*" if leaf.prefix else written
    if written[0].isdigit():
        return _BOUNDARY.format("") + "0*" + written
    # A letter first, then what must stand before it: so the search skips from letter to letter.
    return written[0] + _BOUNDARY.format(written[0]) + written[1:]


def passage(text: str, wanted: Marker) -> Passage:
    """The window of :data:`WIDTH` characters with most different matches; the beginning without any.

    Accented text is marked for words without accents. Takes time in proportion to the text, and
    looks no further than its first million characters.
    """
    best, best_score, best_page = _Window("", "", []), (-1, 0), 0
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
    """A stretch of a text with the places of its matches, and whether more comes before and after."""

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


def _best(head: str, wanted: Marker) -> tuple[_Window, tuple[int, int], int]:
    """The best window of a chunk, its score, and where its best match begins."""
    found: list[tuple[int, int, str]] = []
    if wanted.pattern is not None:
        folded = fold(head)
        if not folded.isascii():
            folded = _RAISED.sub(lambda found: found[0].translate(RAISED), folded)
        if len(folded) != len(head):  # a letter that folds to two: offsets would lie
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


def _densest(found: list[tuple[int, int, str]]) -> tuple[tuple[int, int], int]:
    """Score (different words, matches) of the densest stretch of a window's width, and its start."""
    best, at, low, different = (0, 0), 0, 0, 0
    counts: dict[str, int] = {}
    for high, (_start, end, word) in enumerate(found):
        if not counts.get(word):
            different += _size(word)
        counts[word] = counts.get(word, 0) + 1
        while end - found[low][0] > WIDTH - 40 and low < high:
            dropped = found[low][2]
            counts[dropped] -= 1
            if not counts[dropped]:
                different -= _size(dropped)
            low += 1
        score = (different, high - low)
        if score > best:
            best, at = score, found[low][0]
    return best, at


def _size(word: str) -> int:
    return 1 + sum(char.isspace() or not char.isalnum() for char in word)
