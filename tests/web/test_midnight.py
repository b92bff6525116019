"""A page that follows the archive past midnight: by the new day's deadlines, and with the file that came in
the last second of the old one."""

from __future__ import annotations

import os
import shutil
import time
from datetime import date, datetime, timedelta
from datetime import time as hour
from pathlib import Path

import pytest

from dossier.archive import open_archive
from dossier.usecases import decide
from dossier.usecases.assess import assess
from dossier.usecases.known import open_known
from dossier.usecases.nightly import nightly
from dossier.usecases.standing import id_of
from tests.usecases.archives import TODAY, paper, write
from tests.web.serving import Running, running

pytestmark = pytest.mark.slow  # the archive is watched, and what comes must lie still for a while
A = "mo-hinh/A"
NEXT = TODAY + timedelta(days=1)
LATE = f"{A}/đến muộn.txt"


def _strike(up: Running, day: date) -> None:
    up.services.cache._fixed = day  # the clock


def _until(holds, seconds: float = 60.0) -> bool:  # type: ignore[no-untyped-def]
    end = time.monotonic() + seconds
    while not (true := holds()) and time.monotonic() < end:
        time.sleep(0.2)
    return bool(true)


def test_watching_goes_on_past_midnight(doubtful: Path, tmp_path: Path) -> None:
    root = tmp_path / "kho"
    shutil.copytree(doubtful, root)
    archive = open_archive(root)
    rule = next(f.rule for f in assess(archive, TODAY).dossiers[0].findings if f.severity.value == "error")
    decide.waive(archive, A, rule, reason="chờ bản gốc", until=TODAY, today=TODAY)
    with running(archive, TODAY, follow=True) as up:
        visit = up.owner()
        page = f"/ho-so/{id_of(A)}"
        assert "chấp nhận: chờ bản gốc" in visit.get(page).text
        write(root, LATE, paper("BÁO CÁO", "55/BC-UBND", "Kết quả trong phút cuối"))
        last = datetime.combine(TODAY, hour(23, 59, 59)).timestamp()
        os.utime(root / LATE, (last, last))
        _strike(up, NEXT)
        assert _until(lambda: "chấp nhận: chờ bản gốc" not in visit.get(page).text)
        assert _until(lambda: "đã hết hạn" in visit.get("/chap-nhan").text)
        assert _until(lambda: "55/BC-UBND" in visit.get(page).text)
    assert LATE in {document.path for document in assess(archive, NEXT).documents}
    night = nightly(archive, NEXT, workers=1)
    assert night.folder.name.startswith(NEXT.isoformat()) and list(night.folder.iterdir())
    with open_known(archive) as catalogue:
        assert [kept.day for kept in catalogue.nights.all()] == [NEXT]
    assert LATE in {document.path for document in assess(archive, NEXT).documents}
