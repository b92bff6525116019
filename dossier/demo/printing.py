"""How a file was produced in its office: printed, completed by hand or by a stamp, scanned.

The choice is random, from a generator of its own, so that the text of the documents does not depend on it.
It is recorded in the truth: handwriting, the stamp of an e-office system, letters from a second font.
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
    """How one file was produced.

    ``filled``: how number and day were added later (``""``: printed with the text, ``pen``, ``stamp`` of an
    e-office system). ``substituted``: letters with Vietnamese diacritics are taken from a second font, and
    follow the others of their ``line`` or of their ``page`` in the file. ``head_last``: the head is last in
    the file. ``share``: share of the width of the head's left column (0: as usual). ``incoming``: it has the
    stamp of the receiver.
    """

    filled: str = ""
    substituted: str = ""
    head_last: bool = False
    share: float = 0.0
    incoming: bool = False

    @property
    def name(self) -> str:
        """A short name for the truth."""
        said = (self.filled, "fonts" * bool(self.substituted), "head-last" * self.head_last)
        return "+".join(filter(None, said)) or "plain"


PLAIN = Printing()


def printing(rng: random.Random, form: str, way: str) -> Printing:
    """Choose how a file of this format is produced; ``way``: one of :data:`WAYS`."""
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
    """Return the blocks of a document as printed, with blanks for what is filled in later."""
    if not blocks or not isinstance(blocks[0], Columns):
        return blocks
    head = blocks[0]
    if how.filled:
        head = replace(head, left=tuple(map(_opened, head.left)), right=tuple(map(_opened, head.right)))
    return (replace(head, share=how.share or head.share, head=True), *blocks[1:])


def _opened(line: ColumnLine) -> ColumnLine:
    """Return the line with blanks, and with the digits that are filled in."""
    found = _DIGITS.search(line.text)
    if not found:
        return line
    before, digits = found["before"] or found["day_before"], found["digits"] or found["day"]
    room = BLANK * (_NUMBER_ROOM if found["digits"] else _DAY_ROOM)
    text = f"{line.text[: found.start()]}{before.rstrip()}{room}{line.text[found.end() :].lstrip()}"
    return replace(line, text=text, filled=digits)
