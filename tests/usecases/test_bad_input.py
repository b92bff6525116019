"""What goes wrong on real disks: each a clear sentence, nothing lost, the rest of the scan done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from archives import FOUNDING, SURVEY, accounted, bomb, encrypted_pdf, entity_bomb, on_disk, put, run, write

from dossier import workspace
from dossier.archive import open_archive
from dossier.errors import ArchiveError, ConfigurationError, DossierError, ExitCode, LockedError
from dossier.model import ComplianceReport, PartResult, Status, UnreadReason
from dossier.usecases import updating
from dossier.usecases.assess import assess
from dossier.usecases.locking import writing
from dossier.usecases.scan import scan

pytestmark = pytest.mark.slow  # fills disks and waits for readers that hang


def good(report: ComplianceReport) -> list[str]:
    return [d.header.number_symbol for d in report.documents]


def by_part(report: ComplianceReport) -> dict[str, PartResult]:
    return {part.part: part for item in report.dossiers[0].items for part in item.parts}


def unread(report: ComplianceReport) -> dict[str, str]:
    return {file.path.rsplit("/", 1)[-1]: file.reason.value for file in report.unread}


BAD = {
    "rong.pdf": (bytes, UnreadReason.EMPTY),
    "rac.pdf": (lambda: b"%PDF-1.7\n" + b"\x00\xff" * 500, UnreadReason.CORRUPT),
    "mat-khau.pdf": (encrypted_pdf, UnreadReason.ENCRYPTED),
    "bom.docx": (bomb, UnreadReason.TOO_LARGE),
    "bom-xml.docx": (entity_bomb, UnreadReason.CORRUPT),
    "cut.docx": (lambda: b"PK\x03\x04" + b"\x00" * 40, UnreadReason.CORRUPT),
    "la.xyz": (lambda: b"\x00\x01\x02\x03" * 64, UnreadReason.UNSUPPORTED),
}


def test_bad_files_are_listed_with_reason_and_advice_and_the_rest_is_read(tmp_path: Path) -> None:
    for name, (made, _reason) in BAD.items():
        write(tmp_path, f"mo-hinh/A/{name}", made())
    put(tmp_path, tot_txt=FOUNDING)
    report = run(tmp_path, workers=2)[1]
    assert unread(report) == {name: reason.value for name, (_made, reason) in BAD.items()}
    assert all(len(file.detail) > 20 for file in report.unread)
    assert good(report) == ["12/QĐ-UBND"]
    assert accounted(report) == on_disk(tmp_path) == len(BAD) + 1


@pytest.mark.parametrize(
    "name",
    [
        b"mo-hinh/A/" + "ề".encode() * 83 + b".txt",
        b"mo-hinh/A/dong\nmoi.txt",
        b"mo-hinh/A/\xff\xfe\xe9.txt",
        b"mo-hinh/A/-rf --help.txt",
        b"mo-hinh/A/ .txt",
        b"mo-hinh/A/$(touch x);`id`.txt",
        b"mo-hinh/A/a\tb\r\x1b[31m.txt",
    ],
    ids=["255-bytes", "newline", "no-unicode", "like-an-option", "space", "shell", "control"],
)
def test_absurd_name_is_read_like_any_other(tmp_path: Path, name: bytes) -> None:
    write(tmp_path, name, FOUNDING)
    report = run(tmp_path)[1]
    assert good(report) == ["12/QĐ-UBND"]
    report.documents[0].path.encode("utf-8")


def test_unreadable_folder_keeps_what_was_known_of_it(unprivileged: Path) -> None:
    put(unprivileged, kin__a_txt=FOUNDING, b_txt=SURVEY)
    run(unprivileged)
    (unprivileged / "mo-hinh/A/kin").chmod(0)
    counts, report = run(unprivileged)
    assert counts.gone == 0
    assert sorted(good(report)) == ["03/KH-UBND", "12/QĐ-UBND"]
    assert "kin" in report.problems[0]
    assert "quyền" in report.problems[0]


def test_nothing_that_an_unreadable_folder_may_contain_is_called_missing(unprivileged: Path) -> None:
    put(unprivileged, b_txt=SURVEY)
    for name in ("06 Quyết định thành lập", "khác"):
        (unprivileged / "mo-hinh/A" / name).mkdir()
    (unprivileged / "mo-hinh/A/06 Quyết định thành lập").chmod(0)
    try:
        found = by_part(run(unprivileged)[1])
        assert {found[part].status for part in ("6a", "6b", "6c")} == {Status.NEEDS_REVIEW}
        assert found["5"].status is Status.MISSING
        (unprivileged / "mo-hinh/A/khác").chmod(0)
        report = run(unprivileged)[1]
        assert Status.MISSING not in {part.status for part in by_part(report).values()}
        assert not report.dossiers[0].complete
        told = [f.message for f in report.dossiers[0].findings if f.rule in ("TV-01", "MH-06")]
        assert sum("khác" in message and "quyền" in message for message in told) == 1
        assert any("Chưa biết có quyết định thành lập" in message for message in told)
    finally:
        for name in ("06 Quyết định thành lập", "khác"):
            (unprivileged / "mo-hinh/A" / name).chmod(0o755)
    assert by_part(run(unprivileged)[1])["6a"].status is Status.MISSING


def test_unreadable_file_is_listed(unprivileged: Path) -> None:
    put(unprivileged, a_txt=FOUNDING, b_txt=SURVEY)
    (unprivileged / "mo-hinh/A/a.txt").chmod(0)
    report = run(unprivileged)[1]
    assert list(unread(report)) == ["a.txt"]
    assert "quyền" in report.unread[0].detail
    assert good(report) == ["03/KH-UBND"]


def test_file_that_becomes_readable_is_read(unprivileged: Path) -> None:
    put(unprivileged, a_txt=FOUNDING)
    file = unprivileged / "mo-hinh/A/a.txt"
    file.chmod(0)
    run(unprivileged)
    file.chmod(0o644)
    assert good(run(unprivileged)[1]) == ["12/QĐ-UBND"]


def test_file_that_vanishes_during_the_scan_is_no_file_of_the_dossier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, a_txt=FOUNDING, b_txt=SURVEY)
    walk = updating.walk

    def walk_then_lose(*scope: Any) -> object:
        found = walk(*scope)
        (tmp_path / "mo-hinh/A/a.txt").unlink()
        return found

    monkeypatch.setattr(updating, "walk", walk_then_lose)
    counts, report = run(tmp_path)
    assert (counts.files, good(report), report.unread) == (1, ["03/KH-UBND"], ())


def test_folder_that_vanishes_during_the_scan_is_no_error(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    for number in range(30):
        write(tmp_path, f"mo-hinh/B/{number}/x.txt", SURVEY)
    gone = threading.Thread(target=shutil.rmtree, args=(tmp_path / "mo-hinh/B",))
    gone.start()
    report = run(tmp_path)[1]
    gone.join()
    assert "12/QĐ-UBND" in good(report)
    assert accounted(run(tmp_path)[1]) == 1


def test_hanging_file_is_stopped_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path, "dossier.toml", "[scan]\ntimeout_seconds = 1\n")
    put(tmp_path, b_txt=SURVEY)
    slow = tmp_path / "mo-hinh/A/cham.txt"
    os.mkfifo(slow)  # a pipe is left out by the walk: nobody ever waits for it
    started = time.monotonic()
    report = run(tmp_path)[1]
    assert good(report) == ["03/KH-UBND"]
    assert time.monotonic() - started < 30
    assert [i.path for i in report.dossiers[0].ignored] == ["mo-hinh/A/cham.txt"]


def test_broken_manifest_is_an_error_of_its_dossier_alone(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING, hoso_toml='name = "A"\nlinked = maybe\n')
    write(tmp_path, "mo-hinh/B/b.txt", SURVEY)
    report = run(tmp_path)[1]
    told = {d.path: [f.message for f in d.findings if f.rule == "TV-08"] for d in report.dossiers}
    assert "dòng 2" in told["mo-hinh/A"][0]
    assert told["mo-hinh/B"] == []


def test_unknown_manifest_key_is_told(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING, hoso_toml='linkd = true\nname = "Tên"\n')
    (dossier,) = run(tmp_path)[1].dossiers
    assert dossier.name == "Tên"
    assert any("linkd" in f.message for f in dossier.findings)


@pytest.mark.parametrize("text", ["[scan\n", "[scan]\nworker = 2\n", '[scan]\nworkers = "hai"\n'])
def test_broken_configuration_stops_before_anything_is_done(tmp_path: Path, text: str) -> None:
    put(tmp_path, a_txt=FOUNDING)
    write(tmp_path, "dossier.toml", text)
    with pytest.raises(ConfigurationError) as error:
        run(tmp_path)
    assert "dossier.toml" in error.value.message
    assert error.value.exit_code == ExitCode.USAGE
    assert not (tmp_path / ".dossier").exists()


def test_broken_checklist_names_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, "checklists/x.toml", 'kind = "x"\ntitle = \n')
    with pytest.raises(ConfigurationError) as error:
        run(tmp_path)
    assert "x.toml" in error.value.message
    assert "2" in error.value.message


def test_two_dossiers_of_one_name_are_two(tmp_path: Path) -> None:
    write(tmp_path, "Xã A/mo-hinh/Camera/a.txt", FOUNDING)
    write(tmp_path, "Xã B/mo-hinh/Camera/a.txt", FOUNDING)
    report = run(tmp_path)[1]
    assert [(d.path, d.files) for d in report.dossiers] == [
        ("Xã A/mo-hinh/Camera", 1),
        ("Xã B/mo-hinh/Camera", 1),
    ]


def test_archive_without_dossiers_gives_an_empty_report(tmp_path: Path) -> None:
    write(tmp_path, "roi/a.txt", FOUNDING)
    report = run(tmp_path)[1]
    assert report.dossiers == ()
    assert report.outside.files == ("roi/a.txt",)


def test_missing_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="khong-co"):
        open_archive(tmp_path / "khong-co")


def test_read_only_state_folder_is_told_with_the_way_out(unprivileged: Path) -> None:
    put(unprivileged, a_txt=FOUNDING)
    unprivileged.chmod(0o555)
    with pytest.raises(ArchiveError) as error:
        scan(open_archive(unprivileged, unprivileged / ".dossier"), workers=1)
    unprivileged.chmod(0o777)
    assert "--state" in error.value.advice
    assert error.value.exit_code == ExitCode.UNUSABLE


def test_read_only_archive_is_scanned_with_a_state_elsewhere(unprivileged: Path) -> None:
    kho, state = unprivileged / "kho", unprivileged / "trang-thai"
    put(kho, a_txt=FOUNDING)
    kho.chmod(0o555)
    archive = open_archive(kho, state)
    scan(archive, workers=1)
    assert good(assess(archive)) == ["12/QĐ-UBND"]


_LIMITED = """
import resource, sys
from pathlib import Path
from dossier import workspace
from dossier.archive import open_archive
from dossier.errors import DossierError
from dossier.usecases.scan import scan
if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    try:
        scan(open_archive(Path(sys.argv[1])), workers=1)
    except DossierError as error:
        print(error.message, error.advice)
        sys.exit(error.exit_code)
"""


@pytest.mark.parametrize("limit", [1 << 10, 40 << 10, 140 << 10, 300 << 10])
def test_full_disk_is_told_and_the_next_scan_makes_good(tmp_path: Path, limit: int) -> None:
    many = 60
    for number in range(many):
        write(tmp_path, f"mo-hinh/A/{number}.txt", SURVEY + os.urandom(3000).hex())
    script = tmp_path / ".limited.py"
    script.write_text(_LIMITED)
    done = subprocess.run([sys.executable, script, tmp_path, str(limit)], capture_output=True, text=True)
    assert done.returncode == ExitCode.UNUSABLE, done.stderr
    assert "chỗ trống" in done.stdout
    assert "Traceback" not in done.stderr
    report = run(tmp_path)[1]
    assert len(report.documents) == many


def test_second_scan_at_the_same_time_is_refused(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    archive = open_archive(tmp_path)
    with (
        workspace.within(patience=0.1),
        writing(archive.ready_state(), "scan"),
        pytest.raises(LockedError) as error,
    ):
        scan(archive, workers=1)
    assert str(os.getpid()) in error.value.message
    scan(archive, workers=1)


def test_damaged_catalogue_is_told(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    (tmp_path / ".dossier/catalogue.sqlite").write_bytes(b"SQLite format 3\x00" + os.urandom(8000))
    with pytest.raises(DossierError) as error:
        run(tmp_path)
    assert error.value.exit_code == ExitCode.UNUSABLE
    assert error.value.advice


def test_damaged_index_is_made_again_without_reading(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    for file in filter(Path.is_file, (tmp_path / ".dossier/index").rglob("*")):
        file.write_bytes(b"rac")
    counts, _report = run(tmp_path)
    from dossier.index import Filters
    from dossier.usecases.search import search

    assert counts.read in (0, 1)  # a fresh file is compared by hash once more
    assert search(open_archive(tmp_path), "camera", Filters()).total == 1
