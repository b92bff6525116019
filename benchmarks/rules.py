"""How long it takes to judge an archive: 5,000 dossiers with 100,000 documents, on one core.

    python benchmarks/rules.py [--dossiers N] [--documents-each N] [--profile]

The dossiers are made up in memory, so nothing but the rules is measured: facts, completeness, order,
deadlines, ranking, linked models, retention, integrity, and what dossiers must know of each other.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import sys
import time
from collections import Counter
from datetime import date, timedelta

from dossier import checklists
from dossier.checklists.retention import load_packs
from dossier.compliance import evaluate, neighbours
from dossier.model import (
    Document,
    DossierFolder,
    DossierState,
    Form,
    Header,
    Manifest,
    Placement,
    Reading,
    Reference,
)
from dossier.usecases.heap import uncollected

TODAY = date(2026, 11, 24)
ONCE = ("1", "2", "3", "4", "5", "6a", "6b", "6c", "7a", "7b", "8a", "11", "14", "15a", "15b")
YEARLY = ("9", "10a", "10b", "13a", "13b")


def made_up(number: int, each: int, rng: random.Random) -> DossierState:
    """A model's dossier with ``each`` documents: those asked for once, then those of its years."""
    path = f"Xã {number % 96}/Mô hình/Mô hình {number}"
    founded = date(2021, 1, 1) + timedelta(rng.randint(0, 1600))
    places = [(part, "") for part in ONCE]
    places += [
        (part, f"{year}-H1" if part == "10a" else str(year)) for year in range(2021, 2027) for part in YEARLY
    ]
    documents = []
    for at, (part, period) in enumerate(places[:each]):
        day = founded + timedelta(rng.randint(-60, 900))
        header = Header(
            form=Form.STATE,
            type="quyet-dinh",
            number_symbol=f"{rng.randint(1, 400)}/QĐ-UBND",
            date=day,
            issuing_body=f"UBND XÃ {number % 96}",
            signer="Nguyễn Văn A",
            rank=rng.choice(("", "tot", "kha", "yeu")) if part == "13b" else "",
            percentage=float(rng.randint(30, 100)) if part in ("10b", "13b") else None,
            references=(Reference("quyet-dinh", "12/QĐ-UBND", founded),),
        )
        item = int(part.rstrip("abc"))
        place = Placement(item, part, 0.95, period=period)
        name = f"{path}/{at:02} {part}.pdf"
        doubtful = at % 19 == 18
        documents.append(
            Document(name, 1, (1, 2), f"{number}-{at}", "pdf", 9, Reading.TEXT, header, (place,), doubtful)
        )
    ended = founded + timedelta(1200) if number % 5 == 0 else None
    manifest = Manifest(ended=ended, linked=number % 10 == 0 or None)
    folder = DossierFolder(path, path.encode(), "mo-hinh", f"Mô hình {number}", manifest)
    return DossierState(folder, tuple(documents), files=each)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=5000)
    parser.add_argument("--documents-each", type=int, default=20)
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    rng = random.Random(22)
    states = [made_up(number, given.documents_each, rng) for number in range(given.dossiers)]
    kinds, packs = checklists.load(), load_packs()
    profile = cProfile.Profile() if given.profile else None
    if profile:
        profile.enable()
    begun, cpu = time.perf_counter(), time.process_time()
    copies = [(d.sha256, s.folder.path, d.path) for s in states for d in s.documents if d.ordinal == 1]
    around = neighbours((state.folder for state in states), copies)
    known = time.perf_counter()
    with uncollected():  # as users have it
        reports = [evaluate(state, kinds[state.folder.kind], packs, TODAY, around=around) for state in states]
    done, busy = time.perf_counter(), time.process_time() - cpu
    if profile:
        profile.disable()
        pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(30)
    documents = sum(len(state.documents) for state in states)
    findings = Counter(f.rule[:2] for report in reports for f in report.findings)
    print(f"{len(states)} dossiers, {documents} documents, findings by family: {dict(findings)}")
    print(f"what dossiers know of each other: {known - begun:.2f} s")
    print(f"evaluate(): {done - known:.2f} s, {(done - known) / len(states) * 1000:.2f} ms a dossier")
    print(f"together {done - begun:.2f} s, {busy:.2f} s of CPU on one core")


if __name__ == "__main__":
    main()
