"""A clock that cannot be right is told with every verdict judged by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dossier.archive import open_archive
from dossier.errors import ExitCode
from dossier.usecases import updating
from dossier.usecases.assess import assess, outcome
from dossier.usecases.clock import clock_problem
from dossier.usecases.overview import overview
from dossier.usecases.scan import scan
from tests.usecases.archives import FOUNDING, write

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last_scan", "now", "wrong"),
    [
        ("", NOW, False),
        ((NOW - timedelta(days=900)).isoformat(), NOW, False),
        ((NOW + timedelta(hours=3)).isoformat(), NOW, False),  # put right by hours
        ((NOW + timedelta(days=2)).isoformat(), NOW, True),
        ("", datetime(1970, 1, 1, tzinfo=UTC), True),
        ("", datetime(2022, 11, 17, tzinfo=UTC), True),  # before the guidance
        ("", datetime(2040, 1, 1, tzinfo=UTC), False),
    ],
)
def test_clock_is_told_where_it_cannot_be_right(last_scan: str, now: datetime, wrong: bool) -> None:
    assert bool(clock_problem(last_scan, now)) is wrong


def test_scan_under_a_clock_set_back_says_so_until_it_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "mo-hinh/A/qd.txt", FOUNDING)
    archive = open_archive(tmp_path)
    scan(archive, workers=1)
    assert not assess(archive).problems

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(1980, 1, 4, tzinfo=UTC)

    with monkeypatch.context() as back:
        back.setattr(updating, "datetime", Clock)
        scan(archive, workers=1)
    (told,) = assess(archive).problems
    assert "04/01/1980" in told
    assert outcome(overview(archive, None)) == ExitCode.UNREAD
    scan(archive, workers=1)
    assert not assess(archive).problems
