"""Whatever a person says is said or not said, wherever the process that writes it down is killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import steps
from single_acts import SINGLE

pytestmark = pytest.mark.slow  # some hundred processes
_AT_ONCE = 8  # acts that one process tries, since each makes its archive first
_NAMES = list(SINGLE)


@pytest.mark.parametrize("first", range(0, len(_NAMES), _AT_ONCE))
def test_acts_killed_around_their_line_in_the_log_are_done_or_not(first: int) -> None:
    """Around it here; tests/faults/steps.py kills them at every step."""
    names = _NAMES[first : first + _AT_ONCE]
    command = [sys.executable, str(Path(steps.__file__)), "--around-the-line", *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("wrong 0") == len(names)
