"""Text layers that look like text and are none: fonts that do not tell which letters they show, old OCR.

What a page says is judged by its language: of the words of real Vietnamese papers at least 85 % could be
Vietnamese (tables and lists of names too), of wrong layers at most 50 %.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from dossier.legacy.syllables import is_syllable, syllables
from dossier.vietnamese import fold

if TYPE_CHECKING:
    from PIL import Image


FEWEST = 30  # words; on fewer nothing can be told
_ENOUGH = 100  # words, spread over the page: with fewer than 60 % of them Vietnamese the others are seen
_BETTER = 0.15  # by so much more of OCR's words must be words to be believed instead of the layer

_SAMPLE = 20_000  # characters looked at
_MIXED = 0.1  # share of words with letters of two alphabets
_SENSE = 0.55  # share of words with a vowel below which they are none: in real text it is above 0.9
_LOST = 0.3  # share of characters without a meaning
_VIETNAMESE = 0.6  # share of words that could be Vietnamese from which on a text is
_BARE = 0.7  # the same of words typed without marks
_FOREIGN = 0.1  # share of the small words of another language: in such a text it is above 0.2
_LONG = 4.3  # letters of a word: of Vietnamese ones, rightly read or not, 3.2 to 3.7, of English ones 4.7
_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_ALIEN = re.compile("[\u0250-\u02af\u0370-\u1dff]")  # Greek, Cyrillic and all others
_VOWEL = re.compile(r"[aeiouy]")
# Private use, replacement, control characters: what a font without a table of letters leaves behind.
_MEANINGLESS = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff\x01-\x08\x0e-\x1f\x7f-\x9f]")
# Marks and letters of no Vietnamese word: what a font's wrong table makes of the letters with marks.
_STRANGE_SIGN = "\x01-\x08\x0e-\x1f\x7f-\x9f¡-§©¬®¯±´-¶¸º¿÷$ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿĀāĘęŅņŞşŽž"
_SPOILT = re.compile(rf"[^\W\d_][{_STRANGE_SIGN}]|[{_STRANGE_SIGN}][^\W\d_]|[a-zà-ỹ]\d[a-zà-ỹ]")
_ODD = re.compile(rf"[{_STRANGE_SIGN}]")
_MANY_SPOILT = 0.08  # share of words: in real text hardly any
_MANY_ODD = 0.1  # share of characters
_READ_RIGHT = 0.85  # share of words that could be Vietnamese, below which a scanner's own layer is wrong
_SMALL_WORDS = frozenset(
    """
the of and is for with that this are by shall from be it as not or which
le les des une et dans pour que est sur avec der die und das ist von mit el los las del por para una
di il della per non che
""".split()  # noqa: SIM905
)


def is_garbage(text: str) -> bool:
    """Whether a page's text layer cannot be what the page shows, so that OCR must read it.

    Text of another language or script (English, Chinese, Thai) is not garbage.
    """
    sample = text[:_SAMPLE]
    lost = len(_MEANINGLESS.findall(sample))
    if lost and (shown := len("".join(sample.split()))) >= FEWEST and lost >= _LOST * shown:
        return True
    if _is_spoilt(sample):
        return True
    words = _WORD.findall(sample)
    if _share_of_syllables(words[:: len(words) // _ENOUGH + 1]) >= _VIETNAMESE:
        return False
    mixed = sum(bool(_LATIN.search(word) and _ALIEN.search(word)) for word in words)
    if mixed >= _MIXED * max(len(words), FEWEST):
        return True
    latin = [plain for word in words if (plain := fold(word)).isascii()]
    if len(latin) < FEWEST or len(latin) < len(words) / 2:
        return False
    if sum(bool(_VOWEL.search(word)) for word in latin) < _SENSE * len(latin):
        return True
    bare = _bare_syllables()
    return (
        sum(word in bare for word in latin) < _BARE * len(latin)
        and sum(word in _SMALL_WORDS for word in latin) < _FOREIGN * len(latin)
        and sum(map(len, words)) < _LONG * len(words)
    )


def _is_spoilt(sample: str) -> bool:
    """Whether so many words have signs in them that are no letters, or letters of no Vietnamese word, that a
    font shows others; texts of other languages have their own letters, but no signs."""
    if not _ODD.search(sample):
        return False
    tokens = sample.split()
    shown = sum(map(len, tokens))
    if shown >= FEWEST and len(_ODD.findall(sample)) >= _MANY_ODD * shown:
        return not _is_foreign(sample)
    spoilt = sum(bool(_SPOILT.search(token)) for token in tokens)
    return spoilt >= max(_MANY_SPOILT * len(tokens), 3) and not _is_foreign(sample)


def _is_foreign(sample: str) -> bool:
    words = [word.lower() for word in _WORD.findall(sample)]
    return sum(word in _SMALL_WORDS for word in words) >= _FOREIGN * max(len(words), 1)


def is_misread(text: str) -> bool:
    """Whether the text that lies over a picture of a page is so bad that a scanner without Vietnamese made
    it."""
    words = _WORD.findall(text[:_SAMPLE])
    if len(words) < FEWEST or _share_of_syllables(words) >= _READ_RIGHT:
        return False
    return not _is_foreign(text[:_SAMPLE])


def is_sense(text: str) -> bool:
    """Whether a text has words enough to tell, and is no garbage."""
    return len(_WORD.findall(text[:_SAMPLE])) >= FEWEST and not is_garbage(text)


def sense(text: str) -> float:
    """Share of the words that could be Vietnamese, to tell which of two readings is the better."""
    return _share_of_syllables(_WORD.findall(text[:_SAMPLE]))


def is_better(seen: str, layer: str) -> bool:
    """Whether what OCR saw is to be believed instead of a layer: so much more of it is Vietnamese, or it is
    as Vietnamese as a text can be. Where both are not, the page is in a language of its own."""
    return sense(seen) >= min(sense(layer) + _BETTER, _READ_RIGHT)


@lru_cache(maxsize=1)
def _bare_syllables() -> frozenset[str]:
    """The syllables without their marks, as people type them where they have no Vietnamese keys."""
    return frozenset(fold(syllable) for syllable in syllables())


def _share_of_syllables(words: list[str]) -> float:
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


_DPI = 50
_MARGIN = 0.05  # of each side: there scanners leave shadows and holes
_DARKER = 60  # than most of the page, of 255: print is, the other side's print shining through is not
_INK = 0.0005  # share of the picture that a line of print covers many times


def is_blank(page: Any) -> bool:
    """Whether a PDFium page shows nothing that could be read."""
    bitmap = page.render(scale=_DPI / 72, grayscale=True)
    try:
        return is_blank_picture(bitmap.to_pil())
    finally:
        bitmap.close()


def is_blank_picture(picture: Image.Image) -> bool:
    """The same of a grey picture of a page, of about 50 dots per inch."""
    wide, high = picture.size
    middle = picture.crop(
        (int(wide * _MARGIN), int(high * _MARGIN), int(wide * (1 - _MARGIN)), int(high * (1 - _MARGIN)))
    )
    counts = middle.histogram()
    upto = list(accumulate(counts))
    paper = bisect_left(upto, upto[-1] / 2)  # the shade of most of it
    return sum(counts[: max(paper - _DARKER, 0)]) < _INK * upto[-1]
