"""Days, months and quarters within a query: ``ngày 5 tháng 3 năm 2024``, ``05/03/2024``, ``quý 1/2024``.

A paper may be of that time, or speak of it, in words or in figures with or without leading zeros; a quarter's
number may be Roman. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dossier.index.fields import DATED
from dossier.index.tree import All, DateSpan, Either, Node, Words, leaves, of_numbers, plain_day, plain_word

_NUMBER = re.compile("[0-9]+")
_ROMAN = ("i", "ii", "iii", "iv")


def with_times(nodes: Sequence[Node]) -> list[Node]:
    """Replace the words of each time among the nodes of a query by what finds it in any spelling."""
    found: list[Node] = []
    at = 0
    while at < len(nodes):
        time, length = _time_at(nodes, at)
        found.append(nodes[at] if time is None else time)
        at += length if time is not None else 1
    return found


def _time_at(nodes: Sequence[Node], at: int) -> tuple[Node | None, int]:
    """Return the time that begins at a node, and of how many nodes it is made."""
    words = [plain_word(node) for node in nodes[at : at + 6]]
    match words:
        case ["ngay", day, "thang", month, "nam", year, *_]:
            return _day_or_month(year, month, day), 6
        case ["thang", month, "nam", year, *_]:
            return _day_or_month(year, month), 4
        case ["ngay" | "thang", _number, *_]:
            return All((nodes[at], _in_any_form(nodes[at + 1]))), 2
        case ["quy", number, *_] if quarter := _quarter(number):
            return _named(quarter), 2
    # ``quý 1/2024``: a month to the parser, but no papers of January are meant.
    if words[:1] == ["quy"] and (said := _quarter_of_year(nodes[at + 1 : at + 2])):
        return All((_named(said[0]), Words((said[1],)))), 2
    return None, 0


def in_figures(text: str) -> Node | None:
    """What finds the documents of a day or month in figures, and those that speak of it; ``None`` if the text
    is no such time."""
    if not plain_day(text):
        return None
    numbers = _NUMBER.findall(text)
    year, month, day = (*(numbers if len(numbers[0]) == 4 else reversed(numbers)), "")[:3]
    return _day_or_month(year, month, day)


def _day_or_month(year: str, month: str, day: str = "") -> Node | None:
    numbers = (year, month, day) if day else (year, month)
    if len(year) != 4 or not all(number.isascii() and number.isdigit() for number in numbers):
        return None
    span = of_numbers(year, month, day)
    if span is None:
        return None
    return Either((DateSpan(span.first, span.last, DATED), *_written(year, month, day)))


def _written(year: str, month: str, day: str) -> Iterator[Words]:
    """Yield the time as texts write it."""
    for its_month in _forms(month):
        for its_day in _forms(day):
            in_words = ("ngay", its_day, "thang", its_month, "nam", year)
            yield Words(in_words if its_day else in_words[2:])
            yield Words((its_day, its_month, year) if its_day else (its_month, year))


def _in_any_form(node: Node) -> Node:
    """A number of one or two digits also with or without its leading zero."""
    word = plain_word(node)
    if not word.isdigit() or len(word) > 2:
        return node
    return Either(tuple(Words((form,)) for form in _forms(word)))


def _forms(number: str) -> Iterable[str]:
    """A number of one or two digits without its leading zero, and with it."""
    return dict.fromkeys((number.lstrip("0") or number, number.zfill(2))) if number else ("",)


def _quarter(number: str) -> tuple[str, str] | None:
    """Both spellings of a quarter's number."""
    if number in _ROMAN:
        return number, str(_ROMAN.index(number) + 1)
    plain = number.lstrip("0")
    return (_ROMAN[int(plain) - 1], plain) if plain in {"1", "2", "3", "4"} else None


def _named(quarter: tuple[str, str]) -> Either:
    return Either(tuple(Words(("quy", number)) for number in quarter))


def _quarter_of_year(nodes: Sequence[Node]) -> tuple[tuple[str, str], str] | None:
    """The quarter and the year of ``1/2024`` or ``I/2024``."""
    for leaf in leaves(All(tuple(nodes))):
        match leaf.folded:
            case (number, year) if len(year) == 4 and year.isdigit() and (quarter := _quarter(number)):
                return quarter, year
    return None
