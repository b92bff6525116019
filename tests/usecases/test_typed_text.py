"""Texts that a person types for keeping have an end, and no characters that nobody sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier.archive import open_archive
from dossier.errors import UsageError
from dossier.usecases import configuring, create, fact_entries
from dossier.usecases.decide import waive, waivers
from dossier.usecases.typed_text import checked
from tests.usecases.archives import FOUNDING, put, run

_LONG = "dài " * 30_000


@pytest.mark.parametrize("unseen", ["\n", "\x1b[31m", "\u202e", "\x00", "\u200b"])
def test_what_nobody_sees_is_refused(unseen: str) -> None:
    with pytest.raises(UsageError, match="không nhìn thấy"):
        checked(f"Công an{unseen} xã", "đơn vị", 100)


def test_longest_text_is_taken_and_one_more_is_refused() -> None:
    assert checked("a" * 100, "đơn vị", 100)
    with pytest.raises(UsageError, match="đơn vị: dài quá 100 ký tự"):
        checked("a" * 101, "đơn vị", 100)


@pytest.mark.parametrize(
    "said", [f"ký-hiệu={_LONG}", f"đơn-vị={_LONG}", f"thành-viên={_LONG}", f"tạm-giữ={_LONG}", f"quỹ={_LONG}"]
)
def test_fact_without_end_is_refused(said: str) -> None:
    with pytest.raises(UsageError, match="dài quá"):
        fact_entries.parse_fact(said)


def test_fact_with_terminal_controls_is_refused() -> None:
    with pytest.raises(UsageError, match="không nhìn thấy"):
        fact_entries.parse_fact("ký-hiệu=01\x1b[31m")


def test_setting_without_end_is_refused_and_the_file_stays(tmp_path: Path) -> None:
    archive = open_archive(create.init(tmp_path / "kho"))
    before = (archive.root / "dossier.toml").read_bytes()
    with pytest.raises(UsageError, match="dài quá"):
        configuring.change(archive, [(configuring.setting_named("đơn vị"), _LONG)])
    assert (archive.root / "dossier.toml").read_bytes() == before


def test_reason_without_end_is_refused(tmp_path: Path) -> None:
    put(tmp_path, qd_txt=FOUNDING)
    run(tmp_path)
    archive = open_archive(tmp_path)
    with pytest.raises(UsageError, match="lý do: dài quá"):
        waive(archive, "mo-hinh/A", "MH-04", reason=_LONG)
    assert waivers(archive) == []
