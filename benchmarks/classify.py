"""How right the tool is on sample archives whose truth is known.

    python benchmarks/classify.py [--seeds 101 102] [--dossiers 30] [--bank heldout] [--scans] [--errors 40]

Every archive is written, scanned with the command's own code, judged as of its own day, and compared
with the truth beside it: documents found, their heads, their places, and what is missing in each
dossier. ``--errors`` lists that many of the differences.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dossier.archive import open_archive
from dossier.demo import write_archive
from dossier.model import ComplianceReport, Document, Status
from dossier.usecases.assess import assess
from dossier.usecases.scan import scan
from dossier.vietnamese import fold, words

HEAD = ("type", "number_symbol", "date", "issuing_body", "abstract", "signer")


@dataclass
class Tally:
    """Counts over all archives, and sentences about what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def check(self, name: str, right: bool, error: str) -> None:
        """Count one comparison."""
        self.counts[f"{name} n"] += 1
        self.counts[name] += right
        if not right:
            self.errors.append(f"{name}: {error}")

    def share(self, name: str) -> str:
        """Right ones of all."""
        right, count = self.counts[name], self.counts[f"{name} n"]
        return f"{right:6} of {count:6} = {right / count:8.2%}" if count else "     –"


def compare(truth: dict[str, Any], report: ComplianceReport, tally: Tally) -> None:
    """Count what agrees between the truth of an archive and the report about it."""
    found: dict[str, list[Document]] = {}
    for document in report.documents:
        found.setdefault(document.path, []).append(document)
    unread = {file.path: file.detail for file in report.unread}
    for file in truth["files"]:
        path, scanned = file["path"], " (scan)" if file["scan"] else ""
        documents = found.pop(path, [])
        expected = file["documents"]
        tally.check("file read", path not in unread, f"{path}: {unread.get(path)}")
        tally.check("file split right", len(documents) == len(expected) or path in unread,
                    f"{path}{scanned}: {len(expected)} → {len(documents)}")  # fmt: skip
        if len(documents) != len(expected):
            continue
        for true, document in zip(expected, documents, strict=True):
            compare_document(f"{path}#{document.ordinal}{scanned}", true, document, tally)
    tally.check("nothing made up", not found, str(list(found)[:5]))
    compare_dossiers(truth, report, tally)


def compare_document(name: str, true: dict[str, Any], document: Document, tally: Tally) -> None:
    """Head and places of one document."""
    for key in HEAD:
        had = getattr(document.header, key)
        said = str(had or "")
        wanted = str(true[key] or "").removeprefix("V/v ")  # “V/v” is no part of the abstract
        plain = words if key in ("abstract", "issuing_body") else fold
        same = plain(said) == plain(wanted)
        tally.check(f"head: {key}", same, f"{name}: {wanted!r} → {said!r}")
    wanted_places = [(p["part"], p["step"], p["period"]) for p in true["placements"]]
    places = [] if document.review else [(p.part, p.step, p.period) for p in document.placements]
    got = [(p.part, p.step, p.period, p.confidence) for p in document.placements]
    review = "review " if document.review else ""
    shown = f"{name}: {true['type']} “{true['abstract']}”: {wanted_places} → {review}{got}"
    items = {p["item"] for p in true["placements"]}
    tally.check("right item", items == {p.item for p in document.placements} and not document.review, shown)
    tally.check("right parts", {p[0] for p in wanted_places} == {p[0] for p in places}, shown)
    tally.check("right parts, steps and periods", sorted(wanted_places) == sorted(places), shown)
    tally.counts["review"] += document.review
    if not document.review:
        tally.check("certain ones right", items == {p.item for p in document.placements}, shown)


def compare_dossiers(truth: dict[str, Any], report: ComplianceReport, tally: Tally) -> None:
    """What is missing in each dossier."""
    known = {dossier.path: dossier for dossier in report.dossiers}
    for true in truth["dossiers"]:
        dossier = known[true["path"]]
        missing = sorted(part for item in dossier.items for part in item.missing)
        waiting = [p.part for item in dossier.items for p in item.parts if p.status is Status.NEEDS_REVIEW]
        facts = {key: str(fact.value) for key, fact in dossier.facts.items()}
        wanted = sorted(true["missing"])
        tally.check("dossier: missing parts right", missing == wanted,
                    f"{true['path']}: {wanted} → {missing}, review {waiting}; {facts}")  # fmt: skip
        parts = [part for item in dossier.items for part in item.parts]
        periods = {part.part: list(part.periods_missing) for part in parts if part.periods_missing}
        tally.check("dossier: missing periods right", periods == true["periods_missing"],
                    f"{true['path']}: {true['periods_missing']} → {periods}")  # fmt: skip
        tally.check("dossier: complete right", dossier.complete == true["complete"],
                    f"{true['path']}: {true['complete']} → {dossier.complete}, review {waiting}")  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs="+", default=[101])
    parser.add_argument("--dossiers", type=int, default=30)
    parser.add_argument("--bank", default="default")
    parser.add_argument("--scans", action="store_true", help="with scanned files (OCR takes its time)")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--only", default="", help="errors of this kind only")
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 24))
    options = parser.parse_args()
    tally = Tally()
    for seed in options.seeds:
        with tempfile.TemporaryDirectory(prefix="dossier-classify-") as work:
            started = time.perf_counter()
            folder = Path(work) / "kho"
            truth_file = write_archive(
                folder, dossiers=options.dossiers, seed=seed, today=options.today, scans=options.scans,
                bank=options.bank,
            )  # fmt: skip
            truth = json.loads(truth_file.read_text("utf-8"))
            archive = open_archive(folder)
            scan(archive)
            compare(truth, assess(archive, options.today), tally)
            print(f"seed {seed}, bank {options.bank}: {len(truth['files'])} files, "
                  f"{time.perf_counter() - started:.0f} s")  # fmt: skip
    for name in tally.counts:
        if not name.endswith(" n") and name != "review":
            print(f"{name:34} {tally.share(name)}")
    print(f"{'documents left for review':34} {tally.counts['review']:6}")
    for error in [e for e in tally.errors if e.startswith(options.only)][: options.errors]:
        print("  ", error)


if __name__ == "__main__":
    main()
