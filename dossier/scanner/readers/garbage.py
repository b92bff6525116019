"""Detect unusable text layers of PDF pages (fonts with wrong Unicode mapping, bad OCR) and blank pages.

A text layer is judged by the share of its words that could be Vietnamese syllables: at least 85 % in real
Vietnamese documents (including tables and lists of names), at most 50 % in wrong text layers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from dossier.legacy.syllables import is_syllable, syllables
from dossier.scanner.recognise.lost_letters import has_replaced
from dossier.vietnamese import fold

if TYPE_CHECKING:
    from PIL import Image


# Shares are fractions of the words or characters of the sample.
FEWEST = 30  # words; a shorter text cannot be judged
_ENOUGH = 100  # words sampled evenly over the page for the first, quick test
_BETTER = 0.15  # by this much OCR's share of Vietnamese words must exceed the layer's to replace it

_SAMPLE = 20_000  # characters examined
_MIXED = 0.1  # least share of words mixing two alphabets in garbage
_SENSE = 0.55  # least share of words with a vowel; in real text it is above 0.9
_LOST = 0.3  # least share of meaningless characters in garbage
_VIETNAMESE = 0.6  # least share of possible Vietnamese words in a Vietnamese text
_BARE = 0.7  # like _VIETNAMESE, for text typed without diacritics
_FOREIGN = 0.1  # least share of another language's function words; in such a text it is above 0.2
_LONG = 4.3  # mean letters per word: Vietnamese, well or badly read, has 3.2 to 3.7, English 4.7
_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_ALIEN = re.compile("[\u0250-\u02af\u0370-\u1dff]")  # Greek, Cyrillic and all others
_VOWEL = re.compile(r"[aeiouy]")
# Private use, replacement and control characters: the result of a font without Unicode mapping.
_MEANINGLESS = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff\x01-\x08\x0e-\x1f\x7f-\x9f]")
# Signs and letters that no Vietnamese word has: the result of a wrong Unicode mapping of accented letters.
_STRANGE_SIGN = "\x01-\x08\x0e-\x1f\x7f-\x9f¡-§©¬®¯±´-¶¸º¿÷$ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿĀāĘęŅņŞşŽž"
_SPOILT = re.compile(rf"[^\W\d_][{_STRANGE_SIGN}]|[{_STRANGE_SIGN}][^\W\d_]|[a-zà-ỹ]\d[a-zà-ỹ]")
_ODD = re.compile(rf"[{_STRANGE_SIGN}]")
_MANY_SPOILT = 0.08  # least share of words with such characters in garbage; in real text near 0
_MANY_REPLACED = 0.02  # least share of words in which other letters stand for Vietnamese ones
_MANY_ODD = 0.1  # least share of such characters in garbage
_READ_RIGHT = 0.85  # least share of possible Vietnamese words in a correct OCR layer
_SMALL_WORDS = frozenset(
    """
the of and is for with that this are by shall from be it as not or which
le les des une et dans pour que est sur avec der die und das ist von mit el los las del por para una
di il della per non che
""".split()  # noqa: SIM905
)


def is_garbage(text: str) -> bool:
    """Whether a page's text layer cannot be what the page displays, so that OCR must read the page.

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
    """Whether many words contain signs or letters that no Vietnamese word has, as wrong fonts produce.

    Not true of texts in other languages.
    """
    if not _ODD.search(sample):
        return False
    tokens = sample.split()
    shown = sum(map(len, tokens))
    if shown >= FEWEST and len(_ODD.findall(sample)) >= _MANY_ODD * shown:
        return not _is_foreign(sample)
    spoilt = sum(bool(_SPOILT.search(token)) for token in tokens)
    replaced = sum(map(has_replaced, tokens))
    many = spoilt >= max(_MANY_SPOILT * len(tokens), 3) or replaced >= max(_MANY_REPLACED * len(tokens), 3)
    return many and not _is_foreign(sample)


def _is_foreign(sample: str) -> bool:
    words = [word.lower() for word in _WORD.findall(sample)]
    return sum(word in _SMALL_WORDS for word in words) >= _FOREIGN * max(len(words), 1)


def is_misread(text: str) -> bool:
    """Whether the text layer of a scanned page comes from OCR without Vietnamese, judged by its words."""
    words = _WORD.findall(text[:_SAMPLE])
    if len(words) < FEWEST or _share_of_syllables(words) >= _READ_RIGHT:
        return False
    return not _is_foreign(text[:_SAMPLE])


def is_sense(text: str) -> bool:
    """Whether a text has enough words to be judged and is not garbage."""
    return len(_WORD.findall(text[:_SAMPLE])) >= FEWEST and not is_garbage(text)


def sense(text: str) -> float:
    """Return the share (0 to 1) of words that could be Vietnamese, to compare two readings of a page."""
    return _share_of_syllables(_WORD.findall(text[:_SAMPLE]))


def is_better(seen: str, layer: str) -> bool:
    """Whether OCR's text (``seen``) should replace the text layer.

    It must have clearly more possible Vietnamese words, or as many as correct text has. Where both have
    few, the page is in another language and keeps its layer.
    """
    return sense(seen) >= min(sense(layer) + _BETTER, _READ_RIGHT)


@lru_cache(maxsize=1)
def _bare_syllables() -> frozenset[str]:
    """Vietnamese syllables without diacritics, as typed without a Vietnamese keyboard."""
    return frozenset(fold(syllable) for syllable in syllables())


def _share_of_syllables(words: list[str]) -> float:
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


_DPI = 50
_MARGIN = 0.05  # of width and height, ignored at each edge: scanners leave shadows and punch holes there
_DARKER = 60  # grey levels (of 255) below the paper: print is darker, show-through of the back is not
_INK = 0.0005  # share of dark pixels below which a page is blank; one line of print has many times more


def is_blank(page: Any) -> bool:
    """Whether a PDFium page displays nothing readable."""
    bitmap = page.render(scale=_DPI / 72, grayscale=True)
    try:
        return is_blank_picture(bitmap.to_pil())
    finally:
        bitmap.close()


def is_blank_picture(picture: Image.Image) -> bool:
    """Whether a grey image of a page, at about 50 dpi, displays nothing readable."""
    wide, high = picture.size
    middle = picture.crop(
        (int(wide * _MARGIN), int(high * _MARGIN), int(wide * (1 - _MARGIN)), int(high * (1 - _MARGIN)))
    )
    counts = middle.histogram()
    upto = list(accumulate(counts))
    paper = bisect_left(upto, upto[-1] / 2)  # the median shade
    return sum(counts[: max(paper - _DARKER, 0)]) < _INK * upto[-1]
