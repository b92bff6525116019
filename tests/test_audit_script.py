"""What the look for known faults of packages says; programs stand in for those that ask the network."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "audit.sh"
FAULT = (
    '{"dependencies": [{"name": "idna", "version": "3.6", '
    '"vulns": [{"id": "CVE-1", "fix_versions": ["3.7"]}]}]}'
)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script for the shell")


def audited(folder: Path, answer: str, code: int) -> tuple[int, str]:
    """Exit code and output when pip-audit leaves ``answer`` in its file and ends with ``code``."""
    (folder / "scripts").mkdir()
    shutil.copy(SCRIPT, folder / "scripts")
    programs = {
        "uv": "exit 0",
        "python": f'[ "$1" = - ] && exit 0\nexec {sys.executable} "$@"',
        "pip-audit": f"for last; do :; done\ncat >\"$last\" <<'END'\n{answer}\nEND\nexit {code}",
    }
    (folder / ".venv/bin").mkdir(parents=True)
    for name, body in programs.items():
        file = folder / ".venv/bin" / name
        file.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
        file.chmod(0o755)
    done = subprocess.run(["sh", folder / "scripts/audit.sh"], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_fault_fails_and_is_named(tmp_path: Path) -> None:
    code, said = audited(tmp_path, FAULT, 1)
    assert (code, said) == (1, "idna 3.6 CVE-1 mended in: 3.7\n")


def test_nothing_found_passes(tmp_path: Path) -> None:
    assert audited(tmp_path, '{"dependencies": []}', 0) == (0, "")


@pytest.mark.parametrize("answer", ["", FAULT[:50], "[]"])
def test_service_that_falls_silent_is_told_and_passes(tmp_path: Path, answer: str) -> None:
    code, said = audited(tmp_path, answer, 1)
    assert code == 0
    assert said.startswith("NOT CHECKED")
