"""A paper that is renamed and stamped in one step leaves as little as one that is stamped where it lies."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from archives import SURVEY, paper, put, run, write
from test_every_trace import SECRET
from test_state_secrets import everywhere

from dossier.archive import Archive, open_archive
from dossier.usecases import night_folders
from dossier.usecases.backup import backup
from dossier.usecases.correct import correct
from dossier.usecases.decide import waive
from dossier.usecases.nightly import nightly
from dossier.usecases.restore import restore

FOLDER = "mo-hinh/A"
PLAIN = SECRET.replace("TỐI MẬT\n", "")
Rename = Callable[[Path, str], None]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    root = tmp_path / "kho"
    put(root, a_txt=PLAIN, b_txt=SURVEY.replace("Nguyễn Văn An", "Trần B"))
    put(root, c_txt=paper("BÁO CÁO", "09/BC-UBND", "Kết quả").replace("Nguyễn Văn An", "Lê C"))
    write(root, "dossier.toml", '[nightly]\nformats = ["html", "json", "xlsx", "docx"]\n')
    run(root)
    archive = open_archive(root)
    nightly(archive, date(2023, 3, 30))
    nightly(archive, date(2023, 3, 31))
    night_folders.pack(archive.state)
    correct(archive, f"{FOLDER}/a.txt", {"abstract": "Chuyên án Kim Cương 77 tại đồi Bạch Mã"})
    waive(archive, FOLDER, "MH-04", reason="chờ chuyên án Kim Cương 77 kết thúc")
    backup(archive, tmp_path / "b.zip")
    restore(archive, tmp_path / "b.zip", force=True)
    return archive


def edited_in_place(folder: Path, text: str) -> None:
    (folder / "a.txt").rename(folder / "z.txt")
    with (folder / "z.txt").open("w") as file:
        file.write(text)


def saved_under_another_name(folder: Path, text: str) -> None:
    (folder / "z.txt").write_text(text, "utf-8")
    (folder / "a.txt").unlink()


def moved_to_another_dossier(folder: Path, text: str) -> None:
    (folder.with_name("B")).mkdir()
    (folder.with_name("B") / "z.txt").write_text(text, "utf-8")
    (folder / "a.txt").unlink()


def over_another_file(folder: Path, text: str) -> None:
    (folder / "b.txt").write_text(text, "utf-8")
    (folder / "a.txt").unlink()


def its_name_taken_by_another(folder: Path, text: str) -> None:
    (folder / "z.txt").write_text(text, "utf-8")
    shutil.copy(folder / "c.txt", folder / "a.txt")
    with (folder / "a.txt").open("a") as file:
        file.write("thêm\n")


HOW = [edited_in_place, saved_under_another_name, moved_to_another_dossier, over_another_file,
       its_name_taken_by_another]  # fmt: skip


def left(archive: Archive) -> list[str]:
    return [trace for trace in everywhere(archive.state) if "Nguyễn Văn An" not in trace]


@pytest.mark.parametrize("how", HOW)
def test_no_word_stays(archive: Archive, how: Rename) -> None:
    assert left(archive)
    how(archive.root / FOLDER, SECRET)
    run(archive.root)
    assert left(archive) == []


@pytest.mark.parametrize("changed", [
    SECRET.replace("12/QĐ-UBND", "1/QĐ-UBND"),
    SECRET.replace("Nguyễn Văn An", "Phạm D"),
    SECRET.replace("Như trên", "Như kính gửi") + "\n".join(["Thêm một đoạn rất dài của văn bản này."] * 40),
], ids=["another number", "another signer", "much longer"])  # fmt: skip
def test_no_word_stays_of_one_that_was_rewritten(archive: Archive, changed: str) -> None:
    saved_under_another_name(archive.root / FOLDER, changed)
    run(archive.root)
    assert left(archive) == []


def test_no_word_stays_when_the_old_file_went_a_scan_before(archive: Archive) -> None:
    (archive.root / FOLDER / "a.txt").unlink()
    run(archive.root)
    write(archive.root, f"{FOLDER}/z.txt", SECRET)
    run(archive.root)
    assert left(archive) == []


def test_papers_that_went_and_are_others_keep_their_record(archive: Archive) -> None:
    (archive.root / FOLDER / "b.txt").unlink()
    saved_under_another_name(archive.root / FOLDER, SECRET)
    report = run(archive.root)[1]
    told = " ".join(str(finding) for dossier in report.dossiers for finding in dossier.findings)
    assert "03/KH-UBND" in told
    assert "12/QĐ-UBND" not in told
