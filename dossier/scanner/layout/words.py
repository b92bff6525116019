"""Group the runs of a row into words, separated by gaps and spaces; letters of other fonts join by
position."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from dossier.legacy.syllables import is_syllable
from dossier.scanner.layout.glyphs import (
    GAP,
    KERNED,
    Glyphs,
    Run,
    kerned,
    single_characters,
    without_duplicates,
)
from dossier.vietnamese import fold

_BLANK = 0.03  # of the height: a drawn space over a narrower gap does not separate words
# Of the height: between two syllables a narrower gap than GAP separates words too. Where a program sets a
# letter from a second font that is wider than the first, it takes its width from the space beside it.
_SLIT = 0.04
_NARROW = 0.15  # of the height: a space is wider
_HALF = 0.5  # of the usual gap of a row: a gap between words is wider
_OVERLAP = 0.3  # of the height: runs that overlap more are processed letter by letter
_SPACED = 4  # least number of single letters at even distances that form a spaced word
_TRACKED = 1.6  # mean letters per word below which all letters of a row are spaced (tracking)
_NEAR = 0.45  # of the height: widest gap between letters of a word in such rows
_BLANKER = 0.15  # of the height: by how much gaps between words exceed those between letters
_STRUCK = 3  # letters half covered by others, from which one text is printed over another
_DOTS = frozenset(".…_")
_SHORTEST_NAME = 3
_VOWELS = frozenset("aeiouy")
_AROUND = ".,;:!?()[]“”‘’\"'"  # punctuation beside a word
_BESIDE = 3  # neighbouring letters on each side that may cover a dot
_EVEN = 1.35  # ratio to the narrowest gap from which a gap separates words of spaced letters
_RAISED = 0.15  # of the height, above the bottom of the word
_SMALLER = 0.8  # of the height of the word
_WIDEST = 1.2  # of the height: widest gap between letters of a spaced word


def words_of(row: Sequence[Run], glyphs: Glyphs) -> list[Run]:
    """Group a row of runs, ordered from left to right, into words.

    Of pages whose accents were drawn separately, pass rows from :func:`letter_by_letter`.
    """
    words: list[Run] = []
    blanks: list[bool] = []  # whether a space was drawn before each word
    before = False
    word, slits = [row[0]], list[int]()
    narrow = False  # whether a space was drawn over a gap hardly wider than between letters

    def end_word() -> None:
        if len(word) == 1 and glyphs.spell is None:  # nearly all
            words.append(word[0])
            blanks.append(before)
            return
        for part in _parted(word, slits):
            words.append(part[0] if len(part) == 1 and not glyphs.spell else _joined(part, glyphs))
        blanks.extend([before] * (len(words) - len(blanks)))

    _left, top, right, bottom, _text, parted, _first = row[0]
    for run in row[1:]:
        left, run_top, run_right, run_bottom, _text, run_parted, _first = run
        height = (bottom - top + run_bottom - run_top) / 2
        gap = left - right
        if gap > 0 and run_bottom - run_top < height and run[4][0].isupper() and word[-1].text[-1].isupper():
            height = run_bottom - run_top  # accents make a capital taller, but not its gaps wider
        blank = bool(parted & 2 or run_parted & 1) and gap > _BLANK * height
        blank = blank or (gap >= KERNED * height and kerned(word[-1].text[-1], run[4][0]))
        if blank or gap >= GAP * height or (run_bottom < bottom and _is_footnote(run, word)):
            end_word()
            narrow = narrow or gap < _NARROW * height
            before = blank
            word, slits = [run], []
            top, right, bottom, parted = run_top, run_right, run_bottom, run_parted
            continue
        if gap < -_OVERLAP * height and glyphs.spell is None and not all(len(one.text) == 1 for one in row):
            letters = _off_the_dots(letter_by_letter(row, glyphs))
            if not _printed_over(letters):
                return words_of(letters, glyphs)
            return list(row)
        if gap > _SLIT * height:
            slits.append(len(word))
        word.append(run)
        parted = run_parted
        top, right, bottom = min(top, run_top), max(right, run_right), max(bottom, run_bottom)
    end_word()
    closed = _closed_up(words, blanks)
    return _whole_syllables(closed) if narrow else closed


def _parted(word: list[Run], slits: Sequence[int]) -> list[list[Run]]:
    """Separate a word at its narrow gaps if it is no syllable, but each part is a syllable or number.

    A part may also begin with a capital after a small letter: ``Như`` and ``Kon``; or be a name of another
    language behind a syllable: ``CƯ`` and ``JUT``.
    """
    if not slits or _is_known("".join([run.text for run in word])):
        return [word]
    parts = [word[start:end] for start, end in pairwise((0, *slits, len(word)))]
    first, *others = ["".join([run.text for run in part]) for part in parts]
    known = _is_known(first) and all(_is_known(text) or _is_name(text) for text in others)
    capital = all(
        part[0].text[0].isupper() and word[at - 1].text[-1].islower()
        for part, at in zip(parts[1:], slits, strict=True)
    )
    return parts if known or capital else [word]


def _whole_syllables(words: Sequence[Run]) -> list[Run]:
    """Join the halves of syllables, as programs that set each letter apart leave them: ``v`` and ``ăn``."""
    usual = median(_gap(words, at) for at in range(1, len(words))) if len(words) > 1 else 0
    made = [words[0]]
    for at in range(1, len(words)):
        if _gap(words, at) < _HALF * usual and _is_halved(made[-1].text, words[at].text):
            made[-1] = _joined([made[-1], words[at]])
        else:
            made.append(words[at])
    return made


def _is_halved(one: str, other: str) -> bool:
    """Whether two words are the halves of a syllable, and not both syllables themselves."""
    return not one[-1].isdigit() and _is_known(one + other) and not (_is_known(one) and _is_known(other))


def _is_name(text: str) -> bool:
    """Whether a text in capitals can be spoken: KUIN, not LĐ."""
    return len(text) >= _SHORTEST_NAME and text.isupper() and not _VOWELS.isdisjoint(fold(text))


def _is_known(text: str) -> bool:
    bare = text.strip(_AROUND)
    return bare[:1].isdigit() or (bare != "" and is_syllable(bare))


def _joined(runs: Sequence[Run], glyphs: Glyphs | None = None) -> Run:
    """Join several runs to one word."""
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
    """Whether a raised digit is a footnote mark: ``QH15¹`` is not ``QH151``, but ``m²`` is ``m2``."""
    text = "".join([one.text for one in word])
    if not run.text[0].isdigit() or (len(text) <= 3 and text.isalpha()):
        return False
    # If the boxes are as high as the drawn shapes, only digits and capitals have comparable heights.
    tall = (one for one in reversed(word) if any(char.isdigit() or char.isupper() for char in one.text))
    even = len({one.bottom - one.top for one in word}) == 1 and len(text) > 1
    beside = next(tall, word[-1] if even else None)
    if beside is None:
        return False
    height = beside.bottom - beside.top
    return run.bottom < beside.bottom - _RAISED * height and run.bottom - run.top < _SMALLER * height


def letter_by_letter(row: Sequence[Run], glyphs: Glyphs) -> list[Run]:
    """Return the characters of a row without duplicates, with accents after the letters below them."""
    single = without_duplicates([letter for run in row for letter in single_characters(run, glyphs)])
    single.sort(key=lambda run: ((run.left + run.right) / 2, _is_mark(run.text), run.left, run.top, run[3:5]))
    return single


def _off_the_dots(letters: Sequence[Run]) -> list[Run]:
    """Remove dots of a form that other letters were written over."""
    kept: list[Run] = []
    for at, one in enumerate(letters):
        around = letters[max(at - _BESIDE, 0) : at + _BESIDE + 1] if one.text in _DOTS else ()
        if not any(o.text.isalnum() and o.left < one.right and one.left < o.right for o in around):
            kept.append(one)
    return kept


def _is_mark(char: str) -> bool:
    return char > "\u02ff" and unicodedata.combining(char) != 0


def _printed_over(letters: Sequence[Run]) -> bool:
    """Whether letters overlap, so that their order is unknown: one text was printed over another."""
    struck = [
        (letter, after)
        for letter, after in pairwise(one for one in letters if one.text.isalnum())
        if after.left < (letter.left + letter.right) / 2 and letter.text != after.text
    ]
    # One pair of digits is enough: 12 with a 7 printed over its 1 would be read as 172.
    return len(struck) >= _STRUCK or any(one.text.isdigit() and other.text.isdigit() for one, other in struck)


def _closed_up(words: list[Run], blanks: Sequence[bool]) -> list[Run]:
    """Join spaced letters, as in titles, to words."""
    if len(words) < _SPACED or [len(word.text) for word in words].count(1) < _SPACED:
        return words
    if sum(len(word.text) for word in words) < _TRACKED * len(words):
        return _tracked(words, blanks)
    return _put_together(words, blanks)


def _put_together(words: Sequence[Run], blanks: Sequence[bool]) -> list[Run]:
    """Join each sequence of single letters in a row to words."""
    closed: list[Run] = []
    at = 0
    for start, end in _single_letters(words):
        closed += words[at:start]
        closed += _spaced(words[start:end], blanks[start:end])
        at = end
    return [*closed, *words[at:]]


def _tracked(words: list[Run], blanks: Sequence[bool]) -> list[Run]:
    """Join the letters and digits of a row with tracking to words, by the usual gap between letters."""
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
    """Yield start and end of the sequences of single letters that are close enough to form words."""
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
    """Join a sequence of single letters to words."""
    gaps = [_gap(words, at) for at in range(1, len(words))]
    # If spaces were drawn between a minority of the letters, they separate the words.
    by_blanks = 0 < sum(blanks[1:]) < len(gaps) and sum(blanks[1:]) <= len(gaps) / 2
    narrowest = min(gaps)
    start = 0
    for at in range(1, len(words) + 1):
        if at < len(words) and not (blanks[at] if by_blanks else gaps[at - 1] > _EVEN * narrowest):
            continue
        yield _joined(words[start:at])
        start = at
