"""Locate the parts of a printed line of a head in which number or date are written by hand: ``Số:
12/QĐ-UBND``, ``ngày 05 tháng 02 năm 2025``. Works on the words of the engine for printed text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dossier.model import Box, Word
from dossier.scanner.ocr.interface import TextLine
from dossier.scanner.recognise.number import office_behind
from dossier.vietnamese import fold

if TYPE_CHECKING:
    from PIL.Image import Image

_DATE = re.compile(
    r".*(?P<ng>ng)(?P<day>.{0,16}?)th[a-z]{1,2}ng(?P<month>.{0,8}?)[nh][a-z]m\W{0,3}"
    r"(?P<year>(?:\d{4}|20[\s.…·]{1,4}\d\d)(?!\d))?"
)
# The same where the pen hid the beginning of “tháng”: Sháng, 5háng, áng. Month and year must be legible.
_HIDDEN = re.compile(
    r".*(?P<ng>ng)(?P<day>.{0,12}?)[^\W\d]{0,3}ng\s(?P<month>1[0-2]|0?[1-9])\s?[nh]am\s?(?P<year>(?:19|20)\d\d)"
)
_CAPITAL = "A-ZÀ-ÞĐĂƠƯŒ"  # with what Tesseract makes of N and of C-
# Papers of the Party have no colon; a number in lower case without one is cited unless a dash follows it.
_OF_PARTY = rf"(?=[^\w/]{{0,8}}[^/\s]{{0,8}}[^\w/]{{0,8}}[-–]\s?[{_CAPITAL}]{{2,4}}\s?/)"
_LABEL = re.compile(
    r"\W{0,3}(?:[S$][^\W\d_]{1,5}?(?=[\W\d])|s[^\W\d_]{1,2}\s?[:;]|5[6oốôó]\s?[:;]"
    rf"|s[^\W\d_]{{1,2}}(?=[\W\d]){_OF_PARTY})[\s:;.,]{{0,3}}"
)
_PLAIN_LABEL = re.compile(r"\W{0,3}[sS$][ốổỗồộôoóòỏõọơø6]{1,2}\s?[:;]\s?")
# Before the code of a type or of an office: /QĐ-UBND, /V05-P3.
_SIGN = re.compile(
    rf"\s?[/|]\s?(?=(?:\d{{4}}\s?[/|]\s?)?(?:[{_CAPITAL}]{{2}}|[A-Z]\d\d?\b))"
    rf"|(?<=[\s\d.…])[-–]\s?(?=[{_CAPITAL}][{_CAPITAL}a-z]{{1,4}}\s?/)"
)
_SPACED_OFFICE = re.compile(rf"(?: ?[-–] ?[{_CAPITAL}][{_CAPITAL}\d]{{1,10}}(?=[ -]|$))+")  # 09 / QĐ - MPH
_NO_SIGN = re.compile(
    r"\s?[/|]\s?[^\s/|-]{1,3}[\s.…_]{2,}(?=[/|])"
)  # digits on dots with a stroke: /ZZ... /QĐ
# Before the date of a cited document; not in a place named Ea Sô or Chiềng Sơ.
_CITED = re.compile(r"\b(?:can cu|theo|luat|hom nay)\b|\w\W+so\b(?!\W{0,2}$)|;")
_AFTER_A_DATE = 3  # letters; noise at the end of a line is shorter
_YEAR = re.compile(r"(?:19|20)\d\d[.,]?")
_GAP = 1.3  # of a word's height: a wider gap separates columns
_RATIO = 1.41  # of page height to width
_BEFORE, _BEHIND = 4, 6  # letters of print that are cut out with what is written
_CONTEXT = 12  # letters before the number or date that are cut out with it


@dataclass(frozen=True, slots=True)
class Span:
    """A line as text, with the part of it that holds number or date.

    ``begin``, ``end``: offsets of the part; ``written``: offsets of what may be handwritten.
    """

    line: TextLine
    text: str
    begin: int
    written: tuple[int, int]
    end: int

    def sure(self, begin: int, end: int) -> float:
        """Return Tesseract's least confidence for words with digits in a part of the text; 0 if none."""
        words = [word for word in self.words(begin, end) if any(map(str.isdigit, word.text))]
        return min((word.confidence or 0.0 for word in words), default=0.0)

    def filled_in(self, instead: str) -> TextLine:
        """Return the line with the part replaced by other words."""
        new: list[Word] = []
        box = self.box
        letter = (box.right - box.left) / max(len(instead), 1)
        at = box.left
        for text in instead.split(" "):
            if text:
                new.append(Word(text, Box(at, box.top, at + len(text) * letter, box.bottom)))
            at += (len(text) + 1) * letter
        before, behind = self.words(0, self.begin), self.words(self.end, len(self.text))
        return TextLine((*before, *new, *behind))

    @property
    def is_parted(self) -> bool:
        """Whether the part has gaps as wide as between columns: Số  84  -  KH/ĐU."""
        return any(self.begin < end < self.end for end in _columns(self.line))

    @property
    def box(self) -> Box:
        """The box around the part."""
        first, *others = (word.box for word in self.words(self.begin, self.end))
        for box in others:
            first = first.with_(box)
        return first

    @property
    def value_box(self) -> Box:
        """The box around the value after the label, legible or not."""
        box = self.box
        label = self.words(self.begin, self.written[0])
        return box._replace(left=label[-1].box.right) if label else box

    def of_line(self, page: Image) -> list[Word]:
        """Return the words of the part and some words before it, as OCR reads longer lines better."""
        words = self.words(self.begin, self.end)
        for word in reversed(self.words(max(self.begin - _CONTEXT, 0), self.begin)):
            high, nearest = word.box.bottom - word.box.top, words[0].box.left
            if nearest - word.box.right > _GAP * high * page.height / page.width:
                break  # another column
            words.insert(0, word)
        return words

    def around_written(self) -> list[Word]:
        """Return the words of what may be handwritten, with some letters of print on both sides."""
        begin, end = self.written
        return self.words(max(begin - _BEFORE, self.begin), min(end + _BEHIND, self.end))

    def words(self, begin: int, end: int) -> list[Word]:
        """Return the words between two offsets of the text; words that extend beyond them are cut."""
        out: list[Word] = []
        at = 0
        for word in self.line.words:
            first, last = max(begin - at, 0), min(end - at, len(word.text))
            if first < last:
                box, letter = word.box, (word.box.right - word.box.left) / len(word.text)
                piece = Box(box.left + first * letter, box.top, box.left + last * letter, box.bottom)
                out.append(Word(word.text[first:last], piece, word.confidence))
            at += len(word.text) + 1
        return out


def number_span(line: TextLine) -> Span | None:
    """Return the span of ``Số: 12/QĐ-UBND``, with any text before the sign; the whole column if no sign is
    read."""
    text = text_of(line)
    label = _LABEL.match(text)
    sign = _sign(text, label.end()) if label else None
    if label is not None and sign is not None:
        end = text.find(" ", sign.end())
        if end > 0 and (office := office_behind(text[sign.end() : end], text[end:])):
            end += 1 + len(office)
        elif end > 0 and (spaced := _SPACED_OFFICE.match(text, end)):
            end = spaced.end()
        return Span(line, text, 0, (label.end(), sign.start()), end if end > 0 else len(text))
    label = _PLAIN_LABEL.match(text)
    if label is None:
        return None
    end = next((end for end in _columns(line) if end > label.end()), 0)
    return Span(line, text, 0, (label.end(), end), end) if end else None


def _sign(text: str, begin: int) -> re.Match[str] | None:
    """Return the sign between number and symbol in a text whose label ends at ``begin``."""
    sign = _SIGN.search(text, begin, begin + 30)
    digits = _NO_SIGN.match(text, sign.start()) if sign else None
    return _SIGN.match(text, digits.end()) or sign if digits else sign


def _columns(line: TextLine) -> list[int]:
    """Return the offsets in the line's text where its columns end: at gaps wider than those between words."""
    ends, at = [], -1
    for word, after in itertools.zip_longest(line.words, line.words[1:]):
        at += len(word.text) + 1
        high = (word.box.bottom - word.box.top) * _RATIO
        if after is None or after.box.left - word.box.right > _GAP * high:
            ends.append(at)
    return ends


def date_span(line: TextLine) -> Span | None:
    """Return the span of ``Phan Thiết, ngày 05 tháng 02 năm 2025``, with any text for day and month."""
    text = text_of(line)
    folded = fold(text)
    found = date_in(folded)
    if found is None or _goes_on(folded[found.end() :]):
        return None
    begin = max((end for end in _columns(line) if end < found.start("ng")), default=0)
    if _CITED.search(folded, begin, found.start("ng")) or _is_sentence(text[begin : found.start("ng")]):
        return None
    return Span(line, text, found.start("ng"), found.span("day"), found.end())


def date_in(folded: str) -> re.Match[str] | None:
    """Match the parts of a date written out in a line without diacritics; ``ng`` begins it."""
    return _DATE.match(folded) or _HIDDEN.match(folded)


def year_below(lines: Sequence[TextLine], dated: int) -> int | None:
    """Return the index of the line with nothing but the year, below the date on line ``dated`` that ends with
    “năm” at the edge of its column."""
    span = date_span(lines[dated])
    if span is None or not fold(span.text).rstrip(" .…").endswith("nam"):
        return None
    box = span.box
    for at in range(dated + 1, min(dated + 3, len(lines))):
        first, *others = lines[at].words
        near = first.box.top - box.bottom < box.bottom - box.top
        below = box.left - (box.right - box.left) < first.box.left < box.right
        if not others and _YEAR.fullmatch(first.text) and near and below:
            return at
    return None


def _is_sentence(before: str) -> bool:
    """Whether words before a date are no place but those of a sentence: “thông qua ngày 30 tháng 6 …”."""
    words = before.split()
    return len(words) > 1 and words[0][0].islower() and "," not in before


def _goes_on(rest: str) -> bool:
    """Whether words follow a date, so that it is the date of a cited document."""
    return sum(map(str.isalnum, rest)) > _AFTER_A_DATE


def text_of(line: TextLine) -> str:
    return " ".join(word.text for word in line.words)
