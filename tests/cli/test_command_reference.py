"""The reference of commands is made from the commands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from dossier.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/commands.md"


def test_page_of_commands_in_docs_is_current() -> None:
    # In a process of its own: help texts take their language when a command is imported.
    script = [sys.executable, str(ROOT / "scripts/command_reference.py"), "-"]
    made = subprocess.run(script, capture_output=True, check=True, env={**os.environ, "DOSSIER_LANG": "en"})
    assert PAGE.read_text("utf-8") == made.stdout.decode()


def test_every_command_has_its_section() -> None:
    lines = PAGE.read_text("utf-8").splitlines()
    assert [name for name in COMMANDS if f"## dossier {name}" not in lines] == []
