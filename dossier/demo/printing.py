"""How a file came out of an office: by what printer, with what filled in afterwards, through which scanner.

Chance decides, from a generator of its own, so that the papers stay the same however they are printed.
What happened is part of the truth: a clerk's pen, the stamp of an e-office, letters from a second font.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

from dossier.demo.paper import Block, ColumnLine, Columns

WAYS = ("real", "plain")
BLANK = "\xa0"  # room left for a pen: a space that no line breaks at
_DIGITS = re.compile(
    r"(?P<before>Số:? )(?P<digits>\d+)(?=[-/])|(?P<day_before>ngày )(?P<day>\d{1,2})(?= tháng)"
)
_NUMBER_ROOM, _DAY_ROOM = 9, 7  # blanks, about twice as wide as the digits of print


@dataclass(frozen=True, slots=True)
class Printing:
    """How one file is printed.

    ``filled``: by whom the number and the day are put in afterwards (``""`` printed with the rest, ``pen``,
    ``stamp`` of an e-office). ``substituted``: letters with Vietnamese marks come from a second font, and
    stand in the file after those of their ``line`` or of their ``page``. ``head_last``: the head stands last
    in the file. ``share``: how much of the width the left column of a head takes (0: as usual).
    ``incoming``: the receiver stamped it.
    """

    filled: str = ""
    substituted: str = ""
    head_last: bool = False
    share: float = 0.0
    incoming: bool = False

    @property
    def name(self) -> str:
        """In a word or two, for the truth."""
        said = (self.filled, "fonts" * bool(self.substituted), "head-last" * self.head_last)
        return "+".join(filter(None, said)) or "plain"


PLAIN = Printing()


def printing(rng: random.Random, form: str, way: str) -> Printing:
    """How a file of this format is printed; ``way`` is one of :data:`WAYS`."""
    if way == "plain":
        return PLAIN
    share = rng.choice((0.0, 0.0, 0.36, 0.5))
    if form == "scan":
        return Printing(filled="pen" * (rng.random() < 0.7), share=share, incoming=rng.random() < 0.2)
    if form == "pdf":
        return Printing(
            filled="stamp" * (rng.random() < 0.3),
            substituted=rng.choice(("", "", "line", "page")),
            head_last=rng.random() < 0.2,
            share=share,
        )
    return PLAIN


def prepared(blocks: tuple[Block, ...], how: Printing) -> tuple[Block, ...]:
    """The blocks of a paper as they go to the printer: with room for what is filled in later."""
    if not blocks or not isinstance(blocks[0], Columns):
        return blocks
    head = blocks[0]
    if how.filled:
        head = replace(head, left=tuple(map(_opened, head.left)), right=tuple(map(_opened, head.right)))
    return (replace(head, share=how.share or head.share, head=True), *blocks[1:])


def _opened(line: ColumnLine) -> ColumnLine:
    """The line with blanks for what is filled in, and with what that is."""
    found = _DIGITS.search(line.text)
    if not found:
        return line
    before, digits = found["before"] or found["day_before"], found["digits"] or found["day"]
    room = BLANK * (_NUMBER_ROOM if found["digits"] else _DAY_ROOM)
    text = f"{line.text[: found.start()]}{before.rstrip()}{room}{line.text[found.end() :].lstrip()}"
    return replace(line, text=text, filled=digits)
