"""Nights of 100,000 files in 5,000 dossiers, beside a bare walk of the disk: the first, the next one in
which nothing changed, and one after a hundredth of the files changed.

    python benchmarks/nightly.py [--dossiers 5000] [--files 20] [--keep DIR]

The files are text files, made and catalogued by the benchmark itself before anything is measured: the
documents of one dossier are read, and their records stored for every other under the hash of its own
file (the files differ in their last line). Each night runs as a process of its own, its steps told apart.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from scan import _WALK
from scan import run as measured

from dossier.archive import Archive, open_archive
from dossier.catalogue import open_catalogue
from dossier.model import FileRecord
from dossier.scanner import VERSION
from dossier.scanner.discover import walk
from dossier.scanner.pipeline import Processor, Task
from dossier.scanner.readers.interface import Limits
from dossier.usecases.indexing import catch_up

_AT_ONCE = 500  # records stored in one transaction
_TYPES = {"QUYẾT ĐỊNH": "QĐ", "KẾ HOẠCH": "KH", "BÁO CÁO": "BC", "TỜ TRÌNH": "TTr"}


def text(number: int) -> str:
    """A document of a commune, unlike any with another number."""
    title, code = list(_TYPES.items())[number % 4]
    return (
        "ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Số: {number}/{code}-UBND\nHàm Thắng, ngày 05 tháng 3 năm 2026\n{title}\n"
        f"Khảo sát xây dựng mô hình camera tu{number}\n" + f"Nội dung thứ {number}. " * 40 + "\n"
    )


def make(root: Path, dossiers: int, files: int) -> None:
    """Write the archive."""
    texts = [text(number).encode() for number in range(files)]
    for dossier in range(dossiers):
        folder = root / f"Xã {dossier // 100}/Mô hình/Hồ sơ {dossier}"
        folder.mkdir(parents=True, exist_ok=True)
        for number, content in enumerate(texts):
            (folder / f"{number}.txt").write_bytes(content + f"Hồ sơ {dossier}.\n".encode())
    past = time.time() - 86_400
    for path in root.rglob("*.txt"):
        os.utime(path, (past, past))


def catalogue(archive: Archive) -> None:
    """Catalogue the archive: every text is read once, its record kept for every file that has it."""
    found = walk(archive)
    processor = Processor(os.fsencode(archive.root), archive.checklists, Limits())
    known: dict[str, FileRecord] = {}
    kinds = {folder.path: folder.kind for folder in found.dossiers}
    made: list[tuple[FileRecord, None]] = []
    with open_catalogue(archive.ready_state(), VERSION) as kept:
        kept.save_walk(found.dossiers, found.ignored, found.problems)
        for entry in found.files:
            name = entry.path.rsplit("/", 1)[-1]
            if name not in known:
                record = processor(Task(entry, kinds[entry.dossier]))
                assert isinstance(record, FileRecord)
                known[name] = replace(record, doubtful=False)
            sha256 = hashlib.sha256((archive.root / entry.path).read_bytes()).hexdigest()
            made.append((replace(known[name], entry=entry, sha256=sha256), None))
            if len(made) == _AT_ONCE:
                kept.store_all(made)
                made.clear()
        kept.store_all(made)
        kept.finish_scan(datetime.now(UTC), archive.checklists_digest)
        catch_up(archive, kept)


def show(title: str, root: Path, day: date, walked: float) -> None:
    """Run a night and print where its time went."""
    command = [sys.executable, "-m", "dossier", "nightly", str(root), "--json", "--today", day.isoformat()]
    wall, cpu, peak, said = measured(command)
    night = json.loads(said)
    counts = night["scan"]
    print(
        f"{title} ({day}): {counts['files']} files in {night['summary']['dossiers']} dossiers, "
        f"{counts['unchanged']} unchanged, {counts['read']} read"
    )
    for step, seconds in night["seconds"].items():
        print(f"  {step:28} {seconds:8.2f} s   = {seconds / walked:6.1f} × the walk")
    print(
        f"  whole process                {wall:8.2f} s   = {wall / walked:6.1f} × the walk; {cpu:.1f} s CPU"
    )
    print(f"  peak memory of all processes {peak:8.0f} MiB")


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--dossiers", type=int, default=5000)
    parser.add_argument("--files", type=int, default=20, help="in each dossier")
    parser.add_argument("--keep", type=Path, help="make the archive here, or use the one that is there")
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 24), help="first night")
    parser.add_argument("--make-only", action="store_true")
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="dossier-bench-"))
    root = options.keep or work / "kho"
    if not root.exists():
        started = time.perf_counter()
        make(root, options.dossiers, options.files)
        made = time.perf_counter() - started
        catalogue(open_archive(root))
        measured([sys.executable, "-m", "dossier", "scan", str(root)])  # what a scan does once, is done
        print(f"made in {made:.0f} s, catalogued in {time.perf_counter() - started - made:.0f} s")
    if options.make_only:
        return
    walks = [float(measured([sys.executable, "-c", _WALK, str(root)])[3].split()[1]) for _number in range(5)]
    walked = statistics.median(walks)
    day = options.today
    print(f"bare scandir+stat walk {walked:.2f} s (median of 5)")
    show("first night: everything is judged", root, day, walked)
    show("the next night, nothing changed", root, day + timedelta(days=1), walked)
    changed = options.dossiers * options.files // 100
    for number in range(changed):
        dossier = number * 100 // options.files
        file = root / f"Xã {dossier // 100}/Mô hình/Hồ sơ {dossier}/{number % options.files}.txt"
        file.write_bytes(file.read_bytes() + b"1\n")
    show(f"a night after {changed} files changed", root, day + timedelta(days=2), walked)
    if options.keep is None:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
