"""Which font takes the place of Times New Roman in papers made as PDF."""

from __future__ import annotations

import pytest

from dossier.scanner._exec.fontconfig import best


@pytest.mark.parametrize(
    ("installed", "taken"),
    [
        ("Times New Roman\nLiberation Serif", ""),
        ("DejaVu Serif\nNoto Serif\nLiberation Serif", "Liberation Serif"),
        ("DejaVu Sans\nDejaVu Serif,DejaVu Serif Condensed\nDejaVu Serif", "DejaVu Serif Condensed"),
        ("DejaVu Sans\nDejaVu Serif", "DejaVu Serif"),
        ("DejaVu Sans", ""),
    ],
)
def test_font_nearest_in_width_to_times_is_taken(installed: str, taken: str) -> None:
    assert best(installed) == taken
