"""While the page is open new files are seen, read and told to it; the line tells nothing of what they are."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dossier.archive import open_archive
from dossier.usecases.locking import watching
from tests.usecases.archives import FOUNDING, SURVEY, write
from tests.usecases.archives import TODAY as DAY
from tests.web.serving import Visit, running, scanned

A = "Mô hình/Camera an ninh"


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    root = tmp_path / "kho"
    write(root, f"{A}/qd.txt", FOUNDING)
    write(root, "dossier.toml", "[watch]\nquiet_seconds = 1\n")
    scanned(root)
    return root


@contextmanager
def line(visit: Visit) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", visit.port, timeout=60)
    headers = {"host": f"127.0.0.1:{visit.port}", "cookie": visit.cookie}
    connection.request("GET", "/su-kien", headers=headers)
    try:
        yield connection.getresponse()
    finally:
        connection.close()


def until(answer: http.client.HTTPResponse, event: str) -> list[str]:
    """The lines up to that event."""
    found = []
    while not found or found[-1] != f"event: {event}":
        got = answer.readline().decode().rstrip("\n")
        found.append(got)
    return found


def test_new_file_is_read_and_told_while_the_page_is_open(kho: Path) -> None:
    with running(open_archive(kho), DAY, follow=True) as up:
        visit = up.owner()
        deadline = time.monotonic() + 60
        while up.services.following is None or not up.services.following.watching:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        with line(visit) as answer:
            assert answer.getheader("content-type", "").startswith("text/event-stream")
            write(kho, "Hộp thư đến/moi.txt", SURVEY)
            said = until(answer, "changed")
            while "moi.txt" not in visit.get("/hop-thu-den").text:  # the watch looks at the rest too
                said += until(answer, "changed")
        assert "moi.txt" not in "\n".join(said)


def test_archive_that_is_watched_already_is_left_to_that_watch(kho: Path) -> None:
    with watching(open_archive(kho)), running(open_archive(kho), DAY, follow=True) as up:
        visit = up.owner()
        deadline = time.monotonic() + 30
        while up.services.following is not None and not up.services.following.elsewhere:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert visit.get("/").status == 200


def test_line_is_for_those_who_signed_in(kho: Path) -> None:
    with running(open_archive(kho), DAY) as up, line(Visit(up.port)) as answer:
        assert answer.status == 401


def test_one_session_has_three_lines(kho: Path) -> None:
    with running(open_archive(kho), DAY) as up:
        visit = up.owner()
        with line(visit) as one, line(visit) as two, line(visit) as three:
            for answer in (one, two, three):
                assert answer.status == 200
                answer.readline()
            with line(visit) as fourth:
                assert fourth.status == 429


def test_open_lines_do_not_hold_up_the_end(kho: Path) -> None:
    with running(open_archive(kho), DAY) as up:
        visit = up.owner()
        with line(visit) as answer:
            answer.readline()
            up.services.ending.set()
            assert answer.read() is not None  # to its end


def test_line_of_a_unit_does_not_tell_how_much_of_the_archive_is_read(kho: Path) -> None:
    from dossier.web.roles import Role

    with running(open_archive(kho), DAY, follow=True) as up:
        up.account("quản trị", Role.ADMIN)
        up.account("lan", Role.UNIT, "Xã khác")
        deadline = time.monotonic() + 60
        while up.services.following is None or not up.services.following.watching:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        visit = up.signed_in("lan")
        visit.get("/")
        with line(visit) as answer:
            write(kho, f"{A}/moi.txt", SURVEY)
            said = "\n".join(until(answer, "changed"))
        assert "progress" not in said and "moi" not in said


@pytest.mark.parametrize("how", ["signs out", "is locked"])
def test_line_ends_with_its_session(kho: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from dossier.web.roles import Role

    with running(open_archive(kho), DAY) as up:
        up.account("quản trị", Role.ADMIN)
        up.account("lan", Role.ARCHIVIST)
        visit = up.signed_in("lan")
        with line(visit) as answer:
            until(answer, "progress")
            if how == "signs out":
                visit.post("/dang-xuat")
            else:
                up.services.accounts.lock("lan")
            ended = time.monotonic() + 15
            while answer.readline():
                assert time.monotonic() < ended


def test_open_page_does_not_keep_a_session_from_running_out(kho: Path) -> None:
    with running(open_archive(kho), DAY) as up:
        visit, storage = up.owner(), up.services.storage
        storage.change("UPDATE sessions SET seen = seen - 300")
        before = storage.one("SELECT seen FROM sessions")
        with line(visit) as answer:
            until(answer, "progress")
        assert storage.one("SELECT seen FROM sessions")["seen"] == before["seen"]
