"""Which pack of retention rules a dossier falls under."""

from __future__ import annotations

from datetime import date

import pytest
from states import judge, state

from dossier.checklists.retention import load_packs
from dossier.model import Manifest

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("led_by", "ended", "pack"),
    [
        ("police", date(2025, 6, 30), "tt-08-2020"),
        ("police", date(2025, 7, 1), "tt-55-2025"),
        ("police", None, "tt-55-2025"),
        ("other", date(2025, 6, 30), "luat-luu-tru-2011"),
        ("other", date(2025, 7, 1), "luat-luu-tru-2024"),
        ("other", None, "luat-luu-tru-2024"),
    ],
)
def test_pack_follows_the_leader_and_the_day_the_work_ended(
    led_by: str, ended: date | None, pack: str
) -> None:
    assert judge(state(manifest=Manifest(led_by=led_by, ended=ended)), TODAY).retention.pack == pack


def test_nothing_that_ships_is_called_verified() -> None:
    packs = load_packs()
    rows = [row for pack in packs.packs for row in (*pack.periods, *pack.handover)]
    assert rows
    assert not any(row.verified for row in rows)
    assert not judge(state(), TODAY).retention.verified


def test_end_in_the_future_does_not_choose_the_pack() -> None:
    manifest = Manifest(ended=date(2030, 1, 1))
    assert judge(state(manifest=manifest), date(2025, 6, 1)).retention.pack == "tt-08-2020"
