"""Lines below the title of a scan, without what OCR made of a stamp that stands beside them.

Registries put the stamp of incoming papers beside the abstract, often in black. OCR joins what it reads there
to the lines of the abstract, or puts between them. Those are centred below the title, as the stamp is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dossier.model import Box, Segment
from dossier.scanner.recognise import types
from dossier.scanner.recognise.frame import as_read
from dossier.scanner.recognise.lines import Line, box_of, lines_of, rows_of
from dossier.scanner.recognise.word_pairs import is_known

_TITLE = 32  # lines in which a title is looked for
_BELOW = 8  # lines below it that an abstract may have
_ONE_MIDDLE = 0.02  # of the page width: distance of the middles of a title and of a line centred below it


def placed(lines: Sequence[Line], segments: Sequence[Segment], shift: int, *, scanned: bool) -> list[Line]:
    """Return the lines with their boxes on the page as it is read; those of a scan without stamps beside its
    abstract. ``shift``: offset of the lines' text in the page's text."""
    if not segments:
        return list(lines)
    rows = list(rows_of(lines, segments, shift))
    boxes = [box_of(row) for row in rows]
    read = as_read(lines, boxes)
    boxed = [line._replace(box=box) for line, box in zip(lines, read, strict=True)]
    stamped = scanned and read is boxes  # of a turned page, rows and lines have other frames
    title = next((at for at, line in enumerate(boxed[:_TITLE]) if _is_title(line)), None) if stamped else None
    if title is None:
        return boxed
    kept, aside = boxed[: title + 1], list[Line]()
    below = min(title + 1 + _BELOW, len(boxed))
    for at in range(title + 1, below):
        own = _centred(rows[at], boxed[title].box)
        if not own and _is_aside(rows[at], boxed[title].box):
            aside.append(boxed[at])  # of a stamp only if the lines below the title go on
            continue
        kept += [] if own else aside
        aside.clear()
        kept.append(_only(boxed[at], own) if own and len(own) < len(rows[at]) else boxed[at])
    return [*kept, *aside, *boxed[below:]]


def _is_title(line: Line) -> bool:
    return line.box is not None and "\t" not in line.text and bool(types.title(line.text, line.folded))


def _centred(row: Sequence[Segment], title: Box | None) -> Sequence[Segment]:
    """Return the longest run of segments of a line that stands centred below the title, if nothing else in
    the line is language; otherwise nothing."""
    assert title is not None
    middle = (title.left + title.right) / 2
    for length in range(len(row), 0, -1):
        for first in range(len(row) - length + 1):
            own, others = row[first : first + length], [*row[:first], *row[first + length :]]
            if abs((own[0].box.left + own[-1].box.right) / 2 - middle) > _ONE_MIDDLE:
                continue
            if any(_pairs(own)) and not any(_pairs(others)):
                return own
    return ()


def _is_aside(row: Sequence[Segment], title: Box | None) -> bool:
    """Whether nothing in a line is language, and nothing stands below the title."""
    assert title is not None
    beside = all(one.box.right < title.left or one.box.left > title.right for one in row)
    return bool(row) and beside and not any(_pairs(row))


def _pairs(row: Sequence[Segment]) -> Iterator[bool]:
    """Yield for each two adjacent words of a segment whether they are known to stand side by side."""
    for segment in row:
        for one, other in pairwise(segment.text.split()):
            yield is_known(one.strip(".,;:()"), other.strip(".,;:()"))


def _only(line: Line, own: Sequence[Segment]) -> Line:
    (kept,) = lines_of(" ".join(segment.text for segment in own), 1)
    return kept._replace(after_blank=line.after_blank, start=line.start, box=box_of(own))
