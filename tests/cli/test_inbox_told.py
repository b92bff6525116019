"""What ``inbox`` says of files that were copied into it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from dossier.archive import open_archive
from dossier.cli import root
from dossier.usecases.scan import scan
from tests.usecases.archives import FOUNDING, SURVEY, put


def said(archive: Path) -> str:
    done = CliRunner().invoke(root, ["inbox", "--archive", str(archive)])
    return done.output + done.stderr


def test_file_that_was_copied_in_since_the_scan_is_not_told_as_nothing(tmp_path: Path) -> None:
    put(tmp_path, qd_txt=FOUNDING)
    archive = open_archive(tmp_path)
    scan(archive, workers=1)
    assert "Không có gì chờ" in said(tmp_path)
    folder = tmp_path / archive.inbox
    folder.mkdir()
    (folder / "desktop.ini").write_text("x")
    assert "Không có gì chờ" in said(tmp_path)
    (folder / "scan1.txt").write_text(SURVEY, "utf-8")
    new = said(tmp_path)
    assert "Không có gì chờ" not in new and "1 tệp mới chép vào chưa được đọc; đọc bằng: dossier scan" in new
    scan(archive, workers=1)
    assert "chưa được đọc" not in said(tmp_path) and "scan1.txt" in said(tmp_path)
