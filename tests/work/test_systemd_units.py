"""The units of docs/province are what systemd takes, and start commands that there are."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.cli import root

_TEMPLATES = Path(__file__).parents[2] / "docs/province"
_PROGRAM = "/opt/dossier/bin/dossier"
_SERVICES = sorted(_TEMPLATES.glob("*.service"))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    units = []
    for template in (*_SERVICES, *_TEMPLATES.glob("*.timer")):
        unit = tmp_path / template.name
        unit.write_text(template.read_text("utf-8").replace(_PROGRAM, shutil.which("true") or ""), "utf-8")
        units.append(str(unit))
    said = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, timeout=60)
    assert (said.returncode, [line for line in said.stderr.splitlines() if str(tmp_path) in line]) == (0, [])


@pytest.mark.parametrize("service", _SERVICES, ids=lambda path: path.name)
def test_what_a_unit_starts_is_a_command(service: Path) -> None:
    lines = service.read_text("utf-8").splitlines()
    (started,) = [line.removeprefix("ExecStart=") for line in lines if line.startswith("ExecStart=")]
    program, *arguments = shlex.split(started)
    assert program == _PROGRAM
    told = CliRunner().invoke(root, [*arguments, "--help"])
    assert told.exit_code == 0, told.output
