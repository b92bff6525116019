"""A watcher keeps up with what lies in no dossier, and with what people say of folders."""

from __future__ import annotations

from pathlib import Path

from archives import FOUNDING, SURVEY, again, run, write

from dossier.archive import open_archive
from dossier.usecases import adopt as use
from dossier.usecases.watch import Watcher


def watched(root: Path) -> None:
    Watcher(open_archive(root), lambda _news: None, workers=1).run(once=True)


def test_new_file_outside_is_read_and_its_folder_proposed(tmp_path: Path) -> None:
    write(tmp_path, "HO SO 2024/MH Camera an ninh/qd.txt", FOUNDING)
    watched(tmp_path)
    report = again(open_archive(tmp_path))
    assert [d.header.number_symbol for d in report.outside.documents] == ["12/QĐ-UBND"]
    assert [each.path for each in report.proposals] == ["HO SO 2024/MH Camera an ninh"]


def test_file_that_goes_outside_is_forgotten(tmp_path: Path) -> None:
    write(tmp_path, "rời/a.txt", FOUNDING)
    write(tmp_path, "rời/b.txt", SURVEY)
    run(tmp_path)
    (tmp_path / "rời/a.txt").unlink()
    watched(tmp_path)
    assert again(open_archive(tmp_path)).outside.files == ("rời/b.txt",)


def test_adopted_folder_is_a_dossier_for_the_watcher_too(tmp_path: Path) -> None:
    write(tmp_path, "HO SO 2024/MH Camera an ninh/qd.txt", FOUNDING)
    run(tmp_path)
    archive = open_archive(tmp_path)
    use.adopt_proposed(archive, use.proposals(archive))
    write(tmp_path, "HO SO 2024/MH Camera an ninh/ks.txt", SURVEY)
    watched(tmp_path)
    (dossier,) = again(archive).dossiers
    assert sorted(d.placements[0].part for d in dossier.documents) == ["1", "6a"]
