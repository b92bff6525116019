"""The state folder is its owner's alone, and lies where it harms nothing."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from archives import FOUNDING, put, run, write

from dossier.archive import open_archive
from dossier.errors import ArchiveError
from dossier.model.health import Health
from dossier.usecases.doctor import examine
from dossier.usecases.mend import mend
from dossier.usecases.nightly import nightly
from dossier.usecases.scan import scan


def open_to_others(folder: Path) -> list[str]:
    there = [folder, *folder.rglob("*")]
    return [str(path.relative_to(folder)) for path in there if path.stat().st_mode & 0o077]


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    put(tmp_path / "kho", a_txt=FOUNDING)
    return tmp_path / "kho"


def test_state_is_its_owner_s_alone_whatever_the_umask(kho: Path) -> None:
    before = os.umask(0)
    try:
        run(kho)
        nightly(open_archive(kho))
    finally:
        os.umask(before)
    assert open_to_others(kho / ".dossier") == []


def test_state_that_was_open_is_told_and_closed(kho: Path) -> None:
    run(kho)
    for path in (kho / ".dossier", *(kho / ".dossier").rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    archive = open_archive(kho)
    assert any(
        check.health is Health.BROKEN and "người khác xem được" in check.found for check in examine(archive)
    )
    list(mend(archive))
    assert open_to_others(kho / ".dossier") == []
    assert all(check.health is not Health.BROKEN for check in examine(archive))


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root may give files to any group"
)
def test_state_is_shared_with_a_group_by_configuration(kho: Path) -> None:
    import grp

    group = grp.getgrgid(1).gr_name
    write(kho, "dossier.toml", f'[archive]\ngroup = "{group}"\n')
    run(kho)
    state = kho / ".dossier"
    assert stat.S_IMODE(state.stat().st_mode) == 0o2770
    assert state.stat().st_gid == 1
    assert (state / "catalogue.sqlite").stat().st_mode & 0o007 == 0
    (kho / "dossier.toml").chmod(0o666)  # now anybody may have written it
    assert open_archive(kho).group == ""


PLACES = ("Mô hình/Chợ", "Mô hình/Chợ/st", "st", ".st", "lk")


@pytest.mark.parametrize("place", PLACES)
def test_state_never_lies_among_the_originals(tmp_path: Path, place: str) -> None:
    kho = tmp_path / "kho"
    write(kho, "Mô hình/Chợ/a.txt", FOUNDING)
    (kho / "lk").symlink_to(tmp_path / "ngoài")
    with pytest.raises(ArchiveError):
        scan(open_archive(kho, kho / place), workers=1)
    assert [path.name for path in (kho / "Mô hình/Chợ").iterdir()] == ["a.txt"]


@pytest.mark.parametrize("name", ["reports", "index", "reports/2026-11-29", "lock", "audit-2026-11.jsonl"])
def test_nothing_is_written_through_a_link_in_the_state(kho: Path, tmp_path: Path, name: str) -> None:
    run(kho)
    there = kho / ".dossier" / name
    there.parent.mkdir(exist_ok=True)
    outside = tmp_path / "ngoài"
    if there.is_dir():
        there.rename(outside)
    else:
        there.unlink(missing_ok=True)
        outside.mkdir()
    there.symlink_to(outside)
    before = sorted(outside.rglob("*"))
    with pytest.raises(ArchiveError, match="là liên kết"):
        nightly(open_archive(kho))
    assert sorted(outside.rglob("*")) == before


def test_state_is_no_link_no_dossier_and_nobody_else_s_folder(kho: Path, tmp_path: Path) -> None:
    (tmp_path / "của tôi").mkdir()
    (tmp_path / "của tôi/thư.txt").write_text("x")
    write(tmp_path, "hồ sơ/hoso.toml", "")
    (tmp_path / "lk").symlink_to(tmp_path / "đâu")
    for state in ("của tôi", "hồ sơ", "hồ sơ/st", "lk", "."):
        with pytest.raises(ArchiveError):
            scan(open_archive(kho, tmp_path / state), workers=1)
    (kho / ".dossier").symlink_to(tmp_path / "đâu")
    with pytest.raises(ArchiveError):
        scan(open_archive(kho), workers=1)
    assert not (tmp_path / "đâu").exists()
    assert scan(open_archive(kho, tmp_path / "mới/st"), workers=1).files == 1


@pytest.fixture
def somebody_else() -> Iterator[Path]:
    """A scanned archive that everybody may read, with the rights of a user who did not scan it."""
    with tempfile.TemporaryDirectory() as folder:
        kho = Path(folder) / "kho"
        put(kho, a_txt=FOUNDING)
        run(kho)
        for above in (Path(folder), kho):
            above.chmod(0o755)
        os.seteuid(65534)
        try:
            yield kho
        finally:
            os.seteuid(0)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root may take the rights of another user"
)
@pytest.mark.parametrize("asked", [False, True])
def test_state_of_somebody_else_is_told_with_what_to_do(somebody_else: Path, asked: bool) -> None:
    with pytest.raises(ArchiveError) as told:
        open_archive(somebody_else, somebody_else / ".dossier" if asked else None)
    assert "của người khác" in str(told.value)
    assert "--state" in told.value.advice


def test_state_in_which_only_the_log_of_acts_lies_is_ours(kho: Path) -> None:
    state = kho / ".dossier"
    state.mkdir()
    (state / "audit-2026-11.jsonl").write_bytes(b"")  # Windows takes lock files away
    scan(open_archive(kho), workers=1)
    assert (state / "catalogue.sqlite").is_file()
