"""What a head prints over two lines put together: motto, slogan, place and date, a long symbol.

The lines of the other column may stand between the two halves; what the second half must be is known from
the first, so that their place hardly matters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dossier.scanner.recognise.lines import Line

_REACH = 3  # lines below the first half among which the second stands
_MOST = 120  # characters of a first half
_VIETNAM = re.compile(r"(?:h[o0]i )?(?:chu )?(?:nghia )?(?:viet )?na[a-z]{1,2}")
_OPEN_MOTTO = re.compile(r"c[o0]ng h[o0]a xa(?: h[o0]i)?(?: chu)?(?: nghia)?(?: viet)?$")
_OPEN_SLOGAN = re.compile(r"d[o0]c lap\W{1,5}t[a-z] d[o0]\W{0,5}$")
_HAPPINESS = re.compile(r"\W{0,4}hanh phuc\W{0,4}")
_OPEN_DATE = re.compile(
    r"\bngay[\s.…_]*(?:\d{1,2}|[^a-z\n]{0,6})?(?:[\s.…_]*thang[\s.…_]*(?:\d{1,2})?)?(?:[\s.…_]*nam)?$"
)
_DATE_ENDS = re.compile(r"(?:\d{1,2} )?thang\b.{0,8}\bnam\b.{0,8}|nam\b.{0,8}|(?:19|20)\d\d[.,;]?")
# A symbol of many bodies: Số: 24/HDLN-BCA-BQP- and below BYT-BCT
_OPEN_NUMBER = re.compile(r"\bs[o0]\s?[:.]?\s?[\d\s/]{0,14}/\s?[a-z0-9&]+(?:\s?[-/&]\s?[a-z0-9&]+)*\s?[-/&]$")
_SYMBOL_ENDS = re.compile(r"[a-z0-9&]+(?:\s?[-/&]\s?[a-z0-9&]+)*")
# What every first half holds, by which most lines are passed over; first half; second half.
_ENDS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    ("a xa", _OPEN_MOTTO, _VIETNAM),
    ("c lap", _OPEN_SLOGAN, _HAPPINESS),
    ("ngay", _OPEN_DATE, _DATE_ENDS),
    ("/", _OPEN_NUMBER, _SYMBOL_ENDS),
)


def mended(lines: Sequence[Line]) -> list[Line]:
    """The lines with every second half moved behind its first."""
    if not any(_open(line) for line in lines):
        return list(lines)
    columns = [line.pieces for line in lines]
    for at, pieces in enumerate(columns):
        for column, (text, folded) in enumerate(pieces):
            ends = _ends(folded)
            second = _second(columns[at + 1 : at + 1 + _REACH], ends) if ends else None
            if second:
                row, place = second
                more, more_folded = columns[at + 1 + row].pop(place)
                pieces[column] = (f"{text} {more}", f"{folded} {more_folded}")
    return [_line(line, pieces) for line, pieces in zip(lines, columns, strict=True) if pieces]


def _open(line: Line) -> bool:
    return any(_ends(folded) for _text, folded in line.pieces)


def _ends(folded: str) -> re.Pattern[str] | None:
    """What the second half of a piece must be; ``None``: it is no first half."""
    for hint, start, end in _ENDS:
        if hint in folded and start.search(folded[-_MOST:]):
            return end
    return None


def _second(rows: Sequence[list[tuple[str, str]]], ends: re.Pattern[str]) -> tuple[int, int] | None:
    """Row and column of the first piece that is nothing but such an end."""
    for row, pieces in enumerate(rows):
        for place, (_text, folded) in enumerate(pieces):
            if ends.fullmatch(folded):
                return row, place
    return None


def _line(line: Line, pieces: list[tuple[str, str]]) -> Line:
    text, folded = ("\t".join(parts) for parts in zip(*pieces, strict=True))
    return line if text == line.text else replace(line, text=text, folded=folded)
