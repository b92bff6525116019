"""Long work says how far it is to whoever listens, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from archives import FOUNDING, put, run

from dossier.archive import Archive, open_archive
from dossier.progress import counted, heard_by, report_progress
from dossier.usecases import bundles, indexing, papers
from dossier.usecases.assess import assess
from dossier.usecases.backup import backup
from dossier.usecases.closing import write_set
from dossier.usecases.overview import overview
from dossier.usecases.restore import restore

Heard = list[tuple[int, int, str]]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    root = tmp_path / "kho"
    put(root, qd_txt=FOUNDING)
    run(root)
    return open_archive(root)


def heard(work: Callable[[], object]) -> Heard:
    said: Heard = []
    with heard_by(lambda done, total, what: said.append((done, total, what))):
        work()
    return said


def test_items_are_counted_to_their_end() -> None:
    assert heard(lambda: list(counted("ab", what="x"))) == [(0, 2, "x"), (1, 2, "x"), (2, 2, "x")]


def test_nobody_hears_what_is_told_afterwards() -> None:
    said = heard(lambda: None)
    report_progress(1, 2, "x")
    assert said == []


@pytest.mark.parametrize("work", [assess, overview, bundles.make, indexing.rebuild])
def test_work_on_all_dossiers_tells_how_far_it_is(
    archive: Archive, work: Callable[[Archive], object]
) -> None:
    if work is overview:
        put(archive.root, qd_txt=FOUNDING + "Thêm một dòng.\n")
        run(archive.root)
    told = heard(lambda: work(archive))
    assert any(done == total > 0 for done, total, _what in told)


def test_backup_and_restore_tell_how_far_they_are(archive: Archive, tmp_path: Path) -> None:
    copy = tmp_path / "sao-luu.zip"
    for work in (lambda: backup(archive, copy), lambda: restore(archive, copy, force=True)):
        told = heard(work)
        assert all(0 <= done <= total for done, total, _what in told)
        assert any(done == total > 0 for done, total, _what in told)


def test_letters_and_closing_papers_say_how_far_they_are(archive: Archive, tmp_path: Path) -> None:
    assert heard(lambda: papers.formal(archive))
    report = assess(archive)
    assert heard(lambda: write_set(archive, report, tmp_path / "kết thúc"))
