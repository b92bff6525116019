"""A night's work: files' bytes looked at in turn, reports whole or not at all, failures told."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, put, settled, write

import reports
from dossier.archive import Archive, open_archive
from dossier.errors import ArchiveError, DossierError
from dossier.usecases import night_folders
from dossier.usecases.known import open_known
from dossier.usecases.nightly import NightRun, nightly
from dossier.usecases.scan import scan

DAY = date(2023, 4, 1)


def night(root: Path, day: date = DAY) -> NightRun:
    return nightly(open_archive(root), day, workers=1)


def damage(file: Path) -> None:
    """Change one byte and put the time back, as a failing disk does."""
    before = file.stat()
    content = bytearray(file.read_bytes())
    content[-2] ^= 1
    with file.open("r+b") as out:
        out.write(content)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return settled(tmp_path)


def every_night(root: Path, days: int) -> None:
    (root / "dossier.toml").write_text(f"[nightly]\nverify_days = {days}\n", "utf-8")


def altered(root: Path) -> list[str]:
    with open_known(open_archive(root)) as catalogue:
        return [file.path for state in catalogue.states() for file in state.altered]


def test_reports_lie_in_a_folder_of_the_day_and_latest_points_to_it(root: Path) -> None:
    done = night(root)
    folder = root / ".dossier/reports/2023-04-01"
    assert done.folder == folder
    assert {"report.html", "report.json", "report.xlsx", "report.txt"} <= {f.name for f in folder.iterdir()}
    assert json.loads((folder / "report.json").read_text("utf-8"))["summary"]["files"] == 2
    assert (folder.parent / "latest").read_text("utf-8") == "2023-04-01\n"
    assert 'url=2023-04-01/report.html"' in (folder.parent / "latest.html").read_text("utf-8")


def test_night_keeps_the_day_on_which_it_began(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = iter([date(2024, 11, 4), *[date(2024, 11, 5)] * 1000])

    class Clock(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return next(days)

    monkeypatch.setattr("dossier.usecases.nightly.date", Clock)
    monkeypatch.setattr("dossier.usecases.assess.date", Clock)
    done = nightly(open_archive(root))
    assert (done.report.today, done.folder.name) == (date(2024, 11, 4), "2024-11-04")


def test_second_night_of_a_day_replaces_the_first(root: Path) -> None:
    night(root)
    put(root, c_txt=SURVEY.replace("03/KH", "04/KH"))
    folder = night(root).folder
    assert json.loads((folder / "report.json").read_text("utf-8"))["summary"]["files"] == 3
    assert [f.name for f in folder.parent.iterdir() if f.name.startswith(".")] == []


def test_old_reports_are_pruned_but_never_the_latest(root: Path) -> None:
    (root / "dossier.toml").write_text("[nightly]\nkeep_days = 10\n", "utf-8")
    for day in (date(2023, 4, 1), date(2023, 4, 5), date(2023, 4, 12)):
        done = night(root, day)
    assert done.pruned == ["2023-04-01"]
    assert sorted(f.name for f in done.folder.parent.iterdir() if f.is_dir()) == ["2023-04-05", "2023-04-12"]
    assert night_folders.prune(root / ".dossier", date(2030, 1, 1), 1) == ["2023-04-05"]


def test_large_result_of_an_earlier_night_is_packed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(night_folders, "_LARGE", 100)
    shelved = night(root, date(2023, 4, 1)).folder.parent
    before = (shelved / "2023-04-01/report.json").read_bytes()
    night(root, date(2023, 4, 2))
    packed = shelved / "2023-04-01/report.json.gz"
    assert gzip.decompress(packed.read_bytes()) == before
    assert not (shelved / "2023-04-01/report.json").exists()
    assert (shelved / "2023-04-02/report.json").exists()


def test_damage_behind_the_same_size_and_time_is_found(root: Path) -> None:
    every_night(root, 1)
    assert night(root).verified.altered == ()
    damage(root / "mo-hinh/A/a.txt")
    assert night(root).verified.altered == ("mo-hinh/A/a.txt",)
    assert altered(root) == ["mo-hinh/A/a.txt"]


def test_damage_is_told_until_the_file_is_as_it_was(root: Path) -> None:
    every_night(root, 1)
    night(root)
    damage(root / "mo-hinh/A/a.txt")
    night(root)
    scan(open_archive(root), full=True, workers=1)
    night(root)
    assert altered(root) == ["mo-hinh/A/a.txt"]
    damage(root / "mo-hinh/A/a.txt")  # the same bit back
    night(root)
    assert altered(root) == []


def test_file_that_somebody_saved_anew_is_not_damaged(root: Path) -> None:
    every_night(root, 1)
    night(root)
    damage(root / "mo-hinh/A/a.txt")
    night(root)
    os.utime(root / "mo-hinh/A/a.txt")
    night(root)
    assert altered(root) == []


def test_damage_met_by_a_full_scan_is_kept(root: Path) -> None:
    night(root)
    damage(root / "mo-hinh/A/a.txt")
    scan(open_archive(root), full=True, workers=1)
    assert altered(root) == ["mo-hinh/A/a.txt"]


def test_whole_archive_is_looked_at_within_the_days(root: Path) -> None:
    for number in range(8):
        write(root, f"mo-hinh/A/{number}.txt", SURVEY.replace("03/KH", f"{number}/KH"))
    every_night(root, 4)
    scan(open_archive(root), workers=1)
    _forget_when(open_archive(root))
    seen = [night(root).verified.files for _night in range(4)]
    assert seen == [3, 3, 3, 3]
    with open_known(open_archive(root)) as catalogue, catalogue._session.reading() as connection:
        left = "SELECT count(*) FROM files WHERE verified_at IS NULL"
        assert connection.exec_driver_sql(left).scalar_one() == 0


def _forget_when(archive: Archive) -> None:
    """As an upgraded catalogue is: nobody knows when a file was last looked at."""
    with open_known(archive) as catalogue, catalogue._session.writing() as connection:
        connection.exec_driver_sql("UPDATE files SET verified_at = NULL")


def test_file_that_cannot_be_read_any_more_is_told_the_same_night(unprivileged: Path) -> None:
    put(unprivileged, a_txt=FOUNDING)
    os.utime(unprivileged / "mo-hinh/A/a.txt", (1, 1))
    every_night(unprivileged, 1)
    night(unprivileged)
    (unprivileged / "mo-hinh/A/a.txt").chmod(0)  # which moves the time of change
    done = night(unprivileged)
    assert done.counts.unread == 1
    assert [file.path for file in done.report.dossiers[0].unread] == ["mo-hinh/A/a.txt"]


def test_unconnected_share_is_refused_and_the_catalogue_stays(tmp_path: Path) -> None:
    root, state = tmp_path / "kho", tmp_path / "state"
    put(root, a_txt=FOUNDING)
    nightly(open_archive(root, state), DAY, workers=1)
    (root / "mo-hinh").rename(tmp_path / "elsewhere")
    with pytest.raises(ArchiveError, match="ổ mạng"):
        nightly(open_archive(root, state), DAY, workers=1)
    with open_known(open_archive(root, state)) as catalogue:
        assert len(catalogue.known_files()) == 1
    assert "ổ mạng" in (state / "reports/failed.txt").read_text("utf-8")


def on_two_disks(root: Path, dossiers: int = 4) -> None:
    for year in (2023, 2024):
        for number in range(dossiers):
            write(root, f"{year}/Mô hình/Hồ sơ {number}/a.txt", FOUNDING + f"\n{year} {number}")


def test_half_of_the_archive_that_is_not_mounted_stays_known(tmp_path: Path) -> None:
    on_two_disks(tmp_path)
    night(tmp_path)
    (tmp_path / "2024").rename(tmp_path.parent / "away")
    (tmp_path / "2024").mkdir()  # what is left of a disk that is away
    done = night(tmp_path, date(2023, 4, 2))
    assert done.told.summary["dossiers"] == 8
    assert done.told.changes.gone == () and "TV-16" not in {c.rule for c in done.told.changes.new}
    (problem,) = done.told.problems
    assert "“2024” trống, trước đây có 4 hồ sơ" in problem
    (tmp_path / "2024").rmdir()
    (tmp_path.parent / "away").rename(tmp_path / "2024")
    back = night(tmp_path, date(2023, 4, 3))
    assert back.counts.read == 0 and back.told.problems == ()


def test_empty_folder_that_somebody_left_is_given_up_when_it_goes(tmp_path: Path) -> None:
    on_two_disks(tmp_path)
    night(tmp_path)
    shutil.rmtree(tmp_path / "2024/Mô hình")
    assert night(tmp_path).told.summary["dossiers"] == 8
    (tmp_path / "2024").rmdir()
    assert night(tmp_path).told.summary["dossiers"] == 4


def test_empty_folder_of_one_dossier_is_no_disk(tmp_path: Path) -> None:
    on_two_disks(tmp_path, 1)
    night(tmp_path)
    shutil.rmtree(tmp_path / "2024/Mô hình/Hồ sơ 0")
    assert night(tmp_path).told.summary["dossiers"] == 1


def test_most_of_the_archive_gone_at_once_is_refused_but_moved_as_one_is_not(tmp_path: Path) -> None:
    on_two_disks(tmp_path)
    night(tmp_path)
    (tmp_path / "2023").rename(tmp_path / "Năm 2023")
    moved = night(tmp_path)
    assert (moved.told.summary["dossiers"], moved.counts.read) == (8, 0)
    shutil.rmtree(tmp_path / "Năm 2023")
    for number in range(3):
        shutil.rmtree(tmp_path / f"2024/Mô hình/Hồ sơ {number}")
    with pytest.raises(ArchiveError, match="Chỉ còn thấy 1 trong 8 hồ sơ"):
        night(tmp_path)


def test_scan_by_hand_asks_before_it_forgets_most_of_a_large_archive(tmp_path: Path) -> None:
    on_two_disks(tmp_path, 6)
    archive = open_archive(tmp_path)
    scan(archive, workers=1)
    for year in ("2023", "2024"):
        shutil.rmtree(tmp_path / year)
    with pytest.raises(ArchiveError, match="Chỉ còn thấy 0 trong 12 hồ sơ") as refused:
        scan(archive, workers=1)
    assert "--accept-missing" in refused.value.advice
    assert scan(archive, workers=1, accept_missing=True).gone == 12


def test_mount_point_that_was_never_scanned_is_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="trống"):
        night(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow  # a watcher and a night, each a process
def test_night_beside_a_running_watch_gets_its_turn(root: Path) -> None:
    night(root)
    watch = subprocess.Popen(
        [sys.executable, "-m", "dossier", "watch", str(root), "--log-json"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert watch.stdout is not None
    try:
        events = (json.loads(line) for line in watch.stdout)
        assert any(event["event"] == "caught-up" for event in events)
        put(root, c_txt=SURVEY.replace("03/KH", "04/KH"))
        done = night(root, date(2023, 4, 2))  # whoever of the two reads the new file first
        assert done.told.summary["files"] == 3
        put(root, d_txt=SURVEY.replace("03/KH", "05/KH"))
        assert any(event["event"] == "read" and event["path"].endswith("d.txt") for event in events)
        assert watch.poll() is None
    finally:
        watch.terminate()
        assert watch.wait(timeout=30) == 0
    assert night(root, date(2023, 4, 3)).told.summary["files"] == 4


def test_failing_night_keeps_the_last_good_report(unprivileged: Path) -> None:
    put(unprivileged, a_txt=FOUNDING)
    shelved = night(unprivileged).folder.parent
    good = (shelved / "2023-04-01/report.html").read_bytes()
    (shelved / "failed.txt").touch()  # the folder takes no new names, this file can be written
    shelved.chmod(0o555)
    for day in (date(2023, 4, 2), DAY):
        with pytest.raises(DossierError, match="không có quyền"):
            night(unprivileged, day)
    assert (shelved / "2023-04-01/report.html").read_bytes() == good
    assert night_folders.latest(unprivileged / ".dossier") == "2023-04-01"
    assert "2023-04-01" in (shelved / "failed.txt").read_text("utf-8")
    shelved.chmod(0o755)
    night(unprivileged, date(2023, 4, 2))
    assert not (shelved / "failed.txt").exists()
    assert night_folders.latest(unprivileged / ".dossier") == "2023-04-02"


def test_linked_folder_of_reports_is_refused_and_what_it_points_to_stays(root: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    (foreign / ".unfinished-2023-04-01").mkdir(parents=True)
    (foreign / "2001-01-01").mkdir()
    before = sorted(foreign.iterdir())
    scan(open_archive(root), workers=1)
    (root / ".dossier/reports").symlink_to(foreign)
    with pytest.raises(DossierError, match="liên kết"):
        night(root)
    assert sorted(foreign.iterdir()) == before


def test_format_that_fails_costs_a_warning_and_nothing_else(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_all: object) -> None:
        raise ValueError("quá nhiều dòng")

    monkeypatch.setattr("reports.xlsx.write", fault)
    done = night(root)
    assert "report.xlsx" in done.warnings[0] and "quá nhiều dòng" in done.warnings[0]
    assert {file.name for file in done.folder.iterdir()} >= {"report.html", "report.json", "digest.txt"}
    assert not (done.folder / "report.xlsx").exists()
    monkeypatch.undo()
    again = night(root, date(2023, 4, 2))  # nothing changed, but something is lacking
    assert (again.folder / "report.xlsx").exists() and again.warnings == []


def test_page_that_fails_leaves_the_pointer_to_another_report(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_all: object) -> None:
        raise ValueError("mẫu hỏng")

    monkeypatch.setattr("reports.html.render", fault)
    night(root)
    assert 'url=2023-04-01/report.json"' in (root / ".dossier/reports/latest.html").read_text("utf-8")


def test_fault_of_the_program_is_told_and_the_last_good_report_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(root)

    def fault(*_all: object, **_named: object) -> None:
        raise KeyError("x")

    put(root, c_txt=SURVEY.replace("03/KH", "04/KH"))
    monkeypatch.setattr("dossier.usecases.nightly.assess", fault)
    with pytest.raises(KeyError):
        night(root, date(2023, 4, 2))
    assert "Lỗi của chương trình: KeyError" in (root / ".dossier/reports/failed.txt").read_text("utf-8")
    assert night_folders.latest(root / ".dossier") == "2023-04-01"


def test_night_cut_short_between_the_two_renames_gives_the_former_report_back(root: Path) -> None:
    folder = night(root).folder
    folder.rename(folder.parent / f".former-{folder.name}")
    (folder.parent / ".unfinished-2023-04-01").mkdir()
    night_folders.tidy(folder.parent)
    assert (folder / "report.html").exists()
    assert sorted(f.name for f in folder.parent.iterdir()) == ["2023-04-01", "latest", "latest.html"]


def test_digest_tells_what_is_new_and_what_was_mended_since_the_night_before(root: Path) -> None:
    assert night(root).told.changes.since is None
    put(root, c_txt=SURVEY.replace("KẾ HOẠCH", "BÁO CÁO").replace("03/KH", "04/BC"))
    (root / "mo-hinh/A/a.txt").unlink()
    done = night(root, date(2023, 4, 2))
    assert done.told.changes.since == DAY
    assert "MH-06" in {change.rule for change in done.told.changes.new}
    assert "MH-02" in {change.rule for change in done.told.changes.mended}
    assert {"digest.txt", "digest.html"} <= {f.name for f in done.folder.iterdir()}


def test_mail_that_cannot_be_sent_is_a_warning_and_the_reports_stay(root: Path) -> None:
    settings = '[mail]\nhost = "127.0.0.1"\nport = 1\nfrom = "a@b.vn"\nto = ["c@d.vn"]\n'
    (root / "dossier.toml").write_text(settings, "utf-8")
    done = night(root)
    assert "Chưa gửi được thư" in done.warnings[-1]
    assert (done.folder / "report.html").exists()


def test_every_format_of_a_night_is_configurable(root: Path) -> None:
    (root / "dossier.toml").write_text('[nightly]\nformats = ["docx"]\n', "utf-8")
    assert {f.name for f in night(root).folder.iterdir()} >= {"report.docx", "report.txt"}
    assert "docx" in reports.formats()
