"""A pass over a part of the archive leaves the catalogue as a scan of the whole would."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from archives import FOUNDING, PROPOSAL, SURVEY, accounted, again, on_disk, past_the_tick, put, run, write

from dossier.archive import open_archive
from dossier.catalogue import Catalogue, open_catalogue
from dossier.index import Filters
from dossier.model import FileRecord, KnownFile
from dossier.progress import heard_by
from dossier.scanner import VERSION
from dossier.scanner.sandbox import Done
from dossier.usecases.indexing import catch_up
from dossier.usecases.reading import processor_for
from dossier.usecases.scan import scan
from dossier.usecases.search import search
from dossier.usecases.updating import ScanCounts, Update


def look(root: Path, *touched: str) -> ScanCounts:
    """Look at the touched paths only, reading in this process."""
    archive = open_archive(root)
    processor = processor_for(archive)
    with open_catalogue(archive.ready_state(), VERSION) as catalogue:
        update = Update(archive, catalogue, processor)
        for change in update.begin(touched).read:
            update.settle(change, Done(processor(update.task(change))))
        update.forget(update.gone)
        update.finish()
        catch_up(archive, catalogue)
    return update.counts


def verdict(root: Path) -> object:
    report = again(open_archive(root))
    return report.dossiers, replace(report.outside, ignored=()), report.problems  # the set aside states are


def same_as_a_scan_from_nothing(root: Path) -> bool:
    found = verdict(root)
    (root / ".dossier").rename(root / ".dossier-before")
    run(root)
    fresh = verdict(root)
    (root / ".dossier").rename(root / ".dossier-fresh")
    (root / ".dossier-before").rename(root / ".dossier")
    return found == fresh


def age(root: Path) -> None:
    for number, path in enumerate(sorted(root.rglob("*.txt"))):
        os.utime(path, (time.time() - 600 - number,) * 2)


def archive_of_two(root: Path) -> None:
    put(root, a_txt=FOUNDING, b_txt=SURVEY)
    write(root, "mo-hinh/B/c.txt", PROPOSAL)
    write(root, "ngoài.txt", "x")
    age(root)
    past_the_tick()
    run(root)


def paths(root: Path, query: str) -> list[str]:
    return sorted(hit.path for hit in search(open_archive(root), query, Filters()).hits)


def test_only_the_touched_dossier_is_looked_at(tmp_path: Path) -> None:
    archive_of_two(tmp_path)
    put(tmp_path, d_txt=PROPOSAL)
    write(tmp_path, "mo-hinh/B/e.txt", SURVEY)
    counts = look(tmp_path, "mo-hinh/A/d.txt")
    assert (counts.files, counts.read) == (3, 1)
    assert "mo-hinh/A/d.txt" in paths(tmp_path, "camera")
    assert "mo-hinh/B/e.txt" not in paths(tmp_path, "camera")


def test_new_dossier_is_found(tmp_path: Path) -> None:
    archive_of_two(tmp_path)
    write(tmp_path, "kho/2023/Mô hình/Mới/06/q.txt", FOUNDING)
    look(tmp_path, "kho")
    assert "kho/2023/Mô hình/Mới" in [d.path for d in again(open_archive(tmp_path)).dossiers]
    assert same_as_a_scan_from_nothing(tmp_path)


def test_file_moved_between_dossiers_is_not_read(tmp_path: Path) -> None:
    archive_of_two(tmp_path)
    (tmp_path / "mo-hinh/A/a.txt").rename(tmp_path / "mo-hinh/B/a.txt")
    counts = look(tmp_path, "mo-hinh/A/a.txt", "mo-hinh/B/a.txt")
    assert (counts.read, counts.placed_anew, counts.gone) == (0, 1, 0)
    assert same_as_a_scan_from_nothing(tmp_path)


def test_file_whose_new_place_is_seen_first_is_not_read(tmp_path: Path) -> None:
    archive_of_two(tmp_path)
    (tmp_path / "mo-hinh/A/a.txt").rename(tmp_path / "mo-hinh/B/a.txt")
    counts = look(tmp_path, "mo-hinh/B/a.txt")
    assert (counts.read, counts.placed_anew) == (0, 1)
    look(tmp_path, "mo-hinh/A")
    assert same_as_a_scan_from_nothing(tmp_path)


def test_dossier_renamed_whole_is_not_read(tmp_path: Path) -> None:
    archive_of_two(tmp_path)
    (tmp_path / "mo-hinh/A").rename(tmp_path / "mo-hinh/C")
    counts = look(tmp_path, "mo-hinh/A", "mo-hinh/C")
    assert (counts.read, counts.placed_anew) == (0, 2)
    assert same_as_a_scan_from_nothing(tmp_path)


def test_dossier_deleted_whole_is_forgotten(tmp_path: Path) -> None:
    archive_of_two(tmp_path)
    for name in ("a.txt", "b.txt"):
        (tmp_path / "mo-hinh/A" / name).unlink()
    (tmp_path / "mo-hinh/A").rmdir()
    look(tmp_path, "mo-hinh/A")
    assert [d.path for d in again(open_archive(tmp_path)).dossiers] == ["mo-hinh/B"]
    assert paths(tmp_path, '"thanh lap mo hinh"') == []


def test_files_outside_come_and_go(tmp_path: Path) -> None:
    archive_of_two(tmp_path)
    write(tmp_path, "khác/y.txt", "y")
    look(tmp_path, "khác")
    assert again(open_archive(tmp_path)).outside.files == ("khác/y.txt", "ngoài.txt")
    (tmp_path / "ngoài.txt").unlink()
    look(tmp_path, "ngoài.txt")
    assert again(open_archive(tmp_path)).outside.files == ("khác/y.txt",)


def test_folder_becomes_a_dossier_and_ceases_to_be_one(tmp_path: Path) -> None:
    archive_of_two(tmp_path)
    write(tmp_path, "khác/y.txt", SURVEY)
    write(tmp_path, "khác/hoso.toml", 'kind = "mo-hinh"')
    look(tmp_path, "khác")
    assert "khác" in [d.path for d in again(open_archive(tmp_path)).dossiers]
    (tmp_path / "khác/hoso.toml").unlink()
    look(tmp_path, "khác")
    assert again(open_archive(tmp_path)).outside.files == ("khác/y.txt", "ngoài.txt")
    assert same_as_a_scan_from_nothing(tmp_path)


def test_every_file_stays_accounted_for(tmp_path: Path) -> None:
    archive_of_two(tmp_path)
    put(tmp_path, hong_pdf="%PDF-1.4 hỏng")
    write(tmp_path, "mo-hinh/A/~$a.docx", "x")
    look(tmp_path, "mo-hinh/A/hong.pdf")
    assert accounted(again(open_archive(tmp_path))) == on_disk(tmp_path)


def test_decision_survives_a_move(tmp_path: Path) -> None:
    from dossier.usecases.decide import assign

    archive_of_two(tmp_path)
    assign(open_archive(tmp_path), str(tmp_path / "mo-hinh/A/a.txt"), ["2"])
    (tmp_path / "mo-hinh/A/a.txt").rename(tmp_path / "mo-hinh/B/z.txt")
    look(tmp_path, "mo-hinh/A/a.txt", "mo-hinh/B/z.txt")
    moved = [d for d in again(open_archive(tmp_path)).documents if d.path == "mo-hinh/B/z.txt"]
    assert [p.part for p in moved[0].placements] == ["2"]


def test_pass_killed_between_a_new_kind_and_its_places_is_made_good(tmp_path: Path) -> None:
    archive_of_two(tmp_path)
    write(tmp_path, "mo-hinh/A/hoso.toml", 'kind = "dien-hinh"\n')
    child = os.fork()
    if not child:
        # In the midst of placing anew: the kinds are saved, no file of them is placed yet.
        Update._place_anew = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
        with contextlib.suppress(BaseException):
            look(tmp_path, "mo-hinh/A/hoso.toml")
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    look(tmp_path, "mo-hinh/B")
    assert same_as_a_scan_from_nothing(tmp_path)


def test_what_is_read_is_catalogued_by_many_files_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(150):
        write(tmp_path, f"mo-hinh/A/{number}.txt", f"{SURVEY} {number}")
    batches: list[int] = []
    store_all = Catalogue.store_all

    def counted(self: Catalogue, found: Sequence[tuple[FileRecord, KnownFile | None]]) -> int:
        batches.append(len(found))
        return store_all(self, found)

    monkeypatch.setattr(Catalogue, "store_all", counted)
    assert scan(open_archive(tmp_path), workers=1).read == 150
    assert sum(batches) == 150
    assert len(batches) < 75


def test_an_interrupted_scan_keeps_what_it_has_read(tmp_path: Path) -> None:
    archive_of_two(tmp_path)
    put(tmp_path, d_txt=PROPOSAL)
    past_the_tick()

    def stop(_done: int, _total: int, _path: str) -> None:
        raise KeyboardInterrupt

    archive = open_archive(tmp_path)
    with pytest.raises(KeyboardInterrupt), heard_by(stop):
        scan(archive, workers=1)
    assert scan(archive, workers=1).read == 0
