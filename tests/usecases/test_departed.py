"""Files that vanished, moved, or hold another content than the one catalogued."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from archives import FOUNDING, PROPOSAL, SURVEY, past_the_tick, put, run, write

from dossier.archive import open_archive
from dossier.model import ComplianceReport, Finding, Severity
from dossier.usecases import decide

A = "mo-hinh/A/a.txt"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path, a_txt=FOUNDING, b_txt=SURVEY)
    settled(tmp_path)
    run(tmp_path)
    return tmp_path


def settled(root: Path) -> None:
    """No file is so young that a change may hide."""
    for number, path in enumerate(sorted(root.rglob("*.txt"))):
        os.utime(path, (time.time() - 600 - number,) * 2)
    past_the_tick()


def told(root: Path, rule: str) -> list[Finding]:
    return of(run(root)[1], rule)


def of(report: ComplianceReport, rule: str) -> list[Finding]:
    return [f for dossier in report.dossiers for f in dossier.findings if f.rule == rule]


def test_vanished_file_is_told_with_what_it_was_night_after_night(root: Path) -> None:
    (root / A).unlink()
    (finding,) = told(root, "TV-16")
    assert (finding.severity, finding.documents, finding.part) == (Severity.WARNING, (A,), "6a")
    assert "12/QĐ-UBND" in finding.message
    assert told(root, "TV-16") == [finding]


def test_moved_file_has_not_vanished(root: Path) -> None:
    write(root, "mo-hinh/B/c.txt", PROPOSAL)
    (root / A).rename(root / "mo-hinh/B/khác.txt")
    assert told(root, "TV-16") == []


def test_copy_that_is_left_stands_for_the_file_that_went(root: Path) -> None:
    put(root, copy_txt=FOUNDING)
    run(root)
    (root / A).unlink()
    assert told(root, "TV-16") == []


def test_vanished_content_that_comes_back_elsewhere_is_no_more_missed(root: Path) -> None:
    (root / A).unlink()
    assert told(root, "TV-16")
    write(root, "mo-hinh/B/muon.txt", FOUNDING)
    assert told(root, "TV-16") == []


def test_acknowledged_loss_is_waived_and_a_later_one_is_told(root: Path) -> None:
    (root / A).unlink()
    run(root)
    decide.waive(open_archive(root), "mo-hinh/A", "TV-16", reason="bản trùng")
    (finding,) = told(root, "TV-16")
    assert finding.waiver is not None and finding.severity is Severity.INFO
    time.sleep(1.1)  # instants are kept in whole seconds
    (root / "mo-hinh/A/b.txt").unlink()
    assert [f.waiver is None for f in told(root, "TV-16")] == [False, True]


def test_replaced_content_is_told_as_information_until_it_is_back(root: Path) -> None:
    write(root, A, FOUNDING + "\nsửa")
    settled(root)
    (finding,) = told(root, "TV-17")
    assert (finding.severity, finding.documents) == (Severity.INFO, (A,))
    assert told(root, "TV-16") == []
    write(root, A, FOUNDING)
    assert told(root, "TV-17") == []


def test_file_saved_by_deleting_and_writing_anew_counts_as_replaced(root: Path) -> None:
    (root / A).unlink()
    run(root)
    write(root, A, PROPOSAL)
    report = run(root)[1]
    assert [len(of(report, rule)) for rule in ("TV-16", "TV-17")] == [0, 1]


def test_replaced_file_that_vanishes_is_missed_once(root: Path) -> None:
    write(root, A, PROPOSAL)
    settled(root)
    run(root)
    (root / A).unlink()
    report = run(root)[1]
    assert [len(of(report, rule)) for rule in ("TV-16", "TV-17")] == [1, 0]


def test_file_that_was_still_being_written_is_not_told_as_replaced(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING[:200])
    later = time.time() + 600  # however slow the machine: the last writing is never long ago
    os.utime(tmp_path / "mo-hinh/A/a.txt", (later, later))
    run(tmp_path)
    put(tmp_path, a_txt=FOUNDING)
    assert told(tmp_path, "TV-17") == []


def test_of_a_secret_file_that_vanished_only_the_path_is_known(root: Path) -> None:
    write(root, "mo-hinh/A/s.txt", FOUNDING.replace("Số: 12/QĐ-UBND", "Số: 99/QĐ-UBND\nTUYỆT MẬT"))
    assert of(run(root)[1], "MAT-01")
    (root / "mo-hinh/A/s.txt").unlink()
    (finding,) = told(root, "TV-16")
    assert "99/QĐ" not in finding.message and finding.part == ""
