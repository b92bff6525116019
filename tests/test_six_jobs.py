"""The six commonest jobs take at most three commands each, and nobody types a path."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.commands import dossier

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("six_jobs", ROOT / "scripts/six_jobs.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["six_jobs"] = made
    spec.loader.exec_module(made)
    return made


def test_six_jobs_take_three_commands_each_and_no_path(script: ModuleType) -> None:
    assert len(script.JOBS) == 6
    for job in script.JOBS:
        assert len(job.commands) <= 3
        assert not [word for command in job.commands for word in command if "/" in word or "\\" in word]


def test_every_job_is_done_and_the_page_shows_what_was_typed(script: ModuleType, tmp_path: Path) -> None:
    kho = script.make_archive(tmp_path)
    before = {file: file.read_bytes() for file in kho.rglob("*") if file.is_file()}
    played = script.play(
        kho,
        lambda kho, command, typed: dossier(*command, cwd=kho, keys=typed, COLUMNS="80", DOSSIER_LANG="vi"),
    )
    for commands in played:
        for typed, code, shown in commands:
            assert code in (0, 1), (typed, shown)
            assert "Lỗi" not in shown and "Traceback" not in shown, (typed, shown)
    decided = played[2][1][2]
    assert "Đã quyết định 10 văn bản" in decided, decided
    assert (kho / "bao-cao-thang.docx").exists() and (kho / "muc-luc.docx").exists()
    assert all(file.read_bytes() == content for file, content in before.items())
    page = (ROOT / "docs/vi/sau-viec.md").read_text("utf-8")
    assert all(f"$ {typed}\n" in page for commands in played for typed, _code, _shown in commands)
