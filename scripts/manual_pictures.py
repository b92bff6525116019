"""Draw the pictures of the manual from what commands really show on a sample archive.

``python scripts/manual_pictures.py`` writes docs/vi/hinh/*.png; needs Chromium.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from six_jobs import make_archive

_PICTURES = Path(__file__).resolve().parents[1] / "docs/vi/hinh"
_WIDTH = 92  # columns
# File → the command that is shown, and how many of its lines.
SHOWN = {
    "quet.png": (("scan",), 26),
    "ho-so.png": (("show", "1"), 34),
    "tim.png": (("search", "quyet dinh thanh lap ban chi dao", "--limit", "3"), 24),
}


def screen(kho: Path, command: tuple[str, ...]) -> str:
    """What a command shows on a screen that takes colours."""
    environment = {**os.environ, "COLUMNS": str(_WIDTH), "FORCE_COLOR": "1", "DOSSIER_LANG": "vi"}
    done = subprocess.run(
        [sys.executable, "-m", "dossier", *command], cwd=kho, capture_output=True, text=True, check=False,
        env={**environment, "PYTHONPATH": str(_PICTURES.parents[2])},
    )  # fmt: skip
    return done.stdout


def draw(title: str, shown: str, lines: int, target: Path) -> None:
    """The first lines of a screen as a picture."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=_WIDTH, file=io.StringIO())
    kept = shown.rstrip().splitlines()
    cut = [*kept[:lines], "…"] if len(kept) > lines else kept
    console.print(Text.from_ansi("\n".join(cut)))
    svg = console.export_svg(title=title)
    height = 52 + round(24.4 * len(cut))  # rich's lines, and what it puts around them
    with tempfile.TemporaryDirectory() as made:
        page = Path(made) / "page.html"
        page.write_text(f'<!doctype html><meta charset="utf-8"><style>body{{margin:0}}</style>{svg}', "utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             f"--window-size=1150,{height}", f"--screenshot={target}", page.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip


if __name__ == "__main__":
    _PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        archive = make_archive(Path(folder))
        for name, (command, lines) in SHOWN.items():
            draw("dossier " + " ".join(command), screen(archive, command), lines, _PICTURES / name)
