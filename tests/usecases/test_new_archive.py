"""An archive is made whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dossier.errors import ArchiveError, DossierError
from dossier.usecases import audit, create
from dossier.usecases.create import init


def full(*_told: object, **_more: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def no_log(*_told: object, **_more: object) -> None:
    raise ArchiveError("Không ghi được nhật ký")


@pytest.mark.parametrize(("what", "name", "broken"), [
    (create, "write_beside", full), (create, "open_archive", full),
    (audit, "note", full), (audit, "note", no_log),
])  # fmt: skip
@pytest.mark.parametrize("there", [False, True])
def test_what_cannot_be_made_whole_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: object, name: str, broken: object, there: bool
) -> None:
    folder = tmp_path / "mới/kho"
    if there:
        folder.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr(what, name, broken)
    with pytest.raises(DossierError):
        init(folder)
    assert sorted(tmp_path.rglob("*")) == before


def test_what_was_there_before_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    init(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr(audit, "note", no_log)
    with pytest.raises(DossierError):
        init(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_what_a_killed_process_left_half_written_is_removed(tmp_path: Path) -> None:
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    (tmp_path / f".dossier.toml.{killed.pid}.0123abcd").write_text("[arch", "utf-8")
    (tmp_path / f".dossier.toml.{os.getpid()}.0123abcd").write_text("[archive]\n", "utf-8")  # at work on it
    init(tmp_path)
    assert [path.name for path in tmp_path.glob(".dossier.toml.*")] == [
        f".dossier.toml.{os.getpid()}.0123abcd"
    ]
