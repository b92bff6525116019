"""What the Tab key finishes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.cli import root
from dossier.cli.completion import script


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_every_shell_gets_its_script_and_where_to_put_it(shell: str) -> None:
    done = CliRunner().invoke(root, ["completion", shell])
    assert done.exit_code == 0
    assert "_DOSSIER_COMPLETE" in done.stdout
    assert f"dossier completion {shell}" in done.stderr


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_script_for_bash_is_bash(tmp_path: Path) -> None:
    file = tmp_path / "dossier.sh"
    file.write_text(script("bash"))
    assert subprocess.run(["bash", "-n", file], check=False).returncode == 0


def test_shell_is_answered_with_commands() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "dossier"], capture_output=True, text=True, check=False, timeout=60,
        env={"_DOSSIER_COMPLETE": "fish_complete", "COMP_WORDS": "dossier sta", "COMP_CWORD": "sta",
             "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert "plain,status" in made.stdout
