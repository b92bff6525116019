"""Whether learning from people's decisions helps where a house has its own names for papers.

    python benchmarks/learn.py [--seeds 1 2] [--dossiers 40] [--bank house] [--decisions 20 40 80]

Cross-validation by dossier: a sample archive is scanned, its dossiers are dealt into folds, and the
doubtful documents of all folds but one are decided by the truth, in the order in which they would be
asked about, up to so many. The documents of the remaining fold are then placed with and without what
was learned. ``--speed N``: times training, and prediction for N documents.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from dossier.archive import Archive, open_archive
from dossier.catalogue import Catalogue
from dossier.demo import write_archive
from dossier.model import Document, FileEntry, LogicalDocument
from dossier.scanner.classify import Classifier, learned
from dossier.scanner.pipeline import name_in_dossier
from dossier.usecases.known import open_known
from dossier.usecases.review import questions
from dossier.usecases.scan import scan

TODAY = date(2026, 11, 24)
Known = tuple[str, Document, str, str]  # dossier, document, its text, the true main part


def documents(archive: Archive, truth: dict[str, Any], catalogue: Catalogue) -> list[Known]:
    """Every document whose file was split as it should be, with its text and its true main part."""
    true = {file["path"]: file["documents"] for file in truth["files"]}
    found = []
    for path, known in catalogue.feed.to_index(sorted(true)).items():
        if len(known) == len(true[path]):
            for told, (document, text, dossier) in zip(true[path], known, strict=True):
                part = told["placements"][0]["part"] if told["placements"] else ""
                found.append((dossier, document, text, part))
    return found


def place(classifier: Classifier, dossier: str, document: Document, text: str) -> tuple[bool, str]:
    """Whether it is left for review, and the main part."""
    entry = FileEntry(document.path, b"", 0, 0, 0, dossier)
    logical = LogicalDocument(document.ordinal, document.pages, document.header, text)
    found = classifier.classify(document.header, text, *name_in_dossier(entry, logical))
    return found.review, found.placements[0].part if found.placements else ""


def example(kind: str, known: Known) -> learned.Example:
    """A decision by the truth."""
    dossier, document, text, part = known
    entry = FileEntry(document.path, b"", 0, 0, 0, dossier)
    logical = LogicalDocument(document.ordinal, document.pages, document.header, text)
    described = learned.describe(document.header, text, *name_in_dossier(entry, logical))
    return learned.Example(kind, part, described)


def measure(archive: Archive, truth: dict[str, Any], sizes: list[int], folds: int) -> dict[int, Counter[str]]:
    """Counts by number of decisions; 0 is without learning."""
    with open_known(archive) as catalogue:
        known = documents(archive, truth, catalogue)
        kinds = catalogue.kinds()
    order = {q.document.id: at for at, q in enumerate(questions(archive, TODAY))}
    doubtful = sorted((k for k in known if k[1].id in order), key=lambda k: order[k[1].id])
    dossiers = sorted(kinds)
    fold_of = {path: at % folds for at, path in enumerate(dossiers)}
    tallies = {size: Counter[str]() for size in (0, *sizes)}
    for fold in range(folds):
        pupils = [k for k in known if fold_of[k[0]] == fold]
        lessons = [k for k in doubtful if fold_of[k[0]] != fold]
        for size, tally in tallies.items():
            model = learned.train([example(kinds[k[0]], k) for k in lessons[:size]], "") if size else None
            classifiers = {kind: Classifier(archive.checklists[kind], model) for kind in set(kinds.values())}
            for dossier, document, text, part in pupils:
                review, main = place(classifiers[kinds[dossier]], dossier, document, text)
                tally["documents"] += 1
                tally["review"] += review
                tally["certain"] += not review
                tally["certain and right"] += not review and main == part
                tally["right or first answer right"] += main == part
            tally["decisions"] += min(size, len(lessons))
    return tallies


def speed(archive: Archive, truth: dict[str, Any], count: int) -> None:
    """Time for training with the most examples it takes, and for predicting ``count`` documents."""
    with open_known(archive) as catalogue:
        known = documents(archive, truth, catalogue)
        kinds = catalogue.kinds()
    examples = [e for k in known if (e := example(kinds[k[0]], k)).kind == "mo-hinh"]
    many = [
        learned.Example(e.kind, e.part, f"{e.text} {at}")
        for at in range(4000 // len(examples) + 1)
        for e in examples
    ][:4000]
    started = time.perf_counter()
    model = learned.train(many, "")
    trained = time.perf_counter()
    for at in range(count):
        model.signals("mo-hinh", many[at % len(many)].text)
    print(f"training from {len(many)} decisions: {trained - started:.1f} s; "
          f"prediction for {count} documents: {time.perf_counter() - trained:.1f} s")  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--dossiers", type=int, default=40)
    parser.add_argument("--bank", default="house")
    parser.add_argument("--decisions", type=int, nargs="+", default=[20, 40, 80, 160])
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--speed", type=int, default=0)
    options = parser.parse_args()
    total: dict[int, Counter[str]] = {}
    for seed in options.seeds:
        with tempfile.TemporaryDirectory(prefix="dossier-learn-") as work:
            folder = Path(work) / "kho"
            truth_file = write_archive(
                folder, dossiers=options.dossiers, seed=seed, today=TODAY, scans=False, bank=options.bank
            )
            truth = json.loads(truth_file.read_text("utf-8"))
            archive = open_archive(folder)
            scan(archive)
            for size, tally in measure(archive, truth, options.decisions, options.folds).items():
                total.setdefault(size, Counter()).update(tally)
            if options.speed and seed == options.seeds[0]:
                speed(archive, truth, options.speed)
    runs = options.folds * len(options.seeds)
    print(f"bank {options.bank}, {total[0]['documents']} documents, {options.folds} folds")
    print("decisions  placed and right  left for review  of those placed right  first answer right")
    for tally in total.values():
        count, sure = tally["documents"], max(tally["certain"], 1)
        print(f"{tally['decisions'] / runs:9.0f}  {tally['certain and right'] / count:16.1%}  "
              f"{tally['review'] / count:15.1%}  {tally['certain and right'] / sure:21.1%}  "
              f"{tally['right or first answer right'] / count:18.1%}")  # fmt: skip


if __name__ == "__main__":
    main()
