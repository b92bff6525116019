"""Dossiers that vanish whole: told night after night, in every report, until somebody acknowledges it."""

from __future__ import annotations

import shutil
import sqlite3
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from archives import FOUNDING, PROPOSAL, SURVEY, TODAY, put, run, write

import reports
from dossier.archive import open_archive
from dossier.errors import UsageError
from dossier.model import ComplianceReport, Finding, Severity
from dossier.usecases import baseline, decide, history
from dossier.usecases.assess import assess
from dossier.usecases.inspect import inspect
from dossier.usecases.naming import dossier_path
from dossier.usecases.nightly import nightly

A = "mo-hinh/A"


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once")
    put(folder, a_txt=FOUNDING, b_txt=SURVEY)
    write(folder, "mo-hinh/B/c.txt", PROPOSAL)
    run(folder)
    return folder


@pytest.fixture
def root(scanned_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(scanned_once, tmp_path, dirs_exist_ok=True)


def told(root: Path) -> list[Finding]:
    return of(run(root)[1])


def of(report: ComplianceReport) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == "TV-18"]


def lose(root: Path) -> ComplianceReport:
    shutil.rmtree(root / A)
    return run(root)[1]


def test_vanished_dossier_is_told_with_its_files_night_after_night(root: Path) -> None:
    (finding,) = of(lose(root))
    assert (finding.severity, finding.documents) == (Severity.WARNING, (A,))
    assert "12/QĐ-UBND" in finding.message and "2 tệp" in finding.message
    assert told(root) == [finding]


@pytest.mark.parametrize(("folder", "count"), [("mo-hinh", 1), ("khac/mo-hinh", 0), (".", 1)])
def test_folder_tells_of_the_dossiers_that_vanished_below_it(root: Path, folder: str, count: int) -> None:
    write(root, "khac/mo-hinh/D/d.txt", FOUNDING)
    lose(root)
    known = inspect(open_archive(root), folder, TODAY)
    assert isinstance(known, ComplianceReport)
    assert len(of(known)) == count


def test_dossier_that_was_renamed_has_not_vanished(root: Path) -> None:
    (root / A).rename(root / "mo-hinh/Tên mới")
    assert told(root) == []


def test_file_whose_hash_is_not_known_goes_along_with_a_dossier_that_is_renamed(root: Path) -> None:
    with sqlite3.connect(root / ".dossier/catalogue.sqlite") as catalogue:  # as when its reader died
        catalogue.execute("UPDATE files SET sha256 = '' WHERE path = ?", (f"{A}/b.txt",))
    (root / A).rename(root / "mo-hinh/Tên mới")
    assert told(root) == []


def test_dossier_moved_but_for_a_file_tells_of_that_file(root: Path) -> None:
    (root / A).rename(root / "mo-hinh/Tên mới")
    (root / "mo-hinh/Tên mới/b.txt").unlink()
    (finding,) = told(root)
    assert "1 tệp" in finding.message and "b.txt" in finding.message


def test_dossier_that_comes_back_is_no_more_missed(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kept = tmp_path_factory.mktemp("backup") / "A"
    shutil.copytree(root / A, kept)
    lose(root)
    shutil.copytree(kept, root / A)
    assert told(root) == []


def test_folder_that_is_no_dossier_any_more_has_not_vanished(root: Path) -> None:
    write(root, "Khác/A/hoso.toml", 'kind = "mo-hinh"')
    write(root, "Khác/A/x.txt", FOUNDING + "Bản khác.")
    run(root)
    (root / "Khác/A/hoso.toml").unlink()
    assert told(root) == []


def test_loss_can_be_acknowledged_and_a_later_one_is_told(root: Path) -> None:
    lose(root)
    decide.waive(open_archive(root), A, "TV-18", reason="đã chuyển kho tỉnh")
    report = run(root)[1]
    assert [f.severity for f in of(report)] == [Severity.INFO]
    assert [count for _w, valid, count in decide.waivers(open_archive(root)) if valid] == [1]
    time.sleep(1.1)  # instants are kept in whole seconds
    shutil.rmtree(root / "mo-hinh/B")
    assert [f.waiver is None for f in told(root)] == [False, True]
    assert decide.unwaive(open_archive(root), A, "TV-18")
    assert [f.waiver is None for f in told(root)] == [True, True]


def test_only_what_vanished_can_be_acknowledged_as_vanished(root: Path) -> None:
    with pytest.raises(UsageError, match="mo-hinh/B"):
        decide.waive(open_archive(root), "mo-hinh/B", "TV-18", reason="x")


def test_vanished_dossier_may_be_named_by_its_whole_path(root: Path) -> None:
    lose(root)
    assert dossier_path(open_archive(root), str(root / A)) == A


@pytest.mark.parametrize("format_", ["html", "json", "txt", "digest", "junit", "sarif", "xlsx", "docx"])
def test_every_report_tells_of_it(root: Path, format_: str) -> None:
    report = lose(root)
    plain = reports.render(format_, report)
    assert plain != reports.render(format_, replace(report, findings=()))
    if format_ not in ("xlsx", "docx"):
        assert b"TV-18" in plain


def test_history_tells_it_as_new_once_then_as_still_there_then_as_mended(root: Path) -> None:
    archive = open_archive(root)
    history.record(archive, assess(archive, TODAY))
    (gone,) = of(lose(root))
    first = assess(archive, TODAY + timedelta(days=1))
    new = [c for c in history.changes(archive, first).new if c.rule == "TV-18"]
    assert [(c.dossier, c.what) for c in new] == [(A, gone.message)]
    history.record(archive, first)
    later = history.changes(archive, assess(archive, TODAY + timedelta(days=2)))
    assert not [c for c in later.new if c.rule == "TV-18"]
    assert later.still == 1 + sum(
        len(f.keys) for d in first.dossiers for f in d.findings if f.severity is not Severity.INFO
    )
    put(root, a_txt=FOUNDING, b_txt=SURVEY)
    run(root)
    after = history.changes(archive, assess(archive, TODAY + timedelta(days=2)))
    assert [c.name for c in after.mended if c.rule == "TV-18"] == ["A"]


def test_every_night_tells_it_in_its_digest(root: Path) -> None:
    lose(root)
    for day in range(3):
        done = nightly(open_archive(root), TODAY + timedelta(days=day), workers=1)
    assert "TV-18" in (done.folder / "digest.txt").read_text("utf-8")
    assert "TV-18" in (done.folder / "digest.html").read_text("utf-8")


def test_archive_may_weigh_it_and_a_baseline_holds_it(root: Path) -> None:
    lose(root)
    archive = open_archive(root)
    baseline.create(archive, TODAY)
    assert [f.baseline for f in of(assess(archive, TODAY))] == [True]
    write(root, "dossier.toml", '[rules.severity]\n"TV-18" = "error"')
    assert [f.severity for f in of(assess(open_archive(root), TODAY))] == [Severity.ERROR]
