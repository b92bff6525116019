"""A content is read once, however often it lies in an archive; each copy is placed where it lies."""

from __future__ import annotations

from pathlib import Path

from archives import FOUNDING, SURVEY

from dossier.archive import open_archive
from dossier.usecases.assess import assess
from dossier.usecases.scan import ScanCounts, scan


def lay(root: Path, text: str, *places: str) -> None:
    for place in places:
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def scanned(root: Path, *, full: bool = False) -> ScanCounts:
    return scan(open_archive(root), full=full, workers=1)


def copies(root: Path) -> list[str]:
    report = assess(open_archive(root))
    return [document.header.number_symbol for dossier in report.dossiers for document in dossier.documents]


def test_copies_in_one_scan_are_read_once(tmp_path: Path) -> None:
    lay(tmp_path, FOUNDING, *(f"Mô hình/{name}/6.txt" for name in "ABCDEFGH"))
    counts = scanned(tmp_path)
    assert (counts.read, counts.placed_anew) == (1, 7)
    assert len(set(copies(tmp_path))) == 1 and len(copies(tmp_path)) == 8


def test_copies_that_come_later_are_not_read(tmp_path: Path) -> None:
    lay(tmp_path, FOUNDING, "Mô hình/A/6.txt")
    scanned(tmp_path)
    lay(tmp_path, FOUNDING, "Mô hình/B/khác tên.txt")
    counts = scanned(tmp_path)
    assert (counts.read, counts.placed_anew) == (0, 1)


def test_a_full_scan_reads_every_content_again_and_only_once(tmp_path: Path) -> None:
    lay(tmp_path, FOUNDING, *(f"Mô hình/{name}/6.txt" for name in "ABCD"))
    scanned(tmp_path)
    counts = scanned(tmp_path, full=True)
    assert counts.read + counts.placed_anew + counts.unchanged == 4
    assert 1 <= counts.read <= 2


def test_other_contents_of_the_same_size_are_read(tmp_path: Path) -> None:
    other = SURVEY.encode().ljust(len(FOUNDING.encode()), b" ").decode()
    if len(other.encode()) != len(FOUNDING.encode()):
        other = FOUNDING.replace("05", "06", 1)
    lay(tmp_path, FOUNDING, "Mô hình/A/1.txt", "Mô hình/B/1.txt")
    lay(tmp_path, other, "Mô hình/A/2.txt", "Mô hình/B/2.txt")
    counts = scanned(tmp_path)
    assert counts.read + counts.placed_anew == 4
    assert counts.read in (2, 3)
    assert len(copies(tmp_path)) == 4
