"""What the observers tell of real changes on a real disk."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.scanner.watch import Event, Observer, What
from dossier.scanner.watch.choose import PollingObserver, open_for_writing, stamp_of

linux = pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def observers(folder: Path) -> list[Observer]:
    found: list[Observer] = [PollingObserver(os.fsencode(folder), "", seconds=0.2, remote=True)]
    if sys.platform == "linux":
        from dossier.scanner.watch.inotify import InotifyObserver

        found.append(InotifyObserver(os.fsencode(folder), ""))
    return found


@pytest.mark.parametrize("number", [0, pytest.param(1, marks=linux)])
def test_every_kind_of_change_is_told_with_its_path(tmp_path: Path, number: int) -> None:
    observer = observers(tmp_path)[number]
    (tmp_path / "cũ.txt").write_text("a")
    (tmp_path / "xóa.txt").write_text("b")
    events: list[Event] = []
    observer.start(events.append)
    try:
        (tmp_path / "cũ.txt").rename(tmp_path / "mới.txt")
        (tmp_path / "xóa.txt").unlink()
        (tmp_path / "thư mục").mkdir()
        (tmp_path / "thư mục/trong.txt").write_text("c")
        wanted = {"cũ.txt", "mới.txt", "xóa.txt", "thư mục", "thư mục/trong.txt"}
        until(lambda: {os.fsdecode(e.path) for e in events} >= {str(tmp_path / name) for name in wanted})
    finally:
        observer.stop()


@linux
def test_closing_after_writing_is_told_and_reading_is_not(tmp_path: Path) -> None:
    observer = observers(tmp_path)[1]
    (tmp_path / "a.txt").write_text("a")
    events: list[Event] = []
    observer.start(events.append)
    try:
        (tmp_path / "a.txt").read_text()
        (tmp_path / "b.txt").write_text("b")
        until(lambda: Event(What.CLOSED, os.fsencode(tmp_path / "b.txt")) in events)
        assert os.fsencode(tmp_path / "a.txt") not in {event.path for event in events}
    finally:
        observer.stop()


def test_who_is_told_of_no_closing_waits_for_none(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("a")
    observer, events = observers(tmp_path)[0], list[Event]()
    observer.start(events.append)
    try:
        file.write_text("sửa lại")
        until(lambda: os.fsencode(file) in {event.path for event in events})
        assert not any(event.writing for event in events)
    finally:
        observer.stop()


@pytest.mark.slow  # fills the kernel's queue
@linux
def test_events_that_the_kernel_dropped_are_told(tmp_path: Path) -> None:
    from dossier.scanner.watch.inotify import InotifyObserver

    most = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    if most > 100_000:
        pytest.skip("the queue of this machine is too long to be filled quickly")
    observer = InotifyObserver(os.fsencode(tmp_path), "")
    events: list[Event] = []
    observer.start(events.append)
    try:
        with observer._inotify._lock:  # nobody reads the queue while the events come
            for number in range(most):
                os.close(os.open(tmp_path / str(number % 50), os.O_CREAT | os.O_WRONLY))
                os.unlink(tmp_path / str(number % 50))
        until(lambda: Event(What.LOST, os.fsencode(tmp_path)) in events)
        (tmp_path / "sau").mkdir()
        (tmp_path / "sau/a.txt").write_text("a")
        until(lambda: os.fsencode(tmp_path / "sau/a.txt") in {event.path for event in events})
    finally:
        observer.stop()


@linux
def test_writer_is_seen_and_reader_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("w"):
        assert open_for_writing(os.fsencode(path)) in (True, None)
    with path.open():
        assert open_for_writing(os.fsencode(path)) in (False, None)


def test_folders_and_what_is_not_there_have_no_stamp(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("abc")
    found = stamp_of(os.fsencode(tmp_path / "a.txt"))
    assert found is not None
    assert found.size == 3
    assert stamp_of(os.fsencode(tmp_path)) is None
    assert stamp_of(os.fsencode(tmp_path / "b.txt")) is None


@linux
@pytest.mark.parametrize("by_server", [False, True])
def test_listing_ends_where_folders_lead_back_to_those_around_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_server: bool
) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    for name in ("lên", "lên nữa", "đầu"):
        (tmp_path / "a/b" / name).symlink_to(".." if name != "đầu" else tmp_path)
    if by_server:  # which follows links itself: to us they are folders
        monkeypatch.setattr(os, "lstat", os.stat)
    observer, events = observers(tmp_path)[0], list[Event]()
    observer.start(events.append)
    try:
        (tmp_path / "a/b/mới.txt").write_text("c")
        until(lambda: os.fsencode(tmp_path / "a/b/mới.txt") in {event.path for event in events})
    finally:
        observer.stop()
