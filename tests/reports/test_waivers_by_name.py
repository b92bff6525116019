"""Accepted findings are listed by the name of their dossier, as everywhere, not by that of its folder."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO

from rich.console import Console

from dossier.model import Waiver
from reports.screen.waivers import waivers

WAIVED = Waiver("2024/MH Camera", "MH-08", "Lồng ghép", "An", datetime(2026, 1, 2, tzinfo=UTC))


def _shown(waiver: Waiver, names: dict[str, str]) -> str:
    console = Console(file=StringIO(), width=160)
    console.print(waivers([(waiver, True, 1)], names))
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def test_the_name_stands_before_the_folder() -> None:
    said = _shown(WAIVED, {"2024/MH Camera": "Camera an ninh"})
    assert said.index("Camera an ninh") < said.index("2024/MH Camera")


def test_a_dossier_that_is_gone_is_called_by_its_folder() -> None:
    assert "MH Camera" in _shown(WAIVED, {})
