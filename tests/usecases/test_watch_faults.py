"""While an archive is watched the disk fills up, rights are lost, clocks go back, others work in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from archives import FOUNDING, PROPOSAL, SURVEY, accounted, again, on_disk, paper, put, write
from PIL import Image, ImageDraw, ImageFont
from watching import PATIENCE, Watched, lines_until, start, until, watched

from dossier.archive import open_archive
from dossier.scanner._exec import tesseract
from dossier.scanner.watch import Event, What
from dossier.usecases import night_folders
from dossier.usecases.decide import assign, waive
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing

pytestmark = pytest.mark.slow  # disks fill up, clocks go back, processes are ended


def documents(root: Path, state: Path | None = None) -> list[str]:
    return sorted(d.path.removeprefix("mo-hinh/") for d in again(open_archive(root, state)).documents)


def night(root: Path, day: str) -> int:
    """A night's work in a process of its own; its exit code."""
    command = [sys.executable, "-m", "dossier", "nightly", str(root), "--workers", "1", "--today", day]
    return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False).returncode


def told_of_night(root: Path) -> set[str]:
    """The documents in the last night's report."""
    nights = night_folders.root_of(open_archive(root).state)
    report = json.loads((nights / night_folders.latest(nights.parent) / "report.json").read_text("utf-8"))
    return {document["path"].removeprefix("mo-hinh/") for document in report["documents"]}


def test_nights_beside_a_watcher_do_their_work_and_nothing_is_lost(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    process = start(tmp_path)
    lines_until(process, "caught-up")
    waive(open_archive(tmp_path), "mo-hinh/A", "MH-04", reason="đang xin ý kiến")
    assign(open_archive(tmp_path), str(tmp_path / "mo-hinh/A/a.txt"), ["2"])

    def work() -> None:
        for number in range(60):
            text = paper("BÁO CÁO", f"{number}/BC-UBND", f"Kết quả số {number}")
            write(tmp_path, f"mo-hinh/B{number % 3}/{number}.txt", text)
            time.sleep(0.05)

    people = threading.Thread(target=work)
    people.start()
    codes = [night(tmp_path, "2023-05-01"), night(tmp_path, "2023-05-02")]
    people.join()
    until(lambda: len(documents(tmp_path)) == 61)
    codes.append(night(tmp_path, "2023-05-03"))
    assert process.poll() is None
    process.terminate()
    out, err = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in err
    assert '"trouble"' not in out
    assert set(codes) <= {0, 1}
    assert len(told_of_night(tmp_path)) == 61  # what only the watcher read is judged too
    report = again(open_archive(tmp_path))
    assert accounted(report) == on_disk(tmp_path) == 61
    assert [p.part for d in report.documents if d.path.endswith("a.txt") for p in d.placements] == ["2"]
    with open_known(open_archive(tmp_path)) as catalogue:
        assert [w.rule for state in catalogue.states() for w in state.waivers] == ["MH-04"]


def test_night_that_is_kept_waiting_says_by_whom(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    with writing(open_archive(tmp_path).ready_state(), "watch"):
        command = [sys.executable, "-m", "dossier", "nightly", str(tmp_path), "--wait", "0"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 4
    assert f"dossier watch, số tiến trình {os.getpid()}" in done.stderr


def test_full_disk_is_told_and_work_goes_on_when_there_is_room(tmp_path: Path, small_disk: Path) -> None:
    root, state = tmp_path / "kho", small_disk / "state"
    put(root, a_txt=FOUNDING)
    process = start(root, "--state", str(state))
    lines_until(process, "caught-up")
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as out, pytest.raises(OSError, match="28"):
        while True:
            out.write(b"x" * 4096)
    for number in range(30):
        write(root, f"mo-hinh/B/{number}.txt", paper("BÁO CÁO", f"{number}/BC-UBND", "Kết quả " * 900))
    told = lines_until(process, "trouble")[-1]
    assert told["detail"]
    filler.unlink()
    until(lambda: len(documents(root, state)) == 31)
    process.terminate()
    _out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, "Traceback" in err) == (0, False)


@pytest.fixture
def closed(unprivileged: Path) -> Iterator[Watched]:
    """An archive that is watched by somebody who can be refused."""
    put(unprivileged, a_txt=FOUNDING)
    write(unprivileged, "mo-hinh/B/b.txt", SURVEY)
    with watched(unprivileged) as it:
        yield it


def test_rights_that_are_lost_and_come_back_cost_nothing(closed: Watched) -> None:
    folder = closed.root / "mo-hinh/B"
    folder.chmod(0)
    put(closed.root, c_txt=PROPOSAL)
    closed.watcher._attention.events.append(
        Event(What.LOST, os.fsencode(closed.root))
    )  # all folders are looked into
    until(lambda: closed.report().problems)
    closed.until_names("A/a.txt", "A/c.txt", "B/b.txt")
    folder.chmod(0o755)
    write(closed.root, "mo-hinh/B/d.txt", PROPOSAL)
    closed.until_names("A/a.txt", "A/c.txt", "B/b.txt", "B/d.txt")
    until(lambda: not closed.report().problems)
    assert closed.watcher.totals.read == 4


def test_file_that_may_not_be_read_is_read_once_it_may(closed: Watched) -> None:
    path = closed.root / "mo-hinh/A/c.txt"
    path.touch()
    path.chmod(0)
    until(lambda: [u.path for u in closed.report().unread] == ["mo-hinh/A/c.txt"])
    path.chmod(0o644)
    path.write_text(PROPOSAL, "utf-8")
    closed.until_names("A/a.txt", "A/c.txt", "B/b.txt")


def test_clock_that_is_set_back_hides_no_change(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    path = tmp_path / "mo-hinh/A/a.txt"
    os.utime(path, (2**31 - 9, 2**31 - 9))  # written in 2038
    with watched(tmp_path) as archive:
        changed = FOUNDING.replace("Camera an ninh", "Camera an linh")  # as long as before
        path.write_text(changed, "utf-8")
        os.utime(path, (10**9, 10**9))  # the clock says 2001
        until(lambda: archive.found("linh") == ["A/a.txt"])
        os.utime(path, (2**31 - 9, 2**31 - 9))
        put(tmp_path, b_txt=SURVEY)
        archive.until_names("A/a.txt", "A/b.txt")
        assert archive.found("linh") == ["A/a.txt"]


# ------------------------------------------------------------------ while a scan is being read


@pytest.fixture(params=["1"])
def reading(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """A watcher with so many workers, one of them at a scan of many pages, over which it sits for long."""
    if not tesseract.reads_vietnamese():
        assert not os.environ.get("CI"), "Tesseract with Vietnamese must be installed in CI"
        pytest.skip("Tesseract with Vietnamese is not installed")
    font = ImageFont.load_default(40)
    page = Image.new("L", (1654, 2339), 255)
    for line in range(36):
        text = f"Dong {line}: ket qua thuc hien mo hinh camera an ninh tren dia ban xa"
        ImageDraw.Draw(page).text((100, 100 + line * 58), text, fill=0, font=font)
    put(tmp_path, a_txt=FOUNDING)
    (tmp_path / "dossier.toml").write_text('[scan]\nocr_engine = "tesseract"\n', encoding="utf-8")
    process = start(tmp_path, "--workers", request.param)
    lines_until(process, "caught-up")
    page.save(tmp_path / "quet", "pdf", save_all=True, append_images=[page] * 15)
    (tmp_path / "quet").rename(tmp_path / "mo-hinh/A/quet.pdf")
    until(lambda: "tesseract" in _programs(process.pid).values())
    yield process
    process.kill()
    process.communicate()


def _programs(pid: int) -> dict[int, str]:
    """The processes that a process started, and those started by them, by name."""
    found = {}
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in map(int, task.read_text().split()):
                found |= {child: Path(f"/proc/{child}/comm").read_text().strip()} | _programs(child)
        except OSError:
            continue
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_end_does_not_wait_for_a_scan_that_is_being_read(
    tmp_path: Path, reading: subprocess.Popen[str]
) -> None:
    below = _programs(reading.pid)
    reading.terminate()
    out, err = reading.communicate(timeout=PATIENCE)
    assert (reading.returncode, "Traceback" in err) == (0, False)
    assert "quet.pdf" not in out  # it was not waited for
    until(lambda: not any(_alive(pid, name) for pid, name in below.items()))
    assert documents(tmp_path) == ["A/a.txt"]
    with writing(tmp_path / ".dossier", "scan", wait=0):
        pass


def _alive(pid: int, name: str) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == name
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_text_does_not_wait_for_a_scan_that_is_being_read(
    tmp_path: Path, reading: subprocess.Popen[str]
) -> None:
    put(tmp_path, b_txt=PROPOSAL)
    until(lambda: documents(tmp_path) == ["A/a.txt", "A/b.txt"])
    assert "tesseract" in _programs(reading.pid).values()


@pytest.mark.parametrize("reading", ["2"], indirect=True)
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_file_replaced_while_it_is_read_is_read_again(tmp_path: Path, reading: subprocess.Popen[str]) -> None:
    (tmp_path / "mới.txt").write_text(PROPOSAL, "utf-8")
    (tmp_path / "mới.txt").replace(tmp_path / "mo-hinh/A/quet.pdf")  # another inode, another content
    until(lambda: documents(tmp_path) == ["A/a.txt", "A/quet.pdf"])
    reading.terminate()
    out, _err = reading.communicate(timeout=PATIENCE)
    (read,) = (d for d in again(open_archive(tmp_path)).documents if d.path.endswith("quet.pdf"))
    assert read.header.number_symbol == "05/TTr-UBND"
    assert out.count('"event": "read", "path": "mo-hinh/A/quet.pdf"') == 1
