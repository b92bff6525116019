"""Words of a row, from its runs: letters of other fonts join where they stand, gaps and blanks part."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from dossier.scanner.layout.glyphs import GAP, Glyphs, Run, apart, once

_BLANK = 0.03  # of the height: a drawn blank that leaves less room parts nothing
_OVERLAP = 0.3  # of the height: runs that lie over one another by more are looked at letter by letter
_SPACED = 4  # so many single letters at even distances are one word, spaced out
_TRACKED = 1.6  # letters a word has in the mean, in rows whose letters stand apart throughout
_NEAR = 0.45  # of the height: letters of one word stand no further apart in such rows
_BLANKER = 0.15  # of the height: between words there is so much more room than between their letters
_STRUCK = 3  # letters that stand half in others: one text was printed over another
_DOTS = frozenset(".…_")
_BESIDE = 3  # letters on each side that may stand over a dot
_EVEN = 1.35  # a gap wider than the narrowest by this factor parts words of spaced letters
_RAISED = 0.15  # of the height, above the foot of the word
_SMALLER = 0.8  # of the height of the word
_WIDEST = 1.2  # of the height: letters that stand further apart are no word


def words_of(row: Sequence[Run], glyphs: Glyphs) -> list[Run]:
    """The words of a row of runs that stand from left to right; where marks were drawn apart from their
    letters, of :func:`letter_by_letter`."""
    words: list[Run] = []
    blanks: list[bool] = []  # whether a blank was drawn before each word
    before = False
    word = [row[0]]
    _left, top, right, bottom, _text, parted, _first = row[0]
    for run in row[1:]:
        left, run_top, run_right, run_bottom, _text, run_parted, _first = run
        height = (bottom - top + run_bottom - run_top) / 2
        gap = left - right
        if gap > 0 and run_bottom - run_top < height and run[4][0].isupper() and word[-1].text[-1].isupper():
            height = run_bottom - run_top  # the marks of a capital make it taller, and its gaps no wider
        blank = bool(parted & 2 or run_parted & 1) and gap > _BLANK * height
        if blank or gap >= GAP * height or (run_bottom < bottom and _is_footnote(run, word)):
            words.append(word[0] if len(word) == 1 and not glyphs.spell else _joined(word, glyphs))
            blanks.append(before)
            before = blank
            word = [run]
            top, right, bottom, parted = run_top, run_right, run_bottom, run_parted
            continue
        if gap < -_OVERLAP * height and glyphs.spell is None and not all(len(one.text) == 1 for one in row):
            letters = _off_the_dots(letter_by_letter(row, glyphs))
            if not _printed_over(letters):
                return words_of(letters, glyphs)
            return list(row)
        word.append(run)
        parted = run_parted
        top, right, bottom = min(top, run_top), max(right, run_right), max(bottom, run_bottom)
    words.append(word[0] if len(word) == 1 and not glyphs.spell else _joined(word, glyphs))
    blanks.append(before)
    return _closed_up(words, blanks)


def _joined(runs: Sequence[Run], glyphs: Glyphs | None = None) -> Run:
    """One word of several runs."""
    spell = glyphs.spell if glyphs else None
    return Run(
        runs[0].left,
        min([run.top for run in runs]),
        max([run.right for run in runs]),
        max([run.bottom for run in runs]),
        spell(runs) if spell else "".join([run.text for run in runs]),
        0,
        runs[0].first,
    )


def _is_footnote(run: Run, word: Sequence[Run]) -> bool:
    """Whether a raised figure belongs to a footnote: ``QH15¹`` is no ``QH151``, but ``m²`` is ``m2``."""
    text = "".join([one.text for one in word])
    if not run.text[0].isdigit() or (len(text) <= 3 and text.isalpha()):
        return False
    # Where cells are as high as what is drawn in them, only figures and capitals can be compared.
    tall = (one for one in reversed(word) if any(char.isdigit() or char.isupper() for char in one.text))
    even = len({one.bottom - one.top for one in word}) == 1 and len(text) > 1
    beside = next(tall, word[-1] if even else None)
    if beside is None:
        return False
    height = beside.bottom - beside.top
    return run.bottom < beside.bottom - _RAISED * height and run.bottom - run.top < _SMALLER * height


def letter_by_letter(row: Sequence[Run], glyphs: Glyphs) -> list[Run]:
    """The row's characters, each place once, marks behind the letters under them."""
    single = once([letter for run in row for letter in apart(run, glyphs)])
    single.sort(key=lambda run: ((run.left + run.right) / 2, _is_mark(run.text), run.left, run.top, run[3:5]))
    return single


def _off_the_dots(letters: Sequence[Run]) -> list[Run]:
    """The letters without the dots of a form over which others of them were written."""
    kept: list[Run] = []
    for at, one in enumerate(letters):
        around = letters[max(at - _BESIDE, 0) : at + _BESIDE + 1] if one.text in _DOTS else ()
        if not any(o.text.isalnum() and o.left < one.right and one.left < o.right for o in around):
            kept.append(one)
    return kept


def _is_mark(char: str) -> bool:
    return char > "\u02ff" and unicodedata.combining(char) != 0


def _printed_over(letters: Sequence[Run]) -> bool:
    """Whether letters stand where others do, so that nobody can tell in what order they are to be read."""
    struck = [
        (letter, after)
        for letter, after in pairwise(one for one in letters if one.text.isalnum())
        if after.left < (letter.left + letter.right) / 2 and letter.text != after.text
    ]
    # Of figures one is enough: 12 with a 7 over its 1 would be 172.
    return len(struck) >= _STRUCK or any(one.text.isdigit() and other.text.isdigit() for one, other in struck)


def _closed_up(words: list[Run], blanks: Sequence[bool]) -> list[Run]:
    """With letters that were spaced out, as in titles, put together to words."""
    if len(words) < _SPACED or [len(word.text) for word in words].count(1) < _SPACED:
        return words
    if sum(len(word.text) for word in words) < _TRACKED * len(words):
        return _tracked(words, blanks)
    return _put_together(words, blanks)


def _put_together(words: Sequence[Run], blanks: Sequence[bool]) -> list[Run]:
    """The row with each stretch of single letters as words."""
    closed: list[Run] = []
    at = 0
    for start, end in _single_letters(words):
        closed += words[at:start]
        closed += _spaced(words[start:end], blanks[start:end])
        at = end
    return [*closed, *words[at:]]


def _tracked(words: list[Run], blanks: Sequence[bool]) -> list[Run]:
    """A row of single letters and figures: what stands about as near as most of them do is one word."""
    gaps = sorted(_gap(words, at) for at in range(1, len(words)))
    usual = gaps[len(gaps) // 3]  # two thirds of all gaps are between letters of a syllable
    high = median(word.bottom - word.top for word in words)
    if usual > _NEAR * high:
        return _put_together(words, blanks)
    groups = [[words[0]]]
    for at in range(1, len(words)):
        if _gap(words, at) < usual + _BLANKER * high:
            groups[-1].append(words[at])
        else:
            groups.append([words[at]])
    return [_joined(group) if len(group) > 1 else group[0] for group in groups]


def _single_letters(words: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """Stretches of single letters, near enough to be read as words."""
    start = 0
    for at in range(len(words) + 1):
        ends = at == len(words) or not (len(words[at].text) == 1 and words[at].text.isalpha())
        far = not ends and at > start and _gap(words, at) > _WIDEST * (words[at].bottom - words[at].top)
        if ends or far:
            if at - start >= _SPACED:
                yield start, at
            start = at if far else at + 1


def _gap(words: Sequence[Run], at: int) -> float:
    return words[at].left - words[at - 1].right


def _spaced(words: Sequence[Run], blanks: Sequence[bool]) -> Iterator[Run]:
    gaps = [_gap(words, at) for at in range(1, len(words))]
    # Where blanks were drawn between some letters only, these part the words.
    told = 0 < sum(blanks[1:]) < len(gaps) and sum(blanks[1:]) <= len(gaps) / 2
    narrowest = min(gaps)
    start = 0
    for at in range(1, len(words) + 1):
        if at < len(words) and not (blanks[at] if told else gaps[at - 1] > _EVEN * narrowest):
            continue
        yield _joined(words[start:at])
        start = at
