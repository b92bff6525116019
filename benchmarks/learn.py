"""Whether learning from people's decisions helps where a house has its own names for papers.

    python benchmarks/learn.py [--seeds 1 2] [--dossiers 40] [--bank house] [--decisions 20 40]
        [--corrections 0.3]

Cross-validation by dossier: a sample archive is scanned, its dossiers are dealt into folds, and the
doubtful documents of all folds but one are decided by the truth, in the order in which they would be
asked about, up to so many. The documents of the remaining fold are then placed with and without what
was learned. ``--corrections``: that share of the decisions is about documents which were placed, but
wrongly, as when people mend what they come upon; 2: all are about documents chosen at random.
``--speed N``: times training, and prediction for N documents.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from dossier.archive import Archive, open_archive
from dossier.catalogue import Catalogue
from dossier.demo import write_archive
from dossier.model import Document, FileEntry, LogicalDocument, Source
from dossier.scanner.classify import Classification, Classifier, learned
from dossier.scanner.pipeline import name_in_dossier
from dossier.usecases.known import open_known
from dossier.usecases.review import questions
from dossier.usecases.scan import scan

TODAY = date(2026, 11, 24)
CERTAIN = 0.9
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


def place(classifier: Classifier, dossier: str, document: Document, text: str) -> Classification:
    """Where it is put."""
    entry = FileEntry(document.path, b"", 0, 0, 0, dossier)
    logical = LogicalDocument(document.ordinal, document.pages, document.header, text)
    return classifier.classify(document.header, text, *name_in_dossier(entry, logical))


def example(kind: str, known: Known) -> learned.Example:
    """A decision by the truth."""
    dossier, document, text, part = known
    entry = FileEntry(document.path, b"", 0, 0, 0, dossier)
    logical = LogicalDocument(document.ordinal, document.pages, document.header, text)
    described = learned.describe(document.header, text, *name_in_dossier(entry, logical))
    return learned.Example(kind, part, described)


def _with_corrections(doubtful: list[Known], known: list[Known], share: float) -> list[Known]:
    """Decisions in their order, that share of them about documents that were placed wrongly."""
    wrong = [k for k in known if not k[1].review and k[3] not in [p.part for p in k[1].placements[:1]]]
    rng = random.Random(1)
    rng.shuffle(wrong)
    mixed, left = [], iter(doubtful)
    while wrong:
        if rng.random() < share:
            mixed.append(wrong.pop())
        elif (asked := next(left, None)) is not None:
            mixed.append(asked)
        else:
            break
    return [*mixed, *left]


def measure(
    archive: Archive, truth: dict[str, Any], sizes: list[int], folds: int, corrections: float
) -> dict[int, Counter[str]]:
    """Counts by number of decisions; 0 is without learning."""
    with open_known(archive) as catalogue:
        known = documents(archive, truth, catalogue)
        kinds = catalogue.kinds()
    order = {q.document.id: at for at, q in enumerate(questions(archive, TODAY))}
    doubtful = sorted((k for k in known if k[1].id in order), key=lambda k: order[k[1].id])
    if corrections > 1:
        doubtful = random.Random(3).sample(known, len(known))
    elif corrections:
        doubtful = _with_corrections(doubtful, known, corrections)
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
                count(place(classifiers[kinds[dossier]], dossier, document, text), part, tally)
            tally["decisions"] += min(size, len(lessons))
    return tallies


def count(found: Classification, part: str, tally: Counter[str]) -> None:
    """Count one document that belongs to ``part``."""
    main = found.placements[0] if found.placements else None
    right = (main.part if main else "") == part
    tally["documents"] += 1
    tally["review"] += found.review
    tally["placed"] += not found.review
    tally["placed and right"] += not found.review and right
    tally["right or first answer right"] += right
    if not found.review and main is not None and main.confidence >= CERTAIN:
        by = "learned" if main.source is Source.LEARNED else "rules"
        tally[f"certain by {by}"] += 1
        tally[f"certain by {by} and wrong"] += not right


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
    parser.add_argument(
        "--corrections", type=float, default=0.0, help="share of decisions about wrong places"
    )
    parser.add_argument("--speed", type=int, default=0)
    options = parser.parse_args()
    learned.LEAST_DECISIONS = 2  # the sweep shows what fewer than it asks for would give
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
            for size, tally in measure(
                archive, truth, options.decisions, options.folds, options.corrections
            ).items():
                total.setdefault(size, Counter()).update(tally)
            if options.speed and seed == options.seeds[0]:
                speed(archive, truth, options.speed)
    runs = options.folds * len(options.seeds)
    print(f"bank {options.bank}, {total[0]['documents']} documents, {options.folds} folds")
    print("decisions  placed and right  left for review  of those placed right  first answer right  "
          "certain by rules, wrong  certain by learning, wrong")  # fmt: skip
    for tally in total.values():
        count_, placed = tally["documents"], max(tally["placed"], 1)
        certain = "  ".join(
            f"{tally[f'certain by {by}']:>9} {tally[f'certain by {by} and wrong']:>11}"
            for by in ("rules", "learned")
        )
        print(f"{tally['decisions'] / runs:9.0f}  {tally['placed and right'] / count_:16.1%}  "
              f"{tally['review'] / count_:15.1%}  {tally['placed and right'] / placed:21.1%}  "
              f"{tally['right or first answer right'] / count_:18.1%}  {certain}")  # fmt: skip


if __name__ == "__main__":
    main()
