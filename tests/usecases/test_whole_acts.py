"""A line of the log and its act: both are there, or neither, or a further line tells that it was not done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from dossier.archive import Archive, open_archive
from dossier.errors import UsageError
from dossier.usecases import adopt, audit, configuring, fact_entries
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.scan import scan
from dossier.usecases.whole_acts import is_carried_out, whole_act
from dossier.workspace import within
from tests.usecases.archives import FOUNDING, put, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends a forked process")
DOSSIER = "mo-hinh/A"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    put(tmp_path / "kho", a_txt=FOUNDING)
    write(tmp_path / "kho", "khac/Thư mục lạ/b.txt", FOUNDING)
    archive = open_archive(tmp_path / "kho")
    scan(archive, workers=1)
    return archive


def _cut_short(work: Callable[[], object], at: str) -> None:
    """Do it in a process that ends before it commits (``at`` “commit”) or renames a file (“replace”)."""
    child = os.fork()
    if child == 0:
        if at == "commit":
            event.listen(Engine, "commit", lambda _connection: os._exit(7))
        else:
            sys.addaudithook(lambda name, _given: os._exit(7) if name == "os.rename" else None)
        work()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def _told(archive: Archive) -> list[tuple[str, object]]:
    entries = audit.entries(archive)[::-1]
    assert audit.verify(archive).broken == ""
    return [(entry.act, entry.details.get("line", entry.number)) for entry in entries]


def test_act_cut_off_before_its_commit_is_told_not_to_be_done(archive: Archive) -> None:
    _cut_short(lambda: fact_entries.record(archive, DOSSIER, ["tạm-giữ=một"]), "commit")
    assert fact_entries.entries_of(archive, DOSSIER) == ()
    fact_entries.record(archive, DOSSIER, ["tạm-giữ=hai"])
    assert _told(archive) == [("set", 1), ("not-done", 1), ("set", 3)]
    fact_entries.record(archive, DOSSIER, ["tạm-giữ=ba"])
    assert _told(archive)[3:] == [("set", 4)]


def test_next_scan_tells_it_too(archive: Archive) -> None:
    _cut_short(lambda: fact_entries.record(archive, DOSSIER, ["tạm-giữ=một"]), "commit")
    scan(archive, workers=1)
    assert _told(archive) == [("set", 1), ("not-done", 1)]


def test_setting_cut_off_before_it_is_put_in_place_is_told_and_leaves_no_file(archive: Archive) -> None:
    place = configuring.setting_named("unit.place")
    _cut_short(lambda: configuring.change(archive, [(place, "Xã Mới")]), "replace")
    scan(archive, workers=1)
    assert _told(archive) == [("config", 1), ("not-done", 1)]
    assert [path.name for path in archive.root.iterdir() if path.name.startswith(".dossier.")] == []


def test_act_that_is_refused_leaves_no_line(archive: Archive) -> None:
    with pytest.raises(UsageError):
        fact_entries.done(archive, "TH-22", 2025, undo=True)
    assert _told(archive) == []


def test_revoked_adoption_has_a_line(archive: Archive) -> None:
    adopt.adopt(archive, ["khac/Thư mục lạ"], kind="mo-hinh")
    adopt.undo(archive, ["khac/Thư mục lạ"])
    assert [act for act, _line in _told(archive)] == ["adopt", "adopt-undo"]


def test_request_of_the_page_is_known_with_its_act_alone(archive: Archive) -> None:
    with within(request="1 then"), writing(archive, "set"), open_known(archive) as catalogue:
        with pytest.raises(InterruptedError), whole_act(archive, catalogue) as say:
            say("set", DOSSIER)
            raise InterruptedError
        assert not is_carried_out(archive, catalogue, "1 then")
        with whole_act(archive, catalogue) as say:
            say("set", DOSSIER)
        assert is_carried_out(archive, catalogue, "1 then")
        assert not is_carried_out(archive, catalogue, "2 then")
    assert [act for act, _line in _told(archive)] == ["set"]
