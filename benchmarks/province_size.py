"""A catalogue of the size of a province or of the country: moving, planning, judging, and the memory of each.

    python benchmarks/province_size.py [--documents 120000] [--each 30] [--no-move] [--plan] [--reports]
        [--short]

One dossier's papers are read, and their rows written again for every other dossier, with names and hashes of
their own. The move from a file to PostgreSQL and back compares every row and every verdict. ``--plan``: the
files are made, too, and looked at, once unchanged and once with a hundredth of them written anew.
``--reports`` (with ``--plan``): the whole night, and the whole report in two forms. ``--short``: of what is
judged only what a night does. CPU seconds and peak of memory are those of a process
for each step; what PostgreSQL uses is not in them.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests/work"))

from machines import TODAY
from nightly import make
from postgres_server import Cluster, binaries
from sqlalchemy import Table, insert, select

from dossier.archive import Archive, open_archive
from dossier.catalogue import open_catalogue
from dossier.catalogue.server import Server, server_for
from dossier.catalogue.tables import META_UPSERT, documents, dossiers, files, meta, texts
from dossier.scanner import VERSION
from dossier.usecases import publish
from dossier.usecases.assess import assess
from dossier.usecases.figures import of_units
from dossier.usecases.migrate import migrate_to
from dossier.usecases.nightly import nightly
from dossier.usecases.overview import overview
from dossier.usecases.scan import scan
from dossier.work import steps

_CHUNK = 5000  # rows written at once
_CLONED = (dossiers, files, documents, texts)


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=120_000)
    parser.add_argument("--each", type=int, default=30, help="in each dossier")
    parser.add_argument("--no-move", action="store_true", help="no way back, no comparing")
    parser.add_argument("--plan", action="store_true", help="make the files, too, and look at them")
    parser.add_argument("--reports", action="store_true", help="the whole night, and whole reports")
    parser.add_argument("--short", action="store_true", help="judge for the night only, and the units")
    parser.add_argument("--step", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        name, root, state, url = given.step
        return step(name, Path(root), Path(state), url)
    programs = binaries()
    if programs is None:
        print("no PostgreSQL 15 or newer")
        return 2
    cluster = Cluster(programs)
    count = given.documents // given.each
    try:
        with tempfile.TemporaryDirectory() as name:
            root, state = Path(name, "kho"), Path(name, "state")
            make(root, 1, given.each)
            alone = open_archive(root, Path(name, "first"))
            scan(alone)
            if given.plan:
                make(root, count, given.each)
            url = cluster.url()
            fill(
                alone,
                server_for(alone, url) if given.no_move else open_archive(root, state).ready_state(),
                count,
            )
            print(f"{count} dossiers, {count * given.each} documents", flush=True)
            if not given.no_move:
                run("move", root, state, url)
            if given.plan:
                run("plan, nothing changed", root, state, url)
                change(root, count, given.each)
                run("plan, a hundredth changed", root, state, url)
            if not given.short:
                run("judge everything", root, state, url)
                run("judge again", root, state, url)
            if given.reports:
                run("nightly", root, state, url)
                run("report.json", root, state, url)
                run("report.xlsx", root, state, url)
            run("judge for the night", root, state, url)
            run("units", root, state, url)
            if not given.no_move:
                run("back", root, state, str(state))
    finally:
        cluster.stop()
    return 0


def change(root: Path, count: int, each: int) -> None:
    """A hundredth of the files is written anew."""
    for number in range(count * each // 100):
        file = root / folder_of(number * 100 // each) / f"{number % each}.txt"
        file.write_bytes(file.read_bytes() + b"1\n")


def fill(archive: Archive, target: Path | Server, count: int) -> None:
    """Catalogue all dossiers after the rows of the first one, as they are on the disk if they are."""
    with open_catalogue(archive, VERSION) as kept, kept._session.reading() as connection:
        known = {t: [dict(row) for row in connection.execute(select(t)).mappings()] for t in _CLONED}
        also = dict(connection.execute(select(meta.c.key, meta.c.value)).all())
    of_file = {row["file_id"]: row for row in known[documents]}
    of_document = {row["document_id"]: row for row in known[texts]}
    with open_catalogue(target, VERSION) as kept, kept._session.writing() as connection:
        for key, value in also.items():
            connection.execute(META_UPSERT, {"key": key, "value": value})
        rows: dict[Table, list[dict[str, Any]]] = {table: [] for table in _CLONED}
        for number in range(count):
            folder = folder_of(number)
            path = str(folder)
            named = {"path": path, "raw_path": path.encode(), "name": folder.name}
            rows[dossiers].append(known[dossiers][0] | named)
            for row in known[files]:
                place = f"{path}/{Path(row['path']).name}"
                id_ = number * 1000 + row["id"]
                sha256 = hashlib.sha256(place.encode()).hexdigest()
                mine = row | {"id": id_, "path": place, "raw_path": place.encode(), "dossier": path}
                with suppress(FileNotFoundError):
                    there = os.stat(archive.root / place)
                    mine |= {"size": there.st_size, "mtime_ns": there.st_mtime_ns, "inode": str(there.st_ino)}
                    mine |= {"ctime_ns": there.st_ctime_ns}
                rows[files].append(mine | {"doubtful": False, "sha256": sha256})
                paper = of_file[row["id"]]
                rows[documents].append(paper | {"id": id_, "file_id": id_})
                rows[texts].append(of_document[paper["id"]] | {"document_id": id_})
            if len(rows[files]) >= _CHUNK or number == count - 1:
                for table in _CLONED:
                    connection.execute(insert(table), rows[table])
                    rows[table].clear()
        kept._session.database.after_copying(connection)


def folder_of(number: int) -> Path:
    """As :func:`nightly.make` calls them."""
    return Path(f"Xã {number // 100}/Mô hình/Hồ sơ {number}")


def run(name: str, root: Path, state: Path, url: str) -> None:
    """A step in a process of its own, and what it used."""
    command = [sys.executable, __file__, "--step", name, str(root), str(state), url]
    started = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name:26} {time.perf_counter() - started:7.1f} s, {cpu:7.1f} s CPU, {said}", flush=True)


def step(name: str, root: Path, state: Path, url: str) -> int:
    """One step; says what came of it, and the peak of this process's memory."""
    archive = open_archive(root, state)
    if name in ("move", "back"):
        moved = migrate_to(archive, url, TODAY)
        said = f"{sum(moved.rows.values())} rows, verdicts {moved.verdicts[:16]}"
    else:
        there = replace(archive.config.catalogue, url=url)
        archive = replace(archive, config=replace(archive.config, catalogue=there))
        if name.startswith("plan"):
            said = f"{len(steps.plan(archive, None))} files to be read"
        elif name == "judge for the night":
            said = f"score {steps.judge(archive, TODAY)}"
        elif name == "nightly":
            night = nightly(archive, TODAY)
            took = ", ".join(f"{step} {seconds:.0f} s" for step, seconds in night.seconds.items())
            said = f"{night.told.summary['documents']} documents ({took})"
        elif name.startswith("report"):
            made = publish.write(assess(archive, TODAY), name[-4:], str(root.parent / name), archive)
            said = f"{made.stat().st_size >> 20 if made else 0} MiB"
        elif name == "units":
            said = f"{len(of_units(archive, TODAY).parts)} units"
        else:
            brief = overview(archive, TODAY)
            units = {dossier.unit for dossier in brief.dossiers}
            said = f"{len(brief.dossiers)} dossiers of {len(units)} units"
    # The system's own figure for a process begins with what its parent had.
    held = Path("/proc/self/status").read_text("ascii").partition("VmHWM:")[2].split()[0]
    peak = int(held) / 1024
    print(f"{said}; peak {peak:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
