"""People work in an archive while it is watched: real files, real events, real processes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from archives import FOUNDING, PROPOSAL, SURVEY, accounted, again, on_disk, paper, put, run, write
from watching import PATIENCE, Watched, lines_until, start, until, watched

from dossier.archive import open_archive
from dossier.errors import LockedError
from dossier.scanner.watch import Event, What
from dossier.usecases.decide import assign
from dossier.usecases.locking import writing
from dossier.usecases.watch import News, Watcher


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Watched]:
    put(tmp_path, a_txt=FOUNDING)
    write(tmp_path, "mo-hinh/B/b.txt", SURVEY)
    for path in (tmp_path / "mo-hinh").rglob("*.txt"):
        os.utime(path, (time.time() - 60,) * 2)
    with watched(tmp_path) as it:
        yield it


def test_new_file_is_in_status_and_search(archive: Watched) -> None:
    put(archive.root, c_txt=PROPOSAL)
    archive.until_names("A/a.txt", "A/c.txt", "B/b.txt")
    until(lambda: "A/c.txt" in archive.found("de xuat"))
    until(lambda: any(news.path == "mo-hinh/A" for news in archive.told("dossier")))


def test_written_file_is_read_again(archive: Watched) -> None:
    put(archive.root, a_txt=PROPOSAL)
    until(lambda: archive.found("de xuat") == ["A/a.txt"])


def test_renamed_and_moved_file_is_not_read_and_keeps_its_decision(archive: Watched) -> None:
    assign(open_archive(archive.root), str(archive.root / "mo-hinh/A/a.txt"), ["2"])
    (archive.root / "mo-hinh/A/a.txt").rename(archive.root / "mo-hinh/B/khac.txt")
    archive.until_names("B/b.txt", "B/khac.txt")
    (moved,) = (d for d in archive.report().documents if d.path.endswith("khac.txt"))
    assert [p.part for p in moved.placements] == ["2"]
    assert archive.watcher.totals.read == 2  # at the start


def test_folder_moved_whole_is_not_read(archive: Watched) -> None:
    (archive.root / "mo-hinh/A").rename(archive.root / "mo-hinh/C")
    archive.until_names("B/b.txt", "C/a.txt")
    assert archive.watcher.totals.read == 2


def test_deleted_file_and_folder_are_forgotten(archive: Watched) -> None:
    shutil.rmtree(archive.root / "mo-hinh/A")
    archive.until_names("B/b.txt")
    until(lambda: archive.found("camera") == ["B/b.txt"])


def test_atomic_save_of_word_is_one_change_and_its_lock_is_no_document(archive: Watched) -> None:
    folder = archive.root / "mo-hinh/A"
    (folder / "~$a.txt").write_bytes(b"x")
    (folder / "moi.tmp").write_text(PROPOSAL, "utf-8")
    (folder / "a.txt").rename(folder / "cu.tmp")
    (folder / "moi.tmp").rename(folder / "a.txt")
    (folder / "cu.tmp").unlink()
    until(lambda: archive.found("de xuat") == ["A/a.txt"])
    (folder / "~$a.txt").unlink()
    archive.until_names("A/a.txt", "B/b.txt")


def test_file_opened_and_closed_ten_times_is_read_once(archive: Watched) -> None:
    text = PROPOSAL.encode()
    step = len(text) // 10 + 1
    for at in range(0, len(text), step):
        with (archive.root / "mo-hinh/A/c.txt").open("ab") as out:
            out.write(text[at : at + step])
        time.sleep(0.1)
    archive.until_names("A/a.txt", "A/c.txt", "B/b.txt")
    assert [news.path for news in archive.told("read")].count("mo-hinh/A/c.txt") == 1


def test_stalled_copy_is_not_read_before_it_is_closed(archive: Watched) -> None:
    with (archive.root / "mo-hinh/A/c.txt").open("wb") as out:
        out.write(PROPOSAL.encode()[:200])
        out.flush()
        put(archive.root, d_txt=SURVEY)
        archive.until_names("A/a.txt", "A/d.txt", "B/b.txt")
        time.sleep(2)
        assert "A/c.txt" not in archive.names()
        out.write(PROPOSAL.encode()[200:])
    archive.until_names("A/a.txt", "A/c.txt", "A/d.txt", "B/b.txt")
    assert [news.path for news in archive.told("read")].count("mo-hinh/A/c.txt") == 1


def test_bad_file_is_told_and_watching_goes_on(archive: Watched) -> None:
    put(archive.root, hong_pdf="%PDF-1.4 hỏng")
    until(lambda: archive.told("unread"))
    put(archive.root, c_txt=PROPOSAL)
    archive.until_names("A/a.txt", "A/c.txt", "B/b.txt")
    until(lambda: accounted(archive.report()) == on_disk(archive.root) == 4)


def test_lost_events_are_made_good_by_looking_at_everything(archive: Watched) -> None:
    archive.watcher._attention.observers[0].stop()
    put(archive.root, c_txt=PROPOSAL)
    archive.watcher._attention.events.append(Event(What.LOST, os.fsencode(archive.root)))
    archive.until_names("A/a.txt", "A/c.txt", "B/b.txt")
    assert archive.told("lost")


def test_exhausted_watches_lead_to_polling(archive: Watched) -> None:
    (archive.root / "dossier.toml").write_text("[watch]\npoll_seconds = 1\n")
    until(lambda: archive.told("settings"))
    archive.watcher._attention.events.append(Event(What.LIMIT, os.fsencode(archive.root)))
    until(lambda: archive.told("polling"))
    put(archive.root, c_txt=PROPOSAL)
    archive.until_names("A/a.txt", "A/c.txt", "B/b.txt")


def test_wrong_settings_are_told_and_the_old_ones_stay(archive: Watched) -> None:
    (archive.root / "dossier.toml").write_text("[scan]\nocrr = true\n")
    until(lambda: any("ocrr" in news.detail for news in archive.told("settings")))
    (archive.root / "dossier.toml").unlink()
    put(archive.root, c_txt=PROPOSAL)
    archive.until_names("A/a.txt", "A/c.txt", "B/b.txt")


def test_other_writer_is_waited_for_and_told(archive: Watched) -> None:
    with writing(archive.root / ".dossier", "assign"):
        put(archive.root, c_txt=PROPOSAL)
        until(lambda: archive.told("waiting"))
        assert "A/c.txt" not in archive.names()
    archive.until_names("A/a.txt", "A/c.txt", "B/b.txt")


def test_scan_while_watching_agrees(archive: Watched) -> None:
    put(archive.root, c_txt=PROPOSAL)
    _counts, report = run(archive.root)
    assert len(report.documents) == 3
    archive.until_names("A/a.txt", "A/c.txt", "B/b.txt")


def test_second_watcher_is_refused(archive: Watched) -> None:
    with pytest.raises(LockedError):
        Watcher(open_archive(archive.root), lambda news: None).run(once=True)


def test_many_files_dropped_at_once_are_all_catalogued(archive: Watched) -> None:
    for number in range(300):
        text = paper("BÁO CÁO", f"{number}/BC-UBND", f"Kết quả số {number}")
        write(archive.root, f"mo-hinh/M{number % 7}/{number}.txt", text)
    until(lambda: len(archive.names()) == 302)
    until(lambda: archive.told("caught-up") and accounted(archive.report()) == on_disk(archive.root))


@pytest.mark.slow  # waits for a watcher to look again
def test_archive_that_is_away_for_a_while_is_not_forgotten(tmp_path: Path) -> None:
    put(tmp_path / "kho", a_txt=FOUNDING)
    archive = open_archive(tmp_path / "kho", tmp_path / "trang-thai")
    news: list[News] = []
    watcher = Watcher(archive, news.append, workers=1)
    thread = threading.Thread(target=watcher.run)
    thread.start()

    def told(what: str) -> int:
        return sum(one.what == what for one in news)

    until(lambda: told("caught-up"))
    (tmp_path / "kho/mo-hinh").rename(tmp_path / "xa")
    until(lambda: told("trouble"))
    assert len(again(archive).documents) == 1
    (tmp_path / "xa").rename(tmp_path / "kho/mo-hinh")
    until(lambda: told("caught-up") > 1)
    write(tmp_path / "kho", "mo-hinh/A/c.txt", PROPOSAL)
    until(lambda: len(again(archive).documents) == 2)
    watcher.stop()
    thread.join(PATIENCE)
    assert watcher.totals.read == 2


# ------------------------------------------------------------------ the command, as a process


def test_once_catches_up_and_exits(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    out, _err = (process := start(tmp_path, "--once")).communicate(timeout=PATIENCE)
    events = [json.loads(line)["event"] for line in out.splitlines()]
    assert process.returncode == 0
    assert events[0] == "watching"
    assert events[-3:] == ["dossier", "caught-up", "stopped"]
    assert [d.path for d in again(open_archive(tmp_path)).documents] == ["mo-hinh/A/a.txt"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_signal_ends_it_in_order(tmp_path: Path, number: signal.Signals, code: int) -> None:
    put(tmp_path, a_txt=FOUNDING)
    process = start(tmp_path)
    lines_until(process, "caught-up")
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, json.loads(out.splitlines()[-1])["event"]) == (code, "stopped")
    assert "Traceback" not in err
    assert "Đã dừng" not in err  # it was told once, as an event
    with writing(tmp_path / ".dossier", "scan", wait=0):
        assert len(again(open_archive(tmp_path)).documents) == 1


@pytest.mark.slow  # a watcher is killed
def test_kill_at_work_loses_nothing_for_the_next_run(tmp_path: Path) -> None:
    for number in range(40):
        write(tmp_path, f"mo-hinh/A/{number}.txt", paper("BÁO CÁO", f"{number}/BC-UBND", f"Số {number}"))
    process = start(tmp_path)
    lines_until(process, "read")
    process.kill()
    process.wait()
    start(tmp_path, "--once").communicate(timeout=PATIENCE)
    report = again(open_archive(tmp_path))
    assert len(report.documents) == accounted(report) == 40


def test_read_only_originals_stay_as_they_were(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    before = (tmp_path / "mo-hinh/A/a.txt").stat()
    start(tmp_path, "--once").communicate(timeout=PATIENCE)
    after = (tmp_path / "mo-hinh/A/a.txt").stat()
    assert (before.st_mtime_ns, before.st_mode, before.st_size) == (
        after.st_mtime_ns, after.st_mode, after.st_size,
    )  # fmt: skip


def test_file_with_a_stamp_of_secrecy_is_told_at_once(archive: Watched) -> None:
    put(archive.root, m_txt=FOUNDING.replace("Số: 12/QĐ-UBND", "Số: 12/QĐ-UBND\nTỐI MẬT"))
    until(lambda: [news.path for news in archive.told("secret")] == ["mo-hinh/A/m.txt"])
