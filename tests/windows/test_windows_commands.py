"""The commands as they are run on Windows: real processes, real files. Runs there alone."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "win32":
    pytest.skip("only for Windows", allow_module_level=True)

from watchdog.events import FileSystemEventHandler

from dossier import plain_file, workspace
from dossier.archive import open_archive
from dossier.errors import LockedError
from dossier.model import Unread, UnreadReason
from dossier.scanner.readers import Limits, read_file
from dossier.usecases.locking import writing
from dossier.usecases.scan import scan
from dossier.windows import changes
from tests.usecases.archives import FOUNDING, SURVEY, put, write
from tests.windows.test_windows_files import close, exclusive

PATIENCE = 180.0  # seconds, on a machine that does other things too


def started(*arguments: str | Path, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dossier", *map(str, arguments)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )  # fmt: skip


def killed(process: subprocess.Popen[bytes]) -> None:
    """End it. What it wrote is not read to the end: a process that it was just starting may hold the pipe."""
    process.kill()
    process.wait(PATIENCE)
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()


def dossier(*arguments: str | Path, **environment: str) -> tuple[int, str, str]:
    """Exit code, output, and what was said besides; both must be UTF-8 whatever the code page is."""
    process = started(*arguments, **environment)
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out.decode("utf-8"), err.decode("utf-8")


def scanned(archive: Path) -> dict[str, Any]:
    return dict(json.loads(dossier("scan", archive, "--json", "-", "--today", "2023-04-01")[1]))


def waited_for(there: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if there():
            return True
        time.sleep(0.3)
    return False


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    put(tmp_path / "Kho hồ sơ", qd_txt=FOUNDING, ks_txt=SURVEY)
    return tmp_path / "Kho hồ sơ"


def test_night_reads_judges_and_writes_its_reports(kho: Path) -> None:
    code, said, _err = dossier("nightly", kho, "--today", "2023-04-01")
    assert code == 1 and "chưa đầy đủ" in said
    state = kho / ".dossier"
    assert (state / "catalogue.sqlite").is_file()
    assert any((state / "reports").rglob("*.*"))
    again = dossier("nightly", kho, "--today", "2023-04-02")
    assert again[0] == 1


def test_what_a_person_decided_comes_back_from_a_backup(kho: Path, tmp_path: Path) -> None:
    scanned(kho)
    assert dossier("assign", kho / "mo-hinh/A/ks.txt", "14")[0] == 0
    assert dossier("backup", tmp_path / "sao luu.zip", "--archive", kho)[0] == 0
    (kho / ".dossier").rename(tmp_path / "trang thai cu")
    assert dossier("restore", tmp_path / "sao luu.zip", "--archive", kho)[0] == 0
    (paper,) = (each for each in scanned(kho)["documents"] if each["path"].endswith("ks.txt"))
    assert [(place["part"], place["source"]) for place in paper["placements"]] == [("14", "person")]


def test_watching_takes_in_what_is_put_into_a_folder(kho: Path) -> None:
    scanned(kho)
    watching = started("watch", kho)
    try:
        time.sleep(3)
        write(kho, "mo-hinh/A/to trinh moi.txt", SURVEY.replace("03/KH-UBND", "99/KH-UBND"))
        assert waited_for(lambda: '"path"' in dossier("search", "99/KH-UBND", "--archive", kho, "--json")[1])
    finally:
        killed(watching)


def test_more_changes_than_windows_tells_of_are_looked_for(tmp_path: Path) -> None:
    lost: list[str] = []
    watch = changes.observer(lambda: lost.append("lost"))
    watch.schedule(FileSystemEventHandler(), str(tmp_path), recursive=True)
    watch.start()
    try:
        (emitter,) = watch.emitters
        assert waited_for(lambda: emitter._reader is not None) and lost == []
        emitter._reader._buf_queue.put((b"", True))  # what the system hands over then
        assert lost == ["lost"]
    finally:
        watch.stop()
        watch.join(10)


def test_a_scan_refused_while_another_begins_leaves_the_state_usable(kho: Path) -> None:
    archive = open_archive(kho)
    with workspace.within(patience=0.1), writing(archive.ready_state(), "scan"), pytest.raises(LockedError):
        scan(archive, workers=1)
    assert scanned(kho)["summary"]["files"] == 2


def test_a_killed_scan_leaves_nothing_locked(kho: Path) -> None:
    write(kho, "mo-hinh/A/nhieu.txt", SURVEY * 20_000)
    scanning = started("scan", kho)
    assert waited_for((kho / ".dossier").is_dir)
    time.sleep(1)
    killed(scanning)
    found = scanned(kho)
    assert found["summary"]["files"] == 3 and found["unread"] == []


def test_a_second_writer_waits_for_the_first(kho: Path) -> None:
    processes = [started("scan", kho, "--today", "2023-04-01") for _each in range(2)]
    codes = [process.wait(PATIENCE) for process in processes]
    for process in processes:
        process.communicate()
    assert codes == [1, 1]
    assert scanned(kho)["summary"]["files"] == 2


def test_what_a_program_holds_is_told_and_read_by_the_next_scan(kho: Path) -> None:
    scanned(kho)
    new, known = kho / "mo-hinh/A/moi.txt", kho / "mo-hinh/A/ks.txt"
    new.write_text(SURVEY.replace("03/KH", "04/KH"), "utf-8")
    known.write_text(SURVEY.replace("03/KH", "0333/KH"), "utf-8")  # saved, and still open
    handles = [exclusive(new), exclusive(known)]
    try:
        found = scanned(kho)
        told = {each["path"].rpartition("/")[2]: each["reason"] for each in found["unread"]}
        assert told == {"moi.txt": "in-use", "ks.txt": "in-use"}
        assert found["summary"]["files"] == 3
        assert [path.name for path in (kho / "mo-hinh/A").iterdir() if path.suffix != ".txt"] == []
    finally:
        for handle in handles:
            close(handle)
    found = scanned(kho)
    assert found["unread"] == [] and found["summary"]["files"] == 3
    numbers = {each["number_symbol"] for each in found["documents"]}
    assert {"04/KH-UBND", "0333/KH-UBND"} <= numbers


def test_an_archive_named_in_another_case_is_the_same(kho: Path) -> None:
    first = scanned(kho)
    other = kho.parent / kho.name.upper()
    assert scanned(other)["documents"] == first["documents"]
    assert [path.name for path in kho.parent.iterdir()] == [kho.name]
    code, said, err = dossier("assign", other / "MO-HINH/a/KS.TXT", "14")
    assert code == 0, said + err
    (paper,) = (each for each in scanned(kho)["documents"] if each["path"].endswith("ks.txt"))
    assert [place["part"] for place in paper["placements"]] == ["14"]


def test_output_to_a_file_is_utf8_whatever_the_code_page(kho: Path) -> None:
    code, said, _err = dossier("scan", kho, "--today", "2023-04-01", PYTHONUTF8="0")
    assert code == 1 and "chưa đầy đủ" in said


def test_task_of_an_archive_on_a_share_names_the_share_and_a_person(kho: Path) -> None:
    code, said, err = dossier("service", "install", kho)
    assert code == 0, err
    assert "schtasks" in said + err and "nightly" in said + err


def test_nobody_is_asked_where_no_window_is(tmp_path: Path) -> None:
    code, _said, err = dossier("init", tmp_path / "Kho mới")  # from NUL, as the Task Scheduler starts it
    assert code == 0 and "Enter" not in err
    assert scanned(tmp_path / "Kho mới")["summary"]["files"] == 0


def test_a_second_page_does_not_take_the_port_of_the_first(kho: Path, tmp_path: Path) -> None:
    put(tmp_path / "Kho khác", qd_txt=FOUNDING)
    pages = [started("serve", each, "--no-browser") for each in (kho, tmp_path / "Kho khác")]
    try:
        told = [page.stdout.readline().decode() for page in pages if page.stdout]
        ports = {each.partition("/mo?")[0].rpartition(":")[2] for each in told}
        assert len(ports) == 2 and all(each.startswith("http://127.0.0.1:") for each in told)
    finally:
        for page in pages:
            killed(page)


def test_a_second_start_leads_to_the_page_that_is_open(kho: Path) -> None:
    page = started("serve", kho, "--no-browser")
    try:
        assert page.stdout is not None
        first = page.stdout.readline().decode().strip()
        code, again, _err = dossier("serve", kho, "--no-browser")
        assert code == 0
        assert first.partition("/mo?")[0] == again.partition("/mo?")[0] and first != again.strip()
    finally:
        killed(page)


def test_what_would_have_to_be_fetched_is_not_read(kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wine keeps no attribute of clouds: hidden stands for it here, through the same calls."""
    monkeypatch.setattr(plain_file, "_FETCHED_WHEN_READ", 2)
    file = kho / "mo-hinh/A/ks.txt"
    assert read_file(str(file), Limits()).sha256
    assert ctypes.WinDLL("kernel32").SetFileAttributesW(str(file), 2)
    found = read_file(str(file), Limits())
    assert isinstance(found.result, Unread) and found.result.reason is UnreadReason.NOT_LOCAL
