"""Texts of annotations that are no part of the lines they lie on: who signed when, notes, incoming stamps."""

from __future__ import annotations

from collections.abc import Sequence

from dossier.scanner.layout.glyphs import Glyphs, Run
from dossier.scanner.layout.rows import rows_of


def blocks_apart(runs: Sequence[Run], glyphs: Glyphs) -> tuple[list[Run], list[list[Run]]]:
    """The runs of the page, and those of each block of its own.

    An annotation of several rows with words in them is a block; one row, or figures alone (number and
    day that are stamped into a head), belong where they stand, instead of figures under them.
    """
    page: list[Run] = []
    over: list[Run] = []
    in_block: dict[int, list[Run]] = {}
    for run in runs:
        at = _block(run, glyphs) if run.first >= glyphs.stamped else None
        if at is None:
            page.append(run)
        else:
            in_block.setdefault(at, []).append(run)
    blocks: list[list[Run]] = []
    for _number, block in sorted(in_block.items()):
        words = any(char.isalpha() for run in block for char in run.text)
        if words and len(rows_of(block)) > 1:
            blocks.append(block)
        else:
            over += block
    figures = [run for run in over if _is_figures(run)]
    page = [run for run in page if not (_is_figures(run) and any(_hides(above, run) for above in figures))]
    return page + over, blocks


def _is_figures(run: Run) -> bool:
    return run.text.strip(".").isdigit()


def _hides(above: Run, run: Run) -> bool:
    """Whether a stamped figure stands where the page has another one: a day or month put right."""
    middle = (run.left + run.right) / 2
    return above.left <= middle <= above.right and above.top < (run.top + run.bottom) / 2 < above.bottom


def _block(run: Run, glyphs: Glyphs) -> int | None:
    x, y = (run.left + run.right) / 2, (run.top + run.bottom) / 2
    for at, (left, top, right, bottom) in enumerate(glyphs.blocks):
        if left <= x <= right and top <= y <= bottom:
            return at
    return None
