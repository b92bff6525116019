"""Text layers that look like text and say nothing: fonts that do not tell which letters they show."""

from __future__ import annotations

import re

from dossier.vietnamese import fold

_SAMPLE = 20_000  # characters looked at
_FEWEST = 30  # words; on fewer nothing can be told
_SENSE = 0.55  # share of words with a vowel below which they are none: in real text it is above 0.9
_LOST = 0.3  # share of characters without a meaning
_WORD = re.compile(r"[^\W\d_]{2,}")
_VOWEL = re.compile(r"[aeiouy]")
# Private use, replacement, control characters: what a font without a table of letters leaves behind.
_MEANINGLESS = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff\x01-\x08\x0e-\x1f\x7f-\x9f]")


def is_garbage(text: str) -> bool:
    """Whether a page's text layer cannot be what the page shows, so that OCR must read it.

    Text in a script of its own (Chinese, Thai) is not garbage.
    """
    sample = text[:_SAMPLE]
    shown = sum(not char.isspace() for char in sample)
    if shown >= _FEWEST and len(_MEANINGLESS.findall(sample)) >= _LOST * shown:
        return True
    words = _WORD.findall(sample)
    latin = [plain for word in words if (plain := fold(word)).isascii()]
    if len(latin) < _FEWEST or len(latin) < len(words) / 2:
        return False
    return sum(bool(_VOWEL.search(word)) for word in latin) < _SENSE * len(latin)
