"""The piece of a printed line of a head into which number or date are written: ``Số: 12/QĐ-UBND``, ``ngày 05
tháng 02 năm 2025``, as the engine for printed text found it."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dossier.model import Box, Word
from dossier.scanner.ocr.interface import TextLine
from dossier.scanner.recognise.number import office_behind
from dossier.vietnamese import fold

if TYPE_CHECKING:
    from PIL.Image import Image

DATE = re.compile(
    r".*(?P<ng>ng)(?P<day>.{0,16}?)th[a-z]{1,2}ng(?P<month>.{0,8}?)n[a-z]m\W{0,3}(?P<year>\d{4}(?!\d))?"
)
_LABEL = re.compile(r"\W{0,3}(?:[S$][^\W\d_]{1,5}?(?=[\W\d])|s[^\W\d_]{1,2}\s?[:;])[\s:;.,]{0,3}")
_PLAIN_LABEL = re.compile(r"\W{0,3}[S$][ốổỗồộôoóòỏõọơ6]{1,2}\s?[:;]\s?")
_SIGN = re.compile(
    r"\s?[/|]\s?(?=(?:\d{4}\s?[/|]\s?)?[A-ZĐÐ]{2})|(?<=[\s\d])[-–]\s?(?=[A-ZĐÐ][A-ZĐÐa-z]{1,4}\s?/)"
)
_CITED = re.compile(r"\b(?:can cu|theo|luat|hom nay)\b|\w\W+so\b|;")  # before the date of another paper
_AFTER_A_DATE = 3  # letters; the rubbish at the end of a line is shorter
_GAP = 1.3  # of a word's height: a wider one parts columns
_RATIO = 1.41  # of a page's height to its width
_CONTEXT = 12  # letters before a date that are cut out with it


@dataclass(frozen=True, slots=True)
class Span:
    """A line of words as one text, and the part of it that counts: where it begins, ends, and between what
    two places something may be written by hand."""

    line: TextLine
    text: str
    begin: int
    written: tuple[int, int]
    end: int

    def sure(self, begin: int, end: int) -> float:
        """How surely Tesseract read a part of the text."""
        words = [word for word in self.words(begin, end) if any(map(str.isdigit, word.text))]
        return min((word.confidence or 0.0 for word in words), default=0.0)

    def filled_in(self, instead: str) -> TextLine:
        """The line with other words where the part that counts stood."""
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
    def box(self) -> Box:
        """Around the part that counts."""
        first, *others = (word.box for word in self.words(self.begin, self.end))
        for box in others:
            first = first.with_(box)
        return first

    @property
    def value_box(self) -> Box:
        """Around what follows the label, be it made out or not."""
        box = self.box
        label = self.words(self.begin, self.written[0])
        return box._replace(left=label[-1].box.right) if label else box

    def of_line(self, page: Image) -> list[Word]:
        """The words of the part that counts, and some before it: a line is read better than a piece of it."""
        words = self.words(self.begin, self.end)
        for word in reversed(self.words(max(self.begin - _CONTEXT, 0), self.begin)):
            high, nearest = word.box.bottom - word.box.top, words[0].box.left
            if nearest - word.box.right > _GAP * high * page.height / page.width:
                break  # another column
            words.insert(0, word)
        return words

    def words(self, begin: int, end: int) -> list[Word]:
        """The words of a part of the text; of one that reaches beyond it the piece inside."""
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
    """``Số: 12/QĐ-UBND``, whatever stands before the sign; the whole column where no sign was made out."""
    text = text_of(line)
    label = _LABEL.match(text)
    sign = _SIGN.search(text, label.end(), label.end() + 30) if label else None
    if label is not None and sign is not None:
        end = text.find(" ", sign.end())
        if end > 0 and (office := office_behind(text[sign.end() : end], text[end:])):
            end += 1 + len(office)
        return Span(line, text, 0, (label.end(), sign.start()), end if end > 0 else len(text))
    label = _PLAIN_LABEL.match(text)
    end = _columns(line)[0] if label else 0
    return Span(line, text, 0, (label.end(), end), end) if label and end > label.end() else None


def _columns(line: TextLine) -> list[int]:
    """Where in the line's text each of its columns ends: before a gap wider than between words."""
    ends, at = [], -1
    for word, after in itertools.zip_longest(line.words, line.words[1:]):
        at += len(word.text) + 1
        high = (word.box.bottom - word.box.top) * _RATIO
        if after is None or after.box.left - word.box.right > _GAP * high:
            ends.append(at)
    return ends


def date_span(line: TextLine) -> Span | None:
    """``Phan Thiết, ngày 05 tháng 02 năm 2025``, whatever stands for day and month."""
    text = text_of(line)
    folded = fold(text)
    found = DATE.match(folded)
    if found is None or _goes_on(folded[found.end() :]):
        return None
    begin = max((end for end in _columns(line) if end < found.start("ng")), default=0)
    if _CITED.search(folded, begin, found.start("ng")):
        return None
    return Span(line, text, found.start("ng"), found.span("day"), found.end())


def _goes_on(rest: str) -> bool:
    """Whether words follow a date: then it is that of a paper which is cited."""
    return sum(map(str.isalnum, rest)) > _AFTER_A_DATE


def text_of(line: TextLine) -> str:
    return " ".join(word.text for word in line.words)
