"""Files that lie in no dossier: read, found, accounted for, part of no verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, accounted, again, encrypted_pdf, on_disk, put, run, write

from dossier.archive import open_archive
from dossier.errors import ExitCode, UsageError
from dossier.index.interface import Filters
from dossier.model import in_brief
from dossier.usecases.assess import outcome
from dossier.usecases.decide import assign
from dossier.usecases.inspect import inspect
from dossier.usecases.search import search
from reports.json import as_dict

SECRET = SURVEY.replace("Số: 03/KH-UBND", "Số: 03/KH-UBND\nMẬT")


def found(root: Path, query: str) -> list[tuple[str, str]]:
    return sorted((hit.path, hit.dossier) for hit in search(open_archive(root), query, Filters()).hits)


def test_file_in_no_dossier_is_read_and_found(tmp_path: Path) -> None:
    write(tmp_path, "HO SO 2024/qd.txt", FOUNDING)
    report = run(tmp_path)[1]
    assert [(d.path, d.header.number_symbol) for d in report.documents] == [
        ("HO SO 2024/qd.txt", "12/QĐ-UBND")
    ]
    assert found(tmp_path, "camera an ninh") == [("HO SO 2024/qd.txt", "")]


def test_file_in_no_dossier_has_no_place_and_asks_for_no_review(tmp_path: Path) -> None:
    write(tmp_path, "06/qd.txt", FOUNDING)
    (document,) = run(tmp_path)[1].documents
    assert (document.placements, document.review) == ((), False)


def test_every_file_of_the_archive_is_accounted_for(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    write(tmp_path, "rời/b.txt", SURVEY)
    write(tmp_path, "rời/khóa.pdf", encrypted_pdf())
    write(tmp_path, "rời/~$b.docx", "x")
    write(tmp_path, ".git/config", "x")
    write(tmp_path, "dossier.toml", "")
    report = run(tmp_path)[1]
    assert accounted(report) == on_disk(tmp_path) == 6
    made = as_dict(report)
    assert sum(file["files"] for file in made["ignored"]) == made["summary"]["ignored"] == 3


def test_unread_file_outside_tells_in_the_exit_code_over_what_is_missing(tmp_path: Path) -> None:
    write(tmp_path, "rời/khóa.pdf", encrypted_pdf())
    report = run(tmp_path)[1]
    assert [file.path for file in report.outside.unread] == ["rời/khóa.pdf"]
    assert report.unsorted is not None and outcome(in_brief(report)) == ExitCode.UNREAD


def test_secret_paper_outside_is_told_and_not_found(tmp_path: Path) -> None:
    write(tmp_path, "rời/b.txt", SECRET)
    report = run(tmp_path)[1]
    assert [(f.rule, f.documents) for f in report.findings if f.rule == "MAT-01"] == [
        ("MAT-01", ("rời/b.txt",))
    ]
    assert found(tmp_path, "camera") == []


def test_folder_that_becomes_a_dossier_is_not_read_again(tmp_path: Path) -> None:
    write(tmp_path, "kho/Chợ/b.txt", SURVEY)
    run(tmp_path)
    write(tmp_path, "kho/Chợ/hoso.toml", 'kind = "mo-hinh"\n')
    counts, report = run(tmp_path)
    assert counts.placed_anew == 1
    assert (report.outside.files, [p.part for p in report.documents[0].placements]) == ((), ["1"])
    (tmp_path / "kho/Chợ/hoso.toml").unlink()
    counts, report = run(tmp_path)
    assert (counts.placed_anew, report.outside.files) == (1, ("kho/Chợ/b.txt",))
    assert report.documents[0].placements == ()
    assert not [f for f in report.findings if f.rule == "TV-18"]  # not lost: its files are there


def test_file_that_vanishes_outside_is_missed_by_nobody(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    write(tmp_path, "rời/b.txt", SURVEY)
    run(tmp_path)
    (tmp_path / "rời/b.txt").unlink()
    report = run(tmp_path)[1]
    assert report.outside.files == ()
    assert not [f for f in report.all_findings if f.rule in ("TV-17", "TV-18")]


def test_place_in_a_checklist_is_refused_outside(tmp_path: Path) -> None:
    write(tmp_path, "rời/b.txt", SURVEY)
    run(tmp_path)
    with pytest.raises(UsageError, match="không nằm trong hồ sơ nào"):
        assign(open_archive(tmp_path), str(tmp_path / "rời/b.txt"), ["2"])


def test_file_outside_can_be_shown(tmp_path: Path) -> None:
    write(tmp_path, "rời/b.txt", SURVEY)
    run(tmp_path)
    (document,) = inspect(open_archive(tmp_path), str(tmp_path / "rời/b.txt"))  # type: ignore[misc]
    assert document.header.number_symbol == "03/KH-UBND"


def test_archive_that_is_away_loses_nothing(tmp_path: Path) -> None:
    from dossier.errors import ArchiveError
    from dossier.usecases.mounted import check_mounted

    write(tmp_path, "rời/b.txt", SURVEY)
    run(tmp_path)
    (tmp_path / "rời/b.txt").rename(tmp_path.parent / f"{tmp_path.name}.txt")
    (tmp_path / "rời").rmdir()
    with pytest.raises(ArchiveError, match="chưa được kết nối"):
        check_mounted(open_archive(tmp_path))
    assert again(open_archive(tmp_path)).outside.files == ("rời/b.txt",)
