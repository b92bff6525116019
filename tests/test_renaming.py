"""Names are given although somebody has just opened what is new."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier import renaming
from dossier.os_errors import in_words


def held(times: int, number: int = 32) -> tuple[list[Path], object]:
    """What stands for a file that a virus scanner has open: so many attempts fail as they do on Windows."""
    tried: list[Path] = []

    def act(target: Path) -> None:
        tried.append(target)
        if len(tried) <= times:
            error = PermissionError(13, "Access is denied")
            error.winerror = number  # type: ignore[attr-defined]
            raise error

    return tried, act


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_file_that_is_held_for_a_moment_gets_its_name(number: int) -> None:
    tried, act = held(2, number)
    renaming._patiently(act, Path("a"))  # type: ignore[arg-type]
    assert len(tried) == 3


def test_who_holds_it_longer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renaming, "_PAUSES", (0.0, 0.0))
    tried, act = held(99, 5)
    with pytest.raises(PermissionError) as raised:
        renaming._patiently(act, Path("a"))  # type: ignore[arg-type]
    assert len(tried) == 3 and "đang mở trong chương trình khác" in in_words(raised.value)


def test_what_is_not_there_is_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        renaming.replace(tmp_path / "a", tmp_path / "b")
    (tmp_path / "a").write_text("1")
    renaming.rename(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "1"
