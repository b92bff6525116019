"""Text whose characters are codes of their fonts, because a program that rewrote the file dropped the tables
that say which letters they are: ``ĈӝF OұS`` is “Độc lập”, ``th·ng`` is “tháng”.

Ghostscript does so to the fonts that Word embeds twice, once for Windows-1252 and once for all other letters.
Of the first kind readers show Windows-1252 as Mac OS Roman, of the second the positions of the letters in
the font. Those are the same in all fonts that Windows comes with: ASCII from 3 on, then Mac OS Roman, single
letters of other languages, and the Vietnamese ones in the order of Unicode, whose beginning depends on how
many letters the font has before them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

from dossier.legacy.syllables import is_syllable

_FIRST_LETTERS = {"ASCII": 3, "Mac": 98}
_BEGINNINGS = (808, 1188)  # of the letters from U+1EA0 on in Times New Roman: slanted, upright
_HORNED, _HORNS = "ƠơƯư", 58  # these come so many positions before
_OMITTED = ("\xa0", "\uf8ff", "Ỳ", "ỳ")  # have no position, or one among the single letters
_SINGLE = {
    233: "Ý", 234: "ý", 240: "²", 241: "³", 255: "đ", 258: "Ă", 259: "ă", 264: "Đ",
    428: "Ĩ", 429: "ĩ", 457: "Ũ", 458: "ũ", 483: "Ỳ", 484: "ỳ",
}  # fmt: skip
_MAC = bytes(range(0x80, 0x100)).decode("mac_roman")
_AS_IT_IS = "°¶ºÃÅÆ\xa0"


def _positions() -> dict[int, str]:
    """Letters by their position in the font."""
    found = {_FIRST_LETTERS["ASCII"] + code - 0x20: chr(code) for code in range(0x20, 0x7F)}
    found |= dict(enumerate((sign for sign in _MAC if sign not in _OMITTED), _FIRST_LETTERS["Mac"]))
    found |= _SINGLE
    vietnamese = [letter for letter in map(chr, range(0x1EA0, 0x1EFA)) if letter not in _OMITTED]
    for beginning in _BEGINNINGS:
        found |= dict(enumerate(_HORNED, beginning - _HORNS))
        found |= dict(enumerate(vietnamese, beginning))
    return found


def _shown() -> dict[int, str]:
    """Letters by what PDFium shows for their Windows-1252 code in a font that it takes for Mac OS Roman.

    Codes without a letter in the Mac OS Roman of PDF (ISO 32000-1, annex D) are shown as they are, ``Á`` as a
    pound sign.
    """
    pairs = zip(_MAC, bytes(range(0x80, 0x100)).decode("cp1252", "replace"), strict=True)
    found = {ord(mac): letter for mac, letter in pairs if letter != "\ufffd" and mac not in _AS_IT_IS}
    return {**found, ord("£"): "Á"}


_POSITIONS = _positions()
# By what stands for a letter; blanks are never codes, since readers make them up between words.
_TABLES = ({code: letter for code, letter in _POSITIONS.items() if chr(code) not in "\t\n\r "}, _shown())
# What such text has in nearly every line, and no other: letters of Abkhaz and the like, loose marks of other
# languages, control characters, signs of print inside words.
_CODES = "\x03-\x08\x0b\x0c\x0e-\x1f\u0328-\u037f\u04a4-\u04fb"
_CODE = re.compile(f"[{_CODES}]")
_CODED = re.compile(f"[{_CODES}]|[^\\W\\d_][‡·¬‚„˙˝]")
_WORD = re.compile(rf"(?:[^\W\d_]|[{_CODES}‡·¬‚„˙˝])+")
_PLAIN = range(_FIRST_LETTERS["ASCII"], _FIRST_LETTERS["Mac"])
_FEWEST_PLAIN, _SAME = 8, 0.9  # ASCII letters that prove positions, and the share of them at known ones
_FEWEST = 4  # words of two letters and more that a text must have to be judged
_READ = 0.85  # least share of them that could be Vietnamese; in a text with words of other languages too
_ROUNDS = 2  # a word may have letters of two fonts, of which the smaller one is decided later
_MOST_FONTS, _LONGEST = 16, 50_000  # fonts that are decided on a page, and characters that it may have


def is_coded(text: str) -> bool:
    """Whether a text may have characters that are codes of their fonts; quick, and sometimes wrong.

    Texts longer than any page are not examined.
    """
    return len(text) <= _LONGEST and _CODED.search(text) is not None


def contradicts_positions(named: Mapping[int, str]) -> bool:
    """Whether a font has its letters where Windows' fonts have them, and yet names other Vietnamese ones.

    ``named``: letters by position, as the font names them.
    """
    same = [named[code] == _POSITIONS[code] for code in _PLAIN if code in named]
    wrong = (named.get(code, letter) != letter for code, letter in _POSITIONS.items() if code not in _PLAIN)
    return len(same) >= _FEWEST_PLAIN and sum(same) >= _SAME * len(same) and any(wrong)


def decoded(text: str, fonts: Sequence[Hashable]) -> str:
    """Return a text with letters in place of the codes of its fonts, each character for one.

    ``fonts``: for each character its font, ``None`` for those that no font shows. Which fonts have codes, and
    which ones, is told by the words that become Vietnamese; a font of which only ASCII is seen has none. The
    text stays as it is where too few words do, or where codes are left.
    """
    sizes = Counter(font for char, font in zip(text, fonts, strict=True) if not char.isascii())
    del sizes[None]
    tables: dict[Hashable, dict[int, str]] = {}

    def written(chosen: dict[Hashable, dict[int, str]]) -> str:
        pairs = zip(text, fonts, strict=True)
        return "".join(chosen[font].get(ord(char), char) if font in chosen else char for char, font in pairs)

    best = _sense(text)
    for font, _size in sizes.most_common(_MOST_FONTS) * _ROUNDS:
        for table in _TABLES:
            tried = {**tables, font: table}
            if (sense := _sense(written(tried))) > best:
                best, tables = sense, tried
    found = written(tables)
    return found if tables and _is_read(found) else text


def _sense(text: str) -> int:
    """How many words could be Vietnamese more than could not; codes that are left count against it."""
    words = _WORD.findall(text)
    right = sum(map(is_syllable, words))
    return 2 * right - len(words) - len(_CODE.findall(text))


def _is_read(text: str) -> bool:
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    if _CODE.search(text):
        return False
    return len(words) >= _FEWEST and sum(map(is_syllable, words)) >= _READ * len(words)
