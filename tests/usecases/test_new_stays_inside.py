"""A new dossier lies in its archive, and the inbox takes files only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dossier.archive import open_archive
from dossier.errors import UsageError
from dossier.usecases.create import new
from dossier.usecases.inbox.receiving import add


def test_no_dossier_is_made_outside_of_the_archive_nor_through_a_link(tmp_path: Path) -> None:
    kho, other = tmp_path / "kho", tmp_path / "khac"
    kho.mkdir()
    other.mkdir()
    (kho / "Mô hình").symlink_to(other)
    for parent in (None, other):
        with pytest.raises(UsageError, match="nằm ngoài kho"):
            new(open_archive(kho), "mo-hinh", "Chợ", parent)
    assert not any(other.iterdir())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and devices")
def test_what_has_no_end_is_not_taken_into_the_inbox(tmp_path: Path) -> None:
    kho, pipe = tmp_path / "kho", tmp_path / "ống"
    kho.mkdir()
    os.mkfifo(pipe)
    for file in (Path("/dev/zero"), pipe):
        with pytest.raises(UsageError, match="không phải là tệp thông thường"):
            add(open_archive(kho), file)
